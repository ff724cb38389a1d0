"""Folders that are watched: each file becomes a job once, when it has stopped growing."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tonearm import ConfigurationError, ConnectionFailed, InvalidInput, bulk
from tonearm.bulk.watching import Settling, size_of


class Written:
    """Files as a clock of the test's own sees them."""

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}

    def __call__(self, path: Path) -> tuple[int, int] | None:
        size = self.sizes.get(str(path))
        return None if size is None else (size, 0)


def test_a_file_is_told_once_it_has_stayed_the_same() -> None:
    files = Written()
    settling = Settling(2.0, files)
    job = bulk.Job("a.wav")
    files.sizes["a.wav"] = 1
    settling.see(job, 0.0)
    files.sizes["a.wav"] = 2  # it grows without a change being told, as on a network's file system
    assert settling.due(1.9) == []
    assert settling.due(2.0) == []
    assert settling.due(3.9) == []
    settling.see(job, 3.9)
    assert settling.due(5.8) == []
    assert settling.due(5.9) == [job]
    assert settling.due(99.0) == []


def test_a_file_that_goes_away_is_none() -> None:
    files = Written()
    settling = Settling(2.0, files)
    files.sizes["a.wav"] = 1
    settling.see(bulk.Job("a.wav"), 0.0)
    del files.sizes["a.wav"]
    assert settling.due(2.0) == settling.due(4.0) == []
    assert not settling.is_old(Path("a.wav"))


def test_a_file_that_does_not_exist_has_no_size(tmp_path: Path) -> None:
    assert size_of(tmp_path / "a.wav") is None


class Watched:
    """A run over a watched folder, whose steps follow one another as its files are done."""

    def __init__(self, folder: Path, ledger: Path) -> None:
        self.folder, self.ledger = folder, ledger
        self.stop = threading.Event()
        self.seen: list[tuple[str, str | None, bytes]] = []

    def __call__(self, job: bulk.Job) -> None:
        self.seen.append((job.input, job.output, Path(job.input).read_bytes()))

    def __repr__(self) -> str:
        return "Watched"

    def run(self, *steps: Callable[[], object], settle: float = 0.0) -> bulk.Report:
        """Take the next step whenever one more file is done, and stop after the last."""
        left = list(steps)

        def follow(report: bulk.Report) -> None:
            if report.done > len(steps) - len(left):
                left.pop(0)()

        steps = (*steps, self.stop.set)
        left.append(self.stop.set)
        return bulk.run(
            self,
            bulk.watch(self.folder, settle=settle),
            ledger=self.ledger,
            workers=1,
            stop=self.stop,
            on_progress=follow,
        )


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    (tmp_path / "archive").mkdir()
    monkeypatch.chdir(tmp_path)
    return Watched(Path("archive"), tmp_path / "ledger")


