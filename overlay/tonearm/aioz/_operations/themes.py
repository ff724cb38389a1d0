"""The seam for player themes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from attrs import frozen

from tonearm_generated.aioz import models
from tonearm_generated.aioz.api.players import (
    add_player_theme,
    create_player_theme,
    delete_player_theme,
    get_player_theme,
    list_player_themes,
    remove_player_theme,
    update_player_theme,
)
from tonearm_generated.aioz.constraints import CreatePlayerThemeRequest as Limits
from tonearm_generated.aioz.types import UNSET, Unset

from ..._base import validate
from ..._base.answers import Answers
from ..._engine import Plan
from ..._http import Answer, Request
from ...errors import InvalidInput
from ..theme import PlayerTheme
from . import bodies as to
from . import envelopes, pages
from .objects import done

_COLOR = re.compile(
    r"#[0-9a-f]{6}|rgba\( *([0-9]{1,3}) *, *([0-9]{1,3}) *, *([0-9]{1,3}) *, *(0|1|[01]?\.[0-9]+) *\)", re.IGNORECASE
)
_LARGEST = 10_000
"""Pixels of a size. The limit is ours: no document has one."""


@frozen(kw_only=True)
class Theme:
    """The values of a theme; see PlayerThemeOptions."""

    name: str | None = None
    is_default: bool | None = None
    main_color: str | None = None
    text_color: str | None = None
    text_track_color: str | None = None
    text_track_background: str | None = None
    control_bar_background_color: str | None = None
    menu_background_color: str | None = None
    menu_item_background_hover: str | None = None
    control_bar_height: int | None = None
    progress_bar_height: int | None = None
    progress_bar_circle_size: int | None = None
    enable_api: bool | None = None
    enable_controls: bool | None = None
    force_autoplay: bool | None = None
    force_loop: bool | None = None
    hide_title: bool | None = None

    def look(self) -> models.PlayerLook | Unset:
        """Check the colours and sizes."""
        made = models.PlayerLook(
            main_color=_color(self.main_color, "main_color"),
            text_color=_color(self.text_color, "text_color"),
            text_track_color=_color(self.text_track_color, "text_track_color"),
            text_track_background=_color(self.text_track_background, "text_track_background"),
            control_bar_background_color=_color(self.control_bar_background_color, "control_bar_background_color"),
            menu_background_color=_color(self.menu_background_color, "menu_background_color"),
            menu_item_background_hover=_color(self.menu_item_background_hover, "menu_item_background_hover"),
            control_bar_height=_size(self.control_bar_height, "control_bar_height"),
            progress_bar_height=_size(self.progress_bar_height, "progress_bar_height"),
            progress_bar_circle_size=_size(self.progress_bar_circle_size, "progress_bar_circle_size"),
        )
        return made if made.to_dict() else UNSET

    def behaviour(self) -> models.PlayerControls | Unset:
        """Check the settings of the player."""
        made = models.PlayerControls(
            enable_api=_flag(self.enable_api, "enable_api"),
            enable_controls=_flag(self.enable_controls, "enable_controls"),
            force_autoplay=_flag(self.force_autoplay, "force_autoplay"),
            force_loop=_flag(self.force_loop, "force_loop"),
            hide_title=_flag(self.hide_title, "hide_title"),
        )
        return made if made.to_dict() else UNSET


def create(theme: Theme) -> Plan[PlayerTheme]:
    """Create a theme. The request is retried only if the service did not process it."""
    body = models.CreatePlayerThemeRequest(
        name=to.maybe(theme.name, _name),
        is_default=_flag(theme.is_default, "is_default"),
        theme=theme.look(),
        controls=theme.behaviour(),
    )
    request = Request.of(create_player_theme.request_kwargs(body=body), repeat="unsent")
    return envelopes.send(request, _theme(create_player_theme.read_answer))


def listed(search: str | None) -> Plan[Answers[PlayerTheme]]:
    """Read all themes."""
    wanted = pages.searched(search)

    def page(offset: int) -> Plan[pages.Page[PlayerTheme]]:
        request = Request.of(list_player_themes.request_kwargs(offset=offset, limit=pages.LIMIT, search=wanted))
        return envelopes.send(
            request,
            lambda answer: answer.model(
                list_player_themes.read_answer,
                models.PlayerThemeListResponse,
                lambda response: pages.page_of(
                    response.data.player_themes, response.data.total, offset, lambda row: PlayerTheme.of(row, None)
                ),
            ),
        )

    return pages.whole(page)


def get(id: str) -> Plan[PlayerTheme]:
    """Read one theme."""
    request = Request.of(get_player_theme.request_kwargs(validate.path_segment(id, "id")))
    return envelopes.send(request, _theme(get_player_theme.read_answer))


def update(id: str, theme: Theme) -> Plan[PlayerTheme]:
    """Change a theme."""
    body = models.UpdatePlayerThemeRequest(
        name=to.maybe(theme.name, _name),
        is_default=_flag(theme.is_default, "is_default"),
        theme=theme.look(),
        controls=theme.behaviour(),
    )
    request = Request.of(update_player_theme.request_kwargs(validate.path_segment(id, "id"), body=body))
    return envelopes.send(request, _theme(update_player_theme.read_answer))


def delete(id: str) -> Plan[None]:
    """Delete a theme."""
    request = Request.of(delete_player_theme.request_kwargs(validate.path_segment(id, "id")))
    return envelopes.send(request, done(delete_player_theme.read_answer))


def attach(media_id: str, theme_id: str) -> Plan[None]:
    """Give an object a theme."""
    return envelopes.send(
        Request.of(add_player_theme.request_kwargs(body=_pair(media_id, theme_id))), done(add_player_theme.read_answer)
    )


def detach(media_id: str, theme_id: str) -> Plan[None]:
    """Remove the theme of an object."""
    return envelopes.send(
        Request.of(remove_player_theme.request_kwargs(body=_pair(media_id, theme_id))),
        done(remove_player_theme.read_answer),
    )


def _theme(read: Callable[[int, Any], object]) -> Callable[[Answer], PlayerTheme]:
    """The parser of an operation that returns a theme."""
    return lambda answer: answer.model(
        read, models.PlayerThemeResponse, lambda response: PlayerTheme.of(response.data.player_theme, answer.request_id)
    )


def _pair(media_id: str, theme_id: str) -> models.PlayerThemePairRequest:
    return models.PlayerThemePairRequest(
        media_id=validate.path_segment(media_id, "media_id"),
        player_theme_id=validate.path_segment(theme_id, "theme_id"),
    )


def _name(value: str) -> str:
    return validate.text(value, "name", Limits.name)


def _flag(value: bool | None, name: str) -> bool | Unset:
    return UNSET if value is None else validate.flag(value, name)


def _size(value: int | None, name: str) -> str | Unset:
    return UNSET if value is None else f"{validate.whole(value, name, most=_LARGEST)}px"


def _color(value: str | None, name: str) -> str | Unset:
    """A colour as the documentation or the Go client writes it (AIOZ Stream documentation, "Players")."""
    if value is None:
        return UNSET
    match = _COLOR.fullmatch(value) if isinstance(value, str) else None  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
    if match is None or any(int(part) > 255 for part in match.groups()[:3] if part):
        raise InvalidInput.of(name, value, "a colour such as '#ff0000' or 'rgba(255, 0, 0, 1)'")
    return value
