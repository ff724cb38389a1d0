"""What is known of an upload: what it was asked to do, and which parts the service has; kept so that it can go on."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any, Self, cast, get_type_hints

from attrs import asdict, define, field, frozen

from .._engine import Plan, Work
from .._files import StateLog, state_folder
from ..errors import InvalidInput, SourceChanged, UploadInterrupted
from ._credentials import Account
from .types import Unfinished

_KIND = "AIOZ upload"
_VERSION = 1
_NAME = "aioz-upload-{}.jsonl"


@frozen
class Part:
    """One part of a file: its number from 1, its index on the wire, and its bytes."""

    number: int
    index: int
    start: int
    length: int


@frozen(kw_only=True)
class Job:
    """An upload as it was begun; nothing of this changes until it is complete. Sizes in bytes."""

    base_url: str
    account: str
    id: str
    title: str
    path: str | None
    mtime_ns: int | None
    size: int
    part_size: int
    first_index: int
    workers: int

    @property
    def count(self) -> int:
        """How many parts there are."""
        return -(-self.size // self.part_size)

    def parts(self) -> Iterator[Part]:
        """The parts, in order."""
        for number, start in enumerate(range(0, self.size, self.part_size), 1):
            yield Part(number, self.first_index + number - 1, start, min(self.part_size, self.size - start))

    @classmethod
    def read(cls, line: Mapping[str, Any]) -> Self:
        """Read the first line of a journal.

        Raises:
            ValueError: it is not one, or one of another version.
        """
        if line.get("kind") != _KIND:
            raise ValueError("it records something else")
        if line.get("version") != _VERSION:
            raise ValueError(f"it has version {line.get('version')}, and this library reads version {_VERSION}")
        found = {name: line.get(name) for name in _TYPES}
        for name, kind in _TYPES.items():
            if not isinstance(found[name], kind) or isinstance(found[name], bool):
                raise ValueError(f"it has no {name}")
        job = cls(**cast("dict[str, Any]", found))
        if min(job.size, job.part_size, job.workers) < 1:
            raise ValueError("its numbers make no sense")
        return job


_TYPES = get_type_hints(Job)


@define
class Journal:
    """How far an upload is. Only the plan that leads the upload touches it.

    `hashes` has the MD5 of each part that was begun, `done` the numbers of those that the service acknowledged. Without
    a log nothing of it outlives the process.
    """

    job: Job
    log: StateLog | None
    hashes: dict[int, str] = field(factory=dict[int, str])
    done: set[int] = field(factory=set[int])

    @classmethod
    def begin(cls, job: Job, log: StateLog | None) -> Self:
        """Record an upload before its first part.

        Raises:
            UploadInterrupted: it cannot be recorded.
        """
        if log is not None:
            try:
                log.append({"kind": _KIND, "version": _VERSION, **asdict(job)})
            except OSError as error:
                raise cls(job, None).interrupted(f"the journal cannot be written: {error}") from error
        return cls(job, log)

    @classmethod
    def take_up(cls, state: str | PathLike[str], account: Account) -> Self:
        """Open the journal that an earlier process, or an earlier call, left.

        Raises:
            MissingFile: it is not there.
            InvalidInput: it is at work, or belongs to something else, another version, another server or account.
        """
        log = StateLog.take_up(Path(state))
        try:
            return cls.read(log, account)
        except BaseException:
            log.close()
            raise

    @classmethod
    def read(cls, log: StateLog, account: Account) -> Self:
        """Read what a log records, and check whose it is; the errors are those of `take_up`."""
        name = repr(str(log.path))
        lines = iter(log.lines())
        try:
            journal = cls(Job.read(next(lines, dict[str, Any]())), log)
            for line in lines:
                journal._take(line)
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidInput(f"{name} is not the journal of an upload: {error}") from error
        job = journal.job
        if job.base_url != account.base_url:
            raise InvalidInput(f"{name} belongs to {job.base_url}, not to {account.base_url}")
        if job.account != account.fingerprint:
            raise InvalidInput(f"{name} belongs to another account, or to another kind of key")
        return journal

    def _take(self, line: Mapping[str, Any]) -> None:
        if "md5" in line and line["part"] in range(1, self.job.count + 1):
            self.hashes[line["part"]] = str(line["md5"])
        elif line["done"] in self.hashes:
            self.done.add(line["done"])
        else:
            raise ValueError("a part in it was never begun")

    @property
    def state(self) -> Path | None:
        """Where it is kept."""
        return None if self.log is None else self.log.path

    @property
    def whole(self) -> bool:
        """Whether the service has every part."""
        return len(self.done) == self.job.count

    @property
    def sent(self) -> int:
        """Bytes of the parts that the service has."""
        return sum(part.length for part in self.job.parts() if part.number in self.done)

    def missing(self) -> Iterator[Part]:
        """The parts that are still to be sent."""
        return (part for part in self.job.parts() if part.number not in self.done)

    def check(self, part: Part, md5: str) -> None:
        """Raise SourceChanged when a part does not have the bytes that it had when it was begun."""
        if self.hashes.get(part.number, md5) != md5:
            raise self.changed(f"part {part.number} has other bytes than when its upload began")

    def changed(self, reason: str) -> SourceChanged:
        """The error for a source that is not what it was."""
        return SourceChanged(f"{reason}; {self}", done=self.sent, total=self.job.size)

    def started(self, part: Part, md5: str) -> None:
        """Record that a part is about to be sent."""
        if part.number not in self.hashes:
            self._append({"part": part.number, "md5": md5})
            self.hashes[part.number] = md5

    def acknowledged(self, part: Part) -> None:
        """Record that the service has a part."""
        self.done.add(part.number)
        self._append({"done": part.number})

    def _append(self, line: Mapping[str, Any]) -> None:
        if self.log is not None:
            try:
                self.log.append(line)
            except OSError as error:
                raise self.interrupted(f"the journal cannot be written: {error}") from error

    def interrupted(self, reason: str) -> UploadInterrupted:
        """The error for an upload that stopped half-way, and how it goes on."""
        job = self.job
        return UploadInterrupted(f"{reason}; {self}", done=self.sent, total=job.size, id=job.id, state=self.state)

    def __str__(self) -> str:
        job, state = self.job, self.state
        how = (
            "it cannot be resumed, for there is no journal of it"
            if state is None
            else f"resume({str(state)!r}) goes on"
        )
        return f"{self.sent} of {job.size} bytes were sent to {job.id}; {how}"

    def remove(self) -> None:
        """The upload is complete: forget it."""
        if self.log is not None:
            self.log.remove()

    def close(self) -> None:
        """Leave it to a later call."""
        if self.log is not None:
            self.log.close()


def reserve(state: str | PathLike[str] | None) -> StateLog:
    """A place for the journal of a new upload: where the caller says, or in the folder for state."""
    name = _NAME.format(f"{time.time_ns()}-{secrets.token_hex(4)}")
    return StateLog.make(state_folder() / name if state is None else Path(state))


def unfinished(account: Account) -> Plan[tuple[Unfinished, ...]]:
    """List what uploads of an account have left."""
    return (yield from Work(partial(_unfinished, account)))


def _unfinished(account: Account) -> tuple[Unfinished, ...]:
    """What uploads of an account have left in the folder for state and are not at work, oldest first."""
    found: list[Unfinished] = []
    for path in sorted(state_folder().glob(_NAME.format("*"))):
        try:
            with closing(StateLog.take_up(path, share=True)) as log:
                if log.lines():
                    found.append(_left(Journal.read(log, account), path))
                else:
                    log.remove()  # a crash before the object was there
        except InvalidInput:
            continue
    return tuple(found)


def _left(journal: Journal, path: Path) -> Unfinished:
    job = journal.job
    return Unfinished(path, job.id, job.title, None if job.path is None else Path(job.path), job.size, journal.sent)
