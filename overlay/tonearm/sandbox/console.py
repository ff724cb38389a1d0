"""The sandbox on a terminal: an introduction, then a line for each request."""

import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from rich import box
from rich.console import Console
from rich.table import Table

from tonearm.sandbox import library as shelf
from tonearm.sandbox.context import JellyfinIds, JellyfinVersion
from tonearm.sandbox.exchanges import Exchange
from tonearm.sandbox.guide import services
from tonearm.sandbox.server import Sandbox, start

_WIDTH = 110
"""Columns of the table if the output is no terminal."""
_WAITING = 1_000
"""Lines that wait for a blocked terminal or pipe; further lines are only counted."""
_HEAD = "time      method  status        ms   received       sent  path"


def serve(
    *,
    port: int,
    library: Path | None = None,
    data: Path | None = None,
    jellyfin: JellyfinVersion = "10.11",
    jellyfin_ids: JellyfinIds = "jellyfin",
    any_model: bool = False,
    quiet: bool = False,
) -> None:
    """Run a sandbox until Ctrl-C or SIGTERM, in the main thread.

    Args:
        port: as in `start`, like all but `quiet`.
        library: folder of audio files to serve.
        data: folder for the data of the services.
        jellyfin: the Jellyfin version to imitate.
        jellyfin_ids: the form of the ids of its items.
        any_model: whether every name is a model of the OpenAI service.
        quiet: whether to print only the line that says it is ready.
    """
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    log = RequestLog(colour=sys.stdout.isatty())
    try:
        with (
            log,
            start(
                port=port,
                library=library,
                data=data,
                jellyfin=jellyfin,
                jellyfin_ids=jellyfin_ids,
                any_model=any_model,
                on_request=None if quiet else log.add,
            ) as sandbox,
        ):
            print(f"tonearm sandbox ready on {sandbox.url}", flush=True)
            if not quiet:
                _welcome(sandbox, shelf.PACKAGED if library is None else library, data)
                log.begin(sys.stdout.fileno())
            ended.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _welcome(sandbox: Sandbox, library: Path, data: Path | None) -> None:
    """Print the variables to set, and the addresses and folders."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)
    table = Table("Service", "Base URL", "Key", box=box.SIMPLE_HEAD, pad_edge=False)
    for service in services(sandbox.url):
        keys = "\n".join(f"{name}: {value}" for name, value in service.keys.items())
        table.add_row(service.name, service.url, keys)
    console.print(table)
    for service in services(sandbox.url):
        for name, value in service.environment.items():
            print(f"export {name}={value}")
    count = len(shelf.items(library))
    print()
    print(f"page     {sandbox.url}/")
    print(f"library  {library} ({count} {'file' if count == 1 else 'files'})")
    print(f"data     {'a temporary folder; keep it with --data' if data is None else data}")
    print("stop     Ctrl-C")
    print(flush=True)


class RequestLog:
    """Writes a line for each request, in a thread, so that a blocked output delays no request."""

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour
        self._lines: queue.Queue[str | None] = queue.Queue(_WAITING)
        self._left_out = 0
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._thread is None:
            return
        try:
            self._lines.put_nowait(None)
        except queue.Full:
            return
        self._thread.join(1)

    def begin(self, descriptor: int) -> None:
        """Start printing lines, after those before them."""
        # Not through Python's own buffer, whose lock would block the end of the process.
        os.write(descriptor, f"{_HEAD}\n".encode())
        self._thread = threading.Thread(target=self._write, args=(descriptor,), name="tonearm sandbox log", daemon=True)
        self._thread.start()

    def add(self, exchange: Exchange) -> None:
        """Write a request that has been answered."""
        line = _line(exchange, colour=self._colour)
        if self._left_out:
            line = f"({self._left_out} requests are not shown)\n{line}"
        try:
            self._lines.put_nowait(line)
            self._left_out = 0
        except queue.Full:
            self._left_out += 1

    def _write(self, descriptor: int) -> None:
        try:
            while (line := self._lines.get()) is not None:
                waiting = f"{line}\n".encode(errors="replace")
                while waiting:
                    waiting = waiting[os.write(descriptor, waiting) :]
        except OSError:
            pass  # the reader has gone


def _line(exchange: Exchange, *, colour: bool) -> str:
    clock = time.strftime("%H:%M:%S", time.localtime(exchange.at))
    status = "cut" if exchange.status is None else str(exchange.status)
    status = f"{status:>6}"
    if colour:
        status = f"\x1b[{'32' if exchange.status is not None and exchange.status < 400 else '31'}m{status}\x1b[0m"
    took = round(1000 * (exchange.seconds or 0))
    amounts = f"{took:>9,} {_amount(exchange.received):>10} {_amount(exchange.sent):>10}"
    path = f"{exchange.path}?{exchange.query}" if exchange.query else exchange.path
    # A path is from the client: its control characters must not reach the terminal.
    path = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in path)
    return f"{clock}  {exchange.method:<6}  {status} {amounts}  {path}{'  (fault)' if exchange.fault else ''}"


def _amount(count: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 1000)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} B"
