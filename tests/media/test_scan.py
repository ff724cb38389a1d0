"""Scanning files of every format, and files that cannot be read."""

import io
import struct
import sys
from collections.abc import Callable
from functools import partial
from threading import Event

import av
import numpy as np
import pytest

from tests.inside.audio import Clock, Scan, scan
from tests.inside.base import Stopped, stopping
from tests.media.recordings import FORMATS, RATE, as_array, encoded, length, opened, recorded, speech, wave
from tests.media.test_levels import assert_found, pauses
from tonearm import ConfigurationError, InvalidInput

LAG = {"aac": 0.064}
"""Seconds by which a format without a header is late: nothing tells decoders what the encoder put before."""


def emptied(data: bytes) -> bytes:
    """An MP4 file with nothing but zeros for sound."""
    start, end = data.index(b"mdat") + 4, data.index(b"moov") - 4
    return data[:start] + bytes(end - start) + data[end:]


@pytest.mark.parametrize("name", FORMATS)
def test_pauses_are_found_in_every_format(name: str) -> None:
    found = scan(opened(recorded(name)))
    lag = LAG.get(name, 0.0)
    assert_found(found, [(start + lag, end + lag) for start, end in pauses()], within=0.08)
    assert found.duration == pytest.approx(length(recorded(name)), abs=0.001)


def test_the_part_that_is_done_is_reported() -> None:
    for name in ("mp3", "wav"):
        done: list[float] = []
        scan(opened(recorded(name)), report=done.append)
        assert done == sorted(done)
        assert 0 < done[0] < 0.8
        assert done[-1] == 1.0


