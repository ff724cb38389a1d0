"""Keeps the responses for the chunks of a recording on disk until the last of them has arrived."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Self, cast

from attrs import define, field, frozen

from ..._audio import AHEAD
from ..._files import Source, StateLog, state_folder
from ...errors import InvalidInput, MissingFile, SourceChanged, WorkInterrupted
from .piece_folder import PIECES, begin, clear, sweep

_KIND = "OpenAI recognition"
_VERSION = 1
_NAME = "openai-recognition-{}.jsonl"
_OTHER = "remove it, or name another state file"


@frozen
class Answered:
    """The answer to a piece; `speakers` are the names whose samples were sent with it."""

    raw: Mapping[str, Any]
    request_id: str | None
    speakers: tuple[str, ...] = ()


@define
class Finished:
    """The state of a recording that is sent in pieces. Only the leading plan uses it.

    Attributes:
        recording: the hash of the recording.
        request: the hash of all else on which the answers depend.
        folder: holds the pieces that are being sent.
        done: how many answers were found or received so far.
        whole: the answer to the whole recording, if that was sent before its missing rest.
        rests: seconds of the rests that were sent and answered.
        pieces: the number of pieces; None until the scan has ended.
        extra: the number of rests.
        ahead: seconds of sound whose level decides what is silent: the cuts of paid pieces must be found again.
    """

    recording: str
    request: str
    folder: Path
    done: int
    _log: StateLog
    _answers: dict[str, Answered] = field(factory=dict[str, Answered], init=False)
    _begun: bool = field(default=False, init=False)
    whole: Answered | None = field(default=None, init=False)
    rests: float = field(default=0.0, init=False)
    pieces: int | None = field(default=None, init=False)
    extra: int = field(default=0, init=False)
    ahead: float = field(default=AHEAD, init=False)

    @classmethod
    def open(cls, source: Source, request: Mapping[str, Any], state: str | os.PathLike[str] | None) -> Self:
        """Resume the same work of an earlier call, or start.

        Args:
            source: the recording.
            request: all on which the answers depend, apart from the recording.
            state: the state file; when None a file in the state folder, named after the work.

        Raises:
            InvalidInput: another call uses the state file, it belongs to other work, or it cannot be written.
            SourceChanged: the state file belongs to another recording.
        """
        recording, wanted, path = _place(source, request, state)
        try:
            log = StateLog.take_up(path)
        except MissingFile:
            log = StateLog.make(path)
        finished = cls._of(recording, wanted, path, log)
        try:
            sweep(_NAME.format("*"))
            begin(finished.folder)
        except BaseException:
            log.leave()
            raise
        return finished

    @classmethod
    def find_whole(
        cls, source: Source, request: Callable[[], Mapping[str, Any]], state: str | os.PathLike[str] | None
    ) -> Answered | None:
        """The answer to a whole recording, if an earlier call received it and was interrupted before it had the rest.

        Args:
            source: the recording; it is read only if a state file exists.
            request: returns all on which the answer depends, apart from the recording.
            state: the state file.
        """
        with suppress(InvalidInput, SourceChanged, OSError):  # a later use of the state reports what is wrong with it
            if state is None and next(state_folder().glob(_NAME.format("*")), None) is None:
                return None
            recording, wanted, path = _place(source, request(), state)
            with closing(StateLog.take_up(path)) as log:
                return cls._of(recording, wanted, path, log).whole
        return None

    @classmethod
    def _of(cls, recording: str, wanted: str, path: Path, log: StateLog) -> Self:
        finished = cls(recording, wanted, path.with_name(path.name + PIECES), 0, log)
        try:
            finished._read(log.lines())
        except BaseException:
            log.close()
            raise
        return finished

    def _read(self, recorded: list[dict[str, Any]]) -> None:
        self._begun = bool(recorded)
        first, *lines = recorded or [self._head]
        name = repr(str(self.state))
        if (first.get("kind"), first.get("version")) != (_KIND, _VERSION):
            raise InvalidInput(
                f"{name} records something else",
                argument="state",
                value=self.state,
                expected="a state file of a transcription",
                hint=_OTHER,
            )
        if first.get("recording") != self.recording:
            error = SourceChanged(f"{name} belongs to another recording", done=len(lines), total=self.total)
            error.hint = _OTHER
            raise error
        if first.get("request") != self.request:
            raise InvalidInput(
                f"{name} belongs to a call with other arguments",
                argument="state",
                value=self.state,
                expected="the state file of a call with the same arguments",
                hint=_OTHER,
            )
        try:
            self.ahead = float(first.get("ahead", math.inf))  # states of earlier versions lack it
            for line in lines:
                raw = cast("Mapping[str, Any]", dict(line["answer"]))
                answered = Answered(raw, line["request_id"], tuple(line["speakers"]))
                self._answers[line["piece"]] = answered
                self.whole = answered if line.get("whole") else self.whole
                self.rests += float(line.get("rest", 0.0))
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidInput(
                f"{name} is damaged: {error!r}",
                argument="state",
                value=self.state,
                expected="a state file that is not damaged",
                hint="remove it",
            ) from error

    @property
    def _head(self) -> dict[str, Any]:
        head = {"kind": _KIND, "version": _VERSION, "recording": self.recording, "request": self.request}
        return head | {"ahead": self.ahead}

    @property
    def total(self) -> int | None:
        """The number of all requests; None until the scan has ended."""
        return None if self.pieces is None else self.pieces + self.extra

    @property
    def state(self) -> Path:
        """The state file."""
        return self._log.path

    @property
    def kept(self) -> str:
        """A sentence on the kept pieces, for errors."""
        done = self._count if self.total is None else f"{self._count} of {self.total}"
        return f"{done} pieces are kept in {str(self.state)!r}"

    @property
    def has_answers(self) -> bool:
        """Whether this call or an earlier one has kept the answer to any piece."""
        return self._count > 0

    @property
    def _count(self) -> int:
        """How many answers are kept, including those of an earlier call that this call has not reached yet."""
        return max(self.done, min(len(self._answers), len(self._answers) if self.total is None else self.total))

    def find(self, key: str) -> Answered | None:
        """The answer to a piece, if an earlier call received it."""
        answered = self._answers.get(key)
        self.done += answered is not None
        return answered

    def has(self, key: str) -> bool:
        """Whether an earlier call received the answer to a piece."""
        return key in self._answers

    def keep(self, key: str, answered: Answered, rest: float = 0.0, *, whole: bool = False) -> None:
        """Record an answer, before anything else is done with it.

        Args:
            key: the name of the piece.
            answered: the answer.
            rest: seconds of the piece, if it is a rest.
            whole: whether the piece is the whole recording.
        """
        try:
            if not self._begun:
                self._log.append(self._head)
                self._begun = True
            line = {"answer": answered.raw, "request_id": answered.request_id, "speakers": answered.speakers}
            more = {"rest": rest} if rest else {"whole": True} if whole else {}
            self._log.append({"piece": key, **line, **more})
        except OSError as error:
            raise self.interrupted(f"the state cannot be written: {error}") from error
        self.done += 1

    def interrupted(self, reason: str) -> WorkInterrupted:
        """The error for work that was interrupted."""
        return WorkInterrupted(f"{reason}; {self.kept}", done=self._count, total=self.total, state=self.state)

    def remove(self) -> None:
        """Remove the state, because the work is done."""
        clear(self.folder)
        self._log.remove()

    def close(self) -> None:
        """Close the state, which stays for a later call if it has answers."""
        clear(self.folder)
        self._log.leave()


def _place(source: Source, request: Mapping[str, Any], state: str | os.PathLike[str] | None) -> tuple[str, str, Path]:
    """The hashes of a recording and of its request, and the path of the state file."""
    recording, wanted = sha256(source), _digest(json.dumps(request, sort_keys=True, default=str).encode())
    name = _NAME.format(_digest(f"{recording} {wanted}".encode())[:32])
    return recording, wanted, state_folder() / name if state is None else Path(state)


def sha256(source: Source, more: str = "") -> str:
    """The hash of the bytes of a source, followed by the text `more`."""
    digest = hashlib.sha256()
    for block in source.window().blocks():
        digest.update(block)
    digest.update(more.encode())
    return digest.hexdigest()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
