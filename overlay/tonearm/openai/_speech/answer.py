"""Tells the audio of an answer from the errors that servers send in its place, behind a status of success."""

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
"""Bytes that are hardly all printable unless they are text."""


@define
class Sink:
    """Takes an answer into a file. `asked` is the format that was asked for, `rate` what the caller says of samples."""

    file: IO[bytes]
    meter: Meter
    asked: str
    rate: int | None = None
    size: int = 0

    def start(self, head: Head) -> Sink:
        """Begin, or begin again after a break."""
        self.file.seek(0)
        self.file.truncate()
        self.size = 0
        self.meter.total = head.size
        return self

    def write(self, block: bytes) -> None:
        """Take the next bytes."""
        self.file.write(block)
        self.size += len(block)
        self.meter.at(self.size)

    def finish(self, head: Head) -> Grid | None:
        """How the samples lie, where they have no header; raises the error that the response stands for."""
        self.file.seek(0)
        answer = Answer(head, self.file.read(ERROR_BODY_LIMIT))
        check(answer, raw=self.asked == "pcm", least=1)
        if self.size == 0:
            raise Truncated("the answer has no audio", done=0, total=None)
        if sniff(answer.body[:16]) is not None:
            return None
        grid = told(head, self.rate)
        if grid is None and self.asked != "pcm":
            error = answer.unexpected(f"the body is neither {self.asked} nor any other audio that is known")
            error.hint = "if these are samples without a header, say how many a second has (rate)"
            raise error
        return grid or Grid(PCM_RATE, 1)


def check(answer: Answer, *, raw: bool, least: int = _ENOUGH) -> None:
    """Raise UnexpectedAnswer when an answer cannot be audio, by its head and its first bytes.

    Args:
        answer: its head and first bytes.
        raw: whether samples without a header are due, which may begin with every byte.
        least: bytes from which a text without a mark is known to be one.
    """
    trouble = _trouble(answer.head, answer.body, max(least, _ENOUGH) if raw else least, raw=raw)
    if trouble is not None:
        raise answer.unexpected(trouble)


def told(head: Head, rate: int | None) -> Grid | None:
    """How samples without a header lie, by the headers of the response or by what the caller says; None if neither."""
    type = head.headers.get("content-type", "")
    said = _number(type, r";\s*(?:sample_?)?rate\s*=\s*\"?(\d+)") or _header(head, _RATES)
    channels = _number(type, r";\s*channels\s*=\s*\"?(\d+)") or _header(head, _CHANNELS) or 1
    if said is None and rate is None and head.content_type not in _SAMPLES:
        return None
    return Grid(said if said is not None and said <= MOST_RATE else rate or PCM_RATE, min(channels, 2))


def repaired(file: IO[bytes]) -> float | None:
    """The seconds of a WAV file, whose sizes are repaired where they were not known; None for any other file.

    Raises:
        Truncated: its end is missing.
    """
    lacking, size = missing(file), file.seek(0, os.SEEK_END)
    if lacking:
        reason = f"the answer lacks {lacking} bytes of samples that its header tells of"
        raise Truncated(reason, done=size, total=size + lacking)
    return repair(file)


def raw(request: Request) -> bool:
    """Whether samples without any mark are asked for, which may begin with every byte."""
    return bool(request.json.get("response_format") == "pcm")


def _trouble(head: Head, first: bytes, least: int, *, raw: bool) -> str | None:
    """Why an answer cannot be audio: servers report errors, and send event streams, as text or JSON behind a 200."""
    if head.headers.get("content-encoding", "identity") not in ("", "identity"):
        return "the body is compressed although that was not asked for"
    if sniff(first[:16]) is not None:
        return None
    kind = head.content_type
    if kind.endswith(("json", "xml")) or kind.startswith("text/"):
        return f"the body is {kind}, not audio"
    marked = not raw and first.lstrip()[:1] in (b"{", b"<")
    if marked or (len(first) >= least and foreign(first) == "text"):
        return "the body is text, not audio"
    return None


def _number(text: str, pattern: str) -> int | None:
    found = re.search(pattern, text, re.IGNORECASE)
    return int(found[1][:10]) or None if found else None


def _header(head: Head, names: tuple[str, ...]) -> int | None:
    return next((number for name in names if (number := _number(head.headers.get(name, ""), r"^\s*(\d+)"))), None)
