"""Recordings whose timestamps, headers and packets do not fit together: no sound is lost, and no time is wrong."""

import io
import math
import struct
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
import pytest

from tests.inside.audio import Piece, Scan, Span, duration, layout, missing, repair, scan, spans, survey, write_pieces
from tests.media.recordings import (
    FORMATS,
    RATE,
    as_array,
    decoded,
    encoded,
    heard,
    length,
    noise,
    opened,
    recorded,
    speech,
    wave,
)
from tonearm import InvalidInput

Stamp = Callable[[float], float]


def moved(data: bytes, muxer: str, stamp: Callable[[float], float | None]) -> bytes:
    """The same packets at other times, in seconds; a packet that gets None is lost."""
    file = io.BytesIO()
    options = {"page_duration": "1"} if muxer == "ogg" else {}  # a page for each packet, as only pages have times
    with av.open(io.BytesIO(data)) as source, av.open(file, "w", format=muxer, options=options) as target:
        stream = source.streams.audio[0]
        copy = target.add_stream_from_template(stream)
        base = float(cast("Any", stream.time_base))
        for packet in source.demux(stream):
            if packet.size and packet.pts is not None:
                time = stamp(packet.pts * base)
                if time is not None:
                    packet.pts = packet.dts = round(time / base)
                    packet.stream = copy
                    target.mux(packet)
    return file.getvalue()


def pieces_of(data: bytes, folder: Path, longest: float) -> list[Piece]:
    file = opened(data)
    return list(write_pieces(file, spans(scan(file), longest=longest), folder))


def assert_words(pieces: list[Piece], later: Stamp, within: float = 0.03) -> None:
    """Each piece plays for as long as it is said to, and the words stand at their times."""
    for piece in pieces:
        assert length(piece.path) == pytest.approx(piece.end - piece.start, abs=0.11)
    found = [(word.text, word.start + piece.start) for piece in pieces for word in heard(piece.path)]
    truth = [(word.text, later(word.start)) for word in speech().words]
    assert [text for text, _ in found] == [text for text, _ in truth]
    assert max(abs(time - true) for (_, time), (_, true) in zip(found, truth, strict=True)) <= within


HELD = {"webm": "webm", "ogg": "ogg", "mp3": "matroska", "m4a": "mp4"}


@pytest.mark.parametrize("name", HELD)
@pytest.mark.parametrize("hole", [0.4, 5.0, 30.0])
def test_a_hole_keeps_its_time(name: str, hole: float, tmp_path: Path) -> None:
    pause = next(a.end + 0.3 for a, b in pairwise(speech().words) if a.end > 9 and b.start - a.end > 0.3)

    def later(time: float) -> float:
        return time + hole if time >= pause else time

    data = moved(recorded(name), HELD[name], later)
    assert scan(opened(data)).duration == pytest.approx(speech().duration + hole, abs=0.1)
    assert not survey(opened(data)).plain
    assert_words(pieces_of(data, tmp_path, 25), later, within=0.07 if name in {"mp3", "m4a"} else 0.03)


@pytest.mark.parametrize("name", ["webm", "ogg"])
def test_packets_that_are_left_out_in_silence_keep_the_time(name: str, tmp_path: Path) -> None:
    words = speech().words

    def sent(time: float) -> float | None:  # as discontinuous transmission does: one packet in 400 ms of silence
        quiet = all(time < word.start - 0.1 or time > word.end + 0.1 for word in words)
        return None if quiet and round(time / 0.02) % 20 else time

    # What is missing is filled in once it comes to a tenth of a second.
    assert_words(pieces_of(moved(recorded(name), name, sent), tmp_path, 20), lambda time: time, within=0.1)


@pytest.mark.parametrize(
    "stamp", [lambda time: time * 1000, lambda time: time + 4000 * (time > 10)], ids=["too fast", "far ahead"]
)
def test_timestamps_that_cannot_be_are_not_believed(stamp: Stamp, tmp_path: Path) -> None:
    data = moved(recorded("webm"), "matroska", stamp)
    assert duration(opened(data)) == pytest.approx(speech().duration, abs=0.1)
    assert_words(pieces_of(data, tmp_path, 15), lambda time: time)