def test_files_that_appear_are_taken_up_by_the_names_that_find_gives(watched: Watched, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    (archive / "first.wav").write_bytes(b"1")

    def move_a_folder_in() -> None:
        (tmp_path / "album" / "disc").mkdir(parents=True)
        (tmp_path / "album" / "disc" / "third.flac").write_bytes(b"3")
        (tmp_path / "album").rename(archive / "album")

    def what_is_none() -> None:
        (archive / ".hidden").mkdir()
        (archive / ".hidden" / "no.wav").write_bytes(b"")
        (archive / "notes.txt").write_bytes(b"")
        (archive / "fourth.wav.part").write_bytes(b"4")
        (archive / "fourth.wav.part").rename(archive / "fourth.wav")

    report = watched.run(lambda: (archive / "second.wav").write_bytes(b"2"), move_a_folder_in, what_is_none)
    assert (report.done, report.failed, report.stopped, report.ok) == (4, 0, bulk.STOPPED, False)
    assert watched.seen == [
        ("archive/first.wav", "first", b"1"),
        ("archive/second.wav", "second", b"2"),
        ("archive/album/disc/third.flac", "album/disc/third", b"3"),
        ("archive/fourth.wav", "fourth", b"4"),
    ]
    report = bulk.run(watched, bulk.find("archive"), ledger=watched.ledger)
    assert (report.done, report.skipped) == (0, 4)


def test_a_file_that_is_written_again_is_done_again(watched: Watched, tmp_path: Path) -> None:
    file = tmp_path / "archive" / "first.wav"
    file.write_bytes(b"1")
    report = watched.run(lambda: file.write_bytes(b"longer"))
    assert (report.done, [contents for _, _, contents in watched.seen]) == (2, [b"1", b"longer"])


def test_a_file_whose_time_is_ahead_of_the_clock_is_taken_once_it_has_settled(watched: Watched, tmp_path: Path) -> None:
    (tmp_path / "archive" / "first.wav").write_bytes(b"1")
    os.utime(tmp_path / "archive" / "first.wav", (2**32, 2**32))
    assert watched.run(settle=0.1).done == 1


class Rewriting:
    """A job whose file is written again while the first attempt at it is under way."""

    def __init__(self, folder: Path, *failures: Exception) -> None:
        self.file, self.failures = folder / "first.wav", list(failures)
        self.begun, self.told = threading.Event(), threading.Event()
        self.seen: list[bytes] = []
        self.file.write_bytes(b"1")

    def __call__(self, job: bulk.Job) -> None:
        self.seen.append(Path(job.input).read_bytes())
        self.begun.set()
        assert self.told.wait(10)
        if self.failures:
            raise self.failures.pop()

    def __repr__(self) -> str:
        return "Rewriting"

    def jobs(self, *contents: bytes) -> Iterator[bulk.Job | None]:
        yield bulk.Job(str(self.file))
        yield None
        assert self.begun.wait(10)
        for one in contents:
            self.file.write_bytes(one)
            yield bulk.Job(str(self.file))
            yield None
        self.told.set()

    def run(self, *contents: bytes) -> bulk.Report:
        ledger = self.file.with_name("ledger")
        report = bulk.run(self, self.jobs(*contents), ledger=ledger, workers=2)
        assert bulk.run(self, [bulk.Job(str(self.file))], ledger=ledger).skipped == 1
        return report


def test_a_file_that_is_written_while_it_is_under_way_is_done_again(tmp_path: Path) -> None:
    task = Rewriting(tmp_path)
    report = task.run(b"longer", b"longest")
    assert (report.done, task.seen) == (2, [b"1", b"longest"])


def test_a_file_that_was_not_yet_whole_is_done_when_it_is(tmp_path: Path) -> None:
    task = Rewriting(tmp_path, ValueError("it ends too early"))
    report = task.run(b"longer")
    assert (report.done, report.failed, task.seen) == (1, 1, [b"1", b"longer"])


def test_another_attempt_reads_what_was_written_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tonearm.bulk.loop._FIRST_DELAY", 0.0)
    task = Rewriting(tmp_path, ConnectionFailed("no answer", method="GET", url="http://nas", sent=False))
    report = task.run(b"longer")
    assert (report.done, report.failed, task.seen) == (1, 0, [b"1", b"longer"])


def test_a_file_that_is_written_while_it_waits_is_done_once(tmp_path: Path) -> None:
    waiting = tmp_path / "second.wav"
    waiting.write_bytes(b"2")

    def jobs() -> Iterator[bulk.Job]:
        yield bulk.Job(str(waiting))
        waiting.write_bytes(b"longer")
        yield bulk.Job(str(waiting))

    with bulk.Ledger.write(tmp_path / "ledger") as book:
        (due,) = book.add([next(found := jobs())], "Rewriting", retry_failed=False)
        row = due.row
        assert book.add(list(found), "Rewriting", retry_failed=False) == []
        book.begin([(1, 0.0, row.id)])
        ended = {"id": row.id, "state": "done", "outputs": "[]", "error": None}
        nothing = dict.fromkeys(("made", "kind", "seconds", "bytes", "price", "worker", "ended"))
        assert book.end([ended | nothing]) == []
        book.commit()
    with bulk.Ledger.write(tmp_path / "ledger") as book:
        assert book.add([bulk.Job(str(waiting))], "Rewriting", retry_failed=False) == []


def told(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """Let these be the changes that the system tells of, after its first look."""

    def looks(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
        yield set()
        yield {(1, str(path)) for path in paths}
        while True:
            yield set()

    monkeypatch.setattr("watchfiles.watch", looks)


def test_a_folder_behind_a_link_is_watched_where_the_system_tells_the_place_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    told(monkeypatch, real / "a.wav", tmp_path / "b.wav")
    found = bulk.watch(link, settle=0.0)
    assert next(found) is None
    for file in (real / "a.wav", tmp_path / "b.wav"):
        file.write_bytes(b"1")
    assert [next(found), next(found)] == [bulk.Job(str(link / "a.wav"), "a"), None]


def test_a_folder_that_cannot_be_read_is_said_and_the_others_are_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told(monkeypatch, tmp_path / "closed", tmp_path / "a.wav")
    found = bulk.watch(tmp_path, settle=0.0)
    assert next(found) is None
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.wav").write_bytes(b"1")

    def closed(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr("os.scandir", closed)
    assert [next(found), next(found)] == [bulk.Job(str(tmp_path / "a.wav"), "a"), None]
    assert "closed' cannot be read: Permission denied" in caplog.text


def test_a_file_of_long_ago_is_not_waited_for(watched: Watched, tmp_path: Path) -> None:
    import os

    (tmp_path / "archive" / "old.wav").write_bytes(b"1")
    os.utime(tmp_path / "archive" / "old.wav", (0, 0))
    assert watched.run(settle=600.0).done == 1


def test_what_is_no_folder_and_a_missing_library_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidInput, match="a folder that exists"):
        bulk.watch(tmp_path / "none")
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'tonearm\[watch\]'"):
        bulk.watch(tmp_path)


def test_a_run_that_is_told_to_stop_ends_what_is_under_way_and_leaves_the_rest(tmp_path: Path) -> None:
    stop = threading.Event()
    done: list[str] = []

    def task(job: bulk.Job) -> None:
        stop.set()
        done.append(job.input)

    report = bulk.run(task, map(str, range(50)), ledger=tmp_path / "ledger", workers=1, stop=stop)
    assert (report.done, report.stopped, done) == (1, bulk.STOPPED, ["0"])
    assert bulk.run(lambda _: None, map(str, range(50)), ledger=tmp_path / "ledger").ok
