"""What holds for every test: no network but loopback, nobody's keys, nobody's home folder."""

import errno
import gc
import hashlib
import importlib.util
import inspect
import ipaddress
import json
import os
import random
import signal
import socket
import sys
import threading
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import uuid4

import httpx
import hypothesis
import pytest

from tests.sandbox.renditions import made_once
from tonearm.sandbox.openai import service
from tonearm.sandbox.recogniser import Recogniser

# The matrices of the marker speech are small: threads of OpenBLAS would wait for each other for longer than they work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# No test judges a time.
hypothesis.settings.register_profile("tonearm", deadline=None, derandomize=True, max_examples=40)
hypothesis.settings.load_profile("tonearm")

_ASKING = (httpx.get, httpx.head, httpx.post, httpx.put, httpx.delete, httpx.request, httpx.stream)
_CERTIFICATES = httpx.create_ssl_context()
for _call in (*_ASKING, httpx.Client.__init__, httpx.AsyncClient.__init__):
    # A test that names no timeout judges no time: on a busy machine httpx's own five seconds may be too few.
    # Each call and client would read the certificates of all authorities again, which takes 27 ms of a processor.
    inspect.unwrap(_call).__kwdefaults__.update(timeout=httpx.Timeout(240), verify=_CERTIFICATES)

if importlib.util.find_spec("sniffio") is None:
    # httpcore looks for it at each request of an asyncio client, in every folder of the path.
    sys.modules["sniffio"] = None  # type: ignore[assignment]

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Shells start what runs in the background so, and what the tests start would inherit it: Ctrl-C must be felt.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _is_local(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _unplug(event: str, args: tuple[object, ...]) -> None:
    """Make this process behave as on a machine without a network: only loopback answers."""
    if event == "socket.getaddrinfo" and not _is_local(args[0]):
        raise socket.gaierror(socket.EAI_NONAME, f"tests reach loopback only, not {args[0]!r}")
    if event in ("socket.connect", "socket.sendto"):
        address = args[1]
        if isinstance(address, tuple) and not _is_local(address[0]):
            raise OSError(errno.ENETUNREACH, f"tests reach loopback only, not {address[0]!r}")


sys.addaudithook(_unplug)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both-clients", action="store_true", help="let no clients take turns: each case runs with both")
    parser.addoption("--shuffle", metavar="SEED", help="run the files, and the tests of each, in a random order")


def pytest_configure(config: pytest.Config) -> None:
    config.option.loadscopereorder = False  # pytest-xdist would run the files with most tests first


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let no search for garbage go through the tests and what they import: a million objects, and all stay."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let each worker begin with other files: pytest rewrites the assertions of a file once for all who come later.

    In a fresh clone all workers would rewrite all files at the same time. The order of the tests is made below.
    """
    report = yield
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker and isinstance(collector, pytest.Directory) and report.result:
        first = len(report.result) * int(worker.removeprefix("gw")) // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        report.result[:] = [*report.result[first:], *report.result[:first]]
    return report


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    items.sort(key=lambda item: str(item.path))  # all workers must have the same order
    yield
    if not config.getoption("--both-clients"):
        _take_turns(config, items)
    seed = config.getoption("--shuffle")
    _arrange(items, None if seed is None else random.Random(seed))


def _take_turns(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep each case with one client of those that take turns (`mark.turn`), which its name chooses.

    What is true with one of them is true with the other: scripts/twins.py makes the blocking client from the asyncio
    one, and tests/drift/test_twins_alike.py and tests/cassettes run every method of both.
    """
    cases: dict[object, list[pytest.Item]] = {}
    for item in items:
        turn = item.get_closest_marker("turn")
        if turn is not None and isinstance(item, pytest.Function):
            others = frozenset(
                (name, id(value)) for name, value in item.callspec.params.items() if name != turn.args[0]
            )
            cases.setdefault((item.nodeid.partition("[")[0], others), []).append(item)
    turns = {ways[zlib.crc32(ways[0].nodeid.encode()) % len(ways)] for ways in cases.values()}
    waits = {item for ways in cases.values() for item in ways} - turns
    items[:] = [item for item in items if item not in waits]
    config.hook.pytest_deselected(items=list(waits))


def _arrange(items: list[pytest.Item], dice: random.Random | None) -> None:
    """Shuffle the files and the tests in each, or else run the files with fewest tests first.

    These take long, and no worker is to begin one when the others have nothing left to do. A file stays together: its
    fixtures are costly to make.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    order = list(files.values())
    if dice is None:
        order.sort(key=len)
    else:
        dice.shuffle(order)
        for tests in order:
            dice.shuffle(tests)
    items[:] = [item for tests in order for item in tests]


@pytest.fixture(scope="session", autouse=True)
def _clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No key, base URL or proxy of whoever runs the tests; journals go to a folder of this run."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("AIOZ_STREAM_", "JELLYFIN_", "OPENAI_")) or name.lower().endswith("_proxy"):
                patch.delenv(name)
        state = tmp_path_factory.mktemp("state")
        patch.setenv("XDG_STATE_HOME", str(state))
        yield state


PROGRAMS = ("bench", "drift", "fuzz", "media", "packaging", "soak")
"""Folders of tests whose programs are scripts, or do what others measure: coverage costs each start of one 0.2 s."""


@pytest.fixture(scope="module", autouse=True)
def _only_commands_are_measured(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if request.path.parent.name in PROGRAMS:
            patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        yield


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let coverage not measure what this test starts: it loads modules and writes files of its own."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


SERVERS = ("tonearm sandbox", "transcode ", "AnyIO worker", "raw-", "recorder")
"""How the names of threads begin that serve."""


@pytest.fixture(scope="session", autouse=True)
def _only_clients_are_measured() -> Iterator[None]:
    """Coverage leaves servers alone: it would take them about as long again, and measures nothing of them."""
    measure = threading.gettrace()
    if measure is None:
        yield
        return

    def measure_clients(frame: FrameType, event: str, argument: object) -> object:
        if threading.current_thread().name.startswith(SERVERS):
            sys.settrace(None)
            return None
        return measure(frame, event, argument)

    threading.settrace(measure_clients)
    yield
    threading.settrace(measure)


@pytest.fixture(scope="session", autouse=True)
def _recognised_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What pocketsphinx heard in an utterance it hears again: a second of it costs about a second of a processor."""
    run = tmp_path_factory.getbasetemp()
    known = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "recognised"  # by any worker of this run
    known.mkdir(exist_ok=True)

    class Remembering(Recogniser):
        def __init__(self, language_model: Path | None = None) -> None:
            super().__init__(language_model)
            self.model = b"" if language_model is None else language_model.read_bytes()

        def _words(self, samples: bytes) -> list[Any]:
            file = known / hashlib.sha256(self.model + samples).hexdigest()
            if not file.exists():
                partial = file.with_suffix(f".{uuid4()}")
                partial.write_text(json.dumps(super()._words(samples)))
                partial.rename(file)
            heard: list[Any] = json.loads(file.read_text())
            return heard

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "Recogniser", Remembering)
        yield


@pytest.fixture(scope="session", autouse=True)
def _renditions_made_once() -> Iterator[None]:
    with made_once():
        yield


@pytest.fixture
def anyio_backend() -> str:
    """asyncio is the one event loop that the asynchronous clients support."""
    return "asyncio"
