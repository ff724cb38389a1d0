"""The input of a job, opened: a local file, a file on the web, or one in a storage of fsspec."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from attrs import frozen

from .. import TonearmError
from .._engine import starting
from .._files import Source, Version, is_remote, is_web, remote_version, takes_many
from .._files import opened as opened_remote
from .._transfer import WebFile, version_on_the_web
from .jobs import Job


@frozen
class Input:
    """A file that can be sent, with its place, size and version, which identify it.

    Attributes:
        source: the argument for clients: a path, or an open file.
        place: its absolute path or address.
        size: its size in bytes.
        version: a time, an ETag or a checksum, which changes with its content; None where none is known.
    """

    source: str | IO[bytes]
    place: str
    size: int
    version: int | str | None


_AT_ONCE = 16
"""Remote files whose versions are requested at a time."""


def versions(places: Sequence[str]) -> dict[str, Version]:
    """The versions of remote files, by their addresses; without those that are missing or cannot be reached."""
    parallel = [place for place in places if takes_many(place)]
    by_place = {place: _version(place) for place in places if not takes_many(place)}
    if parallel:
        with starting(), ThreadPoolExecutor(min(_AT_ONCE, len(parallel)), "tonearm versions") as threads:
            by_place |= zip(parallel, threads.map(_version, parallel), strict=True)
    return {place: version for place, version in by_place.items() if version is not None}


def _version(place: str) -> Version | None:
    if is_web(place):
        version = version_on_the_web(place)
        return None if version is None else (version.size, str(version))
    try:
        return remote_version(place)
    except TonearmError:  # its job will raise it
        return None


@contextmanager
def opened(place: str, timeout: float | None) -> Generator[Input]:
    """Open the input of a job; of a remote file only the needed ranges are read.

    Args:
        place: its path or address.
        timeout: seconds that each request for a range of it may take, with its retries; None for no limit.

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
    """The folder for the paid chunks of a job, in a folder that all workers share."""
    if folder is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    return folder / hashlib.sha256(f"{job.input}\n{job.output}".encode()).hexdigest()[:32]
