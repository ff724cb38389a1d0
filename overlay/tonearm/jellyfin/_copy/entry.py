"""A file of a copy in the record: its item, its format, and its version."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Self, get_args

from attrs import asdict, frozen

from ..._base.coerce import fields, integer, items, text
from ..types import Beside

_OF_0_1 = re.compile(r"(\d+-)?\d+ - (?P<title>.+)")
"""The names of files that 0.1 made."""


Form = Mapping[str, Any]


@frozen
class Entry:
    """The record of a file.

    Attributes:
        file: its path in the folder, with "/".
        item: the id of the item; None for a file that 0.1 may have made and that no item has claimed.
        form: the container and the parameters with which it was requested.
        size: bytes of the file; 0 for a name that is reserved for a file that is being received.
        source: the id of the media source.
        time: when the file was written, in nanoseconds; None if that is not known.
        sha256: the hash of its contents; None if that is not known.
        listed: the size of the original in the server's list.
        mark: the ETag or date in the server's list.
        modified: the Last-Modified or ETag of the original when it was downloaded.
        name: the facts from which the name was made, so that a change is noticed.
        layout: the template of the name, and the playlist whose places are in it.
        server: the id of the item's server, else its address; None if that is not known.
        before: size and time of the file that this one replaces, as long as it may still exist.
    """

    file: str
    item: str | None
    form: Form
    size: int
    source: str | None = None
    time: int | None = None
    sha256: str | None = None
    listed: int | None = None
    mark: str | None = None
    modified: str | None = None
    name: str | None = None
    layout: str | None = None
    server: str | None = None
    before: tuple[int, int] | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """The key, of which there is one file: an item, and a container or the original."""
        return self.item, container_of(self.form)

    @property
    def song(self) -> tuple[str | None, str | None]:
        """The server and the id of the item."""
        return self.server, self.item

    @property
    def beside(self) -> Beside | None:
        """The kind of a cover, lyrics or playlist; None for a song."""
        kinds: tuple[Beside, ...] = get_args(Beside)
        return next((kind for kind in kinds if self.form.get("beside") == kind), None)

    @property
    def is_claim(self) -> bool:
        """Whether this only reserves a name for a file that is being received."""
        return self.size == 0

    @classmethod
    def of(cls, file: str, raw: Mapping[str, Any]) -> Self | None:
        """Read an entry, also one of 0.1, which had no member `form`; None if this is no entry."""
        size, form, before = integer(raw.get("size")), raw.get("form"), items(raw.get("before"), integer)
        if size is None or not _is_inside(file):
            return None
        if form is None:
            form = {name: value for name, value in raw.items() if name not in ("item", "size")}
        return cls(
            file,
            text(raw.get("item")),
            fields(form),
            size,
            source=text(raw.get("source")),
            time=integer(raw.get("time")),
            sha256=text(raw.get("sha256")),
            listed=integer(raw.get("listed")),
            mark=text(raw.get("mark")),
            modified=text(raw.get("modified")),
            name=text(raw.get("name")),
            layout=text(raw.get("layout")),
            server=text(raw.get("server")),
            before=(before[0], before[1]) if len(before) == 2 else None,
        )

    def line(self) -> dict[str, Any]:
        """The entry as it is written, without unknown values."""
        return {
            name: value for name, value in asdict(self, recurse=False).items() if value is not None and name != "file"
        }


def container_of(form: Form) -> str:
    """The container of a form; empty for an original."""
    return text(form.get("container")) or ""


def form_key(form: Form) -> str:
    """A form as text, which is equal for equal forms."""
    return json.dumps(form, sort_keys=True, default=str)


def title_of_0_1(file: str) -> str:
    """The title and extension in a name that 0.1 made."""
    match = _OF_0_1.fullmatch(file)
    return file if match is None else match["title"]


def made_by_0_1(folder: Path) -> dict[str, Entry]:
    """The files that 0.1 may have made in a folder that has no record yet."""
    with os.scandir(folder) as entries:
        files = [entry for entry in entries if _OF_0_1.fullmatch(entry.name) and entry.is_file()]
        files = [entry for entry in files if not entry.name.endswith((".part", ".part.json"))]
        return {entry.name: Entry(entry.name, None, {}, entry.stat().st_size) for entry in files}


def _is_inside(file: str) -> bool:
    path = PurePosixPath(file)
    return not path.is_absolute() and path.name != "" and ".." not in path.parts
