# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="User")


@_attrs_define
class User:
    """An account.

    Attributes:
        id (str): Id of the account.
        email (None | str | Unset): Its address.
        first_name (None | str | Unset): The first name of its owner.
        last_name (None | str | Unset): The last name of its owner.
        balance (float | None | str | Unset): What it can spend; a number, which may come as text.
        debt (float | None | str | Unset): What it owes; a number, which may come as text.
        wallet_address (None | str | Unset): The address of its wallet.
        wallet_connection (None | str | Unset): How the wallet is connected.
        media_qualities_config (None | str | Unset): Renditions that are made when none are asked for.
        created_at (None | str | Unset): Time of creation, as the service writes it.
        updated_at (None | str | Unset): Time of the last change, as the service writes it.
    """

    id: str
    email: None | str | Unset = UNSET
    first_name: None | str | Unset = UNSET
    last_name: None | str | Unset = UNSET
    balance: float | None | str | Unset = UNSET
    debt: float | None | str | Unset = UNSET
    wallet_address: None | str | Unset = UNSET
    wallet_connection: None | str | Unset = UNSET
    media_qualities_config: None | str | Unset = UNSET
    created_at: None | str | Unset = UNSET
    updated_at: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        email: None | str | Unset
        if isinstance(self.email, Unset):
            email = UNSET
        else:
            email = self.email

        first_name: None | str | Unset
        if isinstance(self.first_name, Unset):
            first_name = UNSET
        else:
            first_name = self.first_name

        last_name: None | str | Unset
        if isinstance(self.last_name, Unset):
            last_name = UNSET
        else:
            last_name = self.last_name

        balance: float | None | str | Unset
        if isinstance(self.balance, Unset):
            balance = UNSET
        else:
            balance = self.balance

        debt: float | None | str | Unset
        if isinstance(self.debt, Unset):
            debt = UNSET
        else:
            debt = self.debt

        wallet_address: None | str | Unset
        if isinstance(self.wallet_address, Unset):
            wallet_address = UNSET
        else:
            wallet_address = self.wallet_address

        wallet_connection: None | str | Unset
        if isinstance(self.wallet_connection, Unset):
            wallet_connection = UNSET
        else:
            wallet_connection = self.wallet_connection

        media_qualities_config: None | str | Unset
        if isinstance(self.media_qualities_config, Unset):
            media_qualities_config = UNSET
        else:
            media_qualities_config = self.media_qualities_config

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        else:
            created_at = self.created_at

        updated_at: None | str | Unset
        if isinstance(self.updated_at, Unset):
            updated_at = UNSET
        else:
            updated_at = self.updated_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if email is not UNSET:
            field_dict["email"] = email
        if first_name is not UNSET:
            field_dict["first_name"] = first_name
        if last_name is not UNSET:
            field_dict["last_name"] = last_name
        if balance is not UNSET:
            field_dict["balance"] = balance
        if debt is not UNSET:
            field_dict["debt"] = debt
        if wallet_address is not UNSET:
            field_dict["wallet_address"] = wallet_address
        if wallet_connection is not UNSET:
            field_dict["wallet_connection"] = wallet_connection
        if media_qualities_config is not UNSET:
            field_dict["media_qualities_config"] = media_qualities_config
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        id = _data.pop("id", None)
        if id.__class__ is not str:
            id = _reading.required(_reading.text, id, "id")
        email = _data.pop("email", UNSET)
        if email is not UNSET and email.__class__ is not str:
            email = _reading.optional(_reading.text, email, None)
        first_name = _data.pop("first_name", UNSET)
        if first_name is not UNSET and first_name.__class__ is not str:
            first_name = _reading.optional(_reading.text, first_name, None)
        last_name = _data.pop("last_name", UNSET)
        if last_name is not UNSET and last_name.__class__ is not str:
            last_name = _reading.optional(_reading.text, last_name, None)
        balance = _data.pop("balance", UNSET)
        if balance is not UNSET:
            balance = _reading.optional(_READ_BALANCE, balance, None)
        debt = _data.pop("debt", UNSET)
        if debt is not UNSET:
            debt = _reading.optional(_READ_DEBT, debt, None)
        wallet_address = _data.pop("wallet_address", UNSET)
        if wallet_address is not UNSET and wallet_address.__class__ is not str:
            wallet_address = _reading.optional(_reading.text, wallet_address, None)
        wallet_connection = _data.pop("wallet_connection", UNSET)
        if wallet_connection is not UNSET and wallet_connection.__class__ is not str:
            wallet_connection = _reading.optional(_reading.text, wallet_connection, None)
        media_qualities_config = _data.pop("media_qualities_config", UNSET)
        if media_qualities_config is not UNSET and media_qualities_config.__class__ is not str:
            media_qualities_config = _reading.optional(_reading.text, media_qualities_config, None)
        created_at = _data.pop("created_at", UNSET)
        if created_at is not UNSET and created_at.__class__ is not str:
            created_at = _reading.optional(_reading.text, created_at, None)
        updated_at = _data.pop("updated_at", UNSET)
        if updated_at is not UNSET and updated_at.__class__ is not str:
            updated_at = _reading.optional(_reading.text, updated_at, None)
        _model = cls.__new__(cls)
        _model.id = id
        _model.email = email
        _model.first_name = first_name
        _model.last_name = last_name
        _model.balance = balance
        _model.debt = debt
        _model.wallet_address = wallet_address
        _model.wallet_connection = wallet_connection
        _model.media_qualities_config = media_qualities_config
        _model.created_at = created_at
        _model.updated_at = updated_at
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


_READ_BALANCE: _reading.Reader[str | float] = _reading.first((_reading.text, _reading.number))
_READ_DEBT: _reading.Reader[str | float] = _reading.first((_reading.text, _reading.number))
