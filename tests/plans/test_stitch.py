"""Pieces of a recording, however it was cut, make one transcript: each word once, in order, at its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from tests.inside.audio import Grid, Piece, Span, _audio
from tests.inside.openai import Heard, alignment, carried_prompt, diarization, stitch
from tonearm.openai import Word

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
        said.heard(start, end, overlaps=hard, form="words", late=data.draw(st.floats(-0.03, 0.03)))
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


# What is joined


def piece(start: float, end: float, raw: dict[str, Any], *, overlaps: bool = False, **more: Any) -> Heard:
    return Heard(start=start, end=end, sound=more.pop("sound", (start, end)), overlaps=overlaps, raw=raw, **more)


def timed(*words: tuple[str, float]) -> list[dict[str, Any]]:
    """Words of four tenths of a second."""
    return [{"word": word, "start": start, "end": start + 0.4} for word, start in words]


def test_a_cut_within_a_sentence_keeps_its_marks() -> None:
    left = {
        "text": ' He said: "Well, I know. Do you?',
        "words": timed(("He", 5), ("said", 6), ("Well", 7), ("I", 8), ("know", 8.5), ("Do", 9), ("you", 9.5)),
        "segments": [
            {"id": 0, "start": 5, "end": 8.9, "text": ' He said: "Well, I know.', "tokens": [1]},
            {"id": 1, "start": 9, "end": 9.9, "text": " Do you?", "tokens": [2]},
        ],
    }
    right = {
        "text": '"Well, I know. Do you?" she (too) asked.',
        "words": timed(
            ("well", 0), ("I", 1), ("know", 1.5), ("Do", 2), ("you", 2.5), ("she", 3), ("too", 4), ("asked", 5)
        ),
        "segments": [
            {"id": 0, "start": 0, "end": 1.9, "text": '"Well, I know.'},
            {"id": 1, "start": 2, "end": 5.4, "text": ' Do you?" she (too) asked.'},
        ],
    }
    note = stitch([piece(0, 10, left), piece(7, 13, right, overlaps=True)], 13, words=True)
    assert note.text == 'He said: "Well, I know. Do you?" she (too) asked.'
    assert note.words is not None
    assert [word.text for word in note.words] == ["He", "said", "Well", "I", "know", "Do", "you", "she", "too", "asked"]
    assert [segment.text for segment in note.segments] == ['He said: "Well, I', "know.", 'Do you?" she (too) asked.']
    assert [(segment.start, segment.end) for segment in note.segments] == [(5, 8.4), (8.5, 8.9), (9, 12.4)]


def test_words_that_only_one_account_has_are_kept_on_their_side() -> None:
    left = {"text": "a b c", "words": timed(("a", 1), ("b", 7.5), ("c", 9))}
    right = {"text": "x y", "words": timed(("x", 0.2), ("y", 2.2))}
    note = stitch([piece(0, 10, left), piece(7, 13, right, overlaps=True)], 13, words=True)
    assert note.text == "a b y"
    assert [(one.start, one.end, one.text) for one in note.segments] == [
        (1, 1.4, "a"),
        (7.5, 7.9, "b"),
        (9.2, 9.6, "y"),
    ]


def test_words_without_segments_make_phrases_that_pauses_and_speakers_end() -> None:
    rows = timed(("Yes", 1), ("sir", 1.5), ("No", 2), ("it", 4), ("is", 4.5))
    rows = [row | {"speaker": name} for row, name in zip(rows, "AABBB", strict=True)]
    blank = [{"start": 0, "end": 5, "text": " "}]
    note = stitch([piece(0, 10, {"text": 'Yes, sir. "No"; it is.', "words": rows, "segments": blank})], 10, words=False)
    said = [(one.start, one.end, one.text, one.speaker) for one in note.segments]
    assert said == [(1, 1.9, "Yes, sir.", "A"), (2, 2.4, '"No";', "B"), (4, 4.9, "it is.", "B")]
    assert "".join(note.to_srt().split()).endswith("00:00:04,900itis.")


def test_what_a_server_gives_no_times_for_is_kept() -> None:
    said = f"They counted {' '.join(map(str, range(1900, 1940)))} and then all of us went home again by night"
    spoken = [*said.split()[:2], *said.split()[42:]]
    left = {"text": said, "words": timed(*((word, at * 0.8) for at, word in enumerate(spoken)))}
    right = {"text": "by night and slept", "words": timed(("by", 1), ("night", 1.8), ("and", 2.4), ("slept", 3))}
    note = stitch([piece(0, 10, left), piece(7, 13, right, overlaps=True)], 13, words=False)
    assert note.text == f"{said} and slept"


def test_no_time_is_before_the_beginning() -> None:
    segments = [{"start": 0.0, "end": 1.0, "text": "a", "words": timed(("a", 0))}]
    note = stitch([piece(-0.025, 10, {"text": "a", "segments": segments, "words": timed(("a", 0))})], 10, words=True)
    assert note.words is not None
    assert note.words[0].start == note.segments[0].start == note.raw["segments"][0]["words"][0]["start"] == 0


def test_a_number_that_one_account_writes_out_is_written_once() -> None:
    left = {"text": "It costs 20 now", "words": timed(("It", 1), ("costs", 6), ("twenty", 8), ("...", 8.5), ("now", 9))}
    right = {"text": "twenty now and then", "words": timed(("twenty", 1), ("now", 2), ("and", 3), ("then", 4))}
    note = stitch([piece(0, 10, left), piece(7, 13, right, overlaps=True)], 13, words=False)
    assert note.text == "It costs twenty now and then"


def test_chinese_and_japanese_have_no_space_between_pieces() -> None:
    texts = ["你好。", "再见", "Python", "はい", "ok", "fin"]
    pieces = [piece(place, place + 1, {"text": text}) for place, text in enumerate(texts)]
    assert stitch(pieces, 6, words=False).text == "你好。再见 Python はい ok fin"


def test_chinese_that_two_pieces_have_is_written_once() -> None:
    left, right = {"text": "今天天气很好我们去公园"}, {"text": "我们去公园玩吧"}
    note = stitch([piece(0, 10, left), piece(7, 13, right, overlaps=True)], 13, words=False)
    assert note.text == "今天天气很好我们去公园玩吧"
    assert [(segment.start, segment.end) for segment in note.segments] == [(0, 8.5), (8.5, 13)]


def test_accounts_with_nothing_in_common_are_both_kept() -> None:
    left, right = {"text": "one two three"}, {"text": "four five six"}
    note = stitch([piece(0, 10, left), piece(7, 13, right, overlaps=True)], 13, words=False)
    assert note.text == "one two three four five six"


def test_what_a_middle_piece_shares_with_both_sides_may_be_all_of_it() -> None:
    words = [("a", 8.0), ("b", 9.0)]
    whole = {"text": "a b", "words": timed(*words)}
    middle = {"text": "a b", "words": timed(*((word, start - 7) for word, start in words))}
    last = {"text": "b c", "words": timed(("b", 0.5), ("c", 3.0))}
    pieces = [piece(0, 10, whole), piece(7, 11, middle, overlaps=True), piece(8.5, 13, last, overlaps=True)]
    assert stitch(pieces, 13, words=False).text == "a b c"


def test_everything_is_moved_and_numbered_through() -> None:
    first = {
        "task": "transcribe",
        "language": "english",
        "text": " Hi.",
        "segments": [{"id": 0, "seek": 0, "start": 0.5, "end": 99, "text": " Hi.", "words": timed(("Hi", 0.5))}],
        "usage": {"type": "tokens", "input_tokens": 10, "details": {"audio": 9}, "cached": False},
        "logprobs": [{"token": "Hi", "logprob": -0.1, "bytes": [72, 105]}, 7],
        "languages": [{"code": "en"}],
    }
    second = {
        "language": "german",
        "text": " So.",
        "segments": [
            {"id": 0, "seek": 100, "start": 1, "end": 2, "text": " So.", "words": timed(("So", 1))},
            {"start": None, "end": 2, "text": "never"},
        ],
        "usage": {"type": "tokens", "input_tokens": 5, "details": {"audio": 4}},
        "logprobs": [{"token": " So", "logprob": -0.2, "bytes": [32]}],
        "languages": [{"code": "en"}, {"code": "de"}],
    }
    note = stitch([piece(0, 10.5, first, request_id="r1"), piece(10.5, 20, second, request_id="r2")], 20, words=False)
    assert (note.text, note.language, note.request_id) == ("Hi. So.", "english", "r1")
    assert note.raw["segments"] == [
        {"id": 0, "seek": 0, "start": 0.5, "end": 10.5, "text": " Hi.", "words": timed(("Hi", 0.5))},
        {"id": 1, "seek": 1150, "start": 11.5, "end": 12.5, "text": " So.", "words": timed(("So", 11.5))},
    ]
    assert note.raw["usage"] == {"type": "tokens", "input_tokens": 15, "details": {"audio": 13}, "cached": False}
    assert [one["token"] for one in note.raw["logprobs"]] == ["Hi", " So"]
    assert note.raw["languages"] == [{"code": "en"}, {"code": "de"}]
    assert (note.raw["task"], note.raw["duration"]) == ("transcribe", 20)


def test_log_probabilities_follow_the_text_that_is_kept() -> None:
    def said(text: str) -> dict[str, Any]:
        return {"text": text, "logprobs": [{"token": f"{word} ", "logprob": 0} for word in text.split()]}

    left, right = said("one two three four"), said("two three four five")
    note = stitch([piece(0, 10, left), piece(7, 13, right, overlaps=True)], 13, words=False)
    assert note.text == "one two three four five"
    assert "".join(one["token"] for one in note.raw["logprobs"]).split() == note.text.split()


def test_log_probabilities_of_all_that_is_said_are_all_kept() -> None:
    tokens = [" Hi", ".", "\\xe6\\x97", "\\xa5", "本", "<end>"]
    logprobs = [{"token": token, "logprob": 0} for token in tokens]
    note = stitch([piece(0, 10, {"text": "Hi. 日本", "logprobs": logprobs})], 10, words=False)
    assert [one["token"] for one in note.raw["logprobs"]] == tokens


def test_log_probabilities_of_words_with_the_space_before_them_follow_the_text() -> None:
    def said(text: str) -> dict[str, Any]:
        return {"text": text, "logprobs": [{"token": f" {word}", "logprob": 0} for word in text.split()]}

    left, right = said("one two three four"), said("two three four five.")
    note = stitch([piece(0, 10, left), piece(7, 13, right, overlaps=True)], 13, words=False)
    assert note.text == "one two three four five."
    assert "".join(one["token"] for one in note.raw["logprobs"]).split() == note.text.split()


def test_labels_become_names() -> None:
    rows = [{"id": "seg_7", "start": 0, "end": 1, "text": "Hi.", "speaker": label} for label in ("A", "x")]
    note = stitch([piece(0, 10, {"text": "Hi. Hi.", "segments": rows}, speakers={"A": "Ann"})], 10, words=False)
    assert [segment.speaker for segment in note.segments] == ["Ann", "x"]
    assert [row["id"] for row in note.raw["segments"]] == ["seg_0", "seg_1"]


def test_a_seam_is_in_order_although_two_times_of_one_word_differ() -> None:
    left = {"text": "a b", "words": timed(("a", 8.4), ("b", 8.9)), "segments": []}
    right = {"text": "b c", "words": timed(("b", 1.8), ("c", 2.5)), "segments": []}
    note = stitch([piece(0, 10, left), piece(7, 13, right, overlaps=True)], 13, words=True)
    assert note.words is not None
    assert [(word.start, word.end) for word in note.words] == [(8.4, 8.8), (8.8, 9.2), (9.5, 9.9)]


def test_a_segment_without_words_of_its_own_stays() -> None:
    raw = {
        "segments": [
            {"id": 0, "start": 0, "end": 2, "text": "[music]"},
            {"id": 1, "start": 2, "end": 4, "text": "Hi."},
            {"id": 2, "start": 5, "end": 6, "text": ""},
        ],
        "words": timed(("Hi", 2.5)),
    }
    note = stitch([piece(0, 10, raw)], 10, words=True)
    assert [segment.text for segment in note.segments] == ["[music]", "Hi.", ""]
    assert note.text == "[music] Hi."


def test_nothing_heard_is_an_empty_transcript() -> None:
    for pieces in ([], [piece(0, 5, {"text": " ", "segments": "none"})]):
        note = stitch(pieces, 5.0, words=True)
        assert (note.text, note.segments, note.words, note.usage, note.request_id) == ("", (), None, None, None)


# Where an account is cut


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("the cat sat on the mat", "on the mat it sat", "the cat sat on the mat it sat"),
        ("one two", "three four", "one two three four"),
        ("", "", ""),
        ("so. Yes, Indeed", "yes indeed now", "so. Yes, indeed now"),
        ("the road to the brid", "ad to the bridge and", "the road to the bridge and"),
        ("we met on tuesday of may", "met on thursday of may again", "we met on thursday of may again"),
        ("he sold the old green house", "the green house and left", "he sold the old green house and left"),
        ("she bought red apples today", "bought red juicy apples today then", "she bought red juicy apples today then"),
        (
            "of the old mill on the hill by",
            "and the river by the sea",
            "of the old mill on the hill by and the river by the sea",
        ),
        (
            "the mayor spoke about the new bridge over the river",
            "the second guest told us how the river was once used",
            "the mayor spoke about the new bridge over the river the second guest told us how the river was once used",
        ),
    ],
)
def test_texts_are_joined_where_the_end_of_one_is_the_beginning_of_the_next(
    left: str, right: str, expected: str
) -> None:
    mine, other = left.split(), right.split()
    kept, dropped = alignment.seam(mine, other, alignment.Weights(mine, other), 5.0) or (len(mine), 0)
    assert " ".join([*mine[:kept], *other[dropped:]]) == expected


def test_what_each_text_alone_has_is_kept_though_a_word_is_said_twice() -> None:
    mine = ["and", "when", "the", "old", "captain", "saw", "the", "lighthouse", "he", "shouted"]
    other = ["when", "the", "captain", "saw", "the", "small", "lighthouse", "he", "shouted", "loudly"]
    kept, dropped = alignment.seam(mine, other, alignment.Weights(mine, other), 5.0) or (len(mine), 0)
    joined = [*mine[:kept], *other[dropped:]]
    assert {*mine, *other} == {*joined}
    assert len(joined) < len(mine) + len(other) - 4


# What is carried over


def test_a_carried_text_is_cut_between_two_words() -> None:
    before = " ".join(f"word{number}" for number in range(200))
    carried = carried_prompt.prompt(None, before)
    assert carried is not None
    assert len(carried) <= 700
    assert before.endswith(f" {carried}")
    assert carried_prompt.prompt("Ann, Bob", "and then") == "Ann, Bob and then"
    assert carried_prompt.prompt("Ann", "") == "Ann"
    assert carried_prompt.prompt(None, "") is None
    assert carried_prompt.prompt(None, "x" * 800) == "x" * 700
    assert carried_prompt.prompt(None, "ab " + "c" * 700) == "c" * 700


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"text": "Fine."}, "Before. Fine."),
        ({"text": "Fine.", "segments": [{"compression_ratio": 2.4}, "odd"]}, "Before. Fine."),
        ({"text": "Fine.", "segments": [{"compression_ratio": 2.5}]}, ""),
        ({"text": "no, no, no, no"}, "Before. no, no, no, no"),
        ({"text": "well no no no no no"}, ""),
        ({"text": "thank you. " * 5}, ""),
        ({"segments": []}, "Before."),
    ],
)
def test_a_text_that_turns_in_circles_is_not_carried(answer: dict[str, Any], expected: str) -> None:
    assert carried_prompt.after("Before.", answer) == expected


# Who is who


def heard(*labels: str, length: float = 3.0) -> dict[str, Any]:
    rows = [{"start": 4 * at, "end": 4 * at + length, "speaker": one, "text": "x"} for at, one in enumerate(labels)]
    return {"segments": [*rows, {"start": 0, "end": 1, "text": "nobody"}, "odd"]}


def test_strangers_get_names_that_are_free() -> None:
    answers = [
        (heard("A", "B"), ()),
        (heard("speaker-1-A", "A", "Ann"), ("speaker-1-A", "Ann")),
        (heard("A", "SPEAKER_0"), ()),
    ]
    assert diarization.labels(answers, {"Ann": "data:"}) == [
        {"A": "A", "B": "B"},
        {"speaker-1-A": "A", "A": "C", "Ann": "Ann"},
        {"A": "D", "SPEAKER_0": "SPEAKER_0"},
    ]


def test_samples_are_cut_of_those_who_speak_long_enough_until_there_are_four(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cut: list[Span] = []

    def write_pieces(_: object, spans: Sequence[Span], folder: Path, *, most: int) -> Iterator[Piece]:
        cut.extend(spans)
        path = folder / "clip.wav"
        path.write_bytes(b"%d" % len(cut))
        yield Piece(spans[0], path, path.name, "audio/wav", spans[0].start, spans[0].end, most)

    monkeypatch.setattr(_audio, "write_pieces", write_pieces)
    path = tmp_path / "piece.wav"
    path.write_bytes(b"sound")
    here = Piece(Span(0, 60), path, path.name, "audio/wav", 0.0, 60.0, 5)
    voices = diarization.Voices({"Ann": "data:ann"})
    voices.listen(here, 0, heard("Ann", "B", length=2.0), ["Ann"], tmp_path / "voices")
    assert (cut, voices.samples) == ([], {"Ann": "data:ann"})
    short, long = heard("B", length=3.0)["segments"][:1], heard("B", "C", length=9.0)["segments"][:2]
    voices.listen(here, 1, {"segments": [*short, *long, {"speaker": "D", "start": "x"}]}, ["Ann"], tmp_path / "voices")
    assert cut == [Span(0.0, 6.0), Span(4.0, 10.0)]
    voices.listen(here, 2, heard("E", "F", "speaker-2-B"), ["speaker-2-B"], tmp_path / "voices")
    assert list(voices.samples) == ["Ann", "speaker-2-B", "speaker-2-C", "speaker-3-E"]
    assert voices.samples["speaker-3-E"] == "data:audio/wav;base64,Mw=="
    assert list((tmp_path / "voices").iterdir()) == []


def test_times_that_are_not_in_the_piece_make_no_sample(tmp_path: Path) -> None:
    sound = Grid(8000, 1).header(160_000) + bytes(160_000)
    path = tmp_path / "piece.wav"
    path.write_bytes(sound)
    here = Piece(Span(30, 40), path, path.name, "audio/wav", 30.0, 40.0, len(sound))
    rows = [("A", 50.0, 60.0), ("B", -5.0, 2.0), ("C", -1.0, 4.0), ("D", 6.0, 99.0)]
    voices = diarization.Voices({})
    said = [{"speaker": name, "start": start, "end": end} for name, start, end in rows]
    voices.listen(here, 0, {"segments": said}, (), tmp_path / "voices")
    assert list(voices.samples) == ["speaker-1-C", "speaker-1-D"]


def test_a_sample_that_cannot_be_cut_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "piece.mp3"
    path.write_bytes(b"no sound at all")
    here = Piece(Span(0, 60), path, path.name, "audio/mpeg", 0.0, 60.0, 15)
    voices = diarization.Voices({})
    voices.listen(here, 0, heard("A", "B"), (), tmp_path / "voices")
    assert voices.samples == {}
    assert caplog.text.count("no sample of a speaker can be cut") == 2


def test_there_are_names_for_more_speakers_than_letters() -> None:
    labels = diarization.labels([(heard("A"), ())] * 28, {})
    assert [found["A"] for found in labels[:3]] == ["A", "B", "C"]
    assert [found["A"] for found in labels[-3:]] == ["Z", "A-1", "A-2"]
