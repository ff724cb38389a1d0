"""The name of a file that was downloaded: the item's title instead of its id; a file that exists is not replaced."""

from __future__ import annotations

import filecmp
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from .. import TonearmError

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
    path = next((path for path in _names(item, done.path) if _moved(done.path, path)), done.path)
    return evolve(done, path=path)


def _names(item: tonearm.jellyfin.Item, path: Path) -> tuple[Path, Path]:
    """The title, and for a folder that has another file of that name the title with some of the id."""
    return (
        path.with_name(f"{item.file_name}{path.suffix}"),
        path.with_name(f"{item.file_name} [{item.id[:_SHOWN]}]{path.suffix}"),
    )


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
