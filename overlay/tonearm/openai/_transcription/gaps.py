"""Finds seconds of a recording with sound for which an answer has no text."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from attrs import frozen

from ..._audio import Scan
from .heard import Heard
from .piece_transcript import Account

SHORTEST_GAP, _SOUND = 4.0, 1.5
"""Seconds after the last word, and of sound in them, from which an answer counts as cut off."""

_OF_REST = 0.6
"""Both limits for a rest, whose model is known to end too early."""


@frozen
class Gap:
    """Sound without text, from `start` to `end`; the last word of the answer ends at `after`. In seconds."""

    after: float
    start: float
    end: float


def gap(piece: Heard, scan: Scan) -> Gap | None:
    """The end of a piece that an answer leaves out, if it ended too early.

    Only an answer with times shows where it ends. Music after the last word looks the same. A rest is known to have
    sound, so an answer without a word leaves out all of it.
    """
    account = Account.of(piece)
    silent = piece.rest and not account.whole.strip()
    if not (account.words or account.segments or silent):
        return None
    last = piece.start if not account.tokens else max(token.end for token in account.tokens)
    sounds = [(max(start, last), min(end, piece.end)) for start, end in scan.sounds()]
    left = [(start, end) for start, end in sounds if start < end]
    sound, shortest = (_OF_REST, _OF_REST) if piece.rest else (_SOUND, SHORTEST_GAP)
    if sum(end - start for start, end in left) < sound or left[-1][1] - last < shortest:
        return None
    return Gap(last, left[0][0], left[-1][1])


def gaps(pieces: Sequence[Heard], scan: Scan) -> tuple[tuple[float, float], ...]:
    """Start and end of sound after the last word of a piece that no other piece has, in seconds."""
    ends = [*(after.start if after.overlaps else inf for after in pieces[1:]), inf]
    endings = [(gap(piece, scan), end) for piece, end in zip(pieces, ends, strict=False)]
    ranges = [
        (round(missing.start, 3), round(min(missing.end, end), 3)) for missing, end in endings if missing is not None
    ]
    return tuple((start, end) for start, end in ranges if start < end)
