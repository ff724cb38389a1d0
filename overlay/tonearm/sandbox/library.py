"""The folder of audio that the sandbox serves, and the id of each of its files."""

import os
from collections.abc import Collection
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from attrs import frozen

PACKAGED = Path(__file__).parent / "library"
"""The folder with the clips that come with the package: `NAME.flac` says the words of `NAME.txt`."""

SUFFIXES = frozenset({".aac", ".flac", ".m4a", ".mka", ".mp3", ".oga", ".ogg", ".opus", ".wav", ".webm", ".wma"})
"""The extensions of audio files in a library folder, in lower case."""

_NAMESPACE = uuid5(NAMESPACE_URL, "tonearm:sandbox:library")


@frozen
class Item:
    """One audio file of the library: `id` follows from `name`, the path below the folder with forward slashes."""

    id: UUID
    name: str
    path: Path


def items(folder: Path) -> list[Item]:
    """List the audio files of a folder and its subfolders, in the order of their names.

    The folder is read each time, so that files which are added while the sandbox runs are found.
    """
    names = sorted((readable(path.relative_to(folder).as_posix()), path) for path in files(folder, SUFFIXES))
    return [Item(item_id(name), name, path) for name, path in names]


def files(folder: Path, suffixes: Collection[str]) -> list[Path]:
    """List the ordinary files of a folder that can be read and have one of these extensions; links are followed."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in suffixes and _is_ordinary(path))


def readable(name: str) -> str:
    """Return a file's name as text that can be sent: bytes that are not UTF-8 are read as Latin-1."""
    return "".join(chr(ord(sign) - 0xDC00) if "\udc80" <= sign <= "\udcff" else sign for sign in name)


def _is_ordinary(path: Path) -> bool:
    try:
        return path.is_file() and os.access(path, os.R_OK)
    except OSError:  # for example a link to itself
        return False


def item_id(name: str) -> UUID:
    """Return the id of a file by its name in the library, which is always the same."""
    return uuid5(_NAMESPACE, name)


def find(folder: Path, wanted: UUID) -> Item | None:
    """Find the item with an id, or None when the folder has none."""
    return next((item for item in items(folder) if item.id == wanted), None)
