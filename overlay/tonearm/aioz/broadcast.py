"""Live audio on AIOZ Stream: the keys with which programs send it, and their broadcasts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import field, frozen

from tonearm_generated.reading import given

from .._base.answers import Answer
from .._base.coerce import when

if TYPE_CHECKING:
    from tonearm_generated.aioz import models

_SECRET = ("stream_key", "rtmp_url")


@frozen(repr=False)
class LiveKey(Answer):
    """A key for sending live audio; fields that the service does not send are None.

    Attributes:
        id: its id.
        name: a name for people.
        save: whether broadcasts become objects when they end.
        stream_key: the secret for sending audio. `repr` and notebooks do not show it, and `raw` lacks it; `to_dict` has
            it.
        rtmp_url: the address to which audio is sent. It may contain the secret, and is hidden in the same way.
        raw: the object as the service sent it, without the secret and the address.
        request_id: the server's name for the request.
    """

    id: str
    name: str | None
    save: bool | None
    stream_key: str | None = field(repr=False)
    rtmp_url: str | None = field(repr=False)
    created_at: datetime | None
    updated_at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.LiveKey, request_id: str | None) -> Self:
        """Make it from the generated model."""
        return cls(
            id=model.id,
            name=given(model.name),
            save=given(model.save),
            stream_key=given(model.stream_key),
            rtmp_url=given(model.rtmp_url),
            created_at=when(given(model.created_at)),
            updated_at=when(given(model.updated_at)),
            raw={name: value for name, value in model.raw.items() if name not in _SECRET},
            request_id=request_id,
        )


@frozen(repr=False, kw_only=True)
class LiveStream(Answer):
    """A broadcast; fields that the service does not send are None.

    Attributes:
        id: its id.
        key_id: the id of its key.
        title: its title.
        status: its state, such as `created`.
        save: whether it becomes an object when it ends.
        duration: seconds so far.
        listening: how many listen now.
        listened: how many have listened.
        hls_url: the address of the playlist.
        player_url: the address of a page that plays it.
        thumbnail_url: the address of its cover.
        raw: the object as the service sent it.
        request_id: the server's name for the request.
    """

    id: str
    key_id: str | None
    title: str | None
    status: str | None
    save: bool | None
    duration: float | None
    listening: int | None
    listened: int | None
    hls_url: str | None
    player_url: str | None
    thumbnail_url: str | None
    created_at: datetime | None
    updated_at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.LiveStream, request_id: str | None) -> Self:
        """Make it from the generated model."""
        assets = given(model.assets)
        return cls(
            id=model.id,
            key_id=given(model.live_stream_key_id),
            title=given(model.title),
            status=given(model.status),
            save=given(model.save),
            duration=given(model.duration),
            listening=given(model.current_view),
            listened=given(model.total_view),
            hls_url=None if assets is None else given(assets.hls_url),
            player_url=None if assets is None else given(assets.player_url),
            thumbnail_url=None if assets is None else given(assets.thumbnail_url),
            created_at=when(given(model.created_at)),
            updated_at=when(given(model.updated_at)),
            raw=model.raw,
            request_id=request_id,
        )
