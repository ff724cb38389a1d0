"""`tonearm bulk`: many files in one command that can be given again, and what its ledger tells."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pyarrow.parquet
import pytest

from tests.cli.conftest import Cli
from tests.inside.base import keeps
from tests.inside.cli import Line, outlook
from tonearm import ConfigurationError, NotFound, bulk
from tonearm.sandbox import Fault, Sandbox, start
from tonearm.sandbox.marker import speak

NO_CREDIT = b'{"error": {"code": "insufficient_quota"}}'
WORDS = {"a/one": "seven silent rivers", "a/two": "nobody listens", "three": "one little candle"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with three short recordings."""
    for name, said in WORDS.items():
        path = tmp_path / "archive" / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        spoken = speak(said)
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, spoken.rate, 0, "NONE", ""))
            file.writeframes(b"".join(spoken))
    return tmp_path / "archive"


def test_a_folder_is_transcribed_and_the_ledger_tells_of_it(configured: Sandbox, cli: Cli, archive: Path) -> None:
    texts = archive.parent / "texts"
    ledger = texts / "tonearm.ledger"
    command = ("bulk", "transcribe", archive, "-o", texts, "--to", "txt,json", "--model", "marker-whisper")
    done = cli(*command, "--json")
    assert (done.code, done.err) == (0, "")
    assert (done.json[0]["done"], done.json[0]["stopped"]) == (3, None)
    for name, said in WORDS.items():
        assert (texts / f"{name}.txt").read_text().split() == said.split()
    assert cli(*command, "--workers", 2).out.split("skipped")[1].split()[0] == "3"

    assert cli("bulk", "status", ledger, "--json").json[0]["done"] == 3
    assert cli("bulk", "status", ledger).out.splitlines()[0].split() == ["done", "3"]
    assert cli("bulk", "failures", ledger, "--json").out == ""
    table = list(csv.DictReader(io.StringIO(cli("bulk", "export", ledger).out)))
    assert [Path(row["input"]).stem for row in table] == ["one", "two", "three"]
    assert table[0]["outputs"].split() == [str(texts / "a/one.txt"), str(texts / "a/one.json")]
    assert [row["state"] for row in cli("bulk", "export", ledger, "--to", "jsonl").json] == ["done"] * 3


def test_a_run_leaves_no_connection_open(configured: Sandbox, cli: Cli, archive: Path) -> None:
    port = httpx.URL(configured.openai_url).port

    def connections() -> list[int]:
        found = psutil.Process().net_connections("tcp")
        return [one.laddr.port for one in found if one.raddr and one.raddr.port == port]

    before = connections()
    assert cli("bulk", "transcribe", archive, "-o", archive.parent, "--model", "marker-whisper").code == 0
    assert set(connections()) <= set(before)


def test_files_that_fail_are_listed_and_tried_again_when_asked(configured: Sandbox, cli: Cli, archive: Path) -> None:
    (archive / "broken.wav").write_bytes(b"no sound")
    command = ("bulk", "translate", archive, "-o", archive.parent / "texts", "--model", "marker-whisper")
    done = cli(*command)
    assert done.code == 1
    assert "1 failed: tonearm bulk failures " in done.err
    (failed,) = cli("bulk", "failures", archive.parent / "texts" / "tonearm.ledger", "--json").json
    assert failed["input"].endswith("broken.wav")
    assert failed["error"]
    (archive / "broken.wav").write_bytes((archive / "three.wav").read_bytes())
    assert cli(*command).code == 0  # it has changed


def test_a_run_that_cannot_go_on_prints_the_command_that_resumes(configured: Sandbox, cli: Cli, archive: Path) -> None:
    texts = archive.parent / "texts"
    command = ("bulk", "transcribe", archive, "-o", texts, "--model=marker-whisper", "--workers=1")
    with configured.faults(Fault(status=429, path="/openai/*", skip=1, body=NO_CREDIT)):
        done = cli(*command)
    assert done.code == 5
    assert "tonearm bulk transcribe" in done.err.splitlines()[-1]
    assert cli(*command).code == 0


def test_tables_of_jobs_and_texts_are_taken(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "book.md").write_text("Seven silent rivers.")
    (tmp_path / "jobs.csv").write_text(f"input,output,voice\n{tmp_path / 'book.md'},spoken book,nova\n")
    options = ("--voice", "coral", "--model", "tts-1", "--format", "wav", "--timeout", 60)
    done = cli("bulk", "speak", tmp_path / "jobs.csv", tmp_path / "book.md", "-o", tmp_path / "out", *options)
    assert done.code == 0
    assert sorted(path.name for path in (tmp_path / "out").glob("*.wav")) == ["book.wav", "spoken book.wav"]


