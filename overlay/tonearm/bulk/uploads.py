"""The upload of one job: one that was interrupted is resumed, or its object is found, so that nothing is sent twice."""

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
"""The name of the metadata by which the object of a job is found if its id did not get into the ledger."""

_MOST_PAIRS = 48
"""Metadata of the caller at most: this pair and that of the upload's journal need room, too."""

_MOST_FOUND = 1_000
"""Listed objects that are compared at most, in case the service ignores the filter."""


def uploaded(client: tonearm.Aioz, job: Job, options: dict[str, Any], timeout: float | None) -> Result:
    """Upload a file, or resume or find the upload that an earlier attempt has begun.

    Names of journals and notes, and the mark of the object, are hashes of the file's version and of the options.
    """
    wait = options.pop("wait", False)
    with opened(job.input, timeout) as given:
        name = name_of(given, job, options)
        if not wait:
            return Result(made=_send(client, given, job, name, options).id, bytes=given.size)
        note = state_folder() / f"aioz-upload-waits-{name}.json"
        media = _wait(client, note)
        if media is None:
            media = _send(client, given, job, name, options)
            note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_state(note, {"id": media.id})
            media = _wait(client, note) or media
        return Result(made=media.id, bytes=given.size)


def _send(client: tonearm.Aioz, given: Input, job: Job, name: str, options: dict[str, Any]) -> tonearm.aioz.Media:
    """Resume the upload by its journal, or find its object, or begin it."""
    state = options.get("state")
    if state is None:
        unfinished = next(
            (upload for upload in client.unfinished() if upload.state.name.endswith(f"-{name}.jsonl")), None
        )
        if unfinished is not None:
            return client.resume(unfinished.state, source=given.source)
        state = state_folder() / f"aioz-upload-{time.time_ns()}-{name}.jsonl"
    if (media := find_complete(client, job, name, options)) is not None:
        return media
    arguments: dict[str, Any] = {**marked(job, name, options), "state": state}
    return client.upload(given.source, **arguments)


def name_of(given: Input, job: Job, options: Mapping[str, Any]) -> str:
    """The name of an upload: a hash of the version of the file and of the options."""
    identity = [given.place, given.size, given.version, job.output, options]
    return hashlib.sha256(json.dumps(identity, sort_keys=True, default=str).encode()).hexdigest()[:32]


def mark_of(job: Job, name: str) -> str:
    """The value of the metadata that only objects of this job have."""
    return hashlib.sha256(f"{job.mark} {name}".encode()).hexdigest()[:32]


def _has_room(job: Job, options: Mapping[str, Any]) -> bool:
    pairs: object = options.get("metadata", {})
    return job.mark is not None and isinstance(pairs, Mapping) and len(cast("Mapping[str, str]", pairs)) <= _MOST_PAIRS


def marked(job: Job, name: str, options: dict[str, Any]) -> dict[str, Any]:
    """The options, with the mark of the job among the metadata."""
    if not _has_room(job, options):
        return options
    return {**options, "metadata": {**options.get("metadata", {}), MARK: mark_of(job, name)}}


def find_complete(client: tonearm.Aioz, job: Job, name: str, options: dict[str, Any]) -> tonearm.aioz.Media | None:
    """The complete object of an earlier attempt, whose process ended before the ledger had its id."""
    if not job.begun or not _has_room(job, options):
        return None
    mark = mark_of(job, name)
    try:
        listed = islice(client.list(metadata={MARK: mark}), _MOST_FOUND)
        return next((media for media in listed if media.metadata.get(MARK) == mark and media.status in _COMPLETE), None)
    except tonearm.Forbidden:  # a key that can only upload
        return None


_COMPLETE = ("transcoding", "done")


def _wait(client: tonearm.Aioz, note: Path) -> tonearm.aioz.Media | None:
    """Wait until the object of an upload is transcoded; None if no note names one.

    The note stays while the service cannot be reached, so that the next attempt waits for the same object.
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
