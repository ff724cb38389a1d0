"""The seam for favourites, mixes, and changes of playlists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote
from uuid import UUID

from attrs import frozen

from tonearm_generated.jellyfin import models
from tonearm_generated.jellyfin.api.instant_mix import get_instant_mix_from_item
from tonearm_generated.jellyfin.api.library import get_similar_items
from tonearm_generated.jellyfin.api.playlists import (
    add_item_to_playlist,
    create_playlist,
    remove_item_from_playlist,
)
from tonearm_generated.jellyfin.api.user_library import mark_favorite_item, unmark_favorite_item
from tonearm_generated.jellyfin.types import UNSET, Unset
from tonearm_generated.reading import UnreadableAnswer

from ..._base import validate
from ..._base.answers import Answers
from ..._engine import Plan
from ..._http import Answer, Request
from ...errors import InvalidInput, TonearmError
from .._ids import id_of
from ..items import Item, UserData
from .error_hints import known
from .lacking import offered
from .listing import Listing, Reader
from .startup_wait import call

_FIELDS = "Genres,MediaSources"
_MOST = 2**31 - 1
_LONGEST = 1000

_QUERY = 3000
"""Bytes of ids in a query: servers and proxies accept request lines of 8 KiB, some only 4 KiB."""


@frozen
class Beside:
    """The arguments of lists of similar items: the item, the user, and the most items."""

    item_id: str
    user_id: str | None
    limit: int

    @classmethod
    def of(cls, item_id: str | UUID, user_id: str | None, limit: int) -> Beside:
        """Check the arguments."""
        return cls(id_of(item_id), user_id, validate.whole(limit, "limit", least=1, most=_MOST))

    @property
    def user(self) -> str | Unset:
        """The user id, as an optional field of generated code."""
        return _maybe(self.user_id)


def instant_mix(beside: Beside) -> Plan[Answers[Item]]:
    """Mix audio similar to an item."""
    kwargs = get_instant_mix_from_item.request_kwargs(
        beside.item_id, user_id=beside.user, limit=beside.limit, fields=_FIELDS
    )
    return offered(_listed(kwargs, get_instant_mix_from_item.read_answer), "mixes", of_item=True)


def similar(beside: Beside) -> Plan[Answers[Item]]:
    """List similar items."""
    kwargs = get_similar_items.request_kwargs(beside.item_id, user_id=beside.user, limit=beside.limit, fields=_FIELDS)
    return offered(_listed(kwargs, get_similar_items.read_answer), "similar items", of_item=True)


def favorite(item_id: str | UUID, user_id: str | None, *, favorite: bool) -> Plan[UserData]:
    """Add an item to the favourites, or remove it."""
    wanted, user = id_of(item_id), _maybe(user_id)
    if validate.flag(favorite, "favorite"):
        kwargs, read = mark_favorite_item.request_kwargs(wanted, user_id=user), mark_favorite_item.read_answer
    else:
        kwargs, read = unmark_favorite_item.request_kwargs(wanted, user_id=user), unmark_favorite_item.read_answer
    marked = known(call(Request.of(kwargs), _user_data(read)), for_user=True)
    return offered(marked, "favourites", of_item=True)


def make_playlist(name: str, items: Sequence[Item | str | UUID], user_id: str | None) -> Plan[str]:
    """Create a playlist, and return its id. The request is retried only if the server did not process it."""
    body = models.CreatePlaylistDto(
        validate.length(name, "name", least=1, most=_LONGEST),
        ids=_ids(items, may_be_empty=True),
        user_id=_maybe(user_id),
        media_type="Audio",
    )
    request = Request.of(create_playlist.request_kwargs(body=body), repeat="unsent")
    return offered(known(call(request, _made), for_user=True), "to make playlists")


def add_to_playlist(playlist_id: str | UUID, items: Sequence[Item | str | UUID], user_id: str | None) -> Plan[None]:
    """Add items at the end of a playlist. The request is retried only if the server did not process it."""
    wanted, user = id_of(playlist_id, "playlist_id"), _maybe(user_id)

    def request(ids: str) -> Request:
        return Request.of(add_item_to_playlist.request_kwargs(wanted, ids=ids, user_id=user), repeat="unsent")

    return _changed(_batches([str(id) for id in _ids(items)]), request, "items were added", for_user=True)


def remove_from_playlist(playlist_id: str | UUID, entries: Sequence[str]) -> Plan[None]:
    """Remove entries from a playlist, last ones first: on some servers entries are places, which then stay valid."""
    wanted = id_of(playlist_id, "playlist_id")
    if isinstance(entries, str) or not entries:
        raise InvalidInput.of("entries", entries, "a list of entries, such as [item.entry_id]")
    batches = _batches([_entry(entry) for entry in entries])
    return _changed(
        batches[::-1],
        lambda ids: Request.of(remove_item_from_playlist.request_kwargs(wanted, entry_ids=ids)),
        "entries were removed",
    )


def _entry(entry: str) -> str:
    if "," in validate.path_segment(entry, "entries"):
        raise InvalidInput.of("entries", entry, "entries without commas, which separate them")
    return entry


def _batches(ids: Sequence[str]) -> list[list[str]]:
    """Divide ids into batches that fit into a query, in which a comma has three bytes."""
    batches: list[list[str]] = []
    room = 0
    for id in ids:
        size = len(quote(id, safe="")) + len("%2C")
        if not batches or size > room:
            batches.append([])
            room = _QUERY
        batches[-1].append(id)
        room -= size
    return batches


def _changed(
    batches: Sequence[Sequence[str]], request: Callable[[str], Request], did: str, *, for_user: bool = False
) -> Plan[None]:
    """Change a playlist batch by batch; a note on an error says how much was done before it."""
    done, total = 0, sum(map(len, batches))
    for batch in batches:
        plan = known(call(request(",".join(batch)), _done), for_user=for_user)
        try:
            yield from offered(plan, "to change playlists", of_item=True)
        except TonearmError as error:
            if done:
                error.add_note(f"{done} of {total} {did} before this")
            raise
        done += len(batch)


def _listed(kwargs: dict[str, Any], read: Reader) -> Plan[Answers[Item]]:
    """Read a list that has one page."""
    return Answers((yield from Listing(lambda _: kwargs, read).pages().next()))


def _ids(items: Sequence[Item | str | UUID], *, may_be_empty: bool = False) -> list[str]:
    if isinstance(items, (str, UUID, Item)) or not (items or may_be_empty):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("items", items, "a list of items, or of their ids")
    return [id_of(item.id if isinstance(item, Item) else item, "items") for item in items]


def _maybe(user_id: str | None) -> str | Unset:
    return UNSET if user_id is None else user_id


def _user_data(read: Reader) -> Callable[[Answer], UserData]:
    return lambda answer: answer.model(
        read, models.UserItemDataDto, lambda model: UserData.of(model, answer.request_id)
    )


def _made(answer: Answer) -> str:
    def id_in(model: models.PlaylistCreationResult) -> str:
        if not model.id:
            raise UnreadableAnswer("expected an id, got empty text", "Id")
        return model.id

    return answer.model(create_playlist.read_answer, models.PlaylistCreationResult, id_in)


def _done(_: Answer) -> None:
    """The status means success; the response has no body."""
