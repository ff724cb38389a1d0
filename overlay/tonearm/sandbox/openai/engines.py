"""The engines that speak and recognise: real speech, and the marker engine, whose words and times are exact."""

import math
from collections.abc import Iterable, Iterator
from typing import Protocol

from attrs import define, field, frozen

from tonearm.sandbox import voices
from tonearm.sandbox.openai.models import EngineName
from tonearm.sandbox.openai.pitch import PitchTrack
from tonearm.sandbox.recogniser import Recogniser, Segment

VOICES = (
    "alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage", "shimmer", "verse"
)  # fmt: skip
"""The built-in voices."""


@frozen
class Turn:
    """A segment and its voice: voices less than SAME_VOICE apart are of one speaker."""

    segment: Segment
    voice: float


SAME_VOICE = 0.25
"""A quarter of an octave between the pitches of real voices."""


class Engine(Protocol):
    """Speaks and recognises text."""

    def speak(self, text: str, *, voice: str, speed: float) -> Iterable[bytes]:
        """Speak; return mono samples, signed 16 bit little-endian, at `voices.SPEECH_RATE`."""
        ...

    def recognise(self, samples: Iterable[bytes]) -> Iterator[Segment]:
        """Recognise mono samples, signed 16 bit little-endian at 16 kHz."""
        ...

    def turns(self, samples: Iterable[bytes]) -> Iterator[Turn]:
        """Recognise segments and their voices."""
        ...


@frozen
class Human:
    """Real speech: flite or espeak-ng, and pocketsphinx; a voice is its pitch in octaves."""

    recogniser: Recogniser = field(factory=Recogniser)

    def speak(self, text: str, *, voice: str, speed: float) -> Iterable[bytes]:
        return voices.speak(text, voice=voice, speed=speed)

    def recognise(self, samples: Iterable[bytes]) -> Iterator[Segment]:
        return self.recogniser.recognise(samples)

    def turns(self, samples: Iterable[bytes]) -> Iterator[Turn]:
        track = PitchTrack()
        for segment in self.recognise(track.listen(samples)):
            yield Turn(segment, math.log2(track.median(segment.start, segment.end)))


@frozen
class Marker:
    """Words coded as tones, at one speed; the voices, in their order, are the speakers A, B, C and so on."""

    def speak(self, text: str, *, voice: str, speed: float) -> Iterable[bytes]:  # noqa: ARG002  # it has one speed
        from tonearm.sandbox import marker

        number = VOICES.index(voice) if voice in VOICES else 0
        return marker.speak(text, speaker=marker.SPEAKERS[number])

    def recognise(self, samples: Iterable[bytes]) -> Iterator[Segment]:
        from tonearm.sandbox import marker

        return marker.recognise(samples)

    def turns(self, samples: Iterable[bytes]) -> Iterator[Turn]:
        from tonearm.sandbox import marker

        for segment in self.recognise(samples):
            (*_, word) = segment.words
            yield Turn(segment, float(marker.SPEAKERS.index(word.speaker)) if isinstance(word, marker.Word) else 0.0)


@define
class Engines:
    """The engines of one service."""

    human: Human = field(factory=Human)
    marker: Marker = field(factory=Marker)

    def get(self, name: EngineName) -> Engine:
        return self.human if name == "human" else self.marker

    def close(self) -> None:
        """End the recogniser's process."""
        self.human.recogniser.close()
