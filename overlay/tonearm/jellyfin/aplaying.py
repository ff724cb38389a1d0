"""What goes with playing, for asyncio; its methods are documented at their twins in `playing`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from os import PathLike
from typing import Unpack
from uuid import UUID

from .._engine import run_async
from .._transfer import AsyncAudioStream
from . import _playback
from ._operations import playback as calls
from ._stream_options import item as id_of
from .aaccount import AsyncAccount
from .lyrics import Lyrics
from .types import PlaybackState, UniversalParams


class AsyncPlaying(AsyncAccount):
    """The methods of `AsyncJellyfin` for what goes with playing. All need a token."""

    def universal(
        self,
        item_id: str | UUID,
        formats: Sequence[str],
        *,
        start: float | timedelta | None = None,
        **options: Unpack[UniversalParams],
    ) -> AsyncAudioStream:
        """Listen to an item in the form that the server chooses: as it is where the player can, else encoded."""
        opening = _playback.universal(item_id, formats, options, start=start, access=self._access)
        return AsyncAudioStream(self._wire, opening)

    async def lyrics(self, item_id: str | UUID) -> Lyrics:
        """Read the lyrics of an item."""
        return await run_async(calls.lyrics(id_of(item_id)), self._wire)

    async def put_lyrics(self, item_id: str | UUID, lyrics: Lyrics | str | PathLike[str]) -> Lyrics:
        """Store lyrics beside an item, in the place of those that were there."""
        return await run_async(_playback.put_lyrics(item_id, lyrics), self._wire)

    async def delete_lyrics(self, item_id: str | UUID) -> None:
        """Delete the stored lyrics of an item; that there are none is no error."""
        return await run_async(calls.remove_lyrics(id_of(item_id)), self._wire)

    async def report_start(
        self, item_id: str | UUID, position: float | timedelta = 0.0, **state: Unpack[PlaybackState]
    ) -> None:
        """Tell the server that playback begins."""
        return await run_async(_playback.started(item_id, position, state), self._wire)

    async def report_progress(
        self, item_id: str | UUID, position: float | timedelta, **state: Unpack[PlaybackState]
    ) -> None:
        """Tell the server how far playback is, best every ten seconds and at each pause."""
        return await run_async(_playback.progressed(item_id, position, state), self._wire)

    async def report_stop(
        self,
        item_id: str | UUID,
        position: float | timedelta,
        *,
        play_session_id: str | None = None,
        media_source_id: str | UUID | None = None,
        failed: bool | None = None,
    ) -> None:
        """Tell the server that playback has ended; what it encodes for the play session ends, too."""
        plan = _playback.stopped(
            item_id, position, play_session_id=play_session_id, media_source_id=media_source_id, failed=failed
        )
        return await run_async(plan, self._wire)
