"""What goes with playing, for the blocking client: the server's choice of a form, lyrics, and reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from os import PathLike
from typing import Unpack
from uuid import UUID

from .._engine import run
from .._transfer import AudioStream
from . import _playback, _stream_options
from ._operations import playback as calls
from .account import Account
from .lyrics import Lyrics
from .types import PlaybackState, UniversalParams


class Playing(Account):
    """The methods of `Jellyfin` for what goes with playing. All need a token."""

    def universal(
        self,
        item_id: str | UUID,
        formats: Sequence[str],
        *,
        start: float | timedelta | None = None,
        **options: Unpack[UniversalParams],
    ) -> AudioStream:
        """Listen to an item in the form that the server chooses: as it is where the player can, else encoded.

        What is encoded goes on at the server for some seconds after the stream was left: its play session is the
        server's own, and nobody else can end it.

        Args:
            item_id: the item, dashed or as 32 hexadecimal digits.
            formats: what the player takes as it is, as extensions, each with codecs if only these can be in it:
                ``["flac", "mp3", "mp4|aac"]``.
            start: where to begin, in seconds; anywhere but at the beginning everything is encoded.
            **options: see UniversalParams.

        Returns:
            A context manager; the request goes out when it is entered, and again with `restart`.

        Raises:
            InvalidInput: a value that the server would refuse or drop; nothing was sent.
        """
        opening = _playback.universal(item_id, formats, options, start=start, access=self._access)
        return AudioStream(self._wire, opening)

    def lyrics(self, item_id: str | UUID) -> Lyrics:
        """Read the lyrics of an item.

        Args:
            item_id: the item, dashed or as 32 hexadecimal digits.

        Raises:
            NotFound: the server has none, or there is no such item.
        """
        return run(calls.lyrics(_stream_options.item(item_id)), self._wire)

    def put_lyrics(self, item_id: str | UUID, lyrics: Lyrics | str | PathLike[str]) -> Lyrics:
        """Store lyrics beside an item, in the place of those that were there.

        Args:
            item_id: the item, dashed or as 32 hexadecimal digits.
            lyrics: what to store, or the path of a file in UTF-8 that ends in .lrc, .elrc or .txt.

        Returns:
            The lyrics as the server has read them.

        Raises:
            InvalidInput: there is no line in them, or the file is none of these; nothing was sent.
            Forbidden: the user may not manage lyrics.
        """
        return run(_playback.put_lyrics(item_id, lyrics), self._wire)

    def delete_lyrics(self, item_id: str | UUID) -> None:
        """Delete the stored lyrics of an item; that there are none is no error.

        Args:
            item_id: the item, dashed or as 32 hexadecimal digits.

        Raises:
            NotFound: there is no such item.
        """
        return run(calls.remove_lyrics(_stream_options.item(item_id)), self._wire)

    def report_start(
        self, item_id: str | UUID, position: float | timedelta = 0.0, **state: Unpack[PlaybackState]
    ) -> None:
        """Tell the server that playback begins.

        Args:
            item_id: the item, dashed or as 32 hexadecimal digits.
            position: where, in seconds.
            **state: see PlaybackState.
        """
        return run(_playback.started(item_id, position, state), self._wire)

    def report_progress(self, item_id: str | UUID, position: float | timedelta, **state: Unpack[PlaybackState]) -> None:
        """Tell the server how far playback is, best every ten seconds and at each pause.

        Args:
            item_id: the item, dashed or as 32 hexadecimal digits.
            position: where, in seconds.
            **state: see PlaybackState.
        """
        return run(_playback.progressed(item_id, position, state), self._wire)

    def report_stop(
        self,
        item_id: str | UUID,
        position: float | timedelta,
        *,
        play_session_id: str | None = None,
        media_source_id: str | UUID | None = None,
        failed: bool | None = None,
    ) -> None:
        """Tell the server that playback has ended; what it encodes for the play session ends, too.

        Args:
            item_id: the item, dashed or as 32 hexadecimal digits.
            position: where, in seconds; from there a player may resume.
            play_session_id: the play session.
            media_source_id: which version of the item.
            failed: whether it ended with an error.
        """
        plan = _playback.stopped(
            item_id, position, play_session_id=play_session_id, media_source_id=media_source_id, failed=failed
        )
        return run(plan, self._wire)
