"""A transcript and its recording as a web page."""

from __future__ import annotations

import base64
import logging
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import quote

from .. import _audio, subtitles
from .._base import validate
from .._files import Source
from ..errors import ConfigurationError

if TYPE_CHECKING:
    from .types import Transcript

EMBED = 8 * 1024 * 1024
"""Bytes of a recording that a page holds by itself."""

_logger = logging.getLogger("tonearm")
_WEB = re.compile(r"https?://", re.IGNORECASE)


def page(
    note: Transcript, audio: str | os.PathLike[str] | bytes | None, title: str | None, embed: int, link: str | None
) -> str:
    """Write the page; see `Transcript.to_html`."""
    validate.whole(embed, "embed")
    sound = None if audio is None else _sound(audio, embed, link)
    name = PurePath(os.fspath(audio)).stem if isinstance(audio, (str, os.PathLike)) else "Transcript"
    return subtitles.page(
        title or name or "Transcript",
        note.text,
        note.segments,
        note.words or (),
        sound=sound,
        language=note.language,
        duration=note.duration,
        doubtful=list(_stretches(getattr(note, "doubtful", None))),
        empty=list(_stretches(getattr(note, "gaps", None))),
    )


def _sound(audio: str | os.PathLike[str] | bytes, embed: int, link: str | None) -> subtitles.Sound:
    if isinstance(audio, str) and _WEB.match(audio):
        return subtitles.Sound(audio)
    with Source.open(audio) as source:
        try:
            wave = _audio.waveform(cast("BinaryIO", _audio.Reader(source)))
        except ConfigurationError as error:
            _logger.warning("the page shows no waveform: %s", error)
            wave = _audio.Waveform((), 0.0)
        if isinstance(audio, bytes) or source.size <= embed:
            media_type = _audio.named(source.name, source.head())[1]
            url = f"data:{media_type};base64,{base64.b64encode(source.read_at(0, source.size)).decode()}"
        else:
            url = link or _link(Path(audio))
    return subtitles.Sound(url, wave.peaks, wave.duration or None)


def _link(path: Path) -> str:
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _stretches(found: Sequence[subtitles.Timed] | None) -> Iterator[tuple[float, float]]:
    for one in found or ():
        yield one.start, one.end
