"""Request bodies: counted while they are read, never held whole."""

import json
from collections.abc import AsyncGenerator
from typing import Any

from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from tonearm.sandbox.openai.refusal import Refusal

LIMIT = 26_214_400
"""Bytes of a whole body at most, with its multipart framing."""

_PATIENCE = 8 * LIMIT
_LONGEST_FIELD = 4 * 1024 * 1024  # bytes; samples of known speakers are fields


class Body:
    """The body of one request."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._read = 0
        self._ended = False

    async def form(self) -> FormData:
        """Read a multipart form; a file of more than 1 MiB is on disk."""
        if not self._request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            raise Refusal("We could not parse your request: its content type must be multipart/form-data.")
        try:
            parser = MultiPartParser(
                self._request.headers, self._blocks(), max_files=1, max_fields=200, max_part_size=_LONGEST_FIELD
            )
            return await parser.parse()
        except MultiPartException as error:
            raise Refusal(f"We could not parse the multipart body of your request: {error.message}") from error

    async def json(self) -> Any:
        """Read a JSON body."""
        data = bytearray()
        async for block in self._blocks():
            data += block
        try:
            return json.loads(data)
        except ValueError as error:
            message = f"We could not parse the JSON body of your request. ({error})"
            raise Refusal(message) from error

    async def drain(self) -> None:
        """Read the rest, up to 200 MiB, so that a client that is still sending reads the response."""
        while not self._ended and self._read < _PATIENCE:
            await self._next()

    async def _blocks(self) -> AsyncGenerator[bytes, None]:
        while not self._ended:
            block = await self._next()
            if self._read > LIMIT:
                await self.drain()
                message = f"Maximum content size limit ({LIMIT}) exceeded ({self._read} bytes read)"
                raise Refusal(message, status=413, kind="server_error")
            yield block

    async def _next(self) -> bytes:
        message = await self._request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        block: bytes = message.get("body", b"")
        self._read += len(block)
        self._ended = not message.get("more_body", False)
        return block
