"""Seconds of a recording that have sound, and of which an answer says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from attrs import frozen

from ..._audio import Scan
from .heard import Heard
from .piece_transcript import Account

_SHORTEST, _SOUND = 4.0, 1.5
"""Seconds after the last word, and of sound in them, from which an answer seems cut off; a model is late by less."""

_OF_REST = 0.6
"""The same of a rest, whose model is known to end too early."""


@frozen
class Gap:
    """Sound of which an answer says nothing: from `start` to `end`; its last word ends at `after`. In seconds."""

    after: float
    start: float
    end: float


def gap(piece: Heard, scan: Scan) -> Gap | None:
    """What an answer leaves out at the end of its piece, if it ended too early.

    Only answers with times tell where they end. Music after the last word looks the same. A rest that was asked for is
    known to have sound, so an answer without a word leaves out all of it.
    """
    account = Account.of(piece)
    silent = piece.rest and not account.whole.strip()
    if not (account.words or account.segments or silent):
        return None
    last = piece.start if not account.tokens else max(token.end for token in account.tokens)
    sounds = [(max(start, last), min(end, piece.end)) for start, end in scan.sounds()]
    left = [(start, end) for start, end in sounds if start < end]
    sound, shortest = (_OF_REST, _OF_REST) if piece.rest else (_SOUND, _SHORTEST)
    if sum(end - start for start, end in left) < sound or left[-1][1] - last < shortest:
        return None
    return Gap(last, left[0][0], left[-1][1])


def gaps(pieces: Sequence[Heard], scan: Scan) -> tuple[tuple[float, float], ...]:
    """From where to where there is sound after the last word of a piece, and no other piece has it; in seconds."""
    ends = [*(after.start if after.overlaps else inf for after in pieces[1:]), inf]
    found = [(gap(piece, scan), end) for piece, end in zip(pieces, ends, strict=False)]
    told = [(round(one.start, 3), round(min(one.end, end), 3)) for one, end in found if one is not None]
    return tuple((start, end) for start, end in told if start < end)
