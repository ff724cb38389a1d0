"""What is known of the server that a client asks, and which models it asks there."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from attrs import frozen

from .. import _checks as check
from ..errors import ConfigurationError
from .presets import BODY_LIMITS, LONGEST_NAME


@frozen
class Server:
    """A server, and the models that the client names for it."""

    url: str
    speech_model: str | None = None
    transcription_model: str | None = None

    @property
    def body_limit(self) -> int | None:
        """Bytes that a whole request may have there, if that is known."""
        return BODY_LIMITS.get(urlsplit(self.url).hostname or "")

    def model(self, given: str | None, argument: Literal["speech_model", "transcription_model"]) -> str:
        """The model of a call: its own, else the one that the client has for it.

        Raises:
            ConfigurationError: neither names one; no model is chosen for the caller.
        """
        chosen: str | None = getattr(self, argument) if given is None else given
        if chosen is None:
            raise ConfigurationError(f"no model: give model= to the call, or {argument}= to the client")
        return check.length(chosen, "model", least=1, most=LONGEST_NAME)
