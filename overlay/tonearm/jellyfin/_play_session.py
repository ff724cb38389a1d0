"""Play sessions: by them a server tells encodings apart, and by them they are stopped."""

from __future__ import annotations

from functools import partial
from typing import TypeVar
from uuid import uuid4

from attrs import define, field

from .._engine import Open, Plan, Work, attempt
from .._http import AsyncHttpClient, Head, HttpClient, Live, Request, Wire
from .._transfer import AsyncAudioStream, AudioStream, Ranges
from ..errors import StatusError
from ._credentials import Access
from ._operations import heads, streams
from ._operations.lacking import if_offered
from ._operations.startup_wait import Patient
from ._stream_request import Selection
from .types import AudioInfo

T = TypeVar("T")


@define
class PlaySession:
    """What is played, under a play session of its own, which ends with it.

    The server serves what it encoded for a session before, whatever else is asked for, ends an encoding some seconds
    after its last listener has left, and keeps what is finished for a day (Jellyfin server source, tag v10.11.11,
    StreamingHelpers, TranscodeManager). So every opening has a new session, kept over its retries, and leaving ends
    it, be the encoding finished or not. That takes a token. A session that the caller named may be anybody's: it is
    never ended here.
    """

    selection: Selection
    access: Access
    _id: str | None = field(default=None, init=False)
    _request: Request | None = field(default=None, init=False)

    def named(self, selection: Selection, *, anew: bool) -> Plan[Selection]:
        """The selection with its session in it: a new one, or with `anew` false the one that the caller named."""
        if "play_session_id" in selection.params and not anew:
            return selection
        self._id = yield from Work(lambda: uuid4().hex)
        return selection.replacing(play_session_id=self._id)

    def open(self, at: float | None) -> Plan[Live]:
        """Open a stream, from `at` seconds on or from where the caller first asked."""
        placed = self.selection if at is None else self.selection.starting(at)
        return self._open(placed, anew=at is not None)

    def _open(self, placed: Selection, *, anew: bool) -> Plan[Live]:
        request = self._request = streams.stream((yield from self.named(placed, anew=anew)))
        opening: Plan[Live] = attempt(Patient(Open(request, streams.expect_playable)), request.repeat)
        return (yield from self._begun(opening))

    def _begun(self, plan: Plan[T]) -> Plan[T]:
        """Perform what may begin an encoding."""
        try:
            return (yield from plan)
        except StatusError as error:
            if error.status < 500:  # refused: there is no encoding; a proxy that gave up says nothing of it
                self._id = None
            raise

    def probe(self) -> Plan[AudioInfo]:
        """Ask what the stream would be."""
        return self._begun(heads.probe(self.selection, self.access.lacking, partial(self.named, anew=False)))

    def ranges(self, head: Head) -> Ranges | None:
        """The file that was opened, if it is one that can be read in any order."""
        return None if self._request is None else Ranges.of(self._request, head, Patient)

    def end(self) -> Plan[None]:
        """End the session's encoding, if there can be one."""
        session, self._id = self._id, None
        if session is not None and self.access.token is not None and not self.selection.original:
            asked = streams.ended_encoding(self.selection.params["device_id"], session)
            yield from if_offered(iter(asked), streams.ENDING, self.access.lacking)


def listen(session: PlaySession, wire: Wire[HttpClient]) -> AudioStream:
    """The session's audio; an original can also be read as a file that can seek."""
    return AudioStream(wire, session.open, session.end, session.ranges)


def listen_async(session: PlaySession, wire: Wire[AsyncHttpClient]) -> AsyncAudioStream:
    """The same for coroutines, which have no binary files."""
    return AsyncAudioStream(wire, session.open, session.end)
