"""Favourites, mixes and playlists of a Jellyfin user, for the asyncio client."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.answers import Answers
from . import _operations as calls
from .async_account import AsyncAccount
from .items import Item, UserData


class AsyncCollection(AsyncAccount):
    """The methods of `AsyncJellyfin` for favourites, mixes and playlists. All need a token."""

    async def instant_mix(self, item_id: str | UUID, *, limit: int = 200) -> Answers[Item]:
        """Mix audio similar to an audio item, album, artist or playlist; each call may return another mix.

        Args:
            item_id: the id of the item, with or without dashes.
            limit: how many items at most.

        Raises:
            NotFound: the server has no such item, or makes no mixes.
        """
        return await _engine.run_async(
            calls.collection.instant_mix(calls.collection.Beside.of(item_id, self._access.user_id, limit)), self._wire
        )

    async def similar(self, item_id: str | UUID, *, limit: int = 50) -> Answers[Item]:
        """List similar items of the same type, the most similar first.

        Args:
            item_id: the id of the item, with or without dashes.
            limit: how many items at most.

        Raises:
            NotFound: the server has no such item, or does not compare items.
        """
        return await _engine.run_async(
            calls.collection.similar(calls.collection.Beside.of(item_id, self._access.user_id, limit)), self._wire
        )

    async def set_favorite(self, item_id: str | UUID, favorite: bool = True) -> UserData:
        """Add an item to the user's favourites, or remove it; `items(favorite=True)` lists them.

        Args:
            item_id: the id of the item, with or without dashes.
            favorite: False removes the item from the favourites.

        Returns:
            The user's data of the item.

        Raises:
            NotFound: the server has no such item.
        """
        return await _engine.run_async(
            calls.collection.favorite(item_id, self._access.user_id, favorite=favorite), self._wire
        )

    async def create_playlist(self, name: str, items: Sequence[Item | str | UUID] = ()) -> str:
        """Create a playlist; several playlists may have the same name.

        Args:
            name: its name.
            items: its items or their ids, in order.

        Returns:
            The id of the playlist.

        Raises:
            InvalidInput: the name is empty, or an entry is no item; nothing was sent.
        """
        return await _engine.run_async(calls.collection.make_playlist(name, items, self._access.user_id), self._wire)

    async def add_to_playlist(self, playlist_id: str | UUID, items: Sequence[Item | str | UUID]) -> None:
        """Add items at the end of a playlist, in order.

        Long lists are sent in several requests; if a request fails, a note on the error says how many items were added.

        Args:
            playlist_id: the id of the playlist, with or without dashes.
            items: the items or their ids.

        Raises:
            NotFound: the server has no such playlist.
            Forbidden: the user may not change it.
        """
        return await _engine.run_async(
            calls.collection.add_to_playlist(playlist_id, items, self._access.user_id), self._wire
        )

    async def remove_from_playlist(self, playlist_id: str | UUID, entries: Sequence[str]) -> None:
        """Remove entries from a playlist.

        Long lists are sent in several requests, the last entries first; a note on an error says how many were removed.

        Args:
            playlist_id: the id of the playlist, with or without dashes.
            entries: the `entry_id` of items from `playlist()`, as an item may be on a playlist twice.

        Raises:
            NotFound: the server has no such playlist.
            Forbidden: the user may not change it.
        """
        return await _engine.run_async(calls.collection.remove_from_playlist(playlist_id, entries), self._wire)
