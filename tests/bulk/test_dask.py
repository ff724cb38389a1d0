"""Work done by the worker processes of a Dask cluster, while workers die and the server fails."""

from __future__ import annotations

import os
import signal
import wave
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import dask
import distributed
import pytest

from tests.inside.cli import _bulk_dask
from tonearm import bulk
from tonearm.cli import main
from tonearm.sandbox import Fault, Sandbox, start
from tonearm.sandbox.marker import speak

WORDS = ("seven silent rivers", "nobody listens", "one little candle", "burns beside")

IN_THREADS = {"threads_per_worker": 1, "processes": False, "protocol": "tcp://"} | {
    "dashboard_address": "127.0.0.1:0", "silence_logs": 50
}  # fmt: skip
"""For workers that are threads of this process: another takes two seconds to load Dask."""


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    """A sandbox whose address and key are in the environment, so that workers that start later have them too."""
    with start() as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_BASE_URL", running.openai_url)
        patch.setenv("OPENAI_API_KEY", "sandbox-key")
        yield running


@pytest.fixture(scope="module")
def cluster(box: Sandbox) -> Iterator[Any]:
    """Two worker processes of one thread each, and the scheduler, on the loopback interface."""
    make: Any = distributed.LocalCluster
    with make(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as made:
        yield made


@pytest.fixture
def client(cluster: Any) -> Iterator[Any]:
    make: Any = distributed.Client
    with make(cluster, set_as_default=False) as made:
        yield made


def test_recordings_are_transcribed_while_a_worker_dies_and_the_server_fails(
    client: Any, box: Sandbox, tmp_path: Path
) -> None:
    count = 24
    (tmp_path / "archive").mkdir()
    for number in range(count):
        spoken = speak(WORDS[number % len(WORDS)])
        with wave.open(str(tmp_path / "archive" / f"{number:02}.wav"), "wb") as file:
            file.setparams((1, 2, spoken.rate, 0, "NONE", ""))
            file.writeframes(b"".join(spoken))
    killed: list[int] = []

    def kill(report: bulk.Report) -> None:
        if report.done >= 6 and not killed:
            killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    before = len(box.requests)
    with box.faults(Fault(status=503, every=10, times=None, path="/openai/*")):
        task = bulk.Transcribe(
            to=tmp_path / "texts",
            model="marker-whisper",
            state=tmp_path / "state",
        )
        report = bulk.run(
            task,
            bulk.find(tmp_path / "archive"),
            ledger=tmp_path / "ledger",
            executor=client.get_executor(pure=False),
            workers=4,
            on_progress=kill,
        )
    asked = Counter(one.status for one in box.requests[before:])
    assert (report.done, report.failed, report.stopped, len(killed)) == (count, 0, None, 1)
    for number in range(count):
        text = (tmp_path / "texts" / f"{number:02}.txt").read_text()
        assert text.split() == WORDS[number % len(WORDS)].split()
    assert asked[200] <= count + 4  # what a killed worker had, at most all that was under way, is done again


def test_the_command_gives_the_work_to_the_workers_of_a_scheduler(client: Any, tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text("Seven silent rivers.")
    words = ["bulk", "speak", str(tmp_path / "book.txt"), "-o", str(tmp_path / "spoken"), "--voice", "coral"]
    words += ["--model", "tts-1", "--format", "wav", "--scheduler", client.scheduler.address]
    assert main(words) == 0
    with wave.open(str(tmp_path / "spoken" / "book.wav")) as file:
        assert file.getnframes() > 0


def _nothing(_: bulk.Job) -> None:
    """Do nothing."""


def _die(job: bulk.Job) -> None:
    if job.input == "bad":
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def doomed() -> Iterator[Any]:
    """A client of two workers, where a job that kills one fails: Dask may restart none, and the other does the rest."""
    make, connect = cast("Any", distributed.LocalCluster), cast("Any", distributed.Client)
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        make(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as made,
        connect(made, set_as_default=False) as client,
    ):
        yield client


def test_a_job_that_kills_its_workers_costs_only_itself(doomed: Any, tmp_path: Path) -> None:
    jobs = ["a", "bad", "b", "c"]
    executor = doomed.get_executor(pure=False, retries=0)
    report = bulk.run(_die, jobs, ledger=tmp_path / "ledger", executor=executor, workers=1)
    assert (report.done, report.failed, report.stopped) == (3, 1, None)
    with bulk.Ledger.read(tmp_path / "ledger") as book:
        (row,) = book.rows("failed")
    assert (row.input, row.kind) == ("bad", "KilledWorker")


def test_a_scheduler_that_is_lost_ends_the_run_and_loses_nothing(tmp_path: Path) -> None:
    make: Any = distributed.LocalCluster
    lost = make(n_workers=1, **IN_THREADS)
    connect: Any = distributed.Client
    with connect(lost, set_as_default=False) as client:

        def lose(report: bulk.Report) -> None:
            if report.done == 5:
                lost.close()

        report = bulk.run(
            _nothing,
            [str(number) for number in range(200)],
            ledger=tmp_path / "ledger",
            executor=client.get_executor(pure=False),
            workers=1,
            on_progress=lose,
        )
    assert report.stopped is not None
    assert 5 <= report.done < 200
    assert (
        bulk.run(_nothing, [str(number) for number in range(200)], ledger=tmp_path / "ledger").done == 200 - report.done
    )


@pytest.fixture
def deserted() -> Iterator[Any]:
    """A scheduler without any worker."""
    make: Any = distributed.LocalCluster
    with make(n_workers=0, **IN_THREADS) as made:
        yield made


def command(cluster: Any, folder: Path) -> list[str]:
    (folder / "book.txt").write_text("Seven silent rivers.")
    words = ["bulk", "speak", str(folder / "book.txt"), "-o", str(folder / "spoken"), "--voice", "coral"]
    return [*words, "--model", "tts-1", "--format", "wav", "--scheduler", cluster.scheduler_address]


@pytest.fixture
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_bulk_dask, "_LOOK", 0.05)
    monkeypatch.setattr(_bulk_dask, "_PATIENCE", 0.1)


@pytest.mark.usefixtures("box", "restless")
def test_a_cluster_without_workers_is_waited_for_until_the_command_is_ended(
    deserted: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(_bulk_dask, "say", tell)
    assert main(command(deserted, tmp_path)) == 5
    (line,) = told
    assert f"the cluster has no workers, and the run waits: `dask worker {deserted.scheduler_address}`" in line
    said = capsys.readouterr().err
    assert "the cluster has no workers" in said
    assert "tonearm bulk speak" in said.splitlines()[-1]
    with bulk.Ledger.read(tmp_path / "spoken" / "tonearm.ledger") as book:
        assert book.counts() == {"waiting": 1}


@pytest.mark.usefixtures("box", "restless")
def test_a_run_without_workers_ends_at_its_timeout(
    deserted: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command(deserted, tmp_path), "--timeout", "0.5"]) == 5
    assert "the cluster had no workers for 0.5 seconds" in capsys.readouterr().err
    with bulk.Ledger.read(tmp_path / "spoken" / "tonearm.ledger") as book:
        assert book.counts() == {"waiting": 1}


@pytest.mark.usefixtures("box", "restless")
def test_workers_that_come_later_do_the_work(deserted: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_bulk_dask, "say", lambda _: deserted.scale(1))
    assert main(command(deserted, tmp_path)) == 0
    assert (tmp_path / "spoken" / "book.wav").exists()
