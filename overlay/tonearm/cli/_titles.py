"""Renames downloaded files from ids to titles; an existing file is not replaced."""

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
"""Digits of an id that distinguish items with the same title."""


def titled(jellyfin: tonearm.Jellyfin, id: str, done: tonearm.jellyfin.Download) -> tonearm.jellyfin.Download:
    """Rename a file in a folder from the id of its item to its title.

    During the download it has the id, so that items with the same title do not collide, and an interrupted download is
    resumed. If the title cannot be requested, the file keeps the id.
    """
    if jellyfin.token is None or done.path is None:
        return done
    try:
        item = jellyfin.item(id)
    except TonearmError:
        return done
    return evolve(done, path=_renamed(done.path, item.file_name, done.path.suffix, item.id))


def titled_source(aioz: tonearm.Aioz, id: str, done: tonearm.aioz.Download) -> tonearm.aioz.Download:
    """The same for the file of an AIOZ object, whose title is often a file name with a suffix."""
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
    """Rename a file to a title, or, if another file has this name, to the title with a part of the id."""
    names = (path.with_name(f"{stem}{suffix}"), path.with_name(f"{stem} [{id[:_SHOWN]}]{suffix}"))
    return next((name for name in names if _moved(path, name)), path)


def _moved(old: Path, new: Path) -> bool:
    """Rename a file, unless another file has the new name; one with the same bytes is no other."""
    with suppress(OSError):
        if new.is_file() and filecmp.cmp(old, new, shallow=False):
            old.replace(new)
            return True
    try:
        os.link(old, new)  # a link replaces no file
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if new.exists():
            return False
        old.rename(new)
        return True
    old.unlink()
    return True
