"""The upload of one job, which may have been interrupted anywhere: it is resumed, or found, and not sent twice."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any, cast

import tonearm

from .._files import read_state, state_folder, write_state
from .inputs import Input, opened
from .jobs import Job
from .work import Result

MARK = "tonearm-job"
"""The name of the pair of metadata by which the object of a job is found, where its id did not come into the ledger."""

_MOST_PAIRS = 48
"""Pairs of the caller's own beside which there is place for this one and for that of the upload's journal."""

_MOST_FOUND = 1_000
"""Objects that are looked at, should the service not know the filter by which they are asked for."""


def uploaded(client: tonearm.Aioz, job: Job, options: dict[str, Any], timeout: float | None) -> Result:
    """Upload a file, or resume or find the upload of it that an earlier attempt has begun.

    Names of journals and notes, and the mark of the object, tell for which file, as it is now, and for which options
    the upload was begun.
    """
    wait = options.pop("wait", False)
    with opened(job.input, timeout) as given:
        name = name_of(given, job, options)
        if not wait:
            return Result(made=_sent(client, given, job, name, options).id, bytes=given.size)
        note = state_folder() / f"aioz-upload-waits-{name}.json"
        media = _waited(client, note)
        if media is None:
            media = _sent(client, given, job, name, options)
            note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_state(note, {"id": media.id})
            media = _waited(client, note) or media
        return Result(made=media.id, bytes=given.size)


def _sent(client: tonearm.Aioz, given: Input, job: Job, name: str, options: dict[str, Any]) -> tonearm.aioz.Media:
    """Resume the upload by its journal, or find its object, or begin it."""
    state = options.get("state")
    if state is None:
        left = next((one for one in client.unfinished() if one.state.name.endswith(f"-{name}.jsonl")), None)
        if left is not None:
            return client.resume(left.state, source=given.source)
        state = state_folder() / f"aioz-upload-{time.time_ns()}-{name}.jsonl"
    if (media := found(client, job, name, options)) is not None:
        return media
    ask: dict[str, Any] = {**marked(job, name, options), "state": state}
    return client.upload(given.source, **ask)


def name_of(given: Input, job: Job, options: Mapping[str, Any]) -> str:
    """What tells for which file, as it is now, and for which options something was begun."""
    said = [given.place, given.size, given.version, job.output, options]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:32]


def mark_of(job: Job, name: str) -> str:
    """What tells the objects of this job from those of all others."""
    return hashlib.sha256(f"{job.mark} {name}".encode()).hexdigest()[:32]


def _has_place(job: Job, options: Mapping[str, Any]) -> bool:
    pairs: object = options.get("metadata", {})
    return job.mark is not None and isinstance(pairs, Mapping) and len(cast("Mapping[str, str]", pairs)) <= _MOST_PAIRS


def marked(job: Job, name: str, options: dict[str, Any]) -> dict[str, Any]:
    """The options, with the mark of the job among the metadata."""
    if not _has_place(job, options):
        return options
    return {**options, "metadata": {**options.get("metadata", {}), MARK: mark_of(job, name)}}


def found(client: tonearm.Aioz, job: Job, name: str, options: dict[str, Any]) -> tonearm.aioz.Media | None:
    """The complete object that an earlier attempt has made, whose process ended before the ledger had its id."""
    if not job.begun or not _has_place(job, options):
        return None
    mark = mark_of(job, name)
    try:
        listed = islice(client.list(metadata={MARK: mark}), _MOST_FOUND)
        return next((one for one in listed if one.metadata.get(MARK) == mark and one.status in _WHOLE), None)
    except tonearm.Forbidden:  # a key that can only upload
        return None


_WHOLE = ("transcoding", "done")


def _waited(client: tonearm.Aioz, note: Path) -> tonearm.aioz.Media | None:
    """Wait until the object of an upload is transcoded; None where no note says that there is one.

    The note stays while the service cannot be asked, so that the next attempt waits for the same object.
    """
    noted = read_state(note)
    if noted is None:
        return None
    try:
        media = client.wait(noted["id"])
    except tonearm.NotFound:
        media = None  # it belongs to another account, or is gone
    except tonearm.TranscodeFailed:
        note.unlink(missing_ok=True)
        raise
    note.unlink(missing_ok=True)
    return media
