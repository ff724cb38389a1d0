"""The chunks of a recording of any form play the same sound at the same times as the recording itself."""

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.fuzz.mutations import FORMS, LOWEST_RATES
from tests.inside.audio import Piece, Scan, scan, spans, write_pieces
from tests.media.recordings import RATE, as_array, decoded, encoded, noise, opened, wave

Samples = np.ndarray[Any, np.dtype[np.float64]]

SECONDS, LONGEST = 7.0, 2.0
EDGE = 0.15
"""Seconds at a cut that may sound otherwise: the first frames of MP3 need bits of the frames before them."""

SHIFT = 24
"""Samples by which rates that are rounded to another may move a chunk."""


@cache
def sound() -> Samples:
    """Low noise, which is unlike any other part of itself, and outlives every codec."""
    low = np.convolve(noise(SECONDS, 1.0), np.ones(32) / 32, "same")
    return np.asarray(0.3 * low / np.abs(low).max())


def likeness(piece: Piece, true: Samples) -> float:
    """The correlation of what a chunk plays with what the recording plays then, but for its edges."""
    edge, start = round(EDGE * RATE), round(piece.start * RATE)
    first = max(start + edge, SHIFT)
    own = as_array(decoded(piece.path))[first - start : -edge]
    around = true[first - SHIFT : first + len(own) + SHIFT]
    lag = int(np.argmax(np.correlate(around, own, "valid")))
    same = around[lag : lag + len(own)]
    return float(np.corrcoef(own, same)[0, 1])


@pytest.mark.parametrize(("muxer", "codec"), FORMS, ids=map("-".join, FORMS))
def test_chunks_play_what_the_recording_plays(muxer: str, codec: str, tmp_path: Path) -> None:
    data = encoded(wave(sound()), muxer, codec, LOWEST_RATES.get(codec, RATE))
    true = as_array(decoded(data))
    file = opened(data)
    cuts = spans(Scan(scan(file).duration, ()), longest=LONGEST, overlap=0.2)
    pieces = list(write_pieces(file, cuts, tmp_path))
    assert len(pieces) >= SECONDS / LONGEST
    assert pieces[0].start <= 0.001
    assert pieces[-1].end == pytest.approx(len(true) / RATE, abs=0.07)
    assert all(before.end >= after.start + 0.19 for before, after in pairwise(pieces)), "no stretch is in none"
    assert min(likeness(piece, true) for piece in pieces) >= 0.99
