"""Recognises an audio format by its first bytes, so that every file is sent with a fitting name and type."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Mapping
from pathlib import PurePath

from .beginning import tag_size

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

_SAME: Mapping[str, tuple[str, ...]] = {
    "m4a": ("m4a", "mp4"),
    "mp3": ("mp3", "mpeg", "mpga"),
    "mp4": ("m4a", "mp4"),
    "ogg": ("oga", "ogg"),
}
"""Extensions that fit contents of a recognised format."""

_FOREIGN: Mapping[bytes, str] = {
    **dict.fromkeys((b"<!doctype html", b"<html", b"<head", b"<body"), "HTML"),
    **dict.fromkeys((b"<?xml", b"<svg", b"<mpd"), "XML"),
    **dict.fromkeys((b"\x89png", b"\xff\xd8\xff", b"gif8"), "a picture"),
    b"%pdf": "PDF",
    b"pk\x03\x04": "an archive",
    b"{": "JSON",
    b"#extm3u": "a playlist",
    b"ffconcat": "a playlist",
}

_OTHER_TYPES: Mapping[str, str] = {"aac": "audio/aac", "aiff": "audio/aiff"}
_TAGGED = ("aac", "aiff", "flac", "ogg", "wav")
"""Extensions that fit contents whose first bytes are all tag."""
_UNKNOWN = "application/octet-stream"
_LAYER_BITS, _ADTS = 0x06, 0x00


def sniff(head: bytes) -> str | None:
    """The extension that belongs to contents beginning with `head`, or None when they are not recognised.

    Contents behind a tag that is longer than `head` are taken for MP3.
    """
    head, tagged = _untagged(head)
    return _format(head) or ("mp3" if tagged else None)


def _untagged(head: bytes) -> tuple[bytes, bool]:
    """What follows the ID3v2 tags, and whether there are any."""
    tagged = head.startswith(b"ID3")
    while size := tag_size(head):
        head = head[size:]
    return head, tagged


def _format(head: bytes) -> str | None:
    container = (head[:4], head[8:12])
    if container == (b"RIFF", b"WAVE"):
        return "wav"
    if container in ((b"FORM", b"AIFF"), (b"FORM", b"AIFC")):
        return "aiff"
    if head[4:8] == b"ftyp":
        return "m4a" if head[8:11] in (b"M4A", b"M4B") else "mp4"
    for start, extension in ((b"fLaC", "flac"), (b"OggS", "ogg"), (b"\x1aE\xdf\xa3", "webm")):
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
    """The file name and media type to send: a name that does not fit the contents gets their extension appended."""
    name = (name or "audio").encode("utf-8", "replace").decode()
    extension, recognised = PurePath(name).suffix[1:].lower(), sniff(head)
    hidden = extension in _TAGGED and head.startswith(b"ID3") and not _untagged(head)[0]
    if recognised is None or hidden or extension in _SAME.get(recognised, (recognised,)):
        return name, TYPES.get(extension) or _OTHER_TYPES.get(extension, _UNKNOWN)
    return f"{name}.{recognised}", TYPES.get(recognised) or _OTHER_TYPES[recognised]


def extension_of(media_type: str) -> str | None:
    """The usual extension of a media type; None for an unknown one."""
    usual = ("mp3", "ogg", *TYPES, *_OTHER_TYPES)
    plain = media_type.replace("/x-", "/")
    return next((name for name in usual if (TYPES.get(name) or _OTHER_TYPES[name]) == plain), None)


def foreign(head: bytes) -> str | None:
    """The kind of contents that begin with `head`, if they are certainly no audio; else None."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, what in _FOREIGN.items():
        if start.startswith(mark):
            return what
    return "text" if sniff(head) is None and _is_text(head) else None


def _is_text(head: bytes) -> bool:
    return not any((byte < 32 and byte not in b"\t\n\f\r\x1b") or byte == 127 for byte in head) and _is_utf_8(head)


def _is_utf_8(head: bytes) -> bool:
    try:
        getincrementaldecoder("utf-8")().decode(head)  # incremental, as the head may end within a character
    except UnicodeDecodeError:
        return False
    return True
