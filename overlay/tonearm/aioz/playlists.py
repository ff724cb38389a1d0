# Made by scripts/twins.py from async_playlists.py; do not edit.
"""Playlists, for the blocking client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Unpack

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.signatures import shows_keywords
from .._base.validate import named
from .._files import SourceLike
from .._http import ClientBase
from . import _operations as calls
from . import _playlists
from .options import PlaylistListOptions, PlaylistOptions
from .playlist import Playlist


class Playlists(ClientBase):
    """The methods of `Aioz` for playlists of audio objects, with a page that plays them."""

    @shows_keywords
    def create_playlist(self, name: str, **options: Unpack[PlaylistOptions]) -> Playlist:
        """Create an empty playlist.

        Args:
            name: 1 to 255 characters.
            **options: see PlaylistOptions.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.

        (AIOZ Go client v1.0.19, OpenAPI document)
        """
        new = calls.playlists.NewPlaylist(**named(options, PlaylistOptions))
        return _engine.run(calls.playlists.create(name, new), self._wire)

    @shows_keywords
    def playlists(self, **options: Unpack[PlaylistListOptions]) -> Iterator[Playlist]:
        """List the account's playlists of audio, without their items; pages are read as the loop needs them.

        Args:
            **options: see PlaylistListOptions.

        Raises:
            InvalidInput: a value or the name of an option is invalid; nothing was sent.
        """
        listing = calls.playlists.PlaylistListing(**named(options, PlaylistListOptions))
        rows = calls.pages.Rows()
        offset, more = 0, True
        while more:
            page, more = _engine.run(calls.playlists.page(listing, offset), self._wire)
            fresh = rows.new(page)
            yield from fresh
            offset += len(page)
            more = more and bool(fresh)

    def playlist(self, id: str) -> Playlist:
        """Read a playlist with its items.

        Args:
            id: the playlist.

        Raises:
            NotFound: this account has no such playlist.
        """
        return _engine.run(calls.playlists.get(id), self._wire)

    def update_playlist(
        self,
        id: str,
        *,
        name: str | None = None,
        tags: Sequence[str] | None = None,
        cover: SourceLike | None = None,
    ) -> Playlist:
        """Change a playlist and read it again; None keeps a value.

        Args:
            id: the playlist.
            name: 1 to 255 characters.
            tags: 1 to 50, each of at most 255 characters; they replace all.
            cover: a PNG or JPEG file of at most 10 MiB: its path, its bytes, or a binary file.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.
            NotFound: this account has no such playlist.
        """
        return _engine.run(_playlists.update(id, name, tags, cover), self._wire)

    def delete_playlist(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete a playlist; its objects stay.

        Args:
            id: the playlist.
            missing_ok: whether a missing playlist is no error.

        Raises:
            NotFound: this account has no such playlist.
        """
        return _engine.run(_engine.deleted(calls.playlists.delete(id), missing_ok=missing_ok), self._wire)

    def add_to_playlist(self, id: str, media_id: str) -> Playlist:
        """Put an object at the end of a playlist, and read the playlist.

        Args:
            id: the playlist.
            media_id: the object; it may be in the playlist more than once.

        Raises:
            NotFound: this account has no such playlist or object.
            ConnectionFailed: the outcome is unknown; `playlist` shows whether the object is in it.
        """
        return _engine.run(_playlists.add(id, media_id), self._wire)

    def move_in_playlist(self, id: str, item_id: str, *, after: str | None = None) -> Playlist:
        """Put an item of a playlist behind another one, and read the playlist.

        Args:
            id: the playlist.
            item_id: the item to move: `PlaylistItem.id`.
            after: the item before its new place; None for the first place.

        Raises:
            InvalidInput: the playlist has no such item; it was not changed.
            NotFound: this account has no such playlist.
        """
        return _engine.run(_playlists.move(id, item_id, after), self._wire)

    def remove_from_playlist(self, id: str, item_id: str) -> None:
        """Remove an item from a playlist; its object stays.

        Args:
            id: the playlist.
            item_id: the item: `PlaylistItem.id`.

        Raises:
            NotFound: this account has no such playlist, or it has no such item.
        """
        return _engine.run(_playlists.remove(id, item_id), self._wire)

    def delete_playlist_cover(self, id: str) -> None:
        """Delete the cover picture of a playlist.

        Args:
            id: the playlist.

        Raises:
            NotFound: this account has no such playlist.
        """
        return _engine.run(_playlists.remove_cover(id), self._wire)

    def playlist_player(self, id: str) -> Playlist:
        """Read the public data of a playlist, as players do.

        Args:
            id: the playlist.

        Raises:
            NotFound: there is no such playlist.
        """
        return _engine.run(calls.playlists.player(id), self._wire)
