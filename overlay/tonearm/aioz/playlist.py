"""Playlists of AIOZ Stream."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import field, frozen

from tonearm_generated.reading import given

from .._base.answers import Answer
from .._base.coerce import fields, items, text, when

if TYPE_CHECKING:
    from tonearm_generated.aioz import models


@frozen(repr=False)
class PlaylistItem(Answer):
    """An item of a playlist; fields that the service does not send are None.

    Attributes:
        id: the id of the item, not of its object: an object may be in a playlist more than once.
        media_id: the id of the object.
        title: the title of the object.
        duration: its length in seconds.
        size: bytes of its source file.
        hls_url: its HLS playlist.
        thumbnail_url: its cover picture.
        raw: the item as the service sent it.
    """

    id: str
    media_id: str | None
    title: str | None = None
    duration: float | None = None
    size: int | None = None
    hls_url: str | None = None
    thumbnail_url: str | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)

    @classmethod
    def of(cls, model: models.PlaylistItem, id: str) -> Self:
        """Make it from the generated model."""
        media = given(model.media) or given(model.video)
        return cls(
            id=id,
            media_id=given(model.media_id) or given(model.video_id),
            title=given(media.title) if media else None,
            duration=given(media.duration) if media else None,
            size=given(media.size) if media else None,
            hls_url=given(media.hls_url) if media else None,
            thumbnail_url=given(media.thumbnail_url) if media else None,
            raw=model.raw,
        )


@frozen(repr=False)
class Playlist(Answer):
    """A playlist of audio objects; fields that the service does not send are None or empty.

    Attributes:
        id: its id.
        name: the name that listeners see.
        tags: free words.
        metadata: free pairs.
        items: its items in order; empty in a list of playlists.
        item_count: how many items it has.
        duration: length of all items in seconds.
        size: bytes of all items.
        url: the page that plays it.
        thumbnail_url: its cover picture.
        raw: the playlist as the service sent it.
        request_id: the server's name for the request.
    """

    id: str
    name: str | None
    tags: tuple[str, ...]
    metadata: Mapping[str, str]
    items: tuple[PlaylistItem, ...]
    item_count: int | None
    duration: float | None
    size: int | None
    url: str | None
    thumbnail_url: str | None
    created_at: datetime | None
    updated_at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.Playlist, request_id: str | None) -> Self:
        """Make it from the generated model."""
        rows = given(model.items) or given(model.video_items) or []
        return cls(
            id=model.id,
            name=given(model.name),
            tags=_tags(given(model.tags)),
            metadata=_metadata(given(model.metadata)),
            items=tuple([PlaylistItem.of(row, id) for row in _linked(rows) if (id := given(row.id))]),
            item_count=given(model.item_count),
            duration=given(model.duration),
            size=given(model.size),
            url=given(model.playlist_url),
            thumbnail_url=given(model.thumbnail_url),
            created_at=when(model.created_at),
            updated_at=when(model.updated_at),
            raw=model.raw,
            request_id=request_id,
        )


def _linked(rows: Sequence[models.PlaylistItem]) -> Sequence[models.PlaylistItem]:
    """The items in the order of their links; in the received order if the links do not connect all items."""
    by_id = {given(row.id): row for row in rows}
    first = [row for row in rows if not given(row.previous_id)]
    if len(first) != 1:
        return rows
    ordered = [first[0]]
    while len(ordered) <= len(rows) and (after := by_id.get(given(ordered[-1].next_id) or None)) is not None:
        ordered.append(after)
    return ordered if len(ordered) == len(rows) else rows


def _tags(value: object) -> tuple[str, ...]:
    """Free words; the official clients read a text, although requests have a list."""
    words = items(value.split(",") if isinstance(value, str) else value, text)
    return tuple([word.strip() for word in words if word.strip()])


def _metadata(value: object) -> Mapping[str, str]:
    """Free pairs; the official clients read a map, although requests have a list."""
    pairs = [(text(pair.get("key")), text(pair.get("value"))) for pair in items(value, fields)]
    known = pairs if isinstance(value, list) else [(key, text(word)) for key, word in fields(value).items()]
    return {key: word for key, word in known if key is not None and word is not None}
