"""The plan that sends a long recording in chunks, several at a time if asked; each response is kept as it arrives."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, BinaryIO, TypeVar, cast

from attrs import asdict, evolve, fields_dict

from ... import _audio
from ..._audio import Reach, Scan, Scanning, Span
from ..._base.notes import with_notes
from ..._base.resuming import keeps
from ..._engine import Due, Plan, Work
from ..._files import Source
from ...errors import ConnectionFailed, InvalidInput, SourceChanged, StatusError, TonearmError, UnexpectedAnswer
from ...progress import Meter
from .._known_speakers import references
from .._operations import MOST_SPEAKERS, Recognition
from ..types import Transcript
from . import diarization, rests, single
from .kept_answers import Answered, Finished
from .leader import Cut, Leader
from .single import Job

T = TypeVar("T")

_PROMPT_ROOM = 4096
"""Bytes of a body that are kept for the text before a piece."""

_SENT = fields_dict(Recognition).keys()
"""What of an order is sent; the rest of it changes no answer."""


def transcribe(
    source: Source,
    job: Job,
    scan: Scan | Scanning,
    made: Callable[[Transcript], T],
    whole: Transcript | None = None,
) -> Plan[T]:
    """Cut a recording where a scan finds silence, send what is not silent, and stitch the answers together.

    It is cut while it is scanned, unless its price must be known before anything is sent. What is `made` of the whole
    is returned; the responses are kept until it is finished. Where the recording was sent as it is, `whole` is the
    answer to it, and only what that leaves out is sent.
    """
    job = yield from Work(partial(_with_samples, job))
    most = yield from Work(partial(_most, source, job))
    opening = partial(Finished.open, source, _parameters(job), job.ask.state)
    finished = yield from Work(opening, undo=Finished.close)
    meter = Meter("transcribe", None, job.ask.on_progress, None, "seconds")
    if isinstance(scan, Scan):
        reach, spans = _reaching(scan), iter((Span(0.0, scan.duration, even=scan.even == math.inf),))
    else:
        # What was cut from the levels of the whole before, and is paid for, is cut so again.
        yield from Work(partial(scan.listen, finished.ahead))
        reach, spans = scan.reach, _audio.divided(scan.reach, longest=job.ask.piece)
    leader = Leader(source, job, reach, spans, finished, meter, most, whole)
    return (yield from _guarded(finished, _finish(leader, made)))


def answered_before(source: Source, job: Job) -> Transcript | None:
    """The answer to a recording as it is, which an earlier call got that was stopped before it had the rest."""
    found = Finished.find_whole(source, lambda: _parameters(_with_samples(job)), job.ask.state)
    return None if found is None else Transcript.of(found.raw, found.request_id)


def _reaching(scan: Scan) -> Reach:
    return lambda _: scan


def _finish(leader: Leader, made: Callable[[Transcript], T]) -> Plan[T]:
    """Remove the kept responses last of all: they were paid for, and any step before may fail."""
    yield from Work(leader.begin)
    yield from _send_pieces(leader)
    yield from Work(leader.source.verify)
    yield from Work(leader.end)
    note = yield from Work(lambda: made(leader.stitched()))
    yield from Work(leader.finished.remove)
    leader.report(ended=True)
    return note


def _send_pieces(leader: Leader) -> Plan[None]:
    """Write the pieces one after the other, and send those to which no answer is kept; rests come before new pieces.

    When one fails, no more are begun, and those that are under way may still be answered.
    """
    reader = cast("BinaryIO", _audio.Reader(leader.source))
    pieces = enumerate(
        _audio.write_pieces(
            reader,
            leader.planned(),
            leader.finished.folder,
            leader.job.ask.choice,
            most=leader.most,
        )
    )
    waiting = True
    due = Due[Cut](leader.job.ask.workers)
    leader.report()
    while True:
        while (waiting or leader.rests) and due.has_room and not (due.running and leader.waits):
            try:
                cut = yield from Work(partial(leader.next, pieces))
            except (TonearmError, OSError) as error:  # a chunk cannot be made: those that are sent are paid for
                yield from due.fail(error)
                break
            if cut is None:
                waiting = False
                break
            known = yield from Work(partial(leader.kept, cut))
            if known is None:
                yield from due.begin(_send(cut, evolve(leader.job_of(cut), patience=due.patience)), cut)
            else:
                yield from Work(partial(leader.take, cut, known))
                leader.report(cut)
        found = yield from due.answered()
        if found is None:
            return
        cut, answered = found
        yield from Work(partial(leader.keep, cut, answered))
        leader.report(cut)


def _send(cut: Cut, job: Job) -> Plan[Answered | None]:
    """Send a piece. The rest of one is asked for as the piece was, and without it the work goes on."""
    if cut.rest:
        job = evolve(job, format=job.best_format)
    source = yield from Work(partial(Source.open, cut.piece.path), undo=Source.close)
    with source:
        asking = single.ask(source, job)
        note = cast("Transcript | None", (yield from rests.optional(asking) if cut.rest else asking))
    return None if note is None else Answered(note.raw, note.request_id, tuple(job.ask.known_speakers or ()))


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
        if finished.has_answers:
            error.add_note(finished.kept)
        raise
    except (ConnectionFailed, StatusError, UnexpectedAnswer, OSError) as error:
        if not finished.has_answers:
            raise
        raise with_notes(finished.interrupted(str(error)), error) from error
    except SourceChanged as error:
        error.done, error.total = finished.done, finished.total
        raise
    except BaseException as error:
        if finished.has_answers:
            keeps(error)
        raise
    finally:
        finished.close()
