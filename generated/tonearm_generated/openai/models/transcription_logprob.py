# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="TranscriptionLogprob")


@_attrs_define
class TranscriptionLogprob:
    """A token and how probable it was.

    Attributes:
        token (str | Unset):
        logprob (float | Unset): Natural logarithm of the probability.
        bytes_ (list[int] | None | Unset): UTF-8 bytes of the token.
    """

    token: str | Unset = UNSET
    logprob: float | Unset = UNSET
    bytes_: list[int] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        token = self.token

        logprob = self.logprob

        bytes_: list[int] | None | Unset
        if isinstance(self.bytes_, Unset):
            bytes_ = UNSET
        elif isinstance(self.bytes_, list):
            bytes_ = self.bytes_

        else:
            bytes_ = self.bytes_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if token is not UNSET:
            field_dict["token"] = token
        if logprob is not UNSET:
            field_dict["logprob"] = logprob
        if bytes_ is not UNSET:
            field_dict["bytes"] = bytes_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        token = _data.pop("token", UNSET)
        if token is not UNSET and token.__class__ is not str:
            token = _reading.optional(_reading.text, token, UNSET)
        logprob = _data.pop("logprob", UNSET)
        if logprob is not UNSET and (logprob.__class__ is not float or not _reading.is_finite(logprob)):
            logprob = _reading.optional(_reading.number, logprob, UNSET)
        bytes_ = _data.pop("bytes", UNSET)
        if bytes_ is not UNSET:
            bytes_ = _READ_BYTES_(bytes_) if bytes_.__class__ is list else None
        _model = cls.__new__(cls)
        _model.token = token
        _model.logprob = logprob
        _model.bytes_ = bytes_
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


_READ_BYTES_ = _reading.readable(_reading.integer)
