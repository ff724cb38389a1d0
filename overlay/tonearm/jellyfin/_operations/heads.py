"""What a stream would be: its headers without its audio, also from a server that answers no HEAD."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn, TypeAlias

from attrs import evolve, frozen

from ..._engine import Call, Fetch, Plan, attempt
from ..._http import Answer, Head, Request, logger
from ..._transfer import validator_of
from ...errors import ConnectionFailed, StatusError, Unauthorized, UnexpectedAnswer
from .._credentials import Lacking
from .._stream_request import Selection
from ..types import AudioInfo
from . import streams
from .lacking import says_so
from .startup_wait import Away, Patient

Naming: TypeAlias = Callable[[Selection], Plan[Selection]]
"""Names the play session of a request that may start an encoding."""

_HEAD = "HEAD"
_TOTAL = re.compile(r"bytes (?:\d+-\d+|\*)/(\d{1,19})")


class _HeadersOnly(Exception):
    """Ends an exchange once its headers are known."""

    def __init__(self, head: Head) -> None:
        super().__init__(head.status)
        self.head = head


@frozen
class _Found:
    """The headers of a stream, and the size of all of it."""

    head: Head
    size: int | None
    ranged: bool


def probe(selection: Selection, lacking: Lacking, name: Naming) -> Plan[AudioInfo]:
    """Ask for the headers of the audio."""
    found = yield from _headers(selection, lacking, name)
    head = found.head
    return AudioInfo(
        content_type=head.shown_type,
        size=found.size,
        resumable=found.ranged or head.headers.get("accept-ranges", "").lower() == "bytes",
        request_id=head.request_id,
    )


def version(selection: Selection, lacking: Lacking, away: Away) -> Plan[tuple[int | None, str | None] | None]:
    """Ask which version of an original there is: its size, and its Last-Modified or ETag; None when nothing says so."""
    try:
        found = yield from _headers(selection, lacking, _unnamed, away)
    except (ConnectionFailed, StatusError, UnexpectedAnswer) as error:
        if isinstance(error, (ConnectionFailed, Unauthorized)):
            raise
        logger.info("the server does not say whether a file is still the same: %s", error)
        return None
    return found.size, validator_of(found.head)


def _headers(selection: Selection, lacking: Lacking, name: Naming, away: Away | None = None) -> Plan[_Found]:
    """Send HEAD; where the server has none, send GET for one byte, and read no body.

    A server without HEAD may answer it like an item that does not exist, so GET says which of the two it is.
    """
    if _HEAD not in lacking:
        request = streams.head(selection)
        try:
            return (yield from attempt(Patient(Call(request, _found), away), request.repeat))
        except StatusError as error:
            if not says_so(error):
                raise
    found = yield from _first_byte(streams.stream((yield from name(selection))), away)
    lacking.add(_HEAD)
    return found


def _first_byte(request: Request, away: Away | None) -> Plan[_Found]:
    ranged = evolve(request, headers={**request.headers, "Range": "bytes=0-0"})
    try:
        yield from attempt(Patient(Fetch(ranged, _stop), away), request.repeat)
    except _HeadersOnly as seen:
        return _found(Answer(seen.head, b""))
    raise AssertionError("the headers end the exchange")  # pragma: no cover


def _stop(head: Head) -> NoReturn:
    raise _HeadersOnly(head)


def _unnamed(selection: Selection) -> Plan[Selection]:
    """Name no session: an original is not encoded."""
    yield from ()
    return selection


def _found(answer: Answer) -> _Found:
    streams.expect_audio(answer)
    head = answer.head
    if head.status != 206:
        return _Found(head, head.size, ranged=False)
    total = _TOTAL.fullmatch(head.headers.get("content-range", ""))
    return _Found(head, None if total is None else int(total[1]), ranged=True)
