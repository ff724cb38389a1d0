# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
        from ..models.input_token_details import InputTokenDetails  # noqa: PLC0415

        d = dict(src_dict)
        total_tokens = d.pop("total_tokens")

        type_ = d.pop("type", UNSET)

        input_tokens = d.pop("input_tokens", UNSET)

        def _parse_input_token_details(data: object) -> InputTokenDetails | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                input_token_details_type_0 = InputTokenDetails.from_dict(data)

                return input_token_details_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InputTokenDetails | None | Unset, data)

        input_token_details = _parse_input_token_details(d.pop("input_token_details", UNSET))

        output_tokens = d.pop("output_tokens", UNSET)

        token_usage = cls(
            total_tokens=total_tokens,
            type_=type_,
            input_tokens=input_tokens,
            input_token_details=input_token_details,
            output_tokens=output_tokens,
        )

        token_usage.additional_properties = d
        return token_usage

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