@pytest.mark.parametrize("name", ["ogg", "vorbis", "mp3", "aac"])
def test_what_is_joined_is_one_recording(name: str, tmp_path: Path) -> None:
    data = recorded(name) * 2
    first = length(recorded(name))
    pieces = pieces_of(data, tmp_path, 15)
    found = [word.text for piece in pieces for word in heard(piece.path)]
    assert found == [word.text for word in speech().words] * 2
    assert pieces[-1].end == pytest.approx(2 * first, abs=0.2)


def test_an_opus_header_that_leaves_out_a_second_loses_no_sound(tmp_path: Path) -> None:
    data = bytearray(recorded("webm"))
    at = data.index(b"OpusHead") + 10
    data[at : at + 2] = (60_000).to_bytes(2, "little")
    whole = [word.text for word in heard(bytes(data))]
    found = [word.text for piece in pieces_of(bytes(data), tmp_path, 10) for word in heard(piece.path)]
    assert [text for text in whole if text not in found] == []


@pytest.mark.parametrize("name", ["m4a", "mp3", "ogg", "webm", "flac"])
def test_what_is_cut_off_is_kept_as_far_as_it_goes(name: str, tmp_path: Path) -> None:
    data = recorded(name)
    if name == "m4a":  # with its index in front
        data = fast(data)
    half = data[: len(data) // 2]
    found = [word.text for piece in pieces_of(half, tmp_path, 10) for word in heard(piece.path)]
    words = [word.text for word in speech().words]
    assert found == words[: len(found)]
    assert len(found) > len(words) // 3


def fast(data: bytes) -> bytes:
    """An MP4 file with its index before its sound."""
    file = io.BytesIO()
    with (
        av.open(io.BytesIO(data)) as source,
        av.open(file, "w", format="mp4", options={"movflags": "frag_keyframe+empty_moov"}) as target,
    ):
        copy = target.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.size:
                packet.stream = copy
                target.mux(packet)
    return file.getvalue()


def test_spans_may_come_while_pieces_are_written(tmp_path: Path) -> None:
    file = opened(recorded("ogg"))
    asked: list[Span] = []

    def found() -> Iterator[Span]:
        for span in spans(scan(opened(recorded("ogg"))), longest=4):
            asked.append(span)
            yield span

    writing = write_pieces(file, found(), tmp_path)
    next(writing)
    assert len(asked) == 1
    assert len([*writing]) == len(asked) - 1 > 4


def rumble(seconds: float) -> "np.ndarray[Any, Any]":
    """Low noise without any silence: unlike any other part of itself, and like itself some samples off."""
    sound = np.convolve(noise(seconds, 1.0), np.ones(32) / 32, "same")
    return wave(0.3 * sound / np.abs(sound).max())


def test_only_what_may_be_uneven_is_decoded_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[Piece] = []
    monkeypatch.setattr("tonearm._audio.remux.check", lambda piece, most: checked.append(piece))
    for data, even in ((recorded("ogg"), True), (moved(recorded("ogg"), "ogg", lambda time: time + (time > 9)), False)):
        checked.clear()
        found = scan(opened(data))
        assert (found.intact_until == math.inf) is even
        pieces = [*write_pieces(opened(data), spans(found, longest=4), tmp_path)]
        assert len(pieces) > 3
        assert checked[0] == pieces[0]
        assert checked[1:] == [piece for piece in pieces[1:] if not even and piece.end > 8]


@pytest.mark.parametrize("name", FORMATS)
def test_pieces_hold_all_the_sound_of_a_recording(name: str, tmp_path: Path) -> None:
    muxer, codec, rate = FORMATS[name]
    data = encoded(rumble(20), muxer, codec, rate, picture="picture" in name)
    whole = as_array(decoded(data))
    file = opened(data)
    parts = spans(Scan(scan(file).duration, ()), longest=7, overlap=0)
    assert len(parts) == 3
    end = 0.0
    for piece in write_pieces(file, parts, tmp_path):
        sound = as_array(decoded(piece.path))
        first, edge = round(piece.start * RATE), 2048  # samples of one frame of the slowest codec, at either end
        inner = slice(max(0, -first) + edge, min(len(sound), len(whole) - first) - edge)
        same = whole[first + inner.start : first + inner.stop]
        # WebM tells its delay in nanoseconds, which FFmpeg 8 takes for another number of samples than Opus's header.
        lags = range(-112, 113, 8) if "webm" in name else range(1)
        assert max(float(np.corrcoef(sound[inner], np.roll(same, lag))[0, 1]) for lag in lags) >= 0.99
        assert piece.start <= end + 0.001
        end = piece.end
    assert end == pytest.approx(len(whole) / RATE, abs=0.15)


# WAV


def wav(told: int, riff: int | None = None, after: bytes = b"", kind: bytes = b"RIFF") -> tuple[bytes, bytes]:
    """The marker speech as WAV with a header that says something else, and its samples."""
    samples = wave(as_array(speech(2))).tobytes()
    form = struct.pack("<IHHIIHH", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    whole = 36 + len(samples) if riff is None else riff
    head = kind + struct.pack("<I", whole) + b"WAVEfmt " + form + b"data" + struct.pack("<I", told)
    return head + samples + after, samples


LIST = b"LIST" + struct.pack("<I", 26) + b"INFOIART" + struct.pack("<I", 14) + b"Fr\xe8re Jacques\0"


@pytest.mark.parametrize("told", [0, 4096, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFDB])
@pytest.mark.parametrize("riff", [0, 36, 0xFFFFFFFF, None])
def test_what_no_chunk_accounts_for_is_sound(told: int, riff: int | None, tmp_path: Path) -> None:
    data, samples = wav(told, riff)
    seconds = len(samples) / 2 / RATE
    assert scan(opened(data)).duration == duration(opened(data)) == seconds
    file = io.BytesIO(data)
    assert repair(file) == seconds
    assert length(file.getvalue()) == pytest.approx(seconds)
    (piece,) = write_pieces(opened(data), [Span(0, seconds)], tmp_path)
    assert piece.path.read_bytes().endswith(samples)


@pytest.mark.parametrize(
    "after",
    [LIST, LIST[:20], b"TAG" + bytes(125), bytes(100), b"odd\0", b"ODDY\4\0\0\0more", LIST + b"id3 " + bytes(4)],
)
def test_chunks_and_tags_after_the_samples_are_no_sound(after: bytes) -> None:
    data, samples = wav(len(wav(0)[1]), after=after)
    assert duration(opened(data)) == len(samples) / 2 / RATE
    assert not missing(io.BytesIO(data))


def test_a_size_that_wrapped_is_told_from_its_chunks(tmp_path: Path) -> None:
    path = tmp_path / "day.wav"
    head, size = wav(10_000)[0][:44], 2**32 + 10_000
    with path.open("wb") as file:
        file.write(head)
        file.seek(44 + size)  # none of which is on the disk
        file.write(LIST)
    with path.open("rb") as file:
        found = layout(file)
    assert found is not None
    assert (found.size, found.declared) == (size, 10_000)


def test_sizes_of_64_bits_are_read() -> None:
    samples = wav(0)[1]
    long = b"ds64" + struct.pack("<IQQQI", 28, 0, len(samples), 0, 0)
    data = wav(0xFFFFFFFF, after=LIST)[0]
    data = b"RF64" + data[4:12] + long + data[12:]
    assert duration(opened(data)) == len(samples) / 2 / RATE
    file = io.BytesIO(data)
    assert repair(file) == len(samples) / 2 / RATE
    assert file.getvalue() == data


def test_samples_that_are_missing_are_counted() -> None:
    data, samples = wav(len(wav(0)[1]))
    assert missing(io.BytesIO(data[:-1000])) == 1000
    assert repair(io.BytesIO(data[:40])) == 0.0
    assert missing(io.BytesIO(b"no audio")) == 0
    assert repair(io.BytesIO(b"no audio")) is None
    assert len(samples) > 1000


def test_a_file_of_other_things_is_no_recording() -> None:
    for data in (b"%PDF-1.4 and more", b"\x89PNG\r\n\x1a\n" + bytes(100), b"<html></html>", bytes(1000)):
        with pytest.raises(InvalidInput):
            survey(opened(data))
