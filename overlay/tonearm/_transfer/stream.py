"""Live audio: a response that is read while it arrives, closed by its ``with`` block."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import Generic, Self, cast

from attrs import define, field

from .._engine import Leaving, Plan, leave, leave_async, run, run_async
from .._http import AsyncHttpClient, C, Head, HttpClient, Live, Translating, Wire
from ..errors import ConnectionFailed, InvalidInput
from .ranged_file import RangedFile, Ranges, StreamFile

Opening = Callable[[float | None], Plan[Live]]
"""Makes the plan that opens the stream, at the given second or else at the caller's start.

Invalid arguments are refused when the plan is made, before it runs.
"""

Ranging = Callable[[Head], Ranges | None]
"""Finds out whether a body that begins with the head is a file that can be read at any position."""


def _not_open() -> InvalidInput:
    return InvalidInput("the stream is not open", expected="a stream that is open", hint="use it in a with block")


@define(repr=False)
class _Stream(Generic[C]):
    _wire: Wire[C]
    _opening: Opening
    _leaving: Leaving | None = None
    _live: Live | None = field(default=None, init=False)
    _entered: bool = field(default=False, init=False)
    _kept: bytes = field(default=b"", init=False)
    _over: str | None = field(default=None, init=False)
    """Why nothing more can be read."""

    @property
    def content_type(self) -> str:
        """The media type that the server names, without parameters."""
        return self._open.head.shown_type

    @property
    def size(self) -> int | None:
        """The size of the whole response in bytes, if the server sends it."""
        return self._open.head.size

    @property
    def request_id(self) -> str | None:
        """The server's name for this request."""
        return self._open.head.request_id

    @property
    def play_session_id(self) -> str | None:
        """The play session at a Jellyfin server, for reports; it changes with each restart."""
        name: str | None = self._open.response.request.url.params.get("playSessionId")
        return name

    @property
    def _open(self) -> Live:
        if self._live is None:
            raise _not_open()
        return self._live

    @contextmanager
    def _receiving(self, live: Live) -> Generator[None]:
        """Translate errors. After an error the stream stays broken, as httpx would then report a regular end."""
        if self._over is not None:
            raise ConnectionFailed(self._over, method=live.head.method, url=live.head.url, sent=True)
        try:
            with Translating(live.response.request):
                yield
        except BaseException:
            self._over = "the stream was interrupted before: restart it, or open it again"
            raise

    def _again(self, at: float) -> Plan[Live]:
        """The plan of a restart; invalid arguments are refused while the stream is still open."""
        if not self._entered:
            raise _not_open()
        return self._opening(at)

    def _begin(self, live: Live) -> None:
        self._live, self._kept, self._over = live, live.first, None

    def _take(self, size: int) -> bytes:
        block, self._kept = self._kept[:size], self._kept[size:]
        return block


@define(repr=False)
class AudioStream(_Stream[HttpClient]):
    """Audio that is read while it arrives; use it in a ``with`` block, which closes it."""

    _ranging: Ranging | None = None
    _file: io.BufferedReader | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        self._start(self._opening(None))
        self._entered = True
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._entered = False
        self._stop()

    def _start(self, opening: Plan[Live]) -> None:
        try:
            self._begin(run(opening, self._wire))
        except BaseException:
            self._leave()
            raise

    def _stop(self) -> None:
        live, self._live = self._live, None
        file, self._file = self._file, None
        if file is not None:
            file.close()
        if live is not None:
            try:
                live.response.close()
            finally:
                self._leave()

    def _leave(self) -> None:
        if self._leaving is not None:
            leave(self._leaving(), self._wire)

    def __iter__(self) -> Iterator[bytes]:
        """The audio, in blocks, while it arrives."""
        while block := self._next():
            yield block

    def read(self, size: int = -1) -> bytes:
        """Read `size` bytes, fewer only at the end; all remaining bytes if `size` is negative."""
        blocks = [self._kept]
        have = len(self._kept)
        self._kept = b""
        try:
            while (size < 0 or have < size) and (block := self._next()):
                blocks.append(block)
                have += len(block)
        finally:  # after a failure, the received bytes can still be read
            self._kept = b"".join(blocks)
        return self._take(have if size < 0 else size)

    def restart(self, at: float) -> None:
        """Continue at another place, with a new request from `at` seconds into the audio.

        Raises:
            InvalidInput: the place is invalid, or the stream is not open; an open stream stays open.
        """
        opening = self._again(at)
        self._stop()
        self._start(opening)

    def as_file(self) -> io.BufferedReader:
        """Return the audio as a binary file, for code that reads files; it is closed with the stream.

        If the server sends byte ranges, as it does for an original, the file is seekable: it starts at the beginning of
        the audio, and is read from the server in blocks of 256 KiB, and no longer from the stream. Else it is the rest
        of the stream, which can only be read forwards.

        Raises:
            SourceChanged: the file on the server has changed since the stream was opened; reading may raise it, too.
        """
        live = self._open
        if self._file is not None:
            return self._file
        ranges = None if self._ranging is None else self._ranging(live.head)
        ranged = None if ranges is None else RangedFile.tried(ranges, partial(run, wire=self._wire))
        if ranged is not None:
            live.response.close()
            self._kept, self._over = b"", "the stream is read by way of as_file(): restart it to read it here"
        self._file = io.BufferedReader(StreamFile(self.read) if ranged is None else ranged)
        return self._file

    def _next(self) -> bytes:
        live = self._open
        if self._kept:
            return self._take(len(self._kept))
        with self._receiving(live):
            return next(cast("Iterator[bytes]", live.rest), b"")


class AsyncAudioStream(_Stream[AsyncHttpClient]):
    """Audio that is read while it arrives; use it in an ``async with`` block, which closes it."""

    async def __aenter__(self) -> Self:
        await self._start(self._opening(None))
        self._entered = True
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self._entered = False
        await self._stop()

    async def _start(self, opening: Plan[Live]) -> None:
        try:
            self._begin(await run_async(opening, self._wire))
        except BaseException:
            await self._leave()
            raise

    async def _stop(self) -> None:
        live, self._live = self._live, None
        if live is not None:
            try:
                await live.response.aclose()
            finally:
                await self._leave()

    async def _leave(self) -> None:
        if self._leaving is not None:
            await leave_async(self._leaving(), self._wire)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The audio, in blocks, while it arrives."""
        while block := await self._next():
            yield block

    async def read(self, size: int = -1) -> bytes:
        """Read `size` bytes, fewer only at the end; all remaining bytes if `size` is negative."""
        blocks = [self._kept]
        have = len(self._kept)
        self._kept = b""
        try:
            while (size < 0 or have < size) and (block := await self._next()):
                blocks.append(block)
                have += len(block)
        finally:  # after a failure, the received bytes can still be read
            self._kept = b"".join(blocks)
        return self._take(have if size < 0 else size)

    async def restart(self, at: float) -> None:
        """Continue at another place, with a new request from `at` seconds into the audio."""
        opening = self._again(at)
        await self._stop()
        await self._start(opening)

    async def _next(self) -> bytes:
        live = self._open
        if self._kept:
            return self._take(len(self._kept))
        with self._receiving(live):
            return await anext(cast("AsyncIterator[bytes]", live.rest), b"")
