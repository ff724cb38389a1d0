"""Texts of any length, spoken into every format: every word, in its place, in a file that is right."""

import subprocess
import sys
import wave
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.inside.openai import script
from tests.openai.both import Way, asynchronous, blocking, both
from tests.openai.long_speech import SETTINGS, VOICE, Spoken, asked, from_time, long_text, samples
from tonearm import Progress, sandbox
from tonearm.openai import SpokenFile
from tonearm.sandbox import Sandbox, audio, marker

PIECE = 180
TEXT = long_text(540)
CUT = Spoken(TEXT, PIECE)
MILLISECOND = 0.001


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with sandbox.start() as running:
        yield running


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "tonearm"


def speak(way: Way, box: Sandbox, to: Path, text: str = TEXT, **options: Any) -> SpokenFile:
    found: SpokenFile = way(lambda ai: ai.speak(text, to, voice=VOICE, **options), box.openai_url, **SETTINGS)
    return found


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("a.wav", blocking),
        ("a.mp3", blocking),
        ("a.opus", asynchronous),
        ("a.aac", blocking),
        ("a.flac", asynchronous),
        ("a.m4a", asynchronous),
    ],
)
def test_a_long_text_is_spoken_whole_into_one_file(
    name: str, way: Way, box: Sandbox, tmp_path: Path, state: Path
) -> None:
    before, true = len(box.requests), CUT.whole
    file = speak(way, box, tmp_path / name, piece=PIECE)
    assert (file.path, file.pieces, file.request_id) == (tmp_path / name, len(CUT.pieces), None)
    assert file.size == file.path.stat().st_size
    assert file.duration == pytest.approx(true.duration, abs=MILLISECOND)
    assert len(asked(box, before)) == file.pieces >= 3
    assert list(state.iterdir()) == []

    rate, sound = samples(file.path)
    coarse = 0.13 if name.endswith(("aac", "m4a")) else MILLISECOND
    assert len(sound) / rate == pytest.approx(true.duration, abs=coarse)
    for seam in CUT.seams():
        place = round(seam * rate)
        assert np.abs(np.diff(sound[place - 2 : place + 2].astype(int))).max() <= 100

    heard = list(marker.listen(audio.decode(file.path)))
    assert [word.text for word in heard] == [word.text for word in true.words]
    lag = 0.06 if name.endswith("aac") else 0.01  # ADTS cannot say that its first 1024 samples are none
    assert all(abs(found.start - word.start) < lag for found, word in zip(heard, true.words, strict=True))


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.opus", "a.flac", "a.m4a"])
def test_every_place_of_the_file_can_be_sought(name: str, box: Sandbox, tmp_path: Path) -> None:
    spoken = Spoken(long_text(400), 150)
    file = speak(blocking, box, tmp_path / name, spoken.text, piece=150)
    true = spoken.whole
    with av.open(file.path) as container:
        assert container.duration is not None
        assert container.duration / 1_000_000 == pytest.approx(true.duration, abs=0.03)
    for part in (0.2, 0.5, 0.9):
        reached, sound = from_time(file.path, part * true.duration)
        assert part * true.duration - 1.15 < reached <= part * true.duration  # a page of Ogg is a second
        heard = list(marker.listen([sound]))
        missing = len(true.words) - len(heard)
        assert [word.text for word in heard[1:]] == [word.text for word in true.words[missing + 1 :]]
        assert heard[1].start + reached == pytest.approx(true.words[missing + 1].start, abs=0.06)


def test_raw_samples_are_joined_at_the_rate_that_pcm_has(box: Sandbox, tmp_path: Path) -> None:
    spoken = Spoken(long_text(400), 150)
    file = speak(blocking, box, tmp_path / "a.pcm", spoken.text, piece=150)
    assert file.path.read_bytes() == b"".join(map(b"".join, spoken.pieces))
    assert file.duration == pytest.approx(spoken.whole.duration, abs=MILLISECOND)


@both
def test_m4a_is_encoded_here_also_from_one_request(way: Way, box: Sandbox, tmp_path: Path) -> None:
    before = len(box.requests)
    file = speak(way, box, tmp_path / "a.m4a", "Amber birch cloud.")
    assert audio.probe(file.path).codec == "aac"
    assert (file.pieces, len(asked(box, before))) == (1, 1)
    assert [word.text for word in marker.listen(audio.decode(file.path))] == ["amber", "birch", "cloud"]


