"""The journal of an upload: the parts that the service has acknowledged, so that the upload can be resumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Self

from attrs import define, field

from .._base.validate import path
from .._files import StateLog
from ..errors import InvalidInput, SourceChanged, UploadInterrupted
from ._credentials import Account
from ._job import Intent, Job, Part


@define
class Journal:
    """The progress of an upload. Only the plan of the upload uses it.

    Attributes:
        job: the settings of the upload; its id is empty until the object is known.
        log: the file of the journal; without it nothing survives the process.
        intent: the record that was written before the object was created.
        hashes: the MD5 of each part that was started, by number.
        done: the numbers of the parts that the service has acknowledged.
    """

    job: Job
    log: StateLog | None
    intent: Intent | None = None
    hashes: dict[int, str] = field(factory=dict[int, str])
    done: set[int] = field(factory=set[int])

    @classmethod
    def begin(cls, job: Job, log: StateLog | None) -> Self:
        """Record an upload before its first part.

        Raises:
            UploadInterrupted: the journal cannot be written.
        """
        if log is not None:
            try:
                log.append(job.line())
            except OSError as error:
                raise cls(job, log).interrupted(f"the journal cannot be written: {error}") from error
        return cls(job, log)

    @classmethod
    def take_up(cls, state: str | PathLike[str], account: Account) -> Self:
        """Open the journal of an earlier call or process.

        Raises:
            MissingFile: the file does not exist.
            InvalidInput: the file is in use, is no journal, or belongs to another version, server or account.
        """
        log = StateLog.take_up(path(state, "state"))
        try:
            return cls.read(log, account)
        except BaseException:
            log.close()
            raise

    @classmethod
    def read(cls, log: StateLog, account: Account) -> Self:
        """Read a journal, and check its account; the errors are those of `take_up`."""
        name = repr(str(log.path))
        try:
            lines = log.lines()
            intent = Intent.read(lines[0]) if lines else None
            if intent is not None:
                del lines[0]
            job = Job.read(lines.pop(0) if lines else {}) if lines or intent is None else intent.job
            journal = cls(job, log, intent)
            for line in lines:
                journal._take(line)
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidInput(
                f"{name} is not the journal of an upload: {error}",
                argument="state",
                value=name,
                expected="the journal of an upload",
            ) from error
        job = journal.job
        if job.base_url != account.base_url:
            raise InvalidInput(
                f"{name} belongs to {job.base_url}, not to {account.base_url}",
                argument="state",
                value=name,
                expected=f"the journal of an upload to {account.base_url}",
            )
        if job.account != account.fingerprint:
            raise InvalidInput(
                f"{name} belongs to another account, or to another kind of key",
                argument="state",
                value=name,
                expected="a journal of this account and key",
                hint="use the key that the upload began with",
            )
        return journal

    @property
    def pending(self) -> Intent | None:
        """The intent, as long as it is not known whether the object was created."""
        return None if self.job.id else self.intent

    def adopt(self, job: Job) -> None:
        """Record the object, when it is found.

        Raises:
            UploadInterrupted: the journal cannot be written.
        """
        self.job = job
        self._append(job.line())

    def _take(self, line: Mapping[str, Any]) -> None:
        if "md5" in line and line["part"] in range(1, self.job.count + 1):
            self.hashes[line["part"]] = str(line["md5"])
        elif line["done"] in self.hashes:
            self.done.add(line["done"])
        else:
            raise ValueError("a part in it was never begun")

    @property
    def state(self) -> Path | None:
        """The path of the journal."""
        return None if self.log is None else self.log.path

    @property
    def whole(self) -> bool:
        """Whether the service has every part."""
        return len(self.done) == self.job.count

    @property
    def sent(self) -> int:
        """Bytes of the acknowledged parts."""
        return sum(part.length for part in self.job.parts() if part.number in self.done)

    def missing(self) -> Iterator[Part]:
        """The parts that must still be sent."""
        return (part for part in self.job.parts() if part.number not in self.done)

    def check(self, part: Part, md5: str) -> None:
        """Raise SourceChanged if the bytes of a part have changed since it was started."""
        if self.hashes.get(part.number, md5) != md5:
            raise self.changed(f"part {part.number} has other bytes than when its upload began")

    def changed(self, reason: str, *, hint: str | None = None) -> SourceChanged:
        """The error for a source that has changed."""
        error = SourceChanged(f"{reason}; {self}", done=self.sent, total=self.job.size)
        error.hint = hint or self.anew
        return error

    def started(self, part: Part, md5: str) -> None:
        """Record that a part is about to be sent."""
        if part.number not in self.hashes:
            self._append({"part": part.number, "md5": md5})
            self.hashes[part.number] = md5

    def acknowledged(self, part: Part) -> None:
        """Record that the service has acknowledged a part."""
        self.done.add(part.number)
        self._append({"done": part.number})

    def _append(self, line: Mapping[str, Any]) -> None:
        if self.log is not None:
            try:
                self.log.append(line)
            except OSError as error:
                raise self.interrupted(f"the journal cannot be written: {error}") from error

    def interrupted(self, reason: str) -> UploadInterrupted:
        """The error for an interrupted upload."""
        job = self.job
        return UploadInterrupted(f"{reason}; {self}", done=self.sent, total=job.size, id=job.id, state=self.state)

    def too_large(self, reason: str) -> UploadInterrupted:
        """The error for parts that the service refuses as too large, and would refuse again."""
        job = self.job
        largest = min(job.size, job.part_size)
        return UploadInterrupted(
            f"{reason}; parts of {largest} bytes are refused: upload again with a smaller part_size, or 'auto'; "
            f"{job.id} stays until it is deleted",
            done=self.sent,
            total=job.size,
            id=job.id,
            state=None,
        )

    def __str__(self) -> str:
        job, state = self.job, self.state
        how = "it cannot be resumed: it has no journal" if state is None else f"its journal is {str(state)!r}"
        if not job.id:
            return f"whether an object with the title {job.title!r} was made is not known; {how}"
        return f"{self.sent} of {job.size} bytes were sent to {job.id}; {how}"

    @property
    def anew(self) -> str:
        """A hint for an object and a journal that do not match any more."""
        return (
            "upload the audio again" if self.state is None else f"remove {str(self.state)!r} and upload the audio again"
        )

    def remove(self) -> None:
        """Remove the journal, because the upload is complete."""
        if self.log is not None:
            self.log.remove()

    def close(self) -> None:
        """Close the journal, which stays for a later call."""
        if self.log is not None:
            self.log.close()
