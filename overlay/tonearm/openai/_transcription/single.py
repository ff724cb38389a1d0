"""One request for a transcription or translation, in the best format that the server has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, cast

from attrs import evolve, frozen

from ..._engine import Plan, Work, call
from ..._files import Source
from ..._http import Multipart, Request
from ...errors import InvalidInput, StatusError
from .. import _operations
from ..types import Transcript
from . import parsing
from .asked import LongRecognition
from .forms import TEXT_FORMATS, Form, breaks_down, forms, plainer_may_help

Task = Literal["transcribe", "translate"]


@frozen(kw_only=True)
class Job:
    """A recording to turn into text.

    `url` is where the server is, `body_limit` how many bytes it takes, if that is known; `refused` what is known of the
    server's forms, `patience` how many requests of the call may come before this one, with itself, and `price` the USD
    of a second, where `max_price` needs it.
    """

    task: Task
    url: str
    ask: LongRecognition
    format: str | None
    body_limit: int | None
    refused: set[tuple[str, str, Form]]
    patience: int = 1
    price: float = 0.0

    @property
    def forms(self) -> Sequence[Form]:
        """The forms to ask for, one after the other: those that the server has not refused yet."""
        found = forms(self.ask.model, self.format, words=self.ask.words)
        return [form for form in found if (self.task, self.ask.model, form) not in self.refused] or found[-1:]

    @property
    def best_format(self) -> str | None:
        """The format to ask for first; None where it is better not named."""
        return self.forms[0].format

    def refuse(self, form: Form) -> None:
        """Remember, as long as the client lives, that the server does not have a form."""
        self.refused.add((self.task, self.ask.model, form))


def ask(source: Source, job: Job, sent: Callable[[int], None] | None = None) -> Plan[Transcript | str]:
    """Send a recording; a refusal is followed by a plainer form, as far as the answer in it will do."""
    first: StatusError | None = None
    tried: list[Form] = []
    for form in job.forms:
        failed = first is not None and breaks_down(first)
        if failed and len(tried) > 1:
            break
        try:
            answered = yield from _send(source, job, form, sent, once=failed)
        except StatusError as error:
            first = first or error
            if not plainer_may_help(error):
                raise
            tried.append(form)
        else:
            for refused in tried if not failed else ():
                job.refuse(refused)
            return _made(answered, job, first)
    raise cast("StatusError", first)


def _made(answered: Transcript | str, job: Job, refused: StatusError | None) -> Transcript | str:
    """What was asked for, of the form that was answered instead."""
    if isinstance(answered, str) or job.format not in TEXT_FORMATS:
        return answered
    if job.format == "text":
        return answered.text
    try:
        return answered.to_srt() if job.format == "srt" else answered.to_vtt()
    except InvalidInput as error:
        failure = refused or error
        failure.add_note(f"the server answered verbose_json instead, without times: {answered.text[:200]!r}")
        raise failure from None


def size(request: Request) -> int:
    """The bytes of the body of a request."""
    return Multipart(request.form or ()).length


def request(source: Source, job: Job, form: Form, sent: Callable[[int], None] | None = None) -> Request:
    """The request that a job describes, in a form; the samples of known speakers are read."""
    if job.task == "translate":
        return _operations.translation(source, job.ask, form.format, sent=sent)
    return _operations.transcription(source, job.ask, form.format, words=form.words, sent=sent)


def _send(
    source: Source, job: Job, form: Form, sent: Callable[[int], None] | None, *, once: bool
) -> Plan[Transcript | str]:
    made = yield from Work(partial(request, source, job, form, sent))
    made = evolve(made, patience=job.patience, repeat="never" if once else made.repeat)
    if form.format in TEXT_FORMATS:
        return (yield from call(made, partial(parsing.text, format=form.format)))
    return (yield from call(made, parsing.transcript))
