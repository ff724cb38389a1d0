"""Whether the same work, asked for again, would go on from what is kept of it: what is kept, and what may pass."""

from __future__ import annotations

from typing import TypeVar

from ..errors import (
    ChecksumMismatch,
    ConfigurationError,
    DownloadInterrupted,
    InvalidInput,
    SourceChanged,
    StatusError,
    TonearmError,
    TranscodeFailed,
    UnexpectedAnswer,
    UploadInterrupted,
    WorkInterrupted,
)

E = TypeVar("E", bound=BaseException)

PASSING = frozenset({408, 425, 429})
"""Statuses below 500 after which the same request may succeed later."""

_LASTING = (InvalidInput, ConfigurationError, SourceChanged, ChecksumMismatch, TranscodeFailed)
"""What ends the same when it is done again."""


def keeps(error: E) -> E:
    """The same error, marked: something is kept, from which the same call resumes."""
    vars(error)["kept"] = True
    return error


def is_kept(error: BaseException) -> bool:
    """Whether something is kept of the work that an error has ended."""
    if isinstance(error, UploadInterrupted):
        return error.state is not None
    if isinstance(error, DownloadInterrupted):
        return error.path is not None
    return "kept" in vars(error) or (isinstance(error, WorkInterrupted) and error.done > 0)


def reason(error: BaseException) -> BaseException:
    """What interrupted the work that an error reports; the error itself where nothing of ours did."""
    while isinstance(error.__cause__, TonearmError) and not isinstance(error, (*_LASTING, UnexpectedAnswer)):
        error = error.__cause__
    return error


def may_pass(error: BaseException) -> bool:
    """Whether the same may succeed when it is done again: not after a refusal, or wrong usage."""
    found = reason(error)
    if isinstance(found, StatusError):
        return found.status in PASSING or found.status >= 500
    return not isinstance(found, _LASTING)
