"""Every fault on every kind of exchange, with both clients: each cell is called, judged, and searched for leaks."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import resource
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from attrs import frozen

from tests.engine.ways import Ahead
from tests.faults.kinds import KINDS, Kind, World
from tests.faults.raw import RawServer
from tests.faults.table import ATTEMPTS, FAULTS, LONG, Fault
from tests.inside.aioz import _media
from tests.inside.engine import runners
from tests.inside.http import Backend, adapter
from tonearm import Retry, TonearmError

Way = Literal["sync", "async"]
WAYS: tuple[Way, ...] = ("sync", "async")


@frozen(eq=False)
class Cell:
    """One fault, on one kind of exchange, with one of the clients; each time or once only."""

    fault: Fault
    kind: Kind
    way: Way
    lasting: bool
    backend: Backend = "httpx"

    @property
    def row(self) -> str:
        return f"{self.fault.name}{'' if self.lasting else ', once' if self.fault.lasting else ''}"

    @property
    def expected(self) -> str:
        return self.fault.outcome(self.kind, lasting=self.lasting)

    @property
    def skipped(self) -> str | None:
        return self.fault.skips.get(self.kind.name)

    @property
    def soak(self) -> bool:
        """Whether only the long run has it; in the short one the clients take turns."""
        turn = FAULTS.index(self.fault) + [*KINDS].index(self.kind.name) + self.lasting
        return self.fault.soak or WAYS[turn % 2] != self.way

    def __str__(self) -> str:
        return f"{self.fault.group}: {self.row}; {self.kind.name}, {self.way}"


CELLS = [
    Cell(fault, kind, way, lasting)
    for fault in FAULTS
    for lasting in (True, False)
    if (fault.lasting if lasting else fault.once)
    for kind in KINDS.values()
    for way in WAYS
]


outcomes: dict[Cell, str] = {}
"""How the cells ended that were run."""


def cells(*kinds: str) -> pytest.MarkDecorator:
    """Parametrises a test with the cells of these kinds of exchange."""
    chosen = [cell for cell in CELLS if cell.kind.name in kinds and cell.skipped is None]
    marks = {True: [pytest.mark.soak], False: []}
    return pytest.mark.parametrize("cell", [pytest.param(c, id=str(c), marks=marks[c.soak]) for c in chosen])


def judge(cell: Cell, folder: Path, server: RawServer) -> str:
    """Call, and hold everything that follows against what is documented; how the call ended.

    On a busy machine a short timeout may pass where nobody is silent: then a longer one is tried.
    """
    *short, last = [cell.fault.timeout * factor for factor in (1, 10, 100) if cell.fault.timeout * factor <= LONG]
    for timeout in short:
        with contextlib.suppress(AssertionError):
            return judge_with(timeout, cell, folder / f"{timeout}", server)
        server.begin_anew()
    return judge_with(last, cell, folder / f"{last}", server)


def judge_with(timeout: float, cell: Cell, folder: Path, server: RawServer) -> str:
    """The same, with a client that bears so many seconds of silence."""
    fault, kind = cell.fault, cell.kind
    if fault.untrusted:
        server = untrusted()
    folder.mkdir()
    world = World(kind, folder, server, fault.script, fault.acts, cell.lasting, fault.down)
    with pytest.MonkeyPatch.context() as patch:
        arranged(cell, world, patch)
        if fault.down and kind.first:
            server.stop()
        with nothing_leaks(world), roomy_disk():
            outcome, result = perform(cell, kind.call, world, timeout)
        assert outcome == cell.expected
        if fault.script is not None:
            assert world.hits == (fault.attempts(kind) if cell.lasting else 1)
        assert list((folder / "temporary").iterdir()) == []
        if outcome == "ok":
            kind.check(result, world)
        elif kind.saves and kind.interrupted(outcome, world):
            go_on(cell, world)
    outcomes[cell] = outcome
    return outcome


def arranged(cell: Cell, world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Lay out what the call needs, where nothing else is; be impatient, as patience is not what is tested."""
    cell.kind.prepare(world)
    if cell.fault.prepare is not None:
        cell.fault.prepare(world)
    for name in ("state", "temporary"):
        (world.folder / name).mkdir()
    monkeypatch.setenv("XDG_STATE_HOME", str(world.folder / "state"))
    monkeypatch.setattr("tempfile.tempdir", str(world.folder / "temporary"))
    monkeypatch.setattr(adapter, "ANSWER_LIMIT", 1_000_000)
    monkeypatch.setattr(_media, "_FIRST_POLL", 0.001)
    monkeypatch.setattr(runners, "STOP_PATIENCE", 0.05)
    if cell.fault.deadline:
        world.pass_deadline = functools.partial(Ahead(monkeypatch).skip, LONG)
    world.server.behave = world.behave
    return world


