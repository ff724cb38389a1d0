"""The report of an error: lines for people, or a JSON object for programs, and an exit code."""

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
"""Characters of a value in the JSON of an error at most."""

_OTHER_MEANING = "to"
"""An argument of the library for a file; the option of this name is a form of subtitles."""

COMMAND, JSON = "tonearm.command", "tonearm.json"
"""Keys of the context for the running command, and for whether programs read its output."""

_CODES: tuple[tuple[tuple[type[BaseException], ...], int], ...] = (
    ((Unauthorized, Forbidden), _ends.AUTH),
    ((NotFound,), _ends.NOT_FOUND),
    ((InvalidInput, ConfigurationError), _ends.USAGE),
)


def report(error: BaseException, meta: Mapping[str, Any]) -> int:
    """Print what went wrong, what to do and how to resume, and return the exit code.

    Args:
        error: the error that stopped the command.
        meta: of its context: the command, and whether programs read its output.
    """
    unfinished: Sequence[Sequence[str]] = ()
    causes: Sequence[BaseException] = [error]
    own_code: int | None = None
    if isinstance(error, _ends.Halted):
        unfinished, causes, own_code = error.resume, error.causes, error.code
    first = causes[0]
    if not isinstance(first, (TonearmError, OSError, KeyboardInterrupt, typer.Abort)):
        raise first
    reports = [_fields(cause, meta.get(COMMAND)) for cause in causes]
    resume = _ends.commands(unfinished) if unfinished else None
    if resume:
        reports[-1]["notes"] += [
            f"before you resume, set {variable} to the value of the header {name}, which is not repeated"
            for variable, name in _every.chosen.hidden.items()
        ]
    exit_code = own_code if own_code and not unfinished else code(first, resumable=bool(unfinished))
    if meta.get(JSON):
        for fields in reports:
            print(jsonlib.dumps({**fields, "resume": resume, "exit_code": exit_code}), file=sys.stderr, flush=True)
        return exit_code
    lines: dict[str, None] = {}  # an error of an option repeats for each item
    for fields in reports:
        lines |= dict.fromkeys(_lines(fields))
    _ends.complain(*lines)
    if resume:
        print("to go on:", resume, file=sys.stderr)
    return exit_code


def _fields(error: BaseException, command: Any) -> dict[str, Any]:
    """The fields of an error for JSON."""
    option = _option(error, command)
    fields: dict[str, Any] = {"error": type(error).__name__, "message": _message(error, option)}
    if isinstance(error, (InvalidInput, ConfigurationError)):
        fields |= {"argument": option or error.argument, "value": _short(error.value), "expected": error.expected}
    if isinstance(error, StatusError):
        fields |= {"status": error.status, "code": error.code, "request_id": error.request_id}
    return fields | {"notes": list(getattr(error, "__notes__", ())), "hint": getattr(error, "hint", None)}


def _lines(fields: Mapping[str, Any]) -> Iterator[str]:
    """The lines of an error for people."""
    yield fields["message"]
    yield from fields["notes"]
    if fields["hint"]:
        yield f"what to do: {fields['hint']}"


def _short(value: object) -> object:
    """A refused value; None if it is long, such as a text to speak, or no plain value."""
    if isinstance(value, (str, int, float)):
        return value if len(str(value)) <= _LONGEST else None
    return str(value) if isinstance(value, Path) else None


def _option(error: BaseException, command: Any) -> str | None:
    """The option of the command for a refused argument; None if it is no option."""
    argument = error.argument if isinstance(error, (InvalidInput, ConfigurationError)) else None
    parameters: list[Any] = [] if command is None or argument in (None, _OTHER_MEANING) else command.params
    names = (option.opts[-1] for option in parameters if option.name == argument and option.param_type_name == "option")
    return next(names, None)


def _message(error: BaseException, option: str | None) -> str:
    """The message of an error, without numbers of the system; only the sandbox uses ports."""
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
    """The exit code of an error: that of interrupted work if the command that resumes is printed."""
    from ._settings import NotConfigured

    if resumable:
        return _ends.RESUMABLE
    if isinstance(error, (typer.Abort, KeyboardInterrupt)):
        return _ends.INTERRUPTED
    if isinstance(error, NotConfigured):
        return _ends.AUTH
    refused = next((one for one in (error, reason(error)) if isinstance(one, StatusError)), error)
    return next((number for kinds, number in _CODES if isinstance(refused, kinds)), _ends.FAILED)
