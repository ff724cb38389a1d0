"""`tonearm state`: the state that is kept on this machine between commands, and how to remove it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from attrs import frozen
from typer import Option

from .. import InvalidInput
from .._files import is_locked, kept_paths, state_folder
from . import _login, _out
from ._ends import FAILED, complain, say
from ._options import Json

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_KINDS = {
    "aioz-upload-": "upload",
    "aioz-publication-": "publication",
    "openai-recognition-": "transcription",
    "openai-speech-": "speech",
    "results": "result",
    "devices": "device",
}
"""The prefixes of the names of each kind; other files are not ours."""

_IDENTITY = "device"
"""Never removed: with another device id, a server would end the token."""

_DAY = 86_400


@frozen
class Kept:
    """One file or folder of state.

    Attributes:
        kind: upload, publication, transcription, speech, result or device.
        path: the file or the folder.
        size: bytes in all.
        days: how many days ago it was last written.
        in_use: whether a command uses it now.
    """

    kind: str
    path: Path
    size: int
    days: float
    in_use: bool


COLUMNS: _out.Columns = {
    "kind": lambda kept: kept.kind,
    "age": lambda kept: f"{kept.days:.0f} d",
    "size": lambda kept: _out.size(kept.size),
    "": lambda kept: "in use" if kept.in_use else None,
    "path": lambda kept: kept.path,
}


@app.command("list")
def list_(json: Json = False) -> None:
    """List what is kept: unfinished uploads, paid chunks of unfinished work, results that found no place, device ids.

    Chunks and results hold the text of recordings.
    """
    entries = list(_kept())
    if not (entries or json):
        say(f"nothing is kept in {state_folder()}")
    _out.items(entries, COLUMNS, json=json)


@app.command()
def clean(
    older: Annotated[float, Option("--older", metavar="DAYS", help="Only what was last written so long ago.")] = 30.0,
    yes: Annotated[bool, Option("--yes", "-y", help="Remove without asking.")] = False,
    dry_run: Annotated[bool, Option("--dry-run", help="List what would be removed, and remove nothing.")] = False,
    json: Json = False,
) -> None:
    """Remove what is kept, but for device ids and what is in use.

    Work without its state cannot be resumed: an upload begins again, and chunks are paid for again. The command asks
    first, unless --yes is given.

    Example: tonearm state clean --older 7
    """
    if not older >= 0:
        raise InvalidInput.of("--older", older, "a number of days from 0")
    entries = [kept for kept in _kept() if kept.kind != _IDENTITY and kept.days >= older and not kept.in_use]
    if not entries:
        say(f"nothing to remove in {state_folder()}")
        return
    if not (yes or dry_run):
        question = f"Remove {len(entries)} of what is kept in {state_folder()}? [y/N]"
        if _login.ask(question, otherwise="--yes removes without a question").lower() not in ("y", "yes"):
            say("nothing was removed")
            raise typer.Exit(FAILED)
    refused: list[str] = []
    if not dry_run:
        entries = [kept for kept in entries if _removed(kept, refused)]
    _out.items(entries, COLUMNS, json=json)
    if refused:
        complain(*refused)
        raise typer.Exit(FAILED)


def _kept() -> Iterator[Kept]:
    """All files and folders of state, the oldest first."""
    paths = [(path, kind) for path in kept_paths("*") if (kind := _kind(path))]
    whole = [(path, kind) for path, kind in paths if kind not in ("result", _IDENTITY)]
    inner = [(path, kind) for folder, kind in paths if kind in ("result", _IDENTITY) for path in _inside(folder)]
    yield from sorted((_seen(path, kind) for path, kind in whole + inner), key=lambda kept: -kept.days)


def _inside(folder: Path) -> list[Path]:
    """The entries of a folder in the folder for state."""
    try:
        return list(folder.iterdir())
    except OSError as error:
        complain(f"{folder}: {error.strerror}")
        return []


def _kind(path: Path) -> str | None:
    """The kind of a path by its name; None if it is no file or folder, and so not ours."""
    if path.is_symlink() or not (path.is_file() or path.is_dir()):
        return None
    return next((kind for start, kind in _KINDS.items() if path.name.startswith(start)), None)


def _seen(path: Path, kind: str) -> Kept:
    files = [path, *path.rglob("*")] if path.is_dir() else [path]
    status: list[os.stat_result] = []
    for file in files:
        with suppress(OSError):  # a command may finish meanwhile, or a file may not be readable
            status.append(file.lstat())
    last = max((file_status.st_mtime for file_status in status), default=time.time())
    in_use = any(map(_held, files))
    return Kept(
        kind, path, sum(file_status.st_size for file_status in status), max(0.0, (time.time() - last) / _DAY), in_use
    )


def _held(path: Path) -> bool:
    """Whether a command uses it; paid chunks belong to the journal beside them."""
    return is_locked(path.with_name(path.name.removesuffix(".pieces")))


def _removed(kept: Kept, refused: list[str]) -> bool:
    """Remove it, unless a command uses it by now, as a person may think long about the question.

    A path that cannot be removed, for example of another user, is added to `refused`.
    """
    path = kept.path
    if _seen(path, kept.kind).in_use:
        return False
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        refused.append(f"{path} was not removed: {error.strerror}")
        return False
    return True
