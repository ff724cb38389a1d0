"""What became of the items of a copy."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from ..._base.answers import Answer
from ..items import Item
from ..types import Download
from .entry import Beside


@frozen(repr=False)
class Kept(Answer):
    """What became of one item.

    Attributes:
        item: the item.
        path: its file, which is whole; None when it failed.
        download: how it was downloaded; None when the file was there already, or it failed.
        error: why it failed; of an item that was not tried any more, what ended the copy.
        note: what else there is to say: `changed here` of a file that its owner has changed, which is left alone,
            `not tried`, `left the server` of a file that pruning would remove, or `removed`. Of a file beside songs
            also `written`, or `not ours` of one that has its name and is left alone.
        beside: what it is beside songs: a cover, lyrics, or a playlist; None for a song.
    """

    item: Item
    path: Path | None
    download: Download | None = None
    error: Exception | None = None
    note: str | None = None
    beside: Beside | None = None

    @property
    def was_there(self) -> bool:
        """Whether the file was there already, and was left alone."""
        return self.path is not None and self.download is None and self.note != "written"
