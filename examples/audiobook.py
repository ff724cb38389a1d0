"""Reads a text aloud into one audio file; its name says the format: .mp3, .m4a, .opus, .flac or .wav.

    export OPENAI_API_KEY=...
    python examples/audiobook.py book.txt book.m4a gpt-4o-mini-tts coral

The text may have any length. After an interruption run the same command again: only the pieces that are missing are
paid for. `tonearm openai estimate book.txt --model MODEL` says beforehand what it costs.
"""

import sys
from pathlib import Path

import tonearm


def show(progress: tonearm.Progress) -> None:
    """Print how many pieces are done."""
    print(f"\r{progress.phase}: {progress.done} of {progress.total}", end="", file=sys.stderr)


def read_aloud(text: Path, to: Path, model: str, voice: str) -> tonearm.openai.SpokenFile:
    """Speak a text file into an audio file."""
    with tonearm.OpenAI(speech_model=model) as ai:
        return ai.speak(text.read_text(encoding="utf-8"), to, voice=voice, workers=4, on_progress=show)


if __name__ == "__main__":
    _, text, to, model, voice = sys.argv
    try:
        book = read_aloud(Path(text), Path(to), model, voice)
    except tonearm.TonearmError as error:
        sys.exit(f"\n{error}")
    print(f"\n{book.path}: {book.duration or 0:.0f} seconds from {book.pieces} requests")
