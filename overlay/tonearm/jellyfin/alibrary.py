"""What there is to hear, for asyncio; its methods are documented at their twins in `library`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Unpack
from uuid import UUID

from .._engine import run_async
from ._operations import library as calls
from ._operations.library import Listing
from ._stream_options import item as id_of
from .aaccount import AsyncAccount
from .items import Item, ItemFilters


class AsyncLibrary(AsyncAccount):
    """The methods of `AsyncJellyfin` for finding audio. All need a token."""

    async def item(self, item_id: str | UUID) -> Item:
        """Read one item: what it is, how long it runs and where it comes from."""
        return await run_async(calls.item(id_of(item_id), self._access.user_id), self._wire)

    def items(self, **filters: Unpack[ItemFilters]) -> AsyncIterator[Item]:
        """Go through audio, page by page as needed."""
        return self._all(calls.audio(filters, self._access.user_id))

    def search(self, text: str, **filters: Unpack[ItemFilters]) -> AsyncIterator[Item]:
        """Go through the audio with a text in its title, page by page as needed."""
        return self._all(calls.audio(filters, self._access.user_id, search=text))

    def albums(self, *, search: str | None = None, **filters: Unpack[ItemFilters]) -> AsyncIterator[Item]:
        """Go through albums; `items(parent=album.id)` has what is on one."""
        return self._all(calls.albums(filters, self._access.user_id, search=search))

    def artists(self, *, search: str | None = None) -> AsyncIterator[Item]:
        """Go through artists; `items(artist=artist.id)` has what one has made."""
        return self._all(calls.artists(self._access.user_id, search=search))

    def playlists(self, *, search: str | None = None) -> AsyncIterator[Item]:
        """Go through playlists; `playlist(playlist.id)` has what is on one."""
        return self._all(calls.playlists(self._access.user_id, search=search))

    def playlist(self, playlist_id: str | UUID) -> AsyncIterator[Item]:
        """Go through what is on a playlist, in its order."""
        return self._all(calls.playlist(playlist_id, self._access.user_id))

    async def _all(self, listing: Listing) -> AsyncIterator[Item]:
        start: int | None = 0
        while start is not None:
            page = await run_async(listing.page(start), self._wire)
            for item in page.items:
                yield item
            start = page.next
