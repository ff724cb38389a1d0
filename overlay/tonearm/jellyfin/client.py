# Made by scripts/twins.py from async_client.py; do not edit.
"""The blocking client of Jellyfin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from os import PathLike
from typing import TYPE_CHECKING, Unpack
from uuid import UUID

from attrs import evolve

from .. import _engine, _http  # pyright: ignore[reportPrivateUsage]  # rooms of this package
from .._base.answers import Answers
from .._base.signatures import shows_keywords
from . import _download
from . import _operations as calls
from ._download import Target
from ._download_options import FolderCopy, ItemDownload
from ._play_session import PlaySession, listen
from ._stream_request import Selection
from .collection import Collection
from .items import Item
from .library import Library
from .options import DownloadAllOptions, DownloadOptions
from .playing import Playing
from .presets import PresetName
from .types import AudioInfo, AudioParams, Download

if TYPE_CHECKING:
    from .._transfer import AudioStream
    from ._copy.kept import Kept
    from ._operations import streams


class Jellyfin(Library, Playing, Collection):
    """Audio from a Jellyfin server.

    Args:
        base_url: the address of the server, with its base path if it has one; JELLYFIN_URL when None.
        token: an access token or API key; JELLYFIN_TOKEN when None. The stream operations of 10.11 need none.
        device_id: the name under which the server knows this player; when None a random one, which is kept for each
                server with the state of this user.
        user_id: the user whose library is read; JELLYFIN_USER_ID when None. An API key needs it, as it belongs to no
                user.
        key_in_query: whether the token is sent in the query of every request, where proxies log it, instead of in the
            header `Authorization`. It is for a proxy that needs that header; `http=` with `auth=` then sets it.
        timeout: seconds of silence after which a read or write fails (60).
        deadline: seconds that a whole call may take; None for no limit.
        retry: how failed requests are retried.
        headers: headers that a proxy in front of the server wants, such as those of Cloudflare Access. They go to this
            server alone, and are never shown.
        certificate: a PEM file with a certificate of the client and its private key, or a pair of files, for servers
            that ask for one (mutual TLS); shown to this server alone.
        http: an httpx.Client to send with, for proxies and TLS settings; it is neither changed nor closed.
        backend: the library that sends, "httpx" when None; "httpx2" (extra `httpx2`) is for many calls at once.

    Raises:
        ConfigurationError: there is no base URL, or it or the token is invalid.
    """

    @shows_keywords
    def stream(
        self,
        item_id: str | UUID,
        *,
        preset: PresetName | None = None,
        start: float | timedelta | None = None,
        **options: Unpack[AudioParams],
    ) -> AudioStream:
        """Read the audio of an item while it arrives.

        Args:
            item_id: the id of the item, with or without dashes.
            preset: format, codec, bit rate and channels by name.
            start: where to begin, in seconds; the server begins at most 5 seconds before the end.
            **options: see AudioParams; they override the preset.

        Returns:
            The audio, to be read in a ``with`` block: entering sends the request, `restart` sends another.

        Raises:
            InvalidInput: the server would refuse, drop or fail on a value; nothing was sent.
        """
        wanted = Selection.of(item_id, options, device_id=self._access.device_id, preset=preset, start=start)
        session = PlaySession(wanted, self._access)
        return listen(session, self._wire)

    @shows_keywords
    def download(self, item_id: str | UUID, to: Target, **options: Unpack[DownloadOptions]) -> Download:
        """Download an item; only a complete file gets its name.

        An interrupted original is resumed, also by a later call with the same arguments, if the file on the server is
        still the same. Encoded audio is restarted. Its size is not known in advance, and a crashed encoder looks like a
        finished one, so the audio is decoded and its length compared with `duration`, or with a token with the item's
        run time. For formats other than WAV this needs the extra `media`. `verified` lists the checks. Streamed FLAC
        and WAV get the lengths that are missing in their headers.

        Args:
            item_id: the id of the item, with or without dashes.
            to: the file to make or replace, a folder for a file with the item's name, or an open binary file.
            **options: see DownloadOptions; without any, the original is downloaded.

        Raises:
            InvalidInput: a value is invalid, or the file name does not fit the audio; nothing was written.
            DownloadInterrupted: the connection failed too often; `path` is the partial file.
            Truncated: the response was empty or ended early; `expected` and `got` are seconds of audio.
        """
        request = ItemDownload.of(options)
        session = PlaySession(request.selection(item_id, self._access.device_id), self._access)
        plan = _download.download(session, self._access, to, request, away=request.away())
        with _engine.leaving(session.end, self._wire):
            return _engine.run(plan, self._wire)

    @shows_keywords
    def download_all(
        self,
        what: str | UUID | Sequence[Item],
        folder: str | PathLike[str],
        **options: Unpack[DownloadAllOptions],
    ) -> Answers[Kept]:
        """Download many items into a folder, several at a time; complete files are not fetched again.

        A record in the folder, `.tonearm.json`, has the item of each file. A file therefore keeps its name, is renamed
        when its title or number changes, and is fetched again when it changes on the server. Files that are not in the
        record, or that were changed here, are left alone. Only a complete file gets its name, and a later call resumes
        an interrupted one. An item that fails does not stop the others; a full disk, a refused token or an unavailable
        server ends the call. A second call for the same folder waits for the first.

        Args:
            what: the id of an album, playlist, artist, folder or audio item (which needs a token), or audio items, such
                as the list of what `items(genre="Folk")` yields.
            folder: the folder for the files; made if it does not exist.
            **options: see DownloadAllOptions; without any, the originals are downloaded.

        Returns:
            The outcome for each item, in order; an item that failed, or was not tried any more, has an `error`. Covers,
            lyrics and playlists follow, and then files whose items left the server.

        Raises:
            InvalidInput: a value is invalid; nothing was sent.
        """
        from ._copy.plan import Copying

        copying = Copying.of(what, folder, FolderCopy.of(options), self._access)
        with _engine.leaving(copying.end, self._wire):
            return _engine.run(copying.plan(), self._wire)

    @shows_keywords
    def probe(self, item_id: str | UUID, **options: Unpack[AudioParams]) -> AudioInfo:
        """Read the headers of a stream without its audio.

        A response does not prove that the server can encode the item. If a server does not support HEAD, one byte is
        requested.

        Args:
            item_id: the id of the item, with or without dashes.
            **options: see AudioParams; without any, the original is probed.

        Raises:
            NotFound: the server has no such item, or its file is missing.
        """
        wanted = Selection.of(item_id, _download.or_original(options), device_id=self._access.device_id)
        session = PlaySession(wanted, self._access)
        with _engine.leaving(session.end, self._wire):
            return _engine.run(session.probe(), self._wire)

    @shows_keywords
    def url(
        self,
        item_id: str | UUID,
        *,
        preset: PresetName | None = None,
        start: float | timedelta | None = None,
        with_key: bool = False,
        **options: Unpack[AudioParams],
    ) -> str:
        """Make the URL of a stream for another player; nothing is sent.

        Equal arguments give equal URLs, so that a player may reconnect.

        Args:
            item_id: the id of the item, with or without dashes.
            preset: format, codec, bit rate and channels by name.
            start: where to begin, in seconds.
            with_key: whether the URL contains the token, which logs and histories then keep; 10.11 needs none.
            **options: see AudioParams; they override the preset.

        Raises:
            ConfigurationError: `with_key` without a token.
        """
        wanted = Selection.of(item_id, options, device_id=self._access.device_id, preset=preset, start=start)
        return _http.url_of(
            evolve(self._wire, query={}), _download.address(wanted, self._access.query if with_key else {})
        )

    def stop_encoding(self, play_session_id: str) -> None:
        """Stop what the server encodes for a play session, and delete the result.

        Streams and downloads do this for their own sessions. Call it for sessions that you named, and for those of
        `url` or of other players. The server does not say whether it was encoding.

        Args:
            play_session_id: the name of the session.

        Raises:
            Unauthorized: there is no token, or the server does not know it.
        """
        return _engine.run(calls.streams.stop_encoding(self._access.device_id, play_session_id), self._wire)

    @property
    def generated(self) -> streams.Generated:
        """The generated client, made once, on the same connections and with the same keys; see docs/generated.md."""
        return calls.streams.generated(self._wire)
