"""Lays out a transcript for readers: lines that fit, and cues at the times of their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import starmap

from attrs import evolve, frozen

from ..errors import InvalidInput
from .cue import Cue, cue
from .phrases import ends_with_mark
from .schedule import Filled, Scheduled, overlapping, successive
from .spoken import Part, Parts, Spoken, Timed, shares, spoken
from .width import cells, is_narrow, slices

LINE = 42
"""Most cells of a line; a Chinese character has two."""

LINES = 2
"""Most lines of a cue."""

_EARLY = 0.4
"""Least share of a line that is filled if it ends early, with punctuation."""


def cues(
    text: str,
    segments: Sequence[Timed],
    words: Sequence[Timed],
    *,
    named: bool = False,
    overlap: bool = False,
    duration: float | None = None,
) -> list[Cue]:
    """Make cues of at most two lines of 42 cells, in order.

    A segment that needs several cues is cut at the times of its words, or without them in proportion to its
    characters. Without segments the cues are made of the words, and a pause of a second ends a cue. A cue stays until
    it can be read, at 17 cells a second, if the next cue leaves the time. Lines break between words; in Chinese,
    Japanese and Thai after punctuation and between words.

    Args:
        text: the whole text.
        segments: its stretches, with times.
        words: its words, with times.
        named: whether the name of a new speaker precedes the text, for formats that have no field for it.
        overlap: whether cues may be shown at the same time, for formats that allow it. Else cues that begin together
            are joined, or share their time if they have more than two lines.
        duration: seconds of the recording, if they are known; no cue ends later.

    Raises:
        InvalidInput: the text has no times.
    """
    layout = Layout.of(segments, words)
    if not layout.turns and not words and text.strip():
        raise InvalidInput(
            "the transcript has no times",
            expected="a transcript with times",
            hint="ask for the format 'verbose_json', or for words",
        )
    return list(starmap(cue, layout.cues(named=named, overlap=overlap, duration=duration)))


@frozen
class Layout:
    """The layout of a transcript, which all formats share.

    Attributes:
        turns: the turns of the speakers.
        filled: the lines of each turn, without names.
    """

    turns: list[Spoken]
    filled: list[list[Filled]]

    @classmethod
    def of(cls, segments: Sequence[Timed], words: Sequence[Timed]) -> Layout:
        """Lay out segments and words; both may be empty."""
        turns = spoken(segments, words)
        return cls(turns, [list(_fit(turn)) for turn in turns])

    def cues(self, *, named: bool = False, overlap: bool = False, duration: float | None = None) -> Iterator[Scheduled]:
        """The cues of a format, in order; the arguments are those of the function `cues`."""
        turns = _named(self.turns) if named else self.turns
        laid_out = zip(turns, self.turns, self.filled, strict=True)
        filled = _by_time([row for turn, plain, lines in laid_out for row in (lines if turn is plain else _fit(turn))])
        return overlapping(filled, duration) if overlap else successive(filled, duration, LINES, mixed=named)


def _named(turns: Sequence[Spoken]) -> Iterator[Spoken]:
    """Put the name of each new speaker before the turn."""
    last: str | None = None
    for turn in turns:
        if turn.speaker is None or turn.speaker == last:
            yield turn
        else:
            first, *others = turn.parts
            name = [Part(first.start, first.start, word) for word in f"{turn.speaker}:".split()]
            yield evolve(turn, parts=Parts.of([*name, evolve(first, gap=" "), *others]))
        last = turn.speaker


def _fit(turn: Spoken) -> Iterator[Filled]:
    """Fill cues with the parts of a turn."""
    narrow = is_narrow(whole := " ".join(turn.parts.texts))
    wide = len if narrow else cells
    lines = list(_lines(whole, turn.parts, narrow=narrow))
    for first in range(0, len(lines), LINES):
        starts, ends, texts = zip(*lines[first : first + LINES], strict=True)
        yield Filled(starts[0], ends[-1], texts, turn.speaker, sum(map(wide, texts)))


def _lines(whole: str, parts: Parts, *, narrow: bool) -> Iterator[tuple[float, float, str]]:
    """Join parts to lines: their start and end in seconds, and their text."""
    if narrow and max(map(len, parts.texts)) <= LINE:
        return _filled_by_length(whole, parts)
    lines = _filled_by_width([piece for part in parts for piece in _pieces(part)])
    return ((line[0].start, line[-1].end, _text(line)) for line in lines)


def _filled_by_length(text: str, parts: Parts) -> Iterator[tuple[float, float, str]]:
    """Fill lines with parts that are separated by spaces; each line ends at the last space that fits."""
    first, at = 0, 0
    while at < len(text):
        stop = len(text) if len(text) - at <= LINE else text.rindex(" ", at, at + LINE + 1)
        line = text[at:stop]
        last = first + line.count(" ")
        yield parts.starts[first], parts.ends[last], line
        first, at = last + 1, stop + 1


def _pieces(token: Part) -> Iterator[Part]:
    """Cut a token into pieces that fit into a line."""
    if cells(token.text) <= LINE:
        yield token
        return
    pieces = list(slices(token.text, LINE))
    times = shares(token.start, token.end, [len(piece) for piece in pieces])
    for place, (piece, (start, end)) in enumerate(zip(pieces, times, strict=True)):
        yield Part(start, end, piece, "" if place else token.gap)


def _filled_by_width(tokens: Sequence[Part]) -> Iterator[list[Part]]:
    """Fill lines; in scripts without spaces a line ends with punctuation, if it is filled enough."""
    line, filled = list[Part](), 0
    for token in tokens:
        wide = cells(token.gap + token.text)
        while line and filled + wide > LINE:
            kept = line if token.gap else line[: _break(line)]
            yield kept
            line = line[len(kept) :]
            filled = cells(_text(line))
        filled += wide if line else cells(token.text)
        line.append(token)
    yield line


def _break(line: Sequence[Part]) -> int:
    """How many tokens a full line keeps."""
    for count in range(len(line), 0, -1):
        if ends_with_mark(line[count - 1].text):
            return count if cells(_text(line[:count])) >= _EARLY * LINE else len(line)
    return len(line)


def _text(tokens: Sequence[Part]) -> str:
    return "".join(token.gap + token.text if place else token.text for place, token in enumerate(tokens))


def _by_time(filled: Sequence[Filled]) -> list[Filled]:
    """Sort by time; speakers may overlap, but the lines of one speaker keep their order."""
    latest: dict[str | None, float] = {}

    def begin(cue: Filled) -> float:
        latest[cue.speaker] = max(cue.start, latest.get(cue.speaker, cue.start))
        return latest[cue.speaker]

    return sorted(filled, key=begin)
