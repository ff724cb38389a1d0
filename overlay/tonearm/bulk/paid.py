"""What was paid for and could not be put where it belongs: it is kept, so that the next attempt does not pay again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import tonearm

from .. import InvalidInput
from .._engine import keeps
from .._files import is_remote, read_state, state_folder, write_anywhere, write_state
from .jobs import Job
from .work import Result, paid_in_full


def delivered(
    folder: Path | None,
    job: Job,
    asked: Mapping[str, Any],
    pay: Callable[[], tonearm.openai.Transcript],
    deliver: Callable[[tonearm.openai.Transcript], Result],
) -> Result:
    """Get a transcript, and deliver it; one that cannot be delivered now is kept, and found by the next attempt.

    Args:
        folder: where it is kept; the folder for state when None.
        job: the job, in one ledger.
        asked: what the transcript depends on: of which file, as it is now, and with which options.
        pay: gets it.
        deliver: puts it where it belongs.
    """
    note = _place(folder, job, asked, "openai-recognition-{}.json")
    found = _transcript(note) if note is not None and job.begun else None
    transcript = found or pay()
    try:
        result = deliver(transcript)
    except BaseException as error:
        paid_in_full(error)
        if note is not None:
            with suppress(OSError, InvalidInput, TypeError, ValueError):  # what is told is why the job has failed
                note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_state(note, {"raw": dict(transcript.raw), "request_id": transcript.request_id})
                keeps(error)
        raise
    if note is not None and found is not None:
        note.unlink(missing_ok=True)
    return result


def written(
    folder: Path | None, job: Job, asked: Mapping[str, Any], place: str, speak: Callable[[Path], object]
) -> int:
    """Write speech to its place; what cannot be sent elsewhere now is kept, and found by the next attempt.

    Args:
        folder: where it is kept; the folder for state when None.
        job: the job, in one ledger.
        asked: what the speech depends on: the text, and the options.
        place: where it belongs.
        speak: makes the file, whole or not at all.

    Returns:
        Its bytes.
    """
    draft = _place(folder, job, asked, "openai-speech-{}" + Path(place).suffix) if is_remote(place) else None
    if draft is not None:
        with suppress(OSError):  # whoever writes there says what is wrong
            draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        size = write_anywhere(place, speak, draft)
    except BaseException as error:
        if draft is not None and draft.is_file():
            keeps(paid_in_full(error))
        raise
    if draft is not None:
        draft.unlink(missing_ok=True)
    return size


def _transcript(note: Path) -> tonearm.openai.Transcript | None:
    with suppress(KeyError, TypeError, ValueError):  # a file that is not ours
        kept = read_state(note)
        return None if kept is None else tonearm.openai.Transcript.of(kept["raw"], kept["request_id"])
    return None


def _place(folder: Path | None, job: Job, asked: Mapping[str, Any], name: str) -> Path | None:
    """A file for one job of one ledger; None where the job is of none, or there is no folder for state."""
    if job.mark is None:
        return None
    said = json.dumps([job.mark, job.input, job.output, dict(asked)], sort_keys=True, default=str)
    with suppress(InvalidInput):
        return (folder or state_folder()) / name.format(hashlib.sha256(said.encode()).hexdigest()[:32])
    return None
