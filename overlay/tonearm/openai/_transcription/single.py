"""One request for a transcription or translation, in the best format that the server has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from attrs import define, field, frozen

from ..._audio import Choice
from ..._engine import Plan, Work, call
from ..._files import Source
from ..._http import Multipart, Request
from ...errors import BadRequest
from ...progress import OnProgress
from .. import _operations
from .._operations import Recognition
from ..presets import RECOGNISERS, UNKNOWN_RECOGNISER
from ..types import Transcript
from . import parsing

Task = Literal["transcribe", "translate"]

TEXT_FORMATS = ("text", "srt", "vtt")


@define
class Learned:
    """What the requests of a job find out about its server: whether it refuses the format that has times."""

    refuses_times: bool = False


@frozen(kw_only=True)
class Job:
    """A recording to turn into text.

    `url` is where the server is, `body_limit` how many bytes it takes, if that is known; `piece` the seconds of one
    request; `choice` which sound of the file; `state` where finished pieces are kept.
    """

    task: Task
    url: str
    ask: Recognition
    format: str | None
    words: bool
    body_limit: int | None
    piece: float
    workers: int
    carry_prompt: bool
    choice: Choice
    state: Path | None
    report: OnProgress | None
    learned: Learned = field(factory=Learned)

    @property
    def best_format(self) -> str:
        """The format to ask for: the one that is named; else one with times, as far as it is known who refuses it."""
        if self.format is not None:
            return self.format
        return "json" if self.learned.refuses_times else RECOGNISERS.get(self.ask.model, UNKNOWN_RECOGNISER).formats[0]


def ask(source: Source, job: Job, sent: Callable[[int], None] | None = None) -> Plan[Transcript | str]:
    """Send a recording; where no format is named and the server refuses the one with times, ask for plain JSON."""
    format = job.best_format
    try:
        return (yield from _send(source, job, format, sent))
    except BadRequest as error:
        if job.format is not None or format == "json" or "response_format" not in error.body:
            raise
        job.learned.refuses_times = True
    return (yield from _send(source, job, "json", sent))


def size(request: Request) -> int:
    """The bytes of the body of a request."""
    return Multipart(request.form or ()).length


def request(source: Source, job: Job, format: str, sent: Callable[[int], None] | None = None) -> Request:
    """The request that a job describes; the samples of known speakers are read."""
    if job.task == "translate":
        return _operations.translation(source, job.ask, format, sent=sent)
    words = job.words and format == "verbose_json"
    return _operations.transcription(source, job.ask, format, words=words, sent=sent)


def _send(source: Source, job: Job, format: str, sent: Callable[[int], None] | None) -> Plan[Transcript | str]:
    made = yield from Work(partial(request, source, job, format, sent))
    if format in TEXT_FORMATS:
        return (yield from call(made, partial(parsing.text, format=format)))
    return (yield from call(made, parsing.transcript))
