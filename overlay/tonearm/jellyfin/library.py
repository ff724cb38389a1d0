# Made by scripts/twins.py from async_library.py; do not edit.
"""Items, albums, artists and playlists of a Jellyfin server, for the blocking client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack
from uuid import UUID

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.signatures import shows_keywords
from .._base.validate import named
from . import _operations as calls
from ._ids import id_of
from .account import Account
from .covers import Cover
from .items import Item, ItemFilters


class Library(Account):
    """The methods of `Jellyfin` for finding audio. All need a token."""

    def item(self, item_id: str | UUID) -> Item:
        """Read one item: its kind, duration and files.

        Args:
            item_id: the id of the item, with or without dashes.

        Raises:
            NotFound: the server has no such item, or the user may not see it.
            BadRequest: the token is an API key, and the client has no `user_id`.
        """
        return _engine.run(calls.library.item(id_of(item_id), self._access.user_id), self._wire)

    @shows_keywords
    def items(self, **filters: Unpack[ItemFilters]) -> Iterator[Item]:
        """List audio; pages are read as the loop needs them.

        Args:
            **filters: see ItemFilters; all audio without any.
        """
        return self._all(
            calls.library.audio(calls.library.Filters(**named(filters, ItemFilters, "filter")), self._access.user_id)
        )

    @shows_keywords
    def search(self, text: str, **filters: Unpack[ItemFilters]) -> Iterator[Item]:
        """List audio by a part of its title; pages are read as the loop needs them.

        Args:
            text: part of a title; case and accents do not matter.
            **filters: see ItemFilters.
        """
        selection = calls.library.Filters(search=text, **named(filters, ItemFilters, "filter"))
        return self._all(calls.library.audio(selection, self._access.user_id))

    @shows_keywords
    def albums(self, *, search: str | None = None, **filters: Unpack[ItemFilters]) -> Iterator[Item]:
        """List albums; `items(parent=album.id)` lists the audio of an album.

        Args:
            search: part of an album's name.
            **filters: see ItemFilters.
        """
        selection = calls.library.Filters(search=search, **named(filters, ItemFilters, "filter"))
        return self._all(calls.library.albums(selection, self._access.user_id))

    def artists(self, *, search: str | None = None) -> Iterator[Item]:
        """List artists; `items(artist=artist.id)` lists the audio of an artist.

        Args:
            search: part of an artist's name.
        """
        return self._all(calls.library.artists(self._access.user_id, search=search))

    def playlists(self, *, search: str | None = None) -> Iterator[Item]:
        """List playlists; `playlist(playlist.id)` lists the audio of a playlist.

        Args:
            search: part of a playlist's name.
        """
        return self._all(calls.library.playlists(self._access.user_id, search=search))

    def cover(self, item_id: str | UUID, *, max_width: int | None = None) -> Cover:
        """Read the cover of an album, an artist, a playlist, or a song with its own cover.

        Args:
            item_id: the id of the item, with or without dashes; for most songs use their album (`Item.album_id`).
            max_width: its most pixels in width; None for the picture as it is stored.

        Raises:
            NotFound: the item has no cover, or the server has no such item.
        """
        return _engine.run(calls.pictures.cover(item_id, max_width), self._wire)

    def playlist(self, playlist_id: str | UUID) -> Iterator[Item]:
        """List the items of a playlist, in its order.

        Args:
            playlist_id: the id of the playlist, with or without dashes.
        """
        return self._all(calls.library.playlist(playlist_id, self._access.user_id))

    def _all(self, listing: calls.listing.Listing) -> Iterator[Item]:
        pages = listing.pages()
        while not pages.ended:
            yield from _engine.run(pages.next(), self._wire)
