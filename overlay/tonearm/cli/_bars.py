"""How far a transfer is, on standard error, for people who sit at a terminal and wait."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from attrs import define, field

from ..progress import Progress
from ._ends import printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE = 1.0
"""Seconds of silence before anything is shown."""


@define
class Bars:
    """Shows a bar for each transfer that takes longer than a second; nothing where standard error is no terminal."""

    unit: Literal["bytes", "pieces"] = "bytes"
    clock: Callable[[], float] = time.monotonic
    _bar: Bar | None = field(default=None, init=False)
    _leave: ExitStack = field(factory=ExitStack, init=False)

    def of(self, name: str) -> Callable[[Progress], None] | None:
        """What tells a transfer's bar how far it is; None when nobody would see it."""
        if not sys.stderr.isatty():
            return None
        began = self.clock()
        task: Any = None

        def report(at: Progress) -> None:
            nonlocal task
            if task is None:
                if self.clock() - began < PATIENCE:
                    return
                task = self._shown().add_task(printable(name), total=at.total, completed=at.done)
            part = f"part {at.part}/{at.parts}" if at.parts and at.parts > 1 and at.part else ""
            self._shown().update(task, completed=at.done, total=at.total, part=part)

        return report

    def wait(self, text: str) -> None:
        """Say what is waited for, in one line that the next call replaces."""
        if sys.stderr.isatty():
            bar = self._shown()
            for known in bar.task_ids:
                bar.remove_task(known)
            bar.add_task(printable(text), total=None, part="")

    def _shown(self) -> Bar:
        if self._bar is None:
            self._bar = self._leave.enter_context(_bar(self.unit))
        return self._bar

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._leave.close()


def _bar(unit: str) -> Bar:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )
    from rich.progress import Progress as Bar

    counts = (DownloadColumn(), TransferSpeedColumn()) if unit == "bytes" else (MofNCompleteColumn(),)
    name, part = (TextColumn(f"{{task.{what}}}", markup=False) for what in ("description", "fields[part]"))
    return Bar(name, BarColumn(), *counts, TimeRemainingColumn(), part, console=Console(stderr=True), transient=True)
