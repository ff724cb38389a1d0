"""Names of files that were downloaded: titles in place of ids; a file that exists is not replaced."""

from __future__ import annotations

import filecmp
import os
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from attrs import evolve

from .. import TonearmError
from .._base.file_names import name_of

if TYPE_CHECKING:
    import tonearm

_SHOWN = 8
"""Digits of an id that tell items of one title apart."""


def titled(jellyfin: tonearm.Jellyfin, id: str, done: tonearm.jellyfin.Download) -> tonearm.jellyfin.Download:
    """Give a file in a folder, which has its item's id for a name, the title of the item.

    It has the id while it is received, so that downloads of items with one title never meet, and one that is
    interrupted is resumed. Where the title cannot be asked for, the file keeps the id.
    """
    if jellyfin.token is None or done.path is None:
        return done
    try:
        item = jellyfin.item(id)
    except TonearmError:
        return done
    return evolve(done, path=_renamed(done.path, item.file_name, done.path.suffix, item.id))


def titled_source(aioz: tonearm.Aioz, id: str, done: tonearm.aioz.Download) -> tonearm.aioz.Download:
    """The same for the file of an object; titles are names of files there, whose suffix is the file's."""
    if done.path is None:
        return done
    try:
        title = aioz.get(id).title or id
    except TonearmError:
        return done
    from ..bulk import AUDIO

    suffix = PurePath(title).suffix
    known = suffix[1:].lower() in AUDIO
    stem = title.removesuffix(suffix) if known else title
    return evolve(done, path=_renamed(done.path, name_of(stem), suffix if known else done.path.suffix, id))


def _renamed(path: Path, stem: str, suffix: str, id: str) -> Path:
    """Name a file by a title, and in a folder that has another file of that name by some of the id, too."""
    names = (path.with_name(f"{stem}{suffix}"), path.with_name(f"{stem} [{id[:_SHOWN]}]{suffix}"))
    return next((name for name in names if _moved(path, name)), path)


def _moved(old: Path, new: Path) -> bool:
    """Rename a file unless there is another one of the new name; the same bytes are the same file."""
    with suppress(OSError):
        if new.is_file() and filecmp.cmp(old, new, shallow=False):
            old.replace(new)
            return True
    try:
        os.link(old, new)  # which never replaces anything
    except FileExistsError:
        return False
    except OSError:  # file systems without such links
        if new.exists():
            return False
        old.rename(new)
        return True
    old.unlink()
    return True
