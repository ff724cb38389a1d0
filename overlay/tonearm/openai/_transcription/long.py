"""The plan that sends a long recording in chunks, with `workers` several at a time, and keeps each response."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, BinaryIO, TypeVar, cast

from attrs import asdict, evolve, fields_dict

from ... import _audio  # pyright: ignore[reportPrivateUsage]  # a room of this package
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
"""Bytes of a body that are reserved for the text before a piece."""

_SENT = fields_dict(Recognition).keys()
"""The options that are sent; the others do not change the answers."""


def transcribe(
    source: Source,
    job: Job,
    scan: Scan | Scanning,
    made: Callable[[Transcript], T],
    whole: Transcript | None = None,
) -> Plan[T]:
    """Cut a recording where a scan finds silence, send the pieces with sound, and join their transcripts.

    The recording is cut while it is scanned, unless its price must be known before anything is sent. The responses are
    kept until `made` has returned.

    Args:
        source: the recording.
        job: the options of the call.
        scan: a finished scan, or one that continues while pieces are sent.
        made: makes the result of the whole transcript.
        whole: the answer to the whole recording, if it was sent before: then only the missing rest is sent.
    """
    job = yield from Work(partial(_with_samples, job))
    most = yield from Work(partial(_most, source, job))
    opening = partial(Finished.open, source, _parameters(job), job.options.state)
    finished = yield from Work(opening, undo=Finished.close)
    meter = Meter("transcribe", None, job.options.on_progress, None, "seconds")
    if isinstance(scan, Scan):
        reach, index = _reaching(scan), None
        spans = iter((Span(0.0, scan.duration, intact=scan.intact_until == math.inf),))
    else:
        # Pieces that an earlier call cut by the levels of the whole, and paid for, must be cut in the same way.
        yield from Work(partial(scan.look_ahead, finished.ahead))
        reach, index = scan.reach, scan.index
        spans = _audio.divided(reach, longest=job.options.piece)
    leader = Leader(source, job, reach, spans, finished, meter, most, whole, index)
    return (yield from _guarded(finished, _finish(leader, made)))


def answered_before(source: Source, job: Job) -> Transcript | None:
    """The answer to the whole recording, if an earlier call received it and was interrupted before it had the rest."""
    answered = Finished.find_whole(source, lambda: _parameters(_with_samples(job)), job.options.state)
    return None if answered is None else Transcript.of(answered.raw, answered.request_id)


def _reaching(scan: Scan) -> Reach:
    return lambda _: scan


def _finish(leader: Leader, made: Callable[[Transcript], T]) -> Plan[T]:
    """Send everything, and remove the kept responses last: they were paid for, and each step before may fail."""
    yield from Work(leader.begin)
    yield from _send_pieces(leader)
    yield from Work(leader.source.verify)
    yield from Work(leader.end)
    result = yield from Work(lambda: made(leader.stitched()))
    yield from Work(leader.finished.remove)
    leader.report(ended=True)
    return result


def _send_pieces(leader: Leader) -> Plan[None]:
    """Write the pieces in order, and send those without a kept answer; rests are sent before new pieces.

    After a failure no further piece is sent, and the answers to the sent ones are still received.
    """
    reader = cast("BinaryIO", _audio.Reader(leader.source))
    pieces = enumerate(
        _audio.write_pieces(
            reader,
            leader.planned(),
            leader.finished.folder,
            leader.job.options.choice,
            most=leader.most,
            index=leader.index,
        )
    )
    waiting = True
    due = Due[Cut](leader.job.options.workers)
    leader.report()
    while True:
        while (waiting or leader.rests) and due.has_room and not (due.running and leader.waits):
            try:
                cut = yield from Work(partial(leader.next, pieces))
            except (TonearmError, OSError) as error:  # a chunk cannot be made; the chunks that were sent are paid for
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
        result = yield from due.answered()
        if result is None:
            return
        cut, answered = result
        yield from Work(partial(leader.keep, cut, answered))
        leader.report(cut)


def _send(cut: Cut, job: Job) -> Plan[Answered | None]:
    """Send a piece. A rest is sent in the form of its piece, and may fail without an error."""
    if cut.rest:
        job = evolve(job, format=job.best_format)
    source = yield from Work(partial(Source.open, cut.piece.path), undo=Source.close)
    with source:
        sending = single.send(source, job)
        transcript = cast("Transcript | None", (yield from rests.optional(sending) if cut.rest else sending))
    return (
        None
        if transcript is None
        else Answered(transcript.raw, transcript.request_id, tuple(job.options.known_speakers or ()))
    )


def _with_samples(job: Job) -> Job:
    """Read the samples of known speakers."""
    known = job.options.known_speakers
    return job if known is None else evolve(job, options=evolve(job.options, known_speakers=references(known)))


def _most(source: Source, job: Job) -> int | None:
    """Bytes that a piece may have, so that its request fits; None if the server's limit is not known."""
    if job.body_limit is None:
        return None
    form = evolve(job, options=evolve(job.options, words=True)).forms[0]
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
    """All options on which the answer to a piece depends."""
    chosen = {"task": job.task, "url": job.url, "format": job.format, "carry_prompt": job.options.carry_prompt}
    sent = asdict(job.options, filter=lambda field, _: field.name in _SENT)
    return {**chosen, "words": job.options.words, "ask": sent, **_chosen(job)}


def _chosen(job: Job) -> Mapping[str, Any]:
    """The choice of the audio track, as far as it is not the default."""
    choice = {"track": job.options.choice.track, "own_time": job.options.choice.alone}
    return {name: value for name, value in choice.items() if value}


def _guarded(finished: Finished, plan: Plan[T]) -> Plan[T]:
    """Keep finished answers whatever interrupts the plan; after a failure of the service, say how to resume."""
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
