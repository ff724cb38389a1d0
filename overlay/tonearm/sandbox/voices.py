"""Text to speech in another process: flite when it is on PATH, else espeak-ng."""

import io
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from tonearm.sandbox import audio

SPEECH_RATE = 24_000
"""Samples per second of the speech."""

Engine = Literal["flite", "espeak"]

_FLITE_VOICES = {
    "ash": "rms", "ballad": "rms", "cedar": "rms", "echo": "rms", "fable": "awb", "onyx": "rms", "verse": "rms"
}  # fmt: skip
_ESPEAK = Path(__file__).with_name("espeak.py")
_WORDS_PER_MINUTE = 175
_SLOWEST, _FASTEST = 80, 450  # what espeak-ng accepts


class SpeechError(Exception):
    """The engine could not speak the text."""


def speak(text: str, *, voice: str = "alloy", speed: float = 1.0, engine: Engine | None = None) -> Iterator[bytes]:
    """Speak a text; return mono samples, signed 16 bit little-endian, at SPEECH_RATE.

    flite reads only English in Latin letters, so espeak-ng speaks a text without any. It has one voice and speaks at 80
    to 450 words per minute, whatever the requested speed.

    Args:
        text: the text; one without words becomes a tenth of a second of silence.
        voice: one of OpenAI's voice names; other names sound like `alloy`.
        speed: 1 is the engine's own pace, 2 twice as fast.
        engine: the engine to use; None chooses.

    Raises:
        SpeechError: the engine failed.
    """
    latin = _latin(text)
    if engine is None:
        engine = "flite" if shutil.which("flite") and any(map(str.isalnum, latin)) else "espeak"
    with tempfile.TemporaryDirectory(prefix="tonearm-speech-") as folder:
        wave = Path(folder) / "speech.wav"
        if engine == "flite":
            words = Path(folder) / "text.txt"
            words.write_text(latin, encoding="ascii")
            stretch = f"duration_stretch={1 / speed:.4f}"
            _run(["flite", "-voice", _FLITE_VOICES.get(voice, "slt"), "--setf", stretch, "-f", words, "-o", wave])
        else:
            rate = min(max(round(_WORDS_PER_MINUTE * speed), _SLOWEST), _FASTEST)
            _run([sys.executable, "-P", _ESPEAK, wave, str(rate)], text=text)
        sound = io.BytesIO(
            wave.read_bytes()
        )  # minutes at most; read whole, so that a client that leaves does not keep the folder
    spoken = False
    for block in audio.decode(sound, rate=SPEECH_RATE):
        spoken = True
        yield block
    if not spoken:
        yield bytes(SPEECH_RATE // 10 * 2)


def _latin(text: str) -> str:
    """Write a text in ASCII: without accents, with plain quotes and dashes, and without other characters."""
    plain = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: " - ", 0x2014: " - "})
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()


def _run(command: list[str | Path], *, text: str = "") -> None:
    try:
        subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    except subprocess.CalledProcessError as error:
        detail = error.stderr.decode(errors="replace").strip().splitlines()
        raise SpeechError(detail[-1] if detail else f"{command[0]} ended with status {error.returncode}") from error
    except OSError as error:
        raise SpeechError(str(error)) from error
