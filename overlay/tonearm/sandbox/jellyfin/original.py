"""Original files, with ranges and conditions as in ASP.NET Core's PhysicalFileResult."""

import re
from collections.abc import Generator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from tonearm.sandbox.streaming import stream

_BLOCK = 262_144
_RANGE = re.compile(r"\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", re.IGNORECASE)


async def original(
    request: Request, path: Path, media_type: str, *, extra: Mapping[str, str] | None = None
) -> Response:
    """Answer GET or HEAD with a file: 200, 206, 304, 412 or 416; there is no ETag, only Last-Modified.

    Every response with a body has the `extra` headers.
    """
    status = await run_in_threadpool(path.stat)
    size, modified = status.st_size, datetime.fromtimestamp(int(status.st_mtime), UTC)
    headers = {"last-modified": format_datetime(modified, usegmt=True)}
    refusal = _precondition(request.headers, modified)
    if refusal is not None:
        return _empty(refusal, headers)
    headers |= {"accept-ranges": "bytes", **(extra or {})}
    requested = _requested_range(request.headers, modified)
    first, last, code = 0, size - 1, 200
    if requested is not None:
        span = _satisfied(requested, size)
        if span is None:
            return _empty(416, {**headers, "content-range": f"bytes */{size}", "content-length": "0"})
        first, last = span
        code, headers["content-range"] = 206, f"bytes {first}-{last}/{size}"
    headers["content-length"] = str(last - first + 1)
    if request.method == "HEAD":
        return _empty(code, {**headers, "content-type": media_type})
    return await stream(_read(path, first, last - first + 1), media_type=media_type, status=code, headers=headers)


def _empty(status: int, headers: dict[str, str]) -> Response:
    response = Response(status_code=status, headers=headers)
    if "content-length" not in headers:
        del response.headers["content-length"]
    return response


def _date(headers: Headers, name: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(headers.get(name, ""))
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _precondition(headers: Headers, modified: datetime) -> int | None:
    since, unless = _date(headers, "if-modified-since"), _date(headers, "if-unmodified-since")
    if unless is not None and modified > unless:
        return 412
    if since is not None and modified <= since:
        return 304
    return None


def _requested_range(headers: Headers, modified: datetime) -> tuple[str, str] | None:
    """Return the two numbers of a valid Range header; several ranges, or a file newer than If-Range, get it whole.

    An entity tag in If-Range is ignored, as the file has none, and the range holds.
    """
    match = _RANGE.fullmatch(headers.get("range", ""))
    held = _date(headers, "if-range")
    if match is None or not any(match.groups()) or (held is not None and modified > held):
        return None
    return match[1], match[2]


def _satisfied(requested: tuple[str, str], size: int) -> tuple[int, int] | None:
    """Return the first and last byte of a range within `size` bytes, or None when it holds no byte of the file."""
    if not requested[0]:
        length = min(int(requested[1]), size)
        return (size - length, size - 1) if length else None
    first, last = int(requested[0]), int(requested[1]) if requested[1] else size - 1
    return (first, min(last, size - 1)) if first < size and first <= last else None


def _read(path: Path, start: int, length: int) -> Generator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length > 0 and (block := file.read(min(length, _BLOCK))):
            length -= len(block)
            yield block
