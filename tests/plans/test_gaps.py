"""An answer that ends before the sound of its piece leaves a gap."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inside.audio import Scan, Silence
from tests.inside.openai import Heard, doubtful, gaps
from tonearm.openai import Segment

SCAN = Scan(40.0, (Silence(19.0, 21.0),))
ENDS_EARLY: dict[str, Any] = {"text": "a", "segments": [{"start": 1.0, "end": 9.0, "text": "a"}]}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (ENDS_EARLY, ((9.0, 19.0),)),
        ({"text": "a", "segments": [{"start": 1.0, "end": 17.0, "text": "a"}]}, ()),
        ({"text": "a"}, ()),
        ({"text": "", "segments": [{"start": 0.0, "end": 1.0, "text": " "}]}, ()),
    ],
)
def test_sound_after_the_last_word_is_a_gap(raw: dict[str, Any], expected: Any) -> None:
    piece = Heard(start=0.0, end=20.0, sound=(0.0, 19.0), overlaps=False, raw=raw)
    assert gaps([piece], SCAN) == expected


SENTENCE = "and so we went to the house again"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Hello there.", *[SENTENCE] * 4, "Goodbye."], ((1.0, 5.0),)),
        (["Hello there.", *[SENTENCE] * 3, "Goodbye."], ()),
        (["Hello.", f"It began. {f'{SENTENCE}. ' * 5}", "Goodbye."], ((1.0, 2.0),)),
        (["No, no, no, no, no!"], ()),
        (["\u3042" * 20, "Then", "no " * 20], ((0.0, 1.0), (2.0, 3.0))),
        (["One two three"] * 5 + ["Four five"] * 8, ((0.0, 13.0),)),
        ([], ()),
    ],
)
def test_the_same_sentence_over_and_over_is_doubtful(texts: list[str], expected: object) -> None:
    segments = [Segment(float(place), place + 1.0, text) for place, text in enumerate(texts)]
    assert doubtful(segments) == expected


def test_what_is_told_in_another_order_is_doubtful_from_its_beginning_to_its_end() -> None:
    said = "thank you for watching " * 4
    segments = [Segment(5.0, 9.0, said), Segment(0.0, 3.0, said), Segment(1.0, 2.0, said)]
    assert doubtful(segments) == ((0.0, 9.0),)


PHRASES = st.lists(st.sampled_from("abc"), min_size=1, max_size=15)


def returning(words: list[str], after: int) -> set[int]:
    """The numbers of the words in each stretch in which words return so many words later, if it is long enough."""
    same = "".join("x" if word == later else "-" for word, later in zip(words, words[after:], strict=False))
    stretches = re.finditer(f"x{{{max(12, 3 * after)},}}", same)
    return {place for stretch in stretches for place in range(stretch.start(), stretch.end() + after)}


@settings(max_examples=40)
@given(st.lists(st.tuples(PHRASES, st.integers(1, 14)), min_size=1, max_size=6))
def test_every_word_that_returns_often_enough_is_doubtful_and_no_other(parts: list[tuple[list[str], int]]) -> None:
    words = [word for phrase, times in parts for word in phrase * times]
    expected = set[int]().union(*(returning(words, after) for after in range(1, 41)))
    found = doubtful([Segment(float(place), place + 1.0, word) for place, word in enumerate(words)])
    assert {place for start, end in found for place in range(int(start), int(end))} == expected
    assert all(left[1] < right[0] for left, right in pairwise(found))
