"""What there is to hear, for the blocking client: audio, albums, artists and playlists, page by page as needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack
from uuid import UUID

from .._engine import run
from . import _stream_options
from ._operations import library as calls
from ._operations.library import Listing
from .account import Account
from .items import Item, ItemFilters


class Library(Account):
    """The methods of `Jellyfin` for finding audio. All need a token."""

    def item(self, item_id: str | UUID) -> Item:
        """Read one item: what it is, how long it runs and where it comes from.

        Args:
            item_id: the item, dashed or as 32 hexadecimal digits.

        Raises:
            NotFound: there is no such item, or it is not for this user.
            BadRequest: the token is an API key, and `user_id` was not given.
        """
        return run(calls.item(_stream_options.item(item_id), self._access.user_id), self._wire)

    def items(self, **filters: Unpack[ItemFilters]) -> Iterator[Item]:
        """Go through audio, page by page as needed.

        Args:
            **filters: see ItemFilters; without any all audio comes.
        """
        return self._all(calls.audio(filters, self._access.user_id))

    def search(self, text: str, **filters: Unpack[ItemFilters]) -> Iterator[Item]:
        """Go through the audio with a text in its title, page by page as needed.

        Args:
            text: part of a title, in any case and without accents.
            **filters: see ItemFilters.
        """
        return self._all(calls.audio(filters, self._access.user_id, search=text))

    def albums(self, *, search: str | None = None, **filters: Unpack[ItemFilters]) -> Iterator[Item]:
        """Go through albums; `items(parent=album.id)` has what is on one.

        Args:
            search: part of an album's name.
            **filters: see ItemFilters.
        """
        return self._all(calls.albums(filters, self._access.user_id, search=search))

    def artists(self, *, search: str | None = None) -> Iterator[Item]:
        """Go through artists; `items(artist=artist.id)` has what one has made.

        Args:
            search: part of an artist's name.
        """
        return self._all(calls.artists(self._access.user_id, search=search))

    def playlists(self, *, search: str | None = None) -> Iterator[Item]:
        """Go through playlists; `playlist(playlist.id)` has what is on one.

        Args:
            search: part of a playlist's name.
        """
        return self._all(calls.playlists(self._access.user_id, search=search))

    def playlist(self, playlist_id: str | UUID) -> Iterator[Item]:
        """Go through what is on a playlist, in its order.

        Args:
            playlist_id: the playlist, dashed or as 32 hexadecimal digits.
        """
        return self._all(calls.playlist(playlist_id, self._access.user_id))

    def _all(self, listing: Listing) -> Iterator[Item]:
        start: int | None = 0
        while start is not None:
            page = run(listing.page(start), self._wire)
            yield from page.items
            start = page.next
