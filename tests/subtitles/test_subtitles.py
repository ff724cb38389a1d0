"""Transcripts as subtitles, judged by pysubs2."""

import html
import json
import re
import textwrap
from collections.abc import Sequence
from itertools import pairwise

import pysubs2
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth

from tonearm import InvalidInput, subtitles
from tonearm.openai import Segment, Transcript, Word
from tonearm.subtitles import Cue
from tonearm.subtitles.phrases import phrases
from tonearm.subtitles.width import cells, gap, is_narrow

LONG = (
    "The ferry leaves at seven, and whoever is late has to wait for the next one, which does not leave before noon "
    "and stops at every island on the way."
)


def transcript(*segments: Segment, words: Sequence[Word] | None = None, text: str = "") -> Transcript:
    said = text or " ".join(segment.text for segment in segments)
    return Transcript(said, None, None, segments, None if words is None else tuple(words), None, {})


def evenly(text: str, start: float, step: float) -> list[Word]:
    """The words of a text, each `step` seconds long."""
    return [Word(start + n * step, start + (n + 1) * step, word) for n, word in enumerate(text.split())]


def read(note: Transcript, form: str) -> list[tuple[int, int, str]]:
    """What pysubs2 reads from a transcript's subtitles: milliseconds and text."""
    written = note.to_srt() if form == "srt" else note.to_vtt()
    events = pysubs2.SSAFile.from_string(written, form)
    unescape = html.unescape if form == "vtt" else str
    return [(event.start, event.end, unescape(event.plaintext)) for event in events]


both = pytest.mark.parametrize("form", ["srt", "vtt"])


@both
def test_each_short_segment_is_a_cue(form: str) -> None:
    note = transcript(Segment(0.1, 1.0, "Hello."), Segment(1.5, 3661.25, "Good bye."))
    assert read(note, form) == [(100, 1000, "Hello."), (1500, 3_661_250, "Good bye.")]


def test_speakers_who_overlap_are_shown_in_turn() -> None:
    long = Segment(0.0, 12.0, " ".join(["alpha"] * 40), "A")
    note = transcript(long, Segment(2.0, 4.0, "I object.", "B"), Segment(12.0, 13.0, "Well.", "A"))
    said = [(cue.start, cue.speaker) for cue in note._cues()]
    assert said == [(0.0, "A"), (2.0, "B"), (4.2, "A"), (8.4, "A"), (12.0, "A")]
    assert all(cue.end - cue.start >= 1 for cue in note._cues())


def test_what_one_speaker_says_stays_in_order() -> None:
    note = transcript(Segment(0.0, 12.0, " ".join(["alpha"] * 40)), Segment(2.0, 4.0, "beta"))
    assert note.to_lrc().count("alpha") == 40
    assert note.to_lrc().endswith("]beta\n")


def test_words_of_chinese_and_japanese_have_no_space_between_them() -> None:
    words = [Word(at * 0.3, at * 0.3 + 0.3, one) for at, one in enumerate(["今天", "天气", "OK", "go", "好"])]
    assert transcript(words=words, text="今天天气 OK go 好").to_lrc() == "[00:00.00]今天天气 OK go 好\n"


@pytest.mark.parametrize("text", ["a --> b", "a ---> b", "a ----->> b", "a -->--> b"])
def test_no_text_looks_like_a_time(text: str) -> None:
    written = transcript(Segment(0.0, 2.0, text)).to_srt()
    assert written.count("-->") == 1
    assert Transcript.from_subtitles(written).segments[0].text.startswith("a -> ".strip())


def test_the_formats_are_written_exactly() -> None:
    note = transcript(Segment(0.1, 1.0, "Hello."), Segment(4500.5, 4501.999, "Good bye."))
    assert note.to_srt() == (
        "1\n00:00:00,100 --> 00:00:01,000\nHello.\n\n2\n01:15:00,500 --> 01:15:01,999\nGood bye.\n\n"
    )
    assert note.to_vtt() == (
        "WEBVTT\n\n00:00:00.100 --> 00:00:01.000\nHello.\n\n01:15:00.500 --> 01:15:01.999\nGood bye.\n\n"
    )
    assert note.to_lrc() == "[00:00.10]Hello.\n[75:00.50]Good bye.\n"
    assert note.to_txt() == "Hello. Good bye.\n"


