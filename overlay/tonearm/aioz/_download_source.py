"""The plan that downloads the file of an object as it was uploaded."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, TypeAlias
from urllib.parse import parse_qs, urlsplit

from .._engine import Plan, Work
from .._files import is_folder
from .._http import Answer, Head, Request
from .._transfer import download as fetch
from ..errors import InvalidInput
from ..progress import OnProgress
from ._operations import objects
from .types import Download

Target: TypeAlias = "str | os.PathLike[str] | IO[bytes]"
"""Where a download goes: a file to make or replace, or an open binary file."""


def download(id: str, to: Target, base_url: str, report: OnProgress | None) -> Plan[Download]:
    """Download into a file that is there whole or not at all."""
    place = yield from Work(lambda: _place(to))
    url = yield from objects.source_url(id)
    request = _request(url, base_url)
    done = yield from fetch(request, place, key=_plain(request.path), check=_check, report=report)
    return Download(done.path, done.size, done.content_type, done.resumed, done.sha256)


def _place(to: Target) -> Path | IO[bytes]:
    if not isinstance(to, (str, os.PathLike)):
        return to
    path = Path(to)
    if is_folder(path):
        raise InvalidInput(
            f"{str(to)!r} is a folder",
            argument="to",
            value=to,
            expected="the path of a file",
            hint="name the file to make",
        )
    return path


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


def _check(head: Head) -> None:
    """Refuse a page or a message where the file is due."""
    if head.content_type in ("text/html", "application/json"):
        raise Answer(head, b"").unexpected(f"the answer is {head.content_type}, not the file")
