"""Covers, lyrics and playlists of a copy. They are small, so each is read into memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

from attrs import define, evolve, field, frozen

from ..._engine import First, Fork, Plan, Ticket, Work
from ..._files import Draft
from ..._http import logger
from ...errors import ConfigurationError, StatusError, TimedOut, TonearmError
from ..items import Item
from ..types import Beside
from .entry import Entry
from .files import is_intact, one_of, stamp
from .kept import Kept
from .names import Names
from .record import Record
from .run import is_everyones, make_folder
from .versions import may_be_one

Content = tuple[bytes, str]
"""The contents of a file, and its extension."""

_GONE = frozenset({404, 405, 501})
"""The statuses of servers that do not have the file, or not for this item."""


@frozen
class Wish:
    """A cover, lyrics or playlist to keep.

    Attributes:
        kind: which of them it is.
        item: the item to which it belongs.
        stems: possible paths without extension; the first that no other file of ours has is chosen.
        facts: the facts from which its name is made.
        mark: the server's word that changes with it; None if the server sends none.
        read: reads its contents; returns None if the server has none.
    """

    kind: Beside
    item: Item
    stems: tuple[str, ...]
    facts: str
    mark: str | None
    read: Callable[[], Plan[Content | None]]


@define
class Keeping:
    """Writes the covers, lyrics and playlists of a copy, each completely or not at all, and never over foreign files.

    `ended` is the error that ended the work early.
    """

    record: Record
    workers: int
    replace: bool
    server: str
    ended: Exception | None = field(default=None, init=False)
    _names: Names = field(init=False)
    _known: dict[tuple[str | None, Beside], dict[str | None, Entry]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._names, self._known = Names(self.record.folder), {}
        for entry in list(self.record.files.values()):
            if entry.item is not None:
                self._names.own(entry.file)
            if entry.beside is not None:
                self._know(entry, entry.beside)

    def _know(self, entry: Entry, kind: Beside) -> None:
        of_servers = self._known.setdefault((entry.item, kind), {})
        if (other := of_servers.get(entry.server)) is not None:  # a run was killed between the two
            entry = one_of(self.record, other, entry)
        of_servers[entry.server] = entry

    def _known_of(self, wish: Wish) -> Entry | None:
        """The file of a wish. Two servers may use the same id; older records do not name the server."""
        of_servers = self._known.get((wish.item.id, wish.kind), {})
        same = (entry for entry in of_servers.values() if (entry.mark, entry.name) == (wish.mark, wish.facts))
        moved = (entry for entry in same if may_be_one(entry.server, self.server))
        return of_servers.get(self.server) or of_servers.get(None) or next(moved, None)

    def keep(self, wishes: Sequence[Wish]) -> Plan[list[Kept]]:
        """Write the files of wishes, several at a time; files that the server does not have are left out."""
        outcomes: dict[int, Kept | None] = {}
        waiting = list(enumerate(wishes))[::-1]
        running: dict[Ticket[Any], int] = {}
        while (waiting or running) and self.ended is None:
            while waiting and len(running) < self.workers:
                number, wish = waiting.pop()
                there = yield from Work(partial(self._there, wish))
                if there is not None:
                    outcomes[number] = there
                else:
                    running[(yield from Fork(self._read(wish)))] = number
            if running:
                ticket, got = yield from First(frozenset(running))
                number = running.pop(ticket)
                outcomes[number] = yield from Work(partial(self._kept, wishes[number], got))
        for number in [*running.values(), *(number for number, _ in waiting)]:
            outcomes[number] = Kept(
                wishes[number].item, None, error=self.ended, note="not tried", beside=wishes[number].kind
            )
        return [kept for _, kept in sorted(outcomes.items()) if kept is not None]

    def _there(self, wish: Wish) -> Kept | None:
        """The outcome without a request, if the file is as the server's list says."""
        known = self._known_of(wish)
        if known is None or wish.mark is None or (known.mark, known.name) != (wish.mark, wish.facts):
            return None
        is_same = is_intact(known, self.record)
        return Kept(wish.item, self.record.path(known.file), beside=wish.kind) if is_same else None

    def _read(self, wish: Wish) -> Plan[Content | Exception | None]:
        try:
            return (yield from wish.read())
        except (TonearmError, OSError) as error:
            if isinstance(error, ConfigurationError) or (isinstance(error, TimedOut) and error.deadline):
                raise
            return None if isinstance(error, StatusError) and error.status in _GONE else error

    def _kept(self, wish: Wish, got: Content | Exception | None) -> Kept | None:
        if got is None:
            return None
        try:
            if isinstance(got, Exception):
                raise got
            return self._keep(wish, *got)
        except (TonearmError, OSError) as error:
            logger.warning("%s of %r was not kept: %s", wish.kind, wish.item.name, error)
            if is_everyones(error):
                self.ended = error
            return Kept(wish.item, None, error=error, beside=wish.kind)

    def _keep(self, wish: Wish, data: bytes, extension: str) -> Kept:
        known = self._ours(wish)
        is_whole = known is not None and is_intact(known, self.record)
        if known is not None and not (is_whole or self._is_free(known)):
            return Kept(wish.item, self.record.path(known.file), note="changed here", beside=wish.kind)
        file = self._file(wish, extension, known)
        path = self.record.path(file)
        if (known is None or known.file != file) and self._names.is_foreign(file) and not self.replace:
            self._names.release(file)
            return Kept(wish.item, path, note="not ours", beside=wish.kind)
        entry = Entry(
            file,
            wish.item.id,
            {"beside": wish.kind},
            len(data),
            sha256=sha256(data).hexdigest(),
            mark=wish.mark,
            name=wish.facts,
            server=self.server,
        )
        if known is not None and is_whole and known.sha256 == entry.sha256:
            return self._moved(wish, known, evolve(entry, time=self.record.path(known.file).stat().st_mtime_ns))
        self._write(entry, data)
        if known is not None and known.file != file:
            self.record.remove(known)
        return Kept(wish.item, path, note="written", beside=wish.kind)

    def _ours(self, wish: Wish) -> Entry | None:
        """Our existing file; a file with a name that was only reserved belongs to somebody else."""
        known = self._known_of(wish)
        if known is None or not (known.is_claim and self.record.path(known.file).exists()):
            return known
        self.record.drop(known)
        self._names.disown(known.file)
        return None

    def _is_free(self, known: Entry) -> bool:
        """Whether a changed file may be replaced: it does not exist, or is the version before it."""
        current = stamp(self.record.path(known.file))
        return self.replace or current is None or current == known.before

    def _file(self, wish: Wish, extension: str, known: Entry | None) -> str:
        """The name: its present one if the facts are the same, else the first that none of our files has."""
        if known is not None:
            if known.name == wish.facts and known.file.endswith(f".{extension}"):
                return known.file
            self._names.release(known.file)
        wanted = next((stem for stem in wish.stems if self._names.is_new(f"{stem}.{extension}")), wish.stems[-1])
        return self._names.free(wanted, extension, over=True)

    def _moved(self, wish: Wish, known: Entry, entry: Entry) -> Kept:
        """Give the same contents another name or mark."""
        if known.file != entry.file:
            self.record.rename(known.file, entry)
        elif entry != known:
            self.record.put(entry)
        return Kept(wish.item, self.record.path(entry.file), beside=wish.kind)

    def _write(self, entry: Entry, data: bytes) -> None:
        """Write a file completely; the record has it before it gets its name."""
        path = self.record.path(entry.file)
        make_folder(path.parent)
        if entry.file not in self.record.files:
            self.record.put(evolve(entry, size=0, sha256=None, mark=None))
        draft = Draft.beside(path, alone=True)
        try:
            draft.file.write(data)
            self.record.put(evolve(entry, time=draft.stamp(), before=stamp(path)))
            draft.commit()
        except BaseException:
            draft.discard()
            raise
