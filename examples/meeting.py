"""Makes subtitles of a recorded meeting: meeting.srt and meeting.vtt beside meeting.m4a.

    export OPENAI_BASE_URL=http://localhost:8000/v1 OPENAI_API_KEY=...
    python examples/meeting.py meeting.m4a whisper-1

A long recording is cut where nobody speaks. After an interruption run the same command again: only the parts that are
missing are sent.
"""

import sys
from pathlib import Path

import tonearm


def show(progress: tonearm.Progress) -> None:
    """Print how far the work is: bytes or seconds, as its phase has them."""
    print(f"\r{progress.phase}: {progress.done} of {progress.total or '?'}", end="", file=sys.stderr)


def subtitle(recording: Path, model: str) -> list[Path]:
    """Transcribe a recording and write its subtitles beside it."""
    with tonearm.OpenAI(transcription_model=model) as ai:
        note = ai.transcribe(recording, words=True, workers=4, on_progress=show)
    srt, vtt = recording.with_suffix(".srt"), recording.with_suffix(".vtt")
    srt.write_text(note.to_srt(), encoding="utf-8")
    vtt.write_text(note.to_vtt(), encoding="utf-8")
    return [srt, vtt]


if __name__ == "__main__":
    _, recording, model = sys.argv
    try:
        files = subtitle(Path(recording), model)
    except tonearm.TonearmError as error:
        sys.exit(f"\n{error}")
    print("", *files, sep="\n")
