# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="CreatePlaylistDto")


@_attrs_define
class CreatePlaylistDto:
    """A playlist to be made.

    Attributes:
        name (str): Its name.
        ids (list[str] | Unset): What is on it, in its order.
        user_id (str | Unset): Whose it is; the user of the token when left out.
        media_type (str | Unset): Audio.
    """

    name: str
    ids: list[str] | Unset = UNSET
    user_id: str | Unset = UNSET
    media_type: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        ids: list[str] | Unset = UNSET
        if not isinstance(self.ids, Unset):
            ids = self.ids

        user_id = self.user_id

        media_type = self.media_type

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "Name": name,
            }
        )
        if ids is not UNSET:
            field_dict["Ids"] = ids
        if user_id is not UNSET:
            field_dict["UserId"] = user_id
        if media_type is not UNSET:
            field_dict["MediaType"] = media_type

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        name = _data.pop("Name", None)
        if name.__class__ is not str:
            name = _reading.required(_reading.text, name, "Name")
        ids = _data.pop("Ids", UNSET)
        if ids is not UNSET:
            ids = _READ_IDS(ids) if ids.__class__ is list else UNSET
        user_id = _data.pop("UserId", UNSET)
        if user_id is not UNSET and user_id.__class__ is not str:
            user_id = _reading.optional(_reading.text, user_id, UNSET)
        media_type = _data.pop("MediaType", UNSET)
        if media_type is not UNSET and media_type.__class__ is not str:
            media_type = _reading.optional(_reading.text, media_type, UNSET)
        _model = cls.__new__(cls)
        _model.name = name
        _model.ids = ids
        _model.user_id = user_id
        _model.media_type = media_type
        return _model


_READ_IDS = _reading.readable(_reading.text)
