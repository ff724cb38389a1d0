"""Decides which words and segments of a piece are kept, if the piece before or after it has them, too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import ceil, inf

from attrs import define

from ..._base.coerce import text
from ...subtitles.spoken import PAUSE
from . import alignment, seams
from .heard import Heard, Row, Token, rows, spread, timed_rows

_PACE = 8.0
"""Most words, or characters of scripts without spaces, in a second of speech."""

_LEAST_PACE = 4.0
"""The same for a slow speaker, if most of a piece may be music."""

_FASTER = 2.5
"""How many times faster than in the rest of a piece a speaker may be in its overlap."""

_CUT_WORDS = 2
"""Words that lie only partly in an overlap."""

_SLACK = 2.0
"""Seconds by which the time of a word may be wrong, if only its segment has times."""


@define
class Account:
    """The words and segments of a piece; its tokens from number `first` to before number `last` are kept.

    In all forms of answers the seams are found in `tokens`; words, segments and text are then cut at the same tokens,
    so that they agree.

    Attributes:
        piece: the answer, and its place in the recording.
        whole: the text of the answer.
        words: its words, one for each token; empty if the answer has no times of words.
        segments: its segments.
        tokens: its words with the best known times: their own, shares of their segment, or the whole piece.
        first: number of the first kept token.
        last: number after the last kept token.
        since: second of the recording at which this piece takes over, if it has no times.
        until: second at which it ends.
    """

    piece: Heard
    whole: str
    words: list[Row]
    segments: list[Row]
    tokens: list[Token]
    first: int
    last: int
    since: float
    until: float

    @classmethod
    def of(cls, piece: Heard) -> Account:
        """Read the answer to a piece."""
        words = [row for row in timed_rows(piece, "words") if (text(row.get("word")) or "").strip()]
        segments = [row for row in timed_rows(piece, "segments") if text(row.get("text")) is not None]
        if not any(row["text"].strip() for row in segments):
            segments = []
        stated = text(piece.raw.get("text"))
        whole = seams.joined(row["text"] for row in segments) if stated is None else stated
        if words:
            tokens = [Token(row["start"], row["end"], row["word"]) for row in words]
        elif segments:
            tokens = [token for place, row in enumerate(segments) for token in spread(row, place)]
        else:
            tokens = [Token(piece.start, piece.end, token) for token in seams.tokens(whole)]
        return cls(piece, whole, words, segments, tokens, 0, len(tokens), *piece.sound)

    def join(self, following: Account) -> None:
        """Remove from one of two overlapping pieces the words that both have.

        The pieces overlap because there was no silence in which to cut, so a word may be cut at either border. Only
        tokens that can lie in the overlap are compared: the same words elsewhere are repetitions of the speaker.
        """
        start, end = following.piece.start, self.piece.end
        middle = (start + end) / 2
        self.until = following.since = middle
        exact = bool(self.words and following.words)
        timed = bool(self.words or self.segments) and bool(following.words or following.segments)
        slack = 0.0 if exact else _SLACK
        begin = sum(token.end <= start - slack for token in self.tokens) if timed else 0
        stop = sum(token.start < end + slack for token in following.tokens) if timed else len(following.tokens)
        if not exact:
            # Times of segments, or no times, admit too many tokens: only as many as the overlap can have are compared.
            most = ceil((end - start) * max(self._pace, following._pace)) + _CUT_WORDS
            begin, stop = max(begin, len(self.tokens) - most), min(stop, most)
        mine, other = self.tokens[begin:], following.tokens[:stop]
        # Exact times find the seam even if one side misheard a word. Without them the words decide first, and estimated
        # times only if the words prove nothing. Without both, both texts stay whole.
        seam = None
        if not exact:
            usual = (end - start) * (len(self.tokens) + len(following.tokens)) / (self._seconds + following._seconds)
            seam = alignment.seam(_texts(mine), _texts(other), self._weights(following), usual)
        if seam is None and timed:
            seam = seams.by_time(mine, other, middle)
        if seam is not None:
            self.last = max(self.first, begin + seam[0])
            following.first = seam[1]

    @property
    def _pace(self) -> float:
        """Most words in a second of the overlap, by the pace of the whole piece."""
        return min(_PACE, max(_LEAST_PACE, _FASTER * len(self.tokens) / self._seconds))

    @property
    def _seconds(self) -> float:
        """How long the piece is from its first sound to its last; a second at least."""
        since, until = self.piece.sound
        return max(until - since, 1.0)

    def _weights(self, following: Account) -> alignment.Weights:
        return alignment.Weights(_texts(self.tokens), _texts(following.tokens))

    @property
    def text(self) -> str:
        """The kept part of the text."""
        return self.whole[slice(*self._excerpt)]

    def kept_words(self) -> list[Row]:
        """The kept words."""
        return self.words[self.first : self.last]

    def kept_segments(self) -> list[Row]:
        """The kept segments, or else phrases of words; without any times one segment for all, marked as coarse."""
        if not self.segments and self.kept_words():
            return list(self._phrases())
        if not self.segments and self.text.strip():
            coarse = {"start": round(self.since, 3), "end": round(self.until, 3), "text": self.text.strip()}
            return [{**coarse, "coarse": True}]
        return [row for row in map(self._kept, self.segments, self._shares()) if row is not None]

    def logprobs(self) -> list[Row]:
        """The kept log probabilities, whose tokens make up the text."""
        probabilities = rows(self.piece.raw, "logprobs")
        tokens = [str(row.get("token", "")) for row in probabilities]
        starts = accumulate(map(len, tokens), initial=-max(0, "".join(tokens).find(self.whole)))
        places = [at + len(token) - len(token.lstrip()) for token, at in zip(tokens, starts, strict=False)]
        # A token may be part of a character, so the tokens may be longer than the text: an uncut side is kept whole.
        first, last = self._excerpt
        start, end = first or -inf, last if last < len(self.whole) else inf
        return [row for row, place in zip(probabilities, places, strict=True) if start <= place < end]

    @property
    def _excerpt(self) -> tuple[int, int]:
        return seams.excerpt(self.whole, [token.text for token in self.tokens], self.first, self.last)

    def _phrases(self) -> Iterator[Row]:
        """The kept words as segments that end at a pause, or where the speaker changes."""
        kept = range(self.first, self.last)
        begins = [kept[0], *(number for before, number in pairwise(kept) if self._pauses(before, number))]
        borders = [*begins, self.last]
        places = seams.excerpts(self.whole, [token.text for token in self.tokens], borders)
        for (first, after), place in zip(pairwise(borders), places, strict=True):
            words = self.words[first:after]
            phrase = {
                "start": words[0]["start"],
                "end": max(row["end"] for row in words),
                "text": self.whole[slice(*place)],
            }
            yield phrase | {name: row for name, row in words[0].items() if name == "speaker"}

    def _pauses(self, before: int, number: int) -> bool:
        last, row = self.words[before], self.words[number]
        return row["start"] - last["end"] >= PAUSE or row.get("speaker") != last.get("speaker")

    def _shares(self) -> Iterator[tuple[int, int]]:
        """The range of tokens of each segment: its own, or the words whose middle lies before the next segment."""
        if self.words:
            middles = [(word.start + word.end) / 2 for word in self.tokens]
            starts = [bisect_left(middles, row["start"]) for row in self.segments[1:]]
        else:
            starts = [
                bisect_left([token.segment or 0 for token in self.tokens], row) for row in range(1, len(self.segments))
            ]
        return pairwise([0, *starts, len(self.tokens)])

    def _kept(self, row: Row, share: tuple[int, int]) -> Row | None:
        """The kept part of a segment: all, a part with its text and times, or None."""
        first, last = max(share[0], self.first), min(share[1], self.last)
        if (first, last) == share:
            return row
        if first >= last:
            return None
        words = [token.text for token in self.tokens[slice(*share)]]
        place = slice(*seams.excerpt(row["text"], words, first - share[0], last - share[0]))
        start = row["start"] if first == share[0] else self.tokens[first].start
        end = row["end"] if last == share[1] else self.tokens[last - 1].end
        return {**row, "start": start, "end": end, "text": row["text"][place]}


def in_order(before: Sequence[Row], after: Sequence[Row]) -> None:
    """Move the border of two pieces so that times never decrease, as the times of each piece are slightly wrong."""
    last, first = before[-1], after[0]
    first["start"] = max(first["start"], last["start"])
    first["end"] = max(first["end"], first["start"])
    last["end"] = min(last["end"], first["start"])


def _texts(tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens]
