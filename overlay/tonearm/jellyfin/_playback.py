"""The plans of universal streams and of lyrics."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from .._base import validate
from .._engine import Open, Plan, Work, attempt
from .._files import Source
from .._http import Answer, Request
from ..errors import InvalidInput
from . import _operations as calls
from ._credentials import Access
from ._ids import id_of
from ._operations.error_hints import known
from ._operations.startup_wait import Patient
from ._ticks import ticks
from .lyrics import Lyrics

if TYPE_CHECKING:
    from .._http import Live
    from .._transfer import Opening

LARGEST_LYRICS = 4 * 1024 * 1024
"""Bytes of a file of lyrics. The limit is ours: the server has none of its own."""

_EXTENSIONS = ("lrc", "elrc", "txt")
_FORMATS = re.compile(r"[a-zA-Z0-9]+(\|[a-zA-Z0-9_]+)*")


def universal(
    item_id: str | UUID,
    formats: Sequence[str],
    options: calls.playback.Universal,
    *,
    start: float | timedelta | None,
    access: Access,
) -> Opening:
    """Prepare audio in a format of the server's choice.

    A file that need not be encoded is always sent from its beginning. For another start no format is therefore offered
    unencoded. The server must not respond with a playlist of segments (Jellyfin server source, tag v10.11.11,
    UniversalAudioController).
    """
    wanted = id_of(item_id)
    offered = ",".join(listed(formats))
    first = 0 if start is None else ticks(start, "start")

    def request(begin: int) -> Request:
        whole = None if begin else offered
        return calls.playback.universal(
            wanted, options, formats=whole, begin=begin, device_id=access.device_id, user_id=access.user_id
        )

    def open_stream(at: float | None) -> Plan[Live]:
        opening = request(first if at is None else ticks(at, "start"))
        return known(attempt(Patient(Open(opening, _expect_whole)), opening.repeat), for_user=True)

    request(first)  # invalid values are refused now, and not when the stream is opened
    return open_stream


def put_lyrics(item_id: str | UUID, lyrics: Lyrics | str | os.PathLike[str]) -> Plan[Lyrics]:
    """Store lyrics, or a file of them."""
    wanted = id_of(item_id)
    if isinstance(lyrics, Lyrics):
        content, extension = (lyrics.to_lrc(), "lrc") if lyrics.is_timed else (lyrics.text, "txt")
        data = validate.encodable(content, "lyrics").encode()
    else:
        extension = Path(lyrics).suffix.lower().removeprefix(".")
        if extension not in _EXTENSIONS:
            raise InvalidInput.of("lyrics", lyrics, f"a file named .{', .'.join(sorted(_EXTENSIONS))}")
        data = yield from Work(partial(_read, lyrics))
    if not data.strip():
        raise InvalidInput(
            "the lyrics have no line", argument="lyrics", value=data, expected="lyrics with at least one line"
        )
    return (yield from calls.playback.put_lyrics(wanted, data, extension))


def _read(path: str | os.PathLike[str]) -> bytes:
    with Source.open(path) as source:
        if source.size > LARGEST_LYRICS:
            raise InvalidInput(
                f"a file of lyrics must be at most {LARGEST_LYRICS} bytes, not {source.size}",
                argument="lyrics",
                value=source.size,
                expected=f"at most {LARGEST_LYRICS} bytes",
            )
        data = source.read_at(0, source.size)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"a file of lyrics is UTF-8: {error.reason} at byte {error.start}",
            argument="lyrics",
            value=data[error.start : error.end],
            expected="a file in UTF-8",
        ) from error
    return data


def listed(formats: Sequence[str]) -> list[str]:
    """Check the formats of a player.

    Raises:
        InvalidInput: the list is empty, or an entry is no format.
    """
    if isinstance(formats, str):
        raise InvalidInput.of("formats", formats, "a list of texts")
    for name in formats:
        if not _FORMATS.fullmatch(validate.encodable(name, "formats", within="each entry")):
            raise InvalidInput.of(
                "formats", name, "extensions, each with the codecs that may be in it, such as 'mp4|aac'"
            )
    if not formats:
        raise InvalidInput(
            "formats must name at least one",
            argument="formats",
            value=formats,
            expected="at least one format",
            hint="to have everything encoded, take stream() with a preset",
        )
    return list(formats)


def _expect_whole(answer: Answer) -> None:
    """Refuse what is no audio, be it that it says so or not: a playlist of segments is labelled as audio."""
    calls.streams.expect_playable(answer)
    if "mpegurl" in answer.head.content_type or answer.body.startswith(b"#EXTM3U"):
        raise answer.unexpected("the answer is a playlist of segments (HLS), not audio")
