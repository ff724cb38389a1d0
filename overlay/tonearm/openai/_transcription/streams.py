"""Transcripts that are read live, and closed by their ``with`` block."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import Generic, Self

from ..._engine import Plan
from ..._http import AsyncHttpClient, C, HttpClient, Live, Wire
from ..._transfer import AsyncAudioStream, AudioStream, Opening
from ...errors import InvalidInput
from ..types import Transcript
from .events import TranscriptEvent
from .stream_reader import TranscriptReader


class _Stream(Generic[C]):
    _wire: Wire[C]
    _opening: Opening
    _reader: TranscriptReader | None = None

    def _start(self, at: float | None) -> Plan[Live]:
        live = yield from self._opening(at)
        self._reader = TranscriptReader(live.head)
        return live

    @property
    def _open(self) -> TranscriptReader:
        if self._reader is None:
            raise InvalidInput(
                "the stream is not open", expected="a stream that is open", hint="use it in a with block"
            )
        return self._reader

    @property
    def text(self) -> str:
        """The text so far."""
        return self._open.text

    @property
    def transcript(self) -> Transcript | None:
        """The whole transcript; None until the stream has ended."""
        return self._open.transcript

    @property
    def request_id(self) -> str | None:
        """The server's name for this request."""
        return self._open.head.request_id


class TranscriptStream(_Stream[HttpClient]):
    """A transcript that is read while it arrives; use it in a ``with`` block, which closes it."""

    def __init__(self, wire: Wire[HttpClient], opening: Opening) -> None:
        self._wire, self._opening = wire, opening
        self._blocks = AudioStream(wire, self._start)

    def __enter__(self) -> Self:
        self._blocks.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._blocks.__exit__(kind, error, tb)

    def __iter__(self) -> Iterator[TranscriptEvent]:
        """The events, live; the last one has the whole transcript. A loop that was left can be continued.

        Raises:
            TranscriptInterrupted: the stream was interrupted, or the server ended it with an error; `text` is the text
                up to then.
        """
        reader = self._open
        with reader.guarded():
            blocks = iter(self._blocks)
            yield from reader.events
            while reader.transcript is None:
                reader.take(next(blocks, b""))
                yield from reader.events


class AsyncTranscriptStream(_Stream[AsyncHttpClient]):
    """A transcript that is read while it arrives; use it in an ``async with`` block, which closes it."""

    def __init__(self, wire: Wire[AsyncHttpClient], opening: Opening) -> None:
        self._wire, self._opening = wire, opening
        self._blocks = AsyncAudioStream(wire, self._start)

    async def __aenter__(self) -> Self:
        await self._blocks.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        await self._blocks.__aexit__(kind, error, tb)

    async def __aiter__(self) -> AsyncIterator[TranscriptEvent]:
        """The events, live; the last one has the whole transcript. A loop that was left can be continued.

        Raises:
            TranscriptInterrupted: the stream was interrupted, or the server ended it with an error; `text` is the text
                up to then.
        """
        reader = self._open
        with reader.guarded():
            blocks = aiter(self._blocks)
            for event in reader.events:
                yield event
            while reader.transcript is None:
                reader.take(await anext(blocks, b""))
                for event in reader.events:
                    yield event
