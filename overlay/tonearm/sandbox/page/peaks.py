"""The waveform of a recording: how loud it is, from its start to its end."""

from array import array
from functools import lru_cache
from pathlib import Path

from tonearm.sandbox import audio
from tonearm.sandbox.recording import AudioError

_RATE = 8_000
_STEP = _RATE // 20
_MOST = 1_000
"""How many peaks a waveform has at most; each is the loudest sample of a twentieth of a second, or of some of them."""


def peaks(source: Path) -> list[int]:
    """Measure a recording: peaks from 0 to 255, none where it is no readable audio."""
    return _measured(source, source.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _measured(source: Path, _changed: int) -> list[int]:
    found: list[int] = []
    waiting: array[int] = array("h")
    try:
        for block in audio.decode(source, rate=_RATE):
            waiting.frombytes(block)
            whole = len(waiting) - len(waiting) % _STEP
            found += [_loudest(waiting[at : at + _STEP]) for at in range(0, whole, _STEP)]
            del waiting[:whole]
    except AudioError:
        return []
    if waiting:
        found.append(_loudest(waiting))
    joined = -(-len(found) // _MOST) or 1
    return [max(found[at : at + joined]) for at in range(0, len(found), joined)]


def _loudest(samples: "array[int]") -> int:
    return min(255, max(abs(max(samples)), abs(min(samples))) >> 7)
