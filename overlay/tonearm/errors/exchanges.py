"""Errors of one request: no response, a status that is not 2xx, or a response that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping

from .base import TonearmError

QUOTA = frozenset({"insufficient_quota"})
"""Codes of refusals where waiting does not help: a person has to pay, or to choose another plan."""


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
        code: the service's own code of the error, if it sent one.
        message: the message of the server, in one line.
        request_id: the server's name for this request, if it sent one.
        body: the first 64 KiB of the response as text.
        retry_after: seconds that the server asks the client to wait, if any.
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
