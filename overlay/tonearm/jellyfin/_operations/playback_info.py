"""The seam for how the server lets a player have an item: as it is, or encoded."""

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
"""What segments can be (Jellyfin server source, v10.11.11); with another container their playlist fails."""


@frozen(kw_only=True)
class Player:
    """What a player can play beside formats; see PlayerParams."""

    transcoding_container: str | None = None
    audio_codec: str | None = None
    max_streaming_bitrate: int | None = None
    max_audio_channels: int | None = None
    media_source_id: str | UUID | None = None
    hls: bool = False
    with_key: bool = False


def playback(
    item_id: str, formats: Sequence[str], ask: Player, *, base_url: str, user_id: str | None
) -> Plan[Playback]:
    """Ask how a player gets an item; `formats` are such as "flac" and "mp4|aac"."""
    body = models.PlaybackInfoDto(
        user_id=UNSET if user_id is None else user_id,
        media_source_id=UNSET if ask.media_source_id is None else compact(ask.media_source_id, "media_source_id"),
        max_streaming_bitrate=_most(ask.max_streaming_bitrate, "max_streaming_bitrate"),
        max_audio_channels=_most(ask.max_audio_channels, "max_audio_channels"),
        device_profile=models.DeviceProfile([_direct(name) for name in formats], [_encoded(ask)]),
    )
    with_key = validate.flag(ask.with_key, "with_key")
    request = Request.of(get_posted_playback_info.request_kwargs(item_id, body=body))
    asked = known(call(request, partial(_read, base_url=base_url, with_key=with_key)), for_user=True)
    return offered(asked, "to say how an item can be played", of_item=True)


def _direct(name: str) -> models.DirectPlayProfile:
    container, *codecs = name.split("|")
    return models.DirectPlayProfile(_AUDIO, container, audio_codec=",".join(codecs) if codecs else UNSET)


def _encoded(ask: Player) -> models.TranscodingProfile:
    hls = validate.flag(ask.hls, "hls")
    container = "ts" if hls else "mp3"
    if ask.transcoding_container is not None:
        container = validate.path_segment(ask.transcoding_container, "transcoding_container")
    if hls and container not in _SEGMENTS:
        raise InvalidInput.of("transcoding_container", container, "'ts' or 'mp4' with hls")
    made = presets.by_extension("m4a" if hls else container)
    codec = made.codec if ask.audio_codec is None and made is not None else ask.audio_codec
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
        lambda found: Playback.of(found, answer.request_id, base_url=base_url, with_key=with_key),
    )
