"""Recordings transcribed by Dask workers, while driver and workers are killed and the server fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import wave
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import distributed
import pytest

from tonearm import bulk
from tonearm.sandbox import Fault, Sandbox, start
from tonearm.sandbox.exchanges import Exchange
from tonearm.sandbox.marker import speak

WORDS = ("seven silent rivers", "nobody listens", "one little candle", "burns beside")
Kills = tuple[tuple[str, float], ...]
"""Who is killed, and after which part of the recordings was asked for."""

FEW: Kills = (("worker", 0.25), ("driver", 0.5))
MANY: Kills = (("worker", 0.1), ("driver", 0.2), ("worker", 0.35), ("driver", 0.5), ("worker", 0.6), ("worker", 0.75))


class Answered:
    """Counts the answers of a sandbox with 200, by the size of the request, which no two recordings have in common."""

    def __init__(self) -> None:
        self.sizes: Counter[int] = Counter()
        self.changed = threading.Condition()

    def __call__(self, exchange: Exchange) -> None:
        if exchange.status == 200:
            with self.changed:
                self.sizes[exchange.received] += 1
                self.changed.notify_all()

    def wait(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.sizes.total() >= count, timeout=1_200)


@contextmanager
def cluster(workers: int) -> Iterator[tuple[str, list[int]]]:
    """A scheduler, and the processes of its first workers; one that dies is replaced."""
    make, connect = distributed.LocalCluster, distributed.Client
    options: dict[str, Any] = {"dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    with make(n_workers=workers, threads_per_worker=1, **options) as made:  # type: ignore[no-untyped-call]
        with connect(made, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            pids = list(client.run(os.getpid).values())
        yield made.scheduler_address, pids


def recorded(archive: Path, count: int) -> None:
    """So many recordings, each by one sample longer than the one before."""
    archive.mkdir()
    spoken = [b"".join(speak(words)) for words in WORDS]
    for number in range(count):
        frames = spoken[number % len(WORDS)].ljust(max(map(len, spoken)) + 2 * number, b"\0")
        with wave.open(str(archive / f"{number:04}.wav"), "wb") as file:
            file.setparams((1, 2, speak("").rate, 0, "NONE", ""))
            file.writeframes(frames)


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Sandbox]:
    with start() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.openai_url)
        monkeypatch.setenv("OPENAI_API_KEY", "sandbox-key")
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        yield running


@pytest.mark.soak
@pytest.mark.parametrize(("count", "workers", "kills"), [(40, 2, FEW), (2_000, 4, MANY)], ids=["few", "many"])
def test_nothing_is_lost_and_little_is_done_twice(
    box: Sandbox, tmp_path: Path, count: int, workers: int, kills: Kills
) -> None:
    recorded(tmp_path / "archive", count)
    texts = tmp_path / "texts"
    command = [sys.executable, "-m", "tonearm", "bulk", "transcribe", str(tmp_path / "archive"), "-o", str(texts)]
    command += ["--model", "marker-whisper", "--workers", str(workers)]
    answered = box._exchanges.on_end = Answered()
    with (
        box.faults(Fault(status=503, every=20, times=None, path="/openai/*")) as (fault,),
        cluster(workers) as (address, pids),
    ):
        command += ["--scheduler", address]
        driver = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            for who, part in kills:
                answered.wait(int(part * count))
                os.kill(pids.pop() if who == "worker" else driver.pid, signal.SIGKILL)
                if who == "driver":
                    driver.wait()
                    driver = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            assert driver.wait() == 0
        finally:
            driver.kill()
            driver.wait()
        assert fault.strikes >= count // 20
    for number in range(count):
        assert (texts / f"{number:04}.txt").read_text().split() == WORDS[number % len(WORDS)].split()
    with bulk.Ledger.read(texts / "tonearm.ledger") as book:
        assert book.counts() == {"done": count}
    assert len(answered.sizes) == count
    assert max(answered.sizes.values()) <= 1 + len(kills)
    assert answered.sizes.total() <= count + workers * len(kills)  # what was under way when somebody was killed
