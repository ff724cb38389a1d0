# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quality_config import QualityConfig


T = TypeVar("T", bound="CreateLiveStreamRequest")


@_attrs_define
class CreateLiveStreamRequest:
    """
    Attributes:
        title (str): A title.
        save (bool | Unset): Whether it becomes an object when it ends.
        qualities (list[QualityConfig] | Unset): Renditions; the service chooses when left out.
    """

    title: str
    save: bool | Unset = UNSET
    qualities: list[QualityConfig] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        save = self.save

        qualities: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.qualities, Unset):
            qualities = []
            for qualities_item_data in self.qualities:
                qualities_item = qualities_item_data.to_dict()
                qualities.append(qualities_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "title": title,
            }
        )
        if save is not UNSET:
            field_dict["save"] = save
        if qualities is not UNSET:
            field_dict["qualities"] = qualities

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        title = _data.pop("title", None)
        if title.__class__ is not str:
            title = _reading.required(_reading.text, title, "title")
        save = _data.pop("save", UNSET)
        if save is not UNSET and save.__class__ is not bool:
            save = _reading.optional(_reading.flag, save, UNSET)
        qualities = _data.pop("qualities", UNSET)
        if qualities is not UNSET:
            qualities = _reading.whole(_READ_QUALITIES, qualities, "qualities", UNSET)
        _model = cls.__new__(cls)
        _model.title = title
        _model.save = save
        _model.qualities = qualities
        return _model


from ..models.quality_config import QualityConfig

_READ_QUALITIES = _reading.every(QualityConfig.from_dict)
