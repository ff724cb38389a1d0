"""The seam for how a player gets an item: unchanged or encoded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from attrs import frozen

from tonearm_generated.jellyfin import models
from tonearm_generated.jellyfin.api.media_info import get_posted_playback_info
from tonearm_generated.jellyfin.types import UNSET, Unset

from ..._base import validate
from ..._engine import Plan
from ..._http import Answer, Request
from ...errors import InvalidInput
from .. import presets
from .._ids import compact
from ..playback import Playback
from .error_hints import known
from .lacking import offered
from .startup_wait import call

_AUDIO = "Audio"
_INT32 = 2**31 - 1
_SEGMENTS = frozenset({"ts", "mp4"})
"""The containers of segments (Jellyfin server source, v10.11.11); with another container their playlist fails."""


@frozen(kw_only=True)
class Player:
    """The capabilities of a player, apart from formats; see PlayerParams."""

    transcoding_container: str | None = None
    audio_codec: str | None = None
    max_streaming_bitrate: int | None = None
    max_audio_channels: int | None = None
    media_source_id: str | UUID | None = None
    hls: bool = False
    with_key: bool = False


def playback(
    item_id: str, formats: Sequence[str], player: Player, *, base_url: str, user_id: str | None
) -> Plan[Playback]:
    """Read how a player gets an item; `formats` are like "flac" and "mp4|aac"."""
    body = models.PlaybackInfoDto(
        user_id=UNSET if user_id is None else user_id,
        media_source_id=UNSET if player.media_source_id is None else compact(player.media_source_id, "media_source_id"),
        max_streaming_bitrate=_most(player.max_streaming_bitrate, "max_streaming_bitrate"),
        max_audio_channels=_most(player.max_audio_channels, "max_audio_channels"),
        device_profile=models.DeviceProfile([_direct(name) for name in formats], [_encoded(player)]),
    )
    with_key = validate.flag(player.with_key, "with_key")
    request = Request.of(get_posted_playback_info.request_kwargs(item_id, body=body))
    asking = known(call(request, partial(_read, base_url=base_url, with_key=with_key)), for_user=True)
    return offered(asking, "to say how an item can be played", of_item=True)


def _direct(name: str) -> models.DirectPlayProfile:
    container, *codecs = name.split("|")
    return models.DirectPlayProfile(_AUDIO, container, audio_codec=",".join(codecs) if codecs else UNSET)


def _encoded(player: Player) -> models.TranscodingProfile:
    hls = validate.flag(player.hls, "hls")
    container = "ts" if hls else "mp3"
    if player.transcoding_container is not None:
        container = validate.path_segment(player.transcoding_container, "transcoding_container")
    if hls and container not in _SEGMENTS:
        raise InvalidInput.of("transcoding_container", container, "'ts' or 'mp4' with hls")
    made = presets.by_extension("m4a" if hls else container)
    codec = made.codec if player.audio_codec is None and made is not None else player.audio_codec
    if codec is None:
        raise InvalidInput.of("audio_codec", codec, f"given beside transcoding_container {container!r}")
    return models.TranscodingProfile(
        _AUDIO, container, validate.path_segment(codec, "audio_codec"), "hls" if hls else "http"
    )


def _most(value: int | None, name: str) -> int | Unset:
    return UNSET if value is None else validate.whole(value, name, least=1, most=_INT32)


def _read(answer: Answer, *, base_url: str, with_key: bool) -> Playback:
    return answer.model(
        get_posted_playback_info.read_answer,
        models.PlaybackInfoResponse,
        lambda model: Playback.of(model, answer.request_id, base_url=base_url, with_key=with_key),
    )
