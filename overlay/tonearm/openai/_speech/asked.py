"""What speech in a file was asked for, with what only this side needs to know; see options.py."""

from __future__ import annotations

import os

from attrs import frozen

from ..._engine import Workers
from ...progress import OnProgress
from .._operations import Speech
from ..book import Pauses
from ..presets import WORKERS


@frozen(kw_only=True)
class SavedSpeech(Speech):
    """Speech of a text of any length that is saved; `format` is that of the file, or of one request of many."""

    bit_rate: int | None = None
    language: str | None = None
    piece: int | None = None
    workers: Workers = WORKERS
    pauses: float | Pauses | None = None
    title: str | None = None
    author: str | None = None
    cover: str | os.PathLike[str] | bytes | None = None
    rate: int | None = None
    state: str | os.PathLike[str] | None = None
    on_progress: OnProgress | None = None
