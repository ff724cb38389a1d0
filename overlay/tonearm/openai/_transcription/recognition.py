"""The options of transcriptions and translations, with those that are not sent; options.py describes them."""

from __future__ import annotations

import os
from collections.abc import Callable

from attrs import frozen

from ..._audio import Choice
from ..._engine import Workers
from ...progress import OnProgress
from .._operations import Recognition
from ..types import Transcript

PIECE = 600.0
"""Default seconds of a recording in one request."""


@frozen(kw_only=True)
class LiveRecognition(Recognition):
    """The options of a transcription that is read live."""

    on_progress: OnProgress | None = None


@frozen(kw_only=True)
class LongRecognition(LiveRecognition):
    """The options of a transcription or translation of a recording of any length."""

    words: bool = False
    piece: float = PIECE
    max_bytes: int | None = None
    workers: Workers = 1
    carry_prompt: bool = False
    track: int | str | None = None
    own_time: bool = False
    max_price: float | None = None
    state: str | os.PathLike[str] | None = None
    on_result: Callable[[Transcript | str], object] | None = None

    @property
    def choice(self) -> Choice:
        """The audio track, and from where its times count."""
        return Choice(self.track, self.own_time)
