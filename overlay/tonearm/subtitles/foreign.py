"""Reads formats with pysubs2 (extra `subtitles`): Advanced SubStation Alpha (ASS), its ancestor SSA, and TTML."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from ..errors import ConfigurationError, InvalidInput
from .cue import Cue, cue, shown

_V4 = re.compile(r"\s*\[V4 Styles\]|\s*ScriptType:\s*v4\.00\s*$", re.IGNORECASE)

if TYPE_CHECKING:
    from pysubs2 import SSAFile


def read_ass(lines: Sequence[str]) -> Iterator[Cue]:
    """Read ASS or SSA, without comments and drawings; the name of an event is its speaker."""
    yield from _read(lines, "ssa" if any(map(_V4.match, lines)) else "ass")


def read_ttml(lines: Sequence[str]) -> Iterator[Cue]:
    """Read TTML; times in frames are not read."""
    yield from _read(lines, "ttml")


def _read(lines: Sequence[str], format: str) -> Iterator[Cue]:
    for event in _parsed("\n".join(lines), format):
        if not event.is_comment and not event.is_drawing:
            start = max(0, event.start)
            yield cue(start, max(start, event.end), shown(event.plaintext.split("\n")), event.name.strip() or None)


def _parsed(text: str, format: str) -> SSAFile:
    try:
        from pysubs2 import SSAFile
        from pysubs2.exceptions import Pysubs2Error
    except ImportError as error:
        raise ConfigurationError(
            f"to read {format.upper()} files, {error.name} is needed", hint="pip install 'tonearm[subtitles]'"
        ) from error
    try:
        with warnings.catch_warnings(action="ignore"):  # about fields that are not read here, such as a layer
            return SSAFile.from_string(text, format)
    except (ValueError, KeyError, IndexError, NotImplementedError, ParseError, Pysubs2Error) as error:
        raise InvalidInput(
            f"the text is no {format.upper()} file that can be read: {error}",
            argument="text",
            value=text,
            expected=f"a {format.upper()} file",
        ) from None
