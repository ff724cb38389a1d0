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
    """What a new playlist was asked to be, apart from its name; see PlaylistOptions."""

    tags: Sequence[str] | None = None
    metadata: Mapping[str, str] | None = None


@frozen(kw_only=True)
class PlaylistListing:
    """Which playlists are asked for; see PlaylistListOptions."""

    sort_by: Literal["created_at", "name"] = "created_at"
    order_by: Order = "asc"
    search: str | None = None
    tags: Sequence[str] | None = None
    metadata: Mapping[str, str] | None = None


@frozen
class Cover:
    """A picture to send: its bytes, and what they are."""

    file: FileWindow
    name: str
    media_type: str


def create(name: str, ask: NewPlaylist) -> Plan[Playlist]:
    """Make a playlist. Repeated only when the service did not take the request."""
    body = models.CreatePlaylistRequest(
        name=_name(name),
        playlist_type="audio",
        metadata=to.maybe(ask.metadata, to.pairs),
        tags=to.maybe(ask.tags, to.tags),
    )
    request = Request.of(create_playlist.request_kwargs(body=body), repeat="unsent")
    return envelopes.ask(request, _playlist(create_playlist.read_answer))


def page(ask: PlaylistListing, offset: int) -> Plan[pages.Page[Playlist]]:
    """Read up to 100 playlists, and whether there are more."""
    body = models.ListPlaylistsRequest(
        offset=offset,
        limit=pages.LIMIT,
        sort_by=models.PlaylistSortField(validate.word(ask.sort_by, "sort_by", list(models.PlaylistSortField))),
        order_by=models.SortOrder(validate.word(ask.order_by, "order_by", list(models.SortOrder))),
        playlist_type="audio",
        search=to.maybe(ask.search, to.search),
        tags=to.maybe(ask.tags, to.tags),
        metadata=to.maybe(ask.metadata, to.pairs),
    )

    def parse(answer: Answer) -> pages.Page[Playlist]:
        return answer.model(
            list_playlists.read_answer,
            models.PlaylistListResponse,
            lambda found: pages.page_of(
                found.data.playlists, found.data.total, offset, lambda row: Playlist.of(row, None)
            ),
        )

    return envelopes.ask(Request.of(list_playlists.request_kwargs(body=body)), parse)


def get(id: str) -> Plan[Playlist]:
    """Read a playlist with its items."""
    return envelopes.ask(Request.of(get_playlist.request_kwargs(_id(id))), _playlist(get_playlist.read_answer))


def player(id: str) -> Plan[Playlist]:
    """Read what players read of a playlist: it stands in no envelope."""

    def parse(answer: Answer) -> Playlist:
        return answer.model(
            get_playlist_player.read_answer, models.Playlist, lambda found: Playlist.of(found, answer.request_id)
        )

    return call(Request.of(get_playlist_player.request_kwargs(_id(id))), parse)


def update(id: str, name: str | None, tags: Sequence[str] | None, cover: Cover | None) -> Plan[None]:
    """Change what is given."""
    file = UNSET if cover is None else File(cast("BinaryIO", cover.file), cover.name, cover.media_type)
    body = models.UpdatePlaylistRequest(name=to.maybe(name, _name), tags=to.maybe(tags, to.tags), file=file)
    request = Request.of(update_playlist.request_kwargs(_id(id), body=body))
    return envelopes.ask(request, done(update_playlist.read_answer))


def delete(id: str) -> Plan[None]:
    """Delete a playlist."""
    return envelopes.ask(Request.of(delete_playlist.request_kwargs(_id(id))), done(delete_playlist.read_answer))


def remove_cover(id: str) -> Plan[None]:
    """Take the cover of a playlist away."""
    request = Request.of(delete_playlist_thumbnail.request_kwargs(_id(id)))
    return envelopes.ask(request, done(delete_playlist_thumbnail.read_answer))


def add(id: str, media_id: str) -> Plan[None]:
    """Put an object at the end. Repeated only when the service did not take the request."""
    body = models.AddPlaylistItemRequest(validate.path_segment(media_id, "media_id"))
    request = Request.of(add_playlist_item.request_kwargs(_id(id), body=body), repeat="unsent")
    return envelopes.ask(request, done(add_playlist_item.read_answer))


def move(id: str, item_id: str, *, previous: str | None, next: str | None) -> Plan[None]:
    """Put an item between two others; None is an end."""
    body = models.MovePlaylistItemRequest(
        current_id=validate.path_segment(item_id, "item_id"),
        previous_id=UNSET if previous is None else previous,
        next_id=UNSET if next is None else next,
    )
    request = Request.of(move_playlist_item.request_kwargs(_id(id), body=body))
    return envelopes.ask(request, done(move_playlist_item.read_answer))


def remove(id: str, item_id: str) -> Plan[None]:
    """Take an item out."""
    kwargs = remove_playlist_item.request_kwargs(_id(id), validate.path_segment(item_id, "item_id"))
    return envelopes.ask(Request.of(kwargs), done(remove_playlist_item.read_answer))


def _playlist(read: Callable[[int, Any], object]) -> Callable[[Answer], Playlist]:
    """The parser of what an operation that answers a playlist sends."""
    return lambda answer: answer.model(
        read, models.PlaylistResponse, lambda found: Playlist.of(found.data.playlist, answer.request_id)
    )


def _name(value: str) -> str:
    return validate.text(value, "name", CreatePlaylistRequest.name)


def _id(id: str) -> str:
    return validate.path_segment(id, "id")
