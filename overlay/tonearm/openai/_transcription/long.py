"""The plan that sends a long recording in chunks, several at a time if asked; each response is kept as it arrives."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, BinaryIO, TypeVar, cast

from attrs import asdict, define, evolve, field, fields_dict, frozen

from ... import _audio
from ..._audio import Piece, Scan, Span
from ..._base.notes import with_notes
from ..._engine import Due, Plan, Work
from ..._files import Source
from ...errors import ConnectionFailed, InvalidInput, SourceChanged, StatusError, TonearmError, UnexpectedAnswer
from ...progress import Meter
from .._answers import canonical
from .._known_speakers import references
from .._operations import MOST_SPEAKERS, Recognition
from ..types import Transcript
from . import carried_prompt, diarization, single
from .diarization import Voices
from .gaps import gaps
from .kept_answers import VOICES, Answered, Finished, sha256
from .piece_transcript import Heard
from .single import Job
from .stitch import stitch

logger = logging.getLogger("tonearm")

T = TypeVar("T")

_PROMPT_ROOM = 4096
"""Bytes of a body that are kept for the text before a piece."""

_SENT = fields_dict(Recognition).keys()
"""What of an order is sent; the rest of it changes no answer."""


def transcribe(source: Source, job: Job, scan: Scan, made: Callable[[Transcript], T]) -> Plan[T]:
    """Cut a recording where a scan found silence, send what is not silent, and stitch the answers together.

    What is `made` of the whole is returned; the responses are kept until it is finished.
    """
    spans = _audio.spans(scan, longest=job.ask.piece)
    job = yield from Work(partial(_with_samples, job))
    most = yield from Work(partial(_most, source, job))
    opening = partial(Finished.open, source, _parameters(job), job.ask.state, len(spans))
    finished = yield from Work(opening, undo=Finished.close)
    meter = Meter("transcribe", max(1, round(scan.duration)), job.ask.on_progress, len(spans), "seconds")
    return (yield from _guarded(finished, _finish(_Leader(source, job, scan, spans, finished, meter), most, made)))


def _finish(leader: _Leader, most: int | None, made: Callable[[Transcript], T]) -> Plan[T]:
    yield from _send_pieces(leader, most)
    yield from Work(leader.source.verify)
    note = yield from Work(lambda: made(leader.stitched()))
    yield from Work(leader.finished.remove)
    leader.report(ended=True)
    return note


def _send_pieces(leader: _Leader, most: int | None) -> Plan[None]:
    """Write the pieces one after the other, and send those to which no answer is kept.

    When one fails, no more are begun, and those that are under way may still be answered.
    """
    reader = cast("BinaryIO", _audio.Reader(leader.source))
    pieces = enumerate(
        _audio.write_pieces(
            reader, leader.spans, leader.finished.folder, leader.job.ask.choice, most=most, even=leader.scan.even
        )
    )
    waiting = True
    due = Due[_Cut](leader.job.ask.workers)
    leader.report()
    while True:
        while waiting and due.has_room and not (due.running and leader.waits):
            try:
                cut = yield from Work(partial(leader.cut, pieces))
            except (TonearmError, OSError) as error:
                yield from due.fail(error)
                break
            if cut is None:
                waiting = False
                break
            known = leader.finished.find(cut.key)
            if known is None:
                yield from due.begin(_send(cut.piece, evolve(leader.job_of(cut), patience=due.patience)), cut)
            else:
                yield from Work(partial(leader.take, cut, known))
                leader.report(cut)
        found = yield from due.answered()
        if found is None:
            return
        cut, answered = found
        yield from Work(partial(leader.finished.keep, cut.key, answered))
        yield from Work(partial(leader.take, cut, answered))
        leader.report(cut)


def _send(piece: Piece, job: Job) -> Plan[Answered]:
    source = yield from Work(partial(Source.open, piece.path), undo=Source.close)
    with source:
        note = cast("Transcript", (yield from single.ask(source, job)))
    return Answered(note.raw, note.request_id, tuple(job.ask.known_speakers or ()))


@frozen
class _Cut:
    """A piece, its number from 0, and the name of its answer."""

    piece: Piece
    place: int
    key: str


@define
class _Leader:
    """What is known of a long recording while its pieces are sent."""

    source: Source
    job: Job
    scan: Scan
    spans: Sequence[Span]
    finished: Finished
    meter: Meter
    voices: Voices = field(init=False)
    before: str = field(default="", init=False)
    answers: dict[int, tuple[Piece, Answered]] = field(factory=dict[int, tuple[Piece, Answered]], init=False)

    def __attrs_post_init__(self) -> None:
        self.voices = Voices(cast("Mapping[str, str]", self.job.ask.known_speakers or {}))

    @property
    def waits(self) -> bool:
        """Whether one piece may be under way only: until it is known who speaks in the first."""
        return self.tells_speakers and not self.answers

    @property
    def tells_speakers(self) -> bool:
        """Whether the answers say who speaks."""
        return self.job.best_format == "diarized_json"

    def cut(self, pieces: Iterator[tuple[int, Piece]]) -> _Cut | None:
        """Write the next piece, if there is one."""
        place, piece = next(pieces, (0, None))
        if piece is None:
            return None
        self.source.verify()
        with Source.open(piece.path) as written:
            return _Cut(piece, place, sha256(written, "words" if self._words(place) else "no words"))

    def job_of(self, cut: _Cut) -> Job:
        """What is asked of a piece. A hard cut needs the times of words, whether the caller wants them or not."""
        ask = evolve(self.job.ask, words=self._words(cut.place))
        if ask.carry_prompt:
            ask = evolve(ask, prompt=carried_prompt.prompt(ask.prompt, self.before))
        if self.tells_speakers:
            ask = evolve(ask, known_speakers=self.voices.samples or None)
        return evolve(self.job, ask=ask)

    def take(self, cut: _Cut, answered: Answered) -> None:
        """Take the answer to a piece, of which nothing more is needed then."""
        self.answers[cut.place] = (cut.piece, answered)
        if self.job.ask.carry_prompt:
            self.before = carried_prompt.after(self.before, answered.raw)
        if self.tells_speakers:
            self.voices.listen(cut.piece, cut.place, answered.raw, answered.speakers, self.finished.folder / VOICES)
        cut.piece.path.unlink()

    def report(self, cut: _Cut | None = None, *, ended: bool = False) -> None:
        """Report how many seconds are done; the total comes last."""
        total = self.meter.total or 0
        spoken = sum(span.end - span.start for span in self.spans)
        done = sum(self.spans[place].end - self.spans[place].start for place in self.answers)
        at = total if ended else min(total - 1, int(total * done / spoken) if spoken else 0)
        self.meter.at(at, None if cut is None else cut.place + 1)

    def stitched(self) -> Transcript:
        """The whole, once every piece has its answer."""
        found = [self.answers[place] for place in range(len(self.spans))]
        names = diarization.labels([(answered.raw, answered.speakers) for _, answered in found], self.voices.known)
        heard = [
            Heard(
                start=piece.start,
                end=piece.end,
                sound=_sound(self.scan, piece),
                overlaps=piece.span.overlap > 0,
                raw=canonical(answered.raw),
                speakers=labels,
                request_id=answered.request_id,
            )
            for (piece, answered), labels in zip(found, names, strict=True)
        ]
        note = stitch(heard, self.scan.duration, words=self.job.ask.words)
        missing = gaps(heard, self.scan)
        if missing:
            told = ", ".join(f"{start:.1f}-{end:.1f} s" for start, end in missing)
            logger.warning("the answers have no text for seconds with sound: %s", told)
        return evolve(note, gaps=missing)

    def _words(self, place: int) -> bool:
        return self.job.ask.words or any(span.overlap > 0 for span in self.spans[place : place + 2])


def _sound(scan: Scan, piece: Piece) -> tuple[float, float]:
    """From where to where there is sound in a piece."""
    within = [(start, end) for start, end in scan.sounds() if end > piece.start and start < piece.end]
    first, last = (within[0][0], within[-1][1]) if within else (piece.start, piece.end)
    return max(first, piece.start), min(last, piece.end)


def _with_samples(job: Job) -> Job:
    """The same job, with the samples of known speakers read."""
    known = job.ask.known_speakers
    return job if known is None else evolve(job, ask=evolve(job.ask, known_speakers=references(known)))


def _most(source: Source, job: Job) -> int | None:
    """Bytes that a piece may have, so that its request fits; None where it is not known what fits."""
    if job.body_limit is None:
        return None
    form = evolve(job, ask=evolve(job.ask, words=True)).forms[0]
    others = single.size(single.request(source, job, form)) - source.size + _PROMPT_ROOM
    if job.best_format == "diarized_json":
        others += MOST_SPEAKERS * diarization.LARGEST * 3 // 2
    if job.body_limit <= others:
        reason = f"a request of {job.body_limit} bytes has no room for a piece: its other fields have {others}"
        raise InvalidInput(
            reason,
            argument="max_bytes",
            value=job.body_limit,
            expected=f"more than {others}, the bytes of the other fields",
        )
    return job.body_limit - others


def _parameters(job: Job) -> Mapping[str, Any]:
    """All that the answers to a piece depend on."""
    chosen = {"task": job.task, "url": job.url, "format": job.format, "carry_prompt": job.ask.carry_prompt}
    sent = asdict(job.ask, filter=lambda field, _: field.name in _SENT)
    return {**chosen, "words": job.ask.words, "ask": sent, **_chosen(job)}


def _chosen(job: Job) -> Mapping[str, Any]:
    """Which sound of the file was asked for, where it is not the one that is heard without asking."""
    choice = {"track": job.ask.choice.track, "own_time": job.ask.choice.alone}
    return {name: value for name, value in choice.items() if value}


def _guarded(finished: Finished, plan: Plan[T]) -> Plan[T]:
    """Keep what is finished whatever stops the work; say after a failure of the service how to resume it."""
    try:
        return (yield from plan)
    except InvalidInput as error:
        if finished.done:
            error.add_note(finished.kept)
        raise
    except (ConnectionFailed, StatusError, UnexpectedAnswer, OSError) as error:
        if not finished.done:
            raise
        raise with_notes(finished.interrupted(str(error)), error) from error
    except SourceChanged as error:
        error.done, error.total = finished.done, finished.total
        raise
    finally:
        finished.close()