def go_on(cell: Cell, world: World) -> None:
    """What was interrupted goes on, now that nothing is wrong; where the source is another, it does not."""
    if not world.server.up:
        world.server.start()
    world.script, world.down = None, False
    with nothing_leaks(world):
        outcome, result = perform(cell, cell.kind.again, world)
    if cell.expected == "SourceChanged":
        assert outcome == "SourceChanged"
    else:
        assert outcome == "ok"
        cell.kind.check(result, world)


def perform(cell: Cell, operation: Callable[[Any, World], Any], world: World, timeout: float = LONG) -> tuple[str, Any]:
    """Call with one of the clients: how it ended, and its result."""
    fault, kind = cell.fault, cell.kind
    deadline = LONG if fault.deadline else None
    settings = {"timeout": timeout, "deadline": deadline, "retry": Retry(attempts=ATTEMPTS, first_delay=0)}
    url = fault.url.replace("HOST", world.server.host)
    options = {"base_url": url, "backend": cell.backend, **kind.keys, **settings}

    def blocking() -> Any:
        world.interrupt = press_ctrl_c
        with kind.clients[0](**options) as client:
            return operation(client, world)

    async def asynchronous() -> Any:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None
        world.interrupt = lambda: loop.call_soon_threadsafe(task.cancel)
        try:
            async with kind.clients[1](**options) as client:
                return await operation(client, world)
        finally:
            for _ in range(50):  # Python closes generators that were left in tasks of a few turns
                await asyncio.sleep(0)
            assert asyncio.all_tasks() == {task}

    try:
        return "ok", blocking() if cell.way == "sync" else asyncio.run(asynchronous())
    except (KeyboardInterrupt, asyncio.CancelledError):
        return "cancelled", None
    except TonearmError as error:
        of_what = f" ({type(error.__cause__).__name__})" if isinstance(error.__cause__, TonearmError) else ""
        return f"{type(error).__name__}{of_what}", None
    except OSError:
        return "OSError", None


def press_ctrl_c() -> None:
    """Interrupt the main thread where it waits: between two instructions Python itself may lose what it just made."""
    main, seen, moment = threading.main_thread().ident or 0, 0, None
    while seen < 20:
        frame = sys._current_frames()[main]
        now = id(frame), frame.f_lasti
        seen, moment = (seen + 1 if now == moment else 0), now
        time.sleep(0.001)
    signal.pthread_kill(main, signal.SIGINT)


@contextlib.contextmanager
def nothing_leaks(world: World) -> Iterator[None]:
    """After this no connection, handle or thread is there that was not there before."""
    threads, handles = set(threading.enumerate()), _handles(world.server)
    yield
    world.settle()
    for thread in threading.enumerate():
        if thread.name == "tonearm-fork":  # it may have been let go while its server was silent
            thread.join(LONG)
    left = {thread for thread in threading.enumerate() if not thread.name.startswith("raw-")} - threads
    assert left == set()
    left_open = _handles(world.server) - handles  # one that is closed meanwhile belonged to a test before this one
    assert not left_open, [_told(*handle) for handle in left_open]


def _handles(server: RawServer) -> set[tuple[int, str]]:
    """The open file descriptors, each with what it is open on, but for the one that the server listens on."""
    found = set[tuple[int, str]]()
    for link in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # the folder itself was open while it was read
            found.add((int(link.name), str(link.readlink())))
    return {handle for handle in found if handle[0] != server.handle}


def _told(number: int, what: str) -> str:
    """What is known of an open file descriptor: of a socket, both of its ends."""
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(number)) as copy:
        ends = [copy.getsockname()]
        with contextlib.suppress(OSError):
            ends.append(copy.getpeername())
        return f"{number}: {what}, {copy.family.name} {' to '.join(map(str, ends))}"
    return f"{number}: {what}"


@contextlib.contextmanager
def roomy_disk() -> Iterator[None]:
    """What this makes of the room for files, ends with it."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@functools.cache
def untrusted() -> RawServer:
    """A server that speaks TLS, with a certificate that nobody signed."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate, and is not on PATH (Debian, Ubuntu: apt-get install openssl)")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "both.pem")
        subprocess.run([*_CERTIFY, "-keyout", made, "-out", Path(folder, "own.pem")], check=True, capture_output=True)
        context.load_cert_chain(Path(folder, "own.pem"), made)
    server = RawServer(certificate=context)
    server.start()
    return server


_CERTIFY = (
    *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
    *("-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
)
