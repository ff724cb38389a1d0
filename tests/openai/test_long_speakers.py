"""Speakers of a long recording keep their names from one piece to the next."""

from __future__ import annotations

import random
from base64 import b64encode
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import pytest

from tests.openai.both import Way, both
from tests.openai.recordings import RATE, SETTINGS, Kind, Recording, write
from tonearm.openai import Transcript
from tonearm.sandbox import Sandbox, audio, marker

DIARIZE: dict[str, Any] = {
    "model": "marker-diarize",
    "format": "diarized_json",
    "chunking_strategy": "auto",
    "piece": 30.0,
}


def talk(folder: Path, kind: Kind, speakers: str, *, minutes: int) -> Recording:
    """Turns of some seven seconds; who speaks is drawn by lot, and one after the other comes in."""
    dice = random.Random(7)
    turns: list[marker.Speech] = []
    for number in range(minutes * 8):
        speaker = dice.choice(speakers[: 1 + number // 4])
        said = " ".join(f"w{number}x{place}" for place in range(14))
        turns.append(marker.speak(f"{said}.", speaker=speaker, rate=RATE, before=0.4, after=0.5))
    speech = reduce(add, turns)
    path = folder / f"talk-{speakers}.{kind}"
    write(path, speech, audio.ENCODINGS[kind])
    return Recording(path, speech.words, speech.duration)


def who(note: Transcript) -> list[tuple[str, str | None]]:
    return [(word, segment.speaker) for segment in note.segments for word in segment.text.split()]


def asked(way: Way, box: Sandbox, true: Recording, **options: Any) -> Transcript:
    note: Transcript = way(lambda ai: ai.transcribe(true.path, **(DIARIZE | options)), box.openai_url, **SETTINGS)
    return note


@both
@pytest.mark.parametrize("kind", ["wav", "mp3"])
def test_everybody_keeps_the_same_name(kind: Kind, way: Way, box: Sandbox, folder: Path) -> None:
    true = talk(folder, kind, "ABCD", minutes=3)
    note = asked(way, box, true)
    assert who(note) == [(word.text, word.speaker) for word in true.words]
    assert [row["id"] for row in note.raw["segments"]] == [f"seg_{place}" for place in range(len(note.segments))]


def test_labels_are_in_the_order_of_appearance(box: Sandbox, folder: Path) -> None:
    true = talk(folder, "wav", "FBK", minutes=2)
    names = {"F": "A", "B": "B", "K": "C"}
    from tests.openai.both import blocking

    assert who(asked(blocking, box, true)) == [(word.text, names[word.speaker]) for word in true.words]


@both
def test_who_is_known_keeps_the_name_that_the_caller_gave(way: Way, box: Sandbox, folder: Path, tmp_path: Path) -> None:
    true = talk(folder, "wav", "CA", minutes=2)
    sample = tmp_path / "ann.wav"
    write(sample, marker.speak("this is a sample of how ann speaks", speaker="A", rate=RATE), audio.ENCODINGS["wav"])
    url = f"data:audio/wav;base64,{b64encode(sample.read_bytes()).decode()}"
    for known in (sample, url):
        note = asked(way, box, true, known_speakers={"Ann": known})
        names = {"C": "A", "A": "Ann"}
        assert who(note) == [(word.text, names[word.speaker]) for word in true.words]


@both
def test_several_at_a_time_know_those_of_the_first_piece(way: Way, box: Sandbox, folder: Path) -> None:
    true = talk(folder, "wav", "A", minutes=2)
    note = asked(way, box, true, workers=3)
    assert who(note) == [(word.text, "A") for word in true.words]