@pytest.mark.parametrize(
    ("seconds", "srt", "lrc"),
    [
        (59.9996, "00:01:00,000", "[01:00.00]"),
        (59.994, "00:00:59,994", "[00:59.99]"),
        (59.995, "00:00:59,995", "[01:00.00]"),
        (3599.9999, "01:00:00,000", "[60:00.00]"),
        (-0.3, "00:00:00,000", "[00:00.00]"),
        (360_000.0, "100:00:00,000", "[6000:00.00]"),
    ],
)
def test_times_are_rounded_into_the_next_minute(seconds: float, srt: str, lrc: str) -> None:
    note = transcript(Segment(seconds, seconds + 2, "x"))
    assert note.to_srt().startswith(f"1\n{srt} --> ")
    assert note.to_lrc().startswith(lrc)


@both
def test_a_long_segment_becomes_cues_of_two_lines(form: str) -> None:
    cues = read(transcript(Segment(10, 20, LONG)), form)
    assert [text.split("\n") for _, _, text in cues] == [
        ["The ferry leaves at seven, and whoever is", "late has to wait for the next one, which"],
        ["does not leave before noon and stops at", "every island on the way."],
    ]
    assert cues[0][0] == 10_000
    assert cues[0][1] == cues[1][0] == pytest.approx(15_600, abs=100)
    assert cues[1][1] == 20_000


def test_a_long_segment_is_cut_where_its_words_are_said() -> None:
    words = [*evenly("Before.", 0, 1), *evenly(LONG, 10, 0.5), *evenly("After.", 60, 1)]
    note = transcript(Segment(0, 1, "Before."), Segment(9, 30, LONG), Segment(60, 61, "After."), words=words)
    found = read(note, "srt")
    assert [(start, end) for start, end, _ in found] == [
        (0, 1000),
        (10_000, 10_000 + 17 * 500),
        (10_000 + 17 * 500, 10_000 + 30 * 500),
        (60_000, 61_000),
    ]


def test_words_that_do_not_fit_the_segment_are_not_used_for_its_times() -> None:
    note = transcript(Segment(10, 20, LONG), words=evenly("The ferry leaves", 10, 0.1))
    assert read(note, "srt") == read(transcript(Segment(10, 20, LONG)), "srt")


def test_without_segments_the_words_make_the_cues_and_a_pause_ends_one() -> None:
    words = [*evenly("the ferry leaves at seven", 1, 0.5), *evenly("it stops", 4.5, 0.25), *evenly("often", 5.999, 1)]
    assert read(transcript(words=words, text="x"), "srt") == [
        (1000, 3500, "the ferry leaves at seven"),
        (4500, 6999, "it stops often"),
    ]


def test_blank_words_are_no_cue() -> None:
    assert transcript(words=[Word(0, 1, " ")], text="x").to_srt() == ""
    assert transcript(Segment(0, 1, " "), Segment(1, 2, "x")).to_srt() == "1\n00:00:01,000 --> 00:00:02,000\nx\n\n"


def test_text_without_times_cannot_be_subtitles_and_silence_can() -> None:
    for write in (Transcript.to_srt, Transcript.to_vtt, Transcript.to_lrc):
        with pytest.raises(InvalidInput, match="no times"):
            write(transcript(text="Hello."))
    silence = transcript()
    assert (silence.to_srt(), silence.to_vtt(), silence.to_lrc(), silence.to_txt()) == ("", "WEBVTT\n\n", "", "\n")


def test_cues_are_in_order_and_do_not_overlap() -> None:
    note = transcript(
        Segment(5, 6, "c"), Segment(0, 9, "a"), Segment(2, 1, "b"), Segment(6, 6, "d"), Segment(6, 6, "e")
    )
    assert read(note, "srt") == [
        (0, 2000, "a"),
        (2000, 2059, "b"),
        (5000, 6000, "c"),
        (6000, 6118, "d\ne"),
    ]


@both
@pytest.mark.parametrize(
    "text",
    [
        "Fish & chips <b>now</b>",
        "a &amp; b &lt;i&gt;",
        "2",
        "1 < 2 > 0",
        "- Who? - me",
        "WEBVTT",
        "NOTE this",
        "Grüße, 世界 🎵",
    ],
)
def test_odd_text_survives(text: str, form: str) -> None:
    note = transcript(Segment(0, 1, text), Segment(1, 2, "next"))
    found = read(note, form)
    if form == "srt":  # SubRip has no escapes: readers take what looks like a tag for one
        assert f"\n{text}\n" in note.to_srt()
        text = text.replace("<b>", "").replace("</b>", "")
    assert found == [(0, 1000, text), (1000, 2000, "next")]


