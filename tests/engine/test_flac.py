"""The length that a streamed FLAC file lacks, found without decoding it."""

import io
import random
import threading
from collections.abc import Iterator
from typing import Any

import av
import numpy as np
import pytest

from tests.inside.audio import fill_length, flac
from tests.inside.base import Stopped, stopping


class Pipe(io.BytesIO):
    """A file in which nothing can be changed behind what was written, as in an answer."""

    def seekable(self) -> bool:
        return False


def streamed(samples: int, *, frame: int = 4096, rate: int = 44_100, channels: int = 1, **options: str) -> bytes:
    """A FLAC file as a streaming encoder leaves it; its header has no length."""
    pipe = Pipe()
    noise = np.random.default_rng(3).integers(-9000, 9000, (1, samples * channels), dtype=np.int16)
    layout = {1: "mono", 2: "stereo"}[channels]
    with av.open(pipe, "w", format="flac") as made:
        stream: Any = made.add_stream("flac", rate=rate, layout=layout, options={"frame_size": str(frame), **options})
        sound = av.AudioFrame.from_ndarray(noise, format="s16", layout=layout)
        sound.sample_rate = rate
        for packet in _packets(stream, sound):
            made.mux(packet)
    return pipe.getvalue()


def _packets(stream: Any, sound: Any) -> Iterator[Any]:
    yield from stream.encode(sound)
    yield from stream.encode(None)


def total(data: bytes) -> int:
    return int.from_bytes(data[18:26], "big") & (1 << 36) - 1


def decoded(data: bytes) -> int:
    with av.open(io.BytesIO(data), "r") as media:
        return sum(frame.samples for frame in media.decode(audio=0))


@pytest.mark.parametrize(
    ("samples", "given"),
    [
        (4096, {}),
        (4097, {}),
        (100_000, {}),
        (100_000, {"frame": 1000}),
        (100_000, {"frame": 192}),
        (20_000, {"frame": 16}),
        (700_000, {"frame": 4608, "channels": 2}),
        (30_000, {"rate": 11_025}),
        (30_000, {"rate": 37_771}),
    ],
)
def test_the_length_is_what_a_decoder_counts(samples: int, given: dict[str, Any]) -> None:
    data = streamed(samples, **given)
    assert total(data) == 0
    file = io.BytesIO(data)
    assert fill_length(file)
    mended = file.getvalue()
    assert total(mended) == samples == decoded(mended)
    assert data[:21] == mended[:21] or data[:18] == mended[:18]
    assert data[26:] == mended[26:]


def test_a_length_that_is_there_stays() -> None:
    file = io.BytesIO(streamed(5000))
    assert fill_length(file)
    once = file.getvalue()
    assert not fill_length(file)
    assert file.getvalue() == once


def test_frames_that_do_not_begin_with_the_first_are_counted_from_where_they_begin() -> None:
    data = streamed(20_000, frame=1000)
    second = next(
        at for at in range(60, len(data)) if data[at : at + 2] == data[_start(data) :][:2] and data[at + 4] == 1
    )
    later = data[: _start(data)] + data[second:]
    file = io.BytesIO(later)
    assert fill_length(file)
    assert total(file.getvalue()) == 19_000 == decoded(later)


def test_frames_in_no_order_give_no_length() -> None:
    data = streamed(2000, frame=1000)
    first = _start(data)
    second = next(at for at in range(first + 1, len(data)) if data[at : at + 5] == data[first : first + 4] + b"\1")
    swapped = data[:first] + data[second:] + data[first:second]
    assert not fill_length(io.BytesIO(swapped))


@pytest.mark.parametrize("at", [1, 3, 4, 5])
def test_a_broken_header_of_a_frame_gives_no_length(at: int) -> None:
    data = bytearray(streamed(20_000, frame=1000))
    data[_start(data) + at] = 0xFF
    assert not fill_length(io.BytesIO(data))


def _start(data: bytes | bytearray) -> int:
    position = 4
    while True:
        head = data[position : position + 4]
        position += 4 + int.from_bytes(head[1:], "big")
        if head[0] & 0x80:
            return position


def test_a_file_that_ends_within_a_frame_is_left_alone() -> None:
    data = streamed(50_000)
    for cut in (1, 2, 100, len(data) - _start(data), len(data) - _start(data) - 3):
        file = io.BytesIO(data[:-cut])
        assert not fill_length(file)
        assert file.getvalue() == data[:-cut]


def test_a_last_frame_that_is_cut_costs_no_look_at_all_the_frames_before(monkeypatch: pytest.MonkeyPatch) -> None:
    data, looked = streamed(2_000_000, frame=4096), list[int]()
    real = flac._crc

    def counting(data: bytes, table: list[int], bits: int) -> int:
        looked.append(len(data))
        return real(data, table, bits)

    monkeypatch.setattr(flac, "_crc", counting)
    assert not fill_length(io.BytesIO(data[:-100]))
    assert sum(looked) < 200_000 < len(data)


def test_looking_for_the_last_frame_can_be_stopped() -> None:
    left = threading.Event()
    left.set()
    token = stopping.set(left)
    try:
        with pytest.raises(Stopped):
            fill_length(io.BytesIO(streamed(5000)))
    finally:
        stopping.reset(token)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"fLaC",
        b"fLaC" + bytes(4),
        b"RIFF" + bytes(100),
        random.Random(1).randbytes(5000),
        b"fLaC\x80\0\0\x22" + bytes(34),
    ],
    ids=["empty", "magic", "cut", "other", "noise", "no frames"],
)
def test_what_is_no_flac_is_left_alone(data: bytes) -> None:
    file = io.BytesIO(data)
    assert not fill_length(file)
    assert file.getvalue() == data
