"""The version and the server of an item, from a server's list."""

from __future__ import annotations

from ..._base.coerce import text
from ..items import Item


def mark_of(item: Item) -> str | None:
    """The version of an item in the server's list: its ETag, or when it was added."""
    return text(item.raw.get("Etag")) or text(item.raw.get("DateCreated"))


def server_of(item: Item, address: str) -> str:
    """The server of an item: its id, else its address, so that two servers may share a folder."""
    return text(item.raw.get("ServerId")) or address


def may_be_one(known: str | None, server: str) -> bool:
    """Whether two servers may be the same: by id, or if either is known only by its address, which may change."""
    return known in (None, server) or "://" in f"{known}{server}"
