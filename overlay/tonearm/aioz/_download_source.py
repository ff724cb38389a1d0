"""The plan that downloads the source file of an object."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, TypeAlias
from urllib.parse import parse_qs, urlsplit

from .. import _transfer  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._audio import extension_of
from .._base.file_names import name_of
from .._engine import Plan, Work
from .._files import is_folder
from .._http import Answer, Head, Request
from ..errors import InvalidInput
from ..progress import OnProgress
from . import _operations as calls
from .types import Download

Target: TypeAlias = "str | os.PathLike[str] | IO[bytes]"
"""The target of a download: a file to make or replace, a folder, or an open binary file."""


def download(id: str, to: Target, base_url: str, report: OnProgress | None) -> Plan[Download]:
    """Download into a file, completely or not at all."""
    locating = calls.objects.source(id)
    place, rename = yield from Work(lambda: _place(id, to))
    url, size = yield from locating
    request = _request(url, base_url)

    def known(_: _transfer.PartFile) -> Plan[int | None]:
        yield from ()
        return size

    key = _plain(request.path)
    fetching = partial(
        _transfer.download, to=place, key=key, check=check_file, rename=rename, report=report, known=known
    )
    done = yield from _transfer.follow(request, fetching)
    return Download(done.path, done.size, done.content_type, done.resumed, done.sha256)


def _place(id: str, to: Target) -> tuple[Path | IO[bytes], Callable[[Path, str], Path] | None]:
    """The path of the file; in a folder it is named after the id, and a function adds its extension."""
    if not isinstance(to, (str, os.PathLike)):
        return to, None
    path = Path(to)
    if os.fspath(to) and is_folder(path):
        return path / name_of(id), _with_extension
    if not os.fspath(to) or os.fspath(to).endswith(("/", os.sep)):
        raise InvalidInput.of("to", to, "a file, or a folder that exists")
    return path, None


def _with_extension(path: Path, content_type: str) -> Path:
    extension = extension_of(content_type)
    return path if extension is None else path.with_name(f"{path.name}.{extension}")


def _request(url: str, base_url: str) -> Request:
    """A request with keys if the URL is below the service's base URL; else without keys, and with the URL unchanged."""
    headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
    plain = _plain(url)
    if not plain.startswith(f"{base_url}/"):  # its query may be signed, as it is spelled
        return Request(method="GET", path=url, headers=headers)
    query = parse_qs(urlsplit(url).query, keep_blank_values=True)
    return Request(method="GET", path=plain.removeprefix(base_url), query=query, headers=headers)


def _plain(url: str) -> str:
    """The URL without its query, which changes when the service signs the URL again."""
    return urlsplit(url)._replace(query="", fragment="").geturl()


def check_file(head: Head) -> None:
    """Refuse a web page or JSON instead of the file."""
    if head.content_type in ("text/html", "application/json"):
        raise Answer(head, b"").unexpected(f"the answer is {head.content_type}, not the file")
