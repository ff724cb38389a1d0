"""Distinguishes the audio of a response from errors that servers send with a status of success."""

from __future__ import annotations

import os
import re
from typing import IO

from attrs import define

from ..._audio import MOST_RATE, Grid, foreign, missing, repair, sniff
from ..._http import ERROR_BODY_LIMIT, Answer, Head, Request
from ...errors import Truncated
from ...progress import Meter
from ..presets import PCM_RATE

_SAMPLES = frozenset({"audio/pcm", "audio/x-pcm", "audio/l16", "audio/raw", "audio/x-raw", "audio/x-l16"})
"""Media types of samples without a header."""

_RATES = ("x-sample-rate", "x-audio-sample-rate", "x-sampling-rate", "sample-rate", "audio-sample-rate", "x-rate")
_CHANNELS = ("x-channels", "x-audio-channels", "x-num-channels", "channels")
_ENOUGH = 16
"""So many bytes are hardly ever all printable unless they are text."""


@define
class Sink:
    """Writes a response into a file. `format` is the requested one; `rate` is the caller's rate of plain samples."""

    file: IO[bytes]
    meter: Meter
    format: str
    rate: int | None = None
    size: int = 0

    def start(self, head: Head) -> Sink:
        """Start, or start again after an interruption."""
        self.file.seek(0)
        self.file.truncate()
        self.size = 0
        self.meter.total = head.size
        return self

    def write(self, block: bytes) -> None:
        """Write the next bytes."""
        self.file.write(block)
        self.size += len(block)
        self.meter.at(self.size)

    def finish(self, head: Head) -> Grid | None:
        """Check the response, and return the layout of its samples if they have no header."""
        self.file.seek(0)
        answer = Answer(head, self.file.read(ERROR_BODY_LIMIT))
        check(answer, raw=self.format == "pcm", least=1)
        if self.size == 0:
            raise Truncated("the answer has no audio", done=0, total=None)
        if sniff(answer.body[:16]) is not None:
            return None
        grid = grid_of(head, self.rate)
        if grid is None and self.format != "pcm":
            error = answer.unexpected(f"the body is neither {self.format} nor any other audio that is known")
            error.hint = "if these are samples without a header, give their rate (rate)"
            raise error
        return grid or Grid(PCM_RATE, 1)


def check(answer: Answer, *, raw: bool, least: int = _ENOUGH) -> None:
    """Raise UnexpectedAnswer if a response cannot be audio, by its head and its first bytes.

    Args:
        answer: its head and first bytes.
        raw: whether samples without a header were requested, which may begin with any byte.
        least: bytes from which a text is recognised as text.
    """
    trouble = _trouble(answer.head, answer.body, max(least, _ENOUGH) if raw else least, raw=raw)
    if trouble is not None:
        raise answer.unexpected(trouble)


def grid_of(head: Head, rate: int | None) -> Grid | None:
    """The layout of samples without a header, by the response's headers or the caller's rate; None without both."""
    type = head.headers.get("content-type", "")
    stated = _number(type, r";\s*(?:sample_?)?rate\s*=\s*\"?(\d+)") or _header(head, _RATES)
    channels = _number(type, r";\s*channels\s*=\s*\"?(\d+)") or _header(head, _CHANNELS) or 1
    if stated is None and rate is None and head.content_type not in _SAMPLES:
        return None
    return Grid(stated if stated is not None and stated <= MOST_RATE else rate or PCM_RATE, min(channels, 2))


def repaired(file: IO[bytes]) -> float | None:
    """Repair the sizes in the header of a WAV file, and return its seconds; None for any other file.

    Raises:
        Truncated: the end of the file is missing.
    """
    lacking, size = missing(file), file.seek(0, os.SEEK_END)
    if lacking:
        reason = f"the answer lacks {lacking} bytes of samples that its header declares"
        raise Truncated(reason, done=size, total=size + lacking)
    return repair(file)


def raw(request: Request) -> bool:
    """Whether a request is for samples without a header, which may begin with any byte."""
    return bool(request.json.get("response_format") == "pcm")


def _trouble(head: Head, first: bytes, least: int, *, raw: bool) -> str | None:
    """Why a response cannot be audio: servers send errors and event streams as text or JSON with the status 200."""
    if head.headers.get("content-encoding", "identity") not in ("", "identity"):
        return "the body is compressed although that was not asked for"
    if sniff(first[:16]) is not None:
        return None
    media_type = head.content_type
    if media_type.endswith(("json", "xml")) or media_type.startswith("text/"):
        return f"the body is {media_type}, not audio"
    marked = not raw and first.lstrip()[:1] in (b"{", b"<")
    if marked or (len(first) >= least and foreign(first) == "text"):
        return "the body is text, not audio"
    return None


def _number(text: str, pattern: str) -> int | None:
    match = re.search(pattern, text, re.IGNORECASE)
    return int(match[1][:10]) or None if match else None


def _header(head: Head, names: tuple[str, ...]) -> int | None:
    return next((number for name in names if (number := _number(head.headers.get(name, ""), r"^\s*(\d+)"))), None)
