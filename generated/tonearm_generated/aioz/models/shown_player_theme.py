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
    from ..models.shown_controls import ShownControls
    from ..models.shown_look import ShownLook


T = TypeVar("T", bound="ShownPlayerTheme")


@_attrs_define
class ShownPlayerTheme:
    """A look of players.

    Attributes:
        id (str): Id of the look.
        user_id (str | Unset): Id of the account.
        name (None | str | Unset): A name for people.
        is_default (bool | None | Unset): Whether objects without a look of their own have it.
        theme (None | ShownLook | Unset):
        controls (None | ShownControls | Unset):
        created_at (None | str | Unset): Time of creation, as the service writes it.
    """

    id: str
    user_id: str | Unset = UNSET
    name: None | str | Unset = UNSET
    is_default: bool | None | Unset = UNSET
    theme: None | ShownLook | Unset = UNSET
    controls: None | ShownControls | Unset = UNSET
    created_at: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        from ..models.shown_controls import ShownControls  # noqa: PLC0415
        from ..models.shown_look import ShownLook  # noqa: PLC0415

        id = self.id

        user_id = self.user_id

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        is_default: bool | None | Unset
        if isinstance(self.is_default, Unset):
            is_default = UNSET
        else:
            is_default = self.is_default

        theme: dict[str, Any] | None | Unset
        if isinstance(self.theme, Unset):
            theme = UNSET
        elif isinstance(self.theme, ShownLook):
            theme = self.theme.to_dict()
        else:
            theme = self.theme

        controls: dict[str, Any] | None | Unset
        if isinstance(self.controls, Unset):
            controls = UNSET
        elif isinstance(self.controls, ShownControls):
            controls = self.controls.to_dict()
        else:
            controls = self.controls

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        else:
            created_at = self.created_at

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
        if is_default is not UNSET:
            field_dict["is_default"] = is_default
        if theme is not UNSET:
            field_dict["theme"] = theme
        if controls is not UNSET:
            field_dict["controls"] = controls
        if created_at is not UNSET:
            field_dict["created_at"] = created_at

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
        is_default = _data.pop("is_default", UNSET)
        if is_default is not UNSET and is_default.__class__ is not bool:
            is_default = _reading.optional(_reading.flag, is_default, None)
        theme = _data.pop("theme", UNSET)
        if theme is not UNSET:
            theme = _reading.optional(_READ_THEME, theme, None)
        controls = _data.pop("controls", UNSET)
        if controls is not UNSET:
            controls = _reading.optional(_READ_CONTROLS, controls, None)
        created_at = _data.pop("created_at", UNSET)
        if created_at is not UNSET and created_at.__class__ is not str:
            created_at = _reading.optional(_reading.text, created_at, None)
        _model = cls.__new__(cls)
        _model.id = id
        _model.user_id = user_id
        _model.name = name
        _model.is_default = is_default
        _model.theme = theme
        _model.controls = controls
        _model.created_at = created_at
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


from ..models.shown_controls import ShownControls
from ..models.shown_look import ShownLook

_READ_THEME = ShownLook.from_dict
_READ_CONTROLS = ShownControls.from_dict
