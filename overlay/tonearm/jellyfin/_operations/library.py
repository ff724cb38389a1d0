"""The seam for what there is to hear: single items, and lists of them page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from attrs import field, frozen

from tonearm_generated.jellyfin import models
from tonearm_generated.jellyfin.api.artists import get_artists
from tonearm_generated.jellyfin.api.items import get_items
from tonearm_generated.jellyfin.api.playlists import get_playlist_items
from tonearm_generated.jellyfin.api.user_library import get_item

from ..._base import validate
from ..._base.coerce import integer
from ..._engine import Plan
from ..._http import Answer, Request
from .._stream_options import item as id_of
from ..items import Item, ItemFilters, SortBy
from .error_hints import known
from .startup_wait import call

PAGE = 100
"""Items that are asked for at a time."""

_SORTS: Mapping[SortBy, str] = {
    "name": "SortName",
    "album": "AlbumArtist,Album,ParentIndexNumber,IndexNumber,SortName",
    "artist": "Artist,Album,ParentIndexNumber,IndexNumber,SortName",
    "year": "ProductionYear,SortName",
    "added": "DateCreated,SortName",
    "duration": "Runtime,SortName",
}
"""The server's words. All end with the name, so that pages hang together."""


@frozen
class Page:
    """Some of the items of a list; `next` is where the next page begins, None after the last one."""

    items: tuple[Item, ...]
    next: int | None


@frozen
class Listing:
    """A list that can be read page by page: what is asked for, with which generated code, for which user."""

    request: Callable[..., dict[str, Any]]
    asked: Mapping[str, Any]
    user_id: UUID | None
    _path: tuple[UUID, ...] = field(default=(), alias="path")

    def page(self, start: int) -> Plan[Page]:
        """Read the page that begins at an item, counted from 0."""
        kwargs = self.request(*self._path, **self.asked, start_index=start, limit=PAGE, **_user(self.user_id))
        return known(call(Request.of(kwargs), lambda answer: _page(answer, start)), for_user=True)

    def all(self) -> Plan[tuple[Item, ...]]:
        """Read every page."""
        found: list[Item] = []
        start: int | None = 0
        while start is not None:
            page = yield from self.page(start)
            found += page.items
            start = page.next
        return tuple(found)


def audio(filters: ItemFilters, user_id: UUID | None, *, search: str | None = None) -> Listing:
    """The audio that fits."""
    return _listing("Audio", "Genres,MediaSources", filters, user_id, search, "album")


def albums(filters: ItemFilters, user_id: UUID | None, *, search: str | None = None) -> Listing:
    """The albums that fit."""
    return _listing("MusicAlbum", "ChildCount,Genres", filters, user_id, search, "name")


def playlists(user_id: UUID | None, *, search: str | None = None) -> Listing:
    """The playlists that fit."""
    return _listing("Playlist", "ChildCount", {}, user_id, search, "name")


def artists(user_id: UUID | None, *, search: str | None = None) -> Listing:
    """The artists that fit."""
    return Listing(get_artists.request_kwargs, _searched(search), user_id)


def playlist(playlist_id: str | UUID, user_id: UUID | None) -> Listing:
    """What is on a playlist, in its order."""
    wanted = id_of(playlist_id, "playlist_id")
    return Listing(get_playlist_items.request_kwargs, {"fields": "Genres,MediaSources"}, user_id, (wanted,))


def item(item_id: UUID, user_id: UUID | None) -> Plan[Item]:
    """Read one item."""
    return known(call(Request.of(get_item.request_kwargs(item_id, **_user(user_id))), _item), for_user=True)


def _listing(
    kind: str, fields: str, filters: ItemFilters, user_id: UUID | None, search: str | None, usual: SortBy
) -> Listing:
    for name in filters:
        validate.word(name, "filter", ItemFilters.__annotations__)
    sort_by = validate.word(filters.get("sort_by", usual), "sort_by", _SORTS)
    asked: dict[str, Any] = {
        "include_item_types": kind,
        "recursive": True,
        "fields": fields,
        "sort_by": _SORTS[sort_by],  # type: ignore[index]  # it is one of them
        "sort_order": "Descending" if filters.get("descending") else "Ascending",
        **_searched(search),
    }
    if (parent := filters.get("parent")) is not None:
        asked["parent_id"] = id_of(parent, "parent")
    if (artist := filters.get("artist")) is not None:
        asked["artist_ids"] = id_of(artist, "artist").hex
    if (genre := filters.get("genre")) is not None:
        asked["genres"] = validate.length(genre, "genre", least=1, most=1000)
    return Listing(get_items.request_kwargs, asked, user_id)


def _searched(search: str | None) -> dict[str, str]:
    return {} if search is None else {"search_term": validate.length(search, "search", least=1, most=1000)}


def _user(user_id: UUID | None) -> dict[str, UUID]:
    return {} if user_id is None else {"user_id": user_id}


def _item(answer: Answer) -> Item:
    data = answer.object()
    answer.read(models.BaseItemDto.from_dict, data)
    return answer.read(lambda raw: Item.of(raw, answer.request_id), data)


def _page(answer: Answer, start: int) -> Page:
    data = answer.object()
    answer.read(models.BaseItemDtoQueryResult.from_dict, data)
    found = answer.read(lambda raw: tuple(Item.of(row, answer.request_id) for row in raw.get("Items") or ()), data)
    total, after = integer(data.get("TotalRecordCount")), start + len(found)
    more = len(found) == PAGE if total is None else after < total
    return Page(found, after if found and more else None)
