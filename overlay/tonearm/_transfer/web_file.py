"""Files on the web, `https://` and `http://`, which are read in ranges; no key is ever sent there."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextvars import copy_context
from functools import partial
from threading import Thread
from typing import IO, TYPE_CHECKING, Self, TypeVar, cast
from urllib.parse import urlsplit

from attrs import evolve

from .._base import cancellation
from .._base.threads import starting
from .._engine import Fetch, Plan, attempt, call, run
from .._files import BLOCK, path_of, scratch
from .._http import Answer, Connections, Head, HttpClient, Request, Wire, new_client, options
from ..errors import (
    ConnectionFailed,
    InvalidInput,
    MissingFile,
    SourceChanged,
    StatusError,
    TimedOut,
    TonearmError,
    TransferError,
    UnexpectedAnswer,
)
from .redirects import follow
from .seekable_file import SeekableFile
from .web_answers import Sink, Version

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_LARGEST = 16 * BLOCK
"""Bytes of the longest range, for a file that is read from its beginning to its end."""

_SILENCE = 60.0
"""Seconds without a byte after which a request is retried."""

_VERSION_PATIENCE = 10.0
"""Seconds that a server may take to state a version, with retries: a run with many other jobs waits for it."""

_LOOK = 0.1
"""Seconds between two checks whether work that reads a file is to stop."""

T = TypeVar("T")

_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity"}
_GONE = (401, 403, 404, 410)
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


def version_on_the_web(url: str) -> Version | None:
    """The version of a file on a web server, without its content; None if the server states none, or fails."""
    wire = _wire(_VERSION_PATIENCE)
    reading = partial(call, parse=lambda answer: answer.head)
    try:
        head = run(follow(Request(method="HEAD", path=url, headers=_HEADERS), reading), wire)
    except TonearmError:  # a later use of the file reports what is wrong
        return None
    finally:
        _close(wire)
    version = Version.of(head, head.size or 0)
    return version if str(version) else None


def _wire(deadline: float | None) -> Wire[HttpClient]:
    """Separate connections without keys."""
    return Wire(Connections(new_client), "", {}, (), options(None, deadline, None, silence=_SILENCE), owned=True)


def _close(wire: Wire[HttpClient]) -> None:
    if (client := wire.connections.end()) is not None:  # none, where nothing was sent
        client.close()


class WebFile(SeekableFile):
    """A seekable file on the web; one range of it is in memory."""

    def __init__(self, url: str, wire: Wire[HttpClient]) -> None:
        self._wire = wire
        self._origin = self._request = Request(method="GET", path=url, headers=_HEADERS)
        self._whole: IO[bytes] | None = None
        super().__init__()
        self._start, self._block = 0, b""
        self.version = Version(0, None, None)
        self.name = path_of(url).name or "file"

    @classmethod
    def at(cls, url: str, deadline: float | None = None) -> Self:
        """Open a file and read its first 256 KiB, or all of it into a temporary file if the server has no ranges.

        Args:
            url: its address.
            deadline: seconds that each request may take, with its retries; None for no limit.

        Raises:
            MissingFile: the file does not exist.
            InvalidInput: the server refuses it, or the address is invalid or contains a key.
            TransferError: the server cannot be reached, or its response cannot be used.
        """
        file = cls(url, _wire(deadline))
        if urlsplit(url).username is not None:
            raise InvalidInput.of("source", url.rpartition("@")[2], "an address without a user's name and password")
        try:
            file._begin()
        except BaseException:
            file.close()
            raise
        return file

    @property
    def size(self) -> int:
        """Bytes of it."""
        return self.version.size

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read into a buffer, which may be filled only partly."""
        view = memoryview(buffer).cast("B")
        if self._whole is not None:
            self._whole.seek(self._position)
            piece = self._whole.read(len(view))
        elif self._position >= self.size:
            return 0
        else:
            if not self._start <= self._position < self._start + len(self._block):
                self._fill()
            at = self._position - self._start
            piece = self._block[at : at + len(view)]
        view[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the file, and its connections."""
        if not self.closed:
            if self._whole is not None:
                self._whole.close()
            _close(self._wire)
        super().close()

    def _begin(self) -> None:
        try:
            head, sink = self._perform(follow(self._origin, partial(self._read_range, 0, BLOCK, first=True)))
        except StatusError as error:
            if error.status == 416 and (error.headers.get("content-range") or "").endswith("/0"):
                return  # the file exists, and is empty
            raise self._refused(error) from None
        self._block = b"" if self._whole is not None else cast("io.BytesIO", sink.file).getvalue()
        if self._whole is not None:
            self.version = Version.of(head, self._whole.tell())

    def _fill(self) -> None:
        """Read the range at the position; when reading continues, each range is twice as long as the one before."""
        follows = self._position == self._start + len(self._block)
        size = min(2 * len(self._block), _LARGEST) if follows else BLOCK
        size = max(1, min(size, self.size - self._position))
        plan = partial(self._read_range, self._position, size)
        try:
            try:
                _, sink = self._perform(plan(self._request))
            except StatusError as error:  # the target of a redirect may have been valid for some minutes only
                if error.status not in _GONE or self._request is self._origin:
                    raise
                _, sink = self._perform(follow(self._origin, plan))
        except StatusError as error:
            raise self._refused(error) from None
        block = cast("io.BytesIO", sink.file).getvalue()
        self._start, self._block = self._position, block

    def _perform(self, plan: Plan[tuple[Head, Sink]]) -> tuple[Head, Sink]:
        """Run a plan within the deadline of the call that reads this file."""
        left = cast("Callable[[], float | None] | None", cancellation.limit.get())
        try:
            return _run(plan, self._wire.within(_least(self._wire.options.deadline, None if left is None else left())))
        except TimedOut as error:
            if error.deadline:
                raise
            raise self._failed(error) from None
        except (ConnectionFailed, UnexpectedAnswer) as error:
            raise self._failed(error) from None

    def _read_range(self, start: int, size: int, request: Request, *, first: bool = False) -> Plan[tuple[Head, Sink]]:
        sinks: list[Sink] = []
        wanted = evolve(request, headers={**request.headers, "Range": f"bytes={start}-{start + size - 1}"})

        def begin(head: Head) -> Sink:
            sinks.append(self._sink(head, start, size, first=first))
            return sinks[-1]

        head = yield from attempt(Fetch(wanted, begin), "always")
        if self._whole is None and sinks[-1].file.tell() != min(size, self.size - start):
            raise Answer(head, b"").unexpected(f"{sinks[-1].file.tell()} bytes came, not {size}")
        self._request = request
        return head, sinks[-1]

    def _sink(self, head: Head, start: int, size: int, *, first: bool) -> Sink:
        """The sink of a body, after checking that the head is that of the requested range."""
        if head.headers.get("content-encoding", "identity") != "identity" or head.content_type == "text/html":
            raise Answer(head, b"").unexpected("it is a page, or is packed, where a file is due")
        if first and self._whole is not None:  # an earlier attempt was interrupted
            self._whole.close()
            self._whole = None
        if first and head.status == 200:
            self._whole = scratch()
            return Sink(head, self._whole)
        sent = _RANGE.fullmatch(head.headers.get("content-range", ""))
        if sent is None:
            raise Answer(head, b"").unexpected("the range that was asked for did not come")
        version = Version.of(head, int(sent[3]))
        if first:
            self.version = version
        elif version.is_other(self.version):
            raise SourceChanged(f"{self.name} changed on the server while it was read", done=start, total=self.size)
        if (int(sent[1]), int(sent[2])) != (start, min(start + size, self.size) - 1):
            raise Answer(head, b"").unexpected(f"the range {sent[0]!r} is not the one that was asked for")
        return Sink(head, most=min(start + size, self.size) - start)

    def _refused(self, error: StatusError) -> InvalidInput | TransferError:
        """The error for a file that its web server refuses, which is no refusal of a service."""
        place = error.url
        if error.status in (404, 410):
            return MissingFile(f"there is no {place}", argument="source", value=place, expected="a file that exists")
        if error.status in (401, 403):
            return InvalidInput(
                f"{place} cannot be read: {error}",
                argument="source",
                value=place,
                expected="an address that can be read without a key",
            )
        return self._failed(error)

    def _failed(self, error: Exception) -> TransferError:
        return TransferError(f"{self.name} cannot be read: {error}", done=self._position, total=self.size or None)


def _run(plan: Plan[T], wire: Wire[HttpClient]) -> T:
    """Run a plan; if the work that needs it is stopped, stop waiting for a silent server within a moment.

    The thread that still waits for the server has no effect any more, and ends at its timeout.
    """
    if (stop := cancellation.stopping.get()) is None:
        return run(plan, wire)
    outcome: Future[T] = Future()

    def perform() -> None:
        try:
            outcome.set_result(run(plan, wire))
        except BaseException as error:
            outcome.set_exception(error)

    with starting():
        Thread(target=copy_context().run, args=(perform,), name="tonearm-web", daemon=True).start()
    while wait([outcome], _LOOK).not_done:
        if stop.is_set():
            raise cancellation.Stopped
    return outcome.result()


def _least(*seconds: float | None) -> float | None:
    return min((limit for limit in seconds if limit is not None), default=None)