def test_text_cannot_end_its_cue_or_begin_another() -> None:
    evil = "a\n\n2\n00:00:05,000 --> 00:00:06,000\n00:00:05.000 --> 00:00:06.000\nb"
    note = transcript(Segment(0, 1, evil))
    for written in (note.to_srt(), note.to_vtt().removeprefix("WEBVTT\n\n")):
        blocks = written.removesuffix("\n\n").split("\n\n")
        assert [block.count("-->") for block in blocks] == [1] * len(subtitles.cues("", note.segments, ()))


def test_text_without_spaces_is_cut_to_lines() -> None:
    text = "世" * 100
    found = read(transcript(Segment(0, 10, text)), "srt")
    assert [said for _, _, said in found] == ["\n".join(["世" * 21] * 2)] * 2 + ["世" * 16]
    assert found[0][1] == found[1][0] == 4200


@both
def test_a_cue_stays_until_it_can_be_read_if_the_next_one_lets_it(form: str) -> None:
    note = transcript(Segment(0, 0.1, "x" * 34), Segment(5, 5.1, "y" * 34), Segment(6, 6.1, "z" * 34))
    assert [(start, end) for start, end, _ in read(note, form)] == [(0, 2000), (5000, 6000), (6000, 8000)]


# Speakers


TALK = (
    Segment(0, 1, "Hello.", "Ida"),
    Segment(1, 2, "Good evening.", "Ida"),
    Segment(2, 3, "Hi.", "Åse  <&>\nB"),
    Segment(3, 4, "(music)"),
    Segment(4, 5, "Bye.", "Ida"),
)


def test_a_new_speaker_is_named_before_the_text() -> None:
    note = transcript(*TALK)
    said = ["Ida: Hello.", "Good evening.", "Åse <&> B: Hi.", "(music)", "Ida: Bye."]
    assert [line for _, _, line in read(note, "srt")] == said
    assert [line.partition("]")[2] for line in note.to_lrc().splitlines()] == said


def test_webvtt_has_a_place_for_speakers() -> None:
    written = transcript(*TALK).to_vtt()
    assert "\n<v Ida>Hello.\n" in written
    assert "\n<v Ida>Good evening.\n" in written
    assert "\n<v Åse &lt;&amp;&gt; B>Hi.\n" in written
    assert "\n(music)\n" in written
    assert [cue.speaker for cue in subtitles.read(written)] == ["Ida", "Ida", "Åse <&> B", None, "Ida"]


def test_words_of_another_speaker_are_another_cue() -> None:
    words = [Word(0, 1, "Hello."), Word(1, 2, "Hi.", "A"), Word(2, 3, "Hey.", "A"), Word(3, 4, "Ho.", "B")]
    assert [line for _, _, line in read(transcript(words=words, text="x"), "srt")] == [
        "Hello.",
        "A: Hi. Hey.",
        "B: Ho.",
    ]


def test_a_transcript_is_written_as_json_without_what_is_not_known() -> None:
    note = transcript(Segment(0, 1, "Hé", "A"), Segment(1, 2, "x", coarse=True), words=[Word(0, 1, "Hé")])
    assert json.loads(note.to_json()) == {
        "text": "Hé x",
        "segments": [
            {"start": 0, "end": 1, "text": "Hé", "speaker": "A"},
            {"start": 1, "end": 2, "text": "x", "coarse": True},
        ],
        "words": [{"start": 0, "end": 1, "text": "Hé"}],
    }
    assert "Hé" in note.to_json()
    assert note.to_json().endswith("}\n")
    known = Transcript("", "english", 2.5, (), None, None, {})
    assert json.loads(known.to_json()) == {"text": "", "language": "english", "duration": 2.5, "segments": []}


times = st.floats(-10, 1e6, allow_nan=False)
spoken = st.builds(Segment, times, times, st.text(max_size=300))


