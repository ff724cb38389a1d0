"""A long text for the marker engine, which speaks it exactly, and what must be heard in the file that is made of it."""

import random
from collections.abc import Iterator
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import av
import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from tests.inside.openai import script
from tonearm.sandbox import Exchange, Sandbox, audio, marker
from tonearm.sandbox.voices import SPEECH_RATE

WORDS = ("amber", "birch", "cloud", "delta", "ember", "frost", "grove", "haven", "ivory", "jetty", "kelp", "lunar")
SETTINGS: dict[str, Any] = {"api_key": "sandbox-key", "speech_model": "marker"}
VOICE = "alloy"


def long_text(size: int, seed: int = 1) -> str:
    """Sentences and paragraphs of so many characters at least."""
    choice = random.Random(seed)
    found: list[str] = []
    while sum(map(len, found)) < size:
        sentence = " ".join(choice.choices(WORDS, k=choice.randint(4, 14))).capitalize()
        found.append(sentence + choice.choice([". ", "? ", "! ", ".\n\n"]))
    return "".join(found).strip()


@frozen
class Spoken:
    """A text, and how the marker engine speaks it in pieces of a length."""

    text: str
    piece: int | None = None

    @property
    def pieces(self) -> list[marker.Speech]:
        texts = script(self.text, self.piece, None, None)
        return [marker.speak(piece, speaker="A", rate=SPEECH_RATE) for piece in texts]

    @property
    def whole(self) -> marker.Speech:
        return reduce(add, self.pieces)

    def seams(self) -> Iterator[float]:
        """The seconds at which one piece follows another."""
        end = 0.0
        for piece in self.pieces[:-1]:
            end += piece.duration
            yield end


def samples(path: Path) -> tuple[int, NDArray[np.int16]]:
    """The rate of a file, and its samples as they are decoded."""
    rate = audio.probe(path).sample_rate
    return rate, np.frombuffer(b"".join(audio.decode(path, rate=rate)), dtype="<i2")


def from_time(path: Path, time: float) -> tuple[float, bytes]:
    """Seek in a file: the time that was reached, and the sound from there on at 16 kHz.

    As players do, it seeks a little earlier: the decoder of AAC may drop the first frame after a seek.
    """
    resampler = av.AudioResampler("s16", "mono", audio.SPEECH_RATE)
    reached: float | None = None
    sound: list[bytes] = []
    with av.open(path) as container:
        stream = container.streams.audio[0]
        zero = float((stream.start_time or 0) * (stream.time_base or 0))
        container.seek(int((time - 0.1 + zero) * 1_000_000))
        for frame in container.decode(stream):
            reached = frame.time - zero if reached is None and frame.time is not None else reached
            sound += [bytes(piece.planes[0])[: 2 * piece.samples] for piece in resampler.resample(frame)]
    assert reached is not None
    return reached, b"".join(sound)


def asked(box: Sandbox, since: int = 0) -> list[Exchange]:
    """The requests for speech that a sandbox got, from one on."""
    return [exchange for exchange in box.requests[since:] if exchange.path.endswith("/audio/speech")]
