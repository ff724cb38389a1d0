"""Books to be spoken: chapters, title, author and cover."""

from __future__ import annotations

from typing import TypedDict

from attrs import frozen

from .._base.answers import Answer


@frozen(repr=False)
class Chapter(Answer):
    """A chapter of a text to be spoken.

    Attributes:
        title: shown by players; spoken only if the text has it, too. Players do not show a chapter without a title.
        text: the text to speak.
    """

    title: str | None
    text: str


@frozen(repr=False)
class Book(Answer):
    """A book that was read from a file.

    Attributes:
        title: its title; None if the file has none.
        author: its author; None if the file names none.
        cover: its picture, JPEG or PNG; None if it has none.
        chapters: the chapters, in order.
    """

    title: str | None
    author: str | None
    chapters: tuple[Chapter, ...]
    cover: bytes | None = None


class Pauses(TypedDict, total=False):
    """Seconds of silence in speech, each 0 to 60."""

    paragraphs: float
    """Between paragraphs, which are then sent in separate requests; none when left out."""
    chapters: float
    """Between chapters; the same as between paragraphs when left out."""
