"""The seam for playlists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO, Literal, cast

from attrs import frozen

from tonearm_generated.aioz import models
from tonearm_generated.aioz.api.playlists import (
    add_playlist_item,
    create_playlist,
    delete_playlist,
    delete_playlist_thumbnail,
    get_playlist,
    get_playlist_player,
    list_playlists,
    move_playlist_item,
    remove_playlist_item,
    update_playlist,
)
from tonearm_generated.aioz.constraints import CreatePlaylistRequest
from tonearm_generated.aioz.types import UNSET, File

from ..._base import validate
from ..._engine import Plan, call
from ..._files import FileWindow
from ..._http import Answer, Request
from ..playlist import Playlist
from ..types import Order
from . import bodies as to
from . import envelopes, pages
from .objects import done


@frozen(kw_only=True)
class NewPlaylist:
    """The options of a new playlist, apart from its name; see PlaylistOptions."""

    tags: Sequence[str] | None = None
    metadata: Mapping[str, str] | None = None


@frozen(kw_only=True)
class PlaylistListing:
    """The filters and the order of a list of playlists; see PlaylistListOptions."""

    sort_by: Literal["created_at", "name"] = "created_at"
    order_by: Order = "asc"
    search: str | None = None
    tags: Sequence[str] | None = None
    metadata: Mapping[str, str] | None = None


@frozen
class Cover:
    """A picture to send: its bytes, file name and media type."""

    file: FileWindow
    name: str
    media_type: str


def create(name: str, playlist: NewPlaylist) -> Plan[Playlist]:
    """Create a playlist. The request is retried only if the service did not process it."""
    body = models.CreatePlaylistRequest(
        name=_name(name),
        playlist_type="audio",
        metadata=to.maybe(playlist.metadata, to.pairs),
        tags=to.maybe(playlist.tags, to.tags),
    )
    request = Request.of(create_playlist.request_kwargs(body=body), repeat="unsent")
    return envelopes.send(request, _playlist(create_playlist.read_answer))


def page(listing: PlaylistListing, offset: int) -> Plan[pages.Page[Playlist]]:
    """Read up to 100 playlists, and whether there are more."""
    body = models.ListPlaylistsRequest(
        offset=offset,
        limit=pages.LIMIT,
        sort_by=models.PlaylistSortField(validate.word(listing.sort_by, "sort_by", list(models.PlaylistSortField))),
        order_by=models.SortOrder(validate.word(listing.order_by, "order_by", list(models.SortOrder))),
        playlist_type="audio",
        search=to.maybe(listing.search, to.search),
        tags=to.maybe(listing.tags, to.tags),
        metadata=to.maybe(listing.metadata, to.pairs),
    )

    def parse(answer: Answer) -> pages.Page[Playlist]:
        return answer.model(
            list_playlists.read_answer,
            models.PlaylistListResponse,
            lambda response: pages.page_of(
                response.data.playlists, response.data.total, offset, lambda row: Playlist.of(row, None)
            ),
        )

    return envelopes.send(Request.of(list_playlists.request_kwargs(body=body)), parse)


def get(id: str) -> Plan[Playlist]:
    """Read a playlist with its items."""
    return envelopes.send(Request.of(get_playlist.request_kwargs(_id(id))), _playlist(get_playlist.read_answer))


def player(id: str) -> Plan[Playlist]:
    """Read the public data of a playlist, which has no envelope."""

    def parse(answer: Answer) -> Playlist:
        return answer.model(
            get_playlist_player.read_answer, models.Playlist, lambda response: Playlist.of(response, answer.request_id)
        )

    return call(Request.of(get_playlist_player.request_kwargs(_id(id))), parse)


def update(id: str, name: str | None, tags: Sequence[str] | None, cover: Cover | None) -> Plan[None]:
    """Change the given values."""
    file = UNSET if cover is None else File(cast("BinaryIO", cover.file), cover.name, cover.media_type)
    body = models.UpdatePlaylistRequest(name=to.maybe(name, _name), tags=to.maybe(tags, to.tags), file=file)
    request = Request.of(update_playlist.request_kwargs(_id(id), body=body))
    return envelopes.send(request, done(update_playlist.read_answer))


def delete(id: str) -> Plan[None]:
    """Delete a playlist."""
    return envelopes.send(Request.of(delete_playlist.request_kwargs(_id(id))), done(delete_playlist.read_answer))


def remove_cover(id: str) -> Plan[None]:
    """Remove the cover of a playlist."""
    request = Request.of(delete_playlist_thumbnail.request_kwargs(_id(id)))
    return envelopes.send(request, done(delete_playlist_thumbnail.read_answer))


def add(id: str, media_id: str) -> Plan[None]:
    """Add an object at the end. The request is retried only if the service did not process it."""
    body = models.AddPlaylistItemRequest(validate.path_segment(media_id, "media_id"))
    request = Request.of(add_playlist_item.request_kwargs(_id(id), body=body), repeat="unsent")
    return envelopes.send(request, done(add_playlist_item.read_answer))


def move(id: str, item_id: str, *, previous: str | None, next: str | None) -> Plan[None]:
    """Move an item between two others; None means an end of the playlist."""
    body = models.MovePlaylistItemRequest(
        current_id=validate.path_segment(item_id, "item_id"),
        previous_id=UNSET if previous is None else previous,
        next_id=UNSET if next is None else next,
    )
    request = Request.of(move_playlist_item.request_kwargs(_id(id), body=body))
    return envelopes.send(request, done(move_playlist_item.read_answer))


def remove(id: str, item_id: str) -> Plan[None]:
    """Remove an item."""
    kwargs = remove_playlist_item.request_kwargs(_id(id), validate.path_segment(item_id, "item_id"))
    return envelopes.send(Request.of(kwargs), done(remove_playlist_item.read_answer))


def _playlist(read: Callable[[int, Any], object]) -> Callable[[Answer], Playlist]:
    """The parser of an operation that returns a playlist."""
    return lambda answer: answer.model(
        read, models.PlaylistResponse, lambda response: Playlist.of(response.data.playlist, answer.request_id)
    )


def _name(value: str) -> str:
    return validate.text(value, "name", CreatePlaylistRequest.name)


def _id(id: str) -> str:
    return validate.path_segment(id, "id")
