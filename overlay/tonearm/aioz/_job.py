"""The settings of an upload, which its journal keeps in the first lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Self, cast, get_type_hints

from attrs import asdict, evolve, frozen

from .._files import Source
from .media import Media

_KIND = "AIOZ upload"
_VERSION = 1
_INTENT = "AIOZ upload intent"
_SAMPLE = 64 * 1024


@frozen
class Part:
    """One part of a file: its number from 1, its index on the wire, and its bytes."""

    number: int
    index: int
    start: int
    length: int


@frozen(kw_only=True)
class Job:
    """The settings of an upload, which stay the same until it is complete. Sizes in bytes.

    `sample` is a hash of the first and the last bytes of the source, to recognise another source of the same size.
    """

    base_url: str
    account: str
    id: str
    title: str
    path: str | None
    mtime_ns: int | None
    size: int
    part_size: int
    first_index: int
    workers: int
    sample: str | None = None

    @property
    def count(self) -> int:
        """The number of parts."""
        return -(-self.size // self.part_size)

    def parts(self) -> Iterator[Part]:
        """The parts, in order."""
        for number, start in enumerate(range(0, self.size, self.part_size), 1):
            yield Part(number, self.first_index + number - 1, start, min(self.part_size, self.size - start))

    def line(self) -> dict[str, Any]:
        """The line for the journal."""
        return {"kind": _KIND, "version": _VERSION, **asdict(self)}

    @classmethod
    def read(cls, line: Mapping[str, Any]) -> Self:
        """Read the first line of a journal.

        Raises:
            ValueError: the line is no record of an upload, or of another version.
        """
        if line.get("kind") != _KIND:
            raise ValueError("it records something else")
        if line.get("version") != _VERSION:
            raise ValueError(f"it has version {line.get('version')}, and this library reads version {_VERSION}")
        fields = {name: line.get(name) for name in _TYPES}
        for name, kind in _TYPES.items():
            if not isinstance(fields[name], kind) or isinstance(fields[name], bool):
                raise ValueError(f"it has no {name}")
        job = cls(**cast("dict[str, Any]", fields))
        if min(job.size, job.part_size, job.workers) < 1:
            raise ValueError("its numbers make no sense")
        return job


_TYPES = get_type_hints(Job)


@frozen(kw_only=True)
class Intent:
    """An upload whose object is about to be created; the first line of its journal.

    If the process ends before the service has answered, this is the only trace of the object. `tag` is in the object's
    metadata; None if the caller's own pairs leave no room for it.
    """

    job: Job
    tag: str | None
    time: float

    def line(self) -> dict[str, Any]:
        """The line for the journal."""
        return {**self.job.line(), "kind": _INTENT, "tag": self.tag, "time": self.time}

    @classmethod
    def read(cls, line: Mapping[str, Any]) -> Self | None:
        """Read the first line of a journal; None if it is no intent.

        Raises:
            ValueError: the line is of another version, or incomplete.
        """
        if line.get("kind") != _INTENT:
            return None
        tag, time = line.get("tag"), line.get("time")
        if not isinstance(tag, (str, type(None))) or not isinstance(time, (int, float)):
            raise ValueError("it does not say when it began")
        return cls(job=Job.read({**line, "kind": _KIND}), tag=tag, time=time)

    def made(self, media: Media) -> Job:
        """The upload, once its object exists."""
        return evolve(self.job, id=media.id)


def sample_of(source: Source) -> str:
    """A hash of the first and last 64 KiB of a source."""
    count = min(_SAMPLE, source.size)
    ends = source.read_at(0, count) + source.read_at(source.size - count, count)
    return hashlib.sha256(ends).hexdigest()
