"""Subtitles that others wrote are read as pysubs2 reads them, and what we write is read back as it was."""

import sys
from typing import Any

import pysubs2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tonearm import ConfigurationError, InvalidInput, subtitles
from tonearm.openai import Segment, Transcript
from tonearm.subtitles import Cue, read

SRT = """1
00:00:01,000 --> 00:00:02,500
Hello.

2
00:01:00,000 --> 00:01:02,000
Two
lines.
"""
VTT = """WEBVTT - a title
Kind: captions

STYLE
::cue { color: red }

NOTE two lines
of a note --> and an arrow

intro
00:01.000 --> 00:02.500 align:start position:10%
<v.loud Ida>Hello <b>you</b> &amp; me</v>

00:01:00.000 --> 00:01:02.000
<c.yellow>Two</c>
<00:01:01.000>lines.
"""
LRC = """[ti:A song]
[offset:500]

[00:01.50]One
[00:03.5][00:10:25]<00:03.5>Two <00:04.0>words
[00:05.00]
"""


def judged(text: str, form: str) -> list[tuple[int, int, str]]:
    """What pysubs2 reads; it takes ends of lines as Python's files give them."""
    events = pysubs2.SSAFile.from_string(text.replace("\r\n", "\n"), form)
    return [(event.start, event.end, event.plaintext) for event in events]


def found(text: str, form: Any = None) -> list[tuple[int, int, str]]:
    """What we read, in milliseconds as pysubs2 counts."""
    return [(round(cue.start * 1000), round(cue.end * 1000), "\n".join(cue.lines)) for cue in read(text, form)]


def test_webvtt_is_read_with_its_speakers_and_without_its_marks() -> None:
    assert read(VTT) == [
        Cue(1.0, 2.5, ("Hello you & me",), "Ida"),
        Cue(60.0, 62.0, ("Two", "lines."), None),
    ]


def test_lyrics_last_until_the_next_line() -> None:
    assert read(LRC) == [
        Cue(1.0, 3.0, ("One",)),
        Cue(3.0, 4.5, ("Two words",)),
        Cue(9.75, 10.279, ("Two words",)),
    ]
    assert read("[00:01.00]One\ngoes on\n[00:02.00]Two")[0] == Cue(1.0, 2.0, ("One", "goes on"))


SRTS = {
    "plain": SRT,
    "with the ends of lines of Windows": SRT.replace("\n", "\r\n"),
    "without numbers": SRT.replace("1\n00:00", "00:00").replace("\n2\n", "\n"),
    "with dots": SRT.replace(",", "."),
    "without an end": SRT.rstrip(),
    "with styles": SRT.replace("Hello.", '{\\an8}<i>Hel</i><font color="red">lo.</font>'),
    "with blank lines": SRT.replace("\n\n", "\n\n\n"),
    "with places": SRT.replace("02,500", "02,500  X1:100 X2:200"),
}


