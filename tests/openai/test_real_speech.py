"""Real speech, cut and stitched: held against the times that the synthesiser itself tells.

The recogniser knows the sentences beforehand (a closed language model), so this tests cutting and stitching, not how
well speech is recognised.
"""

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.inside.audio import Span, _audio
from tests.openai.both import Way, asynchronous, blocking
from tests.openai.real_speech import Comparison, Recording, Word, clips, language_model, middle, recording
from tonearm import sandbox
from tonearm.openai import Transcript
from tonearm.sandbox import Sandbox
from tonearm.sandbox.recogniser import Recogniser

pytestmark = pytest.mark.skipif(
    shutil.which("flite") is None, reason="flite speaks, and tells when (Debian: apt-get install flite)"
)
SETTINGS: dict[str, Any] = {"api_key": "sandbox-key", "transcription_model": "whisper-1"}


@pytest.fixture(scope="module")
def box(folder: Path) -> Iterator[Sandbox]:
    with sandbox.start(language_model=language_model(folder)) as running:
        yield running


@pytest.fixture(scope="module")
def alone(folder: Path) -> float:
    """The word error rate of the sentences, each recognised by itself."""
    recogniser = Recogniser(language_model(folder))
    wrong = total = 0
    try:
        for clip in clips(folder):
            heard = [
                Word(word.text, word.start, word.end)
                for one in recogniser.recognise([clip.samples])
                for word in one.words
            ]
            wrong += round(Comparison(clip.words, heard).error_rate() * len(clip.words))
            total += len(clip.words)
    finally:
        recogniser.close()
    return wrong / total


def heard(way: Way, box: Sandbox, true: Recording, piece: float) -> Comparison:
    note: Transcript = way(lambda ai: ai.transcribe(true.path, words=True, piece=piece), box.openai_url, **SETTINGS)
    assert note.words is not None
    return Comparison(true.words, [Word(word.text, word.start, word.end) for word in note.words])


def cut(true: Recording, piece: float) -> tuple[Span, ...]:
    with true.path.open("rb") as file:
        return _audio.spans(_audio.scan(file), longest=piece)


@pytest.mark.parametrize(
    ("suffix", "way", "minutes"),
    [
        ("mp3", asynchronous, 0.4),
        pytest.param("wav", blocking, 10.0, marks=pytest.mark.soak),
        pytest.param("mp3", asynchronous, 10.0, marks=pytest.mark.soak),
        pytest.param("flac", asynchronous, 10.0, marks=pytest.mark.soak),
        pytest.param("m4a", blocking, 10.0, marks=pytest.mark.soak),
    ],
)
def test_minutes_are_cut_in_silence_and_stitched(
    suffix: str, way: Way, minutes: float, box: Sandbox, folder: Path, request: pytest.FixtureRequest
) -> None:
    true = recording(folder, suffix, minutes)
    piece = max(10.0, minutes * 6)
    found, spans = heard(way, box, true, piece), cut(true, piece)
    assert len(spans) >= minutes * 60 / piece
    assert found.error_rate() <= 0.02
    if minutes == 10.0:  # to recognise all sentences one by one takes as long again
        assert found.error_rate() <= request.getfixturevalue("alone") + 0.01
    starts = found.starts()
    late = sorted(abs(error) for _, error in starts)
    assert late[len(late) * 95 // 100] <= 0.06
    assert late[-1] <= 0.4
    assert all(one.start <= other.start for one, other in pairwise(found.heard))
    for span in spans:
        assert abs(middle(starts, span.start, span.end)) <= 0.02
    for span in spans[1:]:
        assert span.overlap == 0
        assert not any(word.start < span.start < word.end for word in true.words)
        assert found.uncovered(span.start) == []
        assert found.doubled(span.start) == []


@pytest.mark.parametrize(
    ("minutes", "cuts", "way"),
    [(0.5, 1, asynchronous), pytest.param(10.0, 22, blocking, marks=pytest.mark.soak)],
)
def test_where_nobody_pauses_hardly_a_word_is_lost_or_said_twice(
    minutes: float, cuts: int, way: Way, box: Sandbox, folder: Path
) -> None:
    true = recording(folder, "wav", minutes, pauses=False)
    found, spans = heard(way, box, true, 27.0), cut(true, 27.0)
    seams = [span.start + span.overlap / 2 for span in spans[1:]]
    assert len(seams) >= cuts
    assert all(span.overlap > 0 for span in spans[1:])
    assert sum(len(found.uncovered(seam)) for seam in seams) <= 2
    assert sum(len(found.doubled(seam)) for seam in seams) <= 1


def test_the_measures_see_what_is_wrong() -> None:
    said = [
        Word(text, float(second), second + 0.5) for second, text in enumerate(["one", "two", "three", "four", "five"])
    ]
    assert Comparison(said, said).error_rate() == 0.0
    assert Comparison(said, said[:2] + said[3:]).error_rate() == 0.2
    assert Comparison(said, said[:2] + said[3:]).uncovered(2.0) == [said[2]]
    assert Comparison(said, [*said[:3], said[2].later(0.1), *said[3:]]).doubled(2.0) == [said[2].later(0.1)]
    moved = Comparison(said, [word.later(0.1) for word in said])
    assert middle(moved.starts(), 0.0, 9.0) == pytest.approx(0.1)
    assert (moved.uncovered(2.0), moved.doubled(2.0)) == ([], [])
