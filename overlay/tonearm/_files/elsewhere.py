"""Files elsewhere: `s3://`, `gs://`, `sftp://`, `memory://` and what else fsspec knows, beside paths on this machine.

They are read in ranges, and written whole or not at all. Keys stay in fsspec's configuration, or in the environment.
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import IO, Any, TypeAlias, TypeGuard
from urllib.parse import unquote, urlsplit

from ..errors import ConfigurationError, InvalidInput, MissingFile, TransferError
from .atomic import write_whole

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_PASSWORD = re.compile(r"://[^/?#@]*:(?!\d+/)[^@]*@")
"""Also one with slashes, as keys of S3 have them; a number before a slash is a port."""
_WEB_PASSWORD = re.compile(r"://[^/?#]*@")
_SECRET = "key|token|secret|sig|auth|pass|credential|cookie|session|jwt"
_WEB_KEY = re.compile(rf"[?&][^=&#]*(?:{_SECRET})[^=&#]*=", re.IGNORECASE)
"""The name of a part of a query that may be a key."""
Told: TypeAlias = "tuple[int | None, str]"
"""What is told of a file elsewhere: its bytes, and what changes with its content."""

_VERSIONS = ("ETag", "etag", "content_md5", "LastModified", "last_modified", "updated", "mtime", "modified", "created")
"""What storages call that which changes with the content of a file, the surest first."""
_AT_ONCE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs"})
"""Where a file appears only once all of it has come; elsewhere it is written beside its name, and renamed."""


def is_remote(place: str | os.PathLike[str]) -> bool:
    """Whether a place is an address, and no path."""
    return isinstance(place, str) and _ADDRESS.match(place) is not None


def is_web(place: object) -> TypeGuard[str]:
    """Whether a place is a web address, `https://` or `http://`."""
    return isinstance(place, str) and place.lower().startswith(("https://", "http://"))


def path_of(place: str) -> Path:
    """The path after which is named what is made of a place; of a web address it is the last part, without a query.

    Raises:
        InvalidInput: it is a web address that cannot be read.
    """
    if not is_web(place):
        return Path(place)
    try:
        path, _ = (parts := urlsplit(place)).path, parts.port  # which is read only when it is asked for
    except ValueError:
        raise InvalidInput.of("source", _shown(place), "a web address that can be read") from None
    return Path(Path(unquote(path).replace("\0", "_")).name)


def folder_of(given: str | os.PathLike[str]) -> Path | str:
    """A folder for results: an address as it is, anything else as a path.

    Raises:
        InvalidInput: there is a password in the address.
    """
    if not (isinstance(given, str) and is_remote(given)):
        return Path(given)
    _check(given)
    return given.rstrip("/")


def inside(folder: Path | str, name: str) -> str:
    """The place of a file in such a folder."""
    return f"{folder}/{name}" if isinstance(folder, str) else str(folder / name)


@contextmanager
def opened(place: str) -> Generator[str | IO[bytes]]:
    """What can be sent: a path as it is, and what is elsewhere as an open file, of which only what is needed is read.

    Raises:
        MissingFile: there is no such file elsewhere.
        TransferError: it cannot be opened now.
    """
    if not is_remote(place):
        yield place
        return
    system, path = _system(place)
    with _told(place):
        file: IO[bytes] = system.open(path, "rb")
    with file:
        yield file


def write_anywhere(place: str, write: Callable[[Path], object], draft: Path | None = None) -> int:
    """Write a file, here or elsewhere, whole or not at all; folders are made.

    Args:
        place: where it goes.
        write: makes the file that it is given, whole or not at all, beside its place or in the folder for temporary
            files.
        draft: where a file that goes elsewhere is made instead; one that is there already is sent, and it stays.

    Returns:
        Its bytes.

    Raises:
        TransferError: it cannot be written now.
    """
    if not is_remote(place):
        path = Path(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path)
        return path.stat().st_size
    system, path_there = _system(place)
    with tempfile.TemporaryDirectory(prefix="tonearm-") as scratch:
        draft = draft or Path(scratch) / PurePosixPath(path_there).name
        if not draft.is_file():
            write(draft)
        with _told(place):
            _send(system, draft, path_there, at_once=place.partition(":")[0].lower() in _AT_ONCE)
        return draft.stat().st_size


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
    """Whether there is such a file, here or elsewhere."""
    if not is_remote(place):
        return Path(place).exists()
    system, path = _system(place)
    with _told(place):
        return bool(system.exists(path))


def below(place: str, suffixes: set[str]) -> Iterator[tuple[str, str, Told | None]]:
    """The files of a folder elsewhere, in the order of their names: their addresses, and their paths below it.

    Beside those stands what the list tells of their versions.

    Raises:
        MissingFile: there is no such folder and no such file.
    """
    if is_web(place):  # the web has no folders
        yield without_password(place), path_of(place).stem, None
        return
    system, root = _system(place)
    with _told(place):
        found: dict[str, Any] = (
            {root: {}} if system.isfile(root) else dict(sorted(system.find(root, detail=True).items()))
        )
        if not found and not system.exists(root):
            raise FileNotFoundError(root)
    for path, told in found.items():
        inner = PurePosixPath(path).relative_to(root) if path != root else PurePosixPath(PurePosixPath(root).name)
        hidden = any(part.startswith(".") for part in inner.parts)
        if path == root or (not hidden and inner.suffix[1:].lower() in suffixes):
            address = place if path == root else f"{place.rstrip('/')}/{inner}"
            yield address, str(inner.with_suffix("")), _version(told)


def version_elsewhere(place: str) -> Told | None:
    """What a storage tells of the version of a file; None where it tells nothing.

    Raises:
        MissingFile: there is no such file.
        TransferError: it cannot be asked now.
    """
    system, path = _system(place)
    with _told(place):
        return _version(system.info(path))


def takes_many(place: str) -> bool:
    """Whether the storage of an address may be asked by several threads at a time."""
    return is_web(place) or place.partition(":")[0].lower() in _AT_ONCE


def _version(told: Mapping[str, Any]) -> Told | None:
    """The version of a file, by what its storage calls it."""
    size, text = told.get("size"), next((told[name] for name in _VERSIONS if told.get(name) is not None), None)
    return None if text is None else (size if isinstance(size, int) else None, str(text))


def _system(place: str) -> tuple[Any, str]:
    """The file system of an address, and the path there."""
    _check(place)
    try:
        connect = import_module("fsspec.core").url_to_fs
    except ModuleNotFoundError:
        raise ConfigurationError(f"for {_shown(place)}, fsspec is needed: pip install 'tonearm[remote]'") from None
    try:
        with _told(place):
            system, path = connect(place)
    except ImportError as error:
        raise ConfigurationError(f"{_shown(place)} cannot be opened: {error}") from error
    except ValueError as error:
        raise InvalidInput.of("source", _shown(place), f"an address that can be opened ({error})") from error
    return system, path


def without_password(place: str) -> str:
    """An address, or any other text, as it is: what holds a password must not come into ledgers and logs.

    Raises:
        InvalidInput: it is an address with a password, or a web address with a key in its query.
    """
    if is_web(place):
        if _WEB_PASSWORD.search(place) or _WEB_KEY.search(place):
            raise _refused(place)
    elif _ADDRESS.match(place) and _PASSWORD.search(place):
        raise _refused(place)
    return place


def _check(place: str) -> None:
    """Refuse what would put a key into ledgers and logs, and web addresses."""
    if "?" in without_password(place) and not is_web(place):
        raise _refused(place)
    if is_web(place):
        raise InvalidInput.of("source", _shown(place), "a path, or an address of a storage such as s3://bucket/file")


def _refused(place: str) -> InvalidInput:
    return InvalidInput(
        f"the address {_shown(place)} holds a key or options",
        argument="source",
        value=_shown(place),
        expected="an address without a password and a query",
        hint="keep them in fsspec's configuration, or in the environment",
    )


def _shown(place: str) -> str:
    return (_WEB_PASSWORD if is_web(place) else _PASSWORD).sub("://", place).partition("?")[0]


@contextmanager
def _told(place: str) -> Generator[None]:
    """Turn what a storage raises into errors of ours; what may pass is tried again."""
    try:
        yield
    except FileNotFoundError as error:
        raise MissingFile(
            f"there is no {_shown(place)}", argument="source", value=_shown(place), expected="a file that exists"
        ) from error
    except (ImportError, ValueError):
        raise
    except Exception as error:
        raise TransferError(f"{_shown(place)}: {str(error) or type(error).__name__}", done=0, total=None) from error
