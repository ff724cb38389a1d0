"""Checks of what a copy is asked for, before anything is sent or made."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import cast, get_args
from uuid import UUID

from ..._base import validate
from ...errors import InvalidInput
from .._asked import FolderCopy
from .._ids import id_of
from ..items import Item
from .entry import Beside

AUDIO = ("Audio", "AudioBook")
"""The types of items that are downloaded."""

_MOST_WORKERS = 8


def checked_items(what: str | UUID | Sequence[Item]) -> str | Sequence[Item]:
    """The id of what is copied, or its items.

    Raises:
        InvalidInput: it is neither.
    """
    if isinstance(what, (str, UUID)):
        return id_of(what, "what")
    if not _are_audio(what):
        raise InvalidInput.of("what", what, "an id, or a list of audio items, such as list(jf.items())")
    return what


def checked_folder(folder: str | os.PathLike[str]) -> Path:
    """The folder of a copy.

    Raises:
        InvalidInput: it is no path.
    """
    if not isinstance(folder, (str, os.PathLike)) or not os.fspath(folder):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("folder", folder, "the path of a folder")
    return Path(folder)


def check_copy(ask: FolderCopy, what: str | Sequence[Item]) -> None:
    """Check what is asked of the whole copy.

    Raises:
        InvalidInput: something that cannot be.
    """
    if single := sorted({"play_session_id", "media_source_id"} & ask.params.keys()):
        raise InvalidInput(
            f"each item has its own {', '.join(single)}: one for all cannot be given",
            argument=single[0],
            value=dict(ask.params)[single[0]],
            expected="left out, as each item has its own",
        )
    validate.whole(ask.workers, "workers", least=1, most=_MOST_WORKERS)
    validate.flag(ask.replace, "replace")
    validate.word(ask.run_time, "run_time", ("measure", "trust"))
    if ask.prune != "show" and not isinstance(ask.prune, bool):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("prune", ask.prune, "True, False or 'show'")
    if isinstance(ask.beside, str):
        raise InvalidInput.of("beside", ask.beside, "a list of words, such as ['covers', 'lyrics']")
    for kind in ask.beside:
        validate.word(kind, "beside", get_args(Beside))
    if "playlist" in ask.beside and not isinstance(what, str):
        raise InvalidInput.of("beside", ask.beside, "without 'playlist' for a list of items, which has no name")


def _are_audio(what: object) -> bool:
    """Whether this is a list of audio items; what can be gone through once only, as items() is, is none."""
    if not isinstance(what, Sequence):
        return False
    items = cast("Sequence[object]", what)
    return all(isinstance(one, Item) and one.type in (None, *AUDIO) for one in items)
