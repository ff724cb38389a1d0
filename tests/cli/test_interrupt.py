"""Ctrl-C at any moment: the command that is printed goes on, and what comes of it is whole."""

import hashlib
import json
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest
from attrs import define

from tonearm.sandbox import Exchange, Fault, Sandbox, start
from tonearm.sandbox.library import PACKAGED, items

from .conftest import CLIP

ITEM = items(PACKAGED)[-1]
WHOLE = hashlib.sha256(CLIP.read_bytes()).hexdigest()
PART = 4000
PARTS = -(-CLIP.stat().st_size // PART)


@define
class Trigger:
    """Sends Ctrl-C to a process once the server has answered so many requests."""

    at: int = 0
    seen: int = 0
    pid: int | None = None

    def __call__(self, _: Exchange) -> None:
        self.seen += 1
        if self.seen == self.at and self.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGINT)


@pytest.fixture(scope="module")
def trigger() -> Trigger:
    return Trigger()


@pytest.fixture(scope="module")
def box(trigger: Trigger) -> Iterator[Sandbox]:
    with start(on_request=trigger) as running:
        yield running


def begin(*words: str, cwd: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tonearm", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
    )


def resume(line: str, cwd: Path) -> str:
    """Do what a printed line says; what the commands print."""
    shell = f'tonearm() {{ {shlex.quote(sys.executable)} -m tonearm "$@"; }}; {line}'
    return subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True, cwd=cwd).stdout


SHORT = [(1, PARTS + 1), (3, 2)]
LONG = [(workers, moment) for workers in (1, 2, 3, 5) for moment in range(1, PARTS + 4)]


@pytest.mark.parametrize(
    ("workers", "moment"), [*SHORT, *(pytest.param(*moment, marks=pytest.mark.soak) for moment in LONG)]
)
def test_an_upload_goes_on_where_it_was_stopped(
    moment: int, workers: int, configured: Sandbox, trigger: Trigger, tmp_path: Path
) -> None:
    file = tmp_path / "my talk's file.flac"
    file.write_bytes(CLIP.read_bytes())
    words = ("aioz", "upload", str(file), f"--part-size={PART}", f"--workers={workers}", "--preset=standard", "--json")
    before = len(configured.requests)
    trigger.seen, trigger.at = 0, moment
    with begin(*words, cwd=tmp_path) as process:
        trigger.pid = process.pid
        out, err = process.communicate()
    trigger.at = 0
    assert "Traceback" not in err, err
    if process.returncode:  # 0: it was done before it felt anything
        assert process.returncode == 5, err
        *_, last = err.splitlines()
        failed = json.loads(last)
        assert failed["exit_code"] == 5
        out = resume(failed["resume"], tmp_path)
    assert '"id"' in out or out.startswith("id ")
    shown = json.loads(out)["id"] if out.startswith("{") else out.split()[1]
    source = httpx.get(
        f"{configured.aioz_url}/media/{shown}/source",
        headers={"stream-public-key": "sandbox-public", "stream-secret-key": "sandbox-secret"},
    )
    assert hashlib.sha256(source.content).hexdigest() == WHOLE
    parts = [request for request in configured.requests[before:] if request.path.endswith("/part")]
    assert PARTS <= len(parts) <= PARTS + workers


@pytest.mark.parametrize("arrived", [20_000, *(pytest.param(n, marks=pytest.mark.soak) for n in (0, 1, 70_000))])
def test_a_download_goes_on_where_it_was_stopped(arrived: int, configured: Sandbox, tmp_path: Path) -> None:
    out = tmp_path / "a b.flac"
    part = out.with_name("a b.flac.part")
    words = ("jellyfin", "download", str(ITEM.id), "-o", str(out))
    with (
        configured.faults(Fault(path="*/stream", stall_after=arrived, stall=60.0)),
        begin(*words, cwd=tmp_path) as process,
    ):
        state = out.with_name("a b.flac.part.json")
        _until(state.exists)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert "Traceback" not in err, err
    assert part.exists() == state.exists()
    assert not out.exists()
    again = f"tonearm jellyfin download '--out={out}' {ITEM.id}"
    if part.exists():
        assert (process.returncode, err.splitlines()[-1]) == (5, f"to go on: {again}"), err
    else:  # it was stopped before it took the first byte
        assert (process.returncode, "to go on" in err) == (130, False), err
    assert "sha256" in resume(again, tmp_path)
    assert hashlib.sha256(out.read_bytes()).hexdigest() == WHOLE
    assert not part.exists()


def _until(there: Callable[[], bool]) -> None:
    """Look until it is there, a hundred times a second."""
    looking = threading.Event()
    while not there():
        looking.wait(0.01)


def test_waiting_for_nothing_that_can_go_on_ends_with_130(configured: Sandbox, tmp_path: Path) -> None:
    """A list changes nothing: there is nothing to go on with."""
    with configured.faults(Fault(path="*/aioz/api/media", delay=60.0), unused_ok=True):
        before = len(configured.requests)
        with begin("aioz", "list", cwd=tmp_path) as process:
            assert process.stderr is not None
            _until(lambda: _connected(process.pid, configured))
            process.send_signal(signal.SIGINT)
            out, err = process.communicate()
        configured.clear_faults()
    assert before <= len(configured.requests)
    assert (process.returncode, out, err) == (130, "", "tonearm: interrupted\n")


def _connected(pid: int, sandbox: Sandbox) -> bool:
    """Whether a process has a connection to the sandbox."""
    port = int(sandbox.url.rpartition(":")[2])
    connections = psutil.Process(pid).net_connections(kind="tcp")
    return any(one.raddr and one.raddr.port == port for one in connections)
