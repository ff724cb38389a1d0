"""What is known of the server that a client asks, and which models it asks there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, BinaryIO, Literal, TypeVar, cast
from urllib.parse import urlsplit

from attrs import field, frozen

from .. import _audio
from .._base import validate
from .._engine import Plan, Work
from .._files import Source, SourceLike
from .._transfer import open_input
from ..errors import ConfigurationError, NotFound
from ._prices import ENDS, WARNING_DAYS, estimate
from .models import Estimate
from .presets import BASE_URL, BODY_LIMIT, LONGEST_NAME

logger = logging.getLogger("tonearm")

T = TypeVar("T")

_OPENAI = urlsplit(BASE_URL).hostname
_AZURE = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")


def is_azure(url: str) -> bool:
    """Whether a base URL is one of Azure's."""
    return (urlsplit(url).hostname or "").endswith(_AZURE)


@frozen
class Server:
    """A server, and the models that the client names for it.

    `azure` says that it is Azure's; else only OpenAI's own address is one of which something is known. `today` tells
    the date. `refused` are the forms of answers that it turned out not to have.
    """

    url: str
    speech_model: str | None = None
    transcription_model: str | None = None
    azure: bool = False
    today: Callable[[], date] = date.today
    refused: set[Any] = field(factory=set[Any], init=False, repr=False, eq=False)
    _warned: set[str] = field(factory=set[str], init=False, repr=False, eq=False)

    @property
    def own(self) -> bool:
        """Whether this is OpenAI itself."""
        return urlsplit(self.url).hostname == _OPENAI

    @property
    def known(self) -> bool:
        """Whether OpenAI's models and limits are meant here; other servers reuse the names."""
        return self.own or self.azure

    @property
    def body_limit(self) -> int | None:
        """Bytes that a whole request may have there, if that is known."""
        return BODY_LIMIT if self.known else None

    def explained(self, plan: Plan[T]) -> Plan[T]:
        """The same plan; its NotFound has a note where the base URL looks wrong."""
        try:
            return (yield from plan)
        except NotFound as error:
            if not self.azure and "/v1" not in urlsplit(self.url).path and error.code != "model_not_found":
                error.add_note(f"most servers want /v1 at the end of the base URL, which is {self.url}")
            raise

    def model(self, given: str | None, argument: Literal["speech_model", "transcription_model"]) -> str:
        """The model of a call: its own, else the one that the client has for it.

        Raises:
            ConfigurationError: neither names one; no model is chosen for the caller.
        """
        chosen: str | None = getattr(self, argument) if given is None else given
        if chosen is None:
            raise ConfigurationError(
                "no model",
                argument="model",
                expected="given",
                hint=f"give model to the call, or {argument} to the client",
            )
        validate.length(chosen, "model", least=1, most=LONGEST_NAME)
        self._warn(chosen)
        return chosen

    def estimate(self, model: str | None, *, seconds: float | None, characters: int | None) -> Estimate:
        """What a recording or a text will cost here."""
        named = self.model(model, "transcription_model" if characters is None else "speech_model")
        return estimate(named, seconds=seconds, characters=characters, charged=self.own)

    def estimate_recording(self, source: SourceLike, model: str | None) -> Plan[Estimate]:
        """What a recording will cost here, by the length that its packets tell."""
        named = self.model(model, "transcription_model")
        opened = yield from Work(partial(open_input, source), undo=Source.close)
        with opened:
            seconds = yield from Work(partial(_audio.duration, cast("BinaryIO", _audio.Reader(opened))))
        return estimate(named, seconds=seconds, characters=None, charged=self.own)

    def _warn(self, model: str) -> None:
        """Say once that OpenAI will soon switch a model off."""
        end = ENDS.get(model) if self.own else None
        if end is not None and (end - self.today()).days <= WARNING_DAYS and model not in self._warned:
            self._warned.add(model)
            logger.warning("OpenAI has announced that it switches model %r off on %s", model, end)
