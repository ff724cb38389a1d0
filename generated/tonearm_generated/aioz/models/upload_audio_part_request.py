# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from .. import types
from ..types import File

T = TypeVar("T", bound="UploadAudioPartRequest")


@_attrs_define
class UploadAudioPartRequest:
    """
    Attributes:
        hash_ (str): MD5 of this part, 32 lower-case hexadecimal digits.
        index (str): Position of this part among the parts, as text.
        file (File): The bytes of this part.
    """

    hash_: str
    index: str
    file: File

    def to_dict(self) -> dict[str, Any]:
        hash_ = self.hash_

        index = self.index

        file = self.file.to_tuple()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "hash": hash_,
                "index": index,
                "file": file,
            }
        )

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("hash", (None, str(self.hash_).encode(), "text/plain")))

        files.append(("index", (None, str(self.index).encode(), "text/plain")))

        files.append(("file", self.file.to_tuple()))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        hash_ = _data.pop("hash", None)
        if hash_.__class__ is not str:
            hash_ = _reading.required(_reading.text, hash_, "hash")
        index = _data.pop("index", None)
        if index.__class__ is not str:
            index = _reading.required(_reading.text, index, "index")
        file = _data.pop("file", None)
        file = _reading.required(_READ_FILE, file, "file")
        _model = cls.__new__(cls)
        _model.hash_ = hash_
        _model.index = index
        _model.file = file
        return _model


_READ_FILE = _reading.anything
