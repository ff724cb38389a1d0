"""Divides a text into passages: its chapters and paragraphs, with the silence before each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import cast

from attrs import frozen

from ..._base import validate
from ...errors import InvalidInput
from ..book import Chapter, Pauses
from .headings import after_headings
from .split_text import BETWEEN, speakable

_LONGEST_PAUSE = 60.0
_LONGEST_TITLE = 1000
_MARK = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*)$", re.MULTILINE)
_UNDERLINE = re.compile(r"(?<=\S)\n[ \t]{0,3}(?:=+|-{2,})[ \t]*$", re.MULTILINE)
_CHAPTER = re.compile(
    r"^(?:[ \t]{0,3}#{1,2}[ \t]+(?P<marked>\S.*)|(?P<lined>[^\s#].*)\n[ \t]{0,3}(?:=+|-{2,})[ \t]*)$",
    re.MULTILINE,
)
_FENCE = re.compile(r"^(```|~~~).*?(?:^\1|\Z)", re.MULTILINE | re.DOTALL)


@frozen
class Passage:
    """A stretch of a text, the seconds of silence before it, and the title of the chapter that begins with it."""

    text: str
    pause: float = 0.0
    chapter: str | None = None


@frozen
class Silences:
    """Seconds of silence between paragraphs and between chapters; None if paragraphs are not separated."""

    paragraphs: float | None = None
    chapters: float | None = None

    @classmethod
    def of(cls, given: float | Pauses | None) -> Silences:
        """Read the option `pauses`: seconds for both, or seconds for each.

        Raises:
            InvalidInput: it is neither, or a pause is too long.
        """
        if given is None:
            return cls()
        if not isinstance(given, Mapping):
            both = validate.amount(given, "pauses", most=_LONGEST_PAUSE)
            return cls(both, both)
        for name in given:
            validate.word(name, "pauses", ("paragraphs", "chapters"), within="each name")
        seconds = cast("Mapping[str, float]", given).items()  # the values of a TypedDict are objects to a type checker
        silences = {name: validate.amount(value, "pauses", most=_LONGEST_PAUSE) for name, value in seconds}
        return cls(silences.get("paragraphs"), silences.get("chapters", silences.get("paragraphs")))


def passages(text: str | Sequence[Chapter], silences: Silences, *, chapters: bool) -> list[Passage]:
    """Divide a text at its pauses and at the beginnings of chapters.

    Args:
        text: a text, whose headings in Markdown begin its chapters, or a list of chapters.
        silences: the pauses.
        chapters: whether the file has chapters.

    Raises:
        InvalidInput: `text` is neither a text nor a list of Chapter.
    """
    if isinstance(text, str):
        if not chapters and silences == Silences():
            return [Passage(text)]
        listed = by_headings(text)
    elif isinstance(text, Sequence):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        listed = [_checked(chapter) for chapter in text]
    else:
        raise InvalidInput.of("text", text, "a text, or a list of Chapter")
    divided: list[Passage] = []
    for chapter in listed:
        title = chapter.title
        for place, paragraph in enumerate(_paragraphs(chapter.text, parted=silences.paragraphs is not None)):
            pause = silences.paragraphs if place else silences.chapters
            divided.append(Passage(paragraph, pause or 0.0, None if place else title))
    return divided


def by_headings(text: str) -> list[Chapter]:
    """The chapters of a text in Markdown: each begins with a heading of the first or second level.

    The marks of headings are removed, as they are not spoken.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fences = [fence.span() for fence in _FENCE.finditer(text)]
    heads = [head for head in _CHAPTER.finditer(text) if not any(start <= head.start() < end for start, end in fences)]
    starts = [0, *(head.start() for head in heads), len(text)]
    titles = [None, *(_heading_text(head["marked"] or head["lined"]) or None for head in heads)]
    stretches = [text[start:end] for start, end in pairwise(starts)]
    return [Chapter(title, _plain(part)) for title, part in zip(titles, stretches, strict=True) if part.strip()]


def _plain(text: str) -> str:
    return _UNDERLINE.sub("", _MARK.sub(lambda match: _heading_text(match[1]), text)).strip()


def _heading_text(heading: str) -> str:
    """A heading without closing marks, which a space separates: the # of "C#" belongs to its name."""
    heading = heading.strip()
    unmarked = heading.rstrip("#")
    return heading if unmarked[-1:].strip() else unmarked.strip()


def _paragraphs(text: str, *, parted: bool) -> Iterator[str]:
    """The whole text, or its paragraphs, each with the headings before it."""
    if not parted:
        yield text
        return
    headings = ""
    for paragraph in filter(str.strip, BETWEEN.split(text)):
        whole = headings + paragraph.strip()
        if speakable(paragraph) and after_headings(f"{paragraph}\n\n") >= len(paragraph):
            headings = f"{whole}\n\n"
        else:
            yield whole
            headings = ""
    if headings:
        yield headings.strip()


def _checked(chapter: object) -> Chapter:
    if not isinstance(chapter, Chapter):
        raise InvalidInput.of("text", chapter, "a text, or a list of Chapter")
    if chapter.title is not None:
        validate.length(chapter.title, "text", most=_LONGEST_TITLE, within="the title of a chapter")
    validate.encodable(chapter.text, "text", within="a chapter")
    return chapter
