#!/usr/bin/env python3
"""Speak the texts beside the sandbox's clips again: library/NAME.txt becomes library/NAME.flac.

Needs flite (Debian package `flite`) on PATH and the `media` extra. The texts are the project's own.
"""

# pyright: reportUnknownMemberType=false
# PyAV's own stubs leave the type arguments of Packet out.
import subprocess
import tempfile
from pathlib import Path

import av

LIBRARY = Path(__file__).resolve().parent.parent / "overlay/tonearm/sandbox/library"


def speak(text: Path, clip: Path) -> None:
    """Speak a text file into a FLAC clip of one channel at the voice's own 16 kHz."""
    with tempfile.TemporaryDirectory() as folder:
        wave = Path(folder) / "speech.wav"
        subprocess.run(["flite", "-voice", "slt", "-f", str(text), "-o", str(wave)], check=True)
        with av.open(wave) as source, av.open(clip, "w", options={"fflags": "+bitexact"}) as target:
            stream = target.add_stream("flac", 16_000, layout="mono", options={"compression_level": "12"})
            for frame in source.decode(audio=0):
                target.mux(stream.encode(frame))
            target.mux(stream.encode(None))


if __name__ == "__main__":
    for text in sorted(LIBRARY.glob("*.txt")):
        clip = text.with_suffix(".flac")
        speak(text, clip)
        print(f"{clip.name}: {clip.stat().st_size} bytes")
