"""Every exception that tonearm raises on purpose.

    TonearmError
      ConfigurationError          no key, a bad base URL, an extra that is missing (also ValueError)
      InvalidInput                an argument was refused before anything was sent (also ValueError)
        MissingFile               the file does not exist (also FileNotFoundError)
      ConnectionFailed            no complete response
        TimedOut
      StatusError                 the server answered with a status that is not 2xx
        BadRequest                400, 422
        Unauthorized              401
        Forbidden                 403
        NotFound                  404
        TooLarge                  413
        RateLimited               429
        ServiceFailed             5xx
      UnexpectedAnswer            a 2xx response that does not fit the service's specification
      TransferError               a transfer was interrupted
        UploadInterrupted
        DownloadInterrupted
        SourceChanged             the file changed while it was sent or read
        ChecksumMismatch          the server refused a part's hash
        Truncated                 the audio ended too early
        TranscriptInterrupted     a streamed transcript was interrupted
        WorkInterrupted           paid work was interrupted
      TranscodeFailed             the service could not transcode the audio

All of them can be pickled. None of them contains a key. `hint` says what to try next, in words for a person. What
tonearm finds out after an error was made is a note (`__notes__`, PEP 678); it never changes the message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self, TypeVar, cast

_E = TypeVar("_E", bound="TonearmError")

_KEYS = frozenset({"api_key", "key", "password", "public_key", "secret", "secret_key", "token"})
"""Arguments whose values no error keeps."""

QUOTA = frozenset({"insufficient_quota"})
"""Codes of a refusal that no waiting ends: a person has to pay, or to choose another plan."""

_SHOWN = 60
"""Characters of a value that a message shows at most."""

_TYPE = re.compile("<[A-Za-z_]+>")


def _rebuild(cls: type[_E], args: tuple[object, ...], state: dict[str, Any]) -> _E:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class TonearmError(Exception):
    """The base of all errors of this library.

    Attributes:
        hint: what to try next, in words for a person; None where there is nothing to do.
    """

    hint: str | None = None

    def __init__(self, message: str = "", *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


class _Refused(TonearmError, ValueError):
    """What errors about an argument have in common. The hint is the end of their text, but not of `reason`."""

    def __init__(
        self,
        message: str = "",
        *,
        argument: str | None = None,
        value: object = None,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.argument = argument
        self.value = None if argument in _KEYS else _plain(value)
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.reason} ({self.hint})" if self.hint else self.reason

    @classmethod
    def of(cls, argument: str, value: object, expected: str, *, hint: str | None = None) -> Self:
        """Make the error for one argument, with the message "ARGUMENT must be EXPECTED, got VALUE".

        Args:
            argument: the name of the argument.
            value: what was given; a long one is shortened in the message.
            expected: what it must be.
            hint: what to try next; it ends the message.
        """
        message = _sentence(argument, argument, _plain(value), expected)
        return cls(message, argument=argument, value=value, expected=expected, hint=hint)

    @property
    def reason(self) -> str:
        """The message without the hint."""
        return str(self.args[0]) if self.args else ""

    def named(self, name: str) -> str:
        """Say what is wrong with another name for the argument, as a form or a command calls it; without the hint.

        Args:
            name: that name, for example ``--part-size``.
        """
        if self.argument is None or self.expected is None:
            return f"{name}: {self.reason}"
        return _sentence(name, self.argument, self.value, self.expected)


class ConfigurationError(_Refused, TonearmError, ValueError):
    """The client cannot work as it is set up: no key, a bad base URL, a missing extra.

    Attributes:
        argument: the name of the argument that is wrong; None where it is not a single one.
        value: what was given, as `InvalidInput` has it.
        expected: what the argument must be.
    """

    @classmethod
    def because(cls, error: InvalidInput) -> Self:
        """Make it of the refusal of an argument, with all that this says.

        Args:
            error: the refusal.
        """
        fields: dict[str, Any] = {name: getattr(error, name) for name in ("argument", "value", "expected", "hint")}
        made = cls(error.reason, **fields)
        for note in getattr(error, "__notes__", ()):
            made.add_note(note)
        return made


class InvalidInput(_Refused, TonearmError, ValueError):
    """An argument was refused before anything was sent.

    With a long recording a problem can show later, for example a chunk that cannot be made small enough. What has been
    paid for is then kept, and a note on the error says where.

    Attributes:
        argument: the name of the argument that is wrong; None where it is not a single one.
        value: what was given: text, bytes, a number, a path, True, False, None, or a list of these. Of another object
            it is the type's name in angle brackets, as in `<dict>`. The value of a key is never kept.
        expected: what the argument must be, so that "ARGUMENT must be EXPECTED" is a sentence.
        hint: what to try next.
    """


def _plain(value: object) -> object:
    """A value that can be pickled anywhere."""
    if value is None or isinstance(value, (str, bytes, int, float, Path)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in cast("list[object]", value)]
    return f"<{type(value).__name__}>"


def _sentence(name: str, argument: str, value: object, expected: str) -> str:
    """What an argument must be, and what was given; nothing of the latter for a key."""
    if argument in _KEYS:
        return f"{name} must be {expected}"
    if value is None:
        return f"{name} must be {expected}"
    text = value if isinstance(value, str) and _TYPE.fullmatch(value) else repr(value)
    if isinstance(value, Path):
        text = repr(str(value))
    elif len(text) > _SHOWN:
        text = f"{text[:_SHOWN]}... ({_size(value)})"
    return f"{name} must be {expected}, got {text}"


def _size(value: object) -> str:
    if isinstance(value, str):
        return f"{len(value)} characters"
    return f"{len(value)} bytes" if isinstance(value, bytes) else "shortened"


class MissingFile(InvalidInput, FileNotFoundError):
    """The file does not exist."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args, self.__dict__  # an OSError can be made by calling its class only


