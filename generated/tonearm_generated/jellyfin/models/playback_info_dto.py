# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.device_profile import DeviceProfile


T = TypeVar("T", bound="PlaybackInfoDto")


@_attrs_define
class PlaybackInfoDto:
    """What a player can play.

    Attributes:
        user_id (str | Unset): For which user; the user of the token when left out.
        media_source_id (str | Unset): Which version; all of them when left out.
        max_streaming_bitrate (int | Unset): Bits per second at most.
        max_audio_channels (int | Unset): Channels at most.
        device_profile (DeviceProfile | Unset): The formats of a player.
    """

    user_id: str | Unset = UNSET
    media_source_id: str | Unset = UNSET
    max_streaming_bitrate: int | Unset = UNSET
    max_audio_channels: int | Unset = UNSET
    device_profile: DeviceProfile | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        user_id = self.user_id

        media_source_id = self.media_source_id

        max_streaming_bitrate = self.max_streaming_bitrate

        max_audio_channels = self.max_audio_channels

        device_profile: dict[str, Any] | Unset = UNSET
        if not isinstance(self.device_profile, Unset):
            device_profile = self.device_profile.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if user_id is not UNSET:
            field_dict["UserId"] = user_id
        if media_source_id is not UNSET:
            field_dict["MediaSourceId"] = media_source_id
        if max_streaming_bitrate is not UNSET:
            field_dict["MaxStreamingBitrate"] = max_streaming_bitrate
        if max_audio_channels is not UNSET:
            field_dict["MaxAudioChannels"] = max_audio_channels
        if device_profile is not UNSET:
            field_dict["DeviceProfile"] = device_profile

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        user_id = _data.pop("UserId", UNSET)
        if user_id is not UNSET and user_id.__class__ is not str:
            user_id = _reading.optional(_reading.text, user_id, UNSET)
        media_source_id = _data.pop("MediaSourceId", UNSET)
        if media_source_id is not UNSET and media_source_id.__class__ is not str:
            media_source_id = _reading.optional(_reading.text, media_source_id, UNSET)
        max_streaming_bitrate = _data.pop("MaxStreamingBitrate", UNSET)
        if max_streaming_bitrate is not UNSET and max_streaming_bitrate.__class__ is not int:
            max_streaming_bitrate = _reading.optional(_reading.integer, max_streaming_bitrate, UNSET)
        max_audio_channels = _data.pop("MaxAudioChannels", UNSET)
        if max_audio_channels is not UNSET and max_audio_channels.__class__ is not int:
            max_audio_channels = _reading.optional(_reading.integer, max_audio_channels, UNSET)
        device_profile = _data.pop("DeviceProfile", UNSET)
        if device_profile is not UNSET:
            device_profile = _reading.optional(_READ_DEVICE_PROFILE, device_profile, UNSET)
        _model = cls.__new__(cls)
        _model.user_id = user_id
        _model.media_source_id = media_source_id
        _model.max_streaming_bitrate = max_streaming_bitrate
        _model.max_audio_channels = max_audio_channels
        _model.device_profile = device_profile
        return _model


from ..models.device_profile import DeviceProfile

_READ_DEVICE_PROFILE = DeviceProfile.from_dict
