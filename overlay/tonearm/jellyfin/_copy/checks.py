"""Checks of the arguments of a copy, before anything is sent or made."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import cast, get_args
from uuid import UUID

from ..._base import validate
from ...errors import InvalidInput
from .._download_options import FolderCopy
from .._ids import id_of
from ..items import Item
from ..types import Beside

AUDIO = ("Audio", "AudioBook")
"""The types of items that are downloaded."""

_MOST_WORKERS = 8


def checked_items(what: str | UUID | Sequence[Item]) -> str | Sequence[Item]:
    """Check the id of what is copied, or its items.

    Raises:
        InvalidInput: the value is neither.
    """
    if isinstance(what, (str, UUID)):
        return id_of(what, "what")
    if not _are_audio(what):
        raise InvalidInput.of("what", what, "an id, or a list of audio items, such as list(jf.items())")
    return what


def checked_folder(folder: str | os.PathLike[str]) -> Path:
    """Check the folder of a copy.

    Raises:
        InvalidInput: the value is no path.
    """
    if not isinstance(folder, (str, os.PathLike)) or not os.fspath(folder):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("folder", folder, "the path of a folder")
    return Path(folder)


def check_copy(options: FolderCopy, what: str | Sequence[Item]) -> None:
    """Check the options of a copy.

    Raises:
        InvalidInput: an option is invalid.
    """
    if single := sorted({"play_session_id", "media_source_id"} & options.params.keys()):
        raise InvalidInput(
            f"each item has its own {', '.join(single)}: one for all cannot be given",
            argument=single[0],
            value=dict(options.params)[single[0]],
            expected="left out, as each item has its own",
        )
    validate.whole(options.workers, "workers", least=1, most=_MOST_WORKERS)
    validate.flag(options.replace, "replace")
    validate.word(options.run_time, "run_time", ("measure", "trust"))
    if options.prune != "show" and not isinstance(options.prune, bool):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("prune", options.prune, "True, False or 'show'")
    if isinstance(options.beside, str) or not isinstance(options.beside, Collection):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("beside", options.beside, "a list of words, such as ['covers', 'lyrics']")
    for kind in options.beside:
        validate.word(kind, "beside", get_args(Beside))
    if "playlist" in options.beside and not isinstance(what, str):
        raise InvalidInput.of("beside", options.beside, "without 'playlist' for a list of items, which has no name")


def _are_audio(what: object) -> bool:
    """Whether this is a list of audio items; an iterator, such as items(), is none."""
    if not isinstance(what, Sequence):
        return False
    items = cast("Sequence[object]", what)
    return all(isinstance(item, Item) and item.type in (None, *AUDIO) for item in items)
