"""Parts of an upload: read from the wire to disk as they arrive, checked, put together."""

import hashlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Self

from attrs import frozen
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from tonearm.sandbox.aioz.options import AiozOptions
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.store import Part

LARGEST = 200 * 1024 * 1024
"""Bytes of the largest part; the documented maximum of 200 MB in its wider reading (AIOZ Audio document)."""

_BLOCK = 1024 * 1024
_MOST_FIELD = 1_024
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")


@frozen
class ContentRange:
    """The bytes `start` to `stop` (exclusive) of `total`."""

    start: int
    stop: int
    total: int

    @classmethod
    def parse(cls, header: str | None) -> Self:
        """Read a Content-Range header; every form but `bytes first-last/total` is refused."""
        if header is None:
            raise Refused("the Content-Range header is required")
        if header.startswith("part "):
            # `UploadPartStream` of the Go client v1.0.19 sends it, beside no hash and no index.
            raise Refused(
                "Content-Range: part N/* is the form of another service; it must read: bytes first-last/total"
            )
        if (match := _RANGE.fullmatch(header)) is None:
            raise Refused("Content-Range must read: bytes first-last/total")
        first, last, total = map(int, match.groups())
        if not first <= last < total:
            raise Refused("Content-Range is not a range of bytes within the total")
        if last + 1 - first > LARGEST:
            raise Refused(f"a part must not be larger than {LARGEST} bytes")
        return cls(first, last + 1, total)


class _Form:
    """A multipart body that is parsed while it arrives: the file goes to disk, `hash` and `index` are kept."""

    def __init__(self, boundary: bytes, file: BinaryIO, most: int) -> None:
        self.file_name: str | None = None
        self.size = 0
        self.md5 = hashlib.md5(usedforsecurity=False)
        self._fields: dict[str, bytearray] = {}
        self._file, self._most = file, most
        self._filling: BinaryIO | bytearray = bytearray()
        self._disposition = ""
        self._header, self._value = bytearray(), bytearray()
        self._ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._end_header,
                "on_headers_finished": self._begin_part,
                "on_part_data": self._take,
                "on_end": self._end,
            },
        )

    def feed(self, block: bytes) -> None:
        self._parser.write(block)

    def text(self, name: str) -> str:
        if name not in self._fields:
            raise Refused(f"{name} is required")
        return self._fields[name].decode("latin-1")

    def check(self, content: ContentRange) -> Part:
        """Return the part, after the whole body was fed, if all its fields agree."""
        if not self._ended:
            raise Refused("the multipart body ends before its last boundary")
        if self.file_name is None:
            raise Refused("file is required")
        number, md5 = self.text("index"), self.text("hash")
        if re.fullmatch(r"\d{1,6}", number, re.ASCII) is None:
            raise Refused("index must be an integer")
        if self.size != content.stop - content.start:
            raise Refused(f"file has {self.size} bytes, Content-Range says {content.stop - content.start}")
        if md5 != self.md5.hexdigest():
            raise Refused("hash is not the MD5 of the file")
        return Part(int(number), content.start, content.stop, content.total, md5)

    def _end_header(self) -> None:
        if bytes(self._header).lower() == b"content-disposition":
            self._disposition = self._value.decode("latin-1")
        self._header.clear()
        self._value.clear()

    def _begin_part(self) -> None:
        kind, options = parse_options_header(self._disposition)
        self._disposition = ""
        if kind != b"form-data" or b"name" not in options:
            raise Refused("a part of the multipart body has no name")
        name = options[b"name"].decode("latin-1")
        if name == "file" and b"filename" in options:
            if self.file_name is not None:
                raise Refused("file is sent twice")
            self.file_name = options[b"filename"].decode("utf-8", "replace")
            self._filling = self._file
        else:
            # One official client sends hash and index twice, the caller's first: the first counts.
            self._filling = bytearray()
            self._fields.setdefault(name, self._filling)

    def _take(self, data: bytes, start: int, end: int) -> None:
        if isinstance(self._filling, bytearray):
            if len(self._filling) + end - start > _MOST_FIELD:
                raise Refused(f"a form field must not be longer than {_MOST_FIELD} bytes")
            self._filling += data[start:end]
            return
        self.size += end - start
        if self.size > self._most:
            raise Refused("file has more bytes than Content-Range says")
        self.md5.update(data[start:end])
        self._filling.write(data[start:end])

    def _end(self) -> None:
        self._ended = True


