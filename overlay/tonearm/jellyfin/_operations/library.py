"""The seam for items, and for lists of items page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from attrs import frozen

from tonearm_generated.jellyfin import models
from tonearm_generated.jellyfin.api.artists import get_artists
from tonearm_generated.jellyfin.api.items import get_items
from tonearm_generated.jellyfin.api.playlists import get_playlist_items
from tonearm_generated.jellyfin.api.user_library import get_item
from tonearm_generated.jellyfin.types import UNSET, Unset

from ..._base import validate
from ..._engine import Plan
from ..._http import Answer, Request
from .._ids import compact, id_of
from ..items import Item, SortBy
from .error_hints import known
from .listing import PAGE, Listing, filtered
from .startup_wait import call

_SORTS: Mapping[SortBy, str] = {
    "name": "SortName",
    "album": "AlbumArtist,Album,ParentIndexNumber,IndexNumber,SortName",
    "artist": "Artist,Album,ParentIndexNumber,IndexNumber,SortName",
    "year": "ProductionYear,SortName",
    "added": "DateCreated,SortName",
    "duration": "Runtime,SortName",
}
"""The server's words. All end with the name, so that the order of pages is stable."""


@frozen(kw_only=True)
class Filters:
    """The filters and the order of a list; see ItemFilters."""

    parent: str | UUID | None = None
    artist: str | UUID | None = None
    genre: str | None = None
    sort_by: SortBy | None = None
    descending: bool = False
    favorite: bool | None = None
    search: str | None = None
    """A part of the title or name."""


def audio(filters: Filters, user_id: str | None, *, marked: bool = False) -> Listing:
    """List audio; `marked` requests also the fields by which a change is noticed."""
    return _listing("Audio", _fields(marked), filters, user_id, "album")


def albums(filters: Filters, user_id: str | None) -> Listing:
    """List albums."""
    return _listing("MusicAlbum", "ChildCount,Genres", filters, user_id, "name")


def playlists(user_id: str | None, *, search: str | None = None) -> Listing:
    """List playlists."""
    return _listing("Playlist", "ChildCount", Filters(search=search), user_id, "name")


def artists(user_id: str | None, *, search: str | None = None) -> Listing:
    """List artists."""
    term, user = _searched(search), _maybe(user_id)

    def request(start: int) -> dict[str, Any]:
        return get_artists.request_kwargs(user_id=user, search_term=term, start_index=start, limit=PAGE)

    return Listing(request, get_artists.read_answer)


def playlist(playlist_id: str | UUID, user_id: str | None, *, marked: bool = False) -> Listing:
    """List the items of a playlist, in order."""
    wanted, user = id_of(playlist_id, "playlist_id"), _maybe(user_id)

    def request(start: int) -> dict[str, Any]:
        return get_playlist_items.request_kwargs(
            wanted, user_id=user, start_index=start, limit=PAGE, fields=_fields(marked)
        )

    return Listing(request, get_playlist_items.read_answer, repeats=True)


def item(item_id: str, user_id: str | None) -> Plan[Item]:
    """Read one item."""
    return known(call(Request.of(get_item.request_kwargs(item_id, user_id=_maybe(user_id))), _item), for_user=True)


def _listing(kind: str, fields: str, filters: Filters, user_id: str | None, usual: SortBy) -> Listing:
    sort_by = validate.word(usual if filters.sort_by is None else filters.sort_by, "sort_by", _SORTS)
    artist = None if filters.artist is None else compact(filters.artist, "artist")
    parent_id = UNSET if filters.parent is None else id_of(filters.parent, "parent")
    genres = UNSET if filters.genre is None else validate.length(filters.genre, "genre", least=1, most=1000)
    favorite = UNSET if filters.favorite is None else validate.flag(filters.favorite, "favorite")
    term, user = _searched(filters.search), _maybe(user_id)

    def request(start: int) -> dict[str, Any]:
        return get_items.request_kwargs(
            user_id=user,
            parent_id=parent_id,
            include_item_types=kind,
            recursive=True,
            search_term=term,
            artist_ids=UNSET if artist is None else artist,
            genres=genres,
            is_favorite=favorite,
            sort_by=_SORTS[sort_by],  # type: ignore[index]  # it is one of them
            sort_order="Descending" if filters.descending else "Ascending",
            fields=fields,
            start_index=start,
            limit=PAGE,
        )

    return Listing(request, get_items.read_answer, filtered(filters.genre, artist, filters.favorite))


def _fields(marked: bool) -> str:
    return "Genres,MediaSources,DateCreated,Etag" if marked else "Genres,MediaSources"


def _searched(search: str | None) -> str | Unset:
    return UNSET if search is None else validate.length(search, "search", least=1, most=1000)


def _maybe(user_id: str | None) -> str | Unset:
    return UNSET if user_id is None else user_id


def _item(answer: Answer) -> Item:
    return answer.model(get_item.read_answer, models.BaseItemDto, lambda model: Item.of(model, answer.request_id))
