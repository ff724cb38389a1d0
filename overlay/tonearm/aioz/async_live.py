"""Live audio, for the asyncio client."""

from __future__ import annotations

from collections.abc import Sequence

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.answers import Answers
from .._http import AsyncClientBase
from . import _operations as calls
from .broadcast import LiveKey, LiveStream
from .types import QualityConfig


class AsyncLiveAudio(AsyncClientBase):
    """The methods of `AsyncAioz` for live audio: keys for sending it by RTMP, and broadcasts."""

    async def create_live_key(self, name: str, *, save: bool = False) -> LiveKey:
        """Create a key for sending live audio.

        Args:
            name: a name for people, 1 to 255 characters.
            save: whether broadcasts become objects when they end.

        Returns:
            The key, with its `stream_key`, which is a secret.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.

        (AIOZ Stream documentation, "Live streamings")
        """
        return await _engine.run_async(calls.live.create_key(name, save), self._wire)

    async def live_keys(self, *, search: str | None = None) -> Answers[LiveKey]:
        """List the account's keys for live audio.

        Args:
            search: text in the name.
        """
        return await _engine.run_async(calls.live.keys(search), self._wire)

    async def live_key(self, id: str) -> LiveKey:
        """Read one key for live audio.

        Args:
            id: its id.

        Raises:
            NotFound: this account has no such key.
        """
        return await _engine.run_async(calls.live.get_key(id), self._wire)

    async def update_live_key(self, id: str, *, name: str | None = None, save: bool | None = None) -> LiveKey:
        """Change a key for live audio; None keeps a value.

        Args:
            id: its id.
            name: the new name, 1 to 255 characters.
            save: whether broadcasts become objects when they end.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.
            NotFound: this account has no such key.
        """
        return await _engine.run_async(
            calls.live.update_key(id, calls.live.KeyChange(name=name, save=save)), self._wire
        )

    async def delete_live_key(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete a key for live audio.

        Args:
            id: its id.
            missing_ok: whether a missing key is no error.

        Raises:
            NotFound: this account has no such key.
        """
        return await _engine.run_async(_engine.deleted(calls.live.delete_key(id), missing_ok=missing_ok), self._wire)

    async def create_live_stream(
        self, key_id: str, title: str, *, save: bool | None = None, qualities: Sequence[QualityConfig] | None = None
    ) -> LiveStream:
        """Create a broadcast, which starts when audio is sent with its key.

        Args:
            key_id: the id of the key.
            title: 1 to 255 characters.
            save: whether it becomes an object when it ends; None leaves it to the key.
            qualities: renditions; None leaves them to the service.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.
            NotFound: this account has no such key.

        (AIOZ Stream documentation, "Streamings")
        """
        broadcast = calls.live.Broadcast(title=title, save=save, qualities=qualities)
        return await _engine.run_async(calls.live.create_stream(key_id, broadcast), self._wire)

    async def live_streams(self, key_id: str) -> Answers[LiveStream]:
        """List the broadcasts of a key.

        Args:
            key_id: the id of the key.

        Raises:
            NotFound: this account has no such key.
        """
        return await _engine.run_async(calls.live.streams(key_id), self._wire)

    async def live_stream(self, key_id: str, id: str) -> LiveStream:
        """Read one broadcast with its status.

        Args:
            key_id: the id of its key.
            id: its id.

        Raises:
            NotFound: this account has no such key or broadcast.
        """
        return await _engine.run_async(calls.live.get_stream(key_id, id), self._wire)

    async def delete_live_stream(self, key_id: str, id: str, *, missing_ok: bool = False) -> None:
        """Delete a broadcast.

        Args:
            key_id: the id of its key.
            id: its id.
            missing_ok: whether a missing broadcast is no error.

        Raises:
            NotFound: this account has no such key or broadcast.
        """
        return await _engine.run_async(
            _engine.deleted(calls.live.delete_stream(key_id, id), missing_ok=missing_ok), self._wire
        )
