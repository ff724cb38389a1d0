"""The marker voice: text to tones, with the true times of the words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tonearm.sandbox.marker import codebook
from tonearm.sandbox.marker.phrases import phrases
from tonearm.sandbox.marker.word import SPEAKERS, Word
from tonearm.sandbox.voices import SPEECH_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GAP = 0.1
"""Seconds of silence between two words."""

PAUSE = 0.6
"""Seconds of silence between two sentences."""

_LOWEST_RATE = 8000
_EDGE = 0.005  # seconds in which a tone rises and falls
_LEVEL = 5000  # of each of the two tones; the largest sample is 32767
_BREATH = 0.125  # noise over which each tone sounds: Opus at low bit rates howls at pure tones and drowns the next ones


@frozen
class Speech:
    """A spoken text: iterate over it for its samples, mono, signed 16 bit little-endian, in blocks.

    `words` are the true words with their true times, `duration` is in seconds, `rate` in samples per second.
    """

    words: tuple[Word, ...]
    duration: float
    rate: int

    def __iter__(self) -> Iterator[bytes]:
        spoken = 0
        for word in self.words:
            start = round(word.start * self.rate)
            tones = _tones(word, self.rate)
            yield bytes(2 * (start - spoken))
            yield tones
            spoken = start + len(tones) // 2
        yield bytes(2 * (round(self.duration * self.rate) - spoken))

    def __add__(self, other: Speech) -> Speech:
        """Append another speech. Raises ValueError when its rate differs."""
        if other.rate != self.rate:
            raise ValueError(f"speech at {other.rate} samples per second cannot follow speech at {self.rate}")
        later = (evolve(word, start=word.start + self.duration, end=word.end + self.duration) for word in other.words)
        return Speech((*self.words, *later), self.duration + other.duration, self.rate)


def speak(text: str, *, speaker: str = "A", rate: int = SPEECH_RATE, before: float = 0.1, after: float = 0.1) -> Speech:
    """Speak a text: about three words a second, with a pause between sentences.

    Args:
        text: what to say, in any language; a text without a word is silence.
        speaker: the label of the speaker, one of SPEAKERS.
        rate: samples per second, 8000 or more.
        before: seconds of silence before the first word.
        after: seconds of silence after the last word.

    Raises:
        ValueError: no such speaker, or a rate that is too low for the tones.
    """
    if len(speaker) != 1 or speaker not in SPEAKERS:
        raise ValueError(f"speaker: one of {SPEAKERS}, not {speaker!r}")
    if rate < _LOWEST_RATE:
        raise ValueError(f"rate: {_LOWEST_RATE} samples per second or more, not {rate}")
    words: list[Word] = []
    start = end = round(before * rate)
    for phrase in phrases(text):
        for piece in (piece for word in phrase for piece in codebook.split(word)):
            end = start + (len(piece.encode()) + codebook.FRAMING) * _symbol_size(rate)
            words.append(Word(piece, start / rate, end / rate, 1.0, speaker))
            start = end + round(GAP * rate)
        start = end + round(PAUSE * rate)
    return Speech(tuple(words), (end + round(after * rate)) / rate, rate)


def _symbol_size(rate: int) -> int:
    return round(codebook.SYMBOL * rate)


def _tones(word: Word, rate: int) -> bytes:
    low, high = _waves(rate)
    symbols = codebook.encode(word.text, SPEAKERS.index(word.speaker))
    return (low[[tone for tone, _ in symbols]] + high[[tone for _, tone in symbols]]).tobytes()


@cache
def _waves(rate: int) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Return the samples of every low and of every high tone, one tone per row."""
    import numpy as np

    noise = np.random.default_rng(0)
    times = (np.arange(_symbol_size(rate)) + 0.5) / rate
    rise = np.minimum(np.minimum(times, times[::-1]) / _EDGE, 1.0)
    envelope = _LEVEL * (1 - np.cos(np.pi * rise)) / 2

    def waves(frequencies: tuple[int, ...]) -> NDArray[np.int16]:
        tones = np.sin(2 * np.pi * np.outer(frequencies, times))
        return np.round(envelope * (tones + noise.normal(scale=_BREATH, size=tones.shape))).astype("<i2")

    return waves(codebook.LOW), waves(codebook.HIGH)