def test_a_bit_rate_is_kept(box: Sandbox, tmp_path: Path) -> None:
    sizes = [
        speak(blocking, box, tmp_path / "a.mp3", "Amber birch cloud delta.", bit_rate=rate).size
        for rate in (32_000, 64_000)
    ]
    assert sizes[1] == pytest.approx(2 * sizes[0], rel=0.05)


def test_real_speech_is_joined_without_a_click(box: Sandbox, tmp_path: Path) -> None:
    text = "The quick brown fox jumps over the lazy dog, and nobody minds. " * 9
    file = speak(blocking, box, tmp_path / "a.wav", text, model="tts-1", piece=200)
    rate, sound = samples(file.path)
    end = 0
    for number, piece in enumerate(script(text, 200, None, None)):
        _, part = samples(speak(blocking, box, tmp_path / f"{number}.wav", piece, model="tts-1").path)
        place = end + len(part) // 2
        assert np.array_equal(sound[end + 200 : place], part[200 : len(part) // 2])  # between the edges as it came
        assert end == 0 or np.abs(np.diff(sound[end - 2 : end + 2].astype(int))).max() <= 100
        end += len(part)
    assert (file.pieces, end) == (3, len(sound))
    assert file.duration == len(sound) / rate


@both
def test_progress_counts_pieces_and_then_what_is_encoded(way: Way, box: Sandbox, tmp_path: Path) -> None:
    seen: list[Progress] = []
    text = long_text(300)
    total = len(Spoken(text, 100).pieces)
    speak(way, box, tmp_path / "a.wav", text, piece=100, workers=3, on_progress=seen.append)
    phases = [step.phase for step in seen]
    assert phases == ["speak"] * total + ["encode"] * total
    assert [step.done for step in seen] == 2 * list(range(1, total + 1))
    assert all((step.total, step.parts, step.unit) == (total, total, "pieces") for step in seen)
    assert sorted(step.part for step in seen[:total] if step.part) == list(range(1, total + 1))


@both
@pytest.mark.parametrize("workers", [1, 3])
def test_no_more_pieces_are_asked_for_at_a_time_than_there_are_workers(
    workers: int, way: Way, box: Sandbox, tmp_path: Path
) -> None:
    before, text = len(box.requests), long_text(600)
    with box.faults(sandbox.Fault(path="*/speech", delay=0.05, times=None)):
        speak(way, box, tmp_path / "a.wav", text, piece=100, workers=workers)
    found = asked(box, before)
    spans = [(one.at, one.at + (one.seconds or 0.0)) for one in found]
    together = max(sum(start <= at < end for start, end in spans) for at, _ in spans)
    assert together <= workers
    assert (together == 1) == (workers == 1)


def test_the_next_pieces_are_asked_for_in_order(box: Sandbox, tmp_path: Path) -> None:
    before, text = len(box.requests), long_text(900)
    speak(blocking, box, tmp_path / "a.wav", text, piece=100, workers=1)
    found = asked(box, before)
    assert all(first.at + (first.seconds or 0.0) <= second.at for first, second in pairwise(found))


def test_wav_can_be_read_by_the_standard_library(box: Sandbox, tmp_path: Path) -> None:
    file = speak(blocking, box, tmp_path / "a.wav", long_text(300), piece=100)
    with wave.open(str(file.path)) as reader:
        assert (reader.getnchannels(), reader.getframerate(), reader.getsampwidth()) == (1, 24_000, 2)
        assert reader.getnframes() / 24_000 == file.duration


PROGRAM = """
import sys
from pathlib import Path
from tests.bench.transfer import Meter
from tests.openai.long_speech import SETTINGS, VOICE, long_text
from tonearm import OpenAI

url, folder, size = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
with OpenAI(base_url=url, **SETTINGS) as ai:
    ai.speak(long_text(300), folder / "warm-up.mp3", voice=VOICE, piece=100)
    meter = Meter()
    meter.start()
    file = ai.speak(long_text(size), folder / "book.mp3", voice=VOICE)
    print(meter.growth(), file.duration)
"""


@pytest.mark.soak
def test_memory_does_not_grow_with_the_text(box: Sandbox, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, box.openai_url, str(tmp_path), "100000"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    growth, duration = done.stdout.split()
    assert int(growth) <= 60 << 20
    true = Spoken(long_text(100_000)).whole
    assert float(duration) == pytest.approx(true.duration, abs=0.002)
    heard = (word.text for word in marker.listen(audio.decode(tmp_path / "book.mp3")))
    assert list(heard) == [word.text for word in true.words]