async def receive(request: Request, content: ContentRange, path: Path) -> tuple[Part, str]:
    """Write the file of a part to `path` while it arrives.

    Returns:
        The part, checked by itself, and the name of the file.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise Refused("the request body must be multipart/form-data")
    with await run_in_threadpool(path.open, "wb") as file:
        try:
            form = _Form(options[b"boundary"], file, content.stop - content.start)
            waiting = bytearray()
            async for block in request.stream():
                waiting += block
                if len(waiting) >= _BLOCK:
                    await run_in_threadpool(form.feed, bytes(waiting))
                    waiting.clear()
            await run_in_threadpool(form.feed, bytes(waiting))
        except FormParserError as error:
            raise Refused("the multipart body is malformed") from error
    return form.check(content), form.file_name or ""


def check_beside(part: Part, earlier: list[Part], options: AiozOptions) -> bool:
    """Check a part against those that were received before.

    The document's sample numbers the first part 0, the Go and Node clients v1.0.19 number it 1; the Node client sends
    parts in any order.

    Returns:
        True when it repeats one of them, with the same bytes.
    """
    _check_index(part, options)
    if part.stop < part.total and part.stop - part.start < options.smallest_part:
        raise Refused(f"every part but the last must have {options.smallest_part} bytes")
    others = [other for other in earlier if other.number != part.number]
    if len(others) < len(earlier):
        if options.part_repeat == "refuse":
            raise Refused(f"part {part.number} exists already")
        if options.part_repeat == "equal":
            if part not in earlier:
                raise Refused(f"part {part.number} exists already with other bytes")
            return True
    elif options.part_order == "ascending" and part.start != max((other.stop for other in others), default=0):
        raise Refused("the parts must come in the order of their ranges")
    for other in others:
        if other.total != part.total:
            raise Refused(f"Content-Range has the total {part.total}, earlier parts had {other.total}")
        if (other.number < part.number) != (other.start < part.start):
            raise Refused(f"the indices {other.number} and {part.number} do not follow the order of their ranges")
    return False


def _check_index(part: Part, options: AiozOptions) -> None:
    first = (0, 1) if options.first_index is None else (options.first_index,)
    if part.start == 0 and part.number not in first:
        raise Refused(f"the first part must have the index {' or '.join(map(str, first))}")
    if part.start > 0 and part.number <= first[0]:
        raise Refused(f"the index {part.number} is too small for a part that is not the first")


def check_whole(parts: list[Part]) -> int:
    """Check that parts in the order of their indices make a whole file; return its size in bytes."""
    if not parts:
        raise Refused("no part was uploaded")
    end = 0
    for number, part in enumerate(parts, parts[0].number):
        if part.number != number or part.start > end:
            raise Refused(f"part {number} is missing: nothing covers the bytes from {end}")
        if part.start < end:
            raise Refused(f"part {number} overlaps the part before it")
        end = part.stop
    if end != parts[0].total:
        raise Refused(f"the parts end at byte {end} of {parts[0].total}")
    return end


def join(parts: Iterable[Path], target: Path) -> None:
    """Join the files of the parts; the target gets its name when it is complete."""
    unfinished = target.with_suffix(".joining")
    with unfinished.open("wb") as file:
        for path in parts:
            with path.open("rb") as source:
                shutil.copyfileobj(source, file, _BLOCK)
    unfinished.replace(target)
