"""The plan of long speech: its pieces asked for ahead and in parallel, joined as samples, encoded once."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from attrs import define, frozen

from ..._audio import Grid, Take, check_encoder, decode, encode, joined
from ..._base.notes import with_notes
from ..._engine import Due, Fetch, Plan, Work, attempt
from ..._files import BLOCK, Draft, scratch
from ..._http import Answer, Head, Request
from ...errors import ConnectionFailed, InvalidInput, StatusError, Truncated, UnexpectedAnswer
from ...progress import Meter, OnProgress
from ..presets import PCM_RATE
from ..types import FileFormat, SpokenFile
from .answer import Sink, repaired
from .kept_pieces import Takes

logger = logging.getLogger("tonearm")


@frozen(kw_only=True)
class Narration:
    """A long speech: the requests for its pieces, each answered with WAV, and the file to make of them."""

    requests: Sequence[Request]
    url: str
    path: Path
    format: FileFormat
    bit_rate: int | None
    workers: int
    state: str | os.PathLike[str] | None
    report: OnProgress | None

    def check(self) -> None:
        """See that the file can be written and encoded, before anything is paid for."""
        draft(self.path).discard()
        if self.format != "wav" and self.format != "pcm":
            check_encoder(self.format, self.bit_rate)

    @property
    def digest(self) -> str:
        """A name for what is spoken, and how; not for the file that is made of it."""
        asked = [(request.path, dict(request.query), request.json) for request in self.requests]
        return hashlib.sha256(json.dumps([self.url, asked], sort_keys=True).encode()).hexdigest()


def narrate(ask: Narration) -> Plan[SpokenFile]:
    """Save speech, completely or not at all; finished chunks stay until the file is complete."""
    yield from Work(ask.check)
    takes = yield from Work(partial(Takes.open, ask.state, ask.digest, len(ask.requests)), undo=Takes.leave)
    try:
        yield from _record(ask, takes)
        spoken = yield from Work(partial(_save, ask, takes))
        yield from Work(takes.remove)
    except (ConnectionFailed, StatusError, UnexpectedAnswer, Truncated, OSError) as error:
        takes.look()
        if not takes.done:
            raise
        raise with_notes(takes.interrupted(str(error)), error) from error
    finally:
        takes.leave()
    return spoken


def draft(path: Path) -> Draft:
    """Begin a file that is written completely or not at all.

    Raises:
        InvalidInput: it cannot be written.
    """
    try:
        return Draft.beside(path)
    except (OSError, ValueError) as error:
        raise InvalidInput(
            f"{str(path)!r} cannot be written: {error}",
            argument="to",
            value=path,
            expected="a place that can be written",
        ) from error


def _record(ask: Narration, takes: Takes) -> Plan[None]:
    """Ask for the missing pieces, in order, several at a time."""
    meter = Meter("speak", takes.total, ask.report, takes.total, "pieces")
    if takes.done:
        meter.at(len(takes.done))
    missing = takes.missing()
    due = Due[Draft]()
    try:
        while True:
            while not due.failed and len(due.running) < ask.workers and (number := next(missing, None)) is not None:
                piece = yield from Work(partial(takes.draft, number), undo=Draft.discard)
                yield from due.begin(_piece(number, ask.requests[number], piece), piece)
            found = yield from due.answered()
            if found is None:
                return
            _, number = found
            takes.done.add(number)
            meter.at(len(takes.done), number + 1)
    finally:
        for piece in due.running.values():
            piece.discard()


def _piece(number: int, request: Request, piece: Draft) -> Plan[int]:
    sink = Sink(piece.file, Meter("speak", None, None), raw=False)
    try:
        head = yield from attempt(Fetch(request, sink.start), request.repeat)
        sink.finish(head)
        yield from Work(partial(_settle, piece, head))
    except BaseException:
        piece.discard()
        raise
    return number


def _settle(piece: Draft, head: Head) -> None:
    """Finish a piece: a WAV file that can be joined, whatever the server answered."""
    repaired(piece.file)
    take = Take.of(piece.file)
    if take is None:
        try:
            take = _converted(piece.file)
        except InvalidInput as error:
            raise Answer(head, b"").unexpected(str(error)) from error
    if take.size == 0:
        raise Truncated("the answer has no audio", done=0, total=None)
    piece.commit()


def _converted(file: IO[bytes]) -> Take:
    """Replace audio of another kind by plain samples."""
    logger.warning("plain WAV was asked for, and something else came: it is decoded")
    with scratch() as spool:
        take = _decoded(file, None, spool)
        file.seek(0)
        file.truncate()
        spool.seek(0)
        while block := spool.read(BLOCK):
            file.write(block)
    return Take(file, take.grid, take.at, take.size)


def _decoded(file: IO[bytes], grid: Grid | None, spool: IO[bytes]) -> Take:
    file.seek(0)
    found, blocks = decode(file, grid)
    return _written(blocks, found, spool)


def _written(blocks: Iterator[bytes], grid: Grid, file: IO[bytes]) -> Take:
    """Write samples as a WAV file."""
    at = file.write(grid.header(0))
    size = sum(map(file.write, blocks))
    file.seek(0)
    file.write(grid.header(size))
    return Take(file, grid, at, size)


def _save(ask: Narration, takes: Takes) -> SpokenFile:
    """Make the file of the finished pieces."""
    with takes.take(0) as first:
        grid = Grid(PCM_RATE, 1) if ask.format == "pcm" else first.grid
    counted = _Counted(joined(_alike(takes, grid, ask.report), takes.total))
    made = draft(ask.path)
    try:
        match ask.format:
            case "pcm":
                made.file.writelines(counted)
            case "wav":
                _written(iter(counted), grid, made.file)
            case coding:
                encode(counted, grid, made.file, coding, ask.bit_rate)
        size = made.file.seek(0, os.SEEK_END)
        made.commit()
    except BaseException:
        made.discard()
        raise
    return SpokenFile(ask.path, size, grid.seconds(counted.size), takes.total)


def _alike(takes: Takes, grid: Grid, report: OnProgress | None) -> Iterator[Take]:
    """The pieces in order, each open while it is used, those that lie otherwise made to lie so."""
    meter = Meter("encode", takes.total, report, takes.total, "pieces")
    for number in range(takes.total):
        with takes.take(number) as take, scratch() as spool:
            yield take if take.grid == grid else _decoded(take.file, grid, spool)
        meter.at(number + 1, number + 1)


@define
class _Counted:
    """Blocks, and how many bytes of them have passed."""

    blocks: Iterator[bytes]
    size: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self.blocks:
            self.size += len(block)
            yield block
