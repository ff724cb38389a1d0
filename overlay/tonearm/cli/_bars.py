"""Progress bars on standard error, for people at a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

from attrs import define, field

from .. import Progress
from . import _every
from ._ends import printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

PATIENCE = 1.0
"""Seconds of silence before anything is shown."""

WIDE = 80
"""Columns of a terminal from which a bar, a speed and the number of a part fit beside size and time."""

NUMBERS, FEW_NUMBERS = 62, 28
"""Columns for these; the name gets the rest."""


@define
class Bars:
    """Shows a bar for each transfer that takes longer than a second; nothing where standard error is no terminal."""

    clock: Callable[[], float] = time.monotonic
    _bar: Bar | None = field(default=None, init=False)
    _leave: ExitStack = field(factory=ExitStack, init=False)

    def of(self, name: str) -> Callable[[Progress], None] | None:
        """A callback that shows the progress of a transfer in its bar; None when nobody would see it."""
        if not seen():
            return None
        began = self.clock()
        tasks: dict[str, TaskID] = {}

        def report(at: Progress) -> None:
            if at.phase not in tasks:
                if self.clock() - began < PATIENCE:
                    return
                text = printable(f"{at.phase} {name}")
                tasks[at.phase] = self._shown().add_task(text, total=None, bytes=False, count="", part="")
            in_bytes = at.unit == "bytes"
            self._shown().update(
                tasks[at.phase],
                completed=at.done,
                total=at.total,
                bytes=in_bytes,
                count="" if in_bytes else f"{at.done}/{'?' if at.total is None else at.total} {at.unit}",
                part=f"part {at.part}/{at.parts}" if at.part and at.parts and at.parts > 1 else "",
            )

        return report

    def wait(self, text: str) -> None:
        """Show what the command waits for, in one line that the next call replaces."""
        if seen():
            bar = self._shown()
            for known in bar.task_ids:
                bar.remove_task(known)
            bar.add_task(printable(text), total=None, bytes=False, count="", part="")

    def rest(self) -> None:
        """Remove the bar or line, before a result is printed."""
        self._leave.close()
        self._bar = None

    def _shown(self) -> Bar:
        if self._bar is None:
            self._bar = self._leave.enter_context(_bar())
        return self._bar

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.rest()


def seen() -> bool:
    """Whether standard error is shown to a person."""
    return sys.stderr.isatty() and not _every.chosen.quiet


def _bar() -> Bar:
    from rich import progress as rich
    from rich.console import Console
    from rich.table import Column
    from rich.text import Text

    class Size(rich.DownloadColumn):
        def render(self, task: rich.Task) -> Text:
            return super().render(task) if task.fields["bytes"] else Text(task.fields["count"])

    class Speed(rich.TransferSpeedColumn):
        def render(self, task: rich.Task) -> Text:
            return super().render(task) if task.fields["bytes"] else Text("")

    class Name(rich.ProgressColumn):
        def render(self, task: rich.Task) -> Text:
            text = Text(task.description)
            text.truncate(room, overflow="ellipsis")
            return text

    console = Console(stderr=True)
    wide = console.width >= WIDE
    room = max(12, console.width - (NUMBERS if wide else FEW_NUMBERS))
    left = rich.TimeRemainingColumn()
    part = rich.TextColumn("{task.fields[part]}", markup=False)
    name = Name(table_column=Column(no_wrap=True))
    columns = (name, rich.BarColumn(None), Size(), Speed(), left, part) if wide else (name, Size(), left)
    return rich.Progress(*columns, console=console, transient=True, redirect_stdout=False, expand=wide)
