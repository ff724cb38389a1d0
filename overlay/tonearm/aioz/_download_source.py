"""The plan that downloads the file of an object as it was uploaded."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, TypeAlias
from urllib.parse import parse_qs, urlsplit

from .._audio import extension_of
from .._base.file_names import name_of
from .._engine import Plan, Work
from .._files import is_folder
from .._http import Answer, Head, Request
from .._transfer import PartFile, follow
from .._transfer import download as fetch
from ..errors import InvalidInput
from ..progress import OnProgress
from ._operations import objects
from .types import Download

Target: TypeAlias = "str | os.PathLike[str] | IO[bytes]"
"""Where a download goes: a file to make or replace, a folder, or an open binary file."""


def download(id: str, to: Target, base_url: str, report: OnProgress | None) -> Plan[Download]:
    """Download into a file, completely or not at all."""
    asking = objects.source(id)
    place, rename = yield from Work(lambda: _place(id, to))
    url, size = yield from asking
    request = _request(url, base_url)

    def known(_: PartFile) -> Plan[int | None]:
        yield from ()
        return size

    key = _plain(request.path)
    fetching = partial(fetch, to=place, key=key, check=check_file, rename=rename, report=report, known=known)
    done = yield from follow(request, fetching)
    return Download(done.path, done.size, done.content_type, done.resumed, done.sha256)


def _place(id: str, to: Target) -> tuple[Path | IO[bytes], Callable[[Path, str], Path] | None]:
    """Where the file goes, and in a folder, where it has the id for a name, what gives it an extension."""
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
    """A request with keys below the service's own base URL, and without any, and as it is, to all other places."""
    headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
    plain = _plain(url)
    if not plain.startswith(f"{base_url}/"):  # its query may be signed, as it is spelled
        return Request(method="GET", path=url, headers=headers)
    query = parse_qs(urlsplit(url).query, keep_blank_values=True)
    return Request(method="GET", path=plain.removeprefix(base_url), query=query, headers=headers)


def _plain(url: str) -> str:
    """What stays the same when the service signs the URL anew."""
    return urlsplit(url)._replace(query="", fragment="").geturl()


def check_file(head: Head) -> None:
    """Refuse a page or a message where the file is due."""
    if head.content_type in ("text/html", "application/json"):
        raise Answer(head, b"").unexpected(f"the answer is {head.content_type}, not the file")
