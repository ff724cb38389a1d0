"""What a copy has beside its songs: covers, lyrics and playlists. They are small, so each is read whole."""

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
from .entry import Beside, Entry
from .files import is_intact, one_of, stamp
from .kept import Kept
from .names import Names
from .record import Record
from .run import is_everyones, make_folder
from .told import may_be_one

Content = tuple[bytes, str]
"""What a file has in it, and its extension."""

_GONE = frozenset({404, 405, 501})
"""What servers answer that have no such thing, or not for this item."""


@frozen
class Wish:
    """A file that is wanted beside songs.

    Attributes:
        kind: what it is.
        item: what it belongs to.
        stems: its path without extension; the first one that no other file of ours has.
        facts: what it is named after.
        mark: what the server says that changes with it; None when it says nothing.
        read: reads it; gives None when there is none.
    """

    kind: Beside
    item: Item
    stems: tuple[str, ...]
    facts: str
    mark: str | None
    read: Callable[[], Plan[Content | None]]


@define
class Keeping:
    """The wishes of a copy, each of which becomes a file that is whole, and is nobody else's.

    `ended` is what ended it before all were done.
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
        """The file of a wish. Two servers may give the same id; older records do not say which server it was."""
        of_servers = self._known.get((wish.item.id, wish.kind), {})
        same = (entry for entry in of_servers.values() if (entry.mark, entry.name) == (wish.mark, wish.facts))
        moved = (entry for entry in same if may_be_one(entry.server, self.server))
        return of_servers.get(self.server) or of_servers.get(None) or next(moved, None)

    def keep(self, wishes: Sequence[Wish]) -> Plan[list[Kept]]:
        """Fulfil wishes, several at a time; what the server does not have is left out."""
        found: dict[int, Kept | None] = {}
        waiting = list(enumerate(wishes))[::-1]
        running: dict[Ticket[Any], int] = {}
        while (waiting or running) and self.ended is None:
            while waiting and len(running) < self.workers:
                number, wish = waiting.pop()
                there = yield from Work(partial(self._there, wish))
                if there is not None:
                    found[number] = there
                else:
                    running[(yield from Fork(self._read(wish)))] = number
            if running:
                ticket, got = yield from First(frozenset(running))
                number = running.pop(ticket)
                found[number] = yield from Work(partial(self._kept, wishes[number], got))
        for number in [*running.values(), *(number for number, _ in waiting)]:
            found[number] = Kept(
                wishes[number].item, None, error=self.ended, note="not tried", beside=wishes[number].kind
            )
        return [kept for _, kept in sorted(found.items()) if kept is not None]

    def _there(self, wish: Wish) -> Kept | None:
        """What needs no request: a file that is as the server's list says."""
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
        told = Entry(
            file,
            wish.item.id,
            {"beside": wish.kind},
            len(data),
            sha256=sha256(data).hexdigest(),
            mark=wish.mark,
            name=wish.facts,
            server=self.server,
        )
        if known is not None and is_whole and known.sha256 == told.sha256:
            return self._moved(wish, known, evolve(told, time=self.record.path(known.file).stat().st_mtime_ns))
        self._write(told, data)
        if known is not None and known.file != file:
            self.record.remove(known)
        return Kept(wish.item, path, note="written", beside=wish.kind)

    def _ours(self, wish: Wish) -> Entry | None:
        """The file that there is already; where only a name was taken, what has it now is somebody else's."""
        known = self._known_of(wish)
        if known is None or not (known.is_claim and self.record.path(known.file).exists()):
            return known
        self.record.drop(known)
        self._names.disown(known.file)
        return None

    def _is_free(self, known: Entry) -> bool:
        """Whether a file that is not as it was written may be replaced: it is lost, or the one before it."""
        found = stamp(self.record.path(known.file))
        return self.replace or found is None or found == known.before

    def _file(self, wish: Wish, extension: str, known: Entry | None) -> str:
        """The name: the one that it has, as long as that says the same, else the first that none of ours has."""
        if known is not None:
            if known.name == wish.facts and known.file.endswith(f".{extension}"):
                return known.file
            self._names.release(known.file)
        wanted = next((stem for stem in wish.stems if self._names.is_new(f"{stem}.{extension}")), wish.stems[-1])
        return self._names.free(wanted, extension, over=True)

    def _moved(self, wish: Wish, known: Entry, told: Entry) -> Kept:
        """Let the same contents have another name, or another mark."""
        if known.file != told.file:
            self.record.rename(known.file, told)
        elif told != known:
            self.record.put(told)
        return Kept(wish.item, self.record.path(told.file), beside=wish.kind)

    def _write(self, told: Entry, data: bytes) -> None:
        """Write a file whole; the record knows it before it takes its name."""
        path = self.record.path(told.file)
        make_folder(path.parent)
        if told.file not in self.record.files:
            self.record.put(evolve(told, size=0, sha256=None, mark=None))
        draft = Draft.beside(path, alone=True)
        try:
            draft.file.write(data)
            self.record.put(evolve(told, time=draft.stamp(), before=stamp(path)))
            draft.commit()
        except BaseException:
            draft.discard()
            raise
