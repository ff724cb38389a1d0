"""Whether the same call would resume its work: whether something of it is kept, and whether the failure may pass."""

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
"""Errors that the same call would raise again."""


def keeps(error: E) -> E:
    """The same error, marked: finished work is kept, from which the same call resumes."""
    vars(error)["kept"] = True
    return error


def is_kept(error: BaseException) -> bool:
    """Whether finished work is kept of a call that this error has ended."""
    if isinstance(error, UploadInterrupted):
        return error.state is not None
    if isinstance(error, DownloadInterrupted):
        return error.path is not None
    return "kept" in vars(error) or (isinstance(error, WorkInterrupted) and error.done > 0)


def reason(error: BaseException) -> BaseException:
    """The error of ours that caused an error; the error itself where it has no such cause."""
    while isinstance(error.__cause__, TonearmError) and not isinstance(error, (*_LASTING, UnexpectedAnswer)):
        error = error.__cause__
    return error


def may_pass(error: BaseException) -> bool:
    """Whether the same call may succeed later: not after a refusal, or wrong usage."""
    cause = reason(error)
    if isinstance(cause, StatusError):
        return cause.status in PASSING or cause.status >= 500
    return not isinstance(cause, _LASTING)
