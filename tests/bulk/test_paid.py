"""What was paid for is not paid for again: results that find no place, other timeouts, and ledgers of before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import fsspec
import pytest

import tonearm
from tests.bulk.test_tasks import MARKER, record
from tests.inside.files import write_text_anywhere
from tonearm import ConfigurationError, InvalidInput, TransferError, WorkInterrupted, bulk
from tonearm.bulk.work import failed, paid_in_full
from tonearm.sandbox import Sandbox, start


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with start() as made:
        yield made


@pytest.fixture
def box(running: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    monkeypatch.setenv("TONEARM_STATE", str(tmp_path / "state"))
    return running


def failing(times: int, work: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which fails a few times before."""
    left = [None] * times

    def done(*given: Any, **named: Any) -> Any:
        if left:
            left.pop()
            raise TransferError("the storage cannot be reached", done=0, total=None)
        return work(*given, **named)

    return done


def asked(box: Sandbox, since: int, path: str) -> int:
    return sum(one.path.endswith(path) for one in box.requests[since:])


@pytest.mark.parametrize("attempts", [3, 1])
def test_a_transcript_that_finds_no_place_is_kept(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attempts: int
) -> None:
    record(tmp_path / "a.wav", "seven silent rivers")
    make = partial(tonearm.OpenAI, base_url=box.openai_url, api_key="sandbox-key")
    task = bulk.Transcribe(to=tmp_path / "texts", forms=("txt", "json"), model=MARKER, make=make)
    monkeypatch.setattr("tonearm.bulk.loop._FIRST_DELAY", 0.01)
    monkeypatch.setattr("tonearm.bulk.tasks.write_text_anywhere", failing(1, write_text_anywhere))
    since = len(box.requests)
    run = partial(bulk.run, task, [tmp_path / "a.wav"], ledger=tmp_path / "ledger", attempts=attempts)
    if attempts == 1:
        report = run()
        assert (report.failed, report.resumable) == (1, True)
    assert run(retry_failed=True).done == 1
    assert asked(box, since, "/transcriptions") == 1
    assert (tmp_path / "texts" / "a.txt").read_text().split() == ["seven", "silent", "rivers"]
    assert not list((tmp_path / "state").glob("*.json"))


@pytest.mark.parametrize("kind", [bulk.Transcribe, bulk.Translate])
def test_nothing_is_paid_for_whose_folder_cannot_be_made(box: Sandbox, tmp_path: Path, kind: Any) -> None:
    record(tmp_path / "a.wav", "seven silent rivers")
    (tmp_path / "texts").write_text("a file, no folder")
    task = kind(to=tmp_path / "texts", model=MARKER, make=partial(tonearm.OpenAI, base_url=box.openai_url, api_key="k"))
    since = len(box.requests)
    assert bulk.run(task, [tmp_path / "a.wav"], ledger=tmp_path / "ledger").failed == 1
    with bulk.Ledger.read(tmp_path / "ledger") as book:
        assert [row.kind for row in book.rows()] == ["FileExistsError"]
    assert len(box.requests) == since


def test_what_is_kept_by_others_is_not_taken_for_a_transcript(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path / "a.wav", "seven silent rivers")
    make = partial(tonearm.OpenAI, base_url=box.openai_url, api_key="sandbox-key")
    task = bulk.Transcribe(to=tmp_path / "texts", model=MARKER, make=make)
    monkeypatch.setattr("tonearm.bulk.tasks.write_text_anywhere", failing(1, write_text_anywhere))
    since = len(box.requests)
    run = partial(bulk.run, task, [tmp_path / "a.wav"], ledger=tmp_path / "ledger", attempts=1)
    assert run().failed == 1
    (note,) = (tmp_path / "state").glob("openai-recognition-*.json")
    note.write_text('{"other": 1}')
    assert run(retry_failed=True).done == 1
    assert asked(box, since, "/transcriptions") == 2


@pytest.mark.parametrize("alone", [True, False])
def test_nothing_is_kept_of_a_job_of_no_ledger_or_where_there_is_no_folder_for_it(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alone: bool
) -> None:
    record(tmp_path / "a.wav", "seven silent rivers")
    (tmp_path / "a.txt").write_text("Seven silent rivers.")
    if not alone:
        monkeypatch.setenv("TONEARM_STATE", "relative")
    memory = fsspec.filesystem("memory")
    monkeypatch.setattr("tonearm.bulk.tasks.write_text_anywhere", failing(1, write_text_anywhere))
    monkeypatch.setattr(type(memory), "mv", failing(1, type(memory).mv))
    with tonearm.OpenAI(base_url=box.openai_url, api_key="sandbox-key") as ai:
        transcribe = bulk.Transcribe(to=tmp_path / "texts", model=MARKER, make=lambda: ai)
        speak = bulk.Speak(to="memory://unspoken", voice="coral", model="tts-1", format="wav", make=lambda: ai)
        for task, name in ((transcribe, "a.wav"), (speak, "a.txt")):
            with pytest.raises((TransferError, InvalidInput)) as raised:
                task(bulk.Job(str(tmp_path / name), mark=None if alone else "mark"))
            assert failed(1, raised.value).kept is False
    assert not (tmp_path / "state").exists() or not list((tmp_path / "state").iterdir())


