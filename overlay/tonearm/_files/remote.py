"""Remote files, beside paths on this machine: `s3://`, `gs://`, `sftp://`, `memory://` and all others of fsspec.

They are read in ranges, and written whole or not at all. Keys stay in fsspec's configuration, or in the environment.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import IO, Any, TypeAlias

from ..errors import ConfigurationError, InvalidInput, MissingFile, TransferError
from .addresses import check_storage, is_remote, is_web, path_of, shown, without_password
from .atomic import write_whole

Version: TypeAlias = "tuple[int | None, str]"
"""The version of a remote file: its size in bytes if known, and an ETag, a checksum or a time."""

_VERSIONS = ("ETag", "etag", "content_md5", "LastModified", "last_modified", "updated", "mtime", "modified", "created")
"""Names by which storages return an ETag, a checksum or a time, the most reliable first."""
_AT_ONCE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs"})
"""Storages in which a file appears only when it is complete; in others it is written beside its name, and renamed."""


@contextmanager
def opened(place: str) -> Generator[str | IO[bytes]]:
    """A source that can be sent: a path as it is, a remote file opened, so that only the needed ranges are read.

    Raises:
        MissingFile: there is no such remote file.
        TransferError: it cannot be opened now.
    """
    if not is_remote(place):
        yield place
        return
    system, path = _system(place)
    with _as_our_errors(place):
        file: IO[bytes] = system.open(path, "rb")
    with file:
        yield file


def write_anywhere(place: str, write: Callable[[Path], object], draft: Path | None = None) -> int:
    """Write a local or remote file whole or not at all; folders are made.

    Args:
        place: the path or address of the file.
        write: makes a file at the path that it receives, whole or not at all; of a remote file, a temporary one.
        draft: where to make the local copy of a remote file instead; an existing draft is sent, and stays.

    Returns:
        The size of the file, in bytes.

    Raises:
        TransferError: it cannot be written now.
    """
    if not is_remote(place):
        path = Path(place)
        make_folder_for(place)
        write(path)
        return path.stat().st_size
    system, path_there = _system(place)
    with tempfile.TemporaryDirectory(prefix="tonearm-") as scratch:
        draft = draft or Path(scratch) / PurePosixPath(path_there).name
        if not draft.is_file():
            write(draft)
        with _as_our_errors(place):
            _send(system, draft, path_there, at_once=place.partition(":")[0].lower() in _AT_ONCE)
        return draft.stat().st_size


def make_folder_for(place: str) -> None:
    """Make the folder of a local file; one of a remote file is made when the file is written.

    Raises:
        OSError: it cannot be made.
    """
    if not is_remote(place):
        Path(place).parent.mkdir(parents=True, exist_ok=True)


def write_text_anywhere(place: str, text: str) -> int:
    """Write a text in UTF-8, as `write_anywhere` does."""
    body = text.encode()
    return write_anywhere(place, lambda path: write_whole(path, lambda file: file.write(body)))


def _send(system: Any, draft: Path, path: str, *, at_once: bool) -> None:
    if at_once:
        system.put_file(str(draft), path)
        return
    part = f"{path}.{secrets.token_hex(4)}.part"
    try:
        if folder := path.rpartition("/")[0]:
            system.makedirs(folder, exist_ok=True)
        system.put_file(str(draft), part)
        system.mv(part, path)
    except BaseException:
        if system.exists(part):
            system.rm(part)
        raise


def exists(place: str) -> bool:
    """Whether a local or remote file exists."""
    if not is_remote(place):
        return Path(place).exists()
    system, path = _system(place)
    with _as_our_errors(place):
        return bool(system.exists(path))


def files_below(place: str, suffixes: set[str]) -> Iterator[tuple[str, str, Version | None]]:
    """The files of a remote folder, in the order of their names: address, path below the folder, and version if listed.

    Raises:
        MissingFile: there is no such folder and no such file.
    """
    if is_web(place):  # the web has no folders
        yield without_password(place), path_of(place).stem, None
        return
    system, root = _system(place)
    with _as_our_errors(place):
        listed: dict[str, Any] = (
            {root: {}} if system.isfile(root) else dict(sorted(system.find(root, detail=True).items()))
        )
        if not listed and not system.exists(root):
            raise FileNotFoundError(root)
    for path, details in listed.items():
        inner = PurePosixPath(path).relative_to(root) if path != root else PurePosixPath(PurePosixPath(root).name)
        hidden = any(part.startswith(".") for part in inner.parts)
        if path == root or (not hidden and inner.suffix[1:].lower() in suffixes):
            address = place if path == root else f"{place.rstrip('/')}/{inner}"
            yield address, str(inner.with_suffix("")), _version(details)


def remote_version(place: str) -> Version | None:
    """The version of a remote file; None where the storage has none.

    Raises:
        MissingFile: there is no such file.
        TransferError: the storage cannot be reached now.
    """
    system, path = _system(place)
    with _as_our_errors(place):
        return _version(system.info(path))


def takes_many(place: str) -> bool:
    """Whether the storage of an address may be used by several threads at a time."""
    return is_web(place) or place.partition(":")[0].lower() in _AT_ONCE


def _version(details: Mapping[str, Any]) -> Version | None:
    """The version of a file, from the details that its storage returned."""
    size = details.get("size")
    version = next((details[name] for name in _VERSIONS if details.get(name) is not None), None)
    return None if version is None else (size if isinstance(size, int) else None, str(version))


def _system(place: str) -> tuple[Any, str]:
    """The file system of an address, and the path there."""
    check_storage(place)
    try:
        connect = import_module("fsspec.core").url_to_fs
    except ModuleNotFoundError:
        raise ConfigurationError(f"for {shown(place)}, fsspec is needed: pip install 'tonearm[remote]'") from None
    try:
        with _as_our_errors(place):
            system, path = connect(place)
    except ImportError as error:
        raise ConfigurationError(f"{shown(place)} cannot be opened: {error}") from error
    except ValueError as error:
        raise InvalidInput.of("source", shown(place), f"an address that can be opened ({error})") from error
    return system, path


@contextmanager
def _as_our_errors(place: str) -> Generator[None]:
    """Raise errors of a storage as errors of tonearm."""
    try:
        yield
    except FileNotFoundError as error:
        raise MissingFile(
            f"there is no {shown(place)}", argument="source", value=shown(place), expected="a file that exists"
        ) from error
    except (ImportError, ValueError):
        raise
    except Exception as error:
        raise TransferError(f"{shown(place)}: {str(error) or type(error).__name__}", done=0, total=None) from error