def test_recordings_are_uploaded(configured: Sandbox, cli: Cli, archive: Path) -> None:
    ledger = archive.parent / "ledger"
    assert cli("bulk", "upload", archive, "--ledger", ledger, "--preset", "standard", "--tag", "bulk").code == 0
    made = [row["made"] for row in cli("bulk", "export", ledger, "--to", "jsonl").json]
    assert len(set(made)) == 3
    assert cli("aioz", "show", made[0]).code == 0


def test_an_estimate_sends_nothing(
    configured: Sandbox, cli: Cli, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(configured.requests)
    command = (
        "bulk",
        "transcribe",
        archive,
        "-o",
        archive.parent / "texts",
        "--model",
        "whisper-1",
        "--estimate",
        "--json",
    )
    assert cli(*command).json == [{"files": 3, "price": "not known"}]
    monkeypatch.delenv("OPENAI_BASE_URL")
    (found,) = cli(*command).json
    assert found["price"].endswith(" USD")
    assert len(configured.requests) == before
    assert not (archive.parent / "texts").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "docx"], "docx"),
        (["--workers", "many"], "--workers is a number or auto"),
        (["--workers", "0"], "workers"),
        (["--scheduler", "tcp://127.0.0.1:1"], "no Dask scheduler answers there"),
    ],
)
def test_wrong_usage_is_said_before_anything_is_sent(
    configured: Sandbox, cli: Cli, archive: Path, words: list[str], said: str
) -> None:
    before = len(configured.requests)
    done = cli("bulk", "transcribe", archive, "-o", archive.parent / "texts", "--model=marker-whisper", *words)
    assert done.code == 2
    assert said in done.err
    assert len(configured.requests) == before


def test_several_servers_share_the_work(configured: Sandbox, cli: Cli, archive: Path) -> None:
    with start() as other:
        texts = archive.parent / "texts"
        command = ("bulk", "transcribe", archive, "-o", texts, "--model", "marker-whisper", "--workers", 2)
        before = len(configured.requests)
        servers = ("--base-url", configured.openai_url, "--base-url", other.openai_url)
        refused = cli(*command, *servers)
        assert (refused.code, "belongs to" in refused.err) == (3, True)  # no key goes to a server that it is not of
        done = cli(*command, *servers[:2], "--base-url", f"{configured.openai_url}/")
        assert done.code == 0
        assert (len(configured.requests) - before, len(other.requests)) == (3, 0)


def test_a_form_that_is_not_known_is_refused(cli: Cli, tmp_path: Path) -> None:
    with bulk.Ledger.write(tmp_path / "ledger"):
        pass
    done = cli("bulk", "export", tmp_path / "ledger", "--to", "xlsx")
    assert (done.code, "--to is csv, jsonl, parquet" in done.err) == (2, True)


@pytest.fixture
def shows(tmp_path: Path) -> Path:
    """A ledger with a name that is not UTF-8, and one with a blank."""

    def task(job: bulk.Job) -> bulk.Result:
        if "one" in job.input:
            raise NotFound(f"no {job.input}", status=404, method="GET", url="http://x")
        return bulk.Result((job.input,), made="id", bytes=3, price=0.5)

    names = [os.fsdecode(b"caf\xe9.wav"), "one day.wav"]
    bulk.run(task, [bulk.Job(name, options={"words": True}) for name in names], ledger=tmp_path / "shows")
    return tmp_path / "shows"


def test_all_forms_of_a_table_tell_the_same(cli: Cli, shows: Path, tmp_path: Path) -> None:
    for form in ("csv", "jsonl", "parquet"):
        assert cli("bulk", "export", shows, "--to", form, "-o", tmp_path / form).out == ""
    assert cli("bulk", "export", shows, "-o", "-").out == cli("bulk", "export", shows).out != ""
    with (tmp_path / "csv").open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        table = list(csv.DictReader(file))
    lines = [json.loads(line) for line in (tmp_path / "jsonl").read_text().splitlines()]
    rows = pyarrow.parquet.read_table(tmp_path / "parquet").to_pylist()
    assert [row["input"] for row in table] == [line["input"] for line in lines] == ["caf\udce9.wav", "one day.wav"]
    assert [row["input"] for row in rows] == ["caf\\udce9.wav", "one day.wav"]  # text in Parquet is UTF-8
    for found, line, row in zip(table, lines, rows, strict=True):
        assert list(found) == list(line) == list(row)
        assert json.loads(found["options"]) == line["options"] == json.loads(row["options"]) == {"words": True}
        for name in ("id", "bytes", "price", "began", "kind", "state"):
            assert found[name] == ("" if line[name] is None else str(line[name]))
            assert row[name] == line[name]
    assert (rows[0]["outputs"], rows[1]["outputs"]) == (["caf\\udce9.wav"], [])


