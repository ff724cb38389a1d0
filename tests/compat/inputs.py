"""What the files in tests/compat/ were made from, so that a later version can be asked for the same again."""

from __future__ import annotations

import lzma
import wave
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from tonearm.sandbox import marker

HERE = Path(__file__).parent
HOME = "/home/ada"
"""The home folder of the user whose files these are; journals name files below it."""
PORT = 8787
"""The port of the sandbox that they came from; journals name it, and the digests of kept work depend on it."""
MODIFIED = 1_700_000_000
"""When every recording was last modified, in seconds since 1970."""

RATE = 8000
SENTENCES = ("amber birch cloud", "delta ember frost", "grove haven ivory", "jetty kelp lunar")
BOOK = " ".join(f"{sentence.capitalize()}." for sentence in SENTENCES)
"""A text of four pieces."""

PART = 3_000
"""Bytes of a part of an upload."""
SPOKEN: dict[str, Any] = {"model": "marker", "voice": "alloy", "piece": 20}
"""How the text is spoken: a piece is a sentence."""
HEARD: dict[str, Any] = {"model": "marker-whisper", "piece": 10.0}
"""How the recording is transcribed: a piece is a sentence."""
HINTED: dict[str, Any] = {**HEARD, "words": True, "language": "en", "prompt": "Amber, birch.", "temperature": 0.0}
"""The same with what else can be asked of a transcription."""
DIARIZED: dict[str, Any] = {
    **HEARD,
    "model": "marker-diarize",
    "format": "diarized_json",
    "chunking_strategy": "auto",
}
"""The same with speakers."""


def talk(folder: Path) -> Path:
    """Write the recording: WAV, as its pieces are then the same bytes with every version of FFmpeg."""
    path = folder / "talk.wav"
    path.write_bytes(lzma.decompress((HERE / "talk.wav.xz").read_bytes()))
    return path


def album(folder: Path) -> Path:
    """Give the tracks that the Jellyfin server has; `folder` is a copy of them."""
    return folder / "library"


def make(folder: Path) -> None:
    """Write the inputs themselves, once: spoken by the marker voice, which the sandbox understands exactly."""
    spoken = [marker.speak(f"{one}.", rate=RATE, before=4.0, after=4.0) for one in SENTENCES]
    with wave.open(str(folder / "talk.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(b"".join(reduce(add, spoken)))
    (folder / "talk.wav.xz").write_bytes(lzma.compress((folder / "talk.wav").read_bytes()))
    (folder / "talk.wav").unlink()
    for number, sentence in enumerate(SENTENCES[:3], 1):
        tags = {"title": sentence.title(), "artist": "Ada", "album": "Blue", "track": str(number)}
        _track(folder / "library" / "Blue" / f"{number}.flac", tags, marker.speak(sentence, rate=RATE))


def _track(path: Path, tags: dict[str, str], speech: marker.Speech) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(path, "w", format="flac", options={"fflags": "+bitexact"}) as target:
        target.metadata.update(tags)
        stream = target.add_stream("flac", RATE, layout="mono")
        assert isinstance(stream, AudioStream)
        samples = b"".join(speech)
        frame = AudioFrame("s16", "mono", samples=len(samples) // 2)
        frame.sample_rate = RATE
        frame.planes[0].update(samples)
        target.mux(stream.encode(frame))
        target.mux(stream.encode(None))


if __name__ == "__main__":
    make(HERE)
