"""How long recordings are."""

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest

from tests.inside.audio import Reader, decoded_duration, duration, survey
from tests.inside.files import Source
from tests.media.recordings import FORMATS, RATE, as_array, encoded, length, opened, recorded, speech, wave
from tonearm import InvalidInput


def sent(muxer: str, codec: str) -> bytes:
    """A file whose writer could not go back to its header."""

    class Pipe:
        def __init__(self) -> None:
            self.data = b""

        def write(self, data: bytes) -> int:
            self.data += data
            return len(data)

    pipe: Any = Pipe()
    with av.open(pipe, "w", format=muxer) as target, av.open(io.BytesIO(recorded("wav"))) as source:
        stream: Any = target.add_stream(codec, RATE if codec != "libopus" else 48_000)
        stream.layout = "mono"
        for frame in source.decode(audio=0):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return pipe.data


@pytest.mark.parametrize("name", FORMATS)
def test_a_survey_ends_where_it_is_known_that_there_is_too_much(name: str) -> None:
    whole = survey(opened(recorded(name)))
    assert survey(opened(recorded(name)), most=60) == whole
    if name != "wav":  # whose header is believed
        assert 9 < survey(opened(recorded(name)), most=9).duration < 9.6
        assert 0 < survey(opened(recorded(name)), most=0).duration < 0.6


@pytest.mark.parametrize("name", FORMATS)
def test_the_packets_tell_the_length(name: str) -> None:
    assert duration(opened(recorded(name))) == pytest.approx(length(recorded(name)), abs=0.1)


@pytest.mark.parametrize(("muxer", "codec"), [("mp3", "libmp3lame"), ("flac", "flac"), ("webm", "libopus")])
def test_the_packets_tell_the_length_of_what_was_written_as_a_stream(muxer: str, codec: str) -> None:
    data = sent(muxer, codec)
    assert duration(opened(data)) == pytest.approx(decoded_duration(opened(data)), abs=0.07)


@pytest.mark.parametrize("name", FORMATS)
def test_decoding_tells_the_length_of_all_that_is_there(name: str, tmp_path: Path) -> None:
    path = tmp_path / "recording"
    path.write_bytes(recorded(name))
    assert decoded_duration(path) == pytest.approx(length(path), abs=0.001)


def test_what_is_cut_off_has_the_length_that_is_left() -> None:
    data = recorded("mp3")
    half = data[: len(data) // 2]
    for tell in (duration, decoded_duration):
        assert tell(opened(half)) == pytest.approx(speech().duration / 2, abs=0.5)


def test_a_header_that_tells_another_length_is_not_believed() -> None:
    flac = bytearray(recorded("flac"))
    flac[22:26] = (1000).to_bytes(4, "big")  # samples in all
    mp3 = recorded("mp3")
    for data, seconds in ((bytes(flac), 1), (mp3 + mp3, 2), (recorded("ogg") * 2, 2), (recorded("vorbis") * 2, 2)):
        assert duration(opened(data)) == pytest.approx(seconds * speech().duration, abs=0.2)


@pytest.mark.parametrize("make", [lambda: b"no audio at all", lambda: recorded("m4a")[:500]], ids=["text", "cut"])
def test_what_is_no_audio_has_no_length(make: Callable[[], bytes]) -> None:
    data = make()
    with pytest.raises(InvalidInput, match="cannot be read as audio"):
        duration(opened(data))
    with pytest.raises(InvalidInput, match="cannot be read as audio"):
        decoded_duration(opened(data))


def test_a_source_is_read_as_a_file() -> None:
    data = recorded("m4a")
    with Source.open(data) as source:
        reader: Any = Reader(source)
        assert duration(reader) == pytest.approx(speech().duration, abs=0.03)
        assert reader.readable()
        assert reader.seekable()
        assert reader.seek(-4, io.SEEK_END) == len(data) - 4
        assert reader.read() == data[-4:]
        assert reader.read(10) == b""
        assert reader.seek(2) == 2
        assert reader.seek(2, io.SEEK_CUR) == 4
        assert reader.read(4) == data[4:8]


def test_plain_wav_tells_its_length_to_the_sample() -> None:
    data = encoded(wave(as_array(speech(4)))[:12_345], "wav", "pcm_s16le", RATE)
    assert duration(opened(data)) == decoded_duration(opened(data)) == 12_345 / RATE


@pytest.mark.parametrize("told", [0xFFFFFFFF, 0xFFFFFFFF - 44, 0x7FFFFFFF, 0x7FFFF000])
def test_plain_wav_that_is_longer_than_its_header_can_tell_is_read_to_its_end(told: int, tmp_path: Path) -> None:
    path = tmp_path / "day.wav"
    with path.open("wb") as file:
        file.write(
            struct.pack("<4sI8sIHHIIHH4sI", b"RIFF", told, b"WAVEfmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16, b"data", told)
        )
        file.truncate(44 + 200_000 * 2 * RATE)  # more than four GiB, none of which is on the disk
    assert decoded_duration(path) == 200_000.0


def test_what_follows_the_samples_of_plain_wav_is_no_sound() -> None:
    data = encoded(wave(as_array(speech(4))), "wav", "pcm_s16le", RATE)
    assert duration(opened(data + b"LIST\x04\x00\x00\x00more")) == duration(opened(data))
