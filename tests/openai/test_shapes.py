"""What servers answer is read wherever they put it, and however they spell it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inside.http import Answer, Head
from tests.inside.openai import parsing
from tests.openai import shapes
from tests.openai.shapes import BODIES, FAILURES, HELLO, ONE, SEGMENT_BODIES, TWO, WORD_SHAPES
from tonearm import UnexpectedAnswer
from tonearm.openai import Transcript


def read(body: str, content_type: str = "application/json") -> Transcript:
    return parsing.transcript(Answer(Head("POST", "http://h/", 200, {"content-type": content_type}), body.encode()))


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("label", ["application/json", "text/plain"])
def test_the_text_is_read(body: str, label: str) -> None:
    assert read(body, label).text.strip() == HELLO


@pytest.mark.parametrize("body", SEGMENT_BODIES)
def test_segments_are_read_with_their_times(body: str) -> None:
    note = read(body)
    assert [(one.start, one.end, one.text) for one in note.segments if one.text] == [
        (pytest.approx(start), pytest.approx(end), text) for start, end, text in ONE
    ]
    assert note.text.strip() == HELLO


@pytest.mark.parametrize("shape", WORD_SHAPES)
def test_words_are_read_with_their_times(shape: Any) -> None:
    note = Transcript.of(shape, None)
    assert note.words is not None
    assert [(one.start, one.end, one.text) for one in note.words] == [
        (pytest.approx(start), pytest.approx(end), text) for start, end, text in TWO
    ]
    assert note.text.strip() == HELLO


@pytest.mark.parametrize(("body", "words"), FAILURES)
def test_what_cannot_be_read_says_so_and_shows_how_it_begins(body: str, words: str) -> None:
    with pytest.raises(UnexpectedAnswer) as caught:
        read(body)
    assert words in str(caught.value)
    assert repr(" ".join(body.split())[:80]) in f"{caught.value}''"
    assert caught.value.body == body


def test_the_table_is_as_long_as_the_documents_say() -> None:
    assert len(BODIES) + len(SEGMENT_BODIES) + len(WORD_SHAPES) + len(FAILURES) >= 120


@pytest.mark.parametrize("name", ["speaker", "speaker_id", "spk", "speakerLabel"])
def test_speakers_have_many_names(name: str) -> None:
    note = Transcript.of({"segments": [{**shapes.SEGMENT, name: 1, "words": shapes.WORDS}]}, None)
    assert note.words is not None
    assert {note.segments[0].speaker, *(word.speaker for word in note.words)} == {"1"}


def test_chinese_tokens_are_words_of_their_own() -> None:
    rows = [{"word": word, "start": at, "end": at + 1} for at, word in enumerate([" 你", "好", " ok"])]
    note = Transcript.of({"text": "你好\nok", "words": rows}, None)
    assert [word.text for word in note.words or ()] == ["你", "好", "ok"]
    assert note.text == "你好 ok"


def test_nothing_said_is_an_empty_transcript() -> None:
    for shape in ({"text": ""}, {"segments": []}, {"text": "", "segments": [], "language": "en"}):
        assert Transcript.of(shape, None).text == ""


def test_a_segment_of_which_too_little_is_known_is_left_out() -> None:
    whole = {"start": 1, "end": 2, "text": "a"}
    for broken in ({"start": 0, "end": 1}, {"text": "b"}, {"start": None, "end": "soon", "text": "b"}):
        assert [one.text for one in Transcript.of({"text": "a", "segments": [broken, whole]}, None).segments] == ["a"]
