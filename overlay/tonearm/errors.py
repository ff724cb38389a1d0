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

All of them can be pickled. None of them carries a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

_E = TypeVar("_E", bound="TonearmError")


def _rebuild(cls: type[_E], args: tuple[object, ...], state: dict[str, Any]) -> _E:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class TonearmError(Exception):
    """The base of all errors of this library."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


class ConfigurationError(TonearmError, ValueError):
    """The client cannot work as it is set up: no key, a bad base URL, a missing extra."""


class InvalidInput(TonearmError, ValueError):
    """An argument was refused before anything was sent.

    Of a long recording something may turn out later, as that a piece cannot be made small enough: what is paid for is
    kept then, and a note of the error says where.
    """


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
    """

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
