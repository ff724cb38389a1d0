"""The options of saved speech, with those that are not sent; options.py describes them."""

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
    """The options of saved speech; `format` is the format of the file, or of each response if there are several."""

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