def test_parquet_is_nothing_for_a_terminal_and_needs_its_extra(
    cli: Cli, shows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("bulk", "export", shows, "--to", "parquet")
    with monkeypatch.context() as at_a_terminal:
        at_a_terminal.setattr("sys.stdout.isatty", lambda: True)
        done = cli(*command)
        assert (done.code, "Parquet cannot be shown in a terminal" in done.err) == (2, True)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = cli(*command, "-o", tmp_path / "shows.parquet")
    assert (done.code, "pip install 'tonearm[parquet]'" in done.err) == (2, True)
    assert not (tmp_path / "shows.parquet").exists()


def test_a_report_is_a_page_of_one_file(cli: Cli, shows: Path, tmp_path: Path) -> None:
    assert cli("bulk", "report", shows, "-o", tmp_path / "report.html").code == 0
    told = (tmp_path / "report.html").read_text()
    assert told == cli("bulk", "report", shows).out == cli("bulk", "report", shows, "-o", "-").out
    assert "NotFound" in told


@pytest.mark.parametrize("command", ["bulk transcribe", "bulk speak", "bulk keep", "jellyfin keep"])
def test_standard_output_is_no_folder(
    command: str, configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = cli(*command.split(), "talk.wav", "-o", "-")
    assert (done.code, "-o names a folder here" in done.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["export", "report"])
def test_a_table_or_page_does_not_replace_its_ledger(command: str, cli: Cli, shows: Path) -> None:
    before = shows.read_bytes()
    done = cli("bulk", command, shows, "-o", shows)
    assert (done.code, done.out) == (2, "")
    assert "is the input: the result needs another name" in done.err
    assert shows.read_bytes() == before


def test_a_scheduler_without_its_extra_is_said(
    configured: Sandbox, cli: Cli, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = cli("bulk", "upload", archive, "--ledger", archive.parent / "ledger", "--scheduler", "tcp://127.0.0.1:1")
    assert done.code == 2
    assert "pip install 'tonearm[cluster]'" in done.err


def test_a_signal_ends_a_run_so_that_it_can_be_resumed(configured: Sandbox, archive: Path) -> None:
    """SIGTERM, which does what Ctrl-C does: tests/cli/test_interrupt.py."""
    texts = archive.parent / "texts"
    command = [sys.executable, "-m", "tonearm", "bulk", "transcribe", str(archive), "-o", str(texts), "--json"]
    command += ["--model", "marker-whisper", "--workers", "1"]
    with (
        configured.faults(Fault(delay=600, times=1, path="/openai/*")) as (fault,),
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run,
    ):
        fault.wait()
        os.kill(run.pid, signal.SIGTERM)
        configured.clear_faults()  # what is under way is waited for
        out, err = run.communicate(timeout=60)
        assert (run.returncode, out) == (5, "")
    assert "tonearm bulk transcribe" in err.splitlines()[-1]
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(again.stdout)["done"] + json.loads(again.stdout)["skipped"] == 3


def test_a_folder_is_watched_until_a_signal(configured: Sandbox, cli: Cli, archive: Path) -> None:
    texts = archive.parent / "texts"
    command = ["bulk", "transcribe", str(archive), "-o", str(texts), "--model", "marker-whisper", "--json", "--watch"]
    handlers = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    for name in WORDS:
        os.utime(archive / f"{name}.wav", (0, 0))
    with (
        configured.faults(Fault(delay=0.001, times=None, path="/openai/*")) as (asked,),
        subprocess.Popen([sys.executable, "-m", "tonearm", *command], stdout=subprocess.PIPE, text=True) as run,
    ):
        asked.wait(3)
        (archive / "late.wav").write_bytes((archive / "three.wav").read_bytes())
        asked.wait(4)
        os.kill(run.pid, signal.SIGINT)
        out, _ = run.communicate(timeout=60)
    assert (run.returncode, json.loads(out)["done"]) == (0, 4)
    assert (texts / "late.txt").read_text().split() == WORDS["three"].split()
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == handlers


@contextmanager
def marked() -> Iterator[None]:
    """What ends the block says that something is kept."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise keeps(error) from None


def test_a_watched_run_ends_at_once_at_the_second_signal(
    configured: Sandbox, cli: Cli, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object, stop: threading.Event, **__: object) -> None:
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        with marked():
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(bulk, "run", run)
    done = cli("bulk", "transcribe", archive, "-o", archive.parent / "texts", "--model", "marker-whisper", "--watch")
    assert done.code != 0
    assert "tonearm bulk transcribe" in done.err.splitlines()[-1]


def test_a_signal_while_the_run_is_at_work_is_told_with_the_command(
    configured: Sandbox, cli: Cli, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object, **__: object) -> None:
        with marked():
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(bulk, "run", run)
    before = signal.getsignal(signal.SIGTERM)
    done = cli("bulk", "transcribe", archive, "-o", archive.parent / "texts", "--model", "marker-whisper")
    assert done.code != 0
    assert "tonearm bulk transcribe" in done.err.splitlines()[-1]
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(
    ("command", "takes"),
    [
        ("transcribe", "Folders, files, or tables"),
        ("keep", "Ids of Jellyfin, or tables"),
        ("lyrics", "Ids of Jellyfin"),
    ],
)
def test_the_help_says_what_a_command_takes(command: str, takes: str, cli: Cli) -> None:
    assert takes in cli("bulk", command, "--help").out


def test_a_run_says_how_much_it_will_do_before_it_sends_anything(
    configured: Sandbox, cli: Cli, archive: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConfigurationError("nothing was sent yet")

    command = ("bulk", "transcribe", archive, "-o", archive.parent / "texts", "--model", "whisper-1")
    with monkeypatch.context() as patch:
        patch.setattr("tonearm.bulk.run", refuse)
        assert cli(*command).err.splitlines()[0] == "tonearm: 3 jobs; the price is not known"
        assert "jobs" not in cli(*command, "-q").err + cli(*command, "--json").err
        patch.delenv("OPENAI_BASE_URL")
        patch.setattr("tonearm.openai._server.WARNING_DAYS", 10**6)
        assert cli(*command).err.splitlines()[0] == "tonearm: 3 jobs, about 0.00 USD"
        assert not caplog.messages  # the run itself warns of a model that ends
    assert cli(*command).code == 0
    assert cli(*command).err == "tonearm: 3 jobs, with those that are done\n"


def test_a_price_before_a_run_is_only_what_is_found_soon(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Priced:
        def price(self, job: bulk.Job) -> float:
            return 1.25

    def failing(job: bulk.Job) -> float:
        raise ValueError(job.input)

    new, found = archive / "ledger", list(bulk.find(archive))
    assert outlook(Priced(), found, new) == (3, "3 jobs, about 3.75 USD")
    assert outlook(Priced(), found[:1], new) == (1, "1 job, about 1.25 USD")
    assert outlook(len, found, new) == (3, "3 jobs")
    for unmeasured in ("s3://shows/a.wav", "an id", "n" * 5000):
        total, words = outlook(Priced(), [*found, bulk.Job(unmeasured)], new / unmeasured[:500])
        assert total == 4
        assert words in ("4 jobs; --estimate adds up the price", "4 jobs; the price is not known")
    monkeypatch.setattr(Priced, "price", staticmethod(failing))
    assert outlook(Priced(), found, new) == (3, "3 jobs; the price is not known")
    monkeypatch.setattr("tonearm.cli._bulk_line._ESTIMATING", -1.0)
    assert outlook(Priced(), found, new) == (3, "3 jobs; --estimate adds up the price")


def test_people_at_a_terminal_see_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(200)
    report = bulk.Report("ledger", done=40, failed=2, skipped=8, under_way=4, price=0.5, seconds=21.0, level=4)
    line.show(report)
    line.end()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    line.show(report)
    line.show(report)
    line.end()
    assert capsys.readouterr().err == "\r\x1b[K50 of 200, 2 failed, 2.0/s, 4 at a time, 1:15 left, 0.50 USD\r\x1b[K"
    slow = bulk.Report("ledger", done=1, seconds=60.0)
    assert line.text(slow).startswith("1 of 200, 1.0/min, 0 at a time, 3:19:00 left")
    assert Line(None).text(slow) == "1, 1.0/min, 0 at a time"
    assert line.text(bulk.Report("ledger")) == "0 of 200, 0.0/min, 0 at a time"
