"""Keeps a paid result that could not be written or delivered, so that the next attempt does not pay again."""

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
    request: Mapping[str, Any],
    pay: Callable[[], tonearm.openai.Transcript],
    deliver: Callable[[tonearm.openai.Transcript], Result],
) -> Result:
    """Get a transcript and deliver it; if it cannot be delivered now, keep it for the next attempt.

    Args:
        folder: where to keep it; the folder for state when None.
        job: the job, in one ledger.
        request: what the transcript depends on: the version of the file, and the options.
        pay: gets the transcript.
        deliver: writes or uploads it.
    """
    note = _place(folder, job, request, "openai-recognition-{}.json")
    kept = _transcript(note) if note is not None and job.begun else None
    transcript = kept or pay()
    try:
        result = deliver(transcript)
    except BaseException as error:
        paid_in_full(error)
        if note is not None:
            with suppress(OSError, InvalidInput, TypeError, ValueError):  # the error of the delivery matters more
                note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_state(note, {"raw": dict(transcript.raw), "request_id": transcript.request_id})
                keeps(error)
        raise
    if note is not None and kept is not None:
        note.unlink(missing_ok=True)
    return result


def written(
    folder: Path | None, job: Job, request: Mapping[str, Any], place: str, speak: Callable[[Path], object]
) -> int:
    """Write speech to a file; if a remote one cannot be written now, keep the speech for the next attempt.

    Args:
        folder: where to keep it; the folder for state when None.
        job: the job, in one ledger.
        request: what the speech depends on: the text, and the options.
        place: the path or address of the file.
        speak: makes a file, whole or not at all.

    Returns:
        The size of the file, in bytes.
    """
    draft = _place(folder, job, request, "openai-speech-{}" + Path(place).suffix) if is_remote(place) else None
    if draft is not None:
        with suppress(OSError):  # writing there raises the reason
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


def _place(folder: Path | None, job: Job, request: Mapping[str, Any], name: str) -> Path | None:
    """A file for one job of one ledger; None if the job has no ledger, or there is no folder for state."""
    if job.mark is None:
        return None
    identity = json.dumps([job.mark, job.input, job.output, dict(request)], sort_keys=True, default=str)
    with suppress(InvalidInput):
        return (folder or state_folder()) / name.format(hashlib.sha256(identity.encode()).hexdigest()[:32])
    return None
