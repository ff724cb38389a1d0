"""Finds files of the record whose items do not exist on the server any more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from attrs import evolve, frozen

from ..._engine import Plan, Work
from ..._http import logger
from ..._transfer import remove_part
from ...errors import InvalidInput, NotFound, TimedOut, TonearmError
from .._credentials import Access
from .._ids import id_of
from .._operations import library
from ..items import Item
from .entry import Entry
from .files import is_ours
from .kept import Kept
from .record import Record
from .versions import server_of


@frozen
class Pruning:
    """The search for items that left the server; an item in another list, or that was moved, still exists there.

    Each item of the record that is not `listed` is requested. Only "not found" counts, and only if the server finds a
    listed item before and after it: a proxy sends the same status while its server is unavailable. Files from another
    server are left alone, and so are files that were changed here.
    """

    record: Record
    listed: Sequence[Item]
    access: Access
    remove: bool
    also: Sequence[Entry] = ()
    """Covers and lyrics that the server does not have any more, by its list."""

    def plan(self) -> Plan[tuple[Kept, ...]]:
        """Return the items that left, and remove their files if wanted."""
        here = {item.id for item in self.listed}
        servers = {server_of(item, self.access.where.url) for item in self.listed}
        candidates = [
            entry for entry in self.record.files.values() if entry.item not in here and entry.server in servers
        ]
        if not candidates:
            return (yield from Work(partial(self._leave_all, self.also)))
        try:
            server = yield from self._server()
            candidates = [entry for entry in candidates if entry.server == server]
            gone = yield from self._gone(candidates)
        except TonearmError as error:
            if isinstance(error, TimedOut) and error.deadline:
                raise
            logger.warning("nothing was removed, as the server does not say what left it: %s", error)
            return ()
        left = [entry for entry in candidates if entry.item in gone]
        return (yield from Work(partial(self._leave_all, [*left, *self.also])))

    def _gone(self, candidates: Sequence[Entry]) -> Plan[set[str]]:
        wanted = dict.fromkeys(entry.item for entry in candidates if entry.item is not None)
        gone: set[str] = set()
        for id in wanted:
            try:
                yield from library.item(id_of(id), self.access.user_id)
            except NotFound:
                yield from self._server()
                gone.add(id)
            except InvalidInput:
                logger.info("%r in the record is no id of an item", id)
        return gone

    def _server(self) -> Plan[str]:
        """The server that responds, if it finds an item that it has listed."""
        item = yield from library.item(id_of(self.listed[0].id), self.access.user_id)
        return server_of(item, self.access.where.url)

    def _leave_all(self, entries: Sequence[Entry]) -> tuple[Kept, ...]:
        return tuple(kept for entry in entries if (kept := self._leave(entry)) is not None)

    def _leave(self, entry: Entry) -> Kept | None:
        path = self.record.path(entry.file)
        item = Item(entry.item or "", name=path.stem)
        try:
            judged = self._judged(entry, item, path)
            return None if judged is None else evolve(judged, beside=entry.beside)
        except (TonearmError, OSError) as error:
            if isinstance(error, TimedOut) and error.deadline:
                raise
            logger.warning("%s was not removed: %s", entry.file, error)
            return evolve(Kept(item, None, error=error), beside=entry.beside)

    def _judged(self, entry: Entry, item: Item, path: Path) -> Kept | None:
        if not path.exists():
            if self.remove:
                remove_part(path)
                self.record.drop(entry)
            return None
        if not is_ours(entry, self.record):
            return Kept(item, path, note="changed here")
        if not self.remove:
            return Kept(item, path, note="left the server")
        self.record.remove(entry)
        return Kept(item, None, note="removed")
