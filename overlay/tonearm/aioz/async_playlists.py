"""Playlists, for the asyncio client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Unpack

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.signatures import shows_keywords
from .._base.validate import named
from .._files import SourceLike
from .._http import AsyncClientBase
from . import _operations as calls
from . import _playlists
from .options import PlaylistListOptions, PlaylistOptions
from .playlist import Playlist


class AsyncPlaylists(AsyncClientBase):
    """The methods of `AsyncAioz` for playlists of audio objects, with a page that plays them."""

    @shows_keywords
    async def create_playlist(self, name: str, **options: Unpack[PlaylistOptions]) -> Playlist:
        """Create an empty playlist.

        Args:
            name: 1 to 255 characters.
            **options: see PlaylistOptions.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.

        (AIOZ Go client v1.0.19, OpenAPI document)
        """
        new = calls.playlists.NewPlaylist(**named(options, PlaylistOptions))
        return await _engine.run_async(calls.playlists.create(name, new), self._wire)

    @shows_keywords
    async def playlists(self, **options: Unpack[PlaylistListOptions]) -> AsyncIterator[Playlist]:
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
            page, more = await _engine.run_async(calls.playlists.page(listing, offset), self._wire)
            fresh = rows.new(page)
            for playlist in fresh:
                yield playlist
            offset += len(page)
            more = more and bool(fresh)

    async def playlist(self, id: str) -> Playlist:
        """Read a playlist with its items.

        Args:
            id: the playlist.

        Raises:
            NotFound: this account has no such playlist.
        """
        return await _engine.run_async(calls.playlists.get(id), self._wire)

    async def update_playlist(
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
        return await _engine.run_async(_playlists.update(id, name, tags, cover), self._wire)

    async def delete_playlist(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete a playlist; its objects stay.

        Args:
            id: the playlist.
            missing_ok: whether a missing playlist is no error.

        Raises:
            NotFound: this account has no such playlist.
        """
        return await _engine.run_async(_engine.deleted(calls.playlists.delete(id), missing_ok=missing_ok), self._wire)

    async def add_to_playlist(self, id: str, media_id: str) -> Playlist:
        """Put an object at the end of a playlist, and read the playlist.

        Args:
            id: the playlist.
            media_id: the object; it may be in the playlist more than once.

        Raises:
            NotFound: this account has no such playlist or object.
            ConnectionFailed: the outcome is unknown; `playlist` shows whether the object is in it.
        """
        return await _engine.run_async(_playlists.add(id, media_id), self._wire)

    async def move_in_playlist(self, id: str, item_id: str, *, after: str | None = None) -> Playlist:
        """Put an item of a playlist behind another one, and read the playlist.

        Args:
            id: the playlist.
            item_id: the item to move: `PlaylistItem.id`.
            after: the item before its new place; None for the first place.

        Raises:
            InvalidInput: the playlist has no such item; it was not changed.
            NotFound: this account has no such playlist.
        """
        return await _engine.run_async(_playlists.move(id, item_id, after), self._wire)

    async def remove_from_playlist(self, id: str, item_id: str) -> None:
        """Remove an item from a playlist; its object stays.

        Args:
            id: the playlist.
            item_id: the item: `PlaylistItem.id`.

        Raises:
            NotFound: this account has no such playlist, or it has no such item.
        """
        return await _engine.run_async(_playlists.remove(id, item_id), self._wire)

    async def delete_playlist_cover(self, id: str) -> None:
        """Delete the cover picture of a playlist.

        Args:
            id: the playlist.

        Raises:
            NotFound: this account has no such playlist.
        """
        return await _engine.run_async(_playlists.remove_cover(id), self._wire)

    async def playlist_player(self, id: str) -> Playlist:
        """Read the public data of a playlist, as players do.

        Args:
            id: the playlist.

        Raises:
            NotFound: there is no such playlist.
        """
        return await _engine.run_async(calls.playlists.player(id), self._wire)
