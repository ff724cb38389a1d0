"""Finds the words at the end of one text that are also the first words of the next one, if they have no times.

Two overlapping pieces both have the words of the overlap, but a recogniser mishears some, omits some, and hears only
part of the word in which a piece begins or ends. The end of the left text and the beginning of the right text are
therefore aligned as two spellings of one text. The rarer a word is, the more it proves. If all words together prove too
little, both texts are kept: a doubled word does less harm than a lost one.

If a line is said twice in a row, as in songs, several alignments prove enough. Then the number of words decides: about
as many as people usually say in the time of the overlap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from math import log, log2

from attrs import evolve, frozen

_PROOF = 6.0
"""Bits that an alignment needs; by chance, two texts reach them in fewer than three of a thousand seams."""

# scripts/seams.py joins simulated pieces, and shows how many words a change of these figures loses or doubles.
_GAP = -3.5  # bits if one text has an additional word, which happens to one word in twenty
_MISHEARD = -3.0  # bits if the texts have different words
_LOSS = 100  # so many doubled words weigh as much as one lost word
_SHARE = 0.6  # least share of aligned words that are the same or similar in both texts
_FOLLOWS = 4.0  # most bits of a word after another equal one: phrases recur
_SHORT = 4  # letters of words that are never similar
_SIMILAR = 2.0  # bits if most letters of two words agree
_EDGE = -1.0  # bits of a word that may be cut, and can therefore differ
_LETTER = 2.0  # bits of each remaining letter of a cut word
_PART = 5.0  # most bits of a cut word: many words have the same ending
_MOST = 11.0  # most bits of one word
_CERTAIN = 12.0  # bits of an alignment beyond which more words prove nothing more
_SPREAD = 3.0  # words: the standard deviation of how many an overlap has
_LIKE = 0.6  # share of common letters from which two words are similar
_PROSE = 200  # words of usual prose that are added to a text when its words are counted
_USUAL = (0.02, 0.015, 0.01, 0.004, 0.0015, 0.0005)  # shares of a word of 1 to 6 letters and more in usual prose
_USUAL_ELSEWHERE = 0.004  # the same in other scripts
EDGES = re.compile(r"^\W+|\W+$")
"""The punctuation around a word."""


class Weights:
    """How much a word proves, in bits, if two texts have it in common."""

    def __init__(self, *texts: Iterable[str]) -> None:
        self._counts = Counter(plain(word) for text in texts for word in text)
        self._total = self._counts.total()

    def of(self, word: str) -> float:
        """The bits of a plain word."""
        usual = _USUAL[min(len(word), len(_USUAL)) - 1] if word.isascii() else _USUAL_ELSEWHERE
        share = (self._counts[word] + _PROSE * usual) / (self._total + _PROSE)
        return min(_MOST, -log2(share))


@frozen
class _Pair:
    """An aligned pair: how many words of each text, and what they prove in bits.

    `same` says that both are one word, of which the left text may lack the end, or the right text the beginning.
    """

    left: int
    right: int
    bits: float
    same: bool = False
    cut_left: bool = False
    cut_right: bool = False


def seam(left: Sequence[str], right: Sequence[str], weights: Weights, expected: float) -> tuple[int, int] | None:
    """How many words of the left text to keep, and how many of the right text to omit; None if nothing is proved.

    Args:
        left: the last words of a text, as many as the overlap can have.
        right: the first words of the next text.
        weights: what each word proves.
        expected: how many words people usually say in the time of the overlap.
    """

    def likelihood(pairs: list[_Pair]) -> float:
        """Of an alignment, in bits; numbers of words have a normal distribution around the expected number."""
        words = sum(pair.left + pair.right for pair in pairs) / 2
        return min(_bits(pairs), _CERTAIN) - ((words - expected) / _SPREAD) ** 2 / (2 * log(2))

    alignments = _alignments([plain(word) for word in left], [plain(word) for word in right], weights)
    pairs = max(filter(_proves, alignments), key=likelihood, default=None)
    if pairs is None:
        return None
    until, since = min(
        ((until, since) for until in range(len(pairs) + 1) for since in range(until + 1)),
        key=lambda border: (_harm(pairs, *border), abs(border[0] - len(pairs) / 2)),
    )
    return len(left) - sum(pair.left for pair in pairs[until:]), sum(pair.right for pair in pairs[:since])


def plain(word: str) -> str:
    """A word in lower case without punctuation around it; punctuation alone is kept."""
    return EDGES.sub("", word.strip()).casefold() or word.strip()


def _bits(pairs: Sequence[_Pair]) -> float:
    return sum(pair.bits for pair in pairs)


def _proves(pairs: Sequence[_Pair]) -> bool:
    """Whether an alignment is more than chance."""
    return _bits(pairs) >= _PROOF and sum(pair.bits > 0 for pair in pairs) >= _SHARE * len(pairs)


def _alignments(left: Sequence[str], right: Sequence[str], weights: Weights) -> Iterable[list[_Pair]]:
    """The best alignments of the end of one text with the beginning of another, one for each word where it can begin.

    This is the algorithm of Needleman and Wunsch, but words before the alignment in the left text and words after it
    in the right text cost nothing.
    """
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    steps: dict[tuple[int, int], _Pair] = {}
    for row in range(len(left) + 1):
        for column in range(1, len(right) + 1):
            pairs = [_Pair(0, 1, _EDGE if column == 1 else _GAP)]
            if row:
                before = steps.get((row - 1, column - 1))
                pair = _compared(left, right, row - 1, column - 1, weights)
                # A run of equal words is one phrase, which people repeat: it must not prove as much as rare words.
                if pair.same and before is not None and before.same and not before.cut_right:
                    pair = evolve(pair, bits=min(pair.bits, _FOLLOWS))
                pairs += [_Pair(1, 0, _EDGE if row == len(left) else _GAP), pair]
            scores = [pair.bits + best[row - pair.left][column - pair.right] for pair in pairs]
            best[row][column] = max(scores)
            steps[row, column] = pairs[scores.index(best[row][column])]
    # The left text must be used up; the right text need not be, as its rest lies behind the overlap.
    found: dict[int, list[_Pair]] = {}
    for last in range(1, len(right) + 1):
        row, column, backwards = len(left), last, list[_Pair]()
        while column:
            backwards.append(steps[row, column])
            row, column = row - backwards[-1].left, column - backwards[-1].right
        if row not in found or _bits(backwards) > _bits(found[row]):
            found[row] = backwards[::-1]
    return found.values()


def _compared(left: Sequence[str], right: Sequence[str], row: int, column: int, weights: Weights) -> _Pair:
    """Compare two words. The last word of the left text and the first word of the right text may be cut."""
    mine, other = left[row], right[column]
    first, last = column == 0, row == len(left) - 1
    if mine == other:
        return _Pair(1, 1, weights.of(mine), same=True)
    if first and mine.endswith(other):
        return _Pair(1, 1, min(_LETTER * len(other), _PART, weights.of(mine)), same=True, cut_right=True)
    if last and other.startswith(mine):
        return _Pair(1, 1, min(_LETTER * len(mine), _PART, weights.of(other)), same=True, cut_left=True)
    if _similar(mine, other):
        return _Pair(1, 1, _SIMILAR, cut_left=last, cut_right=first)
    return _Pair(1, 1, _EDGE if first or last else _MISHEARD, cut_left=last, cut_right=first)


def _similar(mine: str, other: str) -> bool:
    if min(len(mine), len(other)) < _SHORT or not {mine[:2], mine[-2:]} & {other[:2], other[-2:]}:
        return False
    return SequenceMatcher(None, mine, other).ratio() > _LIKE


def _harm(pairs: Sequence[_Pair], until: int, since: int) -> int:
    """The cost of a seam, in lost and doubled words: the left text ends before one pair, the right text begins at one.

    If each text has a word that the other lacks, both texts must be kept around these words.
    """
    lost = sum(not pair.left or pair.cut_left for pair in pairs[:since])
    lost += sum(not pair.right or pair.cut_right for pair in pairs[until:])
    return lost * _LOSS + until - since
