"""Timed text as subtitles, and back: SubRip, WebVTT and LRC."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Protocol, TypeAlias

from attrs import frozen

from ..errors import InvalidInput
from .cue import Cue, reading_time
from .width import gap

LINE = 42
"""Characters of a line at most."""

LINES = 2
"""Lines of a cue at most."""

PAUSE = 1.0
"""Seconds without a word that end a cue which is made of words."""

_ARROW = re.compile("-{2,}>")


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
class _Token:
    """A word of running text, when it is said, in seconds, and what stands before it within a line."""

    start: float
    end: float
    text: str
    gap: str = " "


@frozen
class _Turn:
    """What one speaker says without a break."""

    tokens: list[_Token]
    speaker: str | None


_Filled: TypeAlias = tuple[float, float, tuple[str, ...], str | None]
"""Start and end of a cue in seconds, its lines, and who says them."""


def cues(text: str, segments: Sequence[Timed], words: Sequence[Timed], *, named: bool = False) -> list[Cue]:
    """Cues of at most two lines of 42 characters, in order and without overlap.

    A segment that needs several cues is cut at the times of its words, or without them in proportion to its
    characters. Without segments the cues are made of the words, and a pause of a second ends one. A cue stays until it
    can be read, 17 characters a second, if the next one leaves it the time.

    Args:
        text: all that is said.
        segments: stretches of it, with times.
        words: words of it, with times.
        named: whether a new speaker's name is put before the text, for formats that have no place for it.

    Raises:
        InvalidInput: there is text, but no time.
    """
    spoken = [segment for segment in segments if segment.text.strip()]
    if not spoken and not words and text.strip():
        raise InvalidInput("the transcript has no times; ask for format='verbose_json', or words=True")
    ordered = sorted(words, key=lambda word: word.start)
    if spoken:
        spoken.sort(key=lambda segment: segment.start)
        shared = zip(spoken, _shared(spoken, ordered), strict=True)
        turns = [_Turn(_tokens(segment, mine), _speaker(segment)) for segment, mine in shared]
    else:
        turns = list(_phrases(ordered))
    if named:
        turns = list(_named(turns))
    return list(_in_order(_by_time([filled for turn in turns for filled in _fit(turn)])))


def srt(cues: Sequence[Cue]) -> str:
    """Write SubRip."""
    return "".join(
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_ARROW.sub('->', _joined(cue.lines))}\n\n"
        for number, cue in enumerate(cues, 1)
    )


def vtt(cues: Sequence[Cue]) -> str:
    """Write WebVTT."""
    blocks = (
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{_voice(cue)}{_escaped(_joined(cue.lines))}\n\n"
        for cue in cues
    )
    return "WEBVTT\n\n" + "".join(blocks)


def lrc(cues: Sequence[Cue]) -> str:
    """Write LRC: minutes, seconds and hundredths before each line."""
    return "".join(f"[{_stamp(cue.start)}]{' '.join(cue.lines)}\n" for cue in cues)


def _speaker(timed: Timed) -> str | None:
    """Who says something, in one line; only what servers answer may tell."""
    return " ".join(str(getattr(timed, "speaker", None) or "").split()) or None


def _named(turns: Sequence[_Turn]) -> Iterator[_Turn]:
    """The name of each speaker before what he begins to say."""
    last: str | None = None
    for turn in turns:
        if turn.speaker is None or turn.speaker == last:
            yield turn
        else:
            start = turn.tokens[0].start
            yield _Turn([_Token(start, start, word) for word in f"{turn.speaker}:".split()] + turn.tokens, turn.speaker)
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


def _tokens(segment: Timed, words: Sequence[Timed]) -> list[_Token]:
    texts = segment.text.split()
    if len(texts) == len(words):
        return [_Token(word.start, word.end, text) for text, word in zip(texts, words, strict=True)]
    ends = list(accumulate(len(text) + 1 for text in texts))
    length, total = max(0.0, segment.end - segment.start), ends[-1]
    return [
        _Token(segment.start + length * start / total, segment.start + length * end / total, text)
        for start, end, text in zip([0, *ends], ends, texts, strict=False)
    ]


def _phrases(words: Sequence[Timed]) -> Iterator[_Turn]:
    """Words of one speaker without a pause between them."""
    phrase: list[_Token] = []
    speaker: str | None = None
    for word in words:
        if phrase and (word.start - phrase[-1].end >= PAUSE or _speaker(word) != speaker):
            yield _Turn(phrase, speaker)
            phrase = []
        speaker = _speaker(word)
        for text in word.text.split():
            phrase.append(_Token(word.start, word.end, text, gap(phrase[-1].text, text) if phrase else " "))
    if phrase:
        yield _Turn(phrase, speaker)


def _pieces(token: _Token) -> Iterator[_Token]:
    """A token in pieces that fit a line; only text without spaces, as in some scripts, has tokens so long."""
    length, step = len(token.text), token.end - token.start
    for first in range(0, length, LINE):
        last = min(first + LINE, length)
        start, end = (token.start + step * place / length for place in (first, last))
        yield _Token(start, end, token.text[first:last], "" if first else token.gap)


def _fit(turn: _Turn) -> Iterator[_Filled]:
    """Fill cues with what is said."""
    tokens = [piece for token in turn.tokens for piece in _pieces(token)]
    start, end, lines = tokens[0].start, tokens[0].end, [tokens[0].text]
    for token in tokens[1:]:
        if len(lines[-1] + token.gap + token.text) <= LINE:
            lines[-1] += token.gap + token.text
        elif len(lines) < LINES:
            lines.append(token.text)
        else:
            yield start, end, tuple(lines), turn.speaker
            start, lines = token.start, [token.text]
        end = token.end
    yield start, end, tuple(lines), turn.speaker


def _by_time(found: Sequence[_Filled]) -> list[_Filled]:
    """Speakers may overlap; what one of them says stays in its order."""
    latest: dict[str | None, float] = {}

    def begin(cue: _Filled) -> float:
        start, _, _, speaker = cue
        latest[speaker] = max(start, latest.get(speaker, start))
        return latest[speaker]

    return sorted(found, key=begin)


def _in_order(found: Sequence[_Filled]) -> Iterator[Cue]:
    """Round the times to whole milliseconds; each cue ends after it begins, and no later than the next one begins."""
    starts = [max(0, round(start * 1000)) for start, *_ in found]
    shown = 0
    for (_, stop, lines, speaker), begin, following in zip(found, starts, [*starts[1:], None], strict=False):
        start = max(begin, shown)
        end = max(round(stop * 1000), start + reading_time(lines))
        shown = max(start + 1, end if following is None else min(end, following))
        yield Cue(start / 1000, shown / 1000, lines, speaker)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def _voice(cue: Cue) -> str:
    return "" if cue.speaker is None else f"<v {_escaped(cue.speaker)}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _clock(seconds: float, point: str) -> str:
    minutes, rest = divmod(_milliseconds(seconds), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"


def _stamp(seconds: float) -> str:
    minutes, rest = divmod((_milliseconds(seconds) + 5) // 10, 6000)
    return f"{minutes:02}:{rest // 100:02}.{rest % 100:02}"
