"""The seam for what there is to hear: single items, and lists of them page by page."""

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
"""The server's words. All end with the name, so that pages hang together."""


@frozen(kw_only=True)
class Filters:
    """What listed items must have in common, and how they are sorted; see ItemFilters."""

    parent: str | UUID | None = None
    artist: str | UUID | None = None
    genre: str | None = None
    sort_by: SortBy | None = None
    descending: bool = False
    favorite: bool | None = None
    search: str | None = None
    """A part of the title or name."""


def audio(ask: Filters, user_id: str | None, *, marked: bool = False) -> Listing:
    """The audio that fits; `marked` asks also for what changes with an item."""
    return _listing("Audio", _fields(marked), ask, user_id, "album")


def albums(ask: Filters, user_id: str | None) -> Listing:
    """The albums that fit."""
    return _listing("MusicAlbum", "ChildCount,Genres", ask, user_id, "name")


def playlists(user_id: str | None, *, search: str | None = None) -> Listing:
    """The playlists that fit."""
    return _listing("Playlist", "ChildCount", Filters(search=search), user_id, "name")


def artists(user_id: str | None, *, search: str | None = None) -> Listing:
    """The artists that fit."""
    term, user = _searched(search), _maybe(user_id)

    def request(start: int) -> dict[str, Any]:
        return get_artists.request_kwargs(user_id=user, search_term=term, start_index=start, limit=PAGE)

    return Listing(request, get_artists.read_answer)


def playlist(playlist_id: str | UUID, user_id: str | None, *, marked: bool = False) -> Listing:
    """What is on a playlist, in its order."""
    wanted, user = id_of(playlist_id, "playlist_id"), _maybe(user_id)

    def request(start: int) -> dict[str, Any]:
        return get_playlist_items.request_kwargs(
            wanted, user_id=user, start_index=start, limit=PAGE, fields=_fields(marked)
        )

    return Listing(request, get_playlist_items.read_answer, repeats=True)


def item(item_id: str, user_id: str | None) -> Plan[Item]:
    """Read one item."""
    return known(call(Request.of(get_item.request_kwargs(item_id, user_id=_maybe(user_id))), _item), for_user=True)


def _listing(kind: str, fields: str, ask: Filters, user_id: str | None, usual: SortBy) -> Listing:
    sort_by = validate.word(usual if ask.sort_by is None else ask.sort_by, "sort_by", _SORTS)
    artist = None if ask.artist is None else compact(ask.artist, "artist")
    parent_id = UNSET if ask.parent is None else id_of(ask.parent, "parent")
    genres = UNSET if ask.genre is None else validate.length(ask.genre, "genre", least=1, most=1000)
    favorite = UNSET if ask.favorite is None else validate.flag(ask.favorite, "favorite")
    term, user = _searched(ask.search), _maybe(user_id)

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
            sort_order="Descending" if ask.descending else "Ascending",
            fields=fields,
            start_index=start,
            limit=PAGE,
        )

    return Listing(request, get_items.read_answer, filtered(ask.genre, artist, ask.favorite))


def _fields(marked: bool) -> str:
    return "Genres,MediaSources,DateCreated,Etag" if marked else "Genres,MediaSources"


def _searched(search: str | None) -> str | Unset:
    return UNSET if search is None else validate.length(search, "search", least=1, most=1000)


def _maybe(user_id: str | None) -> str | Unset:
    return UNSET if user_id is None else user_id


def _item(answer: Answer) -> Item:
    return answer.model(get_item.read_answer, models.BaseItemDto, lambda found: Item.of(found, answer.request_id))
