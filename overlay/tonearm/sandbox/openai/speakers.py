"""The speakers of a recording: labels for its voices."""

import base64
import re
from binascii import Error as Base64Error
from collections.abc import Sequence
from io import BytesIO

from attrs import define, field

from tonearm.sandbox import audio
from tonearm.sandbox.audio import SPEECH_RATE
from tonearm.sandbox.openai.engines import SAME_VOICE, Engine
from tonearm.sandbox.openai.refusal import Refusal
from tonearm.sandbox.recording import AudioError

MOST = 4
"""Known speakers at most."""

_SHORTEST, _LONGEST = 2.0, 10.0
_DATA_URL = re.compile(r"data:[\w.+-]+/[\w.+-]+(;[\w.+-]+=[\w.+-]+)*;base64,(?P<data>.*)", re.DOTALL)


@define
class Speakers:
    """The speakers so far: known ones by their names, others as A, B, C in the order in which they begin to speak."""

    _voices: list[tuple[str, float]] = field(factory=list[tuple[str, float]])
    _strangers: int = field(default=0, init=False)

    @classmethod
    def known(cls, names: Sequence[str], references: Sequence[str], engine: Engine) -> "Speakers":
        """Read samples of known voices, given as data URLs.

        Raises:
            Refusal: a sample is no data URL of audio, or not 2 to 10 seconds long.
        """
        return cls([(name, _voice(url, engine)) for name, url in zip(names, references, strict=True)])

    def label(self, voice: float) -> str:
        """Return the label of a voice."""
        near = min(self._voices, key=lambda known: abs(known[1] - voice), default=None)
        if near is not None and abs(near[1] - voice) < SAME_VOICE:
            return near[0]
        name = chr(ord("A") + self._strangers % 26)
        self._strangers += 1
        self._voices.append((name, voice))
        return name


def _voice(url: str, engine: Engine) -> float:
    match = _DATA_URL.fullmatch(url)
    if match is None:
        raise _refusal("Each known speaker reference must be a data URL in base64.")
    try:
        samples = list(audio.decode(BytesIO(base64.b64decode(match["data"], validate=True))))
    except (Base64Error, AudioError) as error:
        raise _refusal("A known speaker reference could not be decoded as audio.") from error
    duration = sum(map(len, samples)) / 2 / SPEECH_RATE
    if not _SHORTEST <= duration <= _LONGEST:
        raise _refusal(
            f"A known speaker reference must last {_SHORTEST:g} to {_LONGEST:g} seconds, not {duration:.2f}."
        )
    turn = next(engine.turns(samples), None)
    if turn is None:
        raise _refusal("Nobody speaks in a known speaker reference.")
    return turn.voice


def _refusal(message: str) -> Refusal:
    return Refusal(message, param="known_speaker_references", code="invalid_value")
