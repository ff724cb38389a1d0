"""How a job is known again in the ledger: its key, its options, and the version of its file."""

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
"""Bytes of an input, and what changes with its content."""


def written_since(found: Sequence[Any], looks: Sequence[Any]) -> bool:
    """Whether a job that this run has ended is there again with another file, as in a folder that is watched."""
    if found[0] is None:  # entered a moment ago
        return False
    return found[10] in ("done", "failed") and tuple(found[2:4]) != tuple(looks[:2]) and found[4:6] == tuple(looks[2:])


def options_of(job: Job) -> str:
    """The options of a job as the ledger compares them; InvalidInput where JSON has no such value."""
    try:
        return json.dumps(dict(job.options), sort_keys=True)
    except (TypeError, ValueError) as error:
        raise InvalidInput.of("options", job.options, "values that JSON has") from error


def key_of(job: Job) -> str:
    """What no two jobs of a ledger share: the input, and the name of the output where it is given."""
    return job.input if job.output is None else f"{job.input}\n{job.output}"


def stamp_of(job: Job, told: Mapping[str, Version], found: Sequence[Any] | None) -> Stamp:
    """Size and version of a job's file; nothing for an input that is no file. What is not told now is as it was."""
    if is_remote(job.input):
        stamp = job.version or told.get(job.input)
        return stamp or ((None, None) if found is None or found[0] is None else (found[2], found[3]))
    with suppress(OSError, ValueError):
        status = os.stat(job.input)  # noqa: PTH116  # a Path for each would be a fifth of what a resume takes
        return status.st_size, status.st_mtime_ns
    return None, None
