"""Player themes of AIOZ Stream: how players look and behave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import field, frozen

from tonearm_generated.aioz.types import Unset
from tonearm_generated.reading import given

from .._base.answers import Answer
from .._base.coerce import integer, when

if TYPE_CHECKING:
    from tonearm_generated.aioz import models


@frozen(repr=False, kw_only=True)
class PlayerTheme(Answer):
    """How players look and behave; fields that the service does not send are None.

    Colours are as the service writes them, sizes in pixels.

    Attributes:
        id: its id.
        name: a name for people.
        is_default: whether objects without a theme of their own have it.
        main_color: the colour of highlights.
        text_color: the colour of text.
        text_track_color: the colour of captions.
        text_track_background: the colour behind captions.
        control_bar_background_color: the colour behind the controls.
        menu_background_color: the colour behind menus.
        menu_item_background_hover: the colour behind the menu entry under the pointer.
        control_bar_height: the height of the controls.
        progress_bar_height: the height of the progress bar.
        progress_bar_circle_size: the size of the circle on the progress bar.
        enable_api: whether a page may control the player.
        enable_controls: whether it has controls.
        force_autoplay: whether it plays automatically.
        force_loop: whether it starts again at the end.
        hide_title: whether it hides the title.
        raw: the object as the service sent it.
        request_id: the server's name for the request.
    """

    id: str
    name: str | None
    is_default: bool | None
    main_color: str | None
    text_color: str | None
    text_track_color: str | None
    text_track_background: str | None
    control_bar_background_color: str | None
    menu_background_color: str | None
    menu_item_background_hover: str | None
    control_bar_height: int | None
    progress_bar_height: int | None
    progress_bar_circle_size: int | None
    enable_api: bool | None
    enable_controls: bool | None
    force_autoplay: bool | None
    force_loop: bool | None
    hide_title: bool | None
    created_at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.ShownPlayerTheme, request_id: str | None) -> Self:
        """Make it from the generated model."""
        look, controls = given(model.theme), given(model.controls)
        return cls(
            id=model.id,
            name=given(model.name),
            is_default=given(model.is_default),
            main_color=None if look is None else given(look.main_color),
            text_color=None if look is None else given(look.text_color),
            text_track_color=None if look is None else given(look.text_track_color),
            text_track_background=None if look is None else given(look.text_track_background),
            control_bar_background_color=None if look is None else given(look.control_bar_background_color),
            menu_background_color=None if look is None else given(look.menu_background_color),
            menu_item_background_hover=None if look is None else given(look.menu_item_background_hover),
            control_bar_height=None if look is None else _pixels(look.control_bar_height),
            progress_bar_height=None if look is None else _pixels(look.progress_bar_height),
            progress_bar_circle_size=None if look is None else _pixels(look.progress_bar_circle_size),
            enable_api=None if controls is None else given(controls.enable_api),
            enable_controls=None if controls is None else given(controls.enable_controls),
            force_autoplay=None if controls is None else given(controls.force_autoplay),
            force_loop=None if controls is None else given(controls.force_loop),
            hide_title=None if controls is None else given(controls.hide_title),
            created_at=when(given(model.created_at)),
            raw=model.raw,
            request_id=request_id,
        )


def _pixels(size: str | Unset | None) -> int | None:
    """A size such as `48px`."""
    return integer((given(size) or "").removesuffix("px").strip())
