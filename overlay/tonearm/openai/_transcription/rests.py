"""The rest of a chunk whose answer ended too early: it is cut from the chunk and sent once."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from attrs import evolve

from ... import _audio  # pyright: ignore[reportPrivateUsage]  # a room of this package
from ..._audio import Piece, Span
from ..._engine import Plan
from ..._files import Source
from ...errors import ConnectionFailed, InvalidInput, StatusError, Truncated, UnexpectedAnswer
from .gaps import Gap
from .single import Job

logger = logging.getLogger("tonearm")

T = TypeVar("T")

_OVERLAP = 3.0
"""Seconds of overlap before the end of the last word, if speech follows it without a pause."""

_EDGE = 1.0
"""Seconds of silence that the rest keeps before and after its sound."""

_ROUNDING = 0.5
"""Seconds by which a decoded recording may be longer than its packets, by which its price was estimated."""


def affordable(job: Job, seconds: float) -> bool:
    """Whether so many seconds in all cost no more than `max_price`."""
    return job.options.max_price is None or seconds * job.price <= job.options.max_price


def check_price(job: Job, seconds: float) -> None:
    """Refuse a recording if sending so many seconds of it would cost more than `max_price`."""
    if not affordable(job, seconds - _ROUNDING):
        price = f"{seconds * job.price:.4f} USD"
        raise InvalidInput(
            f"this would cost {price}, and max_price is {job.options.max_price}",
            argument="max_price",
            value=job.options.max_price,
            expected=f"at least {price}, which this would cost",
            hint="permit a higher price, or choose a cheaper model",
        )


def span(piece: Piece, gap: Gap) -> Span:
    """The span of the rest of a piece, in seconds of the recording.

    It begins in the silence after the last word, or without silence before that word ends.
    """
    if gap.start > gap.after:
        start, overlap = max(gap.after, gap.start - _EDGE), 0.0
    else:
        start = max(piece.start, gap.after - _OVERLAP)
        overlap = gap.after - start
    return Span(start, min(piece.end, gap.end + _EDGE), overlap)


def written(piece: Piece, rest: Span, folder: Path, most: int | None) -> Piece | None:
    """Write the rest of a piece to a separate file; None if it cannot be cut.

    Args:
        piece: the piece, whose file still exists.
        rest: the span of the rest, in seconds of the recording.
        folder: the folder of the new file.
        most: bytes that the file may have.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    within = Span(rest.start - piece.start, rest.end - piece.start, intact=piece.span.intact)
    try:
        with Source.open(piece.path) as source:
            reader = cast("BinaryIO", _audio.Reader(source))
            rest_piece = next(iter(list(_audio.write_pieces(reader, [within], folder, most=most))), None)
    except InvalidInput as error:  # the answer is paid for, so the call continues without the rest
        logger.warning("the rest of a chunk cannot be cut: %s", error)
        return None
    if rest_piece is None:
        return None
    # Every rest is written as number 1: the name gets the number of its piece instead, with a 9 before it.
    path = rest_piece.path.rename(
        rest_piece.path.with_name(f"9{piece.path.stem.partition('-')[0]}{rest_piece.path.suffix}")
    )
    start, end = piece.start + rest_piece.start, piece.start + rest_piece.end
    return evolve(rest_piece, span=rest, path=path, name=path.name, start=start, end=end)


def optional(plan: Plan[T]) -> Plan[T | None]:
    """Run a plan, and return None if its request fails, as the transcript is usable without the rest."""
    try:
        return (yield from plan)
    except (ConnectionFailed, StatusError, UnexpectedAnswer, Truncated) as error:
        logger.warning("the rest of a chunk could not be transcribed: %s", error)
        return None
