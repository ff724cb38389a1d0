# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..models.api_key_type import ApiKeyType

T = TypeVar("T", bound="CreateApiKeyRequest")


@_attrs_define
class CreateApiKeyRequest:
    """
    Attributes:
        api_key_name (str): A name for people.
        ttl (str): Seconds from now on in which the pair is valid, at most 2147483647, as text.
        type_ (ApiKeyType): What a pair of keys may do; the service's words speak of uploads alone and of everything.
    """

    api_key_name: str
    ttl: str
    type_: ApiKeyType

    def to_dict(self) -> dict[str, Any]:
        api_key_name = self.api_key_name

        ttl = self.ttl

        type_ = str(self.type_)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "api_key_name": api_key_name,
                "ttl": ttl,
                "type": type_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        api_key_name = _data.pop("api_key_name", None)
        if api_key_name.__class__ is not str:
            api_key_name = _reading.required(_reading.text, api_key_name, "api_key_name")
        ttl = _data.pop("ttl", None)
        if ttl.__class__ is not str:
            ttl = _reading.required(_reading.text, ttl, "ttl")
        type_ = _data.pop("type", None)
        type_ = _reading.required(_READ_TYPE_, type_, "type")
        _model = cls.__new__(cls)
        _model.api_key_name = api_key_name
        _model.ttl = ttl
        _model.type_ = type_
        return _model


_READ_TYPE_ = _reading.word(ApiKeyType)
