"""Headers and a client certificate for a proxy in front of a server."""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Collection, Mapping
from os import PathLike
from typing import TypeAlias, cast

import httpx
from attrs import field, frozen

from ..errors import ConfigurationError
from .origin import same_origin
from .proxies import new_certificates

Certificate: TypeAlias = "str | PathLike[str] | tuple[str | PathLike[str], str | PathLike[str]]"
"""A file in PEM with a certificate and its private key, or a file of each."""

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OURS = frozenset(
    [
        *("accept-encoding", "connection", "content-length", "content-range", "content-type", "expect", "host"),
        *("if-range", "range", "te", "trailer", "transfer-encoding", "upgrade"),
    ]
)
"""Headers that are set by each request."""


@frozen(repr=False)
class Front:
    """The headers and the certificate for one server; they are sent to no other server."""

    base_url: str
    headers: Mapping[str, str] = field(factory=dict[str, str])
    certificate: tuple[str, str | None] | None = None

    def dress(self, request: httpx.Request) -> None:
        """Add the headers to a request that does not have them."""
        if self.headers and same_origin(self.base_url, str(request.url)):
            for name, value in self.headers.items():
                if name not in request.headers or name.lower() == "user-agent":
                    request.headers[name] = value

    def identifies(self, url: str) -> bool:
        """Whether the certificate is sent for this URL."""
        return self.certificate is not None and same_origin(self.base_url, url)

    def certificates(self) -> ssl.SSLContext:
        """The certificates that servers are checked against, and the one of the client."""
        own = new_certificates()
        return own if self.certificate is None else _loaded(own, *self.certificate)


def front(
    base_url: str,
    headers: Mapping[str, str] | None,
    certificate: Certificate | None,
    *,
    keys: Collection[str],
    lent: bool,
) -> Front:
    """Check the headers and the certificate for a server behind a proxy.

    Args:
        base_url: the server.
        headers: the headers, by name.
        certificate: the certificate of the client.
        keys: the names of the headers that carry the key.
        lent: whether the HTTP client is a caller's, which has its own certificates.

    Raises:
        ConfigurationError: a header cannot be sent, or is the client's own; the certificate cannot be read.
    """
    if certificate is not None and lent:
        raise ConfigurationError(
            "a certificate belongs to connections of ours, and http is given",
            argument="certificate",
            hint="give it to that HTTP client: httpx.Client(verify=context)",
        )
    taken = {*_OURS, *(name.lower() for name in keys)}
    checked = {name: _header(name, value, taken) for name, value in (headers or {}).items()}
    pair = None
    if certificate is not None:
        first, key = cast("tuple[str, str]", certificate) if isinstance(certificate, tuple) else (certificate, None)
        pair = (os.fspath(first), None if key is None else os.fspath(key))
        _loaded(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), *pair)
    return Front(base_url, checked, pair)


def _header(name: str, value: str, taken: Collection[str]) -> str:
    """The value as it is sent, without a line feed at its end; or ConfigurationError, which does not show it."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise ConfigurationError.of("headers", name, "names of headers, such as CF-Access-Client-Id")
    if name.lower() in taken:
        raise ConfigurationError(
            f"the header {name} is set by the client itself", argument="headers", value=name, expected="other headers"
        )
    text = value.strip() if isinstance(value, str) else ""  # pyright: ignore[reportUnnecessaryIsInstance]  # the same
    if not text or not text.isascii() or not text.isprintable():
        raise ConfigurationError(
            f"the value of the header {name} is empty, or has characters that no header can have",
            argument="headers",
            expected="values in ASCII, in one line",
        )
    return text


def _loaded(context: ssl.SSLContext, certificate: str, key: str | None) -> ssl.SSLContext:
    """The context with the client certificate; a key with a password is refused without a prompt."""
    try:
        context.load_cert_chain(certificate, key, password=lambda: "")
    except (OSError, ssl.SSLError, ValueError) as error:
        why = error.strerror if isinstance(error, FileNotFoundError) else "no PEM file of a certificate and its key"
        raise ConfigurationError(
            f"the certificate {certificate!r} cannot be used: {why}",
            argument="certificate",
            value=certificate,
            expected="a PEM file that holds a certificate and its private key, without a password",
        ) from None
    return context
