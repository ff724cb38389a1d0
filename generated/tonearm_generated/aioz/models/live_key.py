# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="LiveKey")


@_attrs_define
class LiveKey:
    """A key for live audio.

    Attributes:
        id (str): Id of the key.
        user_id (str | Unset): Id of the account.
        name (None | str | Unset): A name for people.
        type_ (None | str | Unset): The word `audio`.
        save (bool | None | Unset): Whether broadcasts become objects when they end.
        stream_key (None | str | Unset): The secret with which audio is sent.
        rtmp_url (None | str | Unset): The address to which it is sent.
        created_at (None | str | Unset): Time of creation, as the service writes it.
        updated_at (None | str | Unset): Time of the last change, as the service writes it.
    """

    id: str
    user_id: str | Unset = UNSET
    name: None | str | Unset = UNSET
    type_: None | str | Unset = UNSET
    save: bool | None | Unset = UNSET
    stream_key: None | str | Unset = _attrs_field(default=UNSET, repr=False)
    rtmp_url: None | str | Unset = _attrs_field(default=UNSET, repr=False)
    created_at: None | str | Unset = UNSET
    updated_at: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        user_id = self.user_id

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        else:
            type_ = self.type_

        save: bool | None | Unset
        if isinstance(self.save, Unset):
            save = UNSET
        else:
            save = self.save

        stream_key: None | str | Unset
        if isinstance(self.stream_key, Unset):
            stream_key = UNSET
        else:
            stream_key = self.stream_key

        rtmp_url: None | str | Unset
        if isinstance(self.rtmp_url, Unset):
            rtmp_url = UNSET
        else:
            rtmp_url = self.rtmp_url

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
        if user_id is not UNSET:
            field_dict["user_id"] = user_id
        if name is not UNSET:
            field_dict["name"] = name
        if type_ is not UNSET:
            field_dict["type"] = type_
        if save is not UNSET:
            field_dict["save"] = save
        if stream_key is not UNSET:
            field_dict["stream_key"] = stream_key
        if rtmp_url is not UNSET:
            field_dict["rtmp_url"] = rtmp_url
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
        user_id = _data.pop("user_id", UNSET)
        if user_id is not UNSET and user_id.__class__ is not str:
            user_id = _reading.optional(_reading.text, user_id, UNSET)
        name = _data.pop("name", UNSET)
        if name is not UNSET and name.__class__ is not str:
            name = _reading.optional(_reading.text, name, None)
        type_ = _data.pop("type", UNSET)
        if type_ is not UNSET and type_.__class__ is not str:
            type_ = _reading.optional(_reading.text, type_, None)
        save = _data.pop("save", UNSET)
        if save is not UNSET and save.__class__ is not bool:
            save = _reading.optional(_reading.flag, save, None)
        stream_key = _data.pop("stream_key", UNSET)
        if stream_key is not UNSET and stream_key.__class__ is not str:
            stream_key = _reading.optional(_reading.text, stream_key, None)
        rtmp_url = _data.pop("rtmp_url", UNSET)
        if rtmp_url is not UNSET and rtmp_url.__class__ is not str:
            rtmp_url = _reading.optional(_reading.text, rtmp_url, None)
        created_at = _data.pop("created_at", UNSET)
        if created_at is not UNSET and created_at.__class__ is not str:
            created_at = _reading.optional(_reading.text, created_at, None)
        updated_at = _data.pop("updated_at", UNSET)
        if updated_at is not UNSET and updated_at.__class__ is not str:
            updated_at = _reading.optional(_reading.text, updated_at, None)
        _model = cls.__new__(cls)
        _model.id = id
        _model.user_id = user_id
        _model.name = name
        _model.type_ = type_
        _model.save = save
        _model.stream_key = stream_key
        _model.rtmp_url = rtmp_url
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
