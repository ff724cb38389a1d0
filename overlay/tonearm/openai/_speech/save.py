"""The plan of speech that is saved: in one request, or in many."""

from __future__ import annotations

import logging
import os
from functools import partial

from attrs import frozen

from ..._audio import LOSSLESS, sniff
from ..._base import validate
from ..._engine import Fetch, Plan, Work, attempt
from ..._files import Draft
from ..._http import Request
from ...errors import InvalidInput, Truncated
from ...progress import Meter, OnProgress
from .. import _limits, _operations
from .._server import Server
from ..options import SpeakOptions, given
from ..presets import LONGEST_TEXT, PCM_RATE, WORKERS
from ..types import FileFormat, SpokenFile, Voice
from .answer import Sink, raw, repaired
from .long import Narration, draft, narrate
from .split_text import script
from .target import Target, target

logger = logging.getLogger("tonearm")

_EXTENSIONS = {"mp3": "mp3", "opus": "ogg", "aac": "aac", "flac": "flac", "wav": "wav"}
"""How the contents of each format are recognised; pcm has no mark."""


@frozen
class Single:
    """A text that one request speaks, in the format of the file."""

    request: Request
    to: Target
    report: OnProgress | None


def saving(
    text: str, to: str | os.PathLike[str], voice: Voice, options: SpeakOptions, server: Server
) -> Single | Narration:
    """How a caller wants a text to be saved.

    Raises:
        ConfigurationError: no model is named, or the extra that a long text needs is not installed.
        InvalidInput: something is wrong with the arguments, or OpenAI would refuse them.
    """
    wanted = given(options, SpeakOptions)
    report, state = (wanted.pop(name, None) for name in ("on_progress", "state"))
    place = target(to, wanted.pop("format", None))
    bit_rate = _bit_rate(wanted.pop("bit_rate", None), place.format)
    workers = validate.whole(wanted.pop("workers", WORKERS), "workers", least=1)
    most = LONGEST_TEXT if server.known else None
    texts = script(text, wanted.pop("piece", None), most, wanted.pop("language", None))
    alone = len(texts) == 1 and bit_rate is None and place.format != "m4a"
    ask = _limits.speech(voice, {**wanted, "format": place.format if alone else "wav"}, server)
    requests = [_operations.speech(piece, ask) for piece in texts]
    if alone:
        return Single(requests[0], place, report)
    return Narration(
        requests=requests,
        url=server.url,
        path=place.path,
        format=place.format,
        bit_rate=bit_rate,
        workers=workers,
        state=state,
        report=report,
    )


def _bit_rate(given: int | None, format: FileFormat) -> int | None:
    if given is not None:
        validate.whole(given, "bit_rate", least=1)
        if format in LOSSLESS:
            raise InvalidInput(
                f"bit_rate has no use for {format}, which is lossless",
                argument="bit_rate",
                value=given,
                expected=f"left out for {format}, which is lossless",
            )
    return given


def speak(job: Single | Narration) -> Plan[SpokenFile]:
    """Save speech, whole or not at all."""
    return (yield from narrate(job) if isinstance(job, Narration) else _single(job))


def _single(job: Single) -> Plan[SpokenFile]:
    request, to = job.request, job.to
    made = yield from Work(partial(draft, to.path), undo=Draft.discard)
    try:
        sink = Sink(made.file, Meter("speak", None, job.report), raw(request))
        head = yield from attempt(Fetch(request, sink.start), request.repeat)
        size = sink.finish(head)
        duration = yield from Work(partial(_finish, made, to.format, size))
    except BaseException:
        made.discard()
        raise
    return SpokenFile(to.path, size, duration, pieces=1, request_id=head.request_id)


def _finish(draft: Draft, format: FileFormat, size: int) -> float | None:
    """Repair the file, give it its name, and say how many seconds it lasts where that is certain."""
    draft.file.seek(0)
    found = sniff(draft.file.read(16))
    wanted = _EXTENSIONS.get(format)
    if wanted is not None and found not in (None, wanted):
        logger.warning("%s was asked for, but %s looks like %s", format, draft.target.name, found)
    duration = repaired(draft.file) if wanted == "wav" else None
    if duration == 0:
        raise Truncated("the answer is a WAV file without samples", done=size, total=None)
    draft.commit()
    return size / (2 * PCM_RATE) if format == "pcm" else duration
