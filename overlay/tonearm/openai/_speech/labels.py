"""Title, author and cover of a file of speech, as a caller gives them."""

from __future__ import annotations

import os

from ..._audio import Label, picture
from ..._base import validate
from ..._files import Source
from ...errors import InvalidInput
from ..presets import LABELLED
from ..types import FileFormat
from .asked import SavedSpeech

_LONGEST = 1000
"""Characters of a title or a name."""

_LARGEST = 20 * 1024 * 1024
"""Bytes of a cover."""


def label_of(ask: SavedSpeech, format: FileFormat) -> Label:
    """Title and author of a file; the cover is looked at when it is read.

    Raises:
        InvalidInput: one of them cannot be, or the format has none.
    """
    for name, value in (("title", ask.title), ("author", ask.author), ("cover", ask.cover)):
        if value is not None and format not in LABELLED:
            raise InvalidInput(
                f"a file in {format} gets no {name}",
                argument=name,
                value=value,
                expected=f"left out for {format}: {' and '.join(sorted(LABELLED))} have it",
            )
    for name, value in (("title", ask.title), ("author", ask.author)):
        if value is not None:
            validate.length(value, name, most=_LONGEST)
    return Label(ask.title, ask.author)


def read_cover(cover: str | os.PathLike[str] | bytes | None) -> bytes | None:
    """The bytes of a cover.

    Raises:
        InvalidInput: it is no picture in JPEG or PNG, or too large; MissingFile when the file does not exist.
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
