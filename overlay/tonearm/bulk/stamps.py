"""How the ledger recognises a job: by its key, its options, and the version of its file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

from .. import InvalidInput
from .._files import Version, is_remote
from .jobs import Job

Stamp: TypeAlias = "tuple[int | None, int | str | None]"
"""The size of an input in bytes, and its version: a time, an ETag or a checksum."""


def written_since(entry: Sequence[Any], current: Sequence[Any]) -> bool:
    """Whether the file of a job that this run has ended was written again, as in a watched folder."""
    return (
        entry[10] in ("done", "failed") and tuple(entry[2:4]) != tuple(current[:2]) and entry[4:6] == tuple(current[2:])
    )


def options_of(job: Job) -> str:
    """The options of a job as the ledger compares them; InvalidInput for a value that JSON lacks."""
    try:
        return json.dumps(dict(job.options), sort_keys=True)
    except (TypeError, ValueError) as error:
        raise InvalidInput.of("options", job.options, "values that JSON has") from error


def key_of(job: Job) -> str:
    """The unique key of a job in a ledger: the input, and the name of the output if one is set."""
    return job.input if job.output is None else f"{job.input}\n{job.output}"


def stamp_of(job: Job, listed: Mapping[str, Version], entry: Sequence[Any] | None) -> Stamp:
    """Size and version of a job's file; None for an input that is no file. An unknown version counts as unchanged."""
    if is_remote(job.input):
        stamp = job.version or listed.get(job.input)
        return stamp or ((None, None) if entry is None or entry[0] is None else (entry[2], entry[3]))
    with suppress(OSError, ValueError):
        status = os.stat(job.input)  # noqa: PTH116  # a Path for each would be a fifth of the time of a resume
        return status.st_size, status.st_mtime_ns
    return None, None
