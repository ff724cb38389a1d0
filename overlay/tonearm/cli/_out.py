"""Results on standard output: tables for people, JSON for programs."""

from __future__ import annotations

import json as jsonlib
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any, TypeAlias

from .. import InvalidInput
from .._base import answers
from .._files import write_whole
from ._ends import STANDARD, printable, say

Columns: TypeAlias = Mapping[str, Callable[[Any], object]]
"""The columns of a table: for each name a function that returns its value of an item."""

_HIDDEN = ("raw", "request_id")


def items(answers: Iterable[Any], columns: Columns, *, json: bool) -> None:
    """Print items: one JSON object a line, or a table."""
    if json:
        for item in answers:
            line(item)
    else:
        _table(list(columns), [[_text(show(item)) for show in columns.values()] for item in answers])


def item(answer: Any, columns: Columns, *, json: bool) -> None:
    """Print one item: a JSON object, or a line for each of its values."""
    if json:
        line(answer)
    else:
        _record([(name, text) for name, show in columns.items() if (text := _text(show(answer)))])


def line(answer: Any) -> None:
    """Print an item as JSON in one line."""
    print(jsonlib.dumps(plain(answer)), flush=True)


def plain(value: object) -> Any:
    """The `to_dict` of an answer, without the fields about its request."""
    return answers.plain(value, without=_HIDDEN)


def to_file(write: Callable[[IO[bytes]], object], to: Path | None) -> None:
    """Write a result into a file, completely or not at all, or to standard output when none is named."""
    if to is None:
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        write_whole(to, write)


def file_of(word: str) -> Path | None:
    """The file that a word names; None for standard output."""
    return None if word == STANDARD else Path(word)


def place(out: str, count: int, what: str) -> tuple[Path, bool]:
    """The path for results, and whether it is a folder, which may have to be made.

    Raises:
        InvalidInput: several results would go into one file, or the folder of the file does not exist.
    """
    path = Path(out)
    if out.endswith(("/", os.sep)) or path.is_dir():
        return path, True
    if count > 1:
        raise InvalidInput(f"several {what} need a folder, which {out!r} is not", hint=f"-o {out}/ makes one")
    if not path.parent.is_dir():
        raise InvalidInput(f"there is no folder {str(path.parent)!r}")
    return path, False


def make_folder(folder: Path) -> None:
    """Make a folder for results, with its parents.

    Raises:
        InvalidInput: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(f"the folder {str(folder)!r} cannot be made: {error.strerror}") from error


def target(out: str, count: int, what: str, *, dry_run: bool) -> tuple[IO[bytes] | Path, bool]:
    """The target of downloads, and whether it is a folder for several; standard output is for one file only.

    Raises:
        InvalidInput: several files would go into one, or a folder is missing and cannot be made.
    """
    if out == STANDARD and count == 1:
        return audio(), False
    to, several = place(out, count, what)
    if several and not dry_run:
        make_folder(to)
    return to, several


def audio() -> IO[bytes]:
    """Standard output, for audio.

    Raises:
        InvalidInput: it is a terminal.
    """
    if sys.stdout.isatty():
        raise InvalidInput("audio cannot be shown in a terminal: send standard output to a program or a file")
    return sys.stdout.buffer


def size(count: int | None) -> str | None:
    """Bytes for people."""
    if count is None:
        return None
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= step:
            return f"{count / step:.1f} {unit}"
    return f"{count} B"


def clock(seconds: float | None) -> str | None:
    """A duration for people: minutes and seconds, and hours when there are any."""
    if not seconds:
        return None
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


DOWNLOAD: Columns = {
    "file": lambda done: done.path,
    "size": lambda done: size(done.size),
    "type": lambda done: done.content_type,
    "sha256": lambda done: done.sha256,
}
"""The columns of a downloaded file."""


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else printable(str(value))


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table that fits the terminal, or a block of lines for each row if it cannot. A pipe gets all columns."""
    if not rows:
        return
    from . import _fit

    room = _width()
    fitted = _fit.table(names, rows, room)
    if fitted is None:
        for number, row in enumerate(rows):
            if number:
                print()
            _record([(name, text) for name, text in zip(names, row, strict=True) if text])
        return
    for line in fitted.lines:
        print(line)
    sys.stdout.flush()
    if fitted.left_out:
        say(f"no room for {', '.join(fitted.left_out)}: a wider terminal or --json shows all columns")


def _record(pairs: Sequence[tuple[str, str]]) -> None:
    width = max((len(name) for name, _ in pairs), default=0)
    for name, text in pairs:
        print(f"{name:<{width}}  {text}")
    sys.stdout.flush()


def _width() -> float:
    if not sys.stdout.isatty():
        return float("inf")
    from shutil import get_terminal_size

    return get_terminal_size().columns
