"""Text cut into pieces that are spoken one by one."""

import re
from functools import partial
from itertools import pairwise

import pytest
import sentencex
from hypothesis import example, given
from hypothesis import strategies as st

from tests.inside.openai import pieces, script, speakable, stretches

english = partial(sentencex.segment, "en")

# Few characters, so that every kind of border comes up often; then any characters at all.
marks = st.sampled_from(
    "ab. ,!?\n\r\t\u0301\u200d\u00a0\u3002\u3001\u6771\u094d\u0915\U0001f469\U0001f3fd\U0001f1e9\"'(\ufe0f"
)
texts = st.text(marks, max_size=200) | st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


def cut(text: str, longest: int) -> list[str]:
    return list(pieces(text, longest, english))


def bare(text: str) -> str:
    return "".join(text.split())


@given(texts, st.integers(1, 40))
@example("\u0301" * 50, 5)
@example("a\r\n\r\nb", 2)
def test_pieces_give_the_text_back_and_are_no_longer_than_asked(text: str, longest: int) -> None:
    found = cut(text, longest)
    assert bare("".join(found)) == bare(text)
    assert all(1 <= len(piece) <= longest for piece in found) or found == [""]
    assert all(piece == piece.strip() for piece in found)


@given(st.text(st.sampled_from("ab. ,\u0301\u0308\u200d"), max_size=80), st.integers(2, 12))
@example("a" + "\u0301" * 20, 5)
def test_no_mark_is_parted_from_its_character(text: str, longest: int) -> None:
    text = text.strip()
    found, place = cut(text, longest), 0
    for piece, following in pairwise(found):
        place = text.index(following, place + len(piece))
        parted = following[0] in "\u0301\u0308\u200d" or text[place - 1] == "\u200d"
        blank = text[place - 1].isspace()  # white space is not spoken, whatever is on top of it
        endless = len(piece) == longest and not any(
            one in "ab. ," and before != "\u200d" for before, one in pairwise(piece)
        )
        assert not parted or blank or endless


FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("text", "longest", "found"),
    [
        ("", 5, [""]),
        ("  short\n", 5, ["short"]),
        ("  short\n", 10, ["short"]),
        ("One. Two.\n\nThree. Four.", 18, ["One. Two.", "Three. Four."]),
        ("One. Two.\r\n\r\nThree. Four.", 20, ["One. Two.", "Three. Four."]),
        ("One. Two.\n \t\nThree. Four.", 18, ["One. Two.", "Three. Four."]),
        ("A.\n\nFar behind the half. And more.", 25, ["A.\n\nFar behind the half.", "And more."]),
        ("Dr. Smith came. He sat.", 20, ["Dr. Smith came.", "He sat."]),
        ("He saw Dr. Smith, and Dr. Jones.", 20, ["He saw Dr. Smith,", "and Dr. Jones."]),
        ("It is $3.50! Really? Yes.", 20, ["It is $3.50! Really?", "Yes."]),
        ("one two, three four five", 16, ["one two, three", "four five"]),
        ("one two three, four five", 16, ["one two three,", "four five"]),
        ("first line\nsecond line", 15, ["first line", "second line"]),
        ("one two three", 8, ["one two", "three"]),
        ("one two three", 7, ["one two", "three"]),
        ("one two\u00a0three", 8, ["one", "two\u00a0three"[:8], "e"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("東京タワー。ここから見える。", 8, ["東京タワー。", "ここから見える。"]),
        ("東京タワ、ここから見える", 7, ["東京タワ、", "ここから見える"]),
        ("กำ\u200bกำ\u200bกำ", 5, ["กำ\u200b", "กำ\u200bกำ"]),
        ("\u0e01\u0e33\u0e01\u0e33", 3, ["\u0e01\u0e33", "\u0e01\u0e33"]),
        ("abce\u0301fg", 4, ["abc", "e\u0301fg"]),
        ("abc\u0915\u094d\u0937x", 5, ["abc", "\u0915\u094d\u0937x"]),
        ("ab" + FAMILY + "c", 6, ["ab", FAMILY + "c"]),
        ("ab\U0001f44b\U0001f3fdc", 3, ["ab", "\U0001f44b\U0001f3fdc"]),
        ("a\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7", 4, ["a\U0001f1e9\U0001f1ea", "\U0001f1eb\U0001f1f7"]),
        ("\u1112\u1161\u11ab\u1112\u1161", 4, ["\u1112\u1161\u11ab", "\u1112\u1161"]),
        ("a" + "\u0301" * 9, 4, ["a" + "\u0301" * 3, "\u0301" * 4, "\u0301" * 2]),
    ],
)  # fmt: skip
def test_a_text_is_cut_at_the_best_place(text: str, longest: int, found: list[str]) -> None:
    assert cut(text, longest) == found


def test_sentences_are_asked_for_in_the_neighbourhood_of_a_piece_only() -> None:
    asked: list[int] = []

    def segment(text: str) -> list[str]:
        asked.append(len(text))
        return [text]

    text = "x, " * 20_000
    assert bare("".join(pieces(text, 500, segment))) == bare(text)
    assert max(asked) <= 600
    assert sum(asked) <= 2 * len(text)


HEADED = [
    (
        "One two three four.\n\n# Chapter 2\n\nFive six seven eight nine ten.",
        34,
        ["One two three four.", "# Chapter 2\n\nFive six seven eight", "nine ten."],
    ),
    (
        "One two three four.\n\nChapter 2\n\nFive six seven eight nine ten.",
        34,
        ["One two three four.", "Chapter 2\n\nFive six seven eight", "nine ten."],
    ),
    (
        "One two three four.\n\nTwo\n===\n\nFive six seven eight nine ten.",
        34,
        ["One two three four.", "Two\n===\n\nFive six seven eight nine", "ten."],
    ),
    (
        "One two three four.\n# Chapter 2\nFive six seven eight nine ten.",
        34,
        ["One two three four.", "# Chapter 2\nFive six seven eight", "nine ten."],
    ),
    (
        "One. Two.\n\n# Part\n\n## Chap\n\nFive six seven. Eight nine ten.",
        33,
        ["One. Two.", "# Part\n\n## Chap\n\nFive six seven.", "Eight nine ten."],
    ),
    ("# Part\n\n## Chap\n\nFive six seven.", 20, ["# Part\n\n## Chap", "Five six seven."]),
    ("# " + "x" * 20 + "\n\nOne two.", 10, ["#", "x" * 10, "x" * 10, "One two."]),
    (
        "One two\n\nfive six\n\nseven\n\nnine ten\n\neleven\n\ntwelve",
        40,
        ["One two\n\nfive six\n\nseven\n\nnine ten", "eleven\n\ntwelve"],
    ),
]


@pytest.mark.parametrize(("text", "longest", "found"), HEADED)
def test_a_heading_stays_with_what_follows_it_and_verses_are_no_headings(
    text: str, longest: int, found: list[str]
) -> None:
    assert cut(text, longest) == found


@given(
    st.lists(st.sampled_from(["One.", "---", "* * *", "Two two.", "\n\n", "\n \n", " ", "\n"]), max_size=12).map(
        "".join
    )
)
@example("-" * 6000)
@example("\n\n---\n\n\n***\n\nOne.\n\n…")
def test_rules_stand_alone_and_nothing_else_is_parted(text: str) -> None:
    found = list(stretches(text))
    assert bare("".join(found)) == bare(text)
    assert all(speakable(one) != speakable(other) for one, other in pairwise(found))
    assert all(speakable(block) == speakable(one) for one in found for block in re.split(r"\n[^\S\n]*\n\s*", one))


def test_a_rule_is_no_request_however_long_it_is() -> None:
    text = f"Chapter One.\n\n{'-' * 6000}\n\nIt was a dark night. " + "It was. " * 700
    first, rule, *rest = script(text, None, None, None)
    assert (first, rule) == ("Chapter One.", "-" * 6000)
    assert all(map(speakable, rest))
    assert script(text, None, None, None, version_0_1=True)[1] == "-" * 2500
