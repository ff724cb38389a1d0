"""An answer as OpenAI documents it is read a list at a time, and the tolerant readers make the same of it."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.inside.openai import documented, read_body, shapes
from tonearm.openai import Transcript

WORDS: list[dict[str, Any]] = [
    {"word": "The", "start": 0.0, "end": 0.24},
    {"word": "beach", "start": 0.24, "end": 0.54},
    {"word": "was", "start": 0.54, "end": 0.9},
]
SEGMENTS: list[dict[str, Any]] = [
    {"id": 0, "seek": 0, "start": 0.0, "end": 3.3, "text": " The beach was", "tokens": [50364, 440]},
    {"id": 1, "start": 3.3, "end": 5.0, "text": " quiet.", "temperature": 0.0, "no_speech_prob": 0.01},
]
DIARIZED = [{"id": "seg_1", "type": "transcript.text.segment", "start": 0.0, "end": 4.7, "text": "Hi", "speaker": "A"}]


@pytest.mark.parametrize("duration", [None, 8.47])
@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (WORDS, "word"),
        ([row | {"word": f" {row['word']}", "probability": 0.9} for row in WORDS], "word"),
        (SEGMENTS, "text"),
        (DIARIZED, "text"),
    ],
)
def test_what_is_documented_is_taken_as_it_is(rows: list[dict[str, Any]], name: Any, duration: float | None) -> None:
    assert documented(rows, name, duration) is rows
    listed = "words" if name == "word" else "segments"
    read = shapes.canonical({"text": "The beach", "duration": duration, listed: rows})[listed]
    assert list(map(id, read)) == list(map(id, rows))


def test_whole_seconds_become_floats_and_no_other_reader_is_needed() -> None:
    rows = [{"word": "The", "start": 0, "end": 1}, {"word": "beach", "start": 1.5, "end": 2}]
    made = documented(rows, "word", None)
    assert repr(made) == repr([rows[0] | {"start": 0.0, "end": 1.0}, rows[1] | {"end": 2.0}])
    assert rows[0]["start"] == 0
    assert documented([rows[0] | {"end": 10**400}], "word", None) is None
    assert documented([rows[0] | {"end": True}], "word", None) is None
    assert documented([rows[0] | {"start": -(10**400), "end": 10**400}], "word", None) is None


TIMES = st.one_of(
    st.floats(0, 20),
    st.sampled_from(
        [0, 3, 10**400, -1.0, 2500.0, 1e12, 1e308, 1e999, -0.0, None, "1.5", "00:00:02,5", "900ms", True, [1], {}]
    ),
)
TEXTS = st.one_of(
    st.text("ab \n#▁Ġ你", max_size=4),
    st.sampled_from([" and", "and", "##ly", "a\nb", "a\rb", "<|en|>a", "[_BEG_]", " ", "", None, 7, "\u3000a", "x "]),
)
OTHER = st.sampled_from(
    [
        *({"speaker": speaker} for speaker in ("A", "", None, 2, True, ["A"])),
        *({"id": 3}, {"type": "word"}, {"probability": 0.5}, {"tokens": [1, 2]}, {"coarse": True}, {"spk": "B"}),
        *({"timestamp": [1.0, 2.0]}, {"time": {"start": 1}}, {"t0": 100, "t1": 200}, {"punctuated_word": "Hi,"}),
        *({"start_ms": 5}, {"duration": 2.0}, {"text": "instead"}, {"word": "instead"}, {"alternatives": [{"w": "x"}]}),
        *({"words": WORDS}, {"words": [[0.5, 1.0, "in"]]}, {"segments": SEGMENTS}, {"confidence": 1}),
    ]
)


def lists_of(name: str, usual_rows: list[dict[str, Any]]) -> st.SearchStrategy[Any]:
    """A list of rows as documented, of which some differ in one way or another; or something else in its place."""
    changes = st.one_of(
        st.just({}),
        st.fixed_dictionaries({}, optional={"start": TIMES, "end": TIMES}),
        TEXTS.map(lambda text: {name: text}),
        OTHER,
        st.just(None),
    )
    usual = st.lists(st.sampled_from([{}, {"speaker": "A"}, {name: " on"}]), min_size=1, max_size=4)
    odd = st.lists(changes, min_size=1, max_size=4)

    def made(changed: Sequence[dict[str, Any] | None]) -> list[Any]:
        rows = zip(usual_rows * 4, changed, strict=False)
        return [["a list", 0.0, 1.0] if change is None else row | change for row, change in rows]

    without = st.tuples(usual.map(made), st.sampled_from(["start", "end", name])).map(
        lambda known: [{key: value for key, value in row.items() if key != known[1]} for row in known[0]]
    )
    return st.one_of(usual.map(made), odd.map(made), without, st.sampled_from([None, [], {}, "none", [1], ["a", "b"]]))


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "text": st.sampled_from(["The beach was quiet.", "", "a\nb", None, ["The", "beach"]]),
        "duration": st.sampled_from([8.47, "8.47", 0.0, None, 12]),
        "segments": lists_of("text", SEGMENTS),
        "words": lists_of("word", WORDS),
        "start": st.just(1.0),
        "language": st.just("english"),
    },
)


def read(raw: Any) -> str:
    """All that is made of an answer, or why nothing is."""
    try:
        sent = read_body(json.dumps(raw))
        note = Transcript.of(sent, None)
        return repr((sent, shapes.canonical(raw), note.to_dict()))
    except ValueError as error:
        return repr(error)


@example({"text": "", "segments": [SEGMENTS[0] | {"speaker": 2}]})
@example({"text": "", "duration": 8.47, "words": [WORDS[0] | {"end": float("inf")}]})
@example({"text": "", "duration": 8.47, "words": [WORDS[0] | {"start": float("nan")}]})
@example({"text": "", "duration": 8.47, "words": [WORDS[0] | {"start": 2500.0, "end": 0.0}]})
@settings(max_examples=600)
@given(st.one_of(ANSWERS, st.lists(ANSWERS, min_size=1, max_size=2), ANSWERS.map(lambda answer: {"result": answer})))
def test_the_tolerant_readers_make_the_same_of_every_answer(raw: Any) -> None:
    before = copy.deepcopy(raw)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shapes, "documented", lambda *_: None)
        tolerant = read(raw)
    assert read(raw) == tolerant
    assert json.dumps(raw) == json.dumps(before)
