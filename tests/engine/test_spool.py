"""Streams that cannot be sought, as sources; and how long sources are."""

import io
import os
import sys
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.inside.audio import duration_of
from tests.inside.base import Stopped, stopping
from tests.inside.files import BLOCK, Source, Spool, is_stream, open_source
from tonearm.errors import ConfigurationError, InvalidInput, SourceChanged
from tonearm.sandbox.library import PACKAGED

CONTENT = bytes(range(251)) * 3000


class Stream(io.RawIOBase):
    """Bytes that come once, in pieces of any size."""

    def __init__(self, content: bytes, most: int = 100_000) -> None:
        self.left, self.most, self.taken = content, most, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        count = min(self.most, len(self.left) if size < 0 else size)
        block, self.left = self.left[:count], self.left[count:]
        self.taken += len(block)
        return block


class Bare:
    """The least that a stream may be."""

    def __init__(self, *blocks: Any) -> None:
        self.blocks = iter(blocks)

    def read(self, size: int) -> Any:
        return next(self.blocks, b"") if size else b""


def read(source: Source, start: int, length: int) -> bytes:
    return b"".join(source.window(start, length).blocks())


@pytest.fixture
def pipe() -> Iterator[Any]:
    ours, theirs = os.pipe()
    with os.fdopen(ours, "rb") as reading, os.fdopen(theirs, "wb") as writing:
        writing.write(b"12345678")
        writing.close()
        yield reading


def test_a_stream_of_known_size_is_kept_one_part_at_a_time() -> None:
    stream = Stream(CONTENT)
    with open_source(stream, len(CONTENT)) as source:  # type: ignore[arg-type]
        assert (source.size, source.name, source.modified) == (len(CONTENT), None, None)
        for start in range(0, len(CONTENT), 300_000):
            part = source.window(start, min(300_000, len(CONTENT) - start))
            assert stream.taken == start + part.length, "more was read than the part has"
            assert b"".join(part.blocks()) == b"".join(part.blocks()) == CONTENT[start : start + part.length]
        source.verify()


def test_a_stream_that_goes_on_after_its_size_is_noticed_with_the_last_part() -> None:
    stream = Stream(b"123456789")
    with open_source(stream, 8) as source:  # type: ignore[arg-type]
        assert read(source, 0, 5) == b"12345"
        with pytest.raises(SourceChanged, match="the stream continues after size, which is 8 bytes"):
            source.window(5, 3)


def test_a_stream_of_unknown_size_is_read_whole(pipe: Any) -> None:
    with open_source(pipe, None) as source:
        assert source.size == 8
        assert read(source, 4, 4) + read(source, 0, 4) == b"56781234"
        source.verify()


def test_a_window_without_bounds_is_the_whole_stream(pipe: Any) -> None:
    with open_source(pipe, 8) as source:
        assert b"".join(source.window().blocks()) == b"12345678"


def test_a_stream_that_ends_early_is_noticed(pipe: Any) -> None:
    with open_source(pipe, 9) as source:
        assert read(source, 0, 5) == b"12345"
        with pytest.raises(SourceChanged, match="the stream ended after 8 of 9 bytes") as caught:
            source.window(5, 4)
    assert (caught.value.done, caught.value.total) == (5, 9)


@pytest.mark.parametrize(
    ("given", "size", "message"),
    [
        (Bare(), None, "the stream is empty"),
        (Bare("text"), None, "returns str, not bytes .open it in binary mode"),
        (Bare(b"x", None), None, "returns NoneType, not bytes"),
        (Bare(b"x"), 0, "size must be at least 1"),
        (Bare(b"x"), 1.5, "size must be a whole number"),
        (b"xx", 3, "size is 3, but the source has 2 bytes"),
        (5, None, "source must be a path, bytes or a binary file, got 5"),
    ],
)
def test_what_cannot_be_a_stream_is_refused(given: Any, size: Any, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        open_source(given, size)


def test_a_text_stream_of_known_size_is_refused_before_anything_is_read() -> None:
    reading, writing = os.pipe()
    os.close(writing)
    with os.fdopen(reading) as text, pytest.raises(InvalidInput, match="returns str, not bytes"):
        open_source(text, 5)  # type: ignore[arg-type]


def test_what_can_be_sought_is_no_stream(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"12")
    with path.open("rb") as file:
        assert not any(is_stream(given) for given in (path, str(path), b"12", io.BytesIO(b"12"), file))
        with open_source(file, 2) as source:
            assert source.size == 2
    assert not is_stream(file), "a closed file"
    assert is_stream(Bare())  # type: ignore[arg-type]


def test_reading_a_stream_ends_when_the_plan_was_left() -> None:
    import threading

    left = threading.Event()
    stream = Stream(bytes(10 * BLOCK), BLOCK)
    real = stream.read

    def last(size: int = -1) -> bytes:
        left.set()
        return real(size) if size else b""

    stream.read = last  # type: ignore[method-assign]
    token = stopping.set(left)
    try:
        with pytest.raises(Stopped):
            open_source(stream, None)  # type: ignore[arg-type]
    finally:
        stopping.reset(token)
    assert stream.taken == 0


# How long it is


def test_a_source_tells_how_long_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 8000 * 3))
    for given in (path, path.read_bytes()):
        with Source.open(given) as source:
            assert duration_of(source) == 3.0
    with Source.open(PACKAGED / "evening.flac") as source:
        assert 1 < duration_of(source) < 600
        source.verify()


def test_a_source_that_does_not_tell_how_long_it_is_is_refused(pipe: Any) -> None:
    with Source.open(b"this is no audio") as source, pytest.raises(InvalidInput, match="cannot be read as audio"):
        duration_of(source)
    with open_source(pipe, 8) as source, pytest.raises(InvalidInput, match="a stream does not say"):
        duration_of(source)
    assert isinstance(source, Spool)


def test_a_file_that_leaves_its_length_open_is_decoded() -> None:
    content = bytearray((PACKAGED / "evening.flac").read_bytes())
    content[21] &= 0xF0  # the number of samples, 36 bits of STREAMINFO: unknown
    content[22:26] = bytes(4)
    with Source.open(bytes(content)) as source, Source.open(PACKAGED / "evening.flac") as whole:
        assert duration_of(source) == pytest.approx(duration_of(whole), abs=0.001)


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with Source.open(b"x") as source, pytest.raises(ConfigurationError, match=r"pip install 'tonearm\[media\]'"):
        duration_of(source)
