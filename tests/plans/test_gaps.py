"""An answer that ends before the sound of its piece leaves a gap."""

from __future__ import annotations

from typing import Any

import pytest

from tonearm._audio import Scan, Silence
from tonearm.openai._transcription.gaps import gaps
from tonearm.openai._transcription.piece_transcript import Heard

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
