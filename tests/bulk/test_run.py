"""`bulk.run`: every job is done once, an interruption loses nothing, and the ledger tells all of it."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import tonearm
from tonearm import ConfigurationError, InvalidInput, RateLimited, ServiceFailed, Unauthorized, WorkInterrupted, bulk
from tonearm.bulk import ledger as module


def status(kind: type[tonearm.StatusError], status: int, code: str | None = None) -> tonearm.StatusError:
    """An error as a server's answer becomes one."""
    return kind("no", status=status, method="GET", url="http://x", code=code)


def interrupted(cause: Exception) -> Exception:
    """Work that was interrupted by something."""
    error = WorkInterrupted("interrupted", done=1, total=2, state=Path("state"))
    error.__cause__ = cause
    return error


class Copy:
    """Writes each job's input into a file, and counts how often it was called for it."""

    def __init__(self, folder: Path, *failures: Exception) -> None:
        self.folder, self.failures = folder, list(failures)
        self.calls: Counter[str] = Counter()
        self.lock = threading.Lock()

    def __repr__(self) -> str:
        return "Copy"

    def __call__(self, job: bulk.Job) -> bulk.Result:
        with self.lock:
            self.calls[job.input] += 1
            failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
        path = self.folder / f"{job.output}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(job.input)
        return bulk.Result((str(path),), bytes=len(job.input))


def nothing(_: bulk.Job) -> None:
    """Do nothing."""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "out")


def names(count: int) -> list[bulk.Job]:
    return [bulk.Job(f"job {number}", f"{number}") for number in range(count)]


def rows(ledger: Path, state: bulk.State | None = None) -> list[bulk.Row]:
    with bulk.Ledger.read(ledger) as book:
        return list(book.rows(state))


@pytest.mark.parametrize("workers", [1, 8, "auto"])
def test_each_job_is_done_once_and_the_second_run_does_nothing(ledger: Path, copy: Copy, workers: Any) -> None:
    seen: list[bulk.Report] = []
    report = bulk.run(copy, iter(names(500)), ledger=ledger, workers=workers, on_progress=seen.append)
    assert (report.done, report.failed, report.skipped, report.under_way, report.ok) == (500, 0, 0, 0, True)
    assert set(copy.calls.values()) == {1}
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert all(row.state == "done" and row.bytes == len(row.input) and row.attempts == 1 for row in rows(ledger))
    report = bulk.run(copy, names(500), ledger=ledger, workers=workers)
    assert (report.done, report.skipped) == (0, 500)
    assert copy.calls.total() == 500


