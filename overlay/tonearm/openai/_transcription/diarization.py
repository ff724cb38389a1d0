"""Gives each speaker the same name in all pieces of a recording."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import Any, BinaryIO, cast

from attrs import define, field

from ... import _audio  # pyright: ignore[reportPrivateUsage]  # a room of this package
from ..._audio import Piece, Span
from ..._base.coerce import number, text
from ..._files import Source
from ...errors import InvalidInput
from .._operations import MOST_SPEAKERS
from .heard import rows

logger = logging.getLogger("tonearm")

_SHORTEST, _LONGEST = 2.5, 6.0
"""Seconds of a sample; a server accepts 2 to 10."""

LARGEST = 200_000
"""Bytes of a sample."""


def stranger(place: int, label: str) -> str:
    """The name for later requests of a speaker who has only a label in the answer to a piece."""
    return f"speaker-{place + 1}-{label}"


@define
class Voices:
    """Samples of the speakers so far, as data URLs: the caller's, and those that were cut from answered pieces."""

    known: Mapping[str, str]
    _cut: dict[str, str] = field(factory=dict[str, str], init=False)

    @property
    def samples(self) -> dict[str, str]:
        """All samples, as many as one request may have."""
        return {**self.known, **self._cut}

    def listen(self, piece: Piece, place: int, raw: Mapping[str, Any], names: Sequence[str], folder: Path) -> None:
        """Cut a sample of each speaker who is new in a piece and speaks long enough."""
        for label, start, end in _turns(raw, names, piece.end - piece.start):
            if len(self.samples) >= MOST_SPEAKERS:
                return
            folder.mkdir(mode=0o700, exist_ok=True)
            try:
                with Source.open(piece.path) as source:
                    reader = cast("BinaryIO", _audio.Reader(source))
                    clips = list(_audio.write_pieces(reader, [Span(start, end)], folder, most=LARGEST))
            except InvalidInput as error:  # the answer is paid for, so the call continues without a sample
                logger.warning("no sample of a speaker can be cut, who may get another name: %s", error)
                continue
            for clip in clips:
                with Source.open(clip.path) as sample:
                    content = b64encode(sample.read_at(0, sample.size)).decode()
                self._cut[stranger(place, label)] = f"data:{clip.content_type};base64,{content}"
                clip.path.unlink()


def labels(
    answers: Sequence[tuple[Mapping[str, Any], Sequence[str]]], known: Mapping[str, str]
) -> list[dict[str, str]]:
    """For each answer a mapping from its labels to the names of speakers: the caller's, or else one label each.

    Args:
        answers: the answers to the pieces, each with the names whose samples were sent with it.
        known: the caller's names.
    """
    called = {name: name for name in known}
    return [_labels(place, raw, names, called) for place, (raw, names) in enumerate(answers)]


def _labels(place: int, raw: Mapping[str, Any], names: Sequence[str], called: dict[str, str]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for label in _spoken(raw):
        speaker = label if label in names else stranger(place, label)
        if speaker not in called:
            called[speaker] = next(free for free in _free(label) if free not in called.values())
        labels[label] = called[speaker]
    return labels


def _free(label: str) -> Iterator[str]:
    yield label
    yield from ascii_uppercase
    count = 1
    while True:
        yield f"{label}-{count}"
        count += 1


def _spoken(raw: Mapping[str, Any]) -> Iterator[str]:
    """The labels of the speakers in an answer, in the order in which they speak."""
    yield from filter(None, (text(row.get("speaker")) for row in rows(raw, "segments")))


def _turns(raw: Mapping[str, Any], names: Sequence[str], length: float) -> Iterator[tuple[str, float, float]]:
    """The longest turn of each speaker without a name, if it is long enough for a sample: label, start and end.

    Times are limited to the `length` of the piece, as a server may send others.
    """
    longest: dict[str, tuple[float, float]] = {}
    for row in rows(raw, "segments"):
        label, start, end = text(row.get("speaker")), number(row.get("start")), number(row.get("end"))
        if label and label not in names and start is not None and end is not None:
            before = longest.get(label, (0.0, 0.0))
            turn = max(0.0, start), min(end, length)
            longest[label] = max(before, turn, key=lambda turn: turn[1] - turn[0])
    for label, (start, end) in longest.items():
        if end - start >= _SHORTEST:
            yield label, start, min(end, start + _LONGEST)
