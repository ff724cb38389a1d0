"""Long work that is interrupted: by Ctrl-C, a kill, a failure; nothing that is finished is sent again."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.openai.both import Way, blocking, both
from tests.openai.recordings import SETTINGS, Kind, Recording, cases, check, recording, transcribed
from tonearm import AsyncOpenAI, InvalidInput, Progress, SourceChanged, Unauthorized, WorkInterrupted
from tonearm.sandbox import Fault, Sandbox

CHILD = """
import sys
from tonearm import OpenAI

url, path, state = sys.argv[1:]
with OpenAI(base_url=url, api_key="sandbox-key") as ai:
    ai.transcribe(
        path, model="marker-whisper", words=True, piece=30.0, workers=2, state=state,
        on_progress=lambda progress: print(progress.phase, progress.part, flush=True),
    )
"""


def answered(box: Sandbox, since: int = 0) -> int:
    """How many requests were answered whole."""
    return sum(exchange.status == 200 for exchange in box.requests[since:])


@contextmanager
def child(box: Sandbox, true: Recording, state: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process at the same work, which has finished five pieces and waits for the answers to others."""
    with box.faults(Fault(skip=5, times=None, delay=600.0), unused_ok=True):
        arguments = [sys.executable, "-c", CHILD, box.openai_url, str(true.path), str(state)]
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            told = (line for line in process.stdout if line.startswith("transcribe"))
            assert [line.split()[1] for line in islice(told, 6)].count("None") == 1
            yield process
        finally:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


@pytest.mark.parametrize(("kind", "minutes", "way"), cases("wav", minutes=2.0))
def test_what_a_killed_process_has_finished_is_not_sent_again(
    kind: Kind, minutes: float, way: Way, box: Sandbox, folder: Path, tmp_path: Path
) -> None:
    true = recording(folder, kind, minutes)
    state = tmp_path / "work.jsonl"
    with child(box, true, state) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["work.jsonl", "work.jsonl.pieces"]
    assert state.stat().st_mode & 0o777 == 0o600
    kept = len(state.read_text().splitlines()) - 1
    assert kept == 5
    assert "sandbox-key" not in state.read_text()
    parts: list[Progress] = []
    before = len(box.requests)
    check(transcribed(way, box, true, piece=30.0, workers=2, state=state, on_progress=parts.append), true)
    total = parts[-1].parts
    assert total is not None
    assert len(box.requests) - before == total - kept
    assert list(tmp_path.iterdir()) == []


@both
def test_a_second_process_at_the_same_work_is_refused(way: Way, box: Sandbox, folder: Path, tmp_path: Path) -> None:
    true = recording(folder, "wav", 3.0)
    state = tmp_path / "work.jsonl"
    with child(box, true, state) as process:
        before = state.read_bytes()
        with pytest.raises(InvalidInput, match="another transfer uses the state file"):
            transcribed(way, box, true, piece=30.0, state=state)
        assert process.poll() is None
        assert state.read_bytes() == before


@both
def test_a_failure_says_how_the_work_goes_on(way: Way, box: Sandbox, folder: Path) -> None:
    true = recording(folder, "wav", 3.0)
    start = len(box.requests)
    with (
        box.faults(Fault(skip=4, status=401, body=b'{"error": {"message": "no"}}')),
        pytest.raises(WorkInterrupted, match=r"pieces are kept in") as info,
    ):
        transcribed(way, box, true, piece=30.0)
    assert isinstance(info.value.__cause__, Unauthorized)
    assert info.value.hint == info.value.__cause__.hint, "the same again would be refused again"
    assert info.value.done == answered(box, start) == 4
    assert info.value.state.stat().st_mode & 0o777 == 0o600
    check(transcribed(way, box, true, piece=30.0), true)
    assert answered(box, start) == info.value.total
    assert not info.value.state.exists()


@both
def test_ctrl_c_keeps_what_is_finished(way: Way, box: Sandbox, folder: Path, tmp_path: Path) -> None:
    true = recording(folder, "wav", 3.0)
    state = tmp_path / "work.jsonl"

    def stop(progress: Progress) -> None:
        if progress.part is not None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transcribed(way, box, true, piece=60.0, workers=3, state=state, on_progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["work.jsonl"]
    kept = len(state.read_text().splitlines()) - 1
    assert kept >= 1
    check(transcribed(way, box, true, piece=60.0, state=state), true)
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_task_keeps_what_is_finished(box: Sandbox, folder: Path, tmp_path: Path) -> None:
    true = recording(folder, "wav", 3.0)
    state = tmp_path / "work.jsonl"

    async def cancelled() -> None:
        there = asyncio.Event()

        def hear(progress: Progress) -> None:
            if progress.part is not None:
                there.set()

        async with AsyncOpenAI(base_url=box.openai_url, **SETTINGS) as ai:
            options: dict[str, Any] = {"piece": 60.0, "words": True, "state": state}
            task = asyncio.create_task(ai.transcribe(true.path, on_progress=hear, **options))
            await there.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(cancelled())
    assert [path.name for path in tmp_path.iterdir()] == ["work.jsonl"]
    check(transcribed(blocking, box, true, piece=60.0, state=state), true)


@both
def test_a_recording_that_changes_meanwhile_is_noticed(way: Way, box: Sandbox, folder: Path, tmp_path: Path) -> None:
    true = recording(folder, "wav", 3.0)
    path = tmp_path / "talk.wav"
    path.write_bytes(true.path.read_bytes())

    def change(progress: Progress) -> None:
        if progress.part == 2:
            path.write_bytes(true.path.read_bytes()[:-2])

    copy = Recording(path, true.words, true.duration)
    with pytest.raises(SourceChanged) as info:
        transcribed(way, box, copy, piece=60.0, state=tmp_path / "work.jsonl", on_progress=change)
    assert info.value.done >= 2
