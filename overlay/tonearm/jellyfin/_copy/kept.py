"""The outcome of a copy for each item."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from ..._base.answers import Answer
from ..items import Item
from ..types import Beside, Download


@frozen(repr=False)
class Kept(Answer):
    """The outcome for an item.

    Attributes:
        item: the item.
        path: its complete file; None if it failed.
        download: its download; None if the file existed already, or if it failed.
        error: why it failed; for an item that was not tried any more, the error that ended the copy.
        note: `changed here` for a file that its owner has changed, which is left alone, `not tried`, `left the server`
            for a file that pruning would remove, or `removed`. For covers, lyrics and playlists also `written`, or
            `not ours` for another file with this name, which is left alone.
        beside: the kind of a cover, lyrics, or playlist; None for a song.
    """

    item: Item
    path: Path | None
    download: Download | None = None
    error: Exception | None = None
    note: str | None = None
    beside: Beside | None = None

    @property
    def was_there(self) -> bool:
        """Whether the file existed already, and was not changed."""
        return self.path is not None and self.download is None and self.note != "written"
