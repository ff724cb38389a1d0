"""Seconds of a recording that have sound, and of which an answer says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from ..._audio import Scan
from .piece_transcript import Account, Heard

_SHORTEST, _SOUND = 4.0, 1.5
"""Seconds after the last word, and of sound in them, from which an answer seems cut off; a model is late by less."""


def gaps(pieces: Sequence[Heard], scan: Scan) -> tuple[tuple[float, float], ...]:
    """From where to where there is sound after the last word of a piece: its answer may have ended too early.

    Only answers with times tell where they end. Music after the last word looks the same.
    """
    found: list[tuple[float, float]] = []
    for piece in pieces:
        account = Account.of(piece)
        if not (account.words or account.segments):
            continue
        last = max(token.end for token in account.tokens) if account.tokens else piece.start
        sounds = [(max(start, last), min(end, piece.end)) for start, end in scan.sounds()]
        rest = [(start, end) for start, end in sounds if start < end]
        if sum(end - start for start, end in rest) >= _SOUND and rest[-1][1] - last >= _SHORTEST:
            found.append((round(rest[0][0], 3), round(rest[-1][1], 3)))
    return tuple(found)
