# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="RegisteredWebhook")


@_attrs_define
class RegisteredWebhook:
    """An address, and the events that it is called for.

    Attributes:
        id (str): Id of the registered address.
        user_id (str | Unset): Id of the account.
        name (str | Unset): A name for people.
        url (str | Unset): The address.
        file_received (bool | Unset): Whether to call it when a file has been uploaded.
        encoding_started (bool | Unset): Whether to call it when transcoding begins.
        partial_finished (bool | Unset): Whether to call it when one rendition is finished.
        encoding_finished (bool | Unset): Whether to call it when all renditions are finished.
        encoding_failed (bool | Unset): Whether to call it when transcoding has failed.
        created_at (str | Unset): Time of creation, as the service writes it.
        updated_at (str | Unset): Time of the last change, as the service writes it.
        last_triggered_at (None | str | Unset): Time of the last call, as the service writes it.
    """

    id: str
    user_id: str | Unset = UNSET
    name: str | Unset = UNSET
    url: str | Unset = UNSET
    file_received: bool | Unset = UNSET
    encoding_started: bool | Unset = UNSET
    partial_finished: bool | Unset = UNSET
    encoding_finished: bool | Unset = UNSET
    encoding_failed: bool | Unset = UNSET
    created_at: str | Unset = UNSET
    updated_at: str | Unset = UNSET
    last_triggered_at: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        user_id = self.user_id

        name = self.name

        url = self.url

        file_received = self.file_received

        encoding_started = self.encoding_started

        partial_finished = self.partial_finished

        encoding_finished = self.encoding_finished

        encoding_failed = self.encoding_failed

        created_at = self.created_at

        updated_at = self.updated_at

        last_triggered_at: None | str | Unset
        if isinstance(self.last_triggered_at, Unset):
            last_triggered_at = UNSET
        else:
            last_triggered_at = self.last_triggered_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if user_id is not UNSET:
            field_dict["user_id"] = user_id
        if name is not UNSET:
            field_dict["name"] = name
        if url is not UNSET:
            field_dict["url"] = url
        if file_received is not UNSET:
            field_dict["file_received"] = file_received
        if encoding_started is not UNSET:
            field_dict["encoding_started"] = encoding_started
        if partial_finished is not UNSET:
            field_dict["partial_finished"] = partial_finished
        if encoding_finished is not UNSET:
            field_dict["encoding_finished"] = encoding_finished
        if encoding_failed is not UNSET:
            field_dict["encoding_failed"] = encoding_failed
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at
        if last_triggered_at is not UNSET:
            field_dict["last_triggered_at"] = last_triggered_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        id = _data.pop("id", None)
        if id.__class__ is not str:
            id = _reading.required(_reading.text, id, "id")
        user_id = _data.pop("user_id", UNSET)
        if user_id is not UNSET and user_id.__class__ is not str:
            user_id = _reading.optional(_reading.text, user_id, UNSET)
        name = _data.pop("name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, UNSET)
        url = _data.pop("url", UNSET)
        if url is not UNSET and url.__class__ is not str:
            url = _reading.optional(_reading.text, url, UNSET)
        file_received = _data.pop("file_received", UNSET)
        if file_received is not UNSET and file_received.__class__ is not bool:
            file_received = _reading.optional(_reading.flag, file_received, UNSET)
        encoding_started = _data.pop("encoding_started", UNSET)
        if encoding_started is not UNSET and encoding_started.__class__ is not bool:
            encoding_started = _reading.optional(_reading.flag, encoding_started, UNSET)
        partial_finished = _data.pop("partial_finished", UNSET)
        if partial_finished is not UNSET and partial_finished.__class__ is not bool:
            partial_finished = _reading.optional(_reading.flag, partial_finished, UNSET)
        encoding_finished = _data.pop("encoding_finished", UNSET)
        if encoding_finished is not UNSET and encoding_finished.__class__ is not bool:
            encoding_finished = _reading.optional(_reading.flag, encoding_finished, UNSET)
        encoding_failed = _data.pop("encoding_failed", UNSET)
        if encoding_failed is not UNSET and encoding_failed.__class__ is not bool:
            encoding_failed = _reading.optional(_reading.flag, encoding_failed, UNSET)
        created_at = _data.pop("created_at", UNSET)
        if created_at is not UNSET and created_at.__class__ is not str:
            created_at = _reading.optional(_reading.text, created_at, UNSET)
        updated_at = _data.pop("updated_at", UNSET)
        if updated_at is not UNSET and updated_at.__class__ is not str:
            updated_at = _reading.optional(_reading.text, updated_at, UNSET)
        last_triggered_at = _data.pop("last_triggered_at", UNSET)
        if last_triggered_at is not UNSET and last_triggered_at.__class__ is not str:
            last_triggered_at = _reading.optional(_reading.text, last_triggered_at, None)
        _model = cls.__new__(cls)
        _model.id = id
        _model.user_id = user_id
        _model.name = name
        _model.url = url
        _model.file_received = file_received
        _model.encoding_started = encoding_started
        _model.partial_finished = partial_finished
        _model.encoding_finished = encoding_finished
        _model.encoding_failed = encoding_failed
        _model.created_at = created_at
        _model.updated_at = updated_at
        _model.last_triggered_at = last_triggered_at
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
