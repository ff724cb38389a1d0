"""How a command ends: a line for people on standard error, and an exit code for programs."""

from __future__ import annotations

import os
import shlex
import signal
import sys
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .. import (
    BadRequest,
    ChecksumMismatch,
    InvalidInput,
    NotFound,
    SourceChanged,
    TonearmError,
    TooLarge,
    TranscodeFailed,
    UploadInterrupted,
)
from .._base.resuming import is_kept, may_pass
from . import _every

if TYPE_CHECKING:
    from typer import Context

T = TypeVar("T", bound=Hashable)

STANDARD = "-"
"""The word for standard input or output."""

FAILED, USAGE, AUTH, NOT_FOUND, RESUMABLE, INTERRUPTED = 1, 2, 3, 4, 5, 130

_OF_THE_ITEM = (InvalidInput, TranscodeFailed, SourceChanged, ChecksumMismatch)
"""Errors that the same command would meet again."""

_REFUSED = (BadRequest, NotFound, TooLarge)
"""Errors that concern one item alone."""


class Halted(Exception):
    """A command did not do everything, for these reasons.

    `resume` has the words of the commands that do the rest; without any, `code` is the exit code, unless that follows
    from the first reason.
    """

    def __init__(
        self, causes: Sequence[BaseException], resume: Sequence[Sequence[str]], code: int | None = None
    ) -> None:
        super().__init__(str(causes[0]))
        self.causes = causes
        self.resume = resume
        self.code = code


def again(context: Context, **changes: Any) -> list[str]:
    """The words of the command that runs now, with other values for some of its arguments."""
    words = context.command_path.split()
    positional: list[str] = []
    parameters: list[Any] = list(context.command.params)
    for parameter in parameters:
        if not parameter.expose_value:
            continue
        name: Any = parameter.name
        source: Any = context.get_parameter_source(name)
        if name not in changes and (source is None or source.name != "COMMANDLINE"):
            continue
        value: Any = changes.get(name, context.params.get(name))
        several = isinstance(value, (list, tuple))
        values = list(cast("Sequence[object]", value)) if several else [value]
        if parameter.param_type_name == "argument":
            positional += [str(value) for value in values]
        elif isinstance(value, bool):
            words.append((parameter.opts if value else parameter.secondary_opts)[0])
        else:
            words += [f"{parameter.opts[-1]}={value}" for value in values]
    if any(word.startswith("-") and word != "-" for word in positional):
        words.append("--")
    return words + positional


def each(
    context: Context,
    argument: str,
    items: Sequence[T],
    do: Callable[[T], Exception | None],
    left: Callable[[T, BaseException], Sequence[Sequence[str]] | None] = lambda _item, _error: None,
    own: Callable[[T], Mapping[str, Any]] | None = None,
) -> None:
    """Do a job for one item after the other; if it is stopped, say how to resume it with the remaining items.

    An error that concerns one item alone is reported at the end, and stops no other. The commands that resume are
    printed if something is done or kept, and the error may pass.

    Args:
        context: of the command that runs.
        argument: the name of the argument with the items.
        items: the items.
        do: does the job for one; may return an error for which it must be done again, and which stops no other item.
        left: returns the commands that finish the stopped item; None when it must be done again.
        own: returns the arguments that differ between the items, if each needs its own command to be done again.
    """
    from .._http import Rehearsed

    unfinished: dict[T, Exception] = {}
    failed: list[BaseException] = []
    resume: list[Sequence[str]] = []
    kept = False
    for number, item in enumerate(items):
        try:
            failure = do(item)
            kept = kept or failure is None or is_kept(failure)
            if failure is not None:
                unfinished[item] = failure
        except Rehearsed:
            continue
        except (KeyboardInterrupt, TonearmError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            alone = _of_the_item(error)
            if not alone:
                signal.signal(signal.SIGINT, signal.SIG_IGN)  # only the message how to resume is left
            commands = left(item, error) if may_pass(error) else None
            resume += commands or ()
            if alone:
                failed.append(error)
                continue
            stopped = [item] if commands is None else []
            rest = [*(item for item, why in unfinished.items() if may_pass(why)), *stopped, *items[number + 1 :]]
            if not may_pass(error) or not (kept or is_kept(error) or commands is not None):
                rest = []
            raise Halted([error, *failed], [*resume, *_again(context, argument, rest, own)]) from error
    failed += unfinished.values()
    if failed:
        rest = [item for item, why in unfinished.items() if kept and may_pass(why)]
        raise Halted(failed, [*resume, *_again(context, argument, rest, own)])


def _of_the_item(error: BaseException) -> bool:
    """Whether an error concerns one item alone."""
    if isinstance(error, UploadInterrupted):
        return isinstance(error.__cause__, _REFUSED)
    return isinstance(error, (*_OF_THE_ITEM, *_REFUSED))


def _again(
    context: Context, argument: str, items: Sequence[T], own: Callable[[T], Mapping[str, Any]] | None
) -> list[list[str]]:
    """The command for the remaining items, if any; standard input cannot be read again."""
    rest = [item for item in items if item != STANDARD]
    if own is not None:
        return [again(context, **{argument: [item]}, **own(item)) for item in rest]
    return [again(context, **{argument: rest})] if rest else []


def say(*lines: str) -> None:
    """Print messages on standard error, unless -q was given."""
    if not _every.chosen.quiet:
        complain(*lines)


def complain(*lines: str) -> None:
    """Print what is wrong on standard error."""
    for line in lines:
        print(f"tonearm: {printable(line)}", file=sys.stderr, flush=True)


def printable(text: str) -> str:
    """A text without control characters, which could steer a terminal: servers choose titles and messages."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def flushed(number: int) -> int:
    """The exit code, after standard output is flushed."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return unread()
    return number


def unread() -> int:
    """The exit code when nobody reads the results any more; without a message."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would complain when it ends
    return FAILED


def commands(lines: Iterable[Sequence[str]]) -> str:
    """Commands as one line for a shell, with the options of every command that this one was given."""
    return " && ".join(shlex.join([*words[:3], *_every.chosen.words, *words[3:]]) for words in lines)
