"""Uploads over real sockets, whatever breaks: the file arrives whole, no acknowledged part twice, completed once."""

import asyncio
import hashlib
import json
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.aioz.ways import ASYNC, KEYS, Way, both
from tests.inside.aioz import _left
from tonearm import AsyncAioz, ChecksumMismatch, ConnectionFailed, Progress, Retry, ServiceFailed, UploadInterrupted
from tonearm import sandbox as package
from tonearm.aioz import Media
from tonearm.sandbox import Fault, Sandbox

PART, SIZE = 40_000, 290_001
COUNT = -(-SIZE // PART)
CONTENT = random.Random(1).randbytes(SIZE)  # no audio: it is put together, and fails to transcode at once
DIGEST = hashlib.sha256(CONTENT).hexdigest()

several = pytest.mark.parametrize("workers", [1, 4])


def in_turns(name: str, values: Iterable[Any]) -> pytest.MarkDecorator:
    """Parametrises a test with values, each with one worker or with four; scripts/soak tries each with both."""
    return pytest.mark.parametrize(
        (name, "workers"),
        [
            pytest.param(value, workers, marks=[] if place % 2 == turn else [pytest.mark.soak])
            for place, value in enumerate(values)
            for turn, workers in enumerate((1, 4))
        ],
    )


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with package.start() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Iterator[Sandbox]:
    running.clear_faults()
    yield running
    running.clear_faults()


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "tonearm"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source" / "talk.flac"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return path


@pytest.fixture(autouse=True)
def _nothing_is_left(
    running: Sandbox, state: Path, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """After each test there is no journal, temporary file, thread or socket."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    before = _connections(running)  # of other tests in this process
    yield
    for thread in threading.enumerate():
        if thread.name == "tonearm-fork":
            thread.join(30)
            assert not thread.is_alive()
    assert _connections(running) - before == set()
    assert not state.exists() or list(state.iterdir()) == []
    assert list(temporary.iterdir()) == []
    assert [path.name for path in source.parent.iterdir()] == ["talk.flac"]


def _connections(running: Sandbox) -> set[object]:
    """The connections of this process to the sandbox."""
    port = int(running.url.rpartition(":")[2])
    connections = psutil.Process().net_connections("tcp4")
    return {one for one in connections if one.raddr and one.raddr.port == port and one.status == "ESTABLISHED"}


class Log:
    """What the sandbox was sent since this was made."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox, self.start = sandbox, len(sandbox.requests)

    def paths(self) -> list[str]:
        return [exchange.path.rpartition("/")[2] for exchange in self.sandbox.requests[self.start :]]

    def parts(self, *, accepted: bool = False) -> Counter[int]:
        """How often each part was sent, by its number; with `accepted` only what was answered with 200."""
        found = Counter[int]()
        for exchange in self.sandbox.requests[self.start :]:
            if exchange.path.endswith("/part") and (not accepted or exchange.status == 200):
                match = re.match(r"bytes (\d+)-", exchange.header("content-range") or "")
                assert match is not None
                found[int(match[1]) // PART + 1] += 1
        return found

    def check(self, way: Way, media: Media) -> None:
        """The object is whole, and was completed once."""
        assert self.paths().count("complete") == 1
        self.sandbox.wait_idle()
        found = way.call(self.sandbox.aioz_url, "get", media.id)
        assert digest(found) == DIGEST


def digest(media: Media) -> str:
    """The hash of what the service has put together."""
    return hashlib.sha256(httpx.get(media.assets.source_url, verify=False).content).hexdigest()  # no TLS: see ways.py


def recorded(state: Path) -> set[int]:
    """The numbers of the parts that a journal has as done."""
    lines = [json.loads(line) for line in state.read_bytes().splitlines() if line.endswith(b"}")]
    return {line["done"] for line in lines if "done" in line}


def upload(way: Way, sandbox: Sandbox, source: Path, workers: int, **options: Any) -> Media:
    options = {"preset": "standard", "part_size": PART, "workers": workers, **options}
    media: Media = way.call(sandbox.aioz_url, "upload", source, **options)
    return media


# Failures that pass


BROKEN: dict[str, dict[str, Any]] = {
    "cut in the middle": {"drop_request": PART // 2},
    "acknowledgement lost": {"drop_headers": True},
    "acknowledgement cut": {"drop_response": 5},
    "503": {"status": 503},
    "503 with a wait": {"status": 503, "headers": {"Retry-After": "0"}},
    "429": {"status": 429},
    "429 with a wait": {"status": 429, "headers": {"X-RateLimit-Retry-After": "0"}},
    "408": {"status": 408},
    "520": {"status": 520, "headers": {"Content-Type": "text/html"}, "body": b"<html>unknown error</html>"},
    "refused before it was read": {"status": 503, "read_request": False},
}


@both
@in_turns("name", BROKEN)
def test_every_part_may_fail_once(way: Way, sandbox: Sandbox, source: Path, workers: int, name: str) -> None:
    log, seen = Log(sandbox), list[Progress]()
    faults = [Fault(path="*/part", skip=skip, **BROKEN[name]) for skip in range(COUNT)]
    with sandbox.faults(*faults, unused_ok=True):
        media = upload(
            way, sandbox, source, workers, on_progress=seen.append, client={"retry": Retry(attempts=12, first_delay=0)}
        )
    assert all(fault.hits == 1 for fault in faults)
    log.check(way, media)
    assert log.parts().total() == 2 * COUNT
    assert [moment.done for moment in seen] == sorted({moment.done for moment in seen})
    assert (seen[-1].done, seen[-1].total) == (SIZE, SIZE)


@both
@several
def test_the_answer_to_complete_may_be_lost(way: Way, sandbox: Sandbox, source: Path, workers: int) -> None:
    log = Log(sandbox)
    with sandbox.faults(Fault(path="*/complete", drop_headers=True)):
        media = upload(way, sandbox, source, workers)
    log.check(way, media)


@both
@several
def test_the_answer_to_complete_may_be_lost_and_the_object_be_out_of_reach(
    way: Way, sandbox: Sandbox, source: Path, workers: int
) -> None:
    log = Log(sandbox)
    lost = (
        Fault(path="*/complete", drop_headers=True),
        Fault(path=re.compile(".*/media/[0-9a-f-]{36}"), status=500, times=None),
    )
    with sandbox.faults(*lost), pytest.raises(UploadInterrupted) as caught:
        upload(way, sandbox, source, workers)
    assert (caught.value.done, caught.value.total) == (SIZE, SIZE)
    source.rename(source.with_name("moved"))
    media = way.call(sandbox.aioz_url, "resume", caught.value.state)
    source.with_name("moved").rename(source)
    assert log.parts() == dict.fromkeys(range(1, COUNT + 1), 1)
    log.check(way, media)


@both
@several
def test_a_hash_may_be_refused_once(way: Way, sandbox: Sandbox, source: Path, workers: int) -> None:
    log = Log(sandbox)
    body = json.dumps({"status": "error", "message": "hash is not the MD5 of the file"}).encode()
    with sandbox.faults(Fault(path="*/part", skip=2, status=400, body=body)):
        media = upload(way, sandbox, source, workers)
    assert log.parts().total() == COUNT + 1
    log.check(way, media)


@both
@several
def test_a_hash_that_is_refused_again_ends_the_upload(way: Way, sandbox: Sandbox, source: Path, workers: int) -> None:
    log = Log(sandbox)
    body = json.dumps({"status": "error", "message": "hash is not the MD5 of the file"}).encode()
    with sandbox.faults(Fault(path="*/part", status=400, body=body, times=None)), pytest.raises(ChecksumMismatch):
        upload(way, sandbox, source, workers)
    (left,) = way.call(sandbox.aioz_url, "unfinished")
    log.check(way, way.call(sandbox.aioz_url, "resume", left.state))


@both
@in_turns("moment", ["in a part", "at an acknowledgement", "at complete"])
def test_the_server_may_restart(way: Way, source: Path, workers: int, moment: str) -> None:
    down: dict[str, Any] = {
        "in a part": {"path": "*/part", "skip": 3, "drop_request": PART // 2},
        "at an acknowledgement": {"path": "*/part", "skip": 3, "drop_headers": True},
        "at complete": {"path": "*/complete", "drop_headers": True},
    }
    with package.start() as sandbox:
        log = Log(sandbox)
        with sandbox.faults(Fault(restart=0.05, **down[moment])):
            retry = Retry(attempts=60, first_delay=0.05, max_delay=0.2)
            media = upload(way, sandbox, source, workers, client={"retry": retry})
        log.check(way, media)


# Failures that last


@both
@in_turns("reached", [0, 1, COUNT - 2, COUNT - 1])
def test_an_interrupted_upload_goes_on_where_it_was(
    way: Way, sandbox: Sandbox, source: Path, workers: int, reached: int
) -> None:
    log = Log(sandbox)
    with (
        sandbox.faults(Fault(path="*/part", skip=reached, times=None, status=500)),
        pytest.raises(UploadInterrupted) as caught,
    ):
        upload(way, sandbox, source, workers)
    assert isinstance(caught.value.__cause__, ServiceFailed)
    assert caught.value.state is not None
    resume(way, log, caught.value.state, workers)


def resume(way: Way, log: Log, state: Path, workers: int) -> None:
    """Resume an upload, and hold what is sent against what the journal had."""
    done, before = recorded(state), log.parts(accepted=True)
    seen: list[Progress] = []
    rest = Log(log.sandbox)
    media = way.call(log.sandbox.aioz_url, "resume", state, on_progress=seen.append)
    assert not done & rest.parts().keys()
    repeated = log.parts(accepted=True).total() - before.total() - (COUNT - len(before))
    assert 0 <= repeated <= workers
    log.check(way, media)
    assert [moment.done for moment in seen] == sorted({moment.done for moment in seen})
    assert not state.exists()


@both
@several
def test_an_upload_may_be_interrupted_again_and_again(way: Way, sandbox: Sandbox, source: Path, workers: int) -> None:
    log = Log(sandbox)
    begin: Callable[[], Media] = lambda: upload(way, sandbox, source, workers)  # noqa: E731
    for _ in range(COUNT - 1):
        with (
            sandbox.faults(Fault(path="*/part", skip=1, times=None, drop_request=1000)),
            pytest.raises(UploadInterrupted) as caught,
        ):
            begin()
        assert isinstance(caught.value.__cause__, ConnectionFailed)
        left = caught.value.state
        assert left is not None
        begin = lambda left=left: way.call(sandbox.aioz_url, "resume", left)  # type: ignore[misc]  # noqa: E731
    if workers == 1:  # else the failure of one part may be there before the acknowledgement of another
        assert len(recorded(left)) == COUNT - 1
    resume(way, log, left, workers)


# Leaving


class Enough(Exception):
    """What a caller raises to stop an upload."""


@both
@in_turns("kind", [Enough, KeyboardInterrupt])
def test_what_progress_raises_stops_an_upload_that_goes_on_later(
    way: Way, sandbox: Sandbox, source: Path, workers: int, kind: type[BaseException]
) -> None:
    def report(progress: Progress) -> None:
        if progress.done > SIZE * 3 // 4:  # each worker has its connection by then
            raise kind

    log = Log(sandbox)
    with pytest.raises(kind):
        upload(way, sandbox, source, workers, on_progress=report)
    assert "complete" not in log.paths()
    (left,) = way.call(sandbox.aioz_url, "unfinished")
    assert (left.size, left.source) == (SIZE, source)
    resume(way, log, left.state, workers)


@several
def test_an_upload_that_is_cancelled_goes_on_later(sandbox: Sandbox, source: Path, workers: int) -> None:
    async def perform() -> None:
        reached = asyncio.Event()

        def report(progress: Progress) -> None:
            if progress.done > SIZE // 2:
                reached.set()

        async with (
            httpx.AsyncClient(verify=False) as http,
            AsyncAioz(base_url=sandbox.aioz_url, http=http, **KEYS) as aioz,
        ):
            uploading = aioz.upload(source, part_size=PART, workers=workers, on_progress=report)
            task = asyncio.create_task(uploading)
            await reached.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    log = Log(sandbox)
    with sandbox.faults(*slow(), unused_ok=True):
        asyncio.run(perform())
    (left,) = ASYNC.call(sandbox.aioz_url, "unfinished")
    resume(ASYNC, log, left.state, workers)


# Killing


def slow() -> tuple[Fault, Fault]:
    """Parts take a while, and one is not acknowledged at all: whoever sends them is still there to be stopped."""
    return Fault(path="*/part", skip=COUNT - 1, delay=60), Fault(path="*/part", times=None, delay=0.01)


UPLOADER = """
import asyncio, sys, httpx, tonearm
url, source, kind, workers, part = sys.argv[1:]
keys = dict(base_url=url, public_key="sandbox-public", secret_key="sandbox-secret")
options = dict(part_size=int(part), workers=int(workers), preset="standard")

def main():
    with httpx.Client(verify=False) as http, tonearm.Aioz(http=http, **keys) as aioz:
        aioz.upload(source, **options)

async def main_async():
    async with httpx.AsyncClient(verify=False) as http, tonearm.AsyncAioz(http=http, **keys) as aioz:
        await aioz.upload(source, **options)

print("ready", flush=True)
main() if kind == "sync" else asyncio.run(main_async())
"""


def start(sandbox: Sandbox, source: Path, way: Way, workers: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", UPLOADER, sandbox.aioz_url, str(source), way.name, str(workers), str(PART)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def reach(log: Log, process: subprocess.Popen[bytes], state: Path, count: int) -> None:
    """Wait until the journal is there and the server has so many bytes of parts."""

    def received() -> int:
        exchanges = log.sandbox.requests[log.start :]
        return sum(exchange.received for exchange in exchanges if exchange.path.endswith("/part"))

    while not (any(path.stat().st_size for path in state.glob("*")) and received() >= count):
        assert process.poll() is None, process.stderr and process.stderr.read().decode()
        time.sleep(0.001)


@both
@pytest.mark.usefixtures("unmeasured")
@several
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 5))])
def test_a_client_that_is_killed_has_lost_nothing(
    way: Way, sandbox: Sandbox, source: Path, state: Path, workers: int, seed: int
) -> None:
    log, moment = Log(sandbox), random.Random(f"{way.name} {workers} {seed}").randrange(SIZE)
    with sandbox.faults(*slow(), unused_ok=True), start(sandbox, source, way, workers) as process:
        reach(log, process, state, moment)
        process.send_signal(signal.SIGKILL)
    (left,) = way.call(sandbox.aioz_url, "unfinished")
    assert left.done == sum(min(PART, SIZE - (number - 1) * PART) for number in recorded(left.state))
    resume(way, log, left.state, workers)


@both
@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_client_that_is_killed_while_its_object_is_created_has_lost_nothing(
    way: Way, sandbox: Sandbox, source: Path, state: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(sandbox)
    fault = Fault(path="*/create", delay=60, status=503 if moment == "before" else None)
    with sandbox.faults(fault), start(sandbox, source, way, 1) as process:
        fault.wait()
        process.send_signal(signal.SIGKILL)
    left = way.call(sandbox.aioz_url, "unfinished")
    if moment == "after":
        assert [(one.title, one.done) for one in left] == [(source.name, 0)]
        assert way.call(sandbox.aioz_url, "get", left[0].id).status == "new"
        resume(way, log, left[0].state, 1)
    else:
        assert left == ()
        (one,) = way.call(sandbox.aioz_url, "unfinished", search=False)
        assert (one.id, one.title) == (None, source.name)
        monkeypatch.setattr(_left, "_IN_FLIGHT", 0.0)  # as an hour later
        assert way.call(sandbox.aioz_url, "unfinished") == ()


@both
@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("kills", [2, pytest.param(30, marks=[pytest.mark.soak, pytest.mark.timeout(1800)])])
def test_whenever_a_client_is_killed_no_object_is_lost_from_sight_and_none_is_made_twice(
    way: Way, sandbox: Sandbox, source: Path, kills: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(f"{way.name} {kills}")
    slowly = Fault(path="*", times=None, delay=0.02)
    for _ in range(kills):
        known = objects(way, sandbox)
        with sandbox.faults(slowly, unused_ok=True), start(sandbox, source, way, 1) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 0.03 * COUNT))  # nothing is waited for: any moment will do
            process.send_signal(signal.SIGKILL)
        left = {one.id: one.state for one in way.call(sandbox.aioz_url, "unfinished")}
        made = {id: status for id, status in objects(way, sandbox).items() if id not in known}
        assert len(made) <= 1
        assert left.keys() >= {id for id, status in made.items() if status == "new"}
        for journal in left.values():
            way.call(sandbox.aioz_url, "resume", journal)
        sandbox.wait_idle()
        for id in made:
            whole = way.call(sandbox.aioz_url, "get", id)
            assert digest(whole) == DIGEST
    monkeypatch.setattr(_left, "_IN_FLIGHT", 0.0)  # as an hour later
    assert way.call(sandbox.aioz_url, "unfinished") == ()


def objects(way: Way, sandbox: Sandbox) -> dict[str, str]:
    """The objects of the account, with their status."""
    found = way.call(sandbox.aioz_url, "page", limit=100, order_by="desc")
    return {media.id: media.status for media in found.items}


@both
@pytest.mark.usefixtures("unmeasured")
def test_ctrl_c_keeps_the_journal_and_ends_the_client(way: Way, sandbox: Sandbox, source: Path, state: Path) -> None:
    log = Log(sandbox)
    with sandbox.faults(*slow(), unused_ok=True), start(sandbox, source, way, 4) as process:
        reach(log, process, state, SIZE // 2)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.read().rstrip().endswith(b"KeyboardInterrupt")
    (left,) = way.call(sandbox.aioz_url, "unfinished")
    resume(way, log, left.state, 4)
