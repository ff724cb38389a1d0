"""Reads the headers of a stream without its audio, also from a server that does not support HEAD."""

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
    """Ends an exchange after its headers."""

    def __init__(self, head: Head) -> None:
        super().__init__(head.status)
        self.head = head


@frozen
class _Seen:
    """The headers of a stream, and its full size."""

    head: Head
    size: int | None
    ranged: bool


def probe(selection: Selection, lacking: Lacking, name: Naming) -> Plan[AudioInfo]:
    """Read the headers of the audio."""
    seen = yield from _headers(selection, lacking, name)
    head = seen.head
    return AudioInfo(
        content_type=head.shown_type,
        size=seen.size,
        resumable=seen.ranged or head.headers.get("accept-ranges", "").lower() == "bytes",
        request_id=head.request_id,
    )


def version(selection: Selection, lacking: Lacking, away: Away) -> Plan[tuple[int | None, str | None] | None]:
    """The version of an original: its size, and its Last-Modified or ETag; None if the server sends neither."""
    try:
        seen = yield from _headers(selection, lacking, _unnamed, away)
    except (ConnectionFailed, StatusError, UnexpectedAnswer) as error:
        if isinstance(error, (ConnectionFailed, Unauthorized)):
            raise
        logger.info("the server does not say whether a file is still the same: %s", error)
        return None
    return seen.size, validator_of(seen.head)


def _headers(selection: Selection, lacking: Lacking, name: Naming, away: Away | None = None) -> Plan[_Seen]:
    """Send HEAD; if the server does not support it, send GET for one byte, and read no body.

    A server without HEAD may send the same status as for a missing item; GET distinguishes the two.
    """
    if _HEAD not in lacking:
        request = streams.head(selection)
        try:
            return (yield from attempt(Patient(Call(request, _seen), away), request.repeat))
        except StatusError as error:
            if not says_so(error):
                raise
    seen = yield from _first_byte(streams.stream((yield from name(selection))), away)
    lacking.add(_HEAD)
    return seen


def _first_byte(request: Request, away: Away | None) -> Plan[_Seen]:
    ranged = evolve(request, headers={**request.headers, "Range": "bytes=0-0"})
    try:
        yield from attempt(Patient(Fetch(ranged, _stop), away), request.repeat)
    except _HeadersOnly as seen:
        return _seen(Answer(seen.head, b""))
    raise AssertionError("the headers end the exchange")  # pragma: no cover


def _stop(head: Head) -> NoReturn:
    raise _HeadersOnly(head)


def _unnamed(selection: Selection) -> Plan[Selection]:
    """Add no session, as an original is not encoded."""
    yield from ()
    return selection


def _seen(answer: Answer) -> _Seen:
    streams.expect_audio(answer)
    head = answer.head
    if head.status != 206:
        return _Seen(head, head.size, ranged=False)
    total = _TOTAL.fullmatch(head.headers.get("content-range", ""))
    return _Seen(head, None if total is None else int(total[1]), ranged=True)
