"""Live speech: the audio of a response while it arrives, plain or in events."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import partial
from typing import Any, cast

from attrs import define, evolve, field

from ..._engine import Open, Plan, attempt
from ..._http import EVENT_STREAM, Answer, Events, Live, Request, event_error
from ..._transfer import Opening
from ...errors import InvalidInput, Truncated
from .. import _limits, _operations
from .._operations import Speech
from .._server import Server
from ..options import SpeechOptions, given
from ..types import Voice
from .answer import check, raw

_KEYS = ("audio", "delta", "audio_data")
"""Fields of an event with audio: OpenAI's, vLLM-Omni's and Mistral's."""


def open_speech(text: str, voice: Voice, options: SpeechOptions, server: Server) -> Opening:
    """Prepare live speech.

    Raises:
        ConfigurationError: no model is named.
        InvalidInput: an option is unknown, or OpenAI would refuse it.
    """
    speech = _limits.speech(Speech, voice, given(options, SpeechOptions), server)
    request = _operations.speech(_limits.text(text, server), speech)
    return lambda at: server.explained(_open(request, at))


def _open(request: Request, at: float | None) -> Plan[Live]:
    """Open live speech; the request is retried until its first bytes arrive."""
    if at is not None:
        raise InvalidInput(
            "live speech cannot be restarted at another place",
            argument="at",
            value=at,
            expected="left out for live speech",
            hint="call speech again",
        )
    opened: Live = yield from attempt(Open(request, partial(_check, raw=raw(request))), request.repeat)
    return opened if opened.head.content_type != EVENT_STREAM else _unpacked(opened, _Audio(opened.head.scrub))


def _check(answer: Answer, *, raw: bool) -> None:
    if answer.head.content_type != EVENT_STREAM:
        check(answer, raw=raw)


def _unpacked(live: Live, audio: _Audio) -> Live:
    """Replace the events of a response by the audio in them, whose length is unknown."""
    headers = {name: value for name, value in live.head.headers.items() if name != "content-length"}
    unpack = _async_audio if hasattr(live.rest, "__anext__") else _audio
    return evolve(live, head=evolve(live.head, headers=headers), first=b"", rest=unpack(live, audio))


def _audio(live: Live, audio: _Audio) -> Iterator[bytes]:
    block = live.first
    while block:
        yield from audio.of(block)
        block = b"" if audio.done else next(cast("Iterator[bytes]", live.rest), b"")
    yield from audio.last()


async def _async_audio(live: Live, audio: _Audio) -> AsyncIterator[bytes]:
    block = live.first
    while block:
        for piece in audio.of(block):
            yield piece
        block = b"" if audio.done else await anext(cast("AsyncIterator[bytes]", live.rest), b"")
    for piece in audio.last():
        yield piece


@define
class _Audio:
    """Decodes the audio in events."""

    scrub: Callable[[str], str]
    done: bool = field(default=False, init=False)
    _events: Events = field(factory=Events, init=False)
    _size: int = field(default=0, init=False)

    def of(self, block: bytes) -> Iterator[bytes]:
        """The audio of the events that end in the next block."""
        try:
            for event in self._events.feed(block):
                yield from self._piece(event)
        except ValueError as error:
            raise self._broken(str(error)) from None
        self.done = self.done or self._events.ended

    def last(self) -> Iterator[bytes]:
        """The audio after the end of the body; Truncated if the events had no end."""
        for event in self._events.finish():
            yield from self._piece(event)
        if not (self.done or self._events.ended):
            raise self._broken("the events ended before the audio was whole")

    def _piece(self, event: Mapping[str, Any]) -> Iterator[bytes]:
        if self.done:
            return
        message = event_error(event)
        if message is not None:
            raise self._broken(f"the server gave up: {self.scrub(message)}")
        self.done = self.done or str(event.get("type")).endswith("done")
        for key in _KEYS:
            packed = event.get(key)
            if isinstance(packed, str) and packed:
                try:
                    piece = b64decode(packed, validate=True)
                except binascii.Error:
                    raise self._broken("an event has audio that is not base64") from None
                self._size += len(piece)
                yield piece
                return

    def _broken(self, reason: str) -> Truncated:
        return Truncated(reason, done=self._size, total=None)
