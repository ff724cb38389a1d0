"""Plans for captions, transcripts and chapters in each language, and for the cover picture of an object."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from .._base.validate import language_tag
from .._engine import Plan, Work, deleted
from .._files import Source, SourceLike
from ..errors import InvalidInput
from . import _operations as calls
from .types import Track

if TYPE_CHECKING:
    from ._operations.tracks import Kind, KindWithDefault

LARGEST_TRACK = 4 * 1024 * 1024
"""Bytes of a WebVTT file. The limit is ours: no document has one."""

LARGEST_PICTURE = 10 * 1024 * 1024
"""Bytes of a cover picture. The limit is ours: no document has one."""

_PICTURES = {b"\x89PNG\r\n\x1a\n": ("thumbnail.png", "image/png"), b"\xff\xd8\xff": ("thumbnail.jpg", "image/jpeg")}


def put(kind: Kind, id: str, language: str, source: SourceLike) -> Plan[Track]:
    """Add a track in one language."""
    tag = language_tag(language)
    opened = yield from Work(partial(Source.open, source), undo=Source.close)
    with opened:
        yield from Work(partial(webvtt, opened))
        return (yield from calls.tracks.create(kind, id, tag, opened.window()))


def delete(kind: Kind, id: str, language: str) -> Plan[None]:
    """Delete the track of one language."""
    return deleted(calls.tracks.delete(kind, id, language_tag(language)))


def set_default(kind: KindWithDefault, id: str, language: str, is_default: bool) -> Plan[None]:
    """Set whether players load the track of one language by default."""
    return calls.tracks.set_default(kind, id, language_tag(language), is_default)


def put_thumbnail(id: str, source: SourceLike) -> Plan[None]:
    """Set the cover picture."""
    opened = yield from Work(partial(Source.open, source), undo=Source.close)
    with opened:
        yield from calls.tracks.put_thumbnail(id, opened.window(), *(yield from Work(partial(picture, opened))))


def picture(source: Source) -> tuple[str, str]:
    """The file name and the media type of a cover picture, by its first bytes.

    Raises:
        InvalidInput: the source is neither PNG nor JPEG, or too large.
    """
    _bound(source, LARGEST_PICTURE, "a cover picture")
    head = source.head()
    known = next((kind for start, kind in _PICTURES.items() if head.startswith(start)), None)
    if known is None:
        raise InvalidInput(
            "a cover picture is a PNG or JPEG file; this is neither",
            argument="source",
            value=source.name,
            expected="a PNG or JPEG file",
        )
    return known


def delete_thumbnail(id: str) -> Plan[None]:
    """Remove the cover picture."""
    return deleted(calls.tracks.remove_thumbnail(id))


def _bound(source: Source, most: int, what: str) -> None:
    if source.size > most:
        raise InvalidInput(
            f"{what} must be at most {most} bytes, not {source.size}",
            argument="source",
            value=source.size,
            expected=f"at most {most} bytes",
        )


def webvtt(source: Source) -> None:
    """Check that a source is a WebVTT file (W3C WebVTT, section 4.1).

    Raises:
        InvalidInput: the source is no WebVTT file.
    """
    _bound(source, LARGEST_TRACK, "a WebVTT file")
    content = source.read_at(0, source.size)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"a WebVTT file is UTF-8: {error.reason} at byte {error.start}",
            argument="source",
            value=content[error.start : error.end],
            expected="a WebVTT file in UTF-8",
        ) from error
    if re.match(r"WEBVTT(?![^ \t\r\n])", text) is None:
        raise InvalidInput(
            "a WebVTT file begins with WEBVTT; this one does not",
            argument="source",
            value=content[:20],
            expected="a WebVTT file",
        )
