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
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

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
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        text = _data.pop("Text", UNSET)
        if text is not UNSET and text.__class__ is not str:
            text = _reading.optional(_reading.text, text, None)
        start = _data.pop("Start", UNSET)
        if start is not UNSET and start.__class__ is not int:
            start = _reading.optional(_reading.integer, start, None)
        cues = _data.pop("Cues", UNSET)
        if cues is not UNSET:
            cues = _READ_CUES(cues) if cues.__class__ is list else None
        _model = cls.__new__(cls)
        _model.text = text
        _model.start = start
        _model.cues = cues
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


from ..models.lyric_line_cue import LyricLineCue

_READ_CUES = _reading.readable(LyricLineCue.from_dict)
