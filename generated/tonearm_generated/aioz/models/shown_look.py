# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="ShownLook")


@_attrs_define
class ShownLook:
    """Colours and sizes, as the service shows them.

    Attributes:
        main_color (None | str | Unset): Colour of what stands out.
        text_color (None | str | Unset): Colour of text.
        text_track_color (None | str | Unset): Colour of captions.
        text_track_background (None | str | Unset): Colour behind captions.
        control_bar_background_color (None | str | Unset): Colour behind the controls.
        menu_background_color (None | str | Unset): Colour behind menus.
        menu_item_background_hover (None | str | Unset): Colour behind what is pointed at in a menu.
        control_bar_height (None | str | Unset): Height of the controls.
        progress_bar_height (None | str | Unset): Height of the bar that shows the place.
        progress_bar_circle_size (None | str | Unset): Size of the mark on that bar.
    """

    main_color: None | str | Unset = UNSET
    text_color: None | str | Unset = UNSET
    text_track_color: None | str | Unset = UNSET
    text_track_background: None | str | Unset = UNSET
    control_bar_background_color: None | str | Unset = UNSET
    menu_background_color: None | str | Unset = UNSET
    menu_item_background_hover: None | str | Unset = UNSET
    control_bar_height: None | str | Unset = UNSET
    progress_bar_height: None | str | Unset = UNSET
    progress_bar_circle_size: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)
    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        main_color: None | str | Unset
        if isinstance(self.main_color, Unset):
            main_color = UNSET
        else:
            main_color = self.main_color

        text_color: None | str | Unset
        if isinstance(self.text_color, Unset):
            text_color = UNSET
        else:
            text_color = self.text_color

        text_track_color: None | str | Unset
        if isinstance(self.text_track_color, Unset):
            text_track_color = UNSET
        else:
            text_track_color = self.text_track_color

        text_track_background: None | str | Unset
        if isinstance(self.text_track_background, Unset):
            text_track_background = UNSET
        else:
            text_track_background = self.text_track_background

        control_bar_background_color: None | str | Unset
        if isinstance(self.control_bar_background_color, Unset):
            control_bar_background_color = UNSET
        else:
            control_bar_background_color = self.control_bar_background_color

        menu_background_color: None | str | Unset
        if isinstance(self.menu_background_color, Unset):
            menu_background_color = UNSET
        else:
            menu_background_color = self.menu_background_color

        menu_item_background_hover: None | str | Unset
        if isinstance(self.menu_item_background_hover, Unset):
            menu_item_background_hover = UNSET
        else:
            menu_item_background_hover = self.menu_item_background_hover

        control_bar_height: None | str | Unset
        if isinstance(self.control_bar_height, Unset):
            control_bar_height = UNSET
        else:
            control_bar_height = self.control_bar_height

        progress_bar_height: None | str | Unset
        if isinstance(self.progress_bar_height, Unset):
            progress_bar_height = UNSET
        else:
            progress_bar_height = self.progress_bar_height

        progress_bar_circle_size: None | str | Unset
        if isinstance(self.progress_bar_circle_size, Unset):
            progress_bar_circle_size = UNSET
        else:
            progress_bar_circle_size = self.progress_bar_circle_size

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if main_color is not UNSET:
            field_dict["main_color"] = main_color
        if text_color is not UNSET:
            field_dict["text_color"] = text_color
        if text_track_color is not UNSET:
            field_dict["text_track_color"] = text_track_color
        if text_track_background is not UNSET:
            field_dict["text_track_background"] = text_track_background
        if control_bar_background_color is not UNSET:
            field_dict["control_bar_background_color"] = control_bar_background_color
        if menu_background_color is not UNSET:
            field_dict["menu_background_color"] = menu_background_color
        if menu_item_background_hover is not UNSET:
            field_dict["menu_item_background_hover"] = menu_item_background_hover
        if control_bar_height is not UNSET:
            field_dict["control_bar_height"] = control_bar_height
        if progress_bar_height is not UNSET:
            field_dict["progress_bar_height"] = progress_bar_height
        if progress_bar_circle_size is not UNSET:
            field_dict["progress_bar_circle_size"] = progress_bar_circle_size

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        main_color = _data.pop("main_color", UNSET)
        if main_color is not UNSET and main_color.__class__ is not str:
            main_color = _reading.optional(_reading.text, main_color, None)
        text_color = _data.pop("text_color", UNSET)
        if text_color is not UNSET and text_color.__class__ is not str:
            text_color = _reading.optional(_reading.text, text_color, None)
        text_track_color = _data.pop("text_track_color", UNSET)
        if text_track_color is not UNSET and text_track_color.__class__ is not str:
            text_track_color = _reading.optional(_reading.text, text_track_color, None)
        text_track_background = _data.pop("text_track_background", UNSET)
        if text_track_background is not UNSET and text_track_background.__class__ is not str:
            text_track_background = _reading.optional(_reading.text, text_track_background, None)
        control_bar_background_color = _data.pop("control_bar_background_color", UNSET)
        if control_bar_background_color is not UNSET and control_bar_background_color.__class__ is not str:
            control_bar_background_color = _reading.optional(_reading.text, control_bar_background_color, None)
        menu_background_color = _data.pop("menu_background_color", UNSET)
        if menu_background_color is not UNSET and menu_background_color.__class__ is not str:
            menu_background_color = _reading.optional(_reading.text, menu_background_color, None)
        menu_item_background_hover = _data.pop("menu_item_background_hover", UNSET)
        if menu_item_background_hover is not UNSET and menu_item_background_hover.__class__ is not str:
            menu_item_background_hover = _reading.optional(_reading.text, menu_item_background_hover, None)
        control_bar_height = _data.pop("control_bar_height", UNSET)
        if control_bar_height is not UNSET and control_bar_height.__class__ is not str:
            control_bar_height = _reading.optional(_reading.text, control_bar_height, None)
        progress_bar_height = _data.pop("progress_bar_height", UNSET)
        if progress_bar_height is not UNSET and progress_bar_height.__class__ is not str:
            progress_bar_height = _reading.optional(_reading.text, progress_bar_height, None)
        progress_bar_circle_size = _data.pop("progress_bar_circle_size", UNSET)
        if progress_bar_circle_size is not UNSET and progress_bar_circle_size.__class__ is not str:
            progress_bar_circle_size = _reading.optional(_reading.text, progress_bar_circle_size, None)
        _model = cls.__new__(cls)
        _model.main_color = main_color
        _model.text_color = text_color
        _model.text_track_color = text_track_color
        _model.text_track_background = text_track_background
        _model.control_bar_background_color = control_bar_background_color
        _model.menu_background_color = menu_background_color
        _model.menu_item_background_hover = menu_item_background_hover
        _model.control_bar_height = control_bar_height
        _model.progress_bar_height = progress_bar_height
        _model.progress_bar_circle_size = progress_bar_circle_size
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
