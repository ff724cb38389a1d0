"""Player themes, for the asyncio client."""

from __future__ import annotations

from typing import Unpack

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.answers import Answers
from .._base.signatures import shows_keywords
from .._base.validate import named
from .._http import AsyncClientBase
from . import _operations as calls
from . import _themes
from .options import PlayerThemeOptions
from .theme import PlayerTheme


class AsyncThemes(AsyncClientBase):
    """The methods of `AsyncAioz` for player themes: how players look and behave."""

    @shows_keywords
    async def create_player_theme(self, **options: Unpack[PlayerThemeOptions]) -> PlayerTheme:
        """Create a player theme.

        Args:
            **options: see `PlayerThemeOptions`.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.

        (AIOZ Stream documentation, "Players")
        """
        theme = calls.themes.Theme(**named(options, PlayerThemeOptions))
        return await _engine.run_async(calls.themes.create(theme), self._wire)

    async def player_themes(self, *, search: str | None = None) -> Answers[PlayerTheme]:
        """List the player themes of the account.

        Args:
            search: text in the name.
        """
        return await _engine.run_async(calls.themes.listed(search), self._wire)

    async def player_theme(self, id: str) -> PlayerTheme:
        """Read one player theme.

        Args:
            id: its id.

        Raises:
            NotFound: this account has no such theme.
        """
        return await _engine.run_async(calls.themes.get(id), self._wire)

    @shows_keywords
    async def update_player_theme(self, id: str, **options: Unpack[PlayerThemeOptions]) -> PlayerTheme:
        """Change a player theme and read it again.

        Other values are read first and sent unchanged, as no document says whether the service would keep them.

        Args:
            id: its id.
            **options: see `PlayerThemeOptions`.

        Raises:
            InvalidInput: the service would refuse a value; nothing was changed.
            NotFound: this account has no such theme.
        """
        theme = calls.themes.Theme(**named(options, PlayerThemeOptions))
        return await _engine.run_async(_themes.update(id, theme), self._wire)

    async def delete_player_theme(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete a player theme.

        Args:
            id: its id.
            missing_ok: whether a missing theme is no error.

        Raises:
            BadRequest: an object uses it.
            NotFound: this account has no such theme.
        """
        return await _engine.run_async(_engine.deleted(calls.themes.delete(id), missing_ok=missing_ok), self._wire)

    async def add_player_theme(self, media_id: str, theme_id: str) -> None:
        """Give an object a player theme, in place of an earlier one.

        Args:
            media_id: the id of the object.
            theme_id: the id of the theme.

        Raises:
            NotFound: this account has no such object or theme.
        """
        return await _engine.run_async(calls.themes.attach(media_id, theme_id), self._wire)

    async def remove_player_theme(self, media_id: str, theme_id: str) -> None:
        """Remove the player theme of an object.

        Args:
            media_id: the id of the object.
            theme_id: the id of its theme.

        Raises:
            NotFound: this account has no such object or theme.
        """
        return await _engine.run_async(calls.themes.detach(media_id, theme_id), self._wire)
