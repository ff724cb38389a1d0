"""The tasks of a copy: which file each item needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from attrs import frozen

from ..items import Item
from .entry import Entry, Form
from .layout import Layout
from .names import extension

State: TypeAlias = Literal["missing", "there", "unsure", "changed here"]
"""The state of an item's file: to be fetched, complete, to be compared with the server, or changed by its owner."""


@frozen
class Task:
    """An item and its file.

    Attributes:
        item: the item.
        file: the path of its file in the folder.
        state: what is to be done.
        name: the facts from which the name is made.
        layout: the template of the name.
        known: the entry of its file in the record.
        anew: the name if the server says that the file has changed, as its extension is then another one.
    """

    item: Item
    file: str
    state: State
    name: str
    layout: str
    known: Entry | None = None
    anew: str | None = None


@frozen
class Wanted:
    """The wanted contents of a copy: items, the names of their files, and their format.

    Attributes:
        items: the items, each once.
        layout: makes the names of files.
        owner: the playlist whose places are in the names; None if names have no places.
        form: the container and the parameters of the stream.
        container: the extension of the format; None for originals, which have different extensions.
        replace: whether files that were changed here, or that are not ours, are replaced.
        forced: whether files with names of another layout are renamed.
        address: the address of the server.
    """

    items: Sequence[Item]
    layout: Layout
    owner: str | None
    form: Form
    container: str | None
    replace: bool = False
    forced: bool = False
    address: str = ""

    @property
    def layout_key(self) -> str:
        """The layout, and the playlist whose places are in it."""
        return self.layout.template if self.owner is None else f"{self.layout.template} of {self.owner}"

    def extension(self, item: Item) -> str:
        """The extension of an item's file."""
        return self.container or extension(item)
