"""The plan of long speech: its pieces are requested ahead and in parallel, joined as samples, and encoded once."""

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
from .kept_pieces import Takes, left
from .labels import read_cover
from .saved_speech import SavedSpeech
from .target import Target

logger = logging.getLogger("tonearm")


@frozen
class Part:
    """A piece of a long text: its request, and the seconds of silence before it.

    A piece without words is only silence (`spoken` is False). `chapter` is the title of the chapter that begins here.
    """

    request: Request
    pause: float = 0.0
    spoken: bool = True
    chapter: str | None = None


@frozen(kw_only=True)
class Narration:
    """A long speech: its options, its pieces, which are requested as WAV, and the file to make of them.

    `earlier` is the same speech with the cuts of version 0.1, if they differ: its interrupted work is resumed so.
    """

    options: SavedSpeech
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
        """Seconds of silence before each spoken piece: the longest pause up to it; none before the first."""
        silences, pause = list[float](), 0.0
        for part in self.parts:
            pause = max(pause, part.pause)
            if part.spoken:
                silences.append(pause if silences else 0.0)
                pause = 0.0
        return silences

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
        """Check that the file can be written and encoded, before anything is paid for, and read the cover."""
        draft(self.to.path).discard()
        checked = evolve(self, label=evolve(self.label, cover=read_cover(self.options.cover)))
        if self.to.format != "wav" and self.to.format != "pcm":
            check_encoder(self.to.format, self.options.bit_rate, checked.label)
        return checked

    @property
    def digest(self) -> str:
        """A digest of the text and the options of its speech, without those of the file."""
        requests = [(part.request.path, dict(part.request.query), part.request.json) for part in self.parts]
        rate = self.options.rate  # samples without a header are kept with this rate
        settings = [] if rate is None else [rate]
        return hashlib.sha256(json.dumps([self.url, requests, *settings], sort_keys=True).encode()).hexdigest()


def narrate(job: Narration) -> Plan[SpokenFile]:
    """Save speech, completely or not at all; the finished chunks are kept until the file is complete."""
    job = yield from Work(job.checked)
    if job.earlier is not None and (yield from Work(partial(left, job.options.state, job.earlier.digest))):
        job = evolve(job.earlier, label=job.label)
    opening = partial(Takes.open, job.options.state, job.digest, len(job.parts), job.spoken)
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
    """Create a file that is written completely or not at all.

    Raises:
        InvalidInput: it cannot be written.
    """
    try:
        return Draft.beside(path)
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from error


def _record(job: Narration, takes: Takes) -> Plan[None]:
    """Request the missing pieces, in order, several at a time."""
    meter = Meter("speak", takes.total, job.options.on_progress, takes.total, "pieces")
    if takes.done:
        meter.at(len(takes.done))
    missing = takes.missing()
    due = Due[Draft](job.options.workers)
    try:
        while True:
            while due.has_room and (number := next(missing, None)) is not None:
                piece = yield from Work(partial(takes.draft, number), undo=Draft.discard)
                yield from due.begin(_piece(number, job, piece, due.patience), piece)
            answered = yield from due.answered()
            if answered is None:
                return
            _, number = answered
            takes.done.add(number)
            meter.at(len(takes.done), number + 1)
    finally:
        for piece in due.running.values():
            piece.discard()


def _piece(number: int, job: Narration, piece: Draft, patience: int) -> Plan[int]:
    request = evolve(job.parts[number].request, patience=patience)
    sink = Sink(piece.file, Meter("speak", None, None), "wav", job.options.rate)
    try:
        head = yield from attempt(Fetch(request, sink.start), request.repeat)
        grid = sink.finish(head)
        yield from Work(partial(_settle, piece, head, grid))
    except BaseException:
        piece.discard()
        raise
    return number


def _settle(piece: Draft, head: Head, grid: Grid | None) -> None:
    """Finish a piece: convert whatever audio the server sent into a WAV file that can be joined."""
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
    """Join the finished pieces into the file."""
    with takes.take(takes.numbers[0]) as first:
        grid = Grid(job.options.rate or PCM_RATE, 1) if job.to.format == "pcm" else first.grid
    counted = _Counted(joined(_alike(takes, grid, job.options.on_progress), job.pauses))
    made = draft(job.to.path)
    try:
        match job.to.format:
            case "pcm":
                made.file.writelines(counted)
            case "wav":
                samples.write(iter(counted), grid, made.file)
            case coding:
                marks = job.chapters(takes) if coding in LABELLED else ()
                encode(counted, grid, made.file, coding, job.options.bit_rate, evolve(job.label, chapters=marks))
        size = made.file.seek(0, os.SEEK_END)
        made.commit()
    except BaseException:
        made.discard()
        raise
    return SpokenFile(job.to.path, size, grid.seconds(counted.size), takes.total)


def _alike(takes: Takes, grid: Grid, report: OnProgress | None) -> Iterator[Take]:
    """The pieces in order, each open while it is used, and converted to the same rate and channels."""
    meter = Meter("encode", takes.total, report, takes.total, "pieces")
    for count, number in enumerate(takes.numbers, 1):
        with takes.take(number) as take, scratch() as spool:
            yield take if take.grid == grid else samples.decoded(take.file, grid, spool)
        meter.at(count, count)


@define
class _Counted:
    """Iterates over blocks and counts their bytes."""

    blocks: Iterator[bytes]
    size: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self.blocks:
            self.size += len(block)
            yield block