class ConnectionFailed(TonearmError):
    """The server sent no complete response.

    Attributes:
        method: the HTTP method.
        url: the URL without its query.
        attempts: how many times the request was tried.
        sent: whether any of the request may have reached the server.
    """

    hint = "check the address and that the server runs, and try again"

    def __init__(self, reason: str, *, method: str, url: str, sent: bool, attempts: int = 1) -> None:
        super().__init__(reason)
        self.method = method
        self.url = url
        self.sent = sent
        self.attempts = attempts

    def __str__(self) -> str:
        tries = "" if self.attempts == 1 else f" ({self.attempts} attempts)"
        return f"{self.method} {self.url}: {self.args[0]}{tries}"


class TimedOut(ConnectionFailed):
    """The server stayed silent longer than the timeout, or the deadline of the call has passed.

    Attributes:
        deadline: whether it was the deadline of the whole call, after which nothing is tried again.
    """

    hint = "try again later, or with a longer timeout"

    def __init__(
        self, reason: str, *, method: str, url: str, sent: bool, attempts: int = 1, deadline: bool = False
    ) -> None:
        super().__init__(reason, method=method, url=url, sent=sent, attempts=attempts)
        self.deadline = deadline
        if deadline:
            self.hint = "allow the call more time: a longer deadline, or none"


_AFTER_A_REDIRECT = "give the address that the redirect leads to as the base URL, without the path of the request"


class StatusError(TonearmError):
    """The server answered with a status that is not 2xx.

    Attributes:
        status: the HTTP status.
        code: the service's own word for the error, if it gave one.
        message: what the server said, in one line.
        request_id: the server's name for this request, if it gave one.
        body: the first 64 KiB of the response as text.
        retry_after: seconds that the server asks to wait, if it names any.
        headers: the headers of the response, names in lower case.
        method: the HTTP method.
        url: the URL without its query.
        attempts: how many times the request was tried.
        final: whether the failure ends the call, whatever the retry policy says.
    """

    final: bool = False

    def __init__(
        self,
        message: str,
        *,
        method: str,
        url: str,
        status: int,
        code: str | None = None,
        request_id: str | None = None,
        body: str = "",
        retry_after: float | None = None,
        headers: Mapping[str, str] | None = None,
        attempts: int = 1,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.method = method
        self.url = url
        self.status = status
        self.code = code
        self.request_id = request_id
        self.body = body
        self.retry_after = retry_after
        self.headers = dict(headers or {})
        self.attempts = attempts
        if (advice := self._advice()) is not None:
            self.hint = advice

    def _advice(self) -> str | None:
        """A hint that depends on the response."""
        return _AFTER_A_REDIRECT if 300 <= self.status < 400 else None

    def __str__(self) -> str:
        tail = f" (request id {self.request_id})" if self.request_id else ""
        return f"{self.method} {self.url} -> {self.status}: {self.message}{tail}"


class BadRequest(StatusError):
    """400 or 422: the server refuses the request as it is."""


class Unauthorized(StatusError):
    """401: the key is missing or wrong."""

    hint = "check the key: `tonearm doctor` says whether it works"


class Forbidden(StatusError):
    """403: the key does not permit this."""

    hint = "use a key that permits this: `tonearm doctor` says whether yours works"


class NotFound(StatusError):
    """404: there is no such object."""

    hint = "check the id"


class TooLarge(StatusError):
    """413: the body is larger than the server accepts."""

    hint = "send less in one request, or raise the limit of the server or of the proxy before it"


class RateLimited(StatusError):
    """429: too many requests, or the account's quota is used up."""

    hint = "wait, and try again"

    def _advice(self) -> str | None:
        if self.code in QUOTA:
            return "the quota is used up: look at the account's plan and balance"
        return None if self.retry_after is None else f"try again in {self.retry_after:.0f} seconds"


class ServiceFailed(StatusError):
    """5xx: the server failed."""

    hint = "try again later"


class UnexpectedAnswer(TonearmError):
    """A 2xx response that does not fit the service's specification.

    Attributes:
        status: the HTTP status.
        headers: the headers of the response, names in lower case.
        body: the first 64 KiB of the response as text.
        method: the HTTP method.
        url: the URL without its query.
    """

    hint = "check the base URL: another server may have answered"

    def __init__(
        self, reason: str, *, method: str, url: str, status: int, headers: Mapping[str, str], body: str
    ) -> None:
        super().__init__(reason)
        self.method = method
        self.url = url
        self.status = status
        self.headers = dict(headers)
        self.body = body

    def __str__(self) -> str:
        return f"{self.method} {self.url} -> {self.status}: {self.args[0]}"


class TransferError(TonearmError):
    """A transfer was interrupted, or its result is wrong.

    Attributes:
        done: how many bytes (or pieces) were finished.
        total: how many there are; None where that is not known.
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

    def __init__(self, reason: str, *, done: int, total: int, state: Path) -> None:
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
