# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="UserPolicy")


@_attrs_define
class UserPolicy:
    """What a user may do.

    Attributes:
        is_administrator (bool | None | Unset): Whether the user is an administrator.
        is_disabled (bool | None | Unset): Whether the user is locked out.
        enable_lyric_management (bool | None | Unset): Whether the user may store lyrics.
        enable_media_playback (bool | None | Unset): Whether the user may play.
        enable_audio_playback_transcoding (bool | None | Unset): Whether audio is encoded for the user; the stream
            operations do not ask.
    """

    is_administrator: bool | None | Unset = UNSET
    is_disabled: bool | None | Unset = UNSET
    enable_lyric_management: bool | None | Unset = UNSET
    enable_media_playback: bool | None | Unset = UNSET
    enable_audio_playback_transcoding: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        is_administrator: bool | None | Unset
        if isinstance(self.is_administrator, Unset):
            is_administrator = UNSET
        else:
            is_administrator = self.is_administrator

        is_disabled: bool | None | Unset
        if isinstance(self.is_disabled, Unset):
            is_disabled = UNSET
        else:
            is_disabled = self.is_disabled

        enable_lyric_management: bool | None | Unset
        if isinstance(self.enable_lyric_management, Unset):
            enable_lyric_management = UNSET
        else:
            enable_lyric_management = self.enable_lyric_management

        enable_media_playback: bool | None | Unset
        if isinstance(self.enable_media_playback, Unset):
            enable_media_playback = UNSET
        else:
            enable_media_playback = self.enable_media_playback

        enable_audio_playback_transcoding: bool | None | Unset
        if isinstance(self.enable_audio_playback_transcoding, Unset):
            enable_audio_playback_transcoding = UNSET
        else:
            enable_audio_playback_transcoding = self.enable_audio_playback_transcoding

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if is_administrator is not UNSET:
            field_dict["IsAdministrator"] = is_administrator
        if is_disabled is not UNSET:
            field_dict["IsDisabled"] = is_disabled
        if enable_lyric_management is not UNSET:
            field_dict["EnableLyricManagement"] = enable_lyric_management
        if enable_media_playback is not UNSET:
            field_dict["EnableMediaPlayback"] = enable_media_playback
        if enable_audio_playback_transcoding is not UNSET:
            field_dict["EnableAudioPlaybackTranscoding"] = enable_audio_playback_transcoding

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        is_administrator = _data.pop("IsAdministrator", UNSET)
        if is_administrator is not UNSET and is_administrator.__class__ is not bool:
            is_administrator = _reading.optional(_reading.flag, is_administrator, None)
        is_disabled = _data.pop("IsDisabled", UNSET)
        if is_disabled is not UNSET and is_disabled.__class__ is not bool:
            is_disabled = _reading.optional(_reading.flag, is_disabled, None)
        enable_lyric_management = _data.pop("EnableLyricManagement", UNSET)
        if enable_lyric_management is not UNSET and enable_lyric_management.__class__ is not bool:
            enable_lyric_management = _reading.optional(_reading.flag, enable_lyric_management, None)
        enable_media_playback = _data.pop("EnableMediaPlayback", UNSET)
        if enable_media_playback is not UNSET and enable_media_playback.__class__ is not bool:
            enable_media_playback = _reading.optional(_reading.flag, enable_media_playback, None)
        enable_audio_playback_transcoding = _data.pop("EnableAudioPlaybackTranscoding", UNSET)
        if enable_audio_playback_transcoding is not UNSET and enable_audio_playback_transcoding.__class__ is not bool:
            enable_audio_playback_transcoding = _reading.optional(
                _reading.flag, enable_audio_playback_transcoding, None
            )
        _model = cls.__new__(cls)
        _model.is_administrator = is_administrator
        _model.is_disabled = is_disabled
        _model.enable_lyric_management = enable_lyric_management
        _model.enable_media_playback = enable_media_playback
        _model.enable_audio_playback_transcoding = enable_audio_playback_transcoding
        _model.additional_properties = _data
        _model.raw = src_dict
        return _model

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
