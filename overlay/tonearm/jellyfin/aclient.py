"""The client of Jellyfin for asyncio; its methods are documented at their twins in `client`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from os import PathLike
from typing import Unpack
from uuid import UUID

from attrs import evolve

from .._engine import leaving_async, run_async
from .._http import url_of
from .._transfer import AsyncAudioStream
from ..progress import OnProgress
from . import _download
from ._download import Target
from ._download_all import ANY, Copying, Kept
from ._operations import streams
from ._play_session import PlaySession
from ._stream_request import Selection
from .alibrary import AsyncLibrary
from .aplaying import AsyncPlaying
from .items import Item
from .presets import PresetName
from .types import AudioInfo, AudioParams, Download


class AsyncJellyfin(AsyncLibrary, AsyncPlaying):
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
        http: an httpx.AsyncClient to send with, for proxies and TLS settings; it is neither changed nor closed.

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
    ) -> AsyncAudioStream:
        """Listen to an item while it comes."""
        wanted = Selection.of(item_id, options, device_id=self._access.device_id, preset=preset, start=start)
        session = PlaySession(wanted, self._access.token is not None)
        return AsyncAudioStream(self._wire, session.open, session.end)

    async def download(
        self,
        item_id: str | UUID,
        to: Target,
        *,
        preset: PresetName | None = "original",
        duration: float | timedelta | None = None,
        on_progress: OnProgress | None = None,
        **options: Unpack[AudioParams],
    ) -> Download:
        """Download an item, whole or not at all."""
        wanted = Selection.of(item_id, options, device_id=self._access.device_id, preset=preset)
        session = PlaySession(wanted, self._access.token is not None)
        async with leaving_async(session.end, self._wire):
            return await run_async(_download.download(session, self._access, to, on_progress, duration), self._wire)

    async def download_all(
        self,
        what: str | UUID | Sequence[Item],
        folder: str | PathLike[str],
        *,
        preset: PresetName | None = "original",
        workers: int = 2,
        on_progress: OnProgress | None = None,
        **options: Unpack[AudioParams],
    ) -> tuple[Kept, ...]:
        """Download many items into a folder, several at a time; what is there already is left alone."""
        form = Selection.of(ANY, options, device_id=self._access.device_id, preset=preset)
        copying = Copying.of(what, folder, form, self._access, workers, on_progress)
        async with leaving_async(copying.end, self._wire):
            return await run_async(copying.plan(), self._wire)

    async def probe(self, item_id: str | UUID, **options: Unpack[AudioParams]) -> AudioInfo:
        """Ask what a stream would be, without its audio."""
        wanted = Selection.of(item_id, _download.or_original(options), device_id=self._access.device_id)
        return await run_async(streams.probe(wanted), self._wire)

    def url(
        self,
        item_id: str | UUID,
        *,
        preset: PresetName | None = None,
        start: float | timedelta | None = None,
        with_key: bool = False,
        **options: Unpack[AudioParams],
    ) -> str:
        """The URL of a stream, for a player outside; nothing is sent."""
        wanted = Selection.of(item_id, options, device_id=self._access.device_id, preset=preset, start=start)
        return url_of(evolve(self._wire, query={}), _download.address(wanted, self._access.query if with_key else {}))

    async def stop_encoding(self, play_session_id: str) -> None:
        """Stop what the server encodes for a play session, and delete what it has made of it."""
        return await run_async(streams.stop_encoding(self._access.device_id, play_session_id), self._wire)

    @property
    def generated(self) -> streams.Generated:
        """The generated client, on the same connections and with the same keys."""
        return streams.async_generated(self._wire)
