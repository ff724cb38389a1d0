"""Trials of seams: prose is cut in two pieces that share some words, both are heard with faults, and joined again.

The words at a seam are numbered, so that it is known of each which are lost, or said twice.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from tests.inside.openai import alignment

SENTENCES = re.split(r"(?<=\.) ", Path(__file__).with_name("prose.txt").read_text("utf-8").strip())
WORDS = " ".join(SENTENCES).split()
WINDOW = 21
"""Words of each text at the seam that are compared: what may be said in an overlap of three seconds."""
USUAL = 8
"""Words that are usually said in it."""


@frozen
class Condition:
    """How many words both pieces have, which share of all is misheard, and whether the words at the edges are cut.

    In a song there are no sentences, but lines, which may be sung up to four times in a row.
    """

    shared: int
    misheard: float = 0.0
    cut: bool = False
    song: bool = False

    def __str__(self) -> str:
        heard = "heard alike" if not self.misheard else f"{self.misheard:.0%} misheard"
        of = " of a song" if self.song else ""
        return f"{self.shared} words{of}, {heard}, edge words {'cut' if self.cut else 'whole'}"


@frozen
class Rates:
    """The shares of seams that lost a word, and that said more than one twice."""

    lost: float
    doubled: float


CONDITIONS = [
    Condition(shared, misheard, cut, song)
    for shared, song in ((0, False), (3, False), (8, False), (8, True))
    for misheard in (0.0, 0.05)
    for cut in (False, True)
]
HARDEST = Condition(3, 0.05, cut=True)


def allowed(condition: Condition) -> Rates:
    """What may happen: three words of which one may be misheard and two are cut leave little to go by."""
    if condition.song:
        return Rates(0.02, 0.02)
    return Rates(0.01, 0.10) if condition == HARDEST else Rates(0.003, 0.02)


def rates(condition: Condition, seams: int) -> Rates:
    """Join so many seams, the same ones in each call."""
    chance = random.Random(f"seams {condition}")
    found = [_trial(chance, condition) for _ in range(seams)]
    return Rates(sum(lost > 0 for lost, _ in found) / seams, sum(twice > 1 for _, twice in found) / seams)


def _trial(chance: random.Random, condition: Condition) -> tuple[int, int]:
    """How many words one seam loses, and how many it says twice."""
    said = _song(chance) if condition.song else " ".join(chance.sample(SENTENCES, 16)).split()
    middle = len(said) // 2 + chance.randrange(20)
    left = _heard(chance, said, range(middle), condition, cut_last=condition.cut)
    first = middle - condition.shared
    right = _heard(chance, said, range(first, len(said)), condition, cut_first=condition.cut)
    texts = [word for _, word, _ in left], [word for _, word, _ in right]
    kept, dropped = len(left), 0
    begin = max(0, len(left) - WINDOW)
    seam = alignment.seam(texts[0][begin:], texts[1][:WINDOW], alignment.Weights(*texts), USUAL)
    if seam is not None:
        kept, dropped = begin + seam[0], seam[1]
    joined = [*left[:kept], *right[dropped:]]
    whole = {number for number, _, is_whole in [*left, *right] if is_whole}
    lost = whole - {number for number, _, is_whole in joined if is_whole}
    return len(lost), len(joined) - len({number for number, _, _ in joined})


def _song(chance: random.Random) -> list[str]:
    lines = [sentence.split()[: chance.randint(4, 8)] for sentence in chance.sample(SENTENCES, 25)]
    return [word for line in lines for word in line * chance.randint(1, 4)]


def _heard(
    chance: random.Random,
    said: Sequence[str],
    numbers: range,
    condition: Condition,
    *,
    cut_first: bool = False,
    cut_last: bool = False,
) -> list[tuple[int, str, bool]]:
    """The words as a recogniser hears them, with their numbers, and whether they are whole; cut ones may be nothing."""
    heard: list[tuple[int, str, bool]] = []
    for number in numbers:
        word, whole = said[number], True
        if cut_first and number == numbers[0]:
            word, whole = word[chance.randint(1, len(word)) :], False
        elif cut_last and number == numbers[-1]:
            word, whole = word[: chance.randrange(len(word))], False
        elif chance.random() < condition.misheard:
            word = chance.choice([chance.choice(WORDS), f"{word[:-1]}{chance.choice('aeiou')}", f"{word}s"])
        if word:
            heard.append((number, word, whole))
    return heard
