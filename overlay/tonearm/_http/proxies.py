"""Reads the proxies and certificates of the environment, in the same way as curl and Python's own library.

httpx reads them, too, but raises other errors, and does not support networks (10.0.0.0/8) in NO_PROXY: the token would
be sent to a proxy when curl sends it directly to the server.
"""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies

import httpx
from attrs import frozen

from ..errors import ConfigurationError

_SCHEMES = {"http": "http", "https": "https", "socks5": "socks5", "socks5h": "socks5h", "socks": "socks5h"}
"""The supported schemes of proxies, with httpx's name for each; desktops export SOCKS 5 as `socks://`."""

PROXY = "tonearm.proxy"
"""The key in a request's extensions under which its proxy is stored."""

_HOST_AND_PORT = re.compile(r"(\[.*\]|[^:]*)(?::(\d+))?")


@frozen
class Proxy:
    """A proxy, and the environment variable that names it; only `url` contains its password."""

    variable: str
    url: str

    @property
    def shown(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    def __str__(self) -> str:
        return f"{self.shown}, which {self.variable} names"


@frozen
class Surroundings:
    """The proxies by the scheme of the server's URL ("all" for any), and the servers without a proxy."""

    proxies: Mapping[str, Proxy]
    direct: tuple[str, ...]

    def proxy(self, url: str) -> Proxy | None:
        """The proxy for a URL; None if requests are sent directly to the server.

        Raises:
            ConfigurationError: the variable, which the error names, has an invalid value.
        """
        parts = urlsplit(url)
        proxy = self.proxies.get(parts.scheme) or self.proxies.get("all")
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
        if proxy is None or any(_names(entry, parts.hostname or "", port) for entry in self.direct):
            return None
        return _checked(proxy)


def surroundings() -> Surroundings:
    """Read the proxies of the environment, or else of the system's settings on Windows and macOS."""
    settings = getproxies()
    proxies: dict[str, Proxy] = {}
    for scheme in ("http", "https", "all"):
        if address := settings.get(scheme, "").strip():
            proxies[scheme] = Proxy(_variable(scheme), address)
    return Surroundings(proxies, tuple(re.split(r"[\s,]+", settings.get("no", "").strip())))


def _variable(scheme: str) -> str:
    """The variable that names the proxy for a scheme; lower case has precedence, as in curl."""
    names = (f"{scheme}_proxy", f"{scheme}_PROXY".upper())
    return next((name for name in names if os.environ.get(name)), "the system's proxy setting")


def _names(entry: str, host: str, port: int) -> bool:
    """Whether an entry of NO_PROXY names a server: `*`, a host, a domain, an address or a network, also with a port."""
    entry, host = entry.lower(), host.rstrip(".")
    if entry == "*":
        return True
    name, only = (entry, None) if entry.count(":") > 1 and "[" not in entry else _parted(entry)
    if not name or (only is not None and int(only) != port):
        return False
    name = name.strip("[]").strip(".")
    try:
        return ip_address(host) in ip_network(name, strict=False)
    except ValueError:  # a name, or a pattern such as 192.168.*
        return host == name or host.endswith(f".{name}") or ("*" in name and fnmatchcase(host, name))


def _parted(entry: str) -> tuple[str, str | None]:
    parted = _HOST_AND_PORT.fullmatch(entry)
    return (parted[1], parted[2]) if parted else ("", None)


def _checked(proxy: Proxy) -> Proxy:
    """Check a proxy, and convert it for httpx; values such as `proxy:3128` mean http."""
    text = proxy.url if "://" in proxy.url else f"http://{proxy.url}"
    scheme, _, rest = text.partition("://")
    try:
        parts = urlsplit(text)
        readable = bool(parts.hostname) and parts.port != 0
        httpx.URL(text)
    except (ValueError, httpx.InvalidURL):
        readable = False
    if not readable:
        raise ConfigurationError(f"{proxy.variable} does not hold the address of a proxy, such as http://proxy:3128")
    usable = _SCHEMES.get(scheme.lower())
    if usable is None:
        raise ConfigurationError(
            f"{proxy.variable} names a proxy of the kind {scheme}, which cannot be used",
            hint=f"set it to one of {', '.join(_SCHEMES)}, or list the server in NO_PROXY",
        )
    if usable.startswith("socks"):
        _need_socks(proxy.variable)
    return Proxy(proxy.variable, f"{usable}://{rest}")


def _need_socks(variable: str) -> None:
    try:
        import socksio  # noqa: F401  # pyright: ignore[reportUnusedImport]  # httpcore imports it, with an error of its own
    except ModuleNotFoundError:
        raise ConfigurationError(
            f"{variable} names a SOCKS proxy, and socksio is needed", hint="pip install 'tonearm[socks]'"
        ) from None


def check_proxy(error: Exception) -> None:
    """Raise httpx's error for an error of httpcore about a SOCKS proxy that sends nonsense, or hangs up."""
    if isinstance(error, AssertionError) or type(error).__module__ == "socksio.exceptions":
        raise httpx.ProxyError("the proxy does not speak SOCKS 5") from error


def certificates() -> ssl.SSLContext:
    """The certificates against which servers are checked: of SSL_CERT_FILE or SSL_CERT_DIR, else certifi's.

    Raises:
        ConfigurationError: one of the variables has an invalid value.
    """
    return _certificates(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


def new_certificates() -> ssl.SSLContext:
    """The same certificates in a new context, to which the caller may add."""
    return _certificates.__wrapped__(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@cache
def _certificates(file: str | None, folder: str | None) -> ssl.SSLContext:
    """Httpx's context for the two variables; made once, as loading certificates is slow."""
    if file and not Path(file).is_file():
        raise ConfigurationError(f"SSL_CERT_FILE names no file: {file}")
    if folder and not file and not Path(folder).is_dir():
        raise ConfigurationError(f"SSL_CERT_DIR names no folder: {folder}")
    try:
        return httpx.create_ssl_context()
    except (ssl.SSLError, OSError) as error:
        variable, value = ("SSL_CERT_FILE", file) if file else ("SSL_CERT_DIR", folder)
        raise ConfigurationError(f"{variable} names no certificates that can be read: {value}") from error
