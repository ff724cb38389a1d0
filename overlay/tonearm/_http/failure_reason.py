"""Explains why a connection failed, by the errors of the system, of TLS or of the HTTP parser."""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Iterator, Mapping
from typing import cast

_TIMEOUTS: Mapping[str, str] = {
    "ConnectTimeout": "no connection was made in time",
    "PoolTimeout": "all connections stayed busy too long",
    "WriteTimeout": "the server took nothing for too long",
    "ReadTimeout": "the server stayed silent too long",
}
_PROTOCOL: Mapping[str, str] = {
    "Server disconnected without sending a response.": "the server closed the connection without an answer",
    "Receive buffer too long": "the head of the answer is too long",
}
_REACHED = re.compile(r"received (\d+) bytes, expected (\d+)")
_BYTES = re.compile(r"bytearray\(b(['\"].*['\"])\)")


def reason(error: Exception) -> str:
    """The reason of an error of httpx."""
    kind, text = type(error).__name__, str(error).strip()
    if kind in _TIMEOUTS:
        return _TIMEOUTS[kind]
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the server's certificate is not trusted: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return f"the TLS connection failed: {_tls(cause)}"
        if isinstance(cause, OSError) and cause.strerror:
            number = cause.errno or 0
            return f"the connection failed: {os.strerror(number) if number > 0 else cause.strerror}"
    if kind == "RemoteProtocolError":
        if text.startswith("peer closed connection"):
            reached = _REACHED.search(text)
            after = f" after {reached[1]} of {reached[2]} bytes" if reached else ""
            return f"the response was interrupted{after}"
        return _PROTOCOL.get(text) or f"the answer is not proper HTTP: {_BYTES.sub(lambda found: found[1], text)}"
    return f"the connection failed: {text or kind}"


def _tls(error: ssl.SSLError) -> str:
    name: str | None = getattr(error, "reason", None)  # some errors have none
    return name.replace("_", " ").lower() if name else str(error)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and its causes."""
    while error is not None:
        yield error
        origin = error.__cause__ or error.__context__
        if isinstance(error, BaseExceptionGroup):
            origin = cast("BaseExceptionGroup[BaseException]", error).exceptions[0]
        error = origin
