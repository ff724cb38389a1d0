"""Pieces of a recording, however it was cut, make one transcript: each word once, in order, at its time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from tonearm.openai import Word
from tonearm.openai._account import Heard
from tonearm.openai._stitch import stitch

OVERLAP = 3.0
ANY_WORD = st.sampled_from(["no", "Yes", "tick", "tock", "it's", "1", "naïve", "über"])


@frozen
class Said:
    """A recording: its words with their times, and how long it is."""

    words: tuple[Word, ...]
    duration: float

    def heard(self, start: float, end: float, *, overlaps: bool, form: str, late: float = 0.0) -> Heard:
        """What a perfect recogniser hears of it: the words that are whole, at times that may be a little late."""
        whole = [word for word in self.words if start <= word.start and word.end <= end]
        rows = [
            {"word": word.text, "start": word.start - start + late, "end": word.end - start + late} for word in whole
        ]
        raw: dict[str, Any] = {"text": " ".join(word.text for word in whole)}
        if form == "words":
            raw |= {"words": rows, "segments": list(phrases(rows))}
        if form == "segments":
            raw |= {"segments": list(phrases(rows))}
        sound = (whole[0].start, whole[-1].end) if whole else (start, end)
        return Heard(start=start, end=end, sound=sound, overlaps=overlaps, raw=raw)


def phrases(rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Segments of up to seven words."""
    groups = [rows[first : first + 7] for first in range(0, len(rows), 7)]
    return [
        {
            "id": number,
            "seek": 0,
            "start": group[0]["start"],
            "end": group[-1]["end"],
            "text": " " + " ".join(row["word"] for row in group),
        }
        for number, group in enumerate(groups)
    ]


@st.composite
def recordings(draw: st.DrawFn, *, longest: float = 1.2, gaps: Sequence[float] = (0.0, 0.05, 0.2, 1.0)) -> Said:
    """Words of `longest` seconds at most; with short gaps they are all different."""
    words: list[Word] = []
    at = draw(st.floats(0.0, 2.0))
    for number in range(draw(st.integers(1, 60))):
        end = at + draw(st.floats(0.12, longest))
        words.append(Word(at, end, draw(ANY_WORD) if 1.0 in gaps else f"w{number}"))
        at = end + draw(st.sampled_from(gaps))
    return Said(tuple(words), at + 0.5)


@st.composite
def cuts(draw: st.DrawFn, said: Said) -> list[tuple[float, float, bool]]:
    """Spans from the start to the end: hard cuts overlap, others lie between two words."""
    spans: list[tuple[float, float, bool]] = []
    start, overlaps = 0.0, False
    while True:
        end = start + draw(st.floats(2.1 * OVERLAP, 20.0))
        if end >= said.duration:
            return [*spans, (start, said.duration, overlaps)]
        gaps = [word.end for word in said.words if start + OVERLAP < word.end <= end]
        if draw(st.booleans()) and gaps:
            end = gaps[-1]
            spans.append((start, end, overlaps))
            start, overlaps = end, False
        else:
            spans.append((start, end, overlaps))
            start, overlaps = end - OVERLAP, True


@given(st.data())
def test_each_word_is_said_once_at_its_time_however_it_was_cut(data: st.DataObject) -> None:
    said = data.draw(recordings())
    pieces = [
        said.heard(start, end, overlaps=hard, form="words", late=data.draw(st.floats(-0.02, 0.02)))
        for start, end, hard in data.draw(cuts(said))
    ]
    note = stitch(pieces, said.duration, words=True)
    assert note.words is not None
    assert [word.text for word in note.words] == [word.text for word in said.words]
    assert [word.start for word in note.words] == pytest.approx([word.start for word in said.words], abs=0.05)
    assert note.text.split() == [word.text for word in said.words]
    assert " ".join(segment.text for segment in note.segments).split() == note.text.split()
    starts = [segment.start for segment in note.segments]
    assert starts == sorted(starts)
    assert [row["id"] for row in note.raw["segments"]] == list(range(len(note.segments)))
    assert note.duration == round(said.duration, 3)


@given(st.data(), st.sampled_from(["segments", "text"]))
def test_without_times_of_words_what_both_pieces_have_is_said_once(data: st.DataObject, form: str) -> None:
    said = data.draw(recordings(longest=0.7, gaps=(0.0, 0.2)))
    pieces = [said.heard(start, end, overlaps=hard, form=form) for start, end, hard in data.draw(cuts(said))]
    note = stitch(pieces, said.duration, words=False)
    assert note.text.split() == [word.text for word in said.words]
    assert " ".join(segment.text for segment in note.segments).split() == note.text.split()
    assert note.words is None
    assert all(segment.coarse == (form == "text") for segment in note.segments)
