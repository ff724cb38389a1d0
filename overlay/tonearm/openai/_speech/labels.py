"""Checks the title, author and cover of a file of speech."""

from __future__ import annotations

import os

from ..._audio import Label, picture
from ..._base import validate
from ..._files import Source
from ...errors import InvalidInput
from ..presets import LABELLED
from ..types import FileFormat
from .saved_speech import SavedSpeech

_LONGEST = 1000
"""Characters of a title or a name."""

_LARGEST = 20 * 1024 * 1024
"""Bytes of a cover."""


def label_of(speech: SavedSpeech, format: FileFormat) -> Label:
    """The title and author of a file; the cover is checked when it is read.

    Raises:
        InvalidInput: one of them is too long, or the format has no labels.
    """
    for name, value in (("title", speech.title), ("author", speech.author), ("cover", speech.cover)):
        if value is not None and format not in LABELLED:
            raise InvalidInput(
                f"a file in {format} gets no {name}",
                argument=name,
                value=value,
                expected=f"left out for {format}: {' and '.join(sorted(LABELLED))} have it",
            )
    for name, value in (("title", speech.title), ("author", speech.author)):
        if value is not None:
            validate.length(value, name, most=_LONGEST)
    return Label(speech.title, speech.author)


def read_cover(cover: str | os.PathLike[str] | bytes | None) -> bytes | None:
    """Read a cover.

    Raises:
        InvalidInput: it is no picture in JPEG or PNG, or too large; MissingFile if the file does not exist.
    """
    if cover is None:
        return None
    with Source.open(cover) as source:
        data = source.read_at(0, min(source.size, _LARGEST + 1))
    if len(data) > _LARGEST or picture(data) is None:
        raise InvalidInput(
            "the cover is no picture in JPEG or PNG" if len(data) <= _LARGEST else f"the cover has {source.size} bytes",
            argument="cover",
            value=cover if not isinstance(cover, bytes) else len(cover),
            expected=f"a picture in JPEG or PNG of at most {_LARGEST} bytes",
        )
    return data
