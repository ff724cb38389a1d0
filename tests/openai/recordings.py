"""Long recordings of known words: made once, in every format, for the marker models of the sandbox."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import av
import pytest
from _pytest.mark.structures import ParameterSet
from attrs import frozen
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream

from tests.openai.both import Way, asynchronous, blocking
from tonearm.openai import Transcript
from tonearm.sandbox import Sandbox, audio, marker

Kind = Literal["wav", "flac", "mp3", "m4a", "opus"]
KINDS: tuple[Kind, ...] = ("wav", "flac", "mp3", "m4a", "opus")

SETTINGS: dict[str, Any] = {"api_key": "sandbox-key", "transcription_model": "marker-whisper"}

RATE = 16_000

LONGEST = 20
"""Words of a sentence: some eight seconds."""


@frozen
class Recording:
    """A file, and the words that are said in it."""

    path: Path
    words: tuple[marker.Word, ...]
    duration: float


def cases(*kinds: Kind, turn: int = 0, minutes: float = 1.0) -> list[ParameterSet]:
    """Formats, lengths in minutes and clients: some minutes of some formats in every run, sixty of all in long ones.

    The clients take turns, beginning with the one of number `turn`.
    """
    ways = (blocking, asynchronous)
    turns = [(kind, ways[(place + turn) % 2], ways[(place + turn + 1) % 2]) for place, kind in enumerate(KINDS)]
    short = [pytest.param(kind, minutes, way) for kind, way, _ in turns if kind in (kinds or KINDS)]
    return [*short, *(pytest.param(kind, 60.0, way, marks=pytest.mark.soak) for kind, _, way in turns)]


def text(minutes: float, *, pauses: bool) -> str:
    """Words for so many minutes, in sentences with pauses between them or in one breath; some come again and again."""
    dice = random.Random(5)
    words: list[str] = []
    length = 0
    for number in range(int(minutes * 60 * (2.52 if pauses else 2.95))):
        words.append(dice.choice(["no", "yes", "and", "the"]) if dice.random() < 0.2 else f"w{number}")
        length += 1
        if pauses and (length == LONGEST or dice.random() < 0.12):
            words[-1] += "."
            length = 0
    return " ".join(words)


@cache
def recording(folder: Path, kind: Kind, minutes: float, *, pauses: bool = True) -> Recording:
    """A recording of about so many minutes in a folder."""
    speech = marker.speak(text(minutes, pauses=pauses), rate=RATE, before=1.5, after=2.0)
    path = folder / f"{minutes:g}-{'pauses' if pauses else 'breath'}.{kind}"
    if not path.exists():
        write(path, speech, audio.ENCODINGS["ogg" if kind == "opus" else kind])
    return Recording(path, speech.words, speech.duration)


def count(box: Sandbox) -> int:
    """How many requests the sandbox has got."""
    return len(box.requests)


def transcribed(way: Way, box: Sandbox, true: Recording, **options: Any) -> Transcript:
    """Transcribe a recording with the times of its words, unless they are not asked for."""
    asked = {"words": True} | options
    note: Transcript = way(lambda ai: ai.transcribe(true.path, **asked), box.openai_url, **SETTINGS)
    return note


def check(note: Transcript, true: Recording) -> None:
    """Each word is there once, in order, and starts within 0.05 s of the truth; the text and the segments agree."""
    assert note.words is not None
    said = [word.text for word in true.words]
    assert [word.text for word in note.words] == said
    late = max(abs(word.start - real.start) for word, real in zip(note.words, true.words, strict=True))
    assert late <= 0.05
    assert note.text.split() == said
    check_segments(note, true)


def check_segments(note: Transcript, true: Recording) -> None:
    """The segments have each word once, in order, and follow one another within the recording."""
    assert " ".join(segment.text for segment in note.segments).split() == [word.text for word in true.words]
    times = [time for segment in note.segments for time in (segment.start, segment.end)]
    assert times == sorted(times)
    assert note.duration is not None
    assert times[-1] <= note.duration
    assert abs(note.duration - true.duration) < 0.1


def write(path: Path, speech: Iterable[bytes], encoding: audio.Encoding) -> None:
    """Write a file that can be sought meanwhile, so that it says what its encoder put before the sound."""
    with av.open(path, "w", format=encoding.muxer) as target:
        stream = target.add_stream(encoding.codec, 48_000 if encoding.codec == "libopus" else RATE, layout="mono")
        assert isinstance(stream, AudioStream)
        resampler = AudioResampler(stream.format, stream.layout, stream.rate)
        position = 0
        for frame in (*map(_frame, filter(None, speech)), None):
            for samples in resampler.resample(frame):
                samples.pts = position
                position += samples.samples
                target.mux(stream.encode(samples))
        target.mux(stream.encode(None))


def _frame(block: bytes) -> AudioFrame:
    frame = AudioFrame("s16", "mono", samples=len(block) // 2)
    frame.sample_rate = RATE
    frame.planes[0].update(block)
    return frame
