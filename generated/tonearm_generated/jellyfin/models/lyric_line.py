# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.lyric_line_cue import LyricLineCue


T = TypeVar("T", bound="LyricLine")


@_attrs_define
class LyricLine:
    """A line.

    Attributes:
        text (None | str | Unset): What is sung.
        start (int | None | Unset): When, in ticks of 100 nanoseconds.
        cues (list[LyricLineCue] | None | Unset): The times of its words.
    """

    text: None | str | Unset = UNSET
    start: int | None | Unset = UNSET
    cues: list[LyricLineCue] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        text: None | str | Unset
        if isinstance(self.text, Unset):
            text = UNSET
        else:
            text = self.text

        start: int | None | Unset
        if isinstance(self.start, Unset):
            start = UNSET
        else:
            start = self.start

        cues: list[dict[str, Any]] | None | Unset
        if isinstance(self.cues, Unset):
            cues = UNSET
        elif isinstance(self.cues, list):
            cues = []
            for cues_type_0_item_data in self.cues:
                cues_type_0_item = cues_type_0_item_data.to_dict()
                cues.append(cues_type_0_item)

        else:
            cues = self.cues

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if text is not UNSET:
            field_dict["Text"] = text
        if start is not UNSET:
            field_dict["Start"] = start
        if cues is not UNSET:
            field_dict["Cues"] = cues

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.lyric_line_cue import LyricLineCue  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_text(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        text = _parse_text(d.pop("Text", UNSET))

        def _parse_start(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        start = _parse_start(d.pop("Start", UNSET))

        def _parse_cues(data: object) -> list[LyricLineCue] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                cues_type_0 = []
                _cues_type_0 = data
                for cues_type_0_item_data in _cues_type_0:
                    cues_type_0_item = LyricLineCue.from_dict(cues_type_0_item_data)

                    cues_type_0.append(cues_type_0_item)

                return cues_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[LyricLineCue] | None | Unset, data)

        cues = _parse_cues(d.pop("Cues", UNSET))

        lyric_line = cls(
            text=text,
            start=start,
            cues=cues,
        )

        lyric_line.additional_properties = d
        return lyric_line

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
