"""Several servers share the work of a run; one that cannot be reached costs nothing but time."""

from __future__ import annotations

import threading
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import tonearm
from tests.bulk.test_tasks import MARKER, record
from tests.inside.engine import FixedLimit
from tonearm import ConnectionFailed, InvalidInput, TimedOut, bulk
from tonearm.bulk.servers import Servers
from tonearm.bulk.work import Outcome, failed
from tonearm.sandbox import start

LOST = failed(1, ConnectionFailed("refused", method="GET", url="http://a", sent=True))
DONE = Outcome(1)


def servers(*urls: str, each: int = 4) -> Servers:
    return Servers.of(urls, lambda: FixedLimit(each), None)


def test_the_least_busy_server_is_given_the_next_job() -> None:
    shared = servers("a", "b", "c", "a", each=2)
    leases = [shared.begin(0.0) for _ in range(6)]
    assert [lease.server.url for lease in leases] == ["a", "b", "c"] * 2
    assert (shared.level, shared.wait(0.0)) == (6, float("inf"))
    shared.end(leases[4], 1.0, DONE)
    assert shared.begin(1.0).server.url == "b"


def test_the_pause_that_a_server_asks_for_is_its_own() -> None:
    shared = servers("a", "b")
    asked = Outcome(1, error="no", refused=True, wait=9.0)
    shared.end(shared.begin(0.0), 0.0, asked)
    assert [shared.begin(1.0).server.url for _ in range(4)] == ["b"] * 4
    assert shared.wait(1.0) == 8.0
    assert shared.begin(9.0).server.url == "a"


def test_a_server_that_is_not_reached_is_left_out_and_tried_by_one_job_at_a_time() -> None:
    shared = servers("a", "b", each=99)
    first, second = shared.begin(0.0), shared.begin(0.0)
    shared.end(second, 0.0, DONE)
    assert shared.end(first, 0.0, LOST)
    for pause in [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]:
        due = shared.all[0].again_at
        assert shared.begin(due - 0.001).server.url == "b"
        probe = shared.begin(due)
        assert probe.server.url == "a"
        assert shared.begin(due).server.url == "b"  # nobody knows yet
        assert shared.end(probe, due, LOST)
        assert shared.all[0].again_at - due == min(2 * pause, 60.0)
    assert not shared.end(shared.begin(1e6), 1e6, DONE)
    assert Counter(shared.begin(1e6).server.url for _ in range(6))["a"] == 6


def test_where_none_is_reached_none_is_left_out() -> None:
    shared = servers("a", "b")
    leases = [shared.begin(0.0) for _ in range(4)]
    assert [shared.end(lease, 0.0, LOST) for lease in leases] == [True, False, False, False]
    assert shared.wait(0.0) == 0.0


@pytest.mark.parametrize(
    ("error", "lost"),
    [
        (ConnectionFailed("refused", method="GET", url="http://a", sent=True), True),
        (TimedOut("late", method="GET", url="http://a", sent=True), False),
        (InvalidInput("no"), False),
    ],
)
def test_what_says_that_a_server_is_not_reached(error: Exception, lost: bool) -> None:
    assert failed(1, error).lost == lost


class Work:
    """Counts what each server did; one of them can be dead."""

    def __init__(self, *dead: str) -> None:
        self.dead = set(dead)
        self.done: Counter[str] = Counter()
        self.lost = 0
        self.lock = threading.Lock()

    def __repr__(self) -> str:
        return "Work"

    def __call__(self, job: bulk.Job) -> None:
        url = str(job.server)
        with self.lock:
            if url in self.dead:
                self.lost += 1
                raise ConnectionFailed("refused", method="GET", url=url, sent=True)
            self.done[url] += 1


@pytest.mark.parametrize("workers", [4, "auto"])
def test_a_dead_server_fails_no_job_and_costs_no_attempt(tmp_path: Path, workers: Any) -> None:
    work = Work("http://b")
    urls = ["http://a", "http://b", "http://c"]
    report = bulk.run(work, map(str, range(300)), ledger=tmp_path / "ledger", workers=workers, servers=urls, attempts=1)
    assert (report.done, report.failed) == (300, 0)
    assert set(work.done) == {"http://a", "http://c"}
    assert 1 <= work.lost <= 300
    with bulk.Ledger.read(tmp_path / "ledger") as book:
        assert {row.attempts for row in book.rows()} == {1}


def test_a_job_that_every_server_breaks_at_fails_at_last(tmp_path: Path) -> None:
    class Broken(Work):
        def __call__(self, job: bulk.Job) -> None:
            if job.input == "0":
                self.lost += 1
                raise ConnectionFailed("reset", method="GET", url=str(job.server), sent=True)
            super().__call__(job)

    work = Broken()
    jobs = map(str, range(3))
    report = bulk.run(work, jobs, ledger=tmp_path / "l", workers=1, servers=["a", "b"], attempts=1)
    assert (report.done, report.failed) == (2, 1)
    assert work.lost <= 3


def test_recordings_go_to_the_server_that_lives(tmp_path: Path) -> None:
    for number in range(6):
        record(tmp_path / "archive" / f"{number}.wav", "seven silent rivers")
    make = partial(tonearm.OpenAI, api_key="sandbox-key", retry=tonearm.Retry(attempts=1))
    task = bulk.Transcribe(to=tmp_path / "texts", model=MARKER, make=make)
    with start() as alive, start() as other:
        urls = [alive.openai_url, other.openai_url]
        archive = tmp_path / "archive"
        assert bulk.run(task, bulk.find(archive), ledger=tmp_path / "one", workers=2, servers=urls).ok
        assert len(alive.requests) + len(other.requests) == 6
        assert other.requests
        gone = other.openai_url
    with start() as alive:
        urls = [gone, alive.openai_url]
        assert bulk.run(task, bulk.find(archive), ledger=tmp_path / "two", workers=2, servers=urls).done == 6
        assert len(alive.requests) == 6


def test_a_price_is_that_of_the_server_that_gets_the_job(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("alpha")
    record(tmp_path / "a.wav", "seven silent rivers")
    make = partial(tonearm.OpenAI, api_key="sandbox-key")
    speak = bulk.Speak(to=tmp_path / "spoken", voice="alloy", model="tts-1", make=make)
    recognise = bulk.Transcribe(to=tmp_path / "texts", model="whisper-1", make=make)
    with start() as box:
        for number, (task, name) in enumerate([(speak, "a.txt"), (recognise, "a.wav")]):
            assert task.price(bulk.Job(str(tmp_path / name))) is not None  # at OpenAI, the default
            ledger = tmp_path / f"ledger {number}"
            report = bulk.run(task, [tmp_path / name], ledger=ledger, servers=[box.openai_url], max_price=1.0)
            assert (report.failed, report.price) == (1, 0.0)
        assert not box.requests


@pytest.mark.parametrize("wrong", ["http://a", [""]])
def test_servers_that_are_none_are_refused(tmp_path: Path, wrong: Any) -> None:
    with pytest.raises(InvalidInput, match="servers"):
        bulk.run(Work(), ["a"], ledger=tmp_path / "ledger", servers=wrong)
