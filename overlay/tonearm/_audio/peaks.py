"""The waveform of a recording, for a picture of it."""

from __future__ import annotations

from itertools import pairwise
from typing import BinaryIO

from attrs import frozen

from .scanning import measure


@frozen
class Waveform:
    """The peaks of equal parts of a recording, from 0 to 255 for the loudest one, and its length in seconds."""

    peaks: tuple[int, ...]
    duration: float


def waveform(file: BinaryIO, *, most: int = 2000) -> Waveform:
    """Find the waveform of a recording; it is decoded once. Plain WAV needs no extra.

    Args:
        file: a seekable binary file that holds the recording.
        most: the number of peaks at most.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed.
    """
    levels = measure(file)
    count = min(most, len(levels.values))
    loudest = max(levels.values, default=0.0) or 1.0
    borders = [len(levels.values) * place // count for place in range(count + 1)] if count else []
    peaks = (max(levels.values[start:end]) for start, end in pairwise(borders))
    return Waveform(tuple(round(255 * peak / loudest) for peak in peaks), levels.end)
