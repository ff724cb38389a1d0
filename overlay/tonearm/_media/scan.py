"""Finds the silences of a recording by its level, as it is decoded."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from .spans import Scan


def scan(file: BinaryIO, *, report: Callable[[float], None] | None = None) -> Scan:
    """Find the silences of a recording; it is decoded once, and only its levels are kept in memory.

    Plain WAV needs no extra.

    Args:
        file: a seekable binary file that holds the recording.
        report: called now and then with the fraction that was scanned, from 0.0 to 1.0.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed.
    """
    raise NotImplementedError