@pytest.mark.parametrize("name", SRTS)
def test_subrip_is_read_as_pysubs2_reads_it(name: str) -> None:
    expected = [(1000, 2500, "Hello."), (60_000, 62_000, "Two\nlines.")]
    assert found(SRTS[name]) == expected
    assert judged(SRTS[name], "srt") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeff" + SRT, [(1000, 2500, "Hello."), (60_000, 62_000, "Two\nlines.")]),
        (SRT.replace("\n", "\r"), [(1000, 2500, "Hello."), (60_000, 62_000, "Two\nlines.")]),
        ("00:05 --> 00:04\nx", [(5000, 5000, "x")]),
        ("1\n00:00:01,5 --> 00:00:01,9999\nx\n\n", [(1500, 2000, "x")]),
        ("1\n00:00:01,0 --> 00:00:02,0\n\n\n2\n00:00:03,0 --> 00:00:04,0\n7\n", [(1000, 2000, ""), (3000, 4000, "7")]),
        ("1\n00:00:01,0 --> 00:00:02,0\na --> b\n", [(1000, 2000, "a --> b")]),
        ("1\n00:00:01,0 --> 00:00:02,0\nStep 1 --> 2 done\n", [(1000, 2000, "Step 1 --> 2 done")]),
        ("1\n00:00:01,0 --> 00:00:02,0\n5 < 7 > 3 <3\n", [(1000, 2000, "5 < 7 > 3 <3")]),
        ("WEBVTT", []),
        ("WEBVTT\n\n", []),
        ("1\n00:00:01,000 --> 00:00:xx\nHello.", [(1000, 1353, "Hello.")]),
        ("7\n5 --> 6 apples\n00:00:01,000 --> 00:00:02,000\n8 --> 9\n\n5 --> 6\n", [(1000, 2000, "8 --> 9\n5 --> 6")]),
        ("WEBVTT\n00:01.000 --> 00:02.000\nfirst", [(1000, 2000, "first")]),
        ("WEBVTT\n\nHello.\nthere\n00:01.000 --> 00:02.000", [(1000, 2000, "")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000", [(1000, 2000, "")]),
        ("WEBVTT\n\n100:00:01.000 --> 100:00:02.000\n5 < 7 &lt; 8", [(360_001_000, 360_002_000, "5 < 7 < 8")]),
        ("[00:01]x", [(1000, 1059, "x")]),
        ("[00:02.00]b\n[00:01.00]a", [(1000, 2000, "a"), (2000, 2059, "b")]),
        ("[offset:+9000]\n[00:01.00]a\n[00:02.00]b", [(0, 0, "a"), (0, 59, "b")]),
        ("", []),
        (" \n", []),
    ],
)
def test_files_of_others_are_read_as_they_come(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "form", "words"),
    [
        ("Hello.", None, "neither SubRip nor WebVTT nor LRC"),
        ("Hello.", "srt", "no SRT file"),
        ("Hello.", "lrc", "no LRC file"),
        (SRT, "vtt", "does not begin with WEBVTT"),
        ("", "vtt", "does not begin with WEBVTT"),
        (SRT, "doc", "got 'doc'"),
        ("1\n00:00:xx --> 00:00:xx\nHello.", None, "line 2 of the subtitles has a time that cannot be read"),
        ("1\n9999999:00:01 --> 00:02\nx", None, "cannot be read"),
        ("WEBVTT\n\n00:01.000 --> soon\nx", None, "it has no times that can be read"),
        ("<tt xmlns='http://www.w3.org/ns/ttml'><body>", None, "no TTML file that can be read"),
        (
            "<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='1f' end='2f'>x</p></div></body></tt>",
            None,
            "no TTML file",
        ),
        ("[offset:soon]\n[00:01.00]x", None, "the offset of the lyrics cannot be read: 'soon'"),
        (SRT.encode(), None, "text must be text"),
        ("\ud83d", None, "UTF-8 can encode"),
    ],
)
def test_what_makes_no_sense_is_refused(text: Any, form: Any, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read(text, form)


@given(
    st.text(st.sampled_from('0123456789:,.-> \n\r[]<>&;vWEBT{}\\/abc"\ufeff\x00٣')),
    st.sampled_from([None, "srt", "vtt", "lrc", "sbv"]),
)
@example("[" * 10_000, None)
@example("1:" * 10_000 + " --> ", "srt")
@example("WEBVTT\n\n0:1-->0:2\n" + "<v " * 10_000, None)
def test_whatever_comes_is_read_or_refused(text: str, form: Any) -> None:
    try:
        cues = read(text, form)
    except InvalidInput:
        return
    assert all(0 <= cue.start <= cue.end for cue in cues)


@pytest.mark.parametrize(
    "text", ["a:" + "!" * 50_000 + "x y", "<b" + " " * 50_000, "<" + " " * 50_000, "0" + " " * 50_000]
)
def test_a_long_line_takes_no_long_time(text: str) -> None:
    assert len(read(f"1\n00:00:01,000 --> 00:00:02,000 {text}\n{text}\n")) == 1


def test_formats_of_pysubs2_need_their_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysubs2", None)
    with pytest.raises(ConfigurationError, match=r"tonearm\[subtitles\]"):
        read("[Script Info]\n")


def test_the_log_says_what_was_left_out(caplog: pytest.LogCaptureFixture) -> None:
    read("WEBVTT\n\n00:01.000 --> soon\nx\n\nlate words\n\n00:01.000 --> 00:02.000\nx")
    read("1\n00:00:01,000 --> 00:00:xx\nHello.")
    told = [
        "line 3 of the subtitles has a time",
        "line 6 of the subtitles belongs to no time",
        "line 2 of the subtitles",
    ]
    assert [record.message.startswith(start) for record, start in zip(caplog.records, told, strict=True)] == [True] * 3


def test_times_are_rounded_to_milliseconds_where_they_are_written() -> None:
    cues = [Cue(1.0004, 2.9996, ("One",)), Cue(3.0006, 3661.0014, ("Two",))]
    assert subtitles.srt(cues).split("\n")[1::4] == [
        "00:00:01,000 --> 00:00:03,000",
        "00:00:03,001 --> 01:01:01,001",
    ]
    assert subtitles.vtt(cues).split("\n")[2:-1:3] == [
        "00:00:01.000 --> 00:00:03.000",
        "00:00:03.001 --> 01:01:01.001",
    ]
    assert subtitles.lrc([Cue(1.0046, 2.0, ("One",)), Cue(59.9949, 60.0, ("Two",))]) == "[00:01.01]One\n[01:00.00]Two\n"


# There and back


plain = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<>{}[]&"), max_size=120)
spoken = st.builds(
    Segment,
    st.floats(0, 1e5),
    st.floats(0, 1e5),
    plain.filter(lambda text: not text.strip().isdecimal()),
    st.none() | plain,
)


@given(st.lists(spoken, max_size=6))
def test_webvtt_is_read_back_as_it_was(segments: list[Segment]) -> None:
    cues = subtitles.cues("", segments, ())
    assert read(subtitles.vtt(cues), "vtt") == cues


@given(st.lists(st.builds(Segment, st.floats(0, 1e5), st.floats(0, 1e5), st.text(max_size=120)), max_size=6))
def test_webvtt_carries_every_character(segments: list[Segment]) -> None:
    cues = subtitles.cues("", segments, ())
    assert read(subtitles.vtt(cues), "vtt") == cues


@given(st.lists(spoken, max_size=6))
def test_subrip_is_read_back_as_it_was(segments: list[Segment]) -> None:
    cues = [cue for cue in subtitles.cues("", segments, ()) if not cue.lines[-1].isdecimal() and "-->" not in str(cue)]
    assert read(subtitles.srt(cues), "srt") == [Cue(cue.start, cue.end, cue.lines) for cue in cues]


@given(st.lists(spoken, max_size=6))
def test_lyrics_are_read_back_to_the_hundredth(segments: list[Segment]) -> None:
    cues = subtitles.cues("", segments, ())
    back = sorted((round(cue.start * 1000) + 5) // 10 / 100 for cue in cues)
    assert [cue.start for cue in read(subtitles.lrc(cues), "lrc" if cues else None)] == back


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("今天天气\n很好", "今天天气很好"),
        ("他说：\n“你好”", "他说：“你好”"),
        ("“你好”\n他说", "“你好”他说"),
        ("東京\nタワー", "東京タワー"),
        ("OK go\n好", "OK go 好"),
        ("안녕\n하세요", "안녕 하세요"),
        ("‘Yes’\n“No”", "‘Yes’ “No”"),
    ],
)
def test_lines_of_a_cue_are_joined_as_their_script_is_written(lines: str, text: str) -> None:
    cue = f"00:00:01,000 --> 00:00:02,000\n{lines}\n\n"
    assert Transcript.from_subtitles(cue).text == text


