"""A transcription or translation in one request, in the best format that the server has."""

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
from .forms import TEXT_FORMATS, Form, breaks_down, forms, plainer_may_help
from .recognition import LongRecognition

Task = Literal["transcribe", "translate"]


@frozen(kw_only=True)
class Job:
    """A transcription or translation.

    Attributes:
        task: which of the two it is.
        url: the address of the server.
        options: the options of the call.
        format: the requested format; None for the best one.
        body_limit: bytes that a request may have; None if that is not known.
        refused: the forms that the server has refused so far.
        patience: how many requests of the call, with this one, may be answered before this one is.
        price: USD of a second, if `max_price` is given.
    """

    task: Task
    url: str
    options: LongRecognition
    format: str | None
    body_limit: int | None
    refused: set[tuple[str, str, Form]]
    patience: int = 1
    price: float = 0.0

    @property
    def forms(self) -> Sequence[Form]:
        """The forms to try, in order, without those that the server has refused."""
        accepted = forms(self.options.model, self.format, words=self.options.words)
        return [form for form in accepted if (self.task, self.options.model, form) not in self.refused] or accepted[-1:]

    @property
    def best_format(self) -> str | None:
        """The format to request first; None if the request names none."""
        return self.forms[0].format

    def refuse(self, form: Form) -> None:
        """Remember, during the life of the client, that the server does not have a form."""
        self.refused.add((self.task, self.options.model, form))


def send(source: Source, job: Job, sent: Callable[[int], None] | None = None) -> Plan[Transcript | str]:
    """Send a recording; after a refusal it is sent again in a plainer form, if that serves the caller."""
    first: StatusError | None = None
    tried: list[Form] = []
    for form in job.forms:
        failed = first is not None and breaks_down(first)
        if failed and len(tried) > 1:
            break
        try:
            answered = yield from _send_form(source, job, form, sent, once=failed)
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
    """Convert a plainer answer into the requested format."""
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
    """The request of a job in a form; the samples of known speakers are read."""
    if job.task == "translate":
        return _operations.translation(source, job.options, form.format, sent=sent)
    return _operations.transcription(source, job.options, form.format, words=form.words, sent=sent)


def _send_form(
    source: Source, job: Job, form: Form, sent: Callable[[int], None] | None, *, once: bool
) -> Plan[Transcript | str]:
    made = yield from Work(partial(request, source, job, form, sent))
    made = evolve(made, patience=job.patience, repeat="never" if once else made.repeat)
    if form.format in TEXT_FORMATS:
        return (yield from call(made, partial(parsing.text, format=form.format)))
    return (yield from call(made, parsing.transcript))
