"""Chained Ogg, and other recordings that change as they go on: all of their sound is kept, at its time."""

import io
import logging
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inside.audio import (
    Choice,
    Grid,
    Scan,
    decode,
    decoded_duration,
    duration,
    scan,
    spans,
    survey,
    waveform,
    write_pieces,
)
from tests.media.recordings import RATE, as_array, decoded, encoded, noise, opened, wave
from tonearm import InvalidInput
from tonearm.sandbox import audio
from tonearm.sandbox.recording import AudioError

Samples = np.ndarray[Any, np.dtype[np.float64]]

LINKS = [
    *[("libopus", 48_000, layout) for layout in ("mono", "stereo", "5.1")],
    *[("vorbis", rate, "stereo") for rate in (8_000, 22_050, 44_100, 48_000)],
    *[("flac", rate, layout) for rate in (16_000, 44_100, 96_000) for layout in ("mono", "stereo", "5.1")],
]
LENGTHS = (0.4, 1.5, 3.1)


@cache
def link(place: int, length: float, seed: int) -> bytes:
    """Low noise, which is unlike any other part of itself, as one of LINKS."""
    sound = np.convolve(noise(length, 1.0, seed), np.ones(32) / 32, "same")
    codec, rate, layout = LINKS[place]
    return encoded(wave(0.3 * sound / np.abs(sound).max()), "ogg", codec, rate, layout=layout)


def together(parts: list[bytes]) -> Samples:
    return np.concatenate([as_array(decoded(part)) for part in parts])


def pieces(data: bytes, longest: float) -> Samples:
    """What the pieces of a recording play, one after the other; each plays for as long as it is said to."""
    file, end, sounds = opened(data), 0.0, list[Samples]()
    with tempfile.TemporaryDirectory() as folder:
        parts = spans(Scan(scan(file).duration, ()), longest=longest, overlap=0)
        for piece in write_pieces(file, parts, Path(folder)):
            sounds.append(as_array(decoded(piece.path)))
            assert piece.start == pytest.approx(end, abs=0.001)
            assert len(sounds[-1]) / RATE == pytest.approx(piece.end - piece.start, abs=0.002)
            end = piece.end
    return np.concatenate(sounds)


