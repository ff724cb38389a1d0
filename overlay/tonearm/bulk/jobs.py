"""Jobs: one input each, found in folders, read from a table, or from any iterable."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

from attrs import field, frozen

from .. import InvalidInput
from .._files import files_below, is_remote, open_text, path_of, without_password

_SOUND = {
    "aac",
    "ac3",
    "aif",
    "aiff",
    "alac",
    "amr",
    "ape",
    "au",
    "caf",
    "flac",
    "m4a",
    "m4b",
    "mka",
    "mp3",
    "mpga",
    "oga",
}
_MORE = {"ogg", "opus", "wav", "wma", "wv", "3gp", "avi", "flv", "mkv", "mov", "mp4", "mpeg", "mpg", "ts", "webm"}
AUDIO = frozenset(_SOUND | _MORE)
"""The suffixes of recordings: the default of `find`."""


@frozen
class Job:
    """One piece of work.

    Attributes:
        input: a path, an address, an id, or a text, as the task needs it.
        output: the path of the result without a suffix, relative to the task's folder; None for a name after the input.
        options: more arguments of the task, for this job alone.
        server: the base URL of the server for this attempt, if a run has several; the run sets it.
        mark: the unique name of the job in all runs with its ledger; the run sets it.
        version: the size of a remote input in bytes, and its version: an ETag, a checksum or a time; requested when
            None.
        begun: whether an earlier attempt or run may have begun it, so that its result may exist already.
        max_price: USD that a run with a limit has reserved for it, which the task must not exceed; None without a
            limit.
    """

    input: str
    output: str | None = None
    options: Mapping[str, Any] = field(factory=dict[str, Any])
    server: str | None = None
    mark: str | None = None
    begun: bool = False
    max_price: float | None = None
    version: tuple[int | None, str] | None = None


JobLike: TypeAlias = "Job | str | Path"


def find(*sources: str | os.PathLike[str], suffixes: Iterable[str] = AUDIO) -> Iterator[Job]:
    """Find files in folders and their subfolders, in the order of their names.

    Args:
        sources: folders and files, also addresses such as ``s3://bucket/folder`` (extra `remote`). A file may have any
            suffix.
        suffixes: the suffixes of the files to find in folders, such as ``"wav"``.

    Returns:
        One job for each file. Its `output` is the path below its folder, so that results keep the folders' shape.

    Raises:
        InvalidInput: a source does not exist, or a folder cannot be read.
    """
    wanted = {suffix.lower().lstrip(".") for suffix in suffixes}
    for given in sources:
        source = Path(given)
        if is_remote(given):
            yield from (
                Job(address, name, version=version) for address, name, version in files_below(str(given), wanted)
            )
        elif source.is_dir():
            yield from _below(source, source, wanted)
        elif source.exists():
            yield Job(str(source), source.stem)
        else:
            raise InvalidInput.of("sources", str(source), "a folder or a file that exists")


def _below(folder: Path, root: Path, wanted: set[str]) -> Iterator[Job]:
    for entry in _entries(folder, is_needed=folder == root):
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path, root, wanted)
        elif path.suffix[1:].lower() in wanted and _is_file(entry):
            yield Job(entry.path, str(path.relative_to(root).with_suffix("")))


def _entries(folder: Path, *, is_needed: bool) -> list[os.DirEntry[str]]:
    """The entries of a folder, sorted by name; none if it was removed while its parent was read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not is_needed:
            return []
        raise InvalidInput(
            f"the folder {str(folder)!r} cannot be read: {error.strerror}",
            argument="sources",
            value=str(folder),
            expected="folders that can be read",
        ) from error


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a circle of links, or no permission
        return False


def read(path: str | os.PathLike[str]) -> Iterator[Job]:
    """Read jobs from a table: CSV with a header, or JSON Lines.

    Args:
        path: the file. Each row has `input`, and may have `output`; every other column that is not empty is an option.

    Raises:
        InvalidInput: the file does not exist or cannot be read, or a row has no input; the row is named.
    """
    path = Path(path)
    lines = path.suffix.lower() in (".jsonl", ".ndjson")
    if not path.is_file():
        raise InvalidInput.of("path", str(path), "a file that exists")
    with open_text(path) as file:
        rows = cast("Iterable[object]", map(_object, file) if lines else csv.DictReader(file))
        for number, row in enumerate(_readable(rows, path), 1):
            columns = cast("dict[str, Any]", row) if isinstance(row, dict) else {}
            text = columns.pop("input", None)
            if not isinstance(text, str) or not text:
                raise InvalidInput(
                    f"row {number} of {path} has no input",
                    argument="jobs",
                    value=path,
                    expected="a table with an input in each row",
                )
            output = columns.pop("output", None) or None
            if not (output is None or isinstance(output, str)):
                raise InvalidInput(
                    f"the output in row {number} of {path} is no text",
                    argument="jobs",
                    value=output,
                    expected="a table whose outputs are texts",
                )
            yield Job(
                text, output, {name: value for name, value in columns.items() if name and value not in (None, "")}
            )


def _readable(rows: Iterable[object], path: Path) -> Iterator[object]:
    try:
        yield from rows
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(
            f"{path} cannot be read: {error}", argument="jobs", value=path, expected="a table in UTF-8"
        ) from error


def _object(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def job(given: JobLike) -> Job:
    """The job of an entry of the caller's iterable."""
    if isinstance(given, Job):
        without_password(given.input)
        return given
    if not isinstance(given, (str, os.PathLike)):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("jobs", given, "jobs, paths or texts")
    return Job(without_password(os.fspath(given)), path_of(os.fspath(given)).stem or None)
