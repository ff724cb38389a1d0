"""The input of a job, opened: a file here, on the web, or in a storage that fsspec knows."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from attrs import frozen

from .. import TonearmError
from .._files import Source, Version, is_remote, is_web, remote_version, takes_many
from .._files import opened as opened_remote
from .._transfer import WebFile, version_on_the_web
from .jobs import Job


@frozen
class Input:
    """A file that can be sent, and what tells it from another one.

    Attributes:
        source: what clients take: a path, or an open file.
        place: where it is.
        size: its bytes.
        version: what changes with its content; None where its place does not tell.
    """

    source: str | IO[bytes]
    place: str
    size: int
    version: int | str | None


_AT_ONCE = 16
"""Files elsewhere whose versions are asked for at a time."""


def versions(places: Sequence[str]) -> dict[str, Version]:
    """What is told of the versions of files elsewhere; of those that are missing or cannot be asked for, nothing."""
    many = [place for place in places if takes_many(place)]
    found = {place: _version(place) for place in places if not takes_many(place)}
    if many:
        with ThreadPoolExecutor(min(_AT_ONCE, len(many)), "tonearm versions") as threads:
            found |= zip(many, threads.map(_version, many), strict=True)
    return {place: told for place, told in found.items() if told is not None}


def _version(place: str) -> Version | None:
    if is_web(place):
        found = version_on_the_web(place)
        return None if found is None else (found.size, str(found))
    try:
        return remote_version(place)
    except TonearmError:  # its job will say what is wrong
        return None


@contextmanager
def opened(place: str, timeout: float | None) -> Generator[Input]:
    """Open the input of a job; of what is elsewhere only what is needed is read.

    Args:
        place: its path or address.
        timeout: seconds that each request for a part of it may take, with its repetitions; None for no limit.

    Raises:
        MissingFile: there is no such file.
        InvalidInput: it cannot be read, or is empty.
        TransferError: it cannot be read now.
    """
    if is_web(place):
        with WebFile.at(place, timeout) as file:
            yield Input(cast("IO[bytes]", file), place, file.size, str(file.version) or None)
        return
    with opened_remote(place) as given, Source.open(given) as source:
        yield Input(given, place if is_remote(place) else str(Path(place).absolute()), source.size, source.modified)


def kept(folder: Path | None, job: Job) -> Path | None:
    """Where the paid parts of a job are kept, in a folder that all workers share."""
    if folder is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    return folder / hashlib.sha256(f"{job.input}\n{job.output}".encode()).hexdigest()[:32]
