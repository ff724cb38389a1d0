"""Real speech, whose synthesiser tells where each of its sounds ends: nothing is cut inside a word."""

import re
import shutil
import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest
from attrs import frozen

from tests.inside.audio import scan, spans, write_pieces
from tests.media.recordings import RATE, decoded, encoded, noise, opened
from tests.media.recordings import wave as as_wave

pytestmark = pytest.mark.skipif(shutil.which("flite") is None, reason="needs flite on PATH (Debian package flite)")

SENTENCES = (
    "The ferry leaves at seven, and whoever is late has to wait for the next one.",
    "Nobody expected the little boat to come back before the storm.",
    "Six thick books stood on the top shelf, next to a black stone cup.",
    "She asked twice; he kept quiet, looked at the map, and then spoke slowly.",
    "That stretch of coast is steep, cold and empty, except for two lighthouses.",
    "Pack the tent, the lamp and a good rope!",
    "What happens when the last train stops between stations?",
    "It took eight weeks to paint both sides of the bridge.",
)
CLOSE = 0.02  # seconds that a scan and the synthesiser may differ about where a sound ends


@frozen
class Talk:
    """Speech at 16 kHz, and the stretches between the pauses that the synthesiser made and those between the clips."""

    samples: "np.ndarray"
    spoken: tuple[tuple[float, float], ...]


def say(text: str, folder: Path) -> tuple["np.ndarray", list[tuple[float, float]]]:
    """Speak a text; the times between its pauses."""
    path = folder / "clip.wav"
    done = subprocess.run(
        ["flite", "-voice", "slt", "-psdur", "-t", text, "-o", path], capture_output=True, check=True, text=True
    )
    with wave.open(str(path)) as file:
        assert file.getframerate() == RATE
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    spoken, start = list[tuple[float, float]](), 0.0
    last = 0.0
    for phone, end in re.findall(r"(\w+):([\d.]+)", done.stdout):
        if phone == "pau":
            if last > start:
                spoken.append((start, last))
            start = float(end)
        last = float(end)
    return samples, spoken


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Talk:
    """Sentences with pauses from a tenth of a second to one and a half."""
    folder = tmp_path_factory.mktemp("flite")
    blocks, spoken, at = list["np.ndarray"](), list[tuple[float, float]](), 0.0
    for number in range(16):
        samples, stretches = say(SENTENCES[number % len(SENTENCES)], folder)
        pause = np.zeros(round(RATE * (0.1, 0.5, 1.5, 0.3)[number % 4]))
        spoken += [(at + start, at + end) for start, end in stretches]
        blocks += [samples, pause]
        at += (len(samples) + len(pause)) / RATE
    return Talk(np.concatenate(blocks), tuple(spoken))


@pytest.mark.parametrize(("longest", "hiss"), [(8, 0), (30, 0.0005), (8, 0.003)])
def test_no_cut_is_inside_a_word_and_no_word_is_left_out(talk: Talk, longest: float, hiss: float) -> None:
    samples = as_wave(talk.samples + noise(len(talk.samples) / RATE, hiss)[: len(talk.samples)])
    parts = spans(scan(opened(encoded(samples, "mp3", "libmp3lame", RATE))), longest=longest)
    assert len(parts) >= len(samples) / RATE / longest
    assert not any(part.overlap for part in parts)
    for start, end in talk.spoken:
        assert any(part.start <= start + CLOSE and end - CLOSE <= part.end for part in parts), (start, end)


def test_pieces_of_speech_hold_the_same_sound_at_the_same_time(talk: Talk, tmp_path: Path) -> None:
    data = encoded(as_wave(talk.samples), "ipod", "aac", RATE)
    whole = np.frombuffer(b"".join(decoded(data)), "<i2").astype(float)
    file = opened(data)
    for piece in write_pieces(file, spans(scan(file), longest=20), tmp_path):
        sound = np.frombuffer(b"".join(decoded(piece.path)), "<i2").astype(float)
        first = round(piece.start * RATE)
        inner = slice(max(0, -first) + 2048, min(len(sound), len(whole) - first) - 2048)
        same = whole[first + inner.start : first + inner.stop]
        # One sample off would be a tenth of the energy; AAC fills bands with noise of its own.
        assert np.sum((sound[inner] - same) ** 2) < 0.001 * np.sum(same**2)
