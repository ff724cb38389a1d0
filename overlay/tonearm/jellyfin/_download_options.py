"""The options of downloads, as objects; each field is a keyword of `options`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

from attrs import field, fields_dict, frozen

from .._base.validate import amount, word
from ..progress import OnProgress
from ._operations.startup_wait import PATIENCE, Away
from ._stream_request import Selection
from .presets import PresetName
from .types import AudioParams, Beside, Prune, RunTime


@frozen(kw_only=True)
class _Fetching:
    """The options that all downloads share; `params` has the parameters of the stream."""

    params: AudioParams = field(factory=AudioParams)
    preset: PresetName | None = "original"
    run_time: RunTime = "measure"
    wait_server: float = PATIENCE
    on_progress: OnProgress | None = None

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Self:
        """Read the keywords of a call; a keyword that is no option of the download is a parameter of the stream.

        One parameter of the stream is called `params`, too.

        Raises:
            InvalidInput: a keyword is neither.
        """
        known = {*fields_dict(cls), *AudioParams.__annotations__}
        for name in options:  # here, as the check of the stream would offer only its own parameters
            word(name, "option", known)
        own = {name: value for name, value in options.items() if name in fields_dict(cls) and name != "params"}
        params: Any = {name: value for name, value in options.items() if name not in own}
        return cls(params=params, **own)

    def selection(self, item_id: str | UUID, device_id: str) -> Selection:
        """The stream of an item.

        Raises:
            InvalidInput: the server would refuse, drop or fail on a value.
        """
        return Selection.of(item_id, self.params, device_id=device_id, preset=self.preset)

    def away(self) -> Away:
        """How long to wait for a server that becomes unavailable.

        Raises:
            InvalidInput: `wait_server` is no number of seconds.
        """
        return Away(amount(self.wait_server, "wait_server"))


@frozen(kw_only=True)
class ItemDownload(_Fetching):
    """The options of one download; see DownloadOptions."""

    duration: float | timedelta | None = None


@frozen(kw_only=True)
class FolderCopy(_Fetching):
    """The options of a copy of many items; see DownloadAllOptions."""

    workers: int = 2
    layout: str | None = None
    replace: bool = False
    prune: Prune = False
    beside: Sequence[Beside] = ()

    def item(self, duration: float | None, on_progress: OnProgress) -> ItemDownload:
        """The options of the download of one item."""
        return ItemDownload(
            params=self.params,
            preset=self.preset,
            run_time=self.run_time,
            wait_server=self.wait_server,
            on_progress=on_progress,
            duration=duration,
        )
