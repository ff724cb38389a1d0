"""Four voices over noise, music and hum: no silence to cut in, and a model without times to join the chunks by."""

from __future__ import annotations

import random
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import reduce
from itertools import pairwise
from operator import add
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.openai.both import Way, asynchronous, blocking
from tests.openai.recordings import RATE, Kind, Recording, transcribed, write
from tests.plans.seam_trials import SENTENCES
from tonearm.sandbox import Sandbox, audio, marker

Samples = NDArray[np.float64]

PIECE = 20.0
BED_SECONDS = 15
"""How long one bed lies under the voices before the next one comes."""

CHORDS = ((220, 277, 330), (196, 247, 294), (175, 220, 262), (131, 165, 196))


def noise(level: float, length: int, seed: int) -> Samples:
    return np.random.default_rng(seed).normal(scale=0.45 * level, size=length)


def music(level: float, length: int, seed: int) -> Samples:
    """Chords of three tones, a new one every three quarters of a second."""
    dice, time = random.Random(seed), np.arange(length) / RATE
    chords = [dice.choice(CHORDS) for _ in range(1 + length * 4 // (3 * RATE))]
    tones = np.array(chords)[(time / 0.75).astype(int)]
    return np.asarray(0.35 * level * np.sin(2 * np.pi * tones * time[:, None]).sum(axis=1))


def hum(level: float, length: int, seed: int) -> Samples:
    """A deep tone in a hiss that comes and goes."""
    time = np.arange(length) / RATE
    swell = 0.85 + 0.15 * np.sin(2 * np.pi * time / 7)
    return noise(0.9 * level, length, seed) * swell + 0.4 * level * np.sin(2 * np.pi * 110 * time)


def talk(minutes: float) -> marker.Speech:
    """Turns of one to four sentences each, without a pause within them; between them nobody may speak for seconds."""
    dice = random.Random(1)
    turns: list[marker.Speech] = []
    while sum(turn.duration for turn in turns) < minutes * 60:
        text = " ".join(dice.sample(SENTENCES, dice.randint(1, 4))).replace(".", "")
        before, after = dice.choice([0.05, 0.1, 0.3, 2.0]), dice.choice([0.05, 0.1, 0.4, 7.0])
        speaker = "ABCD"[len(turns) % 4]
        turns.append(marker.speak(text, speaker=speaker, rate=RATE, before=before, after=after))
    return reduce(add, turns)


def over_beds(speech: marker.Speech) -> Iterator[bytes]:
    """The samples of a speech with something under them from beginning to end."""
    clean = np.frombuffer(b"".join(speech), dtype="<i2").astype(np.float64)
    level = float(np.sqrt(np.mean(np.square(clean[clean != 0]))))
    for number, start in enumerate(range(0, len(clean), BED_SECONDS * RATE)):
        part = clean[start:][: BED_SECONDS * RATE]
        bed = (noise, music, hum)[number % 3](level, len(part), number)
        yield np.clip(part + bed, -32768, 32767).astype("<i2").tobytes()


@pytest.mark.parametrize(
    ("kind", "minutes", "way"),
    [
        ("mp3", 2.0, asynchronous),
        pytest.param("wav", 20.0, blocking, marks=pytest.mark.soak),
        pytest.param("mp3", 20.0, asynchronous, marks=pytest.mark.soak),
    ],
)
def test_no_word_is_lost_where_every_cut_is_forced_and_answers_have_no_times(
    kind: Kind, minutes: float, way: Way, box: Sandbox, tmp_path: Path
) -> None:
    speech = talk(minutes)
    true = Recording(tmp_path / f"talk.{kind}", speech.words, speech.duration)
    write(true.path, over_beds(speech), audio.ENCODINGS[kind])
    note = transcribed(way, box, true, model="marker-gpt", words=False, piece=PIECE, workers=2)
    assert len(note.segments) > minutes * 60 / PIECE
    assert all(before.end == after.start for before, after in pairwise(note.segments)), "each cut goes through sound"
    # An encoding with losses may damage a word, with what lies under it.
    said, heard = [word.text for word in marker.listen(audio.decode(true.path))], note.text.split()
    assert len(said) > 0.999 * len(speech.words)
    codes = SequenceMatcher(None, said, heard, autojunk=False).get_opcodes()
    changes = [(said[i1:i2], heard[j1:j2]) for tag, i1, i2, j1, j2 in codes if tag != "equal"]
    print(f"{len(said)} words, {len(note.segments) - 1} cuts; lost or said twice: {changes}")
    assert [lost for lost, _ in changes if lost] == []
    assert sum(len(twice) for _, twice in changes) <= minutes / 2
