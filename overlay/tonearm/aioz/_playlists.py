"""Plans of more than one request for playlists: change, add, move and remove."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from .._engine import Plan, Work, deleted
from .._files import Source, SourceLike
from ..errors import InvalidInput
from . import _operations as calls
from ._tracks import picture
from .playlist import Playlist


def update(id: str, name: str | None, tags: Sequence[str] | None, cover: SourceLike | None) -> Plan[Playlist]:
    """Change a playlist, and read it again."""
    if name is None and tags is None and cover is None:
        raise InvalidInput("nothing to update was given", expected="something to change")
    if tags is not None and not tags:
        raise InvalidInput.of("tags", tags, "at least one tag: no document says how a form clears them")
    if cover is None:
        yield from calls.playlists.update(id, name, tags, None)
    else:
        opened = yield from Work(partial(Source.open, cover), undo=Source.close)
        with opened:
            file_name, media_type = yield from Work(partial(picture, opened))
            yield from calls.playlists.update(
                id, name, tags, calls.playlists.Cover(opened.window(), file_name, media_type)
            )
    return (yield from calls.playlists.get(id))


def add(id: str, media_id: str) -> Plan[Playlist]:
    """Add an object at the end, and read the playlist again."""
    yield from calls.playlists.add(id, media_id)
    return (yield from calls.playlists.get(id))


def move(id: str, item_id: str, after: str | None) -> Plan[Playlist]:
    """Move an item behind another item, or to the first place; the service requires both neighbours."""
    playlist = yield from calls.playlists.get(id)
    order = [item.id for item in playlist.items]
    for name, value in (("item_id", item_id), ("after", after)):
        if value is not None and value not in order:
            raise InvalidInput.of(name, value, "the id of an item of the playlist")
    if item_id == after:
        raise InvalidInput.of("after", after, "another item than the one to move")
    place = order.index(item_id)
    if place == 0 if after is None else order[place - 1 : place] == [after]:
        return playlist
    order.remove(item_id)
    place = 0 if after is None else order.index(after) + 1
    neighbour = order[place] if place < len(order) else None
    yield from calls.playlists.move(id, item_id, previous=after, next=neighbour)
    return (yield from calls.playlists.get(id))


def remove(id: str, item_id: str) -> Plan[None]:
    """Remove an item."""
    return deleted(calls.playlists.remove(id, item_id))


def remove_cover(id: str) -> Plan[None]:
    """Remove the cover."""
    return deleted(calls.playlists.remove_cover(id))