def test_a_scan_ends_when_its_plan_is_left() -> None:
    left = Event()
    left.set()
    token = stopping.set(left)
    try:
        with pytest.raises(Stopped):
            scan(opened(recorded("mp3")))
    finally:
        stopping.reset(token)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"this is no audio, as anyone can see", "cannot be read as audio"),
        (lambda: recorded("m4a")[:1000], "cannot be read as audio"),
        (lambda: recorded("flac")[:8000], "cannot be read as audio"),
        (lambda: emptied(recorded("m4a")), "nothing in the recording could be decoded"),
    ],
)
def test_what_is_no_audio_is_refused(make: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        scan(opened(make()))


def test_a_picture_without_sound_is_refused() -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", 5)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for packet in (*stream.encode(av.VideoFrame(64, 48, "yuv420p")), *stream.encode(None)):
            container.mux(packet)
    with pytest.raises(InvalidInput, match="no audio track"):
        scan(file)


def test_a_recording_that_is_damaged_in_the_middle_keeps_its_times() -> None:
    data = bytearray(recorded("mp3"))
    middle = len(data) // 2
    data[middle : middle + 5000] = bytes(5000)
    found = scan(opened(bytes(data)))
    assert found.duration == pytest.approx(speech().duration, abs=1.0)
    assert len(found.silences) >= len(pauses()) - 1


def test_without_the_extra_only_plain_wav_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert_found(scan(opened(recorded("wav"))), pauses())
    with pytest.raises(ConfigurationError, match=r"pip install 'tonearm\[media\]'"):
        scan(opened(recorded("mp3")))


# WAV, read without the extra, against PyAV


def as_wav(form: str, channels: int, rate: int, *, extensible: bool = False) -> bytes:
    """The marker speech as WAV; each channel has it at another level, the last one loudest."""
    samples = np.interp(
        np.arange(speech(4).duration * rate) / rate, np.arange(len(as_array(speech(4)))) / RATE, as_array(speech(4))
    )
    spread = np.stack([samples * (channel + 1) / channels for channel in range(channels)], axis=1)
    tag, width, data = {
        "u8": (1, 1, (spread * 127 + 128).astype("u1").tobytes()),
        "s16": (1, 2, (spread * 32767).astype("<i2").tobytes()),
        "s24": (1, 3, (spread * 2**31).astype("<i4").reshape(-1, 1).view("u1")[:, 1:].tobytes()),
        "s32": (1, 4, (spread * 2**31).astype("<i4").tobytes()),
        "f32": (3, 4, spread.astype("<f4").tobytes()),
        "f64": (3, 8, spread.astype("<f8").tobytes()),
    }[form]
    block = width * channels
    header = struct.pack("<HHIIHH", 0xFFFE if extensible else tag, channels, rate, rate * block, block, 8 * width)
    if extensible:
        header += struct.pack("<HHIH", 22, 8 * width, 0, tag) + bytes.fromhex("000000001000800000aa00389b71")
    chunks = b"WAVEfmt " + struct.pack("<I", len(header)) + header
    chunks += b"LIST" + struct.pack("<I", 4) + b"INFO" + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


WAVS = [
    partial(as_wav, "u8", 1, 8000),
    partial(as_wav, "s16", 2, 44_100),
    partial(as_wav, "s16", 1, 11_025),
    partial(as_wav, "s24", 2, 48_000),
    partial(as_wav, "s24", 1, 16_000, extensible=True),
    partial(as_wav, "s32", 3, 16_000),
    partial(as_wav, "f32", 1, 22_050),
    partial(as_wav, "f64", 2, 32_000, extensible=True),
]


@pytest.mark.parametrize("make", WAVS)
def test_plain_wav_is_scanned_as_pyav_would_do(make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    data = make()
    plain = scan(opened(data))
    monkeypatch.setattr("tonearm._audio.wav.read", lambda _: None)
    other = scan(opened(data))
    assert plain.duration == pytest.approx(other.duration)
    assert len(plain.silences) == len(other.silences) >= 3
    for one, two in zip(plain.silences, other.silences, strict=True):
        assert one.start == pytest.approx(two.start, abs=0.021)
        assert one.end == pytest.approx(two.end, abs=0.021)


@pytest.mark.parametrize("sizes", [(0xFFFFFFFF, 0xFFFFFFFF), (0, 0), (2**31, 2**31)])
def test_wav_that_was_written_as_a_stream_is_read_to_its_end(sizes: tuple[int, int]) -> None:
    data = bytearray(recorded("wav"))
    whole = scan(opened(bytes(data)))
    data[4:8] = struct.pack("<I", sizes[0])
    at = data.index(b"data") + 4
    data[at : at + 4] = struct.pack("<I", sizes[1])
    assert scan(opened(bytes(data))) == whole


def test_wav_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    data = recorded("wav")
    assert scan(opened(data[: len(data) // 2 + 1])).duration == pytest.approx(speech().duration / 2, abs=0.01)


def test_wav_without_samples_is_silent_for_no_time() -> None:
    header = recorded("wav").partition(b"data")[0]
    size = len(header).to_bytes(4, "little")
    assert scan(opened(b"RIFF" + size + header[8:] + b"data" + bytes(4))) == Scan(0.0, ())


def test_coded_wav_is_left_to_pyav(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(wave(as_array(speech())), "wav", "adpcm_ima_wav", RATE)
    assert_found(scan(opened(data)), pauses(), within=0.08)


@pytest.mark.parametrize(
    "data",
    [recorded("wav")[:30], recorded("wav")[:12] + b"LIST" + bytes(4), b"RIFF" + bytes(4) + b"WAVEdata" + bytes(8)],
)
def test_wav_without_a_whole_header_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        scan(opened(data))


# Timestamps


@pytest.mark.parametrize(
    ("stamps", "times"),
    [
        ([5.0, 6.0, 7.0], [0.0, 1.0, 2.0]),
        ([5.0, 6.001, 6.999], [0.0, 1.0, 2.0]),  # they are rounded
        ([5.0, 6.08, 7.16], [0.0, 1.0, 2.16]),  # and they drift
        ([5.0, 30.0, 31.0], [0.0, 25.0, 26.0]),
        ([5.0, 30.0, 5000.0], [0.0, 25.0, 26.0]),  # beyond what can be missing
        ([5.0, 8.0, 9.0], [0.0, 3.0, 4.0]),  # two seconds are missing
        ([5.0, 0.0, 1.0], [0.0, 1.0, 2.0]),  # another recording follows
        ([5.0, 1e9, 1e9 + 1], [0.0, 1.0, 2.0]),  # a wrong timestamp
        ([5.0, None, 7.0], [0.0, 1.0, 2.0]),
    ],
)
def test_time_goes_on_whatever_the_timestamps_say(stamps: list[float | None], times: list[float]) -> None:
    clock = Clock(5.0)
    assert [clock.at(stamp, 1.0) for stamp in stamps] == pytest.approx(times)


@pytest.mark.parametrize("gap", [0.0, 0.004, 0.03, 0.09])
def test_lengths_in_milliseconds_never_add_up(gap: float) -> None:
    clock = Clock(rounding=0.002)
    stamps = [round(number * 1024 / 44_100, 3) + (gap if number > 5 else 0.0) for number in range(2000)]
    # The length of the first packet is unknown, and the gap too short to be believed.
    early = [stamp - clock.at(stamp, 0.023 if number else 0.0) for number, stamp in enumerate(stamps)]
    assert early == pytest.approx([gap if number > 5 else 0.0 for number in range(2000)], abs=0.002)


def test_an_unknown_length_brings_no_time_back() -> None:
    clock = Clock()
    assert [clock.at(stamp, 0.0) for stamp in (0.0, 0.05, 0.02, 0.09)] == pytest.approx([0.0, 0.05, 0.05, 0.12])


def test_what_changes_its_channels_is_measured_on() -> None:
    samples = wave(as_array(speech(4)))
    data = encoded(samples, "adts", "aac", RATE) + encoded(samples, "adts", "aac", RATE, layout="stereo")
    found = scan(opened(data))
    assert found.duration == pytest.approx(2 * speech(4).duration, abs=0.2)
    assert len(found.silences) == 2 * len(pauses(4)) + 1
