"""Jobs of watched folders: files that appear or change, once they have stopped growing."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from attrs import define, evolve, field

from .. import ConfigurationError, InvalidInput
from .jobs import AUDIO, Job, find

if TYPE_CHECKING:
    from watchfiles import Change

_Size: TypeAlias = "tuple[int, int]"
"""Bytes of a file, and when it was last written, in nanoseconds since 1970."""

_STEP_MS, _GROUP_MS = 1, 20
"""Milliseconds to wait for changes, and to collect them: the run has other work, too."""


def watch(
    *folders: str | os.PathLike[str], suffixes: Iterable[str] = AUDIO, settle: float = 2.0
) -> Iterator[Job | None]:
    """Find the files in folders, and then those that appear or change later, without an end.

    Args:
        folders: the folders; their subfolders are watched, too, except hidden ones.
        suffixes: the suffixes of the files to find.
        settle: for how many seconds the size and time of a file must have stayed the same, so that it is complete.

    Returns:
        One job for each file, as from `find`, and None whenever no file is ready.

    Raises:
        ConfigurationError: watchfiles is not installed.
        InvalidInput: a source is no folder.
    """
    try:
        from watchfiles import watch as changes
    except ModuleNotFoundError:
        raise ConfigurationError("to watch a folder, watchfiles is needed: pip install 'tonearm[watch]'") from None
    roots = [*map(Path, folders)]
    for root in roots:
        if not root.is_dir():
            raise InvalidInput.of("folders", str(root), "a folder that exists")
    wanted = {suffix.lower().lstrip(".") for suffix in suffixes}
    updates = changes(
        *roots,
        watch_filter=None,
        debounce=_GROUP_MS,
        step=_STEP_MS,
        rust_timeout=_STEP_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    return _jobs(roots, wanted, settle, updates)


def _jobs(
    roots: list[Path], wanted: set[str], settle: float, updates: Generator[AbstractSet[tuple[Change, str]]]
) -> Iterator[Job | None]:
    settling = Settling(settle)
    try:
        changed = next(updates)  # from here on no change is missed, so read the folders after it
        for job in find(*roots, suffixes=wanted):
            if settling.is_old(Path(job.input)):
                yield job
            else:
                settling.see(job, time.monotonic())
        while True:
            for _, path in changed:
                for job in _below(Path(path), roots, wanted):
                    settling.see(job, time.monotonic())
            yield from settling.due(time.monotonic())
            yield None
            changed = next(updates)
    finally:
        updates.close()


def _below(path: Path, roots: list[Path], wanted: set[str]) -> Iterator[Job]:
    """The job of a changed file, or those of a folder that was moved here, as from `find`."""
    for root in roots:
        inner = _inner(path.absolute(), root)
        if inner is not None:
            if any(part.startswith(".") for part in inner.parts):
                continue
            place = os.path.join(root, inner)  # noqa: PTH118  # a Path would lose the dot of a root that is one
            if (root / inner).is_dir() and not (root / inner).is_symlink():
                try:
                    for job in find(place, suffixes=wanted):
                        yield evolve(job, output=str(inner / (job.output or "")))
                except InvalidInput as error:  # it may be gone again, and the others are still watched
                    logging.getLogger("tonearm").warning("%s", error)
            elif inner.suffix[1:].lower() in wanted and (root / inner).is_file():
                yield Job(place, str(inner.with_suffix("")))


def _inner(path: Path, root: Path) -> Path | None:
    """A path relative to a root; some systems report it without the links that lead to the root."""
    for base in (root.absolute(), root.resolve()):
        if path.is_relative_to(base):
            return path.relative_to(base)
    return None


def size_of(path: Path) -> _Size | None:
    """Size and time of a file, which change when it is written; None when it does not exist."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


@define
class Settling:
    """Files that may still be written.

    Attributes:
        settle: for how many seconds a file must have stayed the same.
        measure: returns the size and time to compare.
    """

    settle: float
    measure: Callable[[Path], _Size | None] = size_of
    _waiting: dict[str, tuple[Job, _Size | None, float]] = field(
        factory=dict[str, "tuple[Job, _Size | None, float]"], init=False
    )

    def is_old(self, path: Path) -> bool:
        """Whether a file was last written so long ago that it is complete."""
        size = self.measure(path)
        return size is not None and 0 <= size[1] <= time.time_ns() - self.settle * 1e9

    def see(self, job: Job, now: float) -> None:
        """Note that a file has appeared or changed, at `now` seconds of a steady clock."""
        self._waiting[job.input] = (job, self.measure(Path(job.input)), now)

    def due(self, now: float) -> list[Job]:
        """The jobs of files that have stayed the same for long enough; each is returned once."""
        ready: list[Job] = []
        for name, (job, before, since) in list(self._waiting.items()):
            if now - since < self.settle:
                continue
            size = self.measure(Path(name))
            if size is None:
                del self._waiting[name]  # it is gone
            elif size == before:
                del self._waiting[name]
                ready.append(job)
            else:
                self._waiting[name] = (job, size, now)
        return ready
