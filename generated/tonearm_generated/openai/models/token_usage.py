# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.input_token_details import InputTokenDetails


T = TypeVar("T", bound="TokenUsage")


@_attrs_define
class TokenUsage:
    """Cost in tokens.

    Attributes:
        total_tokens (int):
        type_ (str | Unset): The word `tokens`; speech leaves it out.
        input_tokens (int | Unset):
        input_token_details (InputTokenDetails | None | Unset):
        output_tokens (int | Unset):
    """

    total_tokens: int
    type_: str | Unset = UNSET
    input_tokens: int | Unset = UNSET
    input_token_details: InputTokenDetails | None | Unset = UNSET
    output_tokens: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.input_token_details import InputTokenDetails  # noqa: PLC0415

        total_tokens = self.total_tokens

        type_ = self.type_

        input_tokens = self.input_tokens

        input_token_details: dict[str, Any] | None | Unset
        if isinstance(self.input_token_details, Unset):
            input_token_details = UNSET
        elif isinstance(self.input_token_details, InputTokenDetails):
            input_token_details = self.input_token_details.to_dict()
        else:
            input_token_details = self.input_token_details

        output_tokens = self.output_tokens

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "total_tokens": total_tokens,
            }
        )
        if type_ is not UNSET:
            field_dict["type"] = type_
        if input_tokens is not UNSET:
            field_dict["input_tokens"] = input_tokens
        if input_token_details is not UNSET:
            field_dict["input_token_details"] = input_token_details
        if output_tokens is not UNSET:
            field_dict["output_tokens"] = output_tokens

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        total_tokens = _data.pop("total_tokens", None)
        if total_tokens.__class__ is not int:
            total_tokens = _reading.required(_reading.integer, total_tokens, "total_tokens")
        type_ = _data.pop("type", UNSET)
        if type_ is not UNSET and type_.__class__ is not str:
            type_ = _reading.optional(_reading.text, type_, UNSET)
        input_tokens = _data.pop("input_tokens", UNSET)
        if input_tokens is not UNSET and input_tokens.__class__ is not int:
            input_tokens = _reading.optional(_reading.integer, input_tokens, UNSET)
        input_token_details = _data.pop("input_token_details", UNSET)
        if input_token_details is not UNSET:
            input_token_details = _reading.optional(_READ_INPUT_TOKEN_DETAILS, input_token_details, None)
        output_tokens = _data.pop("output_tokens", UNSET)
        if output_tokens is not UNSET and output_tokens.__class__ is not int:
            output_tokens = _reading.optional(_reading.integer, output_tokens, UNSET)
        _model = cls.__new__(cls)
        _model.total_tokens = total_tokens
        _model.type_ = type_
        _model.input_tokens = input_tokens
        _model.input_token_details = input_token_details
        _model.output_tokens = output_tokens
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


from ..models.input_token_details import InputTokenDetails

_READ_INPUT_TOKEN_DETAILS = InputTokenDetails.from_dict
