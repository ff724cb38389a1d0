"""The seam for custom voices and their consents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from attrs import frozen

from tonearm_generated.openai import models
from tonearm_generated.openai.api.voices import (
    create_voice,
    create_voice_consent,
    delete_voice,
    delete_voice_consent,
    get_voice_consent,
    list_voice_consents,
    update_voice_consent,
)
from tonearm_generated.openai.constraints import ListVoiceConsentsParameters
from tonearm_generated.openai.types import UNSET
from tonearm_generated.reading import given

from ..._base import validate
from ..._base.coerce import Maybe
from ..._engine import Plan, call
from ..._files import Source, SourceLike
from ..._http import Answer, Request
from ...errors import InvalidInput
from ..presets import LONGEST_NAME
from ..voice import CustomVoice, VoiceConsent
from .audio import file_of

Page: TypeAlias = tuple[list[VoiceConsent], bool]
"""Consents, and whether there are more."""

_PAGE = ListVoiceConsentsParameters.limit.maximum or 0
"""Consents of one page, the most that the service returns."""

_maybe = Maybe(UNSET)


@frozen(kw_only=True)
class NewVoice:
    """A voice to create from a sample with its consent, or from a description."""

    name: str
    audio_sample: SourceLike | None = None
    consent: str | None = None
    prompt: str | None = None
    model: str | None = None
    script_hint: str | None = None


@frozen(kw_only=True)
class NewConsent:
    """A consent to upload."""

    name: str
    recording: SourceLike
    language: str


def create(voice: NewVoice, sample: Source | None) -> Plan[CustomVoice]:
    """Create a voice; `sample` is the opened recording. The request is retried only if it was not processed."""
    body = models.CreateVoiceRequest(
        name=_name(voice.name),
        type_=UNSET if voice.prompt is None else models.VoiceOrigin.PROMPT,
        consent=_maybe(voice.consent, lambda value: _id(value, "consent")),
        prompt=_maybe(voice.prompt, lambda value: _words(value, "prompt")),
        model=_maybe(voice.model, lambda value: validate.length(value, "model", least=1, most=LONGEST_NAME)),
        script_hint=_maybe(voice.script_hint, lambda value: _words(value, "script_hint")),
        audio_sample=_maybe(sample, file_of),
    )
    request = Request.of(create_voice.request_kwargs(body=body), repeat="unsent")
    return call(
        request,
        lambda answer: answer.model(
            create_voice.read_answer, models.Voice, lambda model: CustomVoice.of(model, answer.request_id)
        ),
    )


def delete(id: str) -> Plan[None]:
    """Delete a voice."""
    request = Request.of(delete_voice.request_kwargs(_id(id, "id")))
    return call(request, lambda answer: answer.model(delete_voice.read_answer, models.DeletedVoice, _gone(answer)))


def create_consent(consent: NewConsent, recording: Source) -> Plan[VoiceConsent]:
    """Upload a consent; `recording` is opened. The request is retried only if it was not processed."""
    body = models.CreateVoiceConsentRequest(
        name=_name(consent.name), language=validate.language_tag(consent.language), recording=file_of(recording)
    )
    request = Request.of(create_voice_consent.request_kwargs(body=body), repeat="unsent")
    return call(request, _consent(create_voice_consent.read_answer))


def consents(after: str | None) -> Plan[Page]:
    """Read the page of consents after the consent with the id `after`."""
    request = Request.of(list_voice_consents.request_kwargs(after=_maybe(after, str), limit=_PAGE))
    return call(
        request,
        lambda answer: answer.model(
            list_voice_consents.read_answer,
            models.VoiceConsentList,
            lambda listed: (
                [VoiceConsent.of(consent, answer.request_id) for consent in listed.data],
                given(listed.has_more) or False,
            ),
        ),
    )


def get_consent(id: str) -> Plan[VoiceConsent]:
    """Read a consent."""
    request = Request.of(get_voice_consent.request_kwargs(_id(id, "id")))
    return call(request, _consent(get_voice_consent.read_answer))


def update_consent(id: str, name: str) -> Plan[VoiceConsent]:
    """Give a consent another name."""
    body = models.UpdateVoiceConsentRequest(name=_name(name))
    request = Request.of(update_voice_consent.request_kwargs(_id(id, "id"), body=body))
    return call(request, _consent(update_voice_consent.read_answer))


def delete_consent(id: str) -> Plan[None]:
    """Delete a consent."""
    request = Request.of(delete_voice_consent.request_kwargs(_id(id, "id")))
    return call(
        request,
        lambda answer: answer.model(delete_voice_consent.read_answer, models.DeletedVoiceConsent, _gone(answer)),
    )


def _consent(read: Callable[[int, Any], object]) -> Callable[[Answer], VoiceConsent]:
    """The parser of an operation that returns a consent."""
    return lambda answer: answer.model(
        read, models.VoiceConsent, lambda model: VoiceConsent.of(model, answer.request_id)
    )


def _gone(answer: Answer) -> Callable[[models.DeletedVoice | models.DeletedVoiceConsent], None]:
    """Checks that the response to a deletion does not say the opposite."""

    def check(deletion: models.DeletedVoice | models.DeletedVoiceConsent) -> None:
        if given(deletion.deleted) is False:
            raise answer.unexpected("it says that nothing was deleted")

    return check


def _name(value: str) -> str:
    return validate.length(value, "name", least=1, most=LONGEST_NAME)


def _words(value: str, name: str) -> str:
    if not validate.length(value, name, most=LONGEST_NAME).strip():
        raise InvalidInput.of(name, value, "a text that is not blank")
    return value


def _id(value: str, name: str) -> str:
    return validate.path_segment(value, name)
