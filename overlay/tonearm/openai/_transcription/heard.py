"""The answer to a piece of a recording, and its rows at the times of the recording."""

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
    """The answer to a piece.

    Attributes:
        start: where the piece begins in the recording, in seconds; the times of the answer count from there.
        end: where it ends.
        sound: start and end of its sound in the recording.
        overlaps: whether the piece before it also has its beginning.
        raw: the answer.
        speakers: names for the answer's labels of speakers.
        request_id: the server's name for the request.
        rest: whether it is a rest, which the answer to the piece before it left out.
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
    """A word at the time of the recording; `segment` is the number of its segment, if only the segment has times."""

    start: float
    end: float
    text: str
    segment: int | None = None


def listed(raw: Mapping[str, Any], name: str) -> list[object]:
    """The list of that name in an answer; empty if the answer has no such list."""
    value: object = raw.get(name)
    return cast("list[object]", value) if isinstance(value, list) else []


def rows(raw: Mapping[str, Any], name: str) -> list[Row]:
    """The objects in the list of that name."""
    return [cast("Row", member) for member in listed(raw, name) if isinstance(member, dict)]


def timed_rows(piece: Heard, name: str) -> list[Row]:
    """The rows of a list with times, in order, at the times of the recording and limited to the piece."""
    moved = (_moved(piece, row) for row in rows(piece.raw, name))
    return sorted((row for row in moved if row is not None), key=lambda row: row["start"])


def _moved(piece: Heard, row: Row) -> Row | None:
    """A row at the time of the recording; servers send times beyond the end of a piece, which are clipped."""
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
    """The tokens of a segment, with times in proportion to their characters."""
    words = seams.tokens(row["text"])
    ends = list(accumulate(map(len, words), initial=0))
    step = (row["end"] - row["start"]) / max(1, ends[-1])
    for token, (first, last) in zip(words, pairwise(ends), strict=True):
        yield Token(row["start"] + step * first, row["start"] + step * last, token, segment)
