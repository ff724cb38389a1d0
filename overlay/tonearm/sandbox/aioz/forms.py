"""Forms with at most one small file."""

from collections.abc import AsyncGenerator

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from tonearm.sandbox.aioz.refusal import Refused

_FRAME = 4_096
"""Bytes of the form beside its file, at most."""


async def one_file(request: Request, most: int) -> tuple[str, bytes]:
    """Read the file of a form, of at most `most` bytes: its name and its contents."""
    _, file = await form_of(request, most)
    if file is None:
        raise Refused("file is required")
    return file


async def form_of(request: Request, most: int) -> tuple[dict[str, list[str]], tuple[str, bytes] | None]:
    """Read a form, whose file may have at most `most` bytes: its texts by name, and its file."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Refused("the request body must be multipart/form-data")
    too_large = Refused(f"file must not be larger than {most} bytes")
    body = bytearray()
    async for block in request.stream():
        body += block
        if len(body) > most + _FRAME:
            raise too_large

    async def blocks() -> AsyncGenerator[bytes, None]:
        yield bytes(body)

    try:
        form = await MultiPartParser(request.headers, blocks()).parse()
    except MultiPartException as error:
        raise Refused(f"the multipart body is malformed: {error.message}") from error
    try:
        texts: dict[str, list[str]] = {}
        for name, value in form.multi_items():
            if isinstance(value, str):
                texts.setdefault(name, []).append(value)
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            return texts, None
        if file.size is None or file.size > most:
            raise too_large
        return texts, (file.filename, await file.read())
    finally:
        await form.close()
