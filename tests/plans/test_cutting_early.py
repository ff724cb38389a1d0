"""A long recording is cut while it is scanned: what is sent is the same, whatever happens in between."""

from __future__ import annotations

import io
import json
import math
import random
import wave
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from attrs import field, frozen

from tests.inside.audio import _audio
from tests.inside.http import Request
from tests.inside.openai import recognise
from tests.plans.play import Reply, Stage, reply
from tests.plans.recording import job
from tonearm import Progress, Retry, WorkInterrupted

RATE, SECONDS, PIECE = 800, 1700, 100.0
"""Noise for as long as is listened to ahead, and more; then words with pauses between them."""


def samples() -> np.ndarray[Any, np.dtype[np.int16]]:
    time = np.arange(SECONDS * RATE) / RATE
    loud = np.where(time < 700, 0.004, np.where(time % 2 < 1.6, 0.4, 0.004))
    return (np.random.default_rng(1).uniform(-loud, loud) * 32767).astype("<i2")


@pytest.fixture(scope="module")
def talk() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as target:
        target.setparams((1, 2, RATE, 0, "NONE", ""))
        target.writeframes(samples().tobytes())
    return file.getvalue()


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "work.jsonl"


@frozen
class World:
    """A server that knows the bodies it was sent, the last report before each, and from which one on it refuses."""

    refuses_from: float = math.inf
    sent: list[str] = field(factory=list[str])
    reports: list[Progress] = field(factory=list[Progress])
    at: list[dict[str, Progress]] = field(factory=list[dict[str, Progress]])

    def __call__(self, request: Request) -> Reply:
        assert request.form is not None
        (window,) = (part.value for part in request.form if part.name == "file")
        if len(self.sent) >= self.refuses_from:
            return reply(status=401)
        self.sent.append(sha256(b"".join(window.blocks())).hexdigest())  # type: ignore[union-attr]
        self.at.append({report.phase: report for report in self.reports})
        return reply(json={"text": "word", "segments": [{"start": 0.5, "end": 99.0, "text": "word"}]})

    def play(self, source: Any, choose: Any = lambda _: 0, **options: Any) -> Any:
        asked = job(piece=PIECE, on_progress=self.reports.append, **options)
        return Stage(self, choose, Retry(attempts=1)).play(recognise(source, asked))


@pytest.fixture(scope="module")
def bodies(talk: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is sent when nothing goes wrong."""
    world = World()
    world.play(talk, state=tmp_path_factory.mktemp("whole") / "work.jsonl")
    return world.sent


def test_the_first_chunk_is_sent_before_the_scan_ends(talk: bytes, bodies: list[str]) -> None:
    world = World()
    note = world.play(talk)
    assert note.duration == SECONDS
    assert world.sent == bodies
    first, last = world.at[0], world.at[-1]
    assert first["scan"].done < 0.5 * len(talk)  # the piece and 600 s ahead are scanned
    assert (first["transcribe"].total, first["transcribe"].parts) == (None, None)
    assert last["scan"].done == last["scan"].total == len(talk)
    assert world.reports[-1] == Progress("transcribe", SECONDS, SECONDS, None, len(bodies), "seconds")
    done = [report.done for report in world.reports if report.phase == "transcribe"]
    assert done == sorted(set(done))


def test_what_chunks_share_counts_once() -> None:
    tone, length = io.BytesIO(), 200
    with wave.open(tone, "wb") as target:
        target.setparams((1, 2, RATE, 0, "NONE", ""))
        target.writeframes((8000 * np.sin(np.arange(length * RATE) * 0.8)).astype("<i2").tobytes())
    world = World()
    asked = job(piece=10.0, on_progress=world.reports.append)
    Stage(world, lambda _: 0, Retry(attempts=1)).play(recognise(tone.getvalue(), asked))
    assert world.reports[-1] == Progress("transcribe", length, length, None, len(world.sent), "seconds")
    assert max(report.done for report in world.reports if report.phase == "transcribe") == length


def test_with_a_price_limit_the_scan_ends_first_and_cuts_the_same(talk: bytes, bodies: list[str]) -> None:
    def play(most: float) -> World:
        world = World()
        asked = job(piece=PIECE, on_progress=world.reports.append, max_price=most)
        Stage(world, lambda _: 0, Retry(attempts=1)).play(recognise(talk, asked))
        return world

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tonearm.openai._transcription.plan._price", lambda *_: 0.001)
        world = play(100.0)
        assert world.sent == bodies
        assert world.at[0]["scan"].done == len(talk)
        assert world.at[0]["transcribe"].parts == len(bodies)
        with pytest.raises(ValueError, match="and max_price is 0"):
            play(0.5)


@pytest.mark.parametrize("workers", [1, 3])
def test_work_that_is_interrupted_anywhere_sends_the_rest_and_nothing_twice(
    workers: int, talk: bytes, bodies: list[str], state: Path
) -> None:
    chance, sent = random.Random(workers), list[str]()
    while len(sent) < len(bodies):
        world = World(refuses_from=chance.randrange(1, 9))
        with suppress(WorkInterrupted):
            # The last of several may be the timer after which answers under way are waited for no more.
            world.play(talk, lambda ready: chance.randrange(max(1, ready - 1)), workers=workers, state=state)
        sent += world.sent
    assert sorted(sent) == sorted(bodies)


def test_how_many_chunks_there_are_is_said_when_it_is_known(talk: bytes, bodies: list[str], state: Path) -> None:
    with pytest.raises(WorkInterrupted, match="; 2 pieces are kept") as info:
        World(refuses_from=2).play(talk, state=state)
    assert (info.value.done, info.value.total) == (2, None)
    count = len(bodies)
    with pytest.raises(WorkInterrupted, match=f"; {count - 1} of {count} pieces are kept") as info:
        World(refuses_from=count - 3).play(talk, state=state)
    assert (info.value.done, info.value.total) == (count - 1, count)


def test_what_an_earlier_version_paid_for_is_cut_as_it_did(talk: bytes, bodies: list[str], state: Path) -> None:
    scan = _audio.scan(io.BytesIO(talk), ahead=math.inf)
    before = _audio.spans(scan, longest=PIECE)
    assert len(before) < len(bodies)  # it took the noise for silence everywhere
    with pytest.raises(WorkInterrupted):
        World(refuses_from=1).play(talk, state=state)
    head, *lines = state.read_text().splitlines()
    recorded = json.loads(head)
    assert recorded.pop("ahead") == _audio.AHEAD
    state.write_text("\n".join([json.dumps(recorded), *lines, ""]))
    world = World()
    world.play(talk, state=state)
    assert len(world.sent) == len(before)
    assert world.at[0]["scan"].done == len(talk)


def test_damage_that_is_found_when_something_is_paid_for_loses_nothing(
    state: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="flac") as target:
        stream = target.add_stream("flac", RATE)
        frame = av.AudioFrame.from_ndarray(samples().reshape(1, -1), "s16", "mono")
        frame.rate = RATE
        target.mux([*stream.encode(frame), *stream.encode(None)])
    data = file.getvalue()
    damaged = data[: -len(data) // 20] + bytes(len(data) // 40)
    world, again = World(refuses_from=3), World()
    with pytest.raises(WorkInterrupted, match="3 pieces are kept"):
        world.play(damaged, state=state)
    assert "damaged" not in caplog.text
    note = again.play(damaged, state=state)
    assert "damaged" in caplog.text
    assert len({*world.sent, *again.sent}) == len(world.sent) + len(again.sent) == 12
    assert 0.9 * SECONDS < note.duration < SECONDS