@given(st.lists(spoken, max_size=8), st.lists(st.builds(Word, times, times, st.text(max_size=20)), max_size=20))
def test_whatever_comes_lines_fit_times_rise_and_no_character_is_lost(
    segments: list[Segment], words: list[Word]
) -> None:
    found: list[Cue] = subtitles.cues("", segments, words)
    assert all(cue.start < cue.end for cue in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(1 <= len(cue.lines) <= 2 and all(line and cells(line) <= 42 for line in cue.lines) for cue in found)
    source: Sequence[subtitles.Timed] = [s for s in segments if s.text.strip()] or words
    ordered = sorted(source, key=lambda timed: timed.start)
    assert re.sub(r"\s", "", "".join(line for cue in found for line in cue.lines)) == re.sub(
        r"\s", "", "".join(timed.text for timed in ordered)
    )


@given(st.lists(spoken, max_size=8), st.floats(0, 1e6))
def test_cues_that_may_overlap_have_the_times_at_which_they_are_said(segments: list[Segment], duration: float) -> None:
    found = subtitles.cues("", segments, [], overlap=True, duration=duration)
    assert all(cue.start < cue.end for cue in found)
    assert all(a.start <= b.start for a, b in pairwise(found))
    assert all(cue.start >= round(duration, 3) or cue.end <= round(duration, 3) for cue in found)
    assert subtitles.read(subtitles.vtt(found)) == found


# Scripts


CHINESE = (
    "今天我们要讨论一个非常重要的问题，就是如何在没有网络连接的情况下，把很长的录音自动转换成字幕，"
    "并且保证每一行都不会太长，观众能够舒服地读完。"
)
JAPANESE = (
    "今日は、とても良い天気ですね。「東京タワー」へ行って、それからコーヒーをゆっくり飲みましょう！楽しみですね。"
)
THAI = "วันนี้อากาศดีมากเราจะไปเที่ยวทะเลด้วยกันแล้วกินอาหารทะเลสดๆ ที่ตลาดใกล้ท่าเรือ"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            CHINESE,
            [
                "今天我们要讨论一个非常重要的问题，",
                "就是如何在没有网络连接的情况下，",
                "把很长的录音自动转换成字幕，",
                "并且保证每一行都不会太长，",
                "观众能够舒服地读完。",
            ],
        ),
        (
            JAPANESE,
            [
                "今日は、とても良い天気ですね。",
                "「東京タワー」へ行って、",
                "それからコーヒーをゆっくり飲みましょう！",
                "楽しみですね。",
            ],
        ),
        (THAI, ["วันนี้อากาศดีมากเราจะไปเที่ยวทะเลด้วยกันแล้วกินอาหาร", "ทะเลสดๆ ที่ตลาดใกล้ท่าเรือ"]),
    ],
)
def test_lines_end_with_marks_and_words_in_scripts_without_spaces(text: str, lines: list[str]) -> None:
    found = subtitles.cues("", [Segment(0, 20, text)], [])
    assert [line for cue in found for line in cue.lines] == lines


@pytest.mark.parametrize("overlap", [False, True])
@pytest.mark.parametrize(
    ("text", "shown"), [("Seventeen letters", 1.0), ("并且保证每一行", 0.824), ("e\u0301" * 17, 1.0)]
)
def test_a_cue_stays_until_its_cells_can_be_read(text: str, shown: float, overlap: bool) -> None:
    (cue,) = subtitles.cues("", [Segment(0, 0.1, text)], [], overlap=overlap)
    assert (cue.start, cue.end) == (0, shown)


@pytest.mark.parametrize(
    "text", ["👨‍👩‍👧" * 60, "é" * 100, "ກຳລັງ" * 20, "ငါတို့" * 20, "「" * 60, "ー" * 60, "«世界»" * 30]
)
def test_no_character_is_cut_and_each_line_fits(text: str) -> None:
    lines = [line for cue in subtitles.cues("", [Segment(0, 20, text)], []) for line in cue.lines]
    assert all(cells(line) <= 42 for line in lines)
    assert [one for line in lines for one in iter_graphemes(line)] == list(iter_graphemes(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CHINESE, [CHINESE[place : place + 2] for place in range(0, len(CHINESE), 2)]),
        (JAPANESE, list(JAPANESE)),
        (THAI, [THAI[place : place + 5] for place in range(0, len(THAI), 5)]),
        ("The ferry -- number 7 -- leaves at seven. " * 3, ("the ferry number 7 leaves at seven " * 3).split()),
    ],
)
def test_times_of_words_are_used_in_every_script(text: str, words: list[str]) -> None:
    half = len(words) // 2
    starts = [number * 0.1 + (50 if number >= half else 0) for number in range(len(words))]
    said = [Word(start, start + 0.1, word) for start, word in zip(starts, words, strict=True)]
    parts = on_the_page(text, said)
    spoken = [part for part in parts if part[2].strip("-")]
    assert {start for start, _, _ in spoken if start > half * 100} >= {round(starts[half] * 1000)}
    assert not any(half * 100 < start < 50_000 for start, _, _ in parts)
    assert round(said[-1].start * 1000) <= parts[-1][1] <= round(said[-1].end * 1000)


def on_the_page(text: str, words: Sequence[Word]) -> list[tuple[int, int, str]]:
    """The parts of a text that a page shows, with their times in milliseconds."""
    page = subtitles.page("", text, [Segment(0, 100, text)], words)
    found = re.findall(r'<span class="w" data-s="(\d+)" data-e="(\d+)">(.*?)</span>', page)
    return [(int(start), int(end), html.unescape(part)) for start, end, part in found]


