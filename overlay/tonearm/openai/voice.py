"""Custom voices, and the consents of the people whose voices they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import field, frozen

from tonearm_generated.reading import given

from .._base.answers import Answer
from .._base.coerce import moment

if TYPE_CHECKING:
    from tonearm_generated.openai import models


@frozen(repr=False)
class CustomVoice(Answer):
    """A voice of your own; fields that the server does not send are None.

    Attributes:
        id: its id, for ``voice={"id": ...}``.
        name: a name for people.
        type: `audio_sample` or `prompt`, from which it was made; speech accepts only voices made from a sample.
        created_at: when it was made.
        prompt: the description from which it was made, if the server keeps it.
        raw: the object as the server sent it.
        request_id: the server's name for the request.
    """

    id: str
    name: str | None
    type: str | None
    created_at: datetime | None
    prompt: str | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.Voice, request_id: str | None) -> Self:
        """Take over what generated code has read."""
        return cls(
            id=model.id,
            name=given(model.name),
            type=given(model.type_),
            created_at=moment(given(model.created_at)),
            prompt=given(model.prompt),
            raw=model.raw,
            request_id=request_id,
        )


@frozen(repr=False)
class VoiceConsent(Answer):
    """A recording in which a person consents to a voice; fields that the server does not send are None.

    Attributes:
        id: its id, which `create_voice` takes.
        name: a name for people.
        language: the language of the phrase that was read, as a BCP 47 tag.
        created_at: when it was uploaded.
        raw: the object as the server sent it.
        request_id: the server's name for the request.
    """

    id: str
    name: str | None
    language: str | None
    created_at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.VoiceConsent, request_id: str | None) -> Self:
        """Take over what generated code has read."""
        return cls(
            id=model.id,
            name=given(model.name),
            language=given(model.language),
            created_at=moment(given(model.created_at)),
            raw=model.raw,
            request_id=request_id,
        )
