"""What a command says of an error: lines for people, or a JSON object for programs, and an exit code."""

from __future__ import annotations

import errno
import json as jsonlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from .. import (
    ConfigurationError,
    Forbidden,
    InvalidInput,
    NotFound,
    StatusError,
    TonearmError,
    Unauthorized,
)
from .._base.resuming import reason
from . import _ends, _every

_LONGEST = 200
"""Characters of a value that the JSON of an error has at most."""

_OTHER_MEANING = "to"
"""In the library a file to write; the option of this name is a form of subtitles."""

COMMAND, JSON = "tonearm.command", "tonearm.json"
"""Where the context keeps which command runs, and whether programs read what it prints."""

_CODES: tuple[tuple[tuple[type[BaseException], ...], int], ...] = (
    ((Unauthorized, Forbidden), _ends.AUTH),
    ((NotFound,), _ends.NOT_FOUND),
    ((InvalidInput, ConfigurationError), _ends.USAGE),
)


def report(error: BaseException, meta: Mapping[str, Any]) -> int:
    """Say what went wrong, what to do and how to resume, and return the exit code.

    Args:
        error: what stopped the command.
        meta: what its context knows: the command, and whether programs read what it prints.
    """
    go_on: Sequence[Sequence[str]] = ()
    causes: Sequence[BaseException] = [error]
    own_code: int | None = None
    if isinstance(error, _ends.Halted):
        go_on, causes, own_code = error.go_on, error.causes, error.code
    first = causes[0]
    if not isinstance(first, (TonearmError, OSError, KeyboardInterrupt, typer.Abort)):
        raise first
    said = [_fields(cause, meta.get(COMMAND)) for cause in causes]
    resume = _ends.commands(go_on) if go_on else None
    if resume:
        said[-1]["notes"] += [
            f"before you go on, set {variable} to the value of the header {name}, which is not repeated"
            for variable, name in _every.chosen.hidden.items()
        ]
    exit_code = own_code if own_code and not go_on else code(first, resumable=bool(go_on))
    if meta.get(JSON):
        for one in said:
            print(jsonlib.dumps({**one, "resume": resume, "exit_code": exit_code}), file=sys.stderr, flush=True)
        return exit_code
    lines: dict[str, None] = {}  # what is wrong with an option is wrong for each item
    for one in said:
        lines |= dict.fromkeys(_lines(one))
    _ends.complain(*lines)
    if resume:
        print("to go on:", resume, file=sys.stderr)
    return exit_code


def _fields(error: BaseException, command: Any) -> dict[str, Any]:
    """An error as a JSON object has it."""
    option = _option(error, command)
    said: dict[str, Any] = {"error": type(error).__name__, "message": _message(error, option)}
    if isinstance(error, (InvalidInput, ConfigurationError)):
        said |= {"argument": option or error.argument, "value": _short(error.value), "expected": error.expected}
    if isinstance(error, StatusError):
        said |= {"status": error.status, "code": error.code, "request_id": error.request_id}
    return said | {"notes": list(getattr(error, "__notes__", ())), "hint": getattr(error, "hint", None)}


def _lines(said: Mapping[str, Any]) -> Iterator[str]:
    """An error as people read it."""
    yield said["message"]
    yield from said["notes"]
    if said["hint"]:
        yield f"what to do: {said['hint']}"


def _short(value: object) -> object:
    """A value that was refused; None of one that is long, such as a text to speak, or no plain value."""
    if isinstance(value, (str, int, float)):
        return value if len(str(value)) <= _LONGEST else None
    return str(value) if isinstance(value, Path) else None


def _option(error: BaseException, command: Any) -> str | None:
    """The option of the command that gave the argument which was refused; None where it is no option."""
    argument = error.argument if isinstance(error, (InvalidInput, ConfigurationError)) else None
    parameters: list[Any] = [] if command is None or argument in (None, _OTHER_MEANING) else command.params
    names = (one.opts[-1] for one in parameters if one.name == argument and one.param_type_name == "option")
    return next(names, None)


def _message(error: BaseException, option: str | None) -> str:
    """What went wrong, without Python's own numbers; a port that is taken is the sandbox's affair alone."""
    if isinstance(error, (KeyboardInterrupt, typer.Abort)):
        return "interrupted"
    if isinstance(error, (InvalidInput, ConfigurationError)):
        return error.reason if option is None else error.named(option)
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    if error.errno == errno.EADDRINUSE:
        return "the port is taken by another program; choose one with --port, or 0 for any that is free"
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


def code(error: BaseException, *, resumable: bool) -> int:
    """The exit code that an error stands for: that of interrupted work where the command that resumes is printed."""
    from ._settings import NotConfigured

    if resumable:
        return _ends.RESUMABLE
    if isinstance(error, (typer.Abort, KeyboardInterrupt)):
        return _ends.INTERRUPTED
    if isinstance(error, NotConfigured):
        return _ends.AUTH
    refused = next((one for one in (error, reason(error)) if isinstance(one, StatusError)), error)
    return next((number for kinds, number in _CODES if isinstance(refused, kinds)), _ends.FAILED)
