"""The plan of a copy of many items in a folder: several at a time; complete files are not fetched again."""

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
from .._credentials import Access
from .._download_options import FolderCopy
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
from .versions import server_of
from .wishes import Songs

_ANY = "any"
"""The placeholder of the id in a selection for many items."""

_LOOK = 1.0
"""Seconds between two checks whether another run has ended."""

_SHOWN = 3
"""Most names in a warning."""


@define
class Copying:
    """A copy of many items that is being made; `form` is the selection of each item, with a placeholder as id."""

    what: str | Sequence[Item]
    folder: Path
    form: Selection
    options: FolderCopy
    access: Access
    layout: Layout | None
    away: Away
    _sessions: list[PlaySession] = field(factory=list[PlaySession], init=False)

    @classmethod
    def of(
        cls, what: str | UUID | Sequence[Item], folder: str | os.PathLike[str], options: FolderCopy, access: Access
    ) -> Copying:
        """Check the arguments.

        Raises:
            InvalidInput: an argument is invalid; nothing was sent or made.
        """
        form = options.selection(_ANY, access.device_id)
        what, folder = checked_items(what), checked_folder(folder)
        check_copy(options, what)
        layout = None if options.layout is None else Layout.of(options.layout)
        return cls(what, folder, form, options, access, layout, options.away())

    def plan(self) -> Plan[Answers[Kept]]:
        """Download missing items; an item that fails does not stop the others.

        Raises:
            InvalidInput: files in the folder cannot be read or changed.
        """
        items, whole = yield from self._items()
        self.away.answered = isinstance(self.what, str)
        yield from Work(partial(make_folder, self.folder))
        record = yield from self._record()
        try:
            kept = yield from self._copy(items, whole, record)
        except BaseException as error:
            with suppress(OSError):  # a folder in it cannot be read
                if record.has_files:
                    keeps(error)
            record.close()
            if isinstance(error, OSError) and not isinstance(error, TonearmError):
                raise _unusable(self.folder, error) from error
            raise
        yield from Work(record.close)
        return kept

    def end(self) -> Plan[None]:
        """End the encodings that still run."""
        for session in self._sessions:
            yield from quietly(session.end())

    def _record(self) -> Plan[Record]:
        """Open the record of the folder, after waiting for any other run in it."""
        warned = False
        while (record := (yield from Work(partial(Record.open, self.folder), undo=self._leave))) is None:
            if not warned:
                logger.warning("another copy into %s is at work: waiting until it has ended", self.folder)
                warned = True
            yield from Sleep(_LOOK)
        return record

    @staticmethod
    def _leave(record: Record | None) -> None:
        if record is not None:
            record.close()

    def _items(self) -> Plan[tuple[Sequence[Item], Item | None]]:
        """The items to download, and the album, playlist, artist or folder that they are from."""
        if not isinstance(self.what, str):
            return tuple(self.what), None
        user_id = self.access.user_id
        whole = yield from library.item(self.what, user_id)
        if whole.type in AUDIO:
            return (whole,), whole
        if whole.type == "Playlist":
            listed = yield from library.playlist(self.what, user_id, marked=True).all()
            return tuple(item for item in listed if item.type in AUDIO), whole
        is_artist = whole.type == "MusicArtist"
        filters = library.Filters(artist=self.what) if is_artist else library.Filters(parent=self.what)
        return (yield from library.audio(filters, user_id, marked=True).all()), whole

    def _copy(self, items: Sequence[Item], whole: Item | None, record: Record) -> Plan[Answers[Kept]]:
        playlist = compact(whole.id) if whole is not None and whole.type == "Playlist" else None
        results, usable = _usable(items)
        tasks = yield from Work(partial(match, self._wanted(usable, playlist), record))
        run = Run(
            self, record, Tally(Meter("download", self._total(usable), self.options.on_progress, len(usable))), results
        )
        yield from run.perform(tasks)
        _warn_of_changed([task.file for task in tasks if task.state == "changed here"], self.folder)
        kept = [evolve(results[item.id], item=item) for item in items]
        if run.ended is not None or not usable:
            return Answers(kept)
        there = {task.item.id: results[task.item.id].path for task in tasks}
        files = {id: path.relative_to(self.folder).as_posix() for id, path in there.items() if path is not None}
        songs = Songs(items, files, whole, mixed=playlist is not None)
        server = server_of(usable[0], self.access.where.url)
        keeping = yield from Work(partial(Keeping, record, self.options.workers, self.options.replace, server))
        kept += yield from keeping.keep(songs.wishes(self.options.beside))
        if self.options.prune and keeping.ended is None:
            ours = [entry for entry in record.files.values() if entry.server in (None, server)]
            left = songs.left(self.options.beside, ours)
            kept += yield from Pruning(record, usable, self.access, remove=self.options.prune is True, also=left).plan()
        return Answers(kept)

    def _wanted(self, items: Sequence[Item], playlist: str | None) -> Wanted:
        layout = self.layout or Layout.of(TRACKS if playlist is None else PLACES)
        return Wanted(
            items,
            layout=layout,
            owner=playlist if layout.has_places else None,
            form=self.item_form,
            container=None if self.form.original else self.form.container,
            replace=self.options.replace,
            forced=self.layout is not None,
            address=self.access.where.url,
        )

    @property
    def item_form(self) -> Form:
        """The container and the parameters of the stream, which distinguish formats of one item."""
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
    """Each item once; an item with an invalid id has failed already."""
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
