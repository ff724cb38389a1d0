# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
        d = dict(src_dict)

        def _parse_is_administrator(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        is_administrator = _parse_is_administrator(d.pop("IsAdministrator", UNSET))

        def _parse_is_disabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        is_disabled = _parse_is_disabled(d.pop("IsDisabled", UNSET))

        def _parse_enable_lyric_management(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        enable_lyric_management = _parse_enable_lyric_management(d.pop("EnableLyricManagement", UNSET))

        def _parse_enable_media_playback(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        enable_media_playback = _parse_enable_media_playback(d.pop("EnableMediaPlayback", UNSET))

        def _parse_enable_audio_playback_transcoding(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        enable_audio_playback_transcoding = _parse_enable_audio_playback_transcoding(
            d.pop("EnableAudioPlaybackTranscoding", UNSET)
        )

        user_policy = cls(
            is_administrator=is_administrator,
            is_disabled=is_disabled,
            enable_lyric_management=enable_lyric_management,
            enable_media_playback=enable_media_playback,
            enable_audio_playback_transcoding=enable_audio_playback_transcoding,
        )

        user_policy.additional_properties = d
        return user_policy

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
