"""Tells the audio of an answer from the errors that servers send in its place, behind a status of success."""

from __future__ import annotations

import os
from typing import IO

from attrs import define

from ..._audio import missing, repair
from ..._http import ERROR_BODY_LIMIT, Answer, Head, Request
from ...errors import Truncated
from ...progress import Meter


@define
class Sink:
    """Takes the audio into a file; of an answer that is no audio only the beginning, for the error.

    `raw` says that samples without any mark are due, which may begin with every byte.
    """

    file: IO[bytes]
    meter: Meter
    raw: bool
    size: int = 0
    refused: bytearray | None = None

    def start(self, head: Head) -> Sink:
        """Begin, or begin again after a break."""
        self.file.seek(0)
        self.file.truncate()
        self.size = 0
        self.refused = None if _trouble(head, b"", self.raw) is None else bytearray()
        self.meter.total = head.size
        return self

    def write(self, block: bytes) -> None:
        """Take the next bytes."""
        if self.size == 0 and self.refused is None and _is_text(block, self.raw):
            self.refused = bytearray()
        if self.refused is not None:
            self.refused += block[: ERROR_BODY_LIMIT - len(self.refused)]
            return
        self.file.write(block)
        self.size += len(block)
        self.meter.at(self.size)

    def finish(self, head: Head) -> int:
        """The size of the audio; raises the error that the response stands for."""
        if self.refused is not None:
            check(Answer(head, bytes(self.refused)), raw=self.raw)
        if self.size == 0:
            raise Truncated("the answer has no audio", done=0, total=None)
        return self.size


def check(answer: Answer, *, raw: bool) -> None:
    """Raise UnexpectedAnswer when an answer cannot be audio, by its head and its first bytes."""
    trouble = _trouble(answer.head, answer.body, raw)
    if trouble is not None:
        raise answer.unexpected(trouble)


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


def _is_text(first: bytes, raw: bool) -> bool:
    """Whether a body is JSON or HTML whatever its type says: no format of audio begins so, but samples may."""
    return not raw and first.lstrip()[:1] in (b"{", b"<")


def _trouble(head: Head, first: bytes, raw: bool) -> str | None:
    """Why an answer cannot be audio: servers report errors, and send event streams, as text or JSON behind a 200."""
    kind = head.content_type
    if kind.endswith(("json", "xml")) or kind.startswith("text/"):
        return f"the body is {kind}, not audio"
    if _is_text(first, raw):
        return "the body is text, not audio"
    if head.headers.get("content-encoding", "identity") not in ("", "identity"):
        return "the body is compressed although that was not asked for"
    return None
