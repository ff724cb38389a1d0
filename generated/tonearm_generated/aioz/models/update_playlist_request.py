# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from .. import types
from ..types import UNSET, File, FileTypes, Unset

T = TypeVar("T", bound="UpdatePlaylistRequest")


@_attrs_define
class UpdatePlaylistRequest:
    """
    Attributes:
        name (str | Unset): New name.
        tags (list[str] | Unset): New tags in place of all old ones, one form field for each.
        file (File | Unset): The bytes of a PNG or JPEG picture, the new cover.
    """

    name: str | Unset = UNSET
    tags: list[str] | Unset = UNSET
    file: File | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        tags: list[str] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = self.tags

        file: FileTypes | Unset = UNSET
        if not isinstance(self.file, Unset):
            file = self.file.to_tuple()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if tags is not UNSET:
            field_dict["tags"] = tags
        if file is not UNSET:
            field_dict["file"] = file

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        if not isinstance(self.name, Unset):
            files.append(("name", (None, str(self.name).encode(), "text/plain")))

        if not isinstance(self.tags, Unset):
            for tags_item_element in self.tags:
                files.append(("tags", (None, str(tags_item_element).encode(), "text/plain")))

        if not isinstance(self.file, Unset):
            files.append(("file", self.file.to_tuple()))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        name = _data.pop("name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, UNSET)
        tags = _data.pop("tags", UNSET)
        if tags is not UNSET:
            tags = _READ_TAGS(tags) if tags.__class__ is list else UNSET
        file = _data.pop("file", UNSET)
        if file is not UNSET:
            file = _reading.optional(_READ_FILE, file, UNSET)
        _model = cls.__new__(cls)
        _model.name = name
        _model.tags = tags
        _model.file = file
        return _model


_READ_TAGS = _reading.readable(_reading.text)
_READ_FILE = _reading.anything
