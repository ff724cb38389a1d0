# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from .. import types
from ..types import File

T = TypeVar("T", bound="UploadTrackRequest")


@_attrs_define
class UploadTrackRequest:
    """
    Attributes:
        file (File): The bytes of a WebVTT file.
    """

    file: File

    def to_dict(self) -> dict[str, Any]:
        file = self.file.to_tuple()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "file": file,
            }
        )

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("file", self.file.to_tuple()))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        file = _data.pop("file", None)
        file = _reading.required(_READ_FILE, file, "file")
        _model = cls.__new__(cls)
        _model.file = file
        return _model


_READ_FILE = _reading.anything
