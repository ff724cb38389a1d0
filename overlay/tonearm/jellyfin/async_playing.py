"""Formats that the server chooses, lyrics and playback reports, for the asyncio client."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from os import PathLike
from typing import TYPE_CHECKING, Unpack
from uuid import UUID

from .. import _engine, _transfer  # pyright: ignore[reportPrivateUsage]  # rooms of this package
from .._base.signatures import shows_keywords
from .._base.validate import named
from . import _operations as calls
from . import _playback
from ._ids import id_of
from ._ticks import ticks
from .async_account import AsyncAccount
from .lyrics import Lyrics
from .playback import Playback
from .types import PlaybackState, PlayerParams, UniversalParams

if TYPE_CHECKING:
    from .._transfer import AsyncAudioStream


class AsyncPlaying(AsyncAccount):
    """The methods of `AsyncJellyfin` for players: formats, lyrics and reports. All need a token."""

    @shows_keywords
    def universal(
        self,
        item_id: str | UUID,
        formats: Sequence[str],
        *,
        start: float | timedelta | None = None,
        **options: Unpack[UniversalParams],
    ) -> AsyncAudioStream:
        """Read an item in a format that the server chooses: the original if the player supports it, else encoded.

        The server continues to encode for some seconds after the stream was closed: it chooses the play session, which
        a client cannot end.

        Args:
            item_id: the id of the item, with or without dashes.
            formats: the extensions that the player supports, with codecs if only these are supported in a format:
                ``["flac", "mp3", "mp4|aac"]``.
            start: where to begin, in seconds; if it is not 0, the server always encodes.
            **options: see UniversalParams.

        Returns:
            The audio, to be read in an ``async with`` block: entering sends the request, `restart` sends another.

        Raises:
            InvalidInput: the server would refuse or drop a value; nothing was sent.
        """
        player = calls.playback.Universal(**named(options, UniversalParams))
        opening = _playback.universal(item_id, formats, player, start=start, access=self._access)
        return _transfer.AsyncAudioStream(self._wire, opening)

    @shows_keywords
    async def playback(self, item_id: str | UUID, formats: Sequence[str], **options: Unpack[PlayerParams]) -> Playback:
        """Let the server choose how a player gets an item: unchanged or encoded.

        Args:
            item_id: the id of the item, with or without dashes.
            formats: the extensions that the player supports, as in `universal`.
            **options: see PlayerParams.

        Returns:
            The files of the item, and how the player gets each; the server encodes nothing until a URL is opened.

        Raises:
            InvalidInput: the server would refuse a value; nothing was sent.
            NotFound: the server has no such item.
        """
        player = calls.playback_info.Player(**named(options, PlayerParams))
        access = self._access
        plan = calls.playback_info.playback(
            id_of(item_id), _playback.listed(formats), player, base_url=access.where.url, user_id=access.user_id
        )
        return await _engine.run_async(plan, self._wire)

    async def lyrics(self, item_id: str | UUID) -> Lyrics:
        """Read the lyrics of an item.

        Args:
            item_id: the id of the item, with or without dashes.

        Raises:
            NotFound: the server has no lyrics for it, or no such item.
        """
        return await _engine.run_async(calls.playback.lyrics(id_of(item_id)), self._wire)

    async def put_lyrics(self, item_id: str | UUID, lyrics: Lyrics | str | PathLike[str]) -> Lyrics:
        """Store the lyrics of an item; they replace earlier ones.

        Args:
            item_id: the id of the item, with or without dashes.
            lyrics: the lyrics, or the path of a file in UTF-8 that ends in .lrc, .elrc or .txt.

        Returns:
            The stored lyrics, as the server parses them.

        Raises:
            InvalidInput: the lyrics have no line, or the file has another format; nothing was sent.
            Forbidden: the user may not manage lyrics.
        """
        return await _engine.run_async(_playback.put_lyrics(item_id, lyrics), self._wire)

    async def delete_lyrics(self, item_id: str | UUID) -> None:
        """Delete the stored lyrics of an item; it is no error if it has none.

        Args:
            item_id: the id of the item, with or without dashes.

        Raises:
            NotFound: the server has no such item.
        """
        return await _engine.run_async(calls.playback.remove_lyrics(id_of(item_id)), self._wire)

    @shows_keywords
    async def report_start(
        self, item_id: str | UUID, position: float | timedelta = 0.0, **state: Unpack[PlaybackState]
    ) -> None:
        """Report that playback has started.

        Args:
            item_id: the id of the item, with or without dashes.
            position: the position, in seconds.
            **state: see PlaybackState.
        """
        report = calls.playback.Report(**named(state, PlaybackState))
        return await _engine.run_async(
            calls.playback.started(id_of(item_id), ticks(position, "position"), report), self._wire
        )

    @shows_keywords
    async def report_progress(
        self, item_id: str | UUID, position: float | timedelta, **state: Unpack[PlaybackState]
    ) -> None:
        """Report the position of playback, best every ten seconds and at each pause.

        Args:
            item_id: the id of the item, with or without dashes.
            position: the position, in seconds.
            **state: see PlaybackState.
        """
        report = calls.playback.Report(**named(state, PlaybackState))
        return await _engine.run_async(
            calls.playback.progressed(id_of(item_id), ticks(position, "position"), report), self._wire
        )

    async def report_stop(
        self,
        item_id: str | UUID,
        position: float | timedelta,
        *,
        play_session_id: str | None = None,
        media_source_id: str | UUID | None = None,
        failed: bool | None = None,
    ) -> None:
        """Report that playback has ended; the server then stops encoding for the play session.

        Args:
            item_id: the id of the item, with or without dashes.
            position: where it ended, in seconds; a player may resume there.
            play_session_id: the play session.
            media_source_id: the version of the item.
            failed: whether it ended with an error.
        """
        ending = calls.playback.Ending(play_session_id=play_session_id, media_source_id=media_source_id, failed=failed)
        return await _engine.run_async(
            calls.playback.stopped(id_of(item_id), ticks(position, "position"), ending), self._wire
        )
