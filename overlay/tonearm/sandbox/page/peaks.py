"""The waveform of a recording: its loudness from start to end."""

from array import array
from functools import lru_cache
from pathlib import Path

from tonearm.sandbox import audio
from tonearm.sandbox.recording import AudioError

_RATE = 8_000
_STEP = _RATE // 20
_MOST = 1_000
"""Peaks of a waveform at most; each is the loudest sample of one or several twentieths of a second."""


def peaks(source: Path) -> list[int]:
    """Measure a recording: peaks from 0 to 255, none if it is no readable audio."""
    return _measured(source, source.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _measured(source: Path, _changed: int) -> list[int]:
    levels: list[int] = []
    waiting: array[int] = array("h")
    try:
        for block in audio.decode(source, rate=_RATE):
            waiting.frombytes(block)
            whole = len(waiting) - len(waiting) % _STEP
            levels += [_loudest(waiting[at : at + _STEP]) for at in range(0, whole, _STEP)]
            del waiting[:whole]
    except AudioError:
        return []
    if waiting:
        levels.append(_loudest(waiting))
    joined = -(-len(levels) // _MOST) or 1
    return [max(levels[at : at + joined]) for at in range(0, len(levels), joined)]


def _loudest(samples: "array[int]") -> int:
    return min(255, max(abs(max(samples)), abs(min(samples))) >> 7)