def test_what_is_missing_or_changed_is_done_again(ledger: Path, copy: Copy, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.wav" for number in range(4)]
    for file in files:
        file.write_bytes(b"one")
    bulk.run(copy, files, ledger=ledger)
    files[1].write_bytes(b"another")
    (copy.folder / "2.txt").unlink()
    options = [bulk.Job(str(file), file.stem, {"words": True} if file == files[3] else {}) for file in files]
    assert bulk.run(copy, options, ledger=ledger).done == 3
    assert bulk.run(copy, options, ledger=ledger).done == 0
    assert copy.calls == {str(file): 1 if number == 0 else 2 for number, file in enumerate(files)}


def test_another_task_does_everything_again(ledger: Path, copy: Copy) -> None:
    bulk.run(copy, names(2), ledger=ledger)
    assert bulk.run(nothing, names(2), ledger=ledger).done == 2
    assert bulk.run(lambda _: None, names(2), ledger=ledger).done == 2


def test_the_same_job_twice_is_one(ledger: Path, copy: Copy) -> None:
    jobs = [*names(2), *names(500), *names(500)]  # twice in one step of the ledger, and in two
    assert bulk.run(copy, jobs, ledger=ledger).done == 500
    assert set(copy.calls.values()) == {1}


def test_results_of_one_name_are_kept_apart(ledger: Path, copy: Copy) -> None:
    jobs = ["a/talk.wav", "b/talk.mp3", "c/talk.mp3", "d/talk.mp3"]
    bulk.run(copy, jobs, ledger=ledger, workers=1)
    assert bulk.run(copy, jobs, ledger=ledger, workers=1).skipped == 4
    assert sorted(path.name for path in copy.folder.iterdir()) == [
        "talk.mp3-2.txt",
        "talk.mp3-3.txt",
        "talk.mp3.txt",
        "talk.txt",
    ]


@pytest.mark.parametrize("other", ["talk ÉTÉ", "Talk été", "Talk E\u0301TE\u0301"])
def test_results_that_some_disks_take_for_one_are_kept_apart(ledger: Path, copy: Copy, other: str) -> None:
    jobs = [bulk.Job("a/one.mp3", "Talk ÉTÉ"), bulk.Job("b/two.wav", other)]
    bulk.run(copy, jobs, ledger=ledger, workers=1)
    assert {path.name for path in copy.folder.iterdir()} == {"Talk ÉTÉ.txt", f"{other}.wav.txt"}


def test_names_that_are_not_utf_8_are_jobs_like_others(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    for name in (b"caf\xe9.wav", b"plain.wav"):
        (tmp_path / "archive" / os.fsdecode(name)).write_bytes(b"sound")

    def task(job: bulk.Job) -> None:
        if Path(job.input).read_bytes() == b"sound" and "plain" not in job.input:
            raise InvalidInput(f"{job.input} is no audio")

    assert bulk.run(task, bulk.find(tmp_path / "archive"), ledger=ledger).done == 1
    (failed,) = rows(ledger, "failed")
    assert os.fsencode(failed.input).endswith(b"caf\xe9.wav")
    assert str(failed.error).startswith(failed.input)
    assert bulk.run(task, bulk.find(tmp_path / "archive"), ledger=ledger).skipped == 2


def test_options_that_no_ledger_can_hold_are_refused(ledger: Path, copy: Copy) -> None:
    with pytest.raises(InvalidInput, match="options must be values that JSON has"):
        bulk.run(copy, [bulk.Job("a", "a", {"voice": object()})], ledger=ledger)
    assert not copy.calls


def test_a_job_that_may_succeed_is_tried_again(ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tonearm.bulk.loop._FIRST_DELAY", 0.01)
    copy = Copy(tmp_path / "out", status(ServiceFailed, 500), status(ServiceFailed, 502))
    report = bulk.run(copy, names(3), ledger=ledger, workers=1)
    assert (report.done, report.failed) == (3, 0)
    assert copy.calls.total() == 5
    assert sum(row.attempts for row in rows(ledger)) == 5


def test_a_job_that_fails_costs_only_itself(ledger: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tonearm.bulk.loop._FIRST_DELAY", 0.01)
    wrong = {"job 1": InvalidInput("no sound"), "job 2": KeyError("x"), "job 3": status(ServiceFailed, 500)}

    def task(job: bulk.Job) -> bulk.Result:
        made = copy(job)
        if job.input in wrong:
            raise wrong[job.input]
        return made

    report = bulk.run(task, names(5), ledger=ledger, attempts=2)
    assert (report.done, report.failed, report.ok) == (2, 3, False)
    assert [(row.kind, row.error) for row in rows(ledger, "failed")] == [
        ("InvalidInput", "no sound"),
        ("KeyError", "KeyError: 'x'"),
        ("ServiceFailed", "GET http://x -> 500: no"),
    ]
    assert copy.calls == {"job 0": 1, "job 1": 1, "job 2": 1, "job 3": 2, "job 4": 1}
    assert bulk.run(task, names(5), ledger=ledger).skipped == 5
    wrong.clear()
    assert bulk.run(task, names(5), ledger=ledger, retry_failed=True).done == 3


@pytest.mark.parametrize(
    "failure",
    [
        status(Unauthorized, 401),
        interrupted(status(Unauthorized, 401)),
        ConfigurationError("no key"),
        OSError(28, "No space left on device"),
        status(RateLimited, 429, code="insufficient_quota"),
    ],
)
def test_what_would_fail_for_all_jobs_ends_the_run(ledger: Path, tmp_path: Path, failure: Exception) -> None:
    copy = Copy(tmp_path / "out", failure)
    report = bulk.run(copy, names(100), ledger=ledger, workers=1)
    assert (report.failed, report.stopped is None) == (0, False)
    assert copy.calls.total() == 1
    assert bulk.run(copy, names(100), ledger=ledger).done == 100  # the job that met it waits, too


def test_of_two_jobs_that_would_end_the_run_the_first_says_why(ledger: Path) -> None:
    both = threading.Barrier(2)

    def task(job: bulk.Job) -> None:
        both.wait(60)
        raise ConfigurationError(f"no key for {job.input}")

    report = bulk.run(task, names(2), ledger=ledger, workers=2)
    assert (report.failed, "no key for job" in str(report.stopped)) == (0, True)
    with bulk.Ledger.read(ledger) as book:
        assert [row.state for row in book.rows()] == ["waiting", "waiting"]


def test_it_stops_after_so_many_failures(ledger: Path, tmp_path: Path) -> None:
    copy = Copy(tmp_path / "out", *[InvalidInput("no")] * 100)
    report = bulk.run(copy, names(100), ledger=ledger, workers=1, stop_after=3)
    assert (report.failed, report.stopped) == (3, "3 jobs failed")


def test_one_run_at_a_time_works_on_a_ledger(ledger: Path, copy: Copy) -> None:
    with bulk.Ledger.write(ledger), pytest.raises(ConfigurationError, match="another run works on the ledger"):
        bulk.run(copy, names(1), ledger=ledger)
    assert bulk.run(copy, names(1), ledger=ledger).ok


@pytest.mark.parametrize("content", [b"no database", b""])
def test_what_is_no_ledger_is_refused(ledger: Path, copy: Copy, content: bytes) -> None:
    with pytest.raises(ConfigurationError, match="does not exist"):
        bulk.Ledger.read(ledger)
    ledger.write_bytes(content)
    with pytest.raises(ConfigurationError, match="not a ledger"):
        bulk.Ledger.read(ledger)
    if content:
        with pytest.raises(ConfigurationError, match="not a ledger"):
            bulk.run(copy, names(1), ledger=ledger)
    with pytest.raises(ConfigurationError, match="cannot be written"):
        bulk.run(copy, names(1), ledger=ledger / "below")


@pytest.mark.parametrize("wrong", [{"workers": 0}, {"attempts": 0}, {"stop_after": 0}, {"max_price": 1.0}])
def test_wrong_arguments_are_refused_before_anything_is_done(ledger: Path, copy: Copy, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        bulk.run(copy, names(1), ledger=ledger, **wrong)
    assert not ledger.exists()


@pytest.mark.parametrize("unknown", [None, math.nan, -1.0])
def test_a_price_is_not_exceeded(unknown: float | None, ledger: Path, tmp_path: Path) -> None:
    class Priced(Copy):
        def price(self, job: bulk.Job) -> float | None:
            return unknown if job.input == "job 0" else 0.3

    priced = Priced(tmp_path / "out")
    report = bulk.run(priced, names(10), ledger=ledger, workers=4, max_price=1.0)
    assert (report.done, report.failed, round(report.price, 6)) == (3, 1, 0.9)
    assert report.stopped == "the next job would cost more than is left of 1.0 USD"
    assert bulk.run(priced, names(10), ledger=ledger, workers=4, max_price=10.0).done == 6
    (row,) = rows(ledger, "failed")
    assert (row.input, row.kind) == ("job 0", "InvalidInput")
    assert "which max_price needs" in str(row.error)
    assert bulk.run(priced, names(10), ledger=ledger, retry_failed=True).done == 1


def test_leaving_waits_for_what_is_under_way_and_loses_none(ledger: Path, copy: Copy) -> None:
    def stop(report: bulk.Report) -> None:
        if report.done >= 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk.run(copy, names(100), ledger=ledger, workers=4, on_progress=stop)
    done = {row.input for row in rows(ledger, "done")}
    assert done >= {name for name, count in copy.calls.items() if count}
    assert not rows(ledger, "running")
    bulk.run(copy, names(100), ledger=ledger)
    assert set(copy.calls.values()) == {1}


DRIVER = """
import sys, time
from pathlib import Path
from tonearm import bulk

def task(job):
    with open(sys.argv[2], "a") as file:
        file.write(job.input + "\\n")
    print(job.input, flush=True)
    time.sleep(0.002)

bulk.run(task, (bulk.Job(f"job {n}", str(n)) for n in range(400)), ledger=sys.argv[1], workers=4)
"""


def test_a_driver_that_is_killed_loses_no_finished_job(ledger: Path, tmp_path: Path) -> None:
    script, log = tmp_path / "driver.py", tmp_path / "log"
    script.write_text(DRIVER)
    for _ in range(2):
        command = [sys.executable, str(script), str(ledger), str(log)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as driver:
            assert driver.stdout is not None
            for _ in range(80):
                driver.stdout.readline()
            driver.send_signal(signal.SIGKILL)
    before = {row.input for row in rows(ledger, "done")}
    assert 0 < len(before) < 400
    called = Counter(log.read_text().splitlines())
    subprocess.run([sys.executable, str(script), str(ledger), str(log)], check=True, stdout=subprocess.DEVNULL)
    again = Counter(log.read_text().splitlines()) - called
    assert not before & again.keys()
    assert len(rows(ledger, "done")) == 400
    assert max(Counter(log.read_text().splitlines()).values()) <= 3


def square(job: bulk.Job) -> bulk.Result:
    if job.input == "job 7":
        os.kill(os.getpid(), signal.SIGKILL)
    return bulk.Result(made=str(int(job.output or 0) ** 2))


def test_any_executor_does_the_work(ledger: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        report = bulk.run(square, [job for job in names(20) if job.input != "job 7"], ledger=ledger, executor=pool)
    assert report.done == 19
    assert {row.made for row in rows(ledger)} == {str(number**2) for number in range(20) if number != 7}


def test_an_executor_that_is_lost_ends_the_run_and_loses_nothing(ledger: Path) -> None:
    with ProcessPoolExecutor(1) as pool:
        report = bulk.run(square, names(20), ledger=ledger, executor=pool, workers=1)
    assert report.stopped is not None
    assert "the executor accepts no more work" in report.stopped
    with ProcessPoolExecutor(2) as pool:
        others = [job for job in names(20) if job.input != "job 7"]
        assert bulk.run(square, others, ledger=ledger, executor=pool).done + report.done == 19


class Forgetful(Executor):
    """Gives every job back."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.cancel()
        future.set_running_or_notify_cancel()
        return future


def test_an_executor_that_gives_work_back_ends_the_run(ledger: Path) -> None:
    report = bulk.run(square, names(5), ledger=ledger, executor=Forgetful(), workers=2)
    assert report.stopped == "the executor returned a job that was not done"
    assert not rows(ledger, "done")


@pytest.mark.parametrize(
    ("cause", "price"), [(interrupted(status(ServiceFailed, 500)), 0.5), (InvalidInput("no"), 0.0)]
)
def test_a_job_that_failed_costs_what_of_it_was_paid_for(
    ledger: Path, tmp_path: Path, cause: Exception, price: float
) -> None:
    class Priced(Copy):
        def price(self, job: bulk.Job) -> float | None:
            return 1.0

    report = bulk.run(Priced(tmp_path / "out", cause), names(1), ledger=ledger, attempts=1, max_price=5)
    assert (report.failed, report.price) == (1, price)
    with bulk.Ledger.read(ledger) as book:
        assert book.totals()[0] == price


def test_a_job_whose_price_cannot_be_found_out_fails_and_the_others_are_done(ledger: Path, tmp_path: Path) -> None:
    class Priced(Copy):
        def price(self, job: bulk.Job) -> float | None:
            if job.input == "job 1":
                raise FileNotFoundError(job.input)
            return 0.1

    report = bulk.run(Priced(tmp_path / "out"), names(10), ledger=ledger, workers=4, max_price=5)
    assert (report.done, report.failed, report.stopped) == (9, 1, None)
    assert [(row.input, row.kind) for row in rows(ledger, "failed")] == [("job 1", "FileNotFoundError")]


@pytest.mark.parametrize("max_price", [float("nan"), -1, "5"])
def test_a_limit_that_is_no_number_of_dollars_is_refused(ledger: Path, tmp_path: Path, max_price: Any) -> None:
    class Priced(Copy):
        def price(self, job: bulk.Job) -> float | None:
            return 0.1

    with pytest.raises(InvalidInput, match="max_price"):
        bulk.run(Priced(tmp_path / "out"), names(1), ledger=ledger, max_price=max_price)


def test_a_ledger_that_cannot_be_written_any_more_says_so(
    ledger: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = module.opened

    def full(path: Path, *, make: bool) -> Any:
        base = opened(path, make=make)
        base.execute("PRAGMA max_page_count=12")
        return base

    monkeypatch.setattr(module, "opened", full)
    with pytest.raises(ConfigurationError, match="cannot be written: database or disk is full"):
        bulk.run(copy, [f"{'x' * 500} {number}" for number in range(200)], ledger=ledger, workers=2)


def test_an_error_with_characters_that_cannot_be_encoded_is_kept(ledger: Path) -> None:
    def fail(_: bulk.Job) -> None:
        raise ValueError("\ud800 and more")

    assert bulk.run(fail, ["a"], ledger=ledger).failed == 1
    assert [row.error for row in rows(ledger, "failed")] == ["ValueError: \\ud800 and more"]


def test_a_damaged_ledger_is_told_in_plain_words(ledger: Path) -> None:
    bulk.run(lambda _: None, [f"{'x' * 300} {number}" for number in range(100)], ledger=ledger, workers=2)
    content = bytearray(ledger.read_bytes())
    for at in range(8192, len(content), 4096):
        content[at : at + 200] = b"\xff" * 200
    ledger.write_bytes(content)
    with bulk.Ledger.read(ledger) as book:
        for read in (book.counts, book.totals, lambda: list(book.rows())):
            with pytest.raises(ConfigurationError, match="cannot be read"):
                read()
