"""What downloads were asked to do, whole from the client to the plans; each field is a keyword of `options`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

from attrs import field, fields_dict, frozen

from .._base.validate import amount
from ..progress import OnProgress
from ._copy.entry import Beside
from ._copy.prune import Prune
from ._operations.startup_wait import PATIENCE, Away
from ._stream_request import Selection
from .presets import PresetName
from .types import AudioParams, RunTime


@frozen(kw_only=True)
class _Fetching:
    """What all downloads share; `params` holds the parameters of the stream."""

    params: AudioParams = field(factory=AudioParams)
    preset: PresetName | None = "original"
    run_time: RunTime = "measure"
    wait_server: float = PATIENCE
    on_progress: OnProgress | None = None

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Self:
        """Take the keywords of a call; what is not for the download itself is a parameter of the stream.

        One of these is called `params`, too.
        """
        own = {name: value for name, value in options.items() if name in fields_dict(cls) and name != "params"}
        params: Any = {name: value for name, value in options.items() if name not in own}
        return cls(params=params, **own)

    def selection(self, item_id: str | UUID, device_id: str) -> Selection:
        """How an item is asked for.

        Raises:
            InvalidInput: a value that the server would refuse, drop or fail on.
        """
        return Selection.of(item_id, self.params, device_id=device_id, preset=self.preset)

    def away(self) -> Away:
        """For how long a server is waited for that goes away.

        Raises:
            InvalidInput: it is no number of seconds.
        """
        return Away(amount(self.wait_server, "wait_server"))


@frozen(kw_only=True)
class ItemDownload(_Fetching):
    """What one download was asked to do; see DownloadOptions."""

    duration: float | timedelta | None = None


@frozen(kw_only=True)
class FolderCopy(_Fetching):
    """What a copy of many items was asked to do; see DownloadAllOptions."""

    workers: int = 2
    layout: str | None = None
    replace: bool = False
    prune: Prune = False
    beside: Sequence[Beside] = ()

    def item(self, duration: float | None, report: OnProgress) -> ItemDownload:
        """What is asked of one of the items."""
        return ItemDownload(
            params=self.params,
            preset=self.preset,
            run_time=self.run_time,
            wait_server=self.wait_server,
            on_progress=report,
            duration=duration,
        )
