"""Lays out a transcript for readers: lines that fit, and cues at the times at which their words are said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Protocol

from attrs import evolve, frozen

from ..errors import InvalidInput
from .cue import Cue
from .phrases import ends_with_mark, phrases
from .schedule import Filled, overlapping, successive
from .width import cells, gap, slices

LINE = 42
"""Cells of a line at most; a Chinese character has two."""

LINES = 2
"""Lines of a cue at most."""

PAUSE = 1.0
"""Seconds without a word that end a cue which is made of words."""

_EARLY = 0.4
"""The share of a line at least that is filled where it ends early, with a mark."""


class Timed(Protocol):
    """Text with its time, in seconds."""

    @property
    def start(self) -> float:
        """When it begins."""
        ...

    @property
    def end(self) -> float:
        """When it ends."""
        ...

    @property
    def text(self) -> str:
        """What is said."""
        ...


@frozen
class Part:
    """Text that is not divided, when it is said, in seconds, and what stands before it within a line."""

    start: float
    end: float
    text: str
    gap: str = " "


@frozen
class Spoken:
    """What one speaker says without a break, when, in seconds, and the parts of it that are not divided."""

    start: float
    end: float
    parts: list[Part]
    speaker: str | None


def cues(
    text: str,
    segments: Sequence[Timed],
    words: Sequence[Timed],
    *,
    named: bool = False,
    overlap: bool = False,
    duration: float | None = None,
) -> list[Cue]:
    """Cues of at most two lines of 42 cells, in order.

    A segment that needs several cues is cut at the times of its words, or without them in proportion to its
    characters. Without segments the cues are made of the words, and a pause of a second ends one. A cue stays until it
    can be read, 17 cells a second, if the next one leaves it the time. Lines break between words; in Chinese, Japanese
    and Thai behind marks and between words.

    Args:
        text: all that is said.
        segments: stretches of it, with times.
        words: words of it, with times.
        named: whether a new speaker's name is put before the text, for formats that have no place for it.
        overlap: whether cues may be shown at the same time, for formats that allow it. Else those that begin together
            are one, or share their time where they have more than two lines.
        duration: seconds of the recording, where it is known; no cue ends later.

    Raises:
        InvalidInput: there is text, but no time.
    """
    turns = spoken(segments, words)
    if not turns and not words and text.strip():
        raise InvalidInput(
            "the transcript has no times",
            expected="a transcript with times",
            hint="ask for the format 'verbose_json', or for words",
        )
    if named:
        turns = list(_named(turns))
    filled = _by_time([one for turn in turns for one in _fit(turn)])
    return list(overlapping(filled, duration) if overlap else successive(filled, duration, LINES, mixed=named))


def spoken(segments: Sequence[Timed], words: Sequence[Timed]) -> list[Spoken]:
    """What is said, in order: a turn for each segment, or without these for words without a pause between them."""
    said = sorted((segment for segment in segments if segment.text.strip()), key=lambda segment: segment.start)
    ordered = sorted(words, key=lambda word: word.start)
    if not said:
        return list(_phrases(ordered))
    shared = zip(said, _shared(said, ordered), strict=True)
    return [Spoken(one.start, one.end, _tokens(one, mine), _speaker(one)) for one, mine in shared]


def _speaker(timed: Timed) -> str | None:
    """Who says something, in one line; only what servers answer may tell."""
    return " ".join(str(getattr(timed, "speaker", None) or "").split()) or None


def _named(turns: Sequence[Spoken]) -> Iterator[Spoken]:
    """The name of each speaker before what he begins to say."""
    last: str | None = None
    for turn in turns:
        if turn.speaker is None or turn.speaker == last:
            yield turn
        else:
            start = turn.parts[0].start
            name = [Part(start, start, word) for word in f"{turn.speaker}:".split()]
            yield evolve(turn, parts=[*name, evolve(turn.parts[0], gap=" "), *turn.parts[1:]])
        last = turn.speaker


def _shared(segments: Sequence[Timed], words: Sequence[Timed]) -> Iterator[list[Timed]]:
    """The words of each segment: those whose middle lies before the next segment begins."""
    taken = 0
    for following in [*segments[1:], None]:
        first = taken
        while taken < len(words) and (following is None or _middle(words[taken]) < following.start):
            taken += 1
        yield list(words[first:taken])


def _middle(word: Timed) -> float:
    return (word.start + word.end) / 2


def _tokens(segment: Timed, words: Sequence[Timed]) -> list[Part]:
    """The text of a segment with its times: of the words where they say the same, else in proportion to its length."""
    chunks = segment.text.split()
    parts = [(part, "" if place else " ") for chunk in chunks for place, part in enumerate(phrases(chunk))]
    if "".join(_letters(part) for part, _ in parts) == "".join(_letters(word.text) for word in words):
        times = [at for word in words for at in _spread(word.start, word.end, [1] * len(_letters(word.text)))]
        lengths = [len(_letters(part)) for part, _ in parts]
        if times:
            return list(_by_letters(parts, lengths, times))
    if len(chunks) == len(words):
        return [Part(word.start, word.end, text) for text, word in zip(chunks, words, strict=True)]
    weights = [len(part) + len(before) for part, before in parts]
    times = list(_spread(segment.start, max(segment.start, segment.end), weights))
    return [Part(start, end, *part) for part, (start, end) in zip(parts, times, strict=True)]


def _by_letters(
    parts: Sequence[tuple[str, str]], lengths: Sequence[int], times: Sequence[tuple[float, float]]
) -> Iterator[Part]:
    """Parts of a text at the times of their letters; marks alone take no time."""
    first, now = 0, times[0][0]
    for (part, before), length in zip(parts, lengths, strict=True):
        start, end = (times[first][0], times[first + length - 1][1]) if length else (now, now)
        yield Part(start, end, part, before)
        first, now = first + length, end


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _spread(start: float, end: float, weights: Sequence[int]) -> Iterator[tuple[float, float]]:
    """Shares of a time, in proportion to their weights."""
    borders = list(accumulate(weights, initial=0))
    step = (end - start) / max(1, borders[-1])
    for left, right in pairwise(borders):
        yield start + step * left, start + step * right


def _phrases(words: Sequence[Timed]) -> Iterator[Spoken]:
    """Words of one speaker without a pause between them."""
    phrase: list[Part] = []
    speaker: str | None = None
    for word in words:
        if phrase and (word.start - phrase[-1].end >= PAUSE or _speaker(word) != speaker):
            yield Spoken(phrase[0].start, max(part.end for part in phrase), phrase, speaker)
            phrase = []
        speaker = _speaker(word)
        for text in word.text.split():
            phrase.append(Part(word.start, word.end, text, gap(phrase[-1].text, text) if phrase else " "))
    if phrase:
        yield Spoken(phrase[0].start, max(part.end for part in phrase), phrase, speaker)


def _pieces(token: Part) -> Iterator[Part]:
    """A token in pieces that fit a line."""
    if cells(token.text) <= LINE:
        yield token
        return
    found = list(slices(token.text, LINE))
    times = _spread(token.start, token.end, [len(piece) for piece in found])
    for place, (piece, (start, end)) in enumerate(zip(found, times, strict=True)):
        yield Part(start, end, piece, "" if place else token.gap)


def _fit(turn: Spoken) -> Iterator[Filled]:
    """Fill cues with what is said."""
    lines = list(_lines([piece for token in turn.parts for piece in _pieces(token)]))
    for first in range(0, len(lines), LINES):
        rows = lines[first : first + LINES]
        yield Filled(rows[0][0].start, rows[-1][-1].end, tuple(map(_text, rows)), turn.speaker)


def _lines(tokens: Sequence[Part]) -> Iterator[list[Part]]:
    """Fill lines; in scripts without spaces one ends with a mark, if it is well filled then."""
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
    """How many tokens of a full line it keeps."""
    for count in range(len(line), 0, -1):
        if ends_with_mark(line[count - 1].text):
            return count if cells(_text(line[:count])) >= _EARLY * LINE else len(line)
    return len(line)


def _text(tokens: Sequence[Part]) -> str:
    return "".join(token.gap + token.text if place else token.text for place, token in enumerate(tokens))


def _by_time(found: Sequence[Filled]) -> list[Filled]:
    """Speakers may overlap; what one of them says stays in its order."""
    latest: dict[str | None, float] = {}

    def begin(cue: Filled) -> float:
        latest[cue.speaker] = max(cue.start, latest.get(cue.speaker, cue.start))
        return latest[cue.speaker]

    return sorted(found, key=begin)
