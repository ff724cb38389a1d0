# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.live_assets import LiveAssets


T = TypeVar("T", bound="LiveStream")


@_attrs_define
class LiveStream:
    """A broadcast.

    Attributes:
        id (str): Id of the broadcast.
        user_id (str | Unset): Id of the account.
        live_stream_key_id (None | str | Unset): Id of its key.
        title (None | str | Unset): Its title.
        type_ (None | str | Unset): The word `audio`.
        status (None | str | Unset): How far it is, such as `created`.
        save (bool | None | Unset): Whether it becomes an object when it ends.
        duration (float | None | Unset): Seconds so far.
        current_view (int | None | Unset): How many listen now.
        total_view (int | None | Unset): How many have listened.
        created_at (None | str | Unset): Time of creation, as the service writes it.
        updated_at (None | str | Unset): Time of the last change, as the service writes it.
        assets (LiveAssets | None | Unset):
    """

    id: str
    user_id: str | Unset = UNSET
    live_stream_key_id: None | str | Unset = UNSET
    title: None | str | Unset = UNSET
    type_: None | str | Unset = UNSET
    status: None | str | Unset = UNSET
    save: bool | None | Unset = UNSET
    duration: float | None | Unset = UNSET
    current_view: int | None | Unset = UNSET
    total_view: int | None | Unset = UNSET
    created_at: None | str | Unset = UNSET
    updated_at: None | str | Unset = UNSET
    assets: LiveAssets | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.live_assets import LiveAssets  # noqa: PLC0415

        id = self.id

        user_id = self.user_id

        live_stream_key_id: None | str | Unset
        if isinstance(self.live_stream_key_id, Unset):
            live_stream_key_id = UNSET
        else:
            live_stream_key_id = self.live_stream_key_id

        title: None | str | Unset
        if isinstance(self.title, Unset):
            title = UNSET
        else:
            title = self.title

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        else:
            type_ = self.type_

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        else:
            status = self.status

        save: bool | None | Unset
        if isinstance(self.save, Unset):
            save = UNSET
        else:
            save = self.save

        duration: float | None | Unset
        if isinstance(self.duration, Unset):
            duration = UNSET
        else:
            duration = self.duration

        current_view: int | None | Unset
        if isinstance(self.current_view, Unset):
            current_view = UNSET
        else:
            current_view = self.current_view

        total_view: int | None | Unset
        if isinstance(self.total_view, Unset):
            total_view = UNSET
        else:
            total_view = self.total_view

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

        assets: dict[str, Any] | None | Unset
        if isinstance(self.assets, Unset):
            assets = UNSET
        elif isinstance(self.assets, LiveAssets):
            assets = self.assets.to_dict()
        else:
            assets = self.assets

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if user_id is not UNSET:
            field_dict["user_id"] = user_id
        if live_stream_key_id is not UNSET:
            field_dict["live_stream_key_id"] = live_stream_key_id
        if title is not UNSET:
            field_dict["title"] = title
        if type_ is not UNSET:
            field_dict["type"] = type_
        if status is not UNSET:
            field_dict["status"] = status
        if save is not UNSET:
            field_dict["save"] = save
        if duration is not UNSET:
            field_dict["duration"] = duration
        if current_view is not UNSET:
            field_dict["current_view"] = current_view
        if total_view is not UNSET:
            field_dict["total_view"] = total_view
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at
        if assets is not UNSET:
            field_dict["assets"] = assets

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
        live_stream_key_id = _data.pop("live_stream_key_id", UNSET)
        if live_stream_key_id is not UNSET and live_stream_key_id.__class__ is not str:
            live_stream_key_id = _reading.optional(_reading.text, live_stream_key_id, None)
        title = _data.pop("title", UNSET)
        if title is not UNSET and title.__class__ is not str:
            title = _reading.optional(_reading.text, title, None)
        type_ = _data.pop("type", UNSET)
        if type_ is not UNSET and type_.__class__ is not str:
            type_ = _reading.optional(_reading.text, type_, None)
        status = _data.pop("status", UNSET)
        if status is not UNSET and status.__class__ is not str:
            status = _reading.optional(_reading.text, status, None)
        save = _data.pop("save", UNSET)
        if save is not UNSET and save.__class__ is not bool:
            save = _reading.optional(_reading.flag, save, None)
        duration = _data.pop("duration", UNSET)
        if duration is not UNSET and (duration.__class__ is not float or not _reading.is_finite(duration)):
            duration = _reading.optional(_reading.number, duration, None)
        current_view = _data.pop("current_view", UNSET)
        if current_view is not UNSET and current_view.__class__ is not int:
            current_view = _reading.optional(_reading.integer, current_view, None)
        total_view = _data.pop("total_view", UNSET)
        if total_view is not UNSET and total_view.__class__ is not int:
            total_view = _reading.optional(_reading.integer, total_view, None)
        created_at = _data.pop("created_at", UNSET)
        if created_at is not UNSET and created_at.__class__ is not str:
            created_at = _reading.optional(_reading.text, created_at, None)
        updated_at = _data.pop("updated_at", UNSET)
        if updated_at is not UNSET and updated_at.__class__ is not str:
            updated_at = _reading.optional(_reading.text, updated_at, None)
        assets = _data.pop("assets", UNSET)
        if assets is not UNSET:
            assets = _reading.optional(_READ_ASSETS, assets, None)
        _model = cls.__new__(cls)
        _model.id = id
        _model.user_id = user_id
        _model.live_stream_key_id = live_stream_key_id
        _model.title = title
        _model.type_ = type_
        _model.status = status
        _model.save = save
        _model.duration = duration
        _model.current_view = current_view
        _model.total_view = total_view
        _model.created_at = created_at
        _model.updated_at = updated_at
        _model.assets = assets
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


from ..models.live_assets import LiveAssets

_READ_ASSETS = LiveAssets.from_dict
