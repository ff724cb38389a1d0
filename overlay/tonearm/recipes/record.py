"""The record of a publication: each step is on the disk before the next begins."""

from __future__ import annotations

import secrets
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from attrs import define, field

from .. import (
    ConnectionFailed,
    InvalidInput,
    MissingFile,
    Progress,
    SourceChanged,
    StatusError,
    TonearmError,
    TranscodeFailed,
    TransferError,
    UnexpectedAnswer,
    WorkInterrupted,
)
from .._base.notes import with_notes
from .._base.resuming import keeps
from .._files import StateLog, state_folder
from .publication import Publication, Step

_KIND = "AIOZ publication"
_VERSION = 1
_NAME = "aioz-publication-{}.jsonl"
_UPLOAD = "aioz-upload-{}.jsonl"
"""The name of a journal as of other uploads, so that `unfinished` lists it, and finds its object after a crash."""


@define
class Record:
    """The record of a publication. Only the thread of the call uses it, and it holds no key.

    `journal` is the journal of the upload, `object` the id of the object, and `uploaded` whether it is complete;
    `captions` is the text that was paid for, and `sha256` the hash of the recording. `done` has the steps that are
    done, each with the hash of its arguments. `finished` says that all steps were done once, and `changed` that this
    call has done one.
    """

    publication: Publication
    identity: str
    log: StateLog
    journal: Path | None = None
    object: str | None = None
    uploaded: bool = False
    captions: str | None = None
    sha256: str | None = None
    finished: bool = False
    changed: bool = field(default=False, init=False)
    done: dict[str, str] = field(factory=dict[str, str])
    _begun: bool = field(default=False, init=False)
    """Whether the file has its first line."""
    _is_old: bool = field(default=False, init=False)
    """Whether the file records another publication; it is kept until this one begins."""

    @classmethod
    def open(cls, publication: Publication, fingerprint: str) -> Self:
        """Open the record that an earlier call of the same publication has left, or make one.

        Raises:
            InvalidInput: another call works on it, it records something else or was begun with other arguments, or it
                cannot be written.
        """
        identity = publication.identity(fingerprint)
        path = publication.state or state_folder() / _NAME.format(identity[:32])
        try:
            log = StateLog.take_up(path)
        except MissingFile:
            log = StateLog.make(path)
        try:
            lines = log.lines()
            record = cls(publication, identity, log)
            record._is_old = bool(lines) and _is_over(lines) and not _is_of(lines, publication, identity)
            record._read([] if record._is_old else lines)
        except BaseException:
            log.close()
            raise
        return record

    def _read(self, lines: list[dict[str, Any]]) -> None:
        if not lines:
            return
        head, *rest = lines
        if not _is_ours(head):
            raise self.refused("records something else")
        if head.get("publication") != self.identity:
            raise self.refused("belongs to another recording or account")
        self._begun = True
        for line in rest:
            match line:
                case {"journal": str(path), "asked": str(arguments), **more}:
                    self.journal, self.object, self.uploaded = Path(path), None, False
                    self.done["upload"] = arguments
                    self.sha256 = more.get("sha256")
                case {"object": str(id)}:
                    self.object = id
                case {"uploaded": str(id)}:
                    self.uploaded = id == self.object
                case {"step": str(step), "asked": str(arguments), **more}:
                    self.done[step] = arguments
                    self.captions = more.get("captions", self.captions)
                case {"published": str()}:
                    self.finished = True
                case _:
                    raise self.refused("is damaged")
        for step in self.publication.steps:
            if self.done.get(step, self.publication.arguments_of(step)) != self.publication.arguments_of(step):
                raise self.refused(f"has the step {step!r} of a call with other arguments")

    def refused(self, what: str) -> InvalidInput:
        """The error for a record that does not fit this call."""
        new = "give again=True" if self.finished else "remove the file"
        return InvalidInput(
            f"{str(self.log.path)!r} {what}",
            argument="state",
            value=self.log.path,
            expected="the state file of the same call, whose object exists",
            hint=f"give the same arguments again; or {new} to publish the recording as a new object",
        )

    @property
    def was_complete(self) -> bool:
        """Whether an earlier call had done all steps."""
        return self.finished and not self.changed

    def restart(self) -> None:
        """Forget a publication whose object is gone."""
        self.log.remove()
        self.log = StateLog.make(self.log.path)
        self.journal, self.object, self.uploaded, self.captions = None, None, False, None
        self.done.clear()
        self.finished = self._begun = False

    def begin(self) -> Path:
        """Record that an upload is about to begin, and return the path of its journal."""
        path = state_folder() / _UPLOAD.format(f"{time.time_ns()}-{secrets.token_hex(4)}")
        if self._is_old:
            self.log.remove()
            self.log, self._is_old = StateLog.make(self.log.path), False
        if not self._begun:
            self._append({"kind": _KIND, "version": _VERSION, "publication": self.identity})
            self._begun = True
        self.sha256 = self.publication.sha256()
        self._append({"journal": str(path), "asked": self.publication.arguments_of("upload"), "sha256": self.sha256})
        self.journal, self.object, self.uploaded = path, None, False
        return path

    def made(self, media: Any) -> None:
        """Record the object, as soon as it exists."""
        self._append({"object": media.id})
        self.object = media.id

    def completed(self) -> None:
        """Record that the upload is complete, and so paid for."""
        self._append({"uploaded": self.object})
        self.uploaded = True

    def finish(self, step: Step, **more: str) -> None:
        """Record that a step is done, with its result."""
        self._append({"step": step, "asked": self.publication.arguments_of(step), **more})
        self.done[step] = self.publication.arguments_of(step)
        self.captions = more.get("captions", self.captions)

    def _append(self, line: Mapping[str, Any]) -> None:
        self.changed = True
        try:
            self.log.append(line)
        except OSError as error:
            raise self.interrupted(f"the state cannot be written: {error}") from error

    def is_next(self, step: Step) -> bool:
        """Report that a step is next, and return whether it has to be done."""
        self.report(step)
        return step not in self.done

    def report(self, step: Step) -> None:
        """Report that a step is next."""
        if self.publication.on_progress is not None:
            steps = self.publication.steps
            self.publication.on_progress(Progress("publish", steps.index(step), len(steps), unit="steps"))

    def end(self) -> None:
        """Record that all steps are done, so that the same call creates no other object."""
        if self.sha256 is None:  # an earlier version began it, without a hash of the recording
            self.log.remove()
        elif self.changed or not self.finished:
            self._append({"published": self.object})
        if self.publication.on_progress is not None:
            total = len(self.publication.steps)
            self.publication.on_progress(Progress("publish", total, total, unit="steps"))

    def interrupted(self, reason: str) -> WorkInterrupted:
        """The error for a publication that the same call resumes."""
        made = "nothing is made" if self.object is None else f"the object is {self.object}"
        return WorkInterrupted(
            f"{reason}; {made}, and what is done is recorded in {str(self.log.path)!r}",
            done=sum(step in self.done for step in self.publication.steps if step != "upload")
            + (self.object is not None),
            total=len(self.publication.steps),
            state=self.log.path,
        )

    @contextmanager
    def guarded(self) -> Generator[None]:
        """Keep the record if the call ends after an object was created; errors then say how to resume."""
        try:
            yield
        except TranscodeFailed:
            self.log.remove()  # the object is of no use: the next call uploads again
            raise
        except SourceChanged:
            raise
        except (ConnectionFailed, StatusError, UnexpectedAnswer, TransferError) as error:
            if self._nothing_made or (isinstance(error, WorkInterrupted) and error.state == self.log.path):
                raise
            raise keeps(with_notes(self.interrupted(str(error)), error)) from error
        except TonearmError as error:
            if not self._nothing_made:
                error.add_note(f"what is done is recorded in {str(self.log.path)!r}: the same call resumes")
            raise
        except BaseException as error:
            if not self._nothing_made:
                keeps(error)
            raise
        finally:
            if self._nothing_made and not self._is_old:
                self.log.remove()
            self.log.close()

    @property
    def _nothing_made(self) -> bool:
        return self.object is None and not (self.journal is not None and self.journal.exists())


def _is_ours(head: Mapping[str, Any]) -> bool:
    return (head.get("kind"), head.get("version")) == (_KIND, _VERSION)


def _is_over(lines: list[dict[str, Any]]) -> bool:
    """Whether a record is ours, and all its steps are done."""
    return _is_ours(lines[0]) and "published" in lines[-1]


def _is_of(lines: list[dict[str, Any]], publication: Publication, identity: str) -> bool:
    """Whether a finished record is of the same recording, byte for byte, and `again` is not set."""
    hashes = [line["sha256"] for line in lines if "sha256" in line][-1:]
    return not publication.again and lines[0].get("publication") == identity and hashes == [publication.sha256()]
