"""Converts files of speech into plain samples, and samples into files."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import IO, Literal

from ..._audio import Coding, Grid, Take, decode, encode
from ..._files import BLOCK, scratch

logger = logging.getLogger("tonearm")


def write(blocks: Iterator[bytes], grid: Grid, file: IO[bytes]) -> Take:
    """Write samples as a WAV file."""
    at = file.write(grid.header(0))
    size = sum(map(file.write, blocks))
    file.seek(0)
    file.write(grid.header(size))
    return Take(file, grid, at, size)


def decoded(file: IO[bytes], grid: Grid | None, spool: IO[bytes]) -> Take:
    """Decode a file of audio into a WAV file, with the rate and channels of `grid` if it is given."""
    file.seek(0)
    actual, blocks = decode(file, grid)
    return write(blocks, actual, spool)


def convert(file: IO[bytes]) -> Take:
    """Replace audio in another format by plain samples."""
    logger.warning("plain WAV was requested, and the server sent another format: it is decoded")
    with scratch() as spool:
        take = decoded(file, None, spool)
        _replace(file, spool)
    return Take(file, take.grid, take.at, take.size)


def give_header(file: IO[bytes], grid: Grid, format: Coding | Literal["wav"]) -> float:
    """Turn samples without a header into a file of a format, and return its seconds."""
    with scratch() as spool:
        size = _copy(file, 0, spool) // grid.width * grid.width
        spool.truncate(size)
        spool.seek(0)
        file.seek(0)
        file.truncate()
        blocks = iter(lambda: spool.read(BLOCK // grid.width * grid.width), b"")
        if format == "wav":
            write(blocks, grid, file)
        else:
            encode(blocks, grid, file, format)
    return grid.seconds(size)


def take_header(file: IO[bytes]) -> float | None:
    """Reduce a WAV file to its samples, and return their seconds; None if it has no samples of 16 bit."""
    take = Take.of(file)
    if take is None:
        return None
    with scratch() as spool:
        _copy(file, take.at, spool, take.size)
        _replace(file, spool)
    return take.grid.seconds(take.size)


def _replace(file: IO[bytes], spool: IO[bytes]) -> None:
    file.seek(0)
    file.truncate()
    _copy(spool, 0, file)


def _copy(file: IO[bytes], at: int, to: IO[bytes], left: int | None = None) -> int:
    file.seek(at)
    copied = 0
    while block := file.read(BLOCK if left is None else min(BLOCK, left - copied)):
        copied += to.write(block)
    return copied
