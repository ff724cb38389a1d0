"""The picture of an object without a cover: the address in the service's responses always works."""

import struct
import zlib

_SIZE, _GREY = (320, 180), b"\x80"


def default_cover() -> bytes:
    """Make a grey PNG picture (PNG specification, chapter 11)."""
    width, height = _SIZE
    rows = (b"\0" + _GREY * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks))


def _chunk(chunk: tuple[bytes, bytes]) -> bytes:
    name, data = chunk
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
