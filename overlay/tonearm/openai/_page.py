"""A transcript and its recording as a web page."""

from __future__ import annotations

import base64
import logging
import os
import re
from pathlib import Path, PurePath
from typing import BinaryIO, TypeAlias, cast
from urllib.parse import quote

from .. import _audio, subtitles  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base import validate
from .._files import Source
from ..errors import ConfigurationError

Audio: TypeAlias = str | os.PathLike[str] | bytes
EMBED = 8 * 1024 * 1024
"""Bytes up to which a page embeds a recording."""

_logger = logging.getLogger("tonearm")
_WEB = re.compile(r"https?://", re.IGNORECASE)


def titled(audio: Audio | None) -> str:
    """The default title of a page: the name of the recording."""
    return (PurePath(os.fspath(audio)).stem if isinstance(audio, (str, os.PathLike)) else "") or "Transcript"


def sound(audio: Audio | None, embed: int, link: str | None) -> subtitles.Sound | None:
    """The recording of a page and its waveform; None for a page without a player. See `Transcript.to_html`."""
    validate.whole(embed, "embed")
    if audio is None:
        return None
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
