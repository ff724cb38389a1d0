"""Pieces of recordings: what they hold, where they begin, and that each is a file of its own."""

import io
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import chain, pairwise
from pathlib import Path
from random import Random
from typing import Any

import av
import numpy as np
import pytest

from tests.inside.audio import (
    Coding,
    Grid,
    Piece,
    Scan,
    Span,
    Timed,
    _Waiting,
    _written,
    encode,
    scan,
    spans,
    write_pieces,
)
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
from tests.media.test_scan import WAVS
from tonearm import ConfigurationError, InvalidInput

EXTENSIONS = {"wav": "wav", "mp3": "mp3", "slow mp3": "mp3", "m4a": "m4a", "mp4 with a picture": "m4a"} | {
    "ogg": "ogg", "vorbis": "ogg", "webm": "webm", "webm with a picture": "webm"
}  # fmt: skip
TYPES = {"audio/wav", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/webm", "audio/flac"}


def pieces_of(data: bytes, folder: Path, longest: float = 5, **options: Any) -> list[Piece]:
    file = opened(data)
    return list(write_pieces(file, spans(scan(file), longest=longest), folder, **options))


def joined(pieces: Sequence[Piece]) -> list[tuple[str, float]]:
    """The words of the pieces, at their times in the recording."""
    return [(word.text, word.start + piece.start) for piece in pieces for word in heard(piece.path)]


def assert_same(pieces: Sequence[Piece], data: bytes, within: float = 0.001) -> None:
    """The pieces hold all words of a recording, in order, where they are in the recording."""
    words, truth = joined(pieces), heard(data)
    assert [text for text, _ in words] == [word.text for word in truth]
    assert max(abs(time - word.start) for (_, time), word in zip(words, truth, strict=True)) <= within


@pytest.mark.parametrize("name", FORMATS)
def test_every_word_stands_in_the_pieces_where_it_stands_in_the_recording(name: str, tmp_path: Path) -> None:
    data = recorded(name)
    pieces = pieces_of(data, tmp_path)
    # FFmpeg 8 takes the delay that WebM gives in nanoseconds for another number of samples than Opus's own header.
    assert_same(pieces, data, within=0.006 if "webm" in name else 0.001)
    assert len(pieces) >= 4
    for piece in pieces:
        assert piece.path.suffix[1:] == EXTENSIONS.get(name, "flac")
        assert piece.name == piece.path.name
        assert piece.content_type in TYPES
        assert piece.path.stat().st_mode & 0o777 == 0o600
        assert piece.path.stat().st_size == piece.size
        assert piece.end - piece.start == pytest.approx(length(piece.path), abs=0.065)  # the last block of AAC is whole
        assert piece.start <= piece.span.start + 0.001
        assert piece.end >= min(piece.span.end, speech().duration) - 0.001
    assert -0.07 < pieces[0].start <= 0.001
    assert pieces[-1].end == pytest.approx(scan(opened(data)).duration, abs=0.05)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg on PATH (Debian package ffmpeg)")
@pytest.mark.parametrize("name", FORMATS)
def test_every_piece_is_a_sound_file_of_its_own(name: str, tmp_path: Path) -> None:
    pieces = pieces_of(recorded(name), tmp_path)
    strict = ["-err_detect", "explode", "-i"]
    command = ["ffmpeg", "-v", "error", "-xerror", *chain.from_iterable((*strict, piece.path) for piece in pieces)]
    for number in range(len(pieces)):
        command += ["-map", f"{number}:a", "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    for piece in pieces:
        with av.open(str(piece.path)) as container:
            assert [stream.type for stream in container.streams] == ["audio"]


@pytest.mark.parametrize("name", ["wav", "mp3", "flac", "m4a", "ogg", "webm"])
def test_the_same_recording_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    written = list[list[bytes]]()
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        written.append([piece.path.read_bytes() for piece in pieces_of(recorded(name), folder, most=60_000)])
    assert written[0] == written[1]


@pytest.mark.parametrize("name", ["wav", "mp3", "flac", "m4a", "ogg", "webm"])
def test_pieces_that_overlap_hold_the_same_sound(name: str, tmp_path: Path) -> None:
    file = opened(recorded(name))
    parts = spans(Scan(scan(file).duration, ()), longest=4, overlap=1.5)
    pieces = list(write_pieces(file, parts, tmp_path))
    assert len(pieces) == len(parts) > 4
    truth = {word.text: word.start for word in heard(recorded(name))}
    found = joined(pieces)
    assert {text for text, _ in found} == set(truth)
    assert max(abs(time - truth[text]) for text, time in found) <= 0.006
    for before, after in pairwise(pieces):
        assert before.end - after.start >= 1.499
    for word in heard(recorded(name)):
        inside = [part for part in parts if part.start < word.start - 0.06 and word.end + 0.06 < part.end]
        assert sum(text == word.text for text, _ in found) >= len(inside)


@pytest.mark.parametrize("name", ["mp3", "slow mp3"])
def test_frames_alone_are_what_a_muxer_would_write(name: str, tmp_path: Path) -> None:
    """Answers that are kept belong to the bytes of a chunk, which a muxer of FFmpeg once wrote."""
    muxed = tmp_path / "muxed.mp3"
    options = {"write_xing": "0", "id3v2_version": "0", "fflags": "+bitexact"}
    with av.open(opened(recorded(name))) as source, av.open(str(muxed), "w", format="mp3", options=options) as target:
        copy = target.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.size:
                packet.stream = copy
                target.mux(packet)
    (piece,) = pieces_of(recorded(name), tmp_path, longest=100)
    assert piece.path.read_bytes() in muxed.read_bytes()
    assert piece.size > 0.9 * muxed.stat().st_size


def test_flac_stays_as_it_is_to_the_sample(tmp_path: Path) -> None:
    samples = wave(noise(30, 0.1))
    samples[10 * RATE : 11 * RATE] = samples[20 * RATE : 21 * RATE] = 0
    data = encoded(samples, "flac", "flac", RATE)
    pieces = pieces_of(data, tmp_path, longest=15)
    assert [(piece.start, piece.end) for piece in pieces] == [(0, 10.5), (10.5, 20.5), (20.5, 30)]
    assert b"".join(b"".join(decoded(piece.path)) for piece in pieces) == samples.tobytes()


@pytest.mark.parametrize("make", WAVS)
def test_wav_keeps_its_samples(make: Callable[[], bytes], tmp_path: Path) -> None:
    data = make()
    pieces = pieces_of(data, tmp_path, longest=5)
    held = [piece.path.read_bytes() for piece in pieces]
    contents = [piece.partition(b"data")[2][4:] for piece in held]
    source = data.partition(b"data")[2][4:]
    for bytes_, content in zip(held, contents, strict=True):
        assert int.from_bytes(bytes_[4:8], "little") + 8 == len(bytes_)
        assert content.rstrip(b"\0") in source
    with av.open(str(pieces[0].path)) as piece, av.open(opened(data)) as whole:
        for wanted in ("name", "sample_rate", "channels"):
            assert getattr(piece.streams.audio[0].codec_context, wanted) == getattr(
                whole.streams.audio[0].codec_context, wanted
            )
    assert sum(piece.end - piece.start for piece in pieces) == pytest.approx(scan(opened(data)).duration, abs=0.001)


def test_an_odd_number_of_bytes_is_padded(tmp_path: Path) -> None:
    data = recorded("wav").partition(b"fmt ")[0] + WAVS[0]().partition(b"WAVE")[2]
    (piece,) = write_pieces(opened(data), [Span(0, 3 / 8000)], tmp_path)
    content = piece.path.read_bytes()
    assert len(content) % 2 == 0
    assert content[content.index(b"data") + 4 :][:4] == (3).to_bytes(4, "little")


@pytest.mark.parametrize("name", ["wav", "mp3", "flac", "m4a", "webm"])
def test_pieces_that_are_too_large_are_encoded_again(name: str, tmp_path: Path) -> None:
    pieces = pieces_of(recorded(name), tmp_path, most=30_000)
    assert all(piece.size <= 30_000 for piece in pieces)
    assert {piece.content_type for piece in pieces} <= {"audio/ogg", "audio/mpeg"}
    assert_same(pieces, recorded(name), within=0.01)
    assert sorted(tmp_path.iterdir()) == sorted(piece.path for piece in pieces)


def test_a_piece_that_cannot_be_small_enough_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="seconds of sound do not fit 1000 bytes"):
        pieces_of(recorded("wav"), tmp_path, most=1000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["wav", "mp3", "aac"])
def test_who_stops_leaves_nothing_that_was_not_given_out(name: str, tmp_path: Path) -> None:
    file = opened(recorded(name))
    parts = spans(Scan(scan(file).duration, ()), longest=8)
    writing = write_pieces(file, parts, tmp_path)
    first = next(writing)
    writing.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == [first.path]
    assert length(first.path) > 7


@pytest.mark.parametrize(("name", "most"), [("wav", None), ("mp3", None), ("aac", None), ("wav", 60_000)])
def test_a_failure_leaves_nothing(name: str, most: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failure(Exception):
        pass

    def fail() -> None:
        nonlocal blocks
        blocks += 1
        if blocks == 20 or (name == "wav" and most is None):
            raise Failure

    blocks = 0
    monkeypatch.setattr("tonearm._audio.chunks.check_stop", fail)
    with pytest.raises(Failure):
        list(write_pieces(opened(recorded(name)), [Span(0, 10)], tmp_path, most=most))
    assert list(tmp_path.iterdir()) == []


def test_what_ffmpeg_cannot_write_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise av.error.InvalidDataError(1, "Invalid data")

    monkeypatch.setattr("tonearm._audio.remux.Copy.put", fail)
    with pytest.raises(InvalidInput, match="the recording cannot be cut: Invalid data"):
        pieces_of(recorded("m4a"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_comes_after_a_gap_belongs_to_the_next_piece() -> None:
    class Writer:
        def __init__(self, span: Span) -> None:
            self.span, self.parts = span, list[str]()

        def put(self, timed: Timed[str]) -> None:
            self.parts.append(timed.part)

        def finish(self) -> Piece:
            return Piece(self.span, Path(), "".join(self.parts), "", 0, 0, 0)

        def discard(self) -> None:
            raise AssertionError

    parts = [Timed(0.0, 1.0, "a"), Timed(1.0, 1.0, "b"), Timed(7.0, 1.0, "c"), Timed(8.0, 1.0, "d")]
    waiting = _Waiting(iter(enumerate([Span(0, 4), Span(5, 9)], 1)))
    pieces = _written(iter(parts), waiting, lambda _, span, first: Writer(span))
    assert [piece.name for piece in pieces] == ["ab", "cd"]


def test_a_gap_in_what_is_encoded_again_is_silent(tmp_path: Path) -> None:
    """Damage in the middle: the words after it stay where they are."""
    data = recorded("alac")
    start, end = data.index(b"mdat") + 4, data.index(b"moov") - 4
    middle = (start + end) // 2
    damaged = data[:middle] + bytes(150_000) + data[middle + 150_000 :]
    (piece,) = write_pieces(opened(damaged), [Span(0, 60)], tmp_path)
    assert piece.end == pytest.approx(speech().duration, abs=0.3)
    truth = {word.text: word.start for word in speech().words}
    found = dict(joined([piece]))
    assert speech().words[0].text in found
    assert speech().words[-1].text in found
    assert max(abs(time - truth[text]) for text, time in found.items()) <= 0.01


def test_what_changes_its_channels_becomes_one_piece(tmp_path: Path) -> None:
    samples = wave(as_array(speech(4)))
    data = encoded(samples, "adts", "aac", RATE) + encoded(samples, "adts", "aac", RATE, layout="stereo")
    pieces = pieces_of(data, tmp_path, longest=100)
    assert [word for word, _ in joined(pieces)] == 2 * [word.text for word in speech(4).words]


def described_twice(data: bytes) -> bytes:
    """The same m4a in two chunks, the second of which has a description of the codec of its own, of the same words."""
    outer = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
    at = {kind: data.rindex(kind) - 4 for kind in (*outer, b"stsd", b"stsc", b"stsz", b"stco")}
    size = {kind: int.from_bytes(data[start : start + 4]) for kind, start in at.items()}
    content = {kind: data[start + 8 : start + size[kind]] for kind, start in at.items()}
    lengths = [length for (length,) in struct.iter_unpack(">I", content[b"stsz"][12:])]
    half, (start,) = len(lengths) // 2, struct.unpack(">I", content[b"stco"][8:])
    new = {
        b"stsd": struct.pack(">II", 0, 2) + content[b"stsd"][8:] * 2,
        b"stsc": struct.pack(">8I", 0, 2, 1, half, 1, 2, len(lengths) - half, 2),
        b"stco": struct.pack(">4I", 0, 2, start, start + sum(lengths[:half])),
    }
    for kind in reversed(new):
        atom = struct.pack(">I", 8 + len(new[kind])) + kind + new[kind]
        data = data[: at[kind]] + atom + data[at[kind] + size[kind] :]
    grown = sum(len(new[kind]) - len(content[kind]) for kind in new)
    for kind in outer:
        data = data[: at[kind]] + (size[kind] + grown).to_bytes(4) + data[at[kind] + 4 :]
    return data


def test_what_begins_its_codec_anew_is_encoded_again(tmp_path: Path) -> None:
    data = described_twice(recorded("m4a"))
    pieces = pieces_of(data, tmp_path)
    assert {piece.path.suffix for piece in pieces} == {".m4a", ".flac"}
    assert_same(pieces, data)


def test_24_bit_flac_keeps_them(tmp_path: Path) -> None:
    samples = (np.random.default_rng(0).normal(scale=0.1, size=(1, 5 * RATE)).clip(-1, 1) * 2**23).astype("i4") << 8
    path = tmp_path / "deep.flac"
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("flac", RATE)
        stream.layout, stream.format = "mono", "s32"
        frame = av.AudioFrame.from_ndarray(samples, "s32", "mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with path.open("rb") as file:
        (piece,) = write_pieces(file, [Span(1, 2)], tmp_path)
    with av.open(str(piece.path)) as container:
        assert container.streams.audio[0].format.name == "s32"
        kept = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    assert np.array_equal(kept, samples[:, RATE : 2 * RATE])


@pytest.mark.parametrize("missing", ["av", "numpy"])
def test_without_the_extra_only_plain_wav_is_cut(missing: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    pieces = pieces_of(recorded("wav"), tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(ConfigurationError, match=r"pip install 'tonearm\[media\]'"):
        list(write_pieces(opened(recorded("mp3")), [Span(0, 1)], tmp_path))
    with pytest.raises(ConfigurationError, match=r"pip install 'tonearm\[media\]'"):
        list(write_pieces(opened(recorded("wav")), [Span(0, 10)], other, most=30_000))
    monkeypatch.undo()
    assert list(other.iterdir()) == []
    assert_same(pieces, recorded("wav"))


def test_spans_beyond_the_end_give_nothing(tmp_path: Path) -> None:
    assert list(write_pieces(opened(recorded("mp3")), [Span(100, 110)], tmp_path)) == []


class _Counting(io.BytesIO):
    """Counts what is written to it."""

    writes = 0

    def write(self, block: Any, /) -> int:
        self.writes += 1
        return super().write(block)


@pytest.mark.parametrize("coding", ["mp3", "flac", "m4a", "aac"])
def test_what_is_encoded_is_written_in_blocks_and_not_by_the_packet(coding: Coding) -> None:
    file, second = _Counting(), Random(3).randbytes(48_000)
    encode([second] * 20, Grid(24_000, 1), file, coding)
    assert len(file.getvalue()) > 50_000
    assert file.writes < 60  # a packet has a twentieth of a second at most
