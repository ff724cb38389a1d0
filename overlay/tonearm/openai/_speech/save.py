"""The plan of saved speech: in one request, or in many."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Literal

from attrs import evolve, frozen

from ..._audio import LOSSLESS, MOST_RATE, Coding, Grid, sniff
from ..._base import validate
from ..._engine import Fetch, Plan, Work, attempt
from ..._files import Draft
from ..._http import Request
from ...errors import InvalidInput, Truncated
from ...progress import Meter
from .. import _limits, _operations
from .._operations import Speech
from .._server import Server
from ..book import Chapter
from ..options import SpeakOptions, given
from ..presets import LABELLED, LONGEST_TEXT, PAUSE
from ..types import FileFormat, SpokenFile, Voice
from . import samples
from .answer import Sink, repaired
from .labels import label_of
from .long import Narration, Part, draft, narrate
from .passages import Passage, Silences, passages
from .saved_speech import SavedSpeech
from .split_text import nothing_to_speak, script, speakable
from .target import Target, target

logger = logging.getLogger("tonearm")

_EXTENSIONS = {"mp3": "mp3", "opus": "ogg", "aac": "aac", "flac": "flac", "wav": "wav"}
"""The extension that `sniff` returns for each format; pcm cannot be recognised."""


@frozen
class Single:
    """Speech in one request, in the format of the file."""

    request: Request
    to: Target
    options: SavedSpeech


def saving(
    text: str | Sequence[Chapter], to: str | os.PathLike[str], voice: Voice, options: SpeakOptions, server: Server
) -> Single | Narration:
    """Check the arguments, and decide whether a text needs one request or many.

    Raises:
        ConfigurationError: no model is named, or the extra that a long text needs is not installed.
        InvalidInput: an argument is invalid, or OpenAI would refuse it.
    """
    speech = _limits.speech(SavedSpeech, voice, given(options, SpeakOptions), server)
    place = target(to, speech.format)
    _check(speech, place.format)
    label = label_of(speech, place.format)
    cut = partial(script, piece=speech.piece, most=LONGEST_TEXT if server.known else None, language=speech.language)
    stretches = passages(text, Silences.of(speech.pauses), chapters=place.format == "m4b" or not isinstance(text, str))
    texts = [(passage, cut(passage.text)) for passage in stretches]
    if not any(speakable(piece) for _, pieces in texts for piece in pieces):
        raise nothing_to_speak(text)
    if len(texts) == 1 and len(texts[0][1]) == 1 and speech.bit_rate is None and place.format not in LABELLED:
        speech = evolve(speech, format=place.format)
        return Single(_operations.speech(texts[0][1][0], speech), place, speech)
    speech = evolve(speech, format="wav")
    parts = [part for passage, pieces in texts for part in _parts(passage, pieces, speech)]
    job = Narration(options=speech, parts=parts, url=server.url, to=place, label=label)
    if not isinstance(text, str) or stretches != [Passage(text)]:  # version 0.1 had neither pauses nor chapters
        return job
    before = cut(text, version_0_1=True)
    if before == texts[0][1]:
        return job
    return evolve(job, earlier=evolve(job, parts=[*_parts(stretches[0], before, speech)]))


def _check(speech: SavedSpeech, format: FileFormat) -> None:
    """Check the options that are not sent, so that no server checks them."""
    _limits.workers(speech.workers)
    if speech.rate is not None:
        validate.whole(speech.rate, "rate", least=1, most=MOST_RATE)
    if speech.bit_rate is None:
        return
    validate.whole(speech.bit_rate, "bit_rate", least=1)
    if format in LOSSLESS:
        raise InvalidInput(
            f"bit_rate has no use for {format}, which is lossless",
            argument="bit_rate",
            value=speech.bit_rate,
            expected=f"left out for {format}, which is lossless",
        )


def _parts(passage: Passage, pieces: Sequence[str], speech: Speech) -> Iterator[Part]:
    for place, piece in enumerate(pieces):
        spoken = speakable(piece)
        pause = max(0.0 if spoken else PAUSE, 0.0 if place else passage.pause)
        yield Part(_operations.speech(piece, speech), pause, spoken, None if place else passage.chapter)


def speak(job: Single | Narration) -> Plan[SpokenFile]:
    """Save speech, completely or not at all."""
    return (yield from narrate(job) if isinstance(job, Narration) else _single(job))


def _single(job: Single) -> Plan[SpokenFile]:
    request, to = job.request, job.to
    made = yield from Work(partial(draft, to.path), undo=Draft.discard)
    try:
        sink = Sink(made.file, Meter("speak", None, job.options.on_progress), to.format, job.options.rate)
        head = yield from attempt(Fetch(request, sink.start), request.repeat)
        grid = sink.finish(head)
        size, duration = yield from Work(partial(_finish, made, to.format, grid))
    except BaseException:
        made.discard()
        raise
    return SpokenFile(to.path, size, duration, pieces=1, request_id=head.request_id)


def _finish(draft: Draft, format: FileFormat, grid: Grid | None) -> tuple[int, float | None]:
    """Repair the file and give it its name; returns its bytes, and its seconds if they are certain."""
    draft.file.seek(0)
    actual = sniff(draft.file.read(16))
    duration: float | None = None
    if grid is not None:
        size = draft.file.seek(0, os.SEEK_END)
        duration = grid.seconds(size) if format == "pcm" else _given_header(draft, grid, format)
    elif format == "pcm" and actual == "wav":
        repaired(draft.file)
        duration = samples.take_header(draft.file)
    else:
        if actual != _EXTENSIONS.get(format):
            logger.warning("%s was requested, but %s looks like %s", format, draft.target.name, actual)
        duration = repaired(draft.file) if format == "wav" else None
    size = draft.file.seek(0, os.SEEK_END)
    if duration == 0:
        raise Truncated("the answer is a file without samples", done=size, total=None)
    draft.commit()
    return size, duration


def _given_header(draft: Draft, grid: Grid, format: Coding | Literal["wav"]) -> float:
    logger.warning("%s was requested, and the server sent samples without a header: they are encoded here", format)
    return samples.give_header(draft.file, grid, format)
