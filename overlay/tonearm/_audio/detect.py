"""Tells an audio format from the first bytes, so that every file is sent with a name and a type that fit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

TYPES: Mapping[str, str] = {
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "mpeg": "audio/mpeg",
    "mpga": "audio/mpeg",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "webm": "audio/webm",
}
"""Media types by the extensions that OpenAI reads a file's format from (error text of the transcription endpoint)."""

_OTHER_TYPES: Mapping[str, str] = {"aac": "audio/aac", "aiff": "audio/aiff"}
_UNKNOWN = "application/octet-stream"
_LAYER_BITS, _ADTS = 0x06, 0x00


def sniff(head: bytes) -> str | None:
    """The extension that belongs to contents beginning with `head`, or None when they are not recognised."""
    container = (head[:4], head[8:12])
    if container == (b"RIFF", b"WAVE"):
        return "wav"
    if container in ((b"FORM", b"AIFF"), (b"FORM", b"AIFC")):
        return "aiff"
    if head[4:8] == b"ftyp":
        return "m4a" if head[8:11] in (b"M4A", b"M4B") else "mp4"
    for start, extension in ((b"fLaC", "flac"), (b"OggS", "ogg"), (b"\x1aE\xdf\xa3", "webm"), (b"ID3", "mp3")):
        if head.startswith(start):
            return extension
    return _framed(head)


def _framed(head: bytes) -> str | None:
    """The extension of a bare stream of MPEG audio or ADTS frames, by the first frame's header."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    if head[1] & _LAYER_BITS == _ADTS:
        return "aac" if head[1] & 0xF0 == 0xF0 and head[2] >> 2 & 0xF < 13 else None
    version, bit_rate, sample_rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    return "mp3" if version != 1 and 0 < bit_rate < 15 and sample_rate != 3 else None


def named(name: str | None, head: bytes) -> tuple[str, str]:
    """The file name and media type to send: a name without a known extension gets the one of the contents."""
    name = (name or "audio").encode("utf-8", "replace").decode()
    extension = PurePath(name).suffix[1:].lower()
    if extension in TYPES:
        return name, TYPES[extension]
    found = sniff(head)
    if found is None:
        return name, _UNKNOWN
    return name if found == extension else f"{name}.{found}", TYPES.get(found) or _OTHER_TYPES[found]
