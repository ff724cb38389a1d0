"""An answer that ends before the sound of its piece leaves a gap."""

from __future__ import annotations

from typing import Any

import pytest

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
