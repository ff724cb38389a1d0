"""Compares the servers of URLs, and resolves redirects."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def same_origin(url: str, other: str) -> bool:
    """Whether two URLs have scheme, host and port in common, so that a key for one may go to the other."""
    try:
        return _origin(url) == _origin(other)
    except ValueError:  # an invalid URL needs no key
        return False


def joined(url: str, location: str) -> str | None:
    """The target of a redirect from a URL; None if it is invalid."""
    try:
        return urljoin(url, location)
    except ValueError:
        return None


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
