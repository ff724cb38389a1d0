"""Reads subtitles of other programs, also damaged ones, and detects their format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypeAlias, get_args

from .._base import validate
from ..errors import InvalidInput
from .cue import Cue
from .foreign import read_ass, read_ttml
from .lyrics import is_timed, read_lyrics
from .subrip import has_times, read_subrip
from .webvtt import is_header, read_webvtt

SubtitleFormat: TypeAlias = Literal["srt", "vtt", "lrc", "sbv", "ass", "ssa", "ttml"]

_LONGEST = 64 * 1024 * 1024
"""Characters of a file."""

_READERS: Mapping[str, Callable[[Sequence[str]], Iterable[Cue]]] = {
    "srt": read_subrip,
    "sbv": read_subrip,
    "vtt": read_webvtt,
    "lrc": read_lyrics,
    "ass": read_ass,
    "ssa": read_ass,
    "ttml": read_ttml,
}
_TIMED = ("srt", "sbv", "lrc")
"""Formats in which a file must have a time."""

_FENCE = re.compile(r"\s*```[\w-]*\s*$")
_ASS = re.compile(r"\s*\[(?:Script Info|V4\+? Styles|Events)\]", re.IGNORECASE)
_TTML = re.compile(r"\s*<(?:\?xml\b|tt[\s>:]|\w+:tt[\s>])")


def read(text: str, format: SubtitleFormat | None = None) -> list[Cue]:
    """Read subtitles.

    Byte order marks, all ends of lines, missing numbers, styles, comments and fences of Markdown are accepted; marks of
    style are left out. A cue whose time cannot be read is left out (`vtt`) or gets the time of its neighbours
    (`srt`), with a warning in the log.

    Args:
        text: the contents of a file.
        format: `srt`, `vtt`, `lrc`, `sbv`, `ass`, `ssa` or `ttml`; detected when None.

    Returns:
        The cues in the order of the file; empty for an empty file.

    Raises:
        InvalidInput: the text is not in this format, or has no time that can be read.
        ConfigurationError: the extra `subtitles` is not installed, which reads `ass`, `ssa` and `ttml`.
    """
    content = validate.length(text, "text", most=_LONGEST).removeprefix("\ufeff")
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    lines = _unfenced(content.split("\n"))
    kind = _format(lines) if format is None else validate.word(format, "format", get_args(SubtitleFormat))
    cues = list(_READERS[kind](lines))
    if not cues and (any("-->" in line for line in lines) or (kind in _TIMED and any(map(str.strip, lines)))):
        raise InvalidInput(
            f"the text is no {kind.upper()} file: it has no times that can be read",
            argument="text",
            value=lines,
            expected=f"a {kind.upper()} file",
        )
    return cues


def _format(lines: Sequence[str]) -> str:
    first = lines[0]
    if is_header(first):
        return "vtt"
    if _ASS.match(first):
        return "ass"
    if _TTML.match(first):
        return "ttml"
    if not first or has_times(lines):
        return "srt"
    if any(map(is_timed, lines)):
        return "lrc"
    if any("-->" in line for line in lines):
        return "srt"
    raise InvalidInput(
        "the text is neither SubRip nor WebVTT nor LRC: it has no times",
        argument="text",
        value="\n".join(lines),
        expected="SubRip, WebVTT or LRC",
    )


def _unfenced(lines: list[str]) -> list[str]:
    """The lines from the first that is not blank; of an answer in Markdown the lines between its fences."""
    fences = [number for number, line in enumerate(lines) if _FENCE.match(line)]
    if fences and not has_times(lines[: fences[0]]) and not any(map(is_timed, lines[: fences[0]])):
        ends = [*fences[1::2], *([len(lines)] if len(fences) % 2 else [])]
        lines = [line for first, last in zip(fences[::2], ends, strict=True) for line in lines[first + 1 : last]]
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    return lines[first:] or [""]
