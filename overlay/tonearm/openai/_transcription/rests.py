"""The rest of a chunk whose answer ended too early: it is cut from the chunk, and asked for once."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from attrs import evolve

from ... import _audio
from ..._audio import Piece, Span
from ..._engine import Plan
from ..._files import Source
from ...errors import ConnectionFailed, InvalidInput, StatusError, Truncated, UnexpectedAnswer
from .gaps import Gap
from .single import Job

logger = logging.getLogger("tonearm")

T = TypeVar("T")

_OVERLAP = 3.0
"""Seconds before the end of the last word from which on the rest is heard again, where somebody goes on speaking."""

_EDGE = 1.0
"""Seconds of silence that the rest keeps beside its sound."""


_ROUNDING = 0.5
"""Seconds by which a recording may be longer once it is decoded than its packets tell, which prices follow."""


def affordable(job: Job, seconds: float) -> bool:
    """Whether so many seconds, all that is paid for, cost no more than `max_price`."""
    return job.ask.max_price is None or seconds * job.price <= job.ask.max_price


def check_price(job: Job, seconds: float) -> None:
    """Refuse a recording of which so many seconds are sent, where it would cost more than `max_price`."""
    if not affordable(job, seconds - _ROUNDING):
        price = f"{seconds * job.price:.4f} USD"
        raise InvalidInput(
            f"this would cost {price}, and max_price is {job.ask.max_price}",
            argument="max_price",
            value=job.ask.max_price,
            expected=f"at least {price}, which this would cost",
            hint="permit a higher price, or choose a cheaper model",
        )


def span(piece: Piece, gap: Gap) -> Span:
    """From where to where the rest of a piece is heard again, in seconds of the recording.

    It begins in the silence after the last word; where there is none, before that word ends.
    """
    if gap.start > gap.after:
        start, overlap = max(gap.after, gap.start - _EDGE), 0.0
    else:
        start = max(piece.start, gap.after - _OVERLAP)
        overlap = gap.after - start
    return Span(start, min(piece.end, gap.end + _EDGE), overlap)


def written(piece: Piece, rest: Span, folder: Path, most: int | None) -> Piece | None:
    """Write the rest of a piece to a file of its own; None where it cannot be cut.

    Args:
        piece: the piece, whose file is still on the disk.
        rest: from where to where, in seconds of the recording.
        folder: where to write it.
        most: bytes that it may have.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    within = Span(rest.start - piece.start, rest.end - piece.start)
    try:
        with Source.open(piece.path) as source:
            reader = cast("BinaryIO", _audio.Reader(source))
            found = next(iter(list(_audio.write_pieces(reader, [within], folder, most=most))), None)
    except InvalidInput as error:  # the answer is paid for, and goes without
        logger.warning("the rest of a chunk cannot be cut: %s", error)
        return None
    if found is None:
        return None
    # Every rest is written as number 1, so it takes the number of its piece, in a way of its own.
    path = found.path.rename(found.path.with_name(f"9{piece.path.stem.partition('-')[0]}{found.path.suffix}"))
    start, end = piece.start + found.start, piece.start + found.end
    return evolve(found, span=rest, path=path, name=path.name, start=start, end=end)


def optional(plan: Plan[T]) -> Plan[T | None]:
    """The same plan, without an answer where the request fails: what was asked for is there without it."""
    try:
        return (yield from plan)
    except (ConnectionFailed, StatusError, UnexpectedAnswer, Truncated) as error:
        logger.warning("the rest of a chunk could not be asked for: %s", error)
        return None
