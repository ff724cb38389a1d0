"""A run of a copy: performs its tasks, several at a time, and collects the outcome of each item."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from attrs import define, evolve, field

from ..._engine import First, Fork, Plan, Ticket, Work
from ..._http import logger
from ..._transfer import PartFile
from ...errors import ConfigurationError, ConnectionFailed, InvalidInput, TimedOut, TonearmError, Unauthorized
from ...progress import Progress, Tally
from .. import _download
from .._credentials import Access
from .._download_options import FolderCopy
from .._operations import heads
from .._operations.startup_wait import Away, is_away
from .._play_session import PlaySession
from ..items import Item
from ..types import Download
from .entry import Entry, Form, container_of
from .files import leave, stamp
from .kept import Kept
from .record import Record
from .task import Task
from .versions import mark_of, server_of

_SILENT = 3
"""Consecutive items without a response after which a server counts as unavailable."""

_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


class Terms(Protocol):
    """The settings of all items of a copy."""

    @property
    def access(self) -> Access: ...
    @property
    def options(self) -> FolderCopy: ...
    @property
    def item_form(self) -> Form: ...
    @property
    def away(self) -> Away: ...
    def session(self, item: Item) -> PlaySession: ...


@define
class Run:
    """The tasks of a copy.

    `results` has the outcome of each item, by its id; `ended` is the error that ended the run early.
    """

    terms: Terms
    record: Record
    tally: Tally
    results: dict[str, Kept]
    ended: Exception | None = field(default=None, init=False)
    _silent: int = field(default=0, init=False)

    def perform(self, tasks: Sequence[Task]) -> Plan[None]:
        """Perform tasks, several at a time, until an error that concerns all items."""
        waiting: list[tuple[int, Task]] = []
        for index, task in enumerate(tasks):
            if task.state in ("missing", "unsure"):
                waiting.append((index, task))
            else:
                self._there(index, task)
        waiting.reverse()
        running: dict[Ticket[Any], Task] = {}
        while (waiting or running) and self.ended is None:
            while waiting and len(running) < self.terms.options.workers:
                index, task = waiting.pop()
                running[(yield from Fork(self._one(index, task)))] = task
            ticket, (index, kept) = yield from First(frozenset(running))
            self._take(index, running.pop(ticket), kept)
        for task in [*running.values(), *(task for _, task in reversed(waiting))]:
            self.results[task.item.id] = Kept(task.item, None, error=self.ended, note="not tried")

    def _there(self, index: int, task: Task) -> None:
        path = self.record.path(task.file)
        note = "changed here" if task.state == "changed here" else None
        self.results[task.item.id] = Kept(task.item, path, note=note)
        self.tally.at(index + 1, 0 if task.known is None else task.known.size)

    def _take(self, index: int, task: Task, kept: Kept) -> None:
        self.results[task.item.id] = kept
        if kept.error is None:
            self._silent = 0
            size = task.known.size if kept.download is None and task.known is not None else None
            self.tally.at(index + 1, kept.download.size if kept.download is not None else size or 0)
            return
        self._silent = self._silent + 1 if isinstance(kept.error, ConnectionFailed) else 0
        if is_everyones(kept.error) or self._silent >= _SILENT:
            self.ended = kept.error

    def _one(self, index: int, task: Task) -> Plan[tuple[int, Kept]]:
        session = self.terms.session(task.item)
        try:
            if task.state == "unsure":
                if not (yield from self._has_changed(session, task)):
                    return index, Kept(task.item, self.record.path(task.file))
                task = evolve(task, file=task.anew or task.file)
            kept = yield from self._fetch(session, index, task)
        except (TonearmError, OSError) as error:
            if isinstance(error, ConfigurationError) or (isinstance(error, TimedOut) and error.deadline):
                raise
            logger.warning("%s was not downloaded: %s", task.file, error)
            kept = Kept(task.item, None, error=error)
        yield from quietly(session.end())
        return index, kept

    def _has_changed(self, session: PlaySession, task: Task) -> Plan[bool]:
        """Whether the original has changed since the file was fetched, by its headers on the server."""
        known, version = task.known, (yield from self._version(session))
        if version is not None and known is not None:
            size, modified = version
            due = known.listed if container_of(self.terms.item_form) else known.size
            if (None not in (size, due) and size != due) or (known.modified or modified) != modified:
                return True
            updated = evolve(known, modified=modified, mark=mark_of(task.item))
            if updated != known:
                yield from Work(partial(self.record.put, updated))
        return False

    def _version(self, session: PlaySession) -> Plan[tuple[int | None, str | None] | None]:
        """The version of the original; a change of metadata changes the list's ETag, and not this."""
        return heads.version(session.selection.as_original, session.access.lacking, self.terms.away)

    def _fetch(self, session: PlaySession, index: int, task: Task) -> Plan[Kept]:
        path = self.record.path(task.file)
        duration = None if session.selection.original else task.item.duration

        def report(progress: Progress) -> None:
            self.tally.at(index + 1, progress.done)

        yield from Work(partial(self._claim, task))
        origin = None if session.selection.original else (yield from self._version(session))
        done: Download = yield from _download.download(
            session,
            self.terms.access,
            path,
            self.terms.options.item(duration, report),
            away=self.terms.away,
            size=task.item.size,
            listed=True,
            whole=partial(self._came, task, None if origin is None else origin[1]),
        )
        if (old := task.known) is not None and old.file != task.file:
            yield from Work(partial(leave, self.record, old))
        return Kept(task.item, done.path, done)

    def _claim(self, task: Task) -> None:
        """Reserve the name before the first byte arrives, so that a later run finds the received part."""
        make_folder(self.record.path(task.file).parent)
        if task.known is None:
            server = server_of(task.item, self.terms.access.where.url)
            claim = Entry(
                task.file, task.item.id, self.terms.item_form, 0, name=task.name, layout=task.layout, server=server
            )
            self.record.put(claim)

    def _came(self, task: Task, modified: str | None, part: PartFile) -> None:
        """Record a complete file that is about to get its name; `modified` is of the original of encoded audio."""
        item, path = task.item, self.record.path(task.file)
        old = stamp(path)
        size, time = part.stamp()
        self.record.put(
            Entry(
                task.file,
                item.id,
                self.terms.item_form,
                size,
                source=item.sources[0].id if item.sources else None,
                time=time,
                sha256=part.sha256(),
                listed=item.size,
                mark=mark_of(item),
                modified=modified if container_of(self.terms.item_form) else part.validator,
                name=task.name,
                layout=task.layout,
                server=server_of(item, self.terms.access.where.url),
                before=old,
            )
        )


def is_everyones(error: Exception) -> bool:
    """Whether an error concerns all items, and not only its own."""
    cause: BaseException | None = error
    while cause is not None:
        if (
            isinstance(cause, Unauthorized)
            or is_away(cause)
            or (isinstance(cause, OSError) and cause.errno in _OF_THE_DISK)
        ):
            return True
        cause = cause.__cause__
    return False


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise InvalidInput(
            f"the folder {str(folder)!r} cannot be made: {error}",
            argument="folder",
            value=folder,
            expected="a folder that exists or can be made",
        ) from error


def quietly(leaving: Plan[None]) -> Plan[None]:
    try:
        yield from leaving
    except TonearmError as error:
        logger.warning("the server may continue with what was left: %s", error)
