"""Which URLs belong to the same server, and where a redirect leads."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def same_origin(url: str, other: str) -> bool:
    """Whether two URLs have scheme, host and port in common, so that a key for one may go to the other."""
    try:
        return _origin(url) == _origin(other)
    except ValueError:  # one of them cannot be read, and is not needed
        return False


def joined(url: str, location: str) -> str | None:
    """Where a redirect from one URL leads; None where that cannot be read."""
    try:
        return urljoin(url, location)
    except ValueError:
        return None


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
