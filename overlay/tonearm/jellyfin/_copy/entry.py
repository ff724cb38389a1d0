"""One file of a copy, as the record has it: which item it is, in which form, and as of when."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Literal, Self, TypeAlias, get_args

from attrs import asdict, frozen

from ..._base.coerce import fields, integer, items, text

_OF_0_1 = re.compile(r"(\d+-)?\d+ - (?P<title>.+)")
"""How 0.1 named its files."""

Beside: TypeAlias = Literal["covers", "lyrics", "playlist"]
"""What a copy may have beside its songs: pictures, lyrics as .lrc, and the order of the songs as .m3u8."""

Form = Mapping[str, Any]


@frozen
class Entry:
    """What is known of one file.

    Attributes:
        file: its path in the folder, with "/".
        item: the id of the item; None for a file that 0.1 may have made and that no item has claimed.
        form: how it was asked for.
        size: bytes of the file; 0 for a name that is taken for a file that is on its way.
        source: the id of the media source.
        time: when the file was written, in nanoseconds; None when that is not known.
        sha256: the hash of its contents; None when that is not known.
        listed: the size of the original that the server's list had.
        mark: the ETag or date that the server's list had.
        modified: the Last-Modified or ETag of the original when it was downloaded.
        name: what the file was named after, so that a change of it is noticed.
        layout: the template of the name, and the playlist whose places are in it.
        server: the id of the server that the item is on, else its address; None when that is not known.
        before: size and time of the file that this one replaces, as long as it may still be there.
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
        """What there is one file of: an item in a container, or as it is."""
        return self.item, container_of(self.form)

    @property
    def song(self) -> tuple[str | None, str | None]:
        """The server and the id of the item."""
        return self.server, self.item

    @property
    def beside(self) -> Beside | None:
        """What this is beside songs; None for a song."""
        kinds: tuple[Beside, ...] = get_args(Beside)
        return next((kind for kind in kinds if self.form.get("beside") == kind), None)

    @property
    def is_claim(self) -> bool:
        """Whether this only takes a name for a file that is on its way."""
        return self.size == 0

    @classmethod
    def of(cls, file: str, raw: Mapping[str, Any]) -> Self | None:
        """Read an entry, also one of 0.1, which had the form beside the item; None when it is none."""
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
        """The entry as it is written; what is not known is left out."""
        return {name: value for name, value in asdict(self).items() if value is not None and name != "file"}


def container_of(form: Form) -> str:
    """The container that a form asks for; empty for an original."""
    return text(form.get("container")) or ""


def form_key(form: Form) -> str:
    """A form as text, equal for equal forms."""
    return json.dumps(form, sort_keys=True, default=str)


def title_of_0_1(file: str) -> str:
    """The title and extension in a name that 0.1 made."""
    found = _OF_0_1.fullmatch(file)
    return file if found is None else found["title"]


def made_by_0_1(folder: Path) -> dict[str, Entry]:
    """The files that 0.1 may have made in a folder that has no record yet."""
    with os.scandir(folder) as entries:
        found = [entry for entry in entries if _OF_0_1.fullmatch(entry.name) and entry.is_file()]
        found = [entry for entry in found if not entry.name.endswith((".part", ".part.json"))]
        return {entry.name: Entry(entry.name, None, {}, entry.stat().st_size) for entry in found}


def _is_inside(file: str) -> bool:
    path = PurePosixPath(file)
    return not path.is_absolute() and path.name != "" and ".." not in path.parts
