# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading

if TYPE_CHECKING:
    from ..models.direct_play_profile import DirectPlayProfile
    from ..models.transcoding_profile import TranscodingProfile


T = TypeVar("T", bound="DeviceProfile")


@_attrs_define
class DeviceProfile:
    """The formats of a player.

    Attributes:
        direct_play_profiles (list[DirectPlayProfile]): What it plays as it is.
        transcoding_profiles (list[TranscodingProfile]): What is encoded for it otherwise.
    """

    direct_play_profiles: list[DirectPlayProfile]
    transcoding_profiles: list[TranscodingProfile]

    def to_dict(self) -> dict[str, Any]:
        direct_play_profiles = []
        for direct_play_profiles_item_data in self.direct_play_profiles:
            direct_play_profiles_item = direct_play_profiles_item_data.to_dict()
            direct_play_profiles.append(direct_play_profiles_item)

        transcoding_profiles = []
        for transcoding_profiles_item_data in self.transcoding_profiles:
            transcoding_profiles_item = transcoding_profiles_item_data.to_dict()
            transcoding_profiles.append(transcoding_profiles_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "DirectPlayProfiles": direct_play_profiles,
                "TranscodingProfiles": transcoding_profiles,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        direct_play_profiles = _data.pop("DirectPlayProfiles", None)
        direct_play_profiles = _reading.required(_READ_DIRECT_PLAY_PROFILES, direct_play_profiles, "DirectPlayProfiles")
        transcoding_profiles = _data.pop("TranscodingProfiles", None)
        transcoding_profiles = _reading.required(
            _READ_TRANSCODING_PROFILES, transcoding_profiles, "TranscodingProfiles"
        )
        _model = cls.__new__(cls)
        _model.direct_play_profiles = direct_play_profiles
        _model.transcoding_profiles = transcoding_profiles
        return _model


from ..models.direct_play_profile import DirectPlayProfile
from ..models.transcoding_profile import TranscodingProfile

_READ_DIRECT_PLAY_PROFILES = _reading.every(DirectPlayProfile.from_dict)
_READ_TRANSCODING_PROFILES = _reading.every(TranscodingProfile.from_dict)
