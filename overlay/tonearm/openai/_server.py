"""The server of a client: whose it is, its limits, and the client's default models."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, BinaryIO, Literal, TypeVar, cast
from urllib.parse import urlsplit

from attrs import field, frozen

from .. import _audio, _transfer  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base import validate
from .._engine import Plan, Work
from .._files import Source, SourceLike
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
    """A server, and the client's default models.

    Attributes:
        url: its base URL.
        speech_model: the model of speech, if a call names none.
        transcription_model: the model of transcriptions, if a call names none.
        azure: whether the server is Azure's.
        today: returns the date.
        refused: the forms of answers that the server has refused so far.
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
        """Whether names of models mean OpenAI's models with their limits; other servers reuse the names."""
        return self.own or self.azure

    @property
    def body_limit(self) -> int | None:
        """Bytes that the body of a request may have; None if that is not known."""
        return BODY_LIMIT if self.known else None

    def explained(self, plan: Plan[T]) -> Plan[T]:
        """Run a plan, and add a note to its NotFound if the base URL looks wrong."""
        try:
            return (yield from plan)
        except NotFound as error:
            if not self.azure and "/v1" not in urlsplit(self.url).path and error.code != "model_not_found":
                error.add_note(f"most servers want /v1 at the end of the base URL, which is {self.url}")
            raise

    def model(self, given: str | None, argument: Literal["speech_model", "transcription_model"]) -> str:
        """The model of a call: the given one, else the client's default.

        Raises:
            ConfigurationError: neither the call nor the client names a model.
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
        """Estimate the price of a recording or a text at this server."""
        named = self.model(model, "transcription_model" if characters is None else "speech_model")
        return estimate(named, seconds=seconds, characters=characters, charged=self.own)

    def estimate_recording(self, source: SourceLike, model: str | None) -> Plan[Estimate]:
        """Estimate the price of a recording at this server, from the length of its packets."""
        named = self.model(model, "transcription_model")
        opened = yield from Work(partial(_transfer.open_input, source), undo=Source.close)
        with opened:
            seconds = yield from Work(partial(_audio.duration, cast("BinaryIO", _audio.Reader(opened))))
        return estimate(named, seconds=seconds, characters=None, charged=self.own)

    def _warn(self, model: str) -> None:
        """Warn once that OpenAI will soon switch a model off."""
        end = ENDS.get(model) if self.own else None
        if end is not None and (end - self.today()).days <= WARNING_DAYS and model not in self._warned:
            self._warned.add(model)
            logger.warning("OpenAI has announced that it switches model %r off on %s", model, end)
