# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.lyric_line import LyricLine
    from ..models.lyric_metadata import LyricMetadata


T = TypeVar("T", bound="LyricDto")


@_attrs_define
class LyricDto:
    """Lyrics.

    Attributes:
        metadata (LyricMetadata | None | Unset): What the file says of the song.
        lyrics (list[LyricLine] | None | Unset): The lines.
    """

    metadata: LyricMetadata | None | Unset = UNSET
    lyrics: list[LyricLine] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.lyric_metadata import LyricMetadata  # noqa: PLC0415

        metadata: dict[str, Any] | None | Unset
        if isinstance(self.metadata, Unset):
            metadata = UNSET
        elif isinstance(self.metadata, LyricMetadata):
            metadata = self.metadata.to_dict()
        else:
            metadata = self.metadata

        lyrics: list[dict[str, Any]] | None | Unset
        if isinstance(self.lyrics, Unset):
            lyrics = UNSET
        elif isinstance(self.lyrics, list):
            lyrics = []
            for lyrics_type_0_item_data in self.lyrics:
                lyrics_type_0_item = lyrics_type_0_item_data.to_dict()
                lyrics.append(lyrics_type_0_item)

        else:
            lyrics = self.lyrics

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if metadata is not UNSET:
            field_dict["Metadata"] = metadata
        if lyrics is not UNSET:
            field_dict["Lyrics"] = lyrics

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        metadata = _data.pop("Metadata", UNSET)
        if metadata is not UNSET:
            metadata = _reading.optional(_READ_METADATA, metadata, None)
        lyrics = _data.pop("Lyrics", UNSET)
        if lyrics is not UNSET:
            lyrics = _READ_LYRICS(lyrics) if lyrics.__class__ is list else None
        _model = cls.__new__(cls)
        _model.metadata = metadata
        _model.lyrics = lyrics
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


from ..models.lyric_line import LyricLine
from ..models.lyric_metadata import LyricMetadata

_READ_METADATA = LyricMetadata.from_dict
_READ_LYRICS = _reading.readable(LyricLine.from_dict)
