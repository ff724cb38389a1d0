"""Groups of commands: which of them runs, and those of a service, which are imported when one of them is used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from typer.core import TyperGroup
from typer.main import get_group

from . import _every
from ._report import COMMAND

_FIRST = ("login", "upload", "transcribe", "speak", "list", "search", "show", "download")
"""Commands that most people use, in the order in which they need them; the help lists them first."""
_ALONE = ("bulk", "state", "config")
"""Groups whose commands connect to no server, or have their own options for it."""


def _place(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)


class Group(TyperGroup):
    """A group of commands; the context remembers which of them runs."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command that the words name."""
        name, command, rest = super().resolve_command(ctx, args)
        ctx.meta[COMMAND] = command
        return name, command, rest


class Later(Group):
    """A group of commands that is imported when one of them is used."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of its commands."""
        self._load()
        return super().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command with a name."""
        self._load()
        return super().get_command(ctx, cmd_name)

    def _load(self) -> None:
        if not self.commands:
            module: Any = import_module(f".{self.name}", __package__)
            loaded = get_group(module.app).commands
            for command in loaded.values():
                _every.add(command, connects=self.name not in _ALONE)
            self.commands.update(sorted(loaded.items(), key=lambda command: _place(command[0])))
