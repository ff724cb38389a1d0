"""What a server's list tells of an item that a copy needs beside its name: its version, and its server."""

from __future__ import annotations

from ..._base.coerce import text
from ..items import Item


def mark_of(item: Item) -> str | None:
    """What the server's list says that changes with the item: its ETag, or when it was added."""
    return text(item.raw.get("Etag")) or text(item.raw.get("DateCreated"))


def server_of(item: Item, address: str) -> str:
    """Which server an item is on: its id, else its address, so that two servers may share a folder."""
    return text(item.raw.get("ServerId")) or address


def may_be_one(known: str | None, server: str) -> bool:
    """Whether two servers may be one: the same, or one that is known by its address, which may change."""
    return known in (None, server) or "://" in f"{known}{server}"
