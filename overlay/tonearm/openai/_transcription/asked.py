"""What a transcription or translation was asked for, with what only this side needs to know; see options.py."""

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
"""Seconds of a recording that one request gets, if the caller says nothing else."""


@frozen(kw_only=True)
class LiveRecognition(Recognition):
    """A transcription that is read while it arrives."""

    on_progress: OnProgress | None = None


@frozen(kw_only=True)
class LongRecognition(LiveRecognition):
    """A transcription or translation of a recording of any length."""

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
        """Which sound of the file is heard."""
        return Choice(self.track, self.own_time)
