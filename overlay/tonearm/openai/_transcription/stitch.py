"""Joins the transcripts of the pieces of a recording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, cast

from ..._base.coerce import number
from ..types import Transcript
from . import seams
from .heard import Heard, Row, listed
from .piece_transcript import Account, in_order

_NUMBER = re.compile(r"\d+$")


def stitch(pieces: Sequence[Heard], duration: float, *, words: bool) -> Transcript:
    """Join the transcripts of pieces: each word once, in order, at the time of the recording.

    Args:
        pieces: the transcripts in order; stretches without sound have none.
        duration: seconds of the recording.
        words: whether the result has the times of words.
    """
    accounts = [Account.of(piece) for piece in pieces]
    for left, right in pairwise(accounts):
        if right.piece.overlaps:
            left.join(right)
    raw: Row = {name: value for name in ("task", "language") if (value := _first(pieces, name)) is not None}
    raw["duration"] = round(duration, 3)
    raw["text"] = seams.joined(account.text for account in accounts)
    raw |= {name: rows for name, rows in _lists(accounts, words=words) if rows}
    usage = total(piece.raw.get("usage") for piece in pieces)
    return Transcript.of(raw | ({"usage": usage} if usage else {}), pieces[0].request_id if pieces else None)


def total(usages: Iterable[object]) -> Row:
    """The usage of several answers together: numbers are added up, other fields are those of the first answer."""
    summed: Row = {}
    for usage in usages:
        for name, value in (cast("Row", usage) if isinstance(usage, dict) else {}).items():
            if isinstance(value, dict):
                summed[name] = total([summed.get(name), cast("Row", value)])
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                summed[name] = (number(summed.get(name)) or 0) + value
            else:
                summed.setdefault(name, value)
    return summed


def _first(pieces: Sequence[Heard], name: str) -> Any:
    return next((piece.raw[name] for piece in pieces if piece.raw.get(name) is not None), None)


def _lists(accounts: Sequence[Account], *, words: bool) -> Iterator[tuple[str, list[Any]]]:
    yield "segments", list(_numbered(_rows([account.kept_segments() for account in accounts])))
    if words:
        yield "words", _rows([account.kept_words() for account in accounts])
    yield "logprobs", [row for account in accounts for row in account.logprobs()]
    languages = [language for account in accounts for language in listed(account.piece.raw, "languages")]
    yield "languages", [language for place, language in enumerate(languages) if language not in languages[:place]]


def _rows(lists: Sequence[list[Row]]) -> list[Row]:
    filled = [rows for rows in lists if rows]
    for left, right in pairwise(filled):
        in_order(left, right)
    return [row for rows in filled for row in rows]


def _numbered(rows: Sequence[Row]) -> Iterator[Row]:
    """Number the segments of all pieces, with the kind of ids that the server uses."""
    for place, row in enumerate(rows):
        name = row.get("id")
        if isinstance(name, str):
            yield {**row, "id": _NUMBER.sub(str(place), name)}
        else:
            yield row if name is None else {**row, "id": place}
