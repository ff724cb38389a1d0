"""Recordings of real speech with the true times of their words, which the synthesiser itself tells.

What recognises them knows their sentences beforehand (a closed language model): that tests how recordings are cut and
answers stitched together, not how well speech is recognised.
"""

from __future__ import annotations

import random
import subprocess
import sys
import wave
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median

from attrs import evolve, frozen

from tests.inside.audio import Coding, Grid, encode

RATE = 16_000
SENTENCES = 20
_DETERMINERS = ("the", "every", "that", "our")
_ADJECTIVES = ("small", "heavy", "quiet", "yellow", "broken", "careful", "famous", "ancient", "pleasant", "narrow")
_NOUNS = ("garden", "captain", "window", "river", "teacher", "mountain", "letter", "kitchen", "doctor", "bicycle")
_VERBS = ("follows", "remembers", "carries", "protects", "answers", "discovers", "borrows", "describes", "repairs")
_PLACES = ("behind", "beside", "without", "under", "toward", "beyond")
_ENDS = ("before breakfast", "in september", "after the concert", "during the winter", "on wednesday morning")


@frozen
class Word:
    """A word, and when it is said, in seconds."""

    text: str
    start: float
    end: float

    def later(self, seconds: float) -> Word:
        return evolve(self, start=self.start + seconds, end=self.end + seconds)


@frozen
class Clip:
    """A sentence as it is spoken: samples at RATE, mono, of 16 bit, and its words."""

    samples: bytes
    words: tuple[Word, ...]

    def bare(self) -> Clip:
        """The same without the silence around it."""
        first, last = (round(time * RATE) for time in (self.words[0].start, self.words[-1].end))
        return Clip(self.samples[2 * first : 2 * last], tuple(word.later(-first / RATE) for word in self.words))


@frozen
class Recording:
    path: Path
    words: tuple[Word, ...]


def _sentences() -> list[str]:
    pick = random.Random(1).choice

    def thing() -> str:
        return f"{pick(_DETERMINERS)} {pick(_ADJECTIVES)} {pick(_NOUNS)}"

    return [f"{thing()} {pick(_VERBS)} {thing()} {pick(_PLACES)} {thing()} {pick(_ENDS)}" for _ in range(SENTENCES)]


def _spoken(text: str, to: Path) -> list[tuple[str, float]]:
    """Speak a text with flite: the phones of it, and when each of them ends."""
    command = ["flite", "-psdur", "-voice", "slt", "-t", text, "-o", str(to)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return [(phone, float(end)) for phone, _, end in (one.partition(":") for one in told)]


def _counts(words: Sequence[str], folder: Path) -> dict[str, int]:
    """How many phones each word has."""
    phones = [phone for phone, _ in _spoken(". ".join(words) + ".", folder / "words.wav")]
    groups = " ".join(phones).split("pau")
    return dict(zip(words, (len(group.split()) for group in groups if group.split()), strict=True))


@cache
def clips(folder: Path) -> list[Clip]:
    """The sentences as they are spoken."""
    texts = _sentences()
    counts = _counts(sorted({word for text in texts for word in text.split()}), folder)
    return [_clip(text, counts, folder / "clip.wav") for text in texts]


def _clip(text: str, counts: dict[str, int], file: Path) -> Clip:
    told = _spoken(text, file)
    phones = [
        (start, end) for (_, start), (phone, end) in zip([("", 0.0), *told], told, strict=False) if phone != "pau"
    ]
    assert len(phones) == sum(counts[word] for word in text.split())
    words: list[Word] = []
    for word in text.split():
        mine, phones = phones[: counts[word]], phones[counts[word] :]
        words.append(Word(word, mine[0][0], mine[-1][1]))
    with wave.open(str(file)) as reader:
        assert (reader.getframerate(), reader.getnchannels()) == (RATE, 1)
        return Clip(reader.readframes(reader.getnframes()), tuple(words))


@cache
def language_model(folder: Path) -> Path:
    """A language model of these sentences and no others."""
    lines, model = folder / "sentences.txt", folder / "closed.lm"
    lines.write_text("".join(f"<s> {text} </s>\n" for text in _sentences()))
    command = [str(Path(sys.executable).with_name("pocketsphinx_lm")), "-s", str(lines), "-o", str(model)]
    subprocess.run(command, check=True, capture_output=True)
    return model


@cache
def recording(folder: Path, suffix: str, minutes: float, *, pauses: bool = True) -> Recording:
    """Sentences for so many minutes, in any order, with pauses of any length between them or without any."""
    dice = random.Random(2)
    words: list[Word] = []
    sound = bytearray()
    while len(sound) < minutes * 60 * 2 * RATE:
        clip = dice.choice(clips(folder))
        clip = clip if pauses else clip.bare()
        words += [word.later(len(sound) / 2 / RATE) for word in clip.words]
        sound += clip.samples
        sound += bytes(2 * round(dice.uniform(0.1, 0.9) * RATE)) if pauses else b""
    path = folder / f"{'pauses' if pauses else 'breath'}-{minutes:g}.{suffix}"
    _write(bytes(sound), path)
    return Recording(path, tuple(words))


def _write(sound: bytes, path: Path) -> None:
    grid = Grid(RATE, 1)
    with path.open("w+b") as file:
        if path.suffix == ".wav":
            file.write(grid.header(len(sound)) + sound)
        else:
            coding: dict[str, Coding] = {".mp3": "mp3", ".flac": "flac", ".m4a": "m4a"}
            encode(
                (sound[start : start + RATE] for start in range(0, len(sound), RATE)), grid, file, coding[path.suffix]
            )


@frozen
class Comparison:
    """What was heard, held against what was said."""

    said: Sequence[Word]
    heard: Sequence[Word]

    def pairs(self) -> Iterator[tuple[Word, Word]]:
        """Words that were said and heard."""
        for block in self._matcher().get_matching_blocks():
            yield from zip(self.said[block.a :][: block.size], self.heard[block.b :][: block.size], strict=True)

    def error_rate(self) -> float:
        """Words that are wrong, missing or too many, of those that were said; never too few of them."""
        changed = [code for code in self._matcher().get_opcodes() if code[0] != "equal"]
        return sum(max(i2 - i1, j2 - j1) for _, i1, i2, j1, j2 in changed) / len(self.said)

    def starts(self) -> list[tuple[float, float]]:
        """When each word was said, and how much later it was heard."""
        return [(said.start, heard.start - said.start) for said, heard in self.pairs()]

    def uncovered(self, around: float, reach: float = 3.0) -> list[Word]:
        """Words near a time during which nothing was heard."""
        near = [word for word in self.said if abs(word.start - around) < reach]
        return [word for word in near if not any(_overlap(word, one) > -0.05 for one in self.heard)]

    def doubled(self, around: float, reach: float = 3.0) -> list[Word]:
        """Words near a time that were heard during others."""
        near = sorted((word for word in self.heard if abs(word.start - around) < reach), key=lambda word: word.start)
        return [after for before, after in pairwise(near) if _overlap(before, after) > 0.05]

    def _matcher(self) -> SequenceMatcher[str]:
        return SequenceMatcher(
            None, [word.text for word in self.said], [word.text for word in self.heard], autojunk=False
        )


def _overlap(one: Word, other: Word) -> float:
    return min(one.end, other.end) - max(one.start, other.start)


def middle(starts: Sequence[tuple[float, float]], start: float, end: float) -> float:
    """The median of how much later the words between two times were heard."""
    return median(late for time, late in starts if start <= time < end)
