"""What a copy should have, and what is to be done about each item of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from attrs import frozen

from ..items import Item
from .entry import Entry, Form
from .layout import Layout
from .names import extension

State: TypeAlias = Literal["missing", "there", "unsure", "changed here"]
"""What is to be done about an item: fetch it, nothing, ask the server for the time of its file, or tell its owner."""


@frozen
class Task:
    """One item, and the file that it goes into.

    `name` and `layout` are what the file is named after; `known` is what the record has of its file; `anew` is the name
    to take once the server says that the file has changed, where the list says that it has another extension now.
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
    """What a copy should have: items, how their files are named, and the form of them.

    Attributes:
        items: each of them once.
        layout: how to name their files.
        owner: the playlist whose places are in the names; None where there are none.
        form: how the items are asked for.
        container: the extension that goes with it; None for originals, whose extensions are their own.
        replace: whether files that were changed here, or that are not ours, are replaced.
        forced: whether files that have names of another layout are renamed.
        address: where the server is.
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
