"""How a command ends: a line for people on standard error, and an exit code for programs."""

from __future__ import annotations

import errno
import os
import shlex
import signal
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

import typer

from ..errors import (
    BadRequest,
    ChecksumMismatch,
    ConfigurationError,
    DownloadInterrupted,
    Forbidden,
    InvalidInput,
    NotFound,
    SourceChanged,
    TonearmError,
    TooLarge,
    TranscodeFailed,
    Unauthorized,
    UploadInterrupted,
    WorkInterrupted,
)
from ._wording import in_options

if TYPE_CHECKING:
    from typer import Context

T = TypeVar("T", bound=Hashable)

STANDARD = "-"
"""The word that stands for standard input or output."""

FAILED, USAGE, AUTH, NOT_FOUND, RESUMABLE, INTERRUPTED = 1, 2, 3, 4, 5, 130

_OF_THE_ITEM = (InvalidInput, TranscodeFailed, SourceChanged, ChecksumMismatch)
"""What ends the same when it is done again."""

_REFUSED = (BadRequest, NotFound, TooLarge)
"""Answers that speak of one item alone."""

RESUMABLE_ERRORS = (UploadInterrupted, DownloadInterrupted, WorkInterrupted, KeyboardInterrupt)
_CODES: tuple[tuple[tuple[type[BaseException], ...], int], ...] = (
    ((Unauthorized, Forbidden), AUTH),
    ((NotFound,), NOT_FOUND),
    ((InvalidInput, ConfigurationError), USAGE),
)


class Halted(Exception):
    """A command did not do everything, for these reasons; `go_on` are the words of the commands that do the rest."""

    def __init__(self, causes: Sequence[BaseException], go_on: Sequence[Sequence[str]]) -> None:
        super().__init__(str(causes[0]))
        self.causes = causes
        self.go_on = go_on


def again(context: Context, **changes: Any) -> list[str]:
    """The words of the command that runs now, with other values for some of its arguments."""
    words = context.command_path.split()
    positional: list[str] = []
    parameters: list[Any] = list(context.command.params)
    for parameter in parameters:
        name: Any = parameter.name
        source: Any = context.get_parameter_source(name)
        if name not in changes and (source is None or source.name != "COMMANDLINE"):
            continue
        value: Any = changes.get(name, context.params.get(name))
        several = isinstance(value, (list, tuple))
        values = list(cast("Sequence[object]", value)) if several else [value]
        if parameter.param_type_name == "argument":
            positional += [str(one) for one in values]
        elif isinstance(value, bool):
            words.append((parameter.opts if value else parameter.secondary_opts)[0])
        else:
            words += [f"{parameter.opts[-1]}={one}" for one in values]
    if any(word.startswith("-") and word != "-" for word in positional):
        words.append("--")
    return words + positional


def each(
    context: Context,
    argument: str,
    items: Sequence[T],
    do: Callable[[T], Exception | None],
    left: Callable[[T, BaseException], Sequence[Sequence[str]] | None] = lambda _item, _error: None,
) -> None:
    """Do a job with one item after the other; what stops it tells how to go on, the rest of the items included.

    What fails for one item alone is told at the end, and stops no other.

    Args:
        context: of the command that runs.
        argument: the name of the argument that has the items.
        items: what to do the job with.
        do: does it with one; returns why it has to be done again, where that need not stop the others.
        left: the commands that finish the item that was stopped; None when it has to be done again.
    """
    from .._http import Rehearsed

    unfinished: dict[T, Exception] = {}
    failed: list[BaseException] = []
    go_on: list[Sequence[str]] = []
    for number, item in enumerate(items):
        try:
            if (failure := do(item)) is not None:
                unfinished[item] = failure
        except Rehearsed:
            continue
        except (KeyboardInterrupt, TonearmError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            alone = _of_the_item(error)
            if not alone:
                signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is left to do is to say how to go on
            commands = left(item, error)
            go_on += commands or ()
            if alone:
                failed.append(error)
                continue
            stopped = [item] if commands is None else []
            rest = _again(context, argument, [*unfinished, *stopped, *items[number + 1 :]])
            raise Halted([error, *failed], [*go_on, *rest]) from error
    failed += unfinished.values()
    if failed:
        raise Halted(failed, [*go_on, *_again(context, argument, list(unfinished))])


def _of_the_item(error: BaseException) -> bool:
    """Whether an error says nothing about other items."""
    if isinstance(error, UploadInterrupted):
        return isinstance(error.__cause__, _REFUSED)
    return isinstance(error, (*_OF_THE_ITEM, *_REFUSED))


def _again(context: Context, argument: str, items: Sequence[object]) -> list[list[str]]:
    """The command for these items, if there are any; what came on standard input is gone."""
    rest = [item for item in items if item != STANDARD]
    return [again(context, **{argument: rest})] if rest else []


def explain(error: BaseException) -> int:
    """Say what went wrong and how to go on, and return the exit code."""
    go_on: Sequence[Sequence[str]] = ()
    causes: Sequence[BaseException] = [error]
    if isinstance(error, Halted):
        go_on, causes = error.go_on, error.causes
    if not isinstance(causes[0], (TonearmError, OSError, KeyboardInterrupt, typer.Abort)):
        raise causes[0]
    said: dict[str, None] = {}  # what is wrong with an option is wrong for each item
    for cause in causes:
        said |= dict.fromkeys(_lines(cause))
    say(*said)
    if go_on:
        print("to go on:", commands(go_on), file=sys.stderr)
    return code(causes[0], resumable=bool(go_on))


def _lines(error: BaseException) -> Iterator[str]:
    yield _words(error) if isinstance(error, (TonearmError, OSError)) else "interrupted"
    yield from (in_options(note) for note in getattr(error, "__notes__", ()))


def code(error: BaseException, *, resumable: bool) -> int:
    """The exit code that an error stands for."""
    from ._settings import NotConfigured

    if resumable and isinstance(error, RESUMABLE_ERRORS):
        return RESUMABLE
    if isinstance(error, (typer.Abort, KeyboardInterrupt)):
        return INTERRUPTED
    if isinstance(error, NotConfigured):
        return AUTH
    return next((number for kinds, number in _CODES if isinstance(error, kinds)), FAILED)


def say(*lines: str) -> None:
    """Tell people something, beside the results."""
    for line in lines:
        print(f"tonearm: {printable(line)}", file=sys.stderr, flush=True)


def printable(text: str) -> str:
    """A text without what could steer a terminal: servers choose titles and messages."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _words(error: TonearmError | OSError) -> str:
    """What went wrong, without Python's own numbers; a port that is taken is the sandbox's affair alone."""
    if isinstance(error, TonearmError) or not error.strerror:
        return in_options(str(error))
    if error.errno == errno.EADDRINUSE:
        return "the port is taken by another program; choose one with --port, or 0 for any that is free"
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


def flushed(number: int) -> int:
    """An exit code, once standard output has taken everything."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return unread()
    return number


def unread() -> int:
    """The exit code when nobody reads the results any more; nothing is said about it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would complain when it ends
    return FAILED


def commands(lines: Iterable[Sequence[str]]) -> str:
    """Commands as one line for a shell."""
    return " && ".join(shlex.join(words) for words in lines)