def test_a_transcript_is_made_of_subtitles() -> None:
    note = Transcript.from_subtitles(VTT)
    assert note.segments == (Segment(1.0, 2.5, "Hello you & me", "Ida"), Segment(60.0, 62.0, "Two lines."))
    assert (note.text, note.words, note.raw) == ("Hello you & me Two lines.", None, {})
    assert Transcript.from_subtitles(note.to_vtt()) == note
    assert Transcript.from_subtitles(SRT, "srt").to_srt().startswith("1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n")
    with pytest.raises(InvalidInput):
        Transcript.from_subtitles(SRT, "vtt")


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("<v A>Hi.</v>\n<v B>Oh no!</v>", [(1.0, 1.727, ("Hi.",), "A"), (1.727, 3.0, ("Oh no!",), "B")]),
        ("- <v A>Hi.</v> <v B>Oh.</v>", [(1.0, 2.2, ("- Hi.",), "A"), (2.2, 3.0, ("Oh.",), "B")]),
        ("<v A>Hi.</v>\n<v A>You.</v>", [(1.0, 3.0, ("Hi.", "You."), "A")]),
        ("<v A></v><v B>", [(1.0, 2.0, (), "A"), (2.0, 3.0, (), "B")]),
        ("<v >Hi.", [(1.0, 3.0, ("Hi.",), None)]),
    ],
)
def test_each_voice_of_a_cue_has_what_it_says(text: str, cues: list[Any]) -> None:
    found = subtitles.read(f"WEBVTT\n\n00:01.000 --> 00:03.000\n{text}\n")
    assert [(cue.start, cue.end, cue.lines, cue.speaker) for cue in found] == cues