letters = st.text("abcdefghijklmnopqrstuvwxyzäßéığŵЖщΩἀ0123", min_size=1, max_size=20)
marks = st.text(".,!?-'&<\u201d\u2019\u2026", max_size=3)


@given(st.lists(st.tuples(letters, marks), min_size=1, max_size=60), st.booleans())
def test_words_keep_their_times_with_marks_and_without_and_lines_are_full(
    words: list[tuple[str, str]], marked: bool
) -> None:
    texts = [word + mark for word, mark in words]
    said = [
        Word(place / 8, place / 8 + 0.1, whole if marked else word)
        for place, ((word, _), whole) in enumerate(zip(words, texts, strict=True))
    ]
    whole = " ".join(texts)
    assert on_the_page(whole, said) == [
        (round(word.start * 1000), round(word.end * 1000), text) for word, text in zip(said, texts, strict=True)
    ]
    lines = textwrap.wrap(whole, 42, break_long_words=False, break_on_hyphens=False)
    shown = subtitles.cues("", [Segment(0, 100, whole)], said, overlap=True)
    assert [line for cue in shown for line in cue.lines] == lines
    taken = 0
    for cue in shown:
        assert cue.start == round(said[taken].start * 1000) / 1000
        taken += len(" ".join(cue.lines).split(" "))


def test_a_text_is_narrow_whose_characters_fill_one_cell_each_and_never_join() -> None:
    narrow = [chr(number) for number in range(0x3100) if is_narrow(chr(number))]
    assert {*"aZ~ äßЯΩἀ\u2014\u201c\u2026€"} <= {*narrow}
    assert not {*"\t\x7f\x85\u0301\u0e01\u1000\u200b\u200d、あ"} & {*narrow}
    assert [wcswidth(one) for one in narrow] == [1] * len(narrow)
    pairs = "".join(one + "a" + one + one for one in narrow)
    assert list(iter_graphemes(pairs)) == list(pairs)
    assert {gap(one, one) for one in narrow} == {" "}
    assert {len(phrases(one + "a" + one)) for one in narrow} == {1}
    assert not is_narrow("".join(narrow) + "\u0301")


# Cues that begin together, or overlap


def test_what_begins_together_is_one_cue_of_subrip() -> None:
    note = transcript(Segment(1, 5, "Guten Abend"), Segment(1, 5, "Good evening"), Segment(5, 9, "Gute Nacht"))
    assert read(note, "srt") == [(1000, 5000, "Guten Abend\nGood evening"), (5000, 9000, "Gute Nacht")]
    assert read(note, "vtt") == [(1000, 5000, "Guten Abend"), (1000, 5000, "Good evening"), (5000, 9000, "Gute Nacht")]
    assert note.to_lrc() == "[00:01.00]Guten Abend\n[00:01.00]Good evening\n[00:05.00]Gute Nacht\n"


def test_what_begins_together_and_has_too_many_lines_shares_the_time() -> None:
    note = transcript(Segment(1, 5, LONG[:80]), Segment(1, 5, LONG[:40]), Segment(5, 9, "Gute Nacht"))
    assert [(start, end) for start, end, _ in read(note, "srt")] == [(1000, 3655), (3655, 5000), (5000, 9000)]


def test_speakers_of_one_moment_are_named_in_one_cue() -> None:
    note = transcript(Segment(1, 5, "Yes.", "Ida"), Segment(1, 5, "No.", "Åse"))
    assert read(note, "srt") == [(1000, 5000, "Ida: Yes.\nÅse: No.")]
    assert [cue.speaker for cue in note._cues()] == ["Ida", "Åse"]
    assert note.to_vtt().count("00:00:01.000 --> 00:00:05.000") == 2


def test_webvtt_overlaps_where_speech_does_and_not_by_inexact_times() -> None:
    note = transcript(Segment(0, 5.1, "One.", "A"), Segment(5, 9, "Two.", "B"), Segment(7, 8, "Three.", "A"))
    assert [(start, end) for start, end, _ in read(note, "vtt")] == [(0, 5000), (5000, 9000), (7000, 8000)]


@both
def test_a_cue_ends_before_the_recording_does(form: str) -> None:
    note = evolve(transcript(Segment(0, 1, "x" * 40), Segment(2, 2.5, "y" * 40)), duration=3.0)
    assert [(start, end) for start, end, _ in read(note, form)] == [(0, 2000), (2000, 3000)]
