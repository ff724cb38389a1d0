"""The plan that keeps a copy of many items in a folder: several at a time; complete files are left alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from uuid import UUID

from attrs import define, evolve, field

from ..._base.answers import Answers
from ..._base.resuming import keeps
from ..._engine import Plan, Sleep, Work
from ..._http import logger
from ...errors import InvalidInput, TonearmError
from ...progress import Meter, Tally
from .._asked import FolderCopy
from .._credentials import Access
from .._ids import compact, id_of
from .._operations import library
from .._operations.startup_wait import Away
from .._play_session import PlaySession
from .._stream_request import Selection
from ..items import Item
from .beside import Keeping
from .checks import AUDIO, check_copy, checked_folder, checked_items
from .entry import Form
from .kept import Kept
from .layout import PLACES, TRACKS, Layout
from .matching import match
from .prune import Pruning
from .record import Record
from .run import Run, make_folder, quietly
from .task import Wanted
from .told import server_of
from .wishes import Songs

_ANY = "any"
"""Stands for the id in a form that is meant for many items."""

_LOOK = 1.0
"""Seconds between two looks at whether another run has ended."""

_SHOWN = 3
"""Names that a warning has at most."""


@define
class Copying:
    """A copy of many items that is being made; `form` is how each is asked for, with any id."""

    what: str | Sequence[Item]
    folder: Path
    form: Selection
    ask: FolderCopy
    access: Access
    layout: Layout | None
    away: Away
    _sessions: list[PlaySession] = field(factory=list[PlaySession], init=False)

    @classmethod
    def of(
        cls, what: str | UUID | Sequence[Item], folder: str | os.PathLike[str], ask: FolderCopy, access: Access
    ) -> Copying:
        """Check what is asked for.

        Raises:
            InvalidInput: something that cannot be; nothing was sent or made.
        """
        form = ask.selection(_ANY, access.device_id)
        what, folder = checked_items(what), checked_folder(folder)
        check_copy(ask, what)
        layout = None if ask.layout is None else Layout.of(ask.layout)
        return cls(what, folder, form, ask, access, layout, ask.away())

    def plan(self) -> Plan[Answers[Kept]]:
        """Download what is not there yet; an item that fails does not stop the others.

        Raises:
            InvalidInput: files in the folder cannot be read or changed.
        """
        items, whole = yield from self._items()
        self.away.answered = isinstance(self.what, str)
        yield from Work(partial(make_folder, self.folder))
        record = yield from self._record()
        try:
            found = yield from self._copy(items, whole, record)
        except BaseException as error:
            with suppress(OSError):  # a folder in it that cannot be looked into
                if record.has_files:
                    keeps(error)
            record.close()
            if isinstance(error, OSError) and not isinstance(error, TonearmError):
                raise _unusable(self.folder, error) from error
            raise
        yield from Work(record.close)
        return found

    def end(self) -> Plan[None]:
        """End the encodings that are still under way."""
        for session in self._sessions:
            yield from quietly(session.end())

    def _record(self) -> Plan[Record]:
        """The record of the folder, once no other run is at work there."""
        said = False
        while (record := (yield from Work(partial(Record.open, self.folder), undo=self._leave))) is None:
            if not said:
                logger.warning("another copy into %s is at work: waiting until it has ended", self.folder)
                said = True
            yield from Sleep(_LOOK)
        return record

    @staticmethod
    def _leave(record: Record | None) -> None:
        if record is not None:
            record.close()

    def _items(self) -> Plan[tuple[Sequence[Item], Item | None]]:
        """What is to be downloaded, and what that is the whole of."""
        if not isinstance(self.what, str):
            return tuple(self.what), None
        user_id = self.access.user_id
        whole = yield from library.item(self.what, user_id)
        if whole.type in AUDIO:
            return (whole,), whole
        if whole.type == "Playlist":
            found = yield from library.playlist(self.what, user_id, marked=True).all()
            return tuple(item for item in found if item.type in AUDIO), whole
        is_artist = whole.type == "MusicArtist"
        ask = library.Filters(artist=self.what) if is_artist else library.Filters(parent=self.what)
        return (yield from library.audio(ask, user_id, marked=True).all()), whole

    def _copy(self, items: Sequence[Item], whole: Item | None, record: Record) -> Plan[Answers[Kept]]:
        playlist = compact(whole.id) if whole is not None and whole.type == "Playlist" else None
        results, usable = _usable(items)
        tasks = yield from Work(partial(match, self._wanted(usable, playlist), record))
        run = Run(
            self, record, Tally(Meter("download", self._total(usable), self.ask.on_progress, len(usable))), results
        )
        yield from run.perform(tasks)
        _warn_of_changed([task.file for task in tasks if task.state == "changed here"], self.folder)
        found = [evolve(results[item.id], item=item) for item in items]
        if run.ended is not None or not usable:
            return Answers(found)
        there = {task.item.id: results[task.item.id].path for task in tasks}
        files = {id: path.relative_to(self.folder).as_posix() for id, path in there.items() if path is not None}
        songs = Songs(items, files, whole, mixed=playlist is not None)
        server = server_of(usable[0], self.access.where.url)
        keeping = yield from Work(partial(Keeping, record, self.ask.workers, self.ask.replace, server))
        found += yield from keeping.keep(songs.wishes(self.ask.beside))
        if self.ask.prune and keeping.ended is None:
            ours = [entry for entry in record.files.values() if entry.server in (None, server)]
            left = songs.left(self.ask.beside, ours)
            found += yield from Pruning(record, usable, self.access, remove=self.ask.prune is True, also=left).plan()
        return Answers(found)

    def _wanted(self, items: Sequence[Item], playlist: str | None) -> Wanted:
        layout = self.layout or Layout.of(TRACKS if playlist is None else PLACES)
        return Wanted(
            items,
            layout=layout,
            owner=playlist if layout.has_places else None,
            form=self.asked,
            container=None if self.form.original else self.form.container,
            replace=self.ask.replace,
            forced=self.layout is not None,
            address=self.access.where.url,
        )

    @property
    def asked(self) -> Form:
        """What tells one form of an item from another."""
        params = {name: value for name, value in self.form.params.items() if name != "device_id"}
        return {"container": self.form.container, **params}

    def _total(self, items: Sequence[Item]) -> int | None:
        sizes = [item.size for item in items if item.size is not None]
        return sum(sizes) if self.form.original and len(sizes) == len(items) else None

    def session(self, item: Item) -> PlaySession:
        """A play session for one item, which `end` ends."""
        session = PlaySession(evolve(self.form, item_id=id_of(item.id)), self.access)
        self._sessions.append(session)
        return session


def _unusable(folder: Path, error: OSError) -> InvalidInput:
    return InvalidInput(
        f"the copy in {str(folder)!r} cannot be read or changed: {error}",
        argument="folder",
        value=folder,
        expected="a folder whose files can be read and changed",
    )


def _usable(items: Iterable[Item]) -> tuple[dict[str, Kept], list[Item]]:
    """Each item once; one whose id is none has failed already."""
    results: dict[str, Kept] = {}
    usable: dict[str, Item] = {}
    for item in items:
        try:
            id_of(item.id)
            usable.setdefault(item.id, item)
        except InvalidInput as error:
            logger.warning("%r was not downloaded: %s", item.name, error)
            results[item.id] = Kept(item, None, error=error)
    return results, list(usable.values())


def _warn_of_changed(files: Sequence[str], folder: Path) -> None:
    if files:
        shown = ", ".join(files[:_SHOWN]) + (", ..." if len(files) > _SHOWN else "")
        logger.warning("%d files in %s were changed here and are left alone: %s", len(files), folder, shown)
