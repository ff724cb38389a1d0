"""The plan of long speech: its pieces asked for ahead and in parallel, joined as samples, encoded once."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from attrs import define, evolve, frozen

from ..._audio import NO_LABEL, Grid, Label, Mark, Take, check_encoder, encode, joined
from ..._base.notes import with_notes
from ..._base.resuming import keeps
from ..._engine import Due, Fetch, Plan, Work, attempt
from ..._files import Draft, scratch, unwritable
from ..._http import Answer, Head, Request
from ...errors import ConnectionFailed, InvalidInput, StatusError, Truncated, UnexpectedAnswer
from ...progress import Meter, OnProgress
from ..presets import LABELLED, PCM_RATE
from ..types import SpokenFile
from . import samples
from .answer import Sink, repaired
from .asked import SavedSpeech
from .kept_pieces import Takes, left
from .labels import read_cover
from .target import Target

logger = logging.getLogger("tonearm")


@frozen
class Part:
    """A piece of a long text: the request that speaks it, and the seconds of silence before it.

    Where there is nothing to speak only its silence is heard. `chapter` is the title of the one that it begins, if any.
    """

    request: Request
    pause: float = 0.0
    spoken: bool = True
    chapter: str | None = None


@frozen(kw_only=True)
class Narration:
    """A long speech: what was asked for, its pieces, each answered with WAV, and the file to make of them.

    `earlier` is the same speech as version 0.1 cut it, where that is another cut: what it left is finished so.
    """

    ask: SavedSpeech
    parts: Sequence[Part]
    url: str
    to: Target
    label: Label = NO_LABEL
    earlier: Narration | None = None

    @property
    def spoken(self) -> Sequence[int]:
        """The numbers of the pieces that are spoken."""
        return [number for number, part in enumerate(self.parts) if part.spoken]

    @property
    def pauses(self) -> Sequence[float]:
        """Seconds of silence before each piece that is spoken: the longest of those that meet there, none at first."""
        found, pause = list[float](), 0.0
        for part in self.parts:
            pause = max(pause, part.pause)
            if part.spoken:
                found.append(pause if found else 0.0)
                pause = 0.0
        return found

    def chapters(self, takes: Takes) -> Sequence[Mark]:
        """The chapters, at the times at which their first pieces begin in the file."""
        titles, title = list[str | None](), None
        for part in self.parts:
            title = part.chapter or title
            if part.spoken:
                titles.append(title)
                title = None
        marks, end = list[tuple[float, str]](), 0.0
        for number, pause, title in zip(takes.numbers, self.pauses, titles, strict=True):
            if title is not None:
                marks.append((end + pause if marks else 0.0, title))
            with takes.take(number) as take:
                end += pause + take.grid.seconds(take.size)
        starts = [*(start for start, _ in marks), end]
        return [Mark(start, starts[place], title) for place, (start, title) in enumerate(marks, 1)]

    def checked(self) -> Narration:
        """See that the file can be written and encoded, before anything is paid for: the same with the cover read."""
        draft(self.to.path).discard()
        found = evolve(self, label=evolve(self.label, cover=read_cover(self.ask.cover)))
        if self.to.format != "wav" and self.to.format != "pcm":
            check_encoder(self.to.format, self.ask.bit_rate, found.label)
        return found

    @property
    def digest(self) -> str:
        """A name for what is spoken, and how; not for the file that is made of it."""
        asked = [(part.request.path, dict(part.request.query), part.request.json) for part in self.parts]
        rate = self.ask.rate  # samples without a header are kept as that many a second
        said = [] if rate is None else [rate]
        return hashlib.sha256(json.dumps([self.url, asked, *said], sort_keys=True).encode()).hexdigest()


def narrate(job: Narration) -> Plan[SpokenFile]:
    """Save speech, completely or not at all; finished chunks stay until the file is complete."""
    job = yield from Work(job.checked)
    if job.earlier is not None and (yield from Work(partial(left, job.ask.state, job.earlier.digest))):
        job = evolve(job.earlier, label=job.label)
    opening = partial(Takes.open, job.ask.state, job.digest, len(job.parts), job.spoken)
    takes = yield from Work(opening, undo=Takes.leave)
    try:
        yield from _record(job, takes)
        spoken = yield from Work(partial(_save, job, takes))
        yield from Work(takes.remove)
    except (ConnectionFailed, StatusError, UnexpectedAnswer, Truncated, OSError) as error:
        takes.look()
        if not takes.done:
            raise
        raise with_notes(takes.interrupted(str(error)), error) from error
    except BaseException as error:
        if takes.done:
            keeps(error)
        raise
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
        raise unwritable(path, error) from error


def _record(job: Narration, takes: Takes) -> Plan[None]:
    """Ask for the missing pieces, in order, several at a time."""
    meter = Meter("speak", takes.total, job.ask.on_progress, takes.total, "pieces")
    if takes.done:
        meter.at(len(takes.done))
    missing = takes.missing()
    due = Due[Draft](job.ask.workers)
    try:
        while True:
            while due.has_room and (number := next(missing, None)) is not None:
                piece = yield from Work(partial(takes.draft, number), undo=Draft.discard)
                yield from due.begin(_piece(number, job, piece, due.patience), piece)
            found = yield from due.answered()
            if found is None:
                return
            _, number = found
            takes.done.add(number)
            meter.at(len(takes.done), number + 1)
    finally:
        for piece in due.running.values():
            piece.discard()


def _piece(number: int, job: Narration, piece: Draft, patience: int) -> Plan[int]:
    request = evolve(job.parts[number].request, patience=patience)
    sink = Sink(piece.file, Meter("speak", None, None), "wav", job.ask.rate)
    try:
        head = yield from attempt(Fetch(request, sink.start), request.repeat)
        grid = sink.finish(head)
        yield from Work(partial(_settle, piece, head, grid))
    except BaseException:
        piece.discard()
        raise
    return number


def _settle(piece: Draft, head: Head, grid: Grid | None) -> None:
    """Finish a piece: a WAV file that can be joined, whatever the server answered."""
    if grid is not None:
        samples.give_header(piece.file, grid, "wav")
    repaired(piece.file)
    take = Take.of(piece.file)
    if take is None:
        try:
            take = samples.convert(piece.file)
        except InvalidInput as error:
            raise Answer(head, b"").unexpected(str(error)) from error
    if take.size == 0:
        raise Truncated("the answer has no audio", done=0, total=None)
    piece.commit()


def _save(job: Narration, takes: Takes) -> SpokenFile:
    """Make the file of the finished pieces."""
    with takes.take(takes.numbers[0]) as first:
        grid = Grid(job.ask.rate or PCM_RATE, 1) if job.to.format == "pcm" else first.grid
    counted = _Counted(joined(_alike(takes, grid, job.ask.on_progress), job.pauses))
    made = draft(job.to.path)
    try:
        match job.to.format:
            case "pcm":
                made.file.writelines(counted)
            case "wav":
                samples.write(iter(counted), grid, made.file)
            case coding:
                marks = job.chapters(takes) if coding in LABELLED else ()
                encode(counted, grid, made.file, coding, job.ask.bit_rate, evolve(job.label, chapters=marks))
        size = made.file.seek(0, os.SEEK_END)
        made.commit()
    except BaseException:
        made.discard()
        raise
    return SpokenFile(job.to.path, size, grid.seconds(counted.size), takes.total)


def _alike(takes: Takes, grid: Grid, report: OnProgress | None) -> Iterator[Take]:
    """The pieces in order, each open while it is used, those that lie otherwise made to lie so."""
    meter = Meter("encode", takes.total, report, takes.total, "pieces")
    for count, number in enumerate(takes.numbers, 1):
        with takes.take(number) as take, scratch() as spool:
            yield take if take.grid == grid else samples.decoded(take.file, grid, spool)
        meter.at(count, count)


@define
class _Counted:
    """Blocks, and how many bytes of them have passed."""

    blocks: Iterator[bytes]
    size: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self.blocks:
            self.size += len(block)
            yield block
