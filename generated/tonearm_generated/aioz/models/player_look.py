# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..types import UNSET, Unset

T = TypeVar("T", bound="PlayerLook")


@_attrs_define
class PlayerLook:
    """Colours and sizes.

    Attributes:
        main_color (str | Unset): Colour of what stands out.
        text_color (str | Unset): Colour of text.
        text_track_color (str | Unset): Colour of captions.
        text_track_background (str | Unset): Colour behind captions.
        control_bar_background_color (str | Unset): Colour behind the controls.
        menu_background_color (str | Unset): Colour behind menus.
        menu_item_background_hover (str | Unset): Colour behind what is pointed at in a menu.
        control_bar_height (str | Unset): Height of the controls.
        progress_bar_height (str | Unset): Height of the bar that shows the place.
        progress_bar_circle_size (str | Unset): Size of the mark on that bar.
    """

    main_color: str | Unset = UNSET
    text_color: str | Unset = UNSET
    text_track_color: str | Unset = UNSET
    text_track_background: str | Unset = UNSET
    control_bar_background_color: str | Unset = UNSET
    menu_background_color: str | Unset = UNSET
    menu_item_background_hover: str | Unset = UNSET
    control_bar_height: str | Unset = UNSET
    progress_bar_height: str | Unset = UNSET
    progress_bar_circle_size: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        main_color = self.main_color

        text_color = self.text_color

        text_track_color = self.text_track_color

        text_track_background = self.text_track_background

        control_bar_background_color = self.control_bar_background_color

        menu_background_color = self.menu_background_color

        menu_item_background_hover = self.menu_item_background_hover

        control_bar_height = self.control_bar_height

        progress_bar_height = self.progress_bar_height

        progress_bar_circle_size = self.progress_bar_circle_size

        field_dict: dict[str, Any] = {}

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
            main_color = _reading.optional(_reading.text, main_color, UNSET)
        text_color = _data.pop("text_color", UNSET)
        if text_color is not UNSET and text_color.__class__ is not str:
            text_color = _reading.optional(_reading.text, text_color, UNSET)
        text_track_color = _data.pop("text_track_color", UNSET)
        if text_track_color is not UNSET and text_track_color.__class__ is not str:
            text_track_color = _reading.optional(_reading.text, text_track_color, UNSET)
        text_track_background = _data.pop("text_track_background", UNSET)
        if text_track_background is not UNSET and text_track_background.__class__ is not str:
            text_track_background = _reading.optional(_reading.text, text_track_background, UNSET)
        control_bar_background_color = _data.pop("control_bar_background_color", UNSET)
        if control_bar_background_color is not UNSET and control_bar_background_color.__class__ is not str:
            control_bar_background_color = _reading.optional(_reading.text, control_bar_background_color, UNSET)
        menu_background_color = _data.pop("menu_background_color", UNSET)
        if menu_background_color is not UNSET and menu_background_color.__class__ is not str:
            menu_background_color = _reading.optional(_reading.text, menu_background_color, UNSET)
        menu_item_background_hover = _data.pop("menu_item_background_hover", UNSET)
        if menu_item_background_hover is not UNSET and menu_item_background_hover.__class__ is not str:
            menu_item_background_hover = _reading.optional(_reading.text, menu_item_background_hover, UNSET)
        control_bar_height = _data.pop("control_bar_height", UNSET)
        if control_bar_height is not UNSET and control_bar_height.__class__ is not str:
            control_bar_height = _reading.optional(_reading.text, control_bar_height, UNSET)
        progress_bar_height = _data.pop("progress_bar_height", UNSET)
        if progress_bar_height is not UNSET and progress_bar_height.__class__ is not str:
            progress_bar_height = _reading.optional(_reading.text, progress_bar_height, UNSET)
        progress_bar_circle_size = _data.pop("progress_bar_circle_size", UNSET)
        if progress_bar_circle_size is not UNSET and progress_bar_circle_size.__class__ is not str:
            progress_bar_circle_size = _reading.optional(_reading.text, progress_bar_circle_size, UNSET)
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
        return _model
