"""Pictures: a file `cover` or `folder`, .jpg or .png, is the cover of the tracks in its folder."""

from hashlib import md5
from pathlib import Path

_NAMES = ("cover.jpg", "cover.png", "folder.jpg", "folder.png")
_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}


def cover_in(folder: Path) -> tuple[Path, str] | None:
    """The picture in a folder, and a tag that changes with it; None when there is none."""
    for name in _NAMES:
        path = folder / name
        try:
            status = path.stat()
        except OSError:
            continue
        marks = f"{name} {status.st_size} {status.st_mtime_ns}".encode()
        return path, md5(marks, usedforsecurity=False).hexdigest()
    return None


def media_type(path: Path) -> str:
    return _TYPES[path.suffix]
