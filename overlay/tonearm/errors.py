"""Every exception that tonearm raises on purpose.

    TonearmError
      ConfigurationError          no key, a bad base URL, an extra that is missing (also ValueError)
      InvalidInput                refused before anything was sent (also ValueError)
        MissingFile               the file is not there (also FileNotFoundError)
      ConnectionFailed            no complete answer
        TimedOut
      StatusError                 the server answered with a status that is not 2xx
        BadRequest                400, 422
        Unauthorized              401
        Forbidden                 403
        NotFound                  404
        TooLarge                  413
        RateLimited               429
        ServiceFailed             5xx
      UnexpectedAnswer            a 2xx answer that does not fit the service's specification
      TransferError               a transfer that began and did not end
        UploadInterrupted
        DownloadInterrupted
        SourceChanged             the file changed while it was sent or read
        ChecksumMismatch          the server refused a part's hash
        Truncated                 the answer ended too early
        TranscriptInterrupted     a streamed transcript that broke off
        WorkInterrupted           paid work that stopped half-way
      TranscodeFailed             the service could not transcode the audio

All of them can be pickled. None of them carries a key. `hint` says what to try, in words for a person; what is found
out after an error was made is added as a note (`__notes__`, PEP 678) and never changes its message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

_E = TypeVar("_E", bound="TonearmError")

_KEYS = frozenset({"api_key", "key", "password", "public_key", "secret", "secret_key", "token"})
"""Arguments whose values no error keeps."""

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
        hint: what to try next, in words for a person; None where there is nothing to say.
    """

    hint: str | None = None

    def __init__(self, message: str = "", *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


class ConfigurationError(TonearmError, ValueError):
    """The client cannot work as it is set up: no key, a bad base URL, a missing extra."""


class InvalidInput(TonearmError, ValueError):
    """An argument was refused before anything was sent.

    With a long recording a problem can show later, for example a piece that cannot be made small enough. What has been
    paid for is then kept, and a note on the error says where.

    Attributes:
        argument: the name of the argument that is wrong; None where it is not a single one.
        value: what was given: text, bytes, a number, a path, True, False, None, or a list of these. Of another object
            it is the type's name in angle brackets, as in `<dict>`. The value of a key is never kept.
        expected: what the argument must be, so that "ARGUMENT must be EXPECTED" is a sentence.
        hint: what to try next.
    """

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

    @classmethod
    def of(cls, argument: str, value: object, expected: str, *, hint: str | None = None) -> InvalidInput:
        """Make the error for one argument, with the message "ARGUMENT must be EXPECTED, got VALUE".

        Args:
            argument: the name of the argument.
            value: what was given; a long one is shortened in the message.
            expected: what it must be.
            hint: what to try next; it ends the message.
        """
        message = _sentence(argument, argument, _plain(value), expected) + (f" ({hint})" if hint else "")
        return cls(message, argument=argument, value=value, expected=expected, hint=hint)

    def named(self, name: str) -> str:
        """Say what is wrong with another name for the argument, as a form or a command calls it.

        Args:
            name: that name, for example ``--part-size``.
        """
        if self.argument is None or self.expected is None:
            return f"{name}: {self}"
        return _sentence(name, self.argument, self.value, self.expected)


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
    """The file to send is not there."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args, self.__dict__  # an OSError can be made by calling its class only


class ConnectionFailed(TonearmError):
    """No complete answer came.

    Attributes:
        method: the HTTP method.
        url: the URL without its query.
        attempts: how many times the request was tried.
        sent: whether any of the request may have reached the server.
    """

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

    def __init__(
        self, reason: str, *, method: str, url: str, sent: bool, attempts: int = 1, deadline: bool = False
    ) -> None:
        super().__init__(reason, method=method, url=url, sent=sent, attempts=attempts)
        self.deadline = deadline


class StatusError(TonearmError):
    """The server answered with a status that is not 2xx.

    Attributes:
        status: the HTTP status.
        code: the service's own word for the error, if it gave one.
        message: what the server said, in one line.
        request_id: the server's name for this request, if it gave one.
        body: the first 64 KiB of the answer as text.
        retry_after: seconds that the server asks to wait, if it said so.
        headers: the answer's headers, names in lower case.
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

    def __str__(self) -> str:
        tail = f" (request id {self.request_id})" if self.request_id else ""
        return f"{self.method} {self.url} -> {self.status}: {self.message}{tail}"


class BadRequest(StatusError):
    """400 or 422: the server refuses the request as it is."""


class Unauthorized(StatusError):
    """401: the key is missing or wrong."""


class Forbidden(StatusError):
    """403: the key does not permit this."""


class NotFound(StatusError):
    """404: there is no such object."""


class TooLarge(StatusError):
    """413: the body is larger than the server accepts."""


class RateLimited(StatusError):
    """429: too many requests, or the account's quota is used up."""


class ServiceFailed(StatusError):
    """5xx: the server failed."""


class UnexpectedAnswer(TonearmError):
    """A 2xx answer that does not fit the service's specification.

    Attributes:
        status: the HTTP status.
        headers: the answer's headers, names in lower case.
        body: the first 64 KiB of the answer as text.
        method: the HTTP method.
        url: the URL without its query.
    """

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
    """A transfer began and did not end.

    Attributes:
        done: how many bytes (or pieces) were finished.
        total: how many there are, if that is known.
    """

    def __init__(self, reason: str, *, done: int, total: int | None) -> None:
        super().__init__(reason)
        self.done = done
        self.total = total


class UploadInterrupted(TransferError):
    """An upload stopped half-way.

    Attributes:
        state: the journal with which the upload can go on, if one was kept.
        id: the object on the server that the upload belongs to.
    """

    def __init__(self, reason: str, *, done: int, total: int, id: str, state: Path | None = None) -> None:
        super().__init__(reason, done=done, total=total)
        self.id = id
        self.state = state


class DownloadInterrupted(TransferError):
    """A download stopped half-way.

    Attributes:
        path: the partial file from which the same call goes on, if one was kept.
    """

    def __init__(self, reason: str, *, done: int, total: int | None, path: Path | None) -> None:
        super().__init__(reason, done=done, total=total)
        self.path = path


class SourceChanged(TransferError):
    """The file that is being sent, or read, changed meanwhile; nothing more was sent, or given."""


class ChecksumMismatch(TransferError):
    """The server found another hash than ours, twice, for bytes that did not change."""


class Truncated(TransferError):
    """The answer ended before it was whole.

    Attributes:
        expected: seconds of audio that were due; None when bytes told it.
        got: seconds of audio that came.
    """

    def __init__(
        self, reason: str, *, done: int, total: int | None, expected: float | None = None, got: float | None = None
    ) -> None:
        super().__init__(reason, done=done, total=total)
        self.expected = expected
        self.got = got


class TranscriptInterrupted(TransferError):
    """A streamed transcript broke off, or the server ended it with an error.

    Attributes:
        text: what had come until then.
    """

    def __init__(self, reason: str, *, done: int, text: str) -> None:
        super().__init__(reason, done=done, total=None)
        self.text = text


class WorkInterrupted(TransferError):
    """Paid work stopped half-way.

    Attributes:
        state: where the finished pieces are kept, so that a second run sends only the missing ones.
    """

    def __init__(self, reason: str, *, done: int, total: int, state: Path) -> None:
        super().__init__(reason, done=done, total=total)
        self.state = state


class TranscodeFailed(TonearmError):
    """The service could not transcode the audio.

    Attributes:
        media: the object as the service describes it, with the qualities that failed.
    """

    def __init__(self, reason: str, *, media: Any) -> None:
        super().__init__(reason)
        self.media = media