def test_speech_that_finds_no_place_is_kept(box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Seven silent rivers.")
    make = partial(tonearm.OpenAI, base_url=box.openai_url, api_key="sandbox-key")
    task = bulk.Speak(to="memory://spoken", voice="coral", model="tts-1", format="wav", make=make)
    memory = fsspec.filesystem("memory")
    monkeypatch.setattr("tonearm.bulk.loop._FIRST_DELAY", 0.01)
    monkeypatch.setattr(type(memory), "mv", failing(1, type(memory).mv))
    since = len(box.requests)
    assert bulk.run(task, [tmp_path / "a.txt"], ledger=tmp_path / "ledger").done == 1
    assert asked(box, since, "/speech") == 1
    assert memory.cat_file("/spoken/a.wav")[:4] == b"RIFF"
    assert not list((tmp_path / "state").glob("*.wav"))
    memory.rm("/spoken", recursive=True)


def test_what_was_paid_for_counts_although_the_job_failed() -> None:
    assert failed(1, paid_in_full(OSError("no space"))).paid == 1.0
    assert failed(1, OSError("no space")).paid == 0.0
    half = WorkInterrupted("cut", done=1, total=2, state=Path("state"))
    assert failed(1, half).paid == 0.5
    early = WorkInterrupted("cut", done=3, total=None, state=Path("state"))
    assert failed(1, early).paid == 1.0  # before the end of its scan nobody knows of how many


def test_another_timeout_uploads_and_publishes_nothing_again(box: Sandbox, tmp_path: Path) -> None:
    record(tmp_path / "a.wav", "seven silent rivers")
    make = partial(tonearm.Aioz, base_url=box.aioz_url, token="sandbox-token")
    since = len(box.requests)
    for task in (bulk.Upload, bulk.Publish):
        ledger = tmp_path / f"{task.__name__}.ledger"
        assert bulk.run(task(make=make, timeout=60.0), [tmp_path / "a.wav"], ledger=ledger).done == 1
        assert bulk.run(task(make=make, timeout=90.0), [tmp_path / "a.wav"], ledger=ledger).skipped == 1
        with sqlite3.connect(ledger) as base:  # as after a kill, and as earlier versions told the task
            base.execute("UPDATE jobs SET task=replace(task, 'timeout=None', 'timeout=60.0')")
        base.close()
        assert bulk.run(task(make=make), [tmp_path / "a.wav"], ledger=ledger).skipped == 1
        with sqlite3.connect(ledger) as base:
            base.execute("UPDATE jobs SET state='running'")
        base.close()
        assert bulk.run(task(make=make, timeout=30.0), [tmp_path / "a.wav"], ledger=ledger).done == 1
    assert asked(box, since, "/create") == 2


BEFORE = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, input TEXT NOT NULL, {output} run INTEGER NOT NULL,
    size INTEGER, mtime_ns INTEGER, options TEXT NOT NULL, task TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    outputs TEXT NOT NULL DEFAULT '[]', made TEXT, error TEXT, kind TEXT,
    seconds REAL, bytes INTEGER, price REAL, worker TEXT, began REAL, ended REAL
);
CREATE INDEX jobs_by_state ON jobs (state, id);
"""


@pytest.mark.parametrize("version", [1, 2])
def test_a_ledger_of_an_earlier_version_is_continued(tmp_path: Path, version: int) -> None:
    names = ["Talk", "talk", "more"] if version == 1 else ["Talk", "more"]
    base = sqlite3.connect(tmp_path / "ledger")
    place = "output TEXT NOT NULL UNIQUE," if version == 1 else "output TEXT NOT NULL, place TEXT NOT NULL UNIQUE,"
    base.executescript(BEFORE.format(output=place))
    base.execute("INSERT INTO meta VALUES ('version', ?), ('runs', 1)", (str(version),))
    if version == 2:
        base.execute("INSERT INTO meta VALUES ('name', 'abc')")
    for name in names:
        file = tmp_path / f"{name}.{len(name)}"
        file.write_text("words")
        told = file.stat()
        base.execute(
            f"INSERT INTO jobs (key, input, output, {'place, ' * (version == 2)} run, size, mtime_ns, options, task, "
            f"state, made) VALUES (?, ?, ?, {'?, ' * (version == 2)} 1, ?, ?, '{{}}', ?, 'done', 'id')",
            (
                *(f"{file}\n{name}", str(file), name, *([name.lower()] * (version == 2))),
                *(told.st_size, told.st_mtime_ns, f"{__name__}.nothing"),
            ),
        )
    base.commit()
    base.close()
    with bulk.Ledger.read(tmp_path / "ledger") as book:
        assert [(row.output, row.made) for row in book.rows("done")] == [(name, "id") for name in names]
    jobs = [bulk.Job(str(tmp_path / f"{name}.{len(name)}"), name) for name in names]
    (tmp_path / "MORE.wav").write_text("other")
    report = bulk.run(nothing, [*jobs, bulk.Job(str(tmp_path / "MORE.wav"))], ledger=tmp_path / "ledger")
    assert (report.done, report.skipped) == (1, len(names))
    with bulk.Ledger.read(tmp_path / "ledger") as book:
        assert [row.output for row in book.rows()] == [*names, "MORE.wav"]


def test_a_ledger_that_cannot_be_brought_up_stays_as_it_is(tmp_path: Path) -> None:
    base = sqlite3.connect(tmp_path / "ledger")
    base.executescript(BEFORE.format(output="output TEXT NOT NULL, place TEXT,").replace("worker TEXT, ", ""))
    base.execute("INSERT INTO meta VALUES ('version', '2'), ('runs', 1)")
    base.commit()
    before = list(base.iterdump())
    with pytest.raises(ConfigurationError, match="ledger"):
        bulk.run(nothing, [bulk.Job("a")], ledger=tmp_path / "ledger")
    assert list(base.iterdump()) == before
    base.close()


def nothing(_: bulk.Job) -> None:
    """Do nothing."""
