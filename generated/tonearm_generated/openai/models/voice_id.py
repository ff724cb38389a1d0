# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading

T = TypeVar("T", bound="VoiceId")


@_attrs_define
class VoiceId:
    """A voice of one's own.

    Attributes:
        id (str): Id of the voice.
    """

    id: str

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        id = _data.pop("id", None)
        if id.__class__ is not str:
            id = _reading.required(_reading.text, id, "id")
        _model = cls.__new__(cls)
        _model.id = id
        return _model
