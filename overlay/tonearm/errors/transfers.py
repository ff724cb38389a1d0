"""Errors of work with more than one request: transfers, paid work, and transcoding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .base import TonearmError


class TransferError(TonearmError):
    """A transfer was interrupted, or its result is wrong.

    Attributes:
        done: how many bytes (or pieces) were finished.
        total: how many there are in all; None where that is unknown.
    """

    def __init__(self, reason: str, *, done: int, total: int | None) -> None:
        super().__init__(reason)
        self.done = done
        self.total = total


class UploadInterrupted(TransferError):
    """An upload was interrupted.

    Attributes:
        state: the journal with which the upload can be resumed; None where none was kept.
        id: the object on the server that the upload belongs to.
    """

    def __init__(self, reason: str, *, done: int, total: int, id: str, state: Path | None = None) -> None:
        super().__init__(reason, done=done, total=total)
        self.id = id
        self.state = state
        kept = None if state is None else f"resume the upload, now or later, with its journal {str(state)!r}"
        self.hint = kept or "upload the audio again"


class DownloadInterrupted(TransferError):
    """A download was interrupted.

    Attributes:
        path: the partial file from which the same call resumes; None where none was kept.
    """

    def __init__(self, reason: str, *, done: int, total: int | None, path: Path | None) -> None:
        super().__init__(reason, done=done, total=total)
        self.path = path
        self.hint = "download it again" if path is None else "do the same again: it resumes from the partial file"


class SourceChanged(TransferError):
    """The file changed while it was sent or read; nothing more of it was sent or returned."""

    hint = "start again, when nothing changes the file any more"


class ChecksumMismatch(TransferError):
    """The server found another hash than ours, twice, for bytes that did not change."""

    hint = "look for a proxy that changes bodies"


class Truncated(TransferError):
    """The audio ended too early.

    Attributes:
        expected: the seconds of audio that it should have; None where only bytes were counted.
        got: the seconds of audio that were received; None where only bytes were counted.
    """

    hint = "try again; if it happens again, read what the server's log says of its encoder"

    def __init__(
        self, reason: str, *, done: int, total: int | None, expected: float | None = None, got: float | None = None
    ) -> None:
        super().__init__(reason, done=done, total=total)
        self.expected = expected
        self.got = got


class TranscriptInterrupted(TransferError):
    """A streamed transcript was interrupted, or the server ended it with an error.

    Attributes:
        text: the text up to then.
    """

    hint = "ask for it again; the error has the text up to then"

    def __init__(self, reason: str, *, done: int, text: str) -> None:
        super().__init__(reason, done=done, total=None)
        self.text = text


class WorkInterrupted(TransferError):
    """Paid work was interrupted.

    Attributes:
        state: where the finished pieces are kept, so that the same call sends only the missing ones.
    """

    hint = "do the same again: only what is missing is sent"

    def __init__(self, reason: str, *, done: int, total: int | None, state: Path) -> None:
        super().__init__(reason, done=done, total=total)
        self.state = state


class TranscodeFailed(TonearmError):
    """The service could not transcode the audio.

    Attributes:
        media: the object as the service describes it, with the qualities that failed.
    """

    hint = "see which qualities failed, and upload the audio again or in another format"

    def __init__(self, reason: str, *, media: Any) -> None:
        super().__init__(reason)
        self.media = media
