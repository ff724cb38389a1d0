"""Opens a source to send, on the disk or on the web."""

from __future__ import annotations

from typing import IO, cast

from .._files import NO_STAMP, Source, SourceLike, is_web, open_source
from ..errors import InvalidInput
from .web_file import WebFile


def open_input(source: SourceLike, size: int | None = None) -> Source:
    """Open a source to send: a source of `open_source`, or a web address, of which only the needed ranges are read.

    Args:
        source: the source.
        size: see `open_source`.

    Raises:
        MissingFile: the file does not exist.
        InvalidInput: the source cannot be sent, or has another size.
        TransferError: the web server cannot be reached, or its response cannot be used.
    """
    if not is_web(source):
        return open_source(source, size)
    file = WebFile.at(source)
    if file.size == 0 or size not in (None, file.size):
        file.close()
        expected = "audio that is not empty" if file.size == 0 else f"the size of the source, {file.size}"
        raise InvalidInput.of("source" if file.size == 0 else "size", size or file.name, expected)
    return Source(file.name, file.size, cast("IO[bytes]", file), 0, True, NO_STAMP)
