"""Cut a text into phrases of words, as a recogniser would write them."""

import re
import unicodedata
from collections.abc import Iterator

# ruff: noqa: RUF001
# The marks of other scripts look like Latin ones, on purpose.

_PARAGRAPH = re.compile(r"\n\s*\n")
_WIDE_STOP = re.compile("[。！？]")  # ends a sentence without a space after it
_STOPS = (".", "!", "?", "…", "。", "！", "？")
_CLOSING = "\"'”’»)]}*_"


def phrases(text: str) -> list[tuple[str, ...]]:
    """Return the words of each sentence: letters, digits and inner apostrophes in lower case; all else separates.

    Accents stay, composed if Unicode has such a letter. A sentence without words is left out.
    """
    composed = unicodedata.normalize("NFC", text.lower())
    cut = (phrase for paragraph in _PARAGRAPH.split(composed) for phrase in _sentences(paragraph))
    return [phrase for phrase in cut if phrase]


def _sentences(paragraph: str) -> Iterator[tuple[str, ...]]:
    """Cut after points before a space: that in 3.14 ends no sentence."""
    words: list[str] = []
    for token in _WIDE_STOP.sub(r"\g<0> ", paragraph).split():
        words += _words(token)
        if token.rstrip(_CLOSING).endswith(_STOPS):
            yield tuple(words)
            words = []
    yield tuple(words)


def _words(token: str) -> Iterator[str]:
    for piece in "".join(map(_plain, token)).split():
        word = piece.strip("'")
        if any(unicodedata.category(character)[0] in "LN" for character in word):
            yield word


def _plain(character: str) -> str:
    if character in "'’":
        return "'"
    category = unicodedata.category(character)
    if category == "Cf":  # soft hyphens, joiners and marks of direction stand inside words, unheard
        return ""
    return character if category[0] in "LMN" else " "
