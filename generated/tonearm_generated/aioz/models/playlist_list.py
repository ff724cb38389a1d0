# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.playlist import Playlist


T = TypeVar("T", bound="PlaylistList")


@_attrs_define
class PlaylistList:
    """One page of playlists.

    Attributes:
        playlists (list[Playlist] | None | Unset): The playlists, without their items.
        total (int | Unset): Number of playlists that match, on all pages.
    """

    playlists: list[Playlist] | None | Unset = UNSET
    total: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        playlists: list[dict[str, Any]] | None | Unset
        if isinstance(self.playlists, Unset):
            playlists = UNSET
        elif isinstance(self.playlists, list):
            playlists = []
            for playlists_type_0_item_data in self.playlists:
                playlists_type_0_item = playlists_type_0_item_data.to_dict()
                playlists.append(playlists_type_0_item)

        else:
            playlists = self.playlists

        total = self.total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if playlists is not UNSET:
            field_dict["playlists"] = playlists
        if total is not UNSET:
            field_dict["total"] = total

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        playlists = _data.pop("playlists", UNSET)
        if playlists is not UNSET:
            playlists = _reading.whole(_READ_PLAYLISTS, playlists, "playlists", None)
        total = _data.pop("total", UNSET)
        if total is not UNSET and total.__class__ is not int:
            total = _reading.optional(_reading.integer, total, UNSET)
        _model = cls.__new__(cls)
        _model.playlists = playlists
        _model.total = total
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


from ..models.playlist import Playlist

_READ_PLAYLISTS = _reading.every(Playlist.from_dict)
