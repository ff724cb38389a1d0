"""What was heard in one piece of a recording, and the rows of its answer at the times of the recording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from typing import Any, cast

from attrs import evolve, field, frozen

from ..._base.coerce import number, text
from . import seams

Row = dict[str, Any]


@frozen(kw_only=True)
class Heard:
    """What was heard in a piece.

    Attributes:
        start: where in the recording the piece begins, in seconds; the times of the answer count from there.
        end: where it ends.
        sound: from where to where in the recording there is sound in it.
        overlaps: whether the piece before has its beginning, too.
        raw: the answer.
        speakers: names for the answer's labels of speakers.
        request_id: the server's name for the request.
        rest: whether it is what the answer to the piece before left out, asked for once more.
    """

    start: float
    end: float
    sound: tuple[float, float]
    overlaps: bool
    raw: Mapping[str, Any]
    speakers: Mapping[str, str] = field(factory=dict[str, str])
    request_id: str | None = None
    rest: bool = False


@frozen
class Token:
    """A word at the time of the recording; `segment` is the number of its segment, where only that tells the time."""

    start: float
    end: float
    text: str
    segment: int | None = None


def listed(raw: Mapping[str, Any], name: str) -> list[object]:
    """The list of that name in an answer; nothing where it is none."""
    value: object = raw.get(name)
    return cast("list[object]", value) if isinstance(value, list) else []


def rows(raw: Mapping[str, Any], name: str) -> list[Row]:
    """The objects of such a list."""
    return [cast("Row", one) for one in listed(raw, name) if isinstance(one, dict)]


def timed_rows(piece: Heard, name: str) -> list[Row]:
    """The rows of a list that have times, in order, at the times of the recording and within the piece."""
    moved = (_moved(piece, row) for row in rows(piece.raw, name))
    return sorted((row for row in moved if row is not None), key=lambda row: row["start"])


def _moved(piece: Heard, row: Row) -> Row | None:
    """A row at the time of the recording; servers tell times beyond the piece that they got, which are clipped."""
    start, end = number(row.get("start")), number(row.get("end"))
    if start is None or end is None:
        return None
    first, last = (round(min(max(0.0, piece.start, piece.start + time), piece.end), 3) for time in (start, end))
    moved = {**row, "start": first, "end": max(first, last)}
    if "words" in row:
        moved["words"] = timed_rows(evolve(piece, raw=row), "words")
    seek = number(row.get("seek"))
    if seek is not None:
        moved["seek"] = round(seek + piece.start * 100)
    label = text(row.get("speaker"))
    if label is not None:
        moved["speaker"] = piece.speakers.get(label, label)
    return moved


def spread(row: Row, segment: int) -> Iterator[Token]:
    """The tokens of a segment, whose time they share in proportion to their characters."""
    found = seams.tokens(row["text"])
    ends = list(accumulate(map(len, found), initial=0))
    step = (row["end"] - row["start"]) / max(1, ends[-1])
    for token, (first, last) in zip(found, pairwise(ends), strict=True):
        yield Token(row["start"] + step * first, row["start"] + step * last, token, segment)
