"""The blocking client of Jellyfin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from os import PathLike
from typing import Unpack
from uuid import UUID

from attrs import evolve

from .._engine import leaving, run
from .._http import url_of
from .._transfer import AudioStream
from ..progress import OnProgress
from . import _download, _play_session, _stream_request
from ._download import Target
from ._download_all import ANY, Copying, Kept
from ._operations import streams
from .items import Item
from .library import Library
from .playing import Playing
from .presets import PresetName
from .types import AudioInfo, AudioParams, Download


class Jellyfin(Library, Playing):
    """Audio from a Jellyfin server.

    Args:
        base_url: where the server is, with its base path if it has one; else JELLYFIN_URL.
        token: an access token or API key; else JELLYFIN_TOKEN. The stream operations of 10.11 work without.
        device_id: how the server knows this player; else one that follows from the host name.
        user_id: for which user to look, which an API key needs, as it belongs to none.
        key_in_query: whether the token goes into the query of every request, where proxies log it, and no header
            `Authorization` is sent: for a proxy that wants its own there, which `http=` with `auth=` sends.
        timeout: seconds of silence after which a read or write fails (60).
        deadline: seconds that a whole call may take; None for no bound.
        retry: how failures are repeated.
        http: an httpx.Client to send with, for proxies and TLS settings; it is neither changed nor closed.

    Raises:
        ConfigurationError: no base URL or one that cannot be used, or a token that cannot be one.
    """

    def stream(
        self,
        item_id: str | UUID,
        *,
        preset: PresetName | None = None,
        start: float | timedelta | None = None,
        **options: Unpack[AudioParams],
    ) -> AudioStream:
        """Listen to an item while it comes.

        Args:
            item_id: the item, dashed or as 32 hexadecimal digits.
            preset: format, codec, bit rate and channels by name.
            start: where to begin, in seconds; the server begins at most 5 seconds before the end.
            **options: see AudioParams; they beat the preset.

        Returns:
            A context manager; the request goes out when it is entered, and again with `restart`.

        Raises:
            InvalidInput: a value that the server would refuse, drop or fail on; nothing was sent.
        """
        wanted = _stream_request.Selection.of(
            item_id, options, device_id=self._access.device_id, preset=preset, start=start
        )
        session = _play_session.PlaySession(wanted, self._access.token is not None)
        return AudioStream(self._wire, session.open, session.end, session.ranges)

    def download(
        self,
        item_id: str | UUID,
        to: Target,
        *,
        preset: PresetName | None = "original",
        duration: float | timedelta | None = None,
        on_progress: OnProgress | None = None,
        **options: Unpack[AudioParams],
    ) -> Download:
        """Download an item, whole or not at all.

        An original that breaks off goes on where it was, also in a later call with the same arguments, if the file on
        the server is still the same. Encoded audio begins again. Its size is not known before, and an encoder that dies
        looks like one that is done, so it is decoded and held to the run time of the item: that of `duration`, else
        that which the server says where there is a token. Other than WAV this takes the extra `media`. What was checked
        is in `verified`. Streamed FLAC and WAV get the lengths that their headers lack.

        Args:
            item_id: the item, dashed or as 32 hexadecimal digits.
            to: the file to make or replace, a folder to make it in (named by the item), or an open binary file.
            preset: the form to download; None when `options` say it.
            duration: seconds that the item takes; None asks the server, 0 leaves that check out.
            on_progress: told how far the download is, in bytes.
            **options: see AudioParams; they beat the preset.

        Raises:
            InvalidInput: a value that cannot be, or a file name that does not fit the audio; nothing was written.
            DownloadInterrupted: the connection was lost too often; `path` is where the bytes so far are kept.
            Truncated: the answer was empty or ended early; `expected` and `got` are seconds of audio.
        """
        wanted = _stream_request.Selection.of(item_id, options, device_id=self._access.device_id, preset=preset)
        session = _play_session.PlaySession(wanted, self._access.token is not None)
        with leaving(session.end, self._wire):
            return run(_download.download(session, self._access, to, on_progress, duration), self._wire)

    def download_all(
        self,
        what: str | UUID | Sequence[Item],
        folder: str | PathLike[str],
        *,
        preset: PresetName | None = "original",
        workers: int = 2,
        on_progress: OnProgress | None = None,
        **options: Unpack[AudioParams],
    ) -> tuple[Kept, ...]:
        """Download many items into a folder, several at a time; what is there already is left alone.

        Files are named by number and title, `01 - Title.flac`, whatever the server calls them. Each is there whole or
        not at all, and what broke off goes on in a later call. An original is left alone when it has the size that the
        server tells, other audio when this method has made it before in the same form. An item that fails does not
        stop the others.

        Args:
            what: an album, a playlist, an artist, a folder or an audio item by its id (which takes a token), or audio
                items, such as ``list(jf.items(genre="Folk"))``.
            folder: where the files go; made if it is not there.
            preset: the form to download; None when `options` say it.
            workers: how many items are downloaded at a time, 1 to 8.
            on_progress: told how far all of it is, in bytes; `part` is the item that went on.
            **options: see AudioParams; they beat the preset.

        Returns:
            What became of each item, in their order: look for those that have an `error`.

        Raises:
            InvalidInput: a value that cannot be; nothing was sent.
        """
        form = _stream_request.Selection.of(ANY, options, device_id=self._access.device_id, preset=preset)
        copying = Copying.of(what, folder, form, self._access, workers, on_progress)
        with leaving(copying.end, self._wire):
            return run(copying.plan(), self._wire)

    def probe(self, item_id: str | UUID, **options: Unpack[AudioParams]) -> AudioInfo:
        """Ask what a stream would be, without its audio.

        That a server answers does not prove that it can encode the item.

        Args:
            item_id: the item, dashed or as 32 hexadecimal digits.
            **options: see AudioParams; without any the original is meant.

        Raises:
            NotFound: there is no such item, or its file is gone.
        """
        wanted = _stream_request.Selection.of(item_id, _download.or_original(options), device_id=self._access.device_id)
        return run(streams.probe(wanted), self._wire)

    def url(
        self,
        item_id: str | UUID,
        *,
        preset: PresetName | None = None,
        start: float | timedelta | None = None,
        with_key: bool = False,
        **options: Unpack[AudioParams],
    ) -> str:
        """The URL of a stream, for a player outside; nothing is sent.

        Equal arguments give equal URLs, so that a player may connect again.

        Args:
            item_id: the item, dashed or as 32 hexadecimal digits.
            preset: format, codec, bit rate and channels by name.
            start: where to begin, in seconds.
            with_key: whether to put the token into the URL, where logs and histories keep it; 10.11 needs none.
            **options: see AudioParams; they beat the preset.

        Raises:
            ConfigurationError: `with_key` without a token.
        """
        wanted = _stream_request.Selection.of(
            item_id, options, device_id=self._access.device_id, preset=preset, start=start
        )
        return url_of(evolve(self._wire, query={}), _download.address(wanted, self._access.query if with_key else {}))

    def stop_encoding(self, play_session_id: str) -> None:
        """Stop what the server encodes for a play session, and delete what it has made of it.

        Streams and downloads do this for their own sessions. It is for sessions that were named: those of `url`, or of
        a player outside. Whether there was an encoding, the server does not say.

        Args:
            play_session_id: the session's name.

        Raises:
            Unauthorized: there is no token, or one that the server does not know.
        """
        return run(streams.stop_encoding(self._access.device_id, play_session_id), self._wire)

    @property
    def generated(self) -> streams.Generated:
        """The generated client, on the same connections and with the same keys."""
        return streams.generated(self._wire)
