"""Plans the work of a copy: finds existing and missing files, and renames files.

No request is sent here. If only the server can decide whether a file is still the same, the task is "unsure".
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import cast

from attrs import define, evolve, field

from ..._audio import sniff
from ..._base.file_names import safe
from ..._files import Source
from ..._transfer import end_part, move_part
from ..items import Item
from .entry import Entry, container_of, form_key, title_of_0_1
from .files import MOVING, intact, is_ours, one_of, rename_all
from .following import Lyrics
from .layout import several_discs
from .names import Names, Song
from .record import Record
from .task import State, Task, Wanted
from .versions import mark_of, may_be_one, server_of

_RETAGGED = frozenset({"flac", "m4a", "mp3", "mp4", "ogg"})
"""Formats whose tags can be changed without changing the size."""


def match(wanted: Wanted, record: Record) -> list[Task]:
    """Find the file of each item; a file keeps its name until the facts of the name change.

    Raises:
        InvalidInput: a file cannot be renamed.
    """
    return _Matching(wanted, record).tasks()


@define
class _Matching:
    wanted: Wanted
    record: Record
    _names: Names = field(init=False)
    _by_key: dict[tuple[str | None, str], dict[str | None, Entry]] = field(init=False)
    _unclaimed: dict[tuple[str, int], list[Entry]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._names = Names(self.record.folder)
        self._by_key, self._unclaimed = {}, {}
        for entry in list(self.record.files.values()):
            if entry.beside is not None:
                self._names.own(entry.file, entry.song if entry.beside == "lyrics" else None)
                continue
            if entry.item is None:
                self._unclaimed.setdefault((title_of_0_1(entry.file), entry.size), []).append(entry)
                continue
            of_servers = self._by_key.setdefault(entry.key, {})
            if (older := of_servers.get(entry.server)) is not None:  # a run was killed between the two
                entry = one_of(self.record, older, entry)
            of_servers[entry.server] = entry
            self._names.own(entry.file, entry.song)

    def tasks(self) -> list[Task]:
        wanted, items = self.wanted, self.wanted.items
        discs = several_discs(items)
        stems = [wanted.layout.stem(item, place, len(items), discs=discs) for place, item in enumerate(items, 1)]
        tasks = [self._task(item, place, stem) for (place, item), stem in zip(enumerate(items, 1), stems, strict=True)]
        lyrics = Lyrics(self.record, self._names)
        moving = {number for number, task in enumerate(tasks) if self._has_another_name(task)}
        for number in moving:
            if tasks[number].state != "missing":
                self._names.release(tasks[number].file)
                lyrics.release(tasks[number].known)
        astray = {number for number, task in enumerate(tasks) if lyrics.is_astray(task.known)}
        for number in astray:
            lyrics.release(tasks[number].known)
        moves: dict[str, Entry] = {}
        for number, task in enumerate(tasks):
            if task.file and number not in moving:
                if number in astray:
                    lyrics.follow(task.known, task.file)
                continue
            song, ending = self._song(task.item), wanted.extension(task.item)
            file = self._names.free(stems[number], ending, song=song, over=wanted.replace)
            tasks[number] = evolve(task, file=file)
            lyrics.follow(task.known, file)
            if task.known is not None and task.state == "missing":
                tasks[number] = evolve(task, file=file, known=self._carried(task.known, file, task.name))
            elif task.known is not None:
                tasks[number] = evolve(task, file=file, known=self._named(evolve(task.known, file=file), task.name))
                moves[task.known.file] = cast("Entry", tasks[number].known)
        rename_all(self.record, {**moves, **lyrics.moves()})
        return [self._prepared(task) for task in tasks]

    def _prepared(self, task: Task) -> Task:
        if task.state != "unsure" or self._has_extension(task.item, task.file):
            return task
        stem, song = str(PurePosixPath(task.file).with_suffix("")), self._song(task.item)
        return evolve(task, anew=self._names.free(stem, self.wanted.extension(task.item), song=song))

    def _has_extension(self, item: Item, file: str) -> bool:
        return PurePosixPath(file).suffix.lower() == f".{self.wanted.extension(item)}".lower()

    def _song(self, item: Item) -> Song:
        return server_of(item, self.wanted.address), item.id

    def _task(self, item: Item, place: int, stem: str) -> Task:
        name, layout = self.wanted.layout.facts(item, place), self.wanted.layout_key
        entry = self._known(item, name) or self._adopted(item, stem)
        if entry is not None and entry.is_claim and self.record.path(entry.file).exists():
            self.record.drop(entry)  # a file of somebody else has the name now
            entry = None
        if entry is None:
            return Task(item, "", "missing", name, layout)
        if entry.name is None:
            entry = self._put(entry, self._named(entry, name))
        state, entry = self._state(item, entry)
        keeps_name = state != "missing" or self._has_extension(item, entry.file)
        return Task(item, entry.file if keeps_name else "", state, name, layout, entry)

    def _known(self, item: Item, name: str) -> Entry | None:
        """The file of an item. Two servers may use the same id; older records do not name the server."""
        of_servers = self._by_key.get((item.id, container_of(self.wanted.form)), {})
        server = server_of(item, self.wanted.address)
        older, current = of_servers.get(None), of_servers.get(server)
        if older is not None and current is not None:  # a run was killed between the two
            return one_of(self.record, older, current)
        moved = (entry for entry in of_servers.values() if self._has_moved(entry, item, server, name))
        return current or older or next(moved, None)

    def _has_moved(self, entry: Entry, item: Item, server: str, name: str) -> bool:
        """Whether a file seems to be of the same server at another address."""
        same_name = entry.layout != self.wanted.layout_key or entry.name == name
        same_mark = None in (entry.mark, mark_of(item)) or entry.mark == mark_of(item)
        same_size = entry.listed is not None and entry.listed == item.size
        return may_be_one(entry.server, server) and same_size and same_mark and same_name

    def _carried(self, known: Entry, file: str, name: str) -> Entry:
        """Rename the partial file of an item, and return the entry that stays in the record until it is complete."""
        move_part(self.record.path(known.file), self.record.path(file))
        if self.record.path(known.file).exists():
            return known
        claim = self._named(evolve(known, file=file), name)
        self.record.put(claim)
        self.record.drop(known)
        return claim

    def _named(self, entry: Entry, name: str) -> Entry:
        return evolve(entry, name=name, layout=self.wanted.layout_key)

    def _has_another_name(self, task: Task) -> bool:
        """Whether the facts of a name have changed; a file that its owner has renamed keeps its name."""
        entry = task.known
        if entry is None or task.file == "" or task.state == "changed here":
            return False
        same_layout = entry.layout == self.wanted.layout_key
        changed = (same_layout and entry.name != task.name) or (self.wanted.forced and not same_layout)
        return changed or entry.file.endswith(MOVING)

    def _adopted(self, item: Item, stem: str) -> Entry | None:
        """An original that 0.1 has copied without a record, found by the title and the size of the item."""
        if self.wanted.container is not None or item.size is None:
            return None
        suffix = self.wanted.extension(item)
        title = f"{safe(item.name or item.id)}.{suffix}"
        candidates = self._unclaimed.get((title, item.size), [])
        if not candidates:
            return None
        chosen = next((entry for entry in candidates if entry.file == f"{stem}.{suffix}"), candidates[0])
        candidates.remove(chosen)
        server = server_of(item, self.wanted.address)
        entry = evolve(chosen, item=item.id, form=self.wanted.form, listed=item.size, mark=mark_of(item), server=server)
        self._names.own(entry.file, entry.song)
        self.record.put(entry)
        return entry

    def _state(self, item: Item, entry: Entry) -> tuple[State, Entry]:
        path = self.record.path(entry.file)
        try:
            status = path.stat()
        except OSError:
            return "missing", entry
        here = intact(entry, path, status)
        if here is None:
            return "missing" if is_ours(entry, self.record) or self.wanted.replace else "changed here", entry
        end_part(path)
        if form_key(here.form) != form_key(self.wanted.form):
            return "missing", entry
        return self._on_server(item, here, path)

    def _on_server(self, item: Item, entry: Entry, path: Path) -> tuple[State, Entry]:
        """Compare a file with the server's list: the original may have changed since it was fetched."""
        original, mark = self.wanted.container is None, mark_of(item)
        known = entry.size if entry.listed is None and original else entry.listed
        if item.size is not None and known is not None and item.size != known:
            return "missing", entry
        updated = evolve(
            entry,
            listed=item.size if entry.listed is None else entry.listed,
            server=server_of(item, self.wanted.address),
        )
        if mark is not None:
            if entry.mark in (None, mark):
                updated = evolve(updated, mark=mark)
                return "there", self._put(entry, updated)
            return "unsure" if original or entry.modified is not None else "missing", entry
        state: State = "unsure" if original and _may_be_retagged(path) else "there"
        return state, self._put(entry, updated)

    def _put(self, old: Entry, new: Entry) -> Entry:
        if new != self.record.files.get(old.file):
            self.record.put(new)
        return new


def _may_be_retagged(path: Path) -> bool:
    with Source.open(path) as source:
        return sniff(source.head()) in _RETAGGED
