"""The plan that keeps a copy of many items in a folder: several at a time, what is there already left alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, cast
from uuid import UUID

from attrs import define, evolve, field, frozen

from .._base import validate
from .._engine import First, Fork, Plan, Ticket, Work
from .._files import read_state, write_state
from .._http import logger
from ..errors import ConfigurationError, InvalidInput, TimedOut, TonearmError
from ..progress import Meter, OnProgress, Progress
from . import _download, _file_names
from ._credentials import Access
from ._operations import library
from ._play_session import PlaySession
from ._stream_options import item as id_of
from ._stream_request import Selection
from .items import Item
from .types import Download

ANY = UUID(int=0)
"""In the place of an id, in a form that is meant for many items."""

MOST_WORKERS = 8

_STATE = ".tonearm.json"
"""What was encoded into the folder, as of that nothing else tells whether it is whole and in which form."""

_AUDIO = ("Audio", "AudioBook")


@frozen
class Kept:
    """What became of one item.

    Attributes:
        item: the item.
        path: its file, which is whole; None when it failed.
        download: how it was downloaded; None when the file was there already, or it failed.
        error: why it failed.
    """

    item: Item
    path: Path | None
    download: Download | None = None
    error: Exception | None = None

    @property
    def was_there(self) -> bool:
        """Whether the file was there already, and was left alone."""
        return self.path is not None and self.download is None


@frozen
class _Task:
    """One item, the file that it goes into, and the form in which it is asked for."""

    index: int
    item: Item
    path: Path
    session: PlaySession

    @property
    def form(self) -> dict[str, Any]:
        """What tells one form of an item from another."""
        selection = self.session.selection
        params = {name: value for name, value in selection.params.items() if name != "device_id"}
        return {"item": selection.item_id.hex, "container": selection.container, **params}


@define
class _Tally:
    """Adds up the bytes of all items, and reports them one call at a time."""

    meter: Meter
    _done: dict[int, int] = field(factory=dict[int, int], init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def at(self, index: int, done: int) -> None:
        """So many bytes of an item are there."""
        with self._lock:
            self._done[index] = done
            self.meter.at(sum(self._done.values()), index + 1)

    def heard(self, index: int, progress: Progress) -> None:
        """Take over the report of one download."""
        self.at(index, progress.done)


@define
class Copying:
    """A copy of many items that is being made; `form` is how each is asked for, with any id."""

    what: str | UUID | Sequence[Item]
    folder: Path
    form: Selection
    access: Access
    workers: int
    report: OnProgress | None
    _sessions: list[PlaySession] = field(factory=list[PlaySession], init=False)

    @classmethod
    def of(
        cls,
        what: str | UUID | Sequence[Item],
        folder: str | os.PathLike[str],
        form: Selection,
        access: Access,
        workers: int,
        report: OnProgress | None,
    ) -> Copying:
        """Check what is asked for.

        Raises:
            InvalidInput: something that cannot be; nothing was sent or made.
        """
        if isinstance(what, (str, UUID)):
            what = id_of(what, "what")
        elif not _are_audio(what):
            raise InvalidInput("what to download is an id, or a list of audio items, such as list(jf.items())")
        if not isinstance(folder, (str, os.PathLike)) or not os.fspath(folder):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
            raise InvalidInput(f"folder must be the path of one, not {folder!r}")
        if single := sorted({"play_session_id", "media_source_id"} & form.params.keys()):
            raise InvalidInput(f"each item has its own {', '.join(single)}: one for all cannot be given")
        validate.whole(workers, "workers", least=1, most=MOST_WORKERS)
        return cls(what, Path(folder), form, access, workers, report)

    def plan(self) -> Plan[tuple[Kept, ...]]:
        """Download what is not there yet; an item that fails does not stop the others."""
        items, in_order = yield from self._items()
        yield from Work(partial(_make, self.folder))
        tasks = self._tasks(items, in_order=in_order)
        self._sessions = [task.session for task in tasks]
        state = (yield from Work(partial(read_state, self.folder / _STATE))) or {}
        tally = _Tally(Meter("download", self._total(items), self.report, len(items)))
        results: dict[int, Kept] = {}
        missing: list[_Task] = []
        for task in tasks:
            size = yield from Work(partial(_size, task.path))
            if size is not None and self._is_whole(task, size, state):
                results[task.index] = Kept(task.item, task.path)
                tally.at(task.index, size)
            else:
                missing.append(task)
        running: set[Ticket[Any]] = set()
        while missing or running:
            while missing and len(running) < self.workers:
                running.add((yield from Fork(self._one(missing.pop(0), tally))))
            ticket, (task, kept) = yield from First(frozenset(running))
            running.remove(ticket)
            results[task.index] = kept
            if kept.download is not None:
                tally.at(task.index, kept.download.size)
                if not self.form.original:
                    state[task.path.name] = {**task.form, "size": kept.download.size}
                    yield from Work(partial(write_state, self.folder / _STATE, state))
        return tuple(results[task.index] for task in tasks)

    def end(self) -> Plan[None]:
        """End the encodings that are still under way."""
        for session in self._sessions:
            yield from _quietly(session.end())

    def _items(self) -> Plan[tuple[Sequence[Item], bool]]:
        """What is to be downloaded, and whether its order counts."""
        if not isinstance(self.what, UUID):
            return tuple(self.what), False  # type: ignore[arg-type]  # an id is a UUID by now
        user_id = self.access.user_id
        whole = yield from library.item(self.what, user_id)
        if whole.type in _AUDIO:
            return (whole,), False
        if whole.type == "Playlist":
            found = yield from library.playlist(self.what, user_id).all()
            return tuple(item for item in found if item.type in _AUDIO), True
        place = "artist" if whole.type == "MusicArtist" else "parent"
        listing = library.audio({place: self.what}, user_id)  # type: ignore[misc]  # both are filters
        return (yield from listing.all()), False

    def _tasks(self, items: Sequence[Item], *, in_order: bool) -> list[_Task]:
        tasks: list[_Task] = []
        for index, (item, name) in enumerate(zip(items, _file_names.numbered(items, in_order=in_order), strict=True)):
            ending = self.form.container or _file_names.extension(item)
            session = PlaySession(evolve(self.form, item_id=id_of(item.id)), self.access.token is not None)
            tasks.append(_Task(index, item, self.folder / f"{name}.{ending}", session))
        return tasks

    def _is_whole(self, task: _Task, size: int, state: dict[str, Any]) -> bool:
        if self.form.original:
            return size == task.item.size
        return bool(state.get(task.path.name) == {**task.form, "size": size})

    def _total(self, items: Sequence[Item]) -> int | None:
        sizes = [item.size for item in items if item.size is not None]
        return sum(sizes) if self.form.original and len(sizes) == len(items) else None

    def _one(self, task: _Task, tally: _Tally) -> Plan[tuple[_Task, Kept]]:
        duration = None if self.form.original else task.item.duration
        report = partial(tally.heard, task.index)
        try:
            done: Download = yield from _download.download(task.session, self.access, task.path, report, duration)
        except (TonearmError, OSError) as error:
            if isinstance(error, ConfigurationError) or (isinstance(error, TimedOut) and error.deadline):
                raise
            logger.warning("%s was not downloaded: %s", task.path.name, error)
            kept = Kept(task.item, None, error=error)
        else:
            kept = Kept(task.item, done.path, done)
        yield from _quietly(task.session.end())
        return task, kept


def _are_audio(what: object) -> bool:
    """Whether this is a list of audio items; what can be gone through once only, as items() is, is none."""
    if not isinstance(what, Sequence):
        return False
    items = cast("Sequence[object]", what)
    return all(isinstance(one, Item) and one.type in (None, *_AUDIO) for one in items)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise InvalidInput(f"the folder {str(folder)!r} cannot be made: {error}") from error


def _size(path: Path) -> int | None:
    """Bytes of a file; None when there is none."""
    return path.stat().st_size if path.is_file() else None


def _quietly(leaving: Plan[None]) -> Plan[None]:
    try:
        yield from leaving
    except TonearmError as error:
        logger.warning("what was left may go on at the server: %s", error)
