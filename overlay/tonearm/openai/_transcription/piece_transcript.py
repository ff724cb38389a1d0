"""Which words and segments of a piece of a recording are kept, where the piece before or after it has them, too."""

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
"""Words, or characters of scripts without spaces, that are said in a second at most."""

_LEAST_PACE = 4.0
"""The same for a slow speaker, where most of a piece may be music."""

_FASTER = 2.5
"""How many times faster than in the rest of a piece somebody may speak in its overlap."""

_CUT_WORDS = 2
"""Words that lie in an overlap with a part only."""

_SLACK = 2.0
"""Seconds by which the time of a word may be wrong that only its segment's times tell."""


@define
class Account:
    """The words and segments of a piece; of its tokens those from number `first` to before number `last` are kept.

    Whatever form an answer has, its seams are found in `tokens`; words, segments and text are then cut at the same
    tokens, so that they agree.

    Attributes:
        piece: the answer, and where it belongs.
        whole: the text of the answer.
        words: its words, one to a token; none of them when the answer has no times of words.
        segments: its segments.
        tokens: its words with the times that are known: their own, shares of their segment, or the whole piece.
        first: number of the first token that is kept.
        last: number of the token before which the kept ones end.
        since: second of the recording from which this account counts, where it has no times.
        until: second up to which it counts.
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
        said = text(piece.raw.get("text"))
        whole = seams.joined(row["text"] for row in segments) if said is None else said
        if words:
            tokens = [Token(row["start"], row["end"], row["word"]) for row in words]
        elif segments:
            tokens = [token for place, row in enumerate(segments) for token in spread(row, place)]
        else:
            tokens = [Token(piece.start, piece.end, token) for token in seams.tokens(whole)]
        return cls(piece, whole, words, segments, tokens, 0, len(tokens), *piece.sound)

    def join(self, following: Account) -> None:
        """Leave to one of two pieces what both of them have.

        The pieces overlap because no silence was found to cut in, so a word may be cut at either border. The seam is
        looked for only among the tokens that can lie in the overlap: the same words elsewhere are said again.
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
            # Times of segments, or none at all, let too many tokens in: no more than can be said in the overlap count.
            most = ceil((end - start) * max(self._pace, following._pace)) + _CUT_WORDS
            begin, stop = max(begin, len(self.tokens) - most), min(stop, most)
        mine, other = self.tokens[begin:], following.tokens[:stop]
        # Exact times find the seam even where one side misheard a word. Without them the words themselves decide first,
        # and times that are guessed only where the words prove nothing. With neither, both texts stay whole.
        seam = None if exact else alignment.seam(_said(mine), _said(other), self._weights(following))
        if seam is None and timed:
            seam = seams.by_time(mine, other, middle)
        if seam is not None:
            self.last = max(self.first, begin + seam[0])
            following.first = seam[1]

    @property
    def _pace(self) -> float:
        """Words that may be said in a second of the overlap, going by those of the whole piece."""
        since, until = self.piece.sound
        return min(_PACE, max(_LEAST_PACE, _FASTER * len(self.tokens) / max(until - since, 1.0)))

    def _weights(self, following: Account) -> alignment.Weights:
        return alignment.Weights(_said(self.tokens), _said(following.tokens))

    @property
    def text(self) -> str:
        """What is kept of the text."""
        return self.whole[slice(*self._excerpt)]

    def kept_words(self) -> list[Row]:
        """What is kept of the words."""
        return self.words[self.first : self.last]

    def kept_segments(self) -> list[Row]:
        """What is kept of the segments, or else phrases of words; without any times one for all, marked as coarse."""
        if not self.segments and self.kept_words():
            return list(self._phrases())
        if not self.segments and self.text.strip():
            coarse = {"start": round(self.since, 3), "end": round(self.until, 3), "text": self.text.strip()}
            return [{**coarse, "coarse": True}]
        return [row for row in map(self._kept, self.segments, self._shares()) if row is not None]

    def logprobs(self) -> list[Row]:
        """What is kept of the log probabilities, whose tokens make up the text."""
        found = rows(self.piece.raw, "logprobs")
        tokens = [str(row.get("token", "")) for row in found]
        starts = accumulate(map(len, tokens), initial=-max(0, "".join(tokens).find(self.whole)))
        places = [at + len(token) - len(token.lstrip()) for token, at in zip(tokens, starts, strict=False)]
        # Tokens may stand for a part of a character, and make up a longer text: what is not cut is kept whole.
        first, last = self._excerpt
        start, end = first or -inf, last if last < len(self.whole) else inf
        return [row for row, place in zip(found, places, strict=True) if start <= place < end]

    @property
    def _excerpt(self) -> tuple[int, int]:
        return seams.excerpt(self.whole, [token.text for token in self.tokens], self.first, self.last)

    def _phrases(self) -> Iterator[Row]:
        """What is kept, as segments that end where somebody pauses, or another one speaks."""
        kept = range(self.first, self.last)
        begins = [kept[0], *(number for before, number in pairwise(kept) if self._pauses(before, number))]
        borders = [*begins, self.last]
        places = seams.excerpts(self.whole, [token.text for token in self.tokens], borders)
        for (first, after), place in zip(pairwise(borders), places, strict=True):
            words = self.words[first:after]
            said = {
                "start": words[0]["start"],
                "end": max(row["end"] for row in words),
                "text": self.whole[slice(*place)],
            }
            yield said | {name: row for name, row in words[0].items() if name == "speaker"}

    def _pauses(self, before: int, number: int) -> bool:
        last, row = self.words[before], self.words[number]
        return row["start"] - last["end"] >= PAUSE or row.get("speaker") != last.get("speaker")

    def _shares(self) -> Iterator[tuple[int, int]]:
        """Which tokens each segment has: those of its own, or the words whose middle lies before the next begins."""
        if self.words:
            middles = [(word.start + word.end) / 2 for word in self.tokens]
            starts = [bisect_left(middles, row["start"]) for row in self.segments[1:]]
        else:
            starts = [
                bisect_left([one.segment or 0 for one in self.tokens], row) for row in range(1, len(self.segments))
            ]
        return pairwise([0, *starts, len(self.tokens)])

    def _kept(self, row: Row, share: tuple[int, int]) -> Row | None:
        """A segment as far as its tokens are kept: as it is, cut in text and times, or not at all."""
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
    """Move the border of two pieces so that times never go back: each server counts from the cut by its own clock."""
    last, first = before[-1], after[0]
    first["start"] = max(first["start"], last["start"])
    first["end"] = max(first["end"], first["start"])
    last["end"] = min(last["end"], first["start"])


def _said(tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens]