def assert_same(sound: Samples, true: Samples, borders: int) -> None:
    """The same sound at the same times, but for the rounding of each rate to another."""
    assert abs(len(sound) - len(true)) <= 24 * borders
    common = min(len(sound), len(true))
    for start in range(0, common - RATE // 4, RATE // 4):  # so that none is lost in the sum of others
        part, same = (
            sound[start : start + RATE // 4],
            true[max(0, start - 24 * borders) : start + RATE // 4 + 24 * borders],
        )
        lag = int(np.argmax(np.correlate(same, part, "valid")))
        assert np.corrcoef(part, same[lag : lag + len(part)])[0, 1] >= 0.97, start / RATE


@settings(max_examples=6)
@given(
    links=st.lists(st.tuples(st.integers(0, len(LINKS) - 1), st.sampled_from(LENGTHS)), min_size=2, max_size=5),
    longest=st.sampled_from([2.0, 10.0]),
)
def test_pieces_of_any_chain_hold_its_sound(links: list[tuple[int, float]], longest: float) -> None:
    parts = [link(place, length, seed) for seed, (place, length) in enumerate(links)]
    data, true = b"".join(parts), together(parts)
    assert_same(pieces(data, longest), true, len(parts))
    assert_same(as_array(decode(opened(data), Grid(RATE, 1))[1]), true, len(parts))
    assert_same(as_array(audio.decode(opened(data))), true, len(parts))
    length = len(true) / RATE
    for told in (scan(opened(data)).duration, decoded_duration(opened(data)), waveform(opened(data)).duration):
        assert told == pytest.approx(length, abs=0.005)
    for told in (duration(opened(data)), survey(opened(data)).duration, audio.probe(opened(data)).duration):
        assert told == pytest.approx(length, abs=0.05 + 0.02 * len(parts))  # packets say more than decoders give
    assert not survey(opened(data)).plain


CHAIN = [link(0, 3.1, 0), link(4, 1.5, 1), link(11, 3.1, 2)]


@pytest.mark.parametrize("start", [0.0, 1.0, 3.4, 5.0, 7.0])
def test_a_chain_is_encoded_from_any_place(start: float, tmp_path: Path) -> None:
    source = tmp_path / "chain.ogg"
    source.write_bytes(b"".join(CHAIN))
    made = as_array(decoded(b"".join(audio.transcode(source, audio.ENCODINGS["flac"], start=start))))
    true = together(CHAIN)[round(start * RATE) :]
    common = min(len(made), len(true))
    assert_same(made[-common:], true[-common:], len(CHAIN))
    assert abs(len(made) - len(true)) <= 0.02 * RATE  # FFmpeg counts what Opus leaves out at the beginning


def later(data: bytes, seconds: int) -> bytes:
    """The same Ogg with other timestamps, as a recorder of live streams writes it."""
    file = io.BytesIO()
    with av.open(io.BytesIO(data)) as source, av.open(file, "w", format="ogg") as target:
        stream = source.streams.audio[0]
        copy = target.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.size and packet.pts is not None:
                packet.pts = packet.dts = packet.pts + int(seconds / (stream.time_base or 1))
                packet.stream = copy
                target.mux(packet)
    return file.getvalue()


def test_links_of_one_codec_are_copied_one_after_the_other_whatever_their_timestamps(tmp_path: Path) -> None:
    source, parts = tmp_path / "chain.ogg", [link(0, 3.1, 0), later(link(1, 1.5, 1), 1000), link(0, 3.1, 2)]
    source.write_bytes(b"".join(parts))
    assert audio.probe(source).duration == pytest.approx(7.7, abs=0.05)
    assert scan(opened(source.read_bytes())).duration == pytest.approx(7.7, abs=0.01)
    copied = tmp_path / "copy.webm"
    copied.write_bytes(b"".join(audio.remux(source, "webm")))
    assert duration(opened(copied.read_bytes())) == pytest.approx(7.7, abs=0.05)
    made = as_array(audio.transcode(source, audio.ENCODINGS["pcm"], start=5.0))
    assert len(made) / 48_000 == pytest.approx(2.7, abs=0.02)


@pytest.mark.parametrize("damage", ["a broken link", "a link of a picture", "junk between links", "cut off"])
def test_damage_to_a_chain_costs_only_what_is_damaged(damage: str, caplog: pytest.LogCaptureFixture) -> None:
    first, second, third = CHAIN
    match damage:
        case "a broken link":
            data, kept = first + second[:30] + bytes(3000) + third, [first, third]
        case "a link of a picture":
            data, kept = first + picture() + third, [first, third]
        case "junk between links":
            data, kept = first + b"OggS\0\2" * 500 + second + b"OggS" + third, CHAIN
        case _:
            data, kept = first + second + third[:20], [first, second]
    with caplog.at_level(logging.WARNING, "tonearm"):
        assert_same(pieces(data, 5), together(kept), 4)
    assert_same(as_array(audio.decode(opened(data))), together(kept), 4)
    assert decoded_duration(opened(data)) == pytest.approx(len(together(kept)) / RATE, abs=0.01)


def picture() -> bytes:
    """Ogg without a track of sound."""
    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as container:
        stream: Any = container.add_stream("libtheora" if "libtheora" in av.codecs_available else "vp8", 5)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(5):
            frame = av.VideoFrame(64, 48, "yuv420p")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def test_a_chain_without_sound_is_refused_as_its_first_link_is() -> None:
    with pytest.raises(InvalidInput, match="it has no audio track"):
        survey(opened(picture() * 2))
    with pytest.raises(AudioError):
        audio.probe(opened(picture() * 2))


def test_a_track_that_a_later_link_does_not_have_is_left_out() -> None:
    assert duration(opened(b"".join(CHAIN)), Choice(track=1)) == pytest.approx(7.7, abs=0.1)


@pytest.mark.parametrize(
    ("muxer", "codec", "forms"),
    [
        ("adts", "aac", [(16_000, "mono"), (44_100, "stereo"), (22_050, "5.1")]),
        ("mp3", "libmp3lame", [(16_000, "mono"), (44_100, "stereo"), (48_000, "mono")]),
        ("ac3", "ac3", [(44_100, "mono"), (48_000, "5.1")]),
        ("mpegts", "aac", [(44_100, "mono"), (48_000, "stereo")]),
    ],
)
def test_what_is_joined_of_streams_that_differ_keeps_its_times(
    muxer: str, codec: str, forms: list[tuple[int, str]]
) -> None:
    """FFmpeg makes up the timestamps of formats that have none, and after a change of the rate they are wrong."""
    parts = [
        encoded(wave(0.3 * noise(3, 0.3, seed)), muxer, codec, rate, layout=layout)
        for seed, (rate, layout) in enumerate(forms)
    ]
    length = sum(len(as_array(decoded(part))) for part in parts) / RATE
    data = b"".join(parts)
    for told in (scan(opened(data)).duration, decoded_duration(opened(data)), len(pieces(data, 4)) / RATE):
        assert told == pytest.approx(length, abs=0.2)
    for sound in (decode(opened(data), Grid(RATE, 1))[1], audio.decode(opened(data))):
        assert len(as_array(sound)) / RATE == pytest.approx(length, abs=0.2)
