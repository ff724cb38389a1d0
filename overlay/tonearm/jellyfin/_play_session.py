"""Play sessions, by which a server distinguishes and stops encodings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from attrs import define, field

from .. import _transfer  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._engine import Open, Plan, Work, attempt
from .._http import AsyncHttpClient, Head, HttpClient, Request, Wire
from ..errors import StatusError
from . import _operations as calls
from ._credentials import Access
from ._operations.lacking import if_offered
from ._operations.startup_wait import Patient
from ._stream_request import Selection
from .types import AudioInfo

if TYPE_CHECKING:
    from .._http import Live
    from .._transfer import AsyncAudioStream, AudioStream, Ranges

T = TypeVar("T")


@define
class PlaySession:
    """A stream with a play session, which is ended with the stream.

    For a known session the server sends the audio that it encoded before, whatever else is requested. It ends an
    encoding some seconds after its last listener has left, and keeps finished ones for a day (Jellyfin server source,
    tag v10.11.11, StreamingHelpers, TranscodeManager). Each opening therefore has a new session, the same in its
    retries, and is ended with the stream, whether the encoding is finished or not. Ending needs a token. A session that
    the caller named may be used by others, and is never ended here.
    """

    selection: Selection
    access: Access
    _id: str | None = field(default=None, init=False)
    _request: Request | None = field(default=None, init=False)

    def named(self, selection: Selection, *, anew: bool) -> Plan[Selection]:
        """Add a play session to a selection: a new one, or with `anew` false the caller's, if there is one."""
        if "play_session_id" in selection.params and not anew:
            return selection
        self._id = yield from Work(lambda: uuid4().hex)
        return selection.replacing(play_session_id=self._id)

    def open(self, at: float | None) -> Plan[Live]:
        """Open a stream, at `at` seconds or else at the caller's start."""
        placed = self.selection if at is None else self.selection.starting(at)
        return self._open(placed, anew=at is not None)

    def _open(self, placed: Selection, *, anew: bool) -> Plan[Live]:
        request = self._request = calls.streams.stream((yield from self.named(placed, anew=anew)))
        opening: Plan[Live] = attempt(Patient(Open(request, calls.streams.expect_playable)), request.repeat)
        return (yield from self._begun(opening))

    def _begun(self, plan: Plan[T]) -> Plan[T]:
        """Run a plan that may start an encoding."""
        try:
            return (yield from plan)
        except StatusError as error:
            if error.status < 500:  # a refusal starts no encoding; after an error of a proxy there may be one
                self._id = None
            raise

    def probe(self) -> Plan[AudioInfo]:
        """Read the headers of the stream."""
        return self._begun(calls.heads.probe(self.selection, self.access.lacking, partial(self.named, anew=False)))

    def ranges(self, head: Head) -> Ranges | None:
        """The opened file, if it can be read at any place."""
        return None if self._request is None else _transfer.Ranges.of(self._request, head, Patient)

    def end(self) -> Plan[None]:
        """End the session's encoding, if there may be one."""
        session, self._id = self._id, None
        if session is not None and self.access.token is not None and not self.selection.original:
            ending = calls.streams.ended_encoding(self.selection.params["device_id"], session)
            yield from if_offered(iter(ending), calls.streams.ENDING, self.access.lacking)


def listen(session: PlaySession, wire: Wire[HttpClient]) -> AudioStream:
    """The session's audio; an original can also be read as a seekable file."""
    return _transfer.AudioStream(wire, session.open, session.end, session.ranges)


def listen_async(session: PlaySession, wire: Wire[AsyncHttpClient]) -> AsyncAudioStream:
    """The session's audio for asyncio, without seekable files."""
    return _transfer.AsyncAudioStream(wire, session.open, session.end)
