"""Transcribes many recordings with asyncio, up to 100 at a time, with one client.

    export OPENAI_API_KEY=...
    python examples/many_calls.py whisper-1 voicemail/*.ogg

The text of voicemail/1.ogg goes to voicemail/1.txt. A recording that fails does not stop the others. Run it again for
those that failed: recordings that have their text are left out.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import tonearm

MOST = 100
"""Calls at a time. httpx opens 100 connections at most, unless a client of your own is given as `http=`."""


async def transcribe_all(recordings: Sequence[Path], model: str) -> int:
    """Write the text of each recording beside it; returns how many failed."""
    limit = asyncio.Semaphore(MOST)
    failed = 0

    async def transcribe(recording: Path) -> None:
        nonlocal failed
        async with limit:
            try:
                note = await ai.transcribe(recording)
            except tonearm.TonearmError as error:
                print(f"{recording}: {error}", file=sys.stderr)
                failed += 1
            else:
                recording.with_suffix(".txt").write_text(note.text, encoding="utf-8")

    async with tonearm.AsyncOpenAI(transcription_model=model) as ai, asyncio.TaskGroup() as tasks:
        for recording in recordings:
            if not recording.with_suffix(".txt").exists():
                tasks.create_task(transcribe(recording))
    return failed


if __name__ == "__main__":
    _, model, *recordings = sys.argv
    sys.exit(1 if asyncio.run(transcribe_all([Path(recording) for recording in recordings], model)) else 0)
