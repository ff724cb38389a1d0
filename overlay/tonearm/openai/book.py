"""Books to be spoken: their chapters, and what an audiobook says of itself."""

from __future__ import annotations

from typing import TypedDict

from attrs import frozen

from .._base.answers import Answer


@frozen(repr=False)
class Chapter(Answer):
    """A chapter of a text to be spoken.

    Attributes:
        title: what players show; it is spoken only where the text has it, too. None for one that players do not show.
        text: what is spoken.
    """

    title: str | None
    text: str


@frozen(repr=False)
class Book(Answer):
    """A book that was read from a file.

    Attributes:
        title: its title; None when the file does not say.
        author: who wrote it; None when the file does not say.
        cover: its picture, JPEG or PNG; None when there is none.
        chapters: what is spoken, in order.
    """

    title: str | None
    author: str | None
    chapters: tuple[Chapter, ...]
    cover: bytes | None = None


class Pauses(TypedDict, total=False):
    """Seconds of silence in speech, each 0 to 60."""

    paragraphs: float
    """Between paragraphs, each of which then takes a request of its own; none when left out."""
    chapters: float
    """Between chapters; as between paragraphs when left out."""
