"""Which files are opened: containers of sound, and none that FFmpeg would obey."""

import ctypes
import errno
import io
import math
import struct
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
import pytest

from tests.inside.audio import (
    ALLOWED,
    OPTIONS,
    Choice,
    Grid,
    GuardedFile,
    Interleaved,
    Opened,
    Piece,
    Span,
    Unfit,
    check,
    decoded_duration,
    duration,
    encode,
    named,
    scan,
    sniff,
    spans,
    survey,
    write_pieces,
)
from tests.media.recordings import RATE, encoded, heard, noise, opened, recorded, speech, wave
from tonearm import InvalidInput

OPENERS = {
    # demuxers that open other files or the network, by the source of FFmpeg (calls of io_open, avformat_open_input
    # and ffurl_open in libavformat), and the devices of libavdevice
    *("concat", "dash", "hls", "imf", "image2", "image2pipe", "mlv", "rtp", "rtsp", "sap", "sdp", "vobsub", "tee"),
    *("webm_dash_manifest", "avisynth", "libgme", "libopenmpt", "libmodplug", "vapoursynth", "lavfi", "alsa", "fbdev"),
    *("kmsgrab", "x11grab", "video4linux2", "v4l2", "pulse", "jack", "oss", "sndio", "decklink", "openal", "xcbgrab"),
}


MOV = {"3g2", "3gp", "m4a", "mj2", "mov,mp4,m4a,3gp,3g2,mj2", "mp4", "matroska,webm"}
"""What two of the demuxers are called beside `mov` and `matroska`."""


def demuxers() -> list[str]:
    """All demuxers of the FFmpeg that is installed."""
    found = []
    for name in sorted(av.formats_available):
        try:
            found.append(av.ContainerFormat(name, "r").name)
        except ValueError:
            continue
    return found


def refused(name: str) -> bool:
    """Whether a demuxer is not opened, as others that are no more than wrong for these bytes say it otherwise."""
    try:
        av.open(io.BytesIO(bytes(64)), format=name, container_options=OPTIONS).close()
    except av.error.FFmpegError as error:
        return isinstance(error, av.error.ArgumentError)
    return False


def test_no_demuxer_that_opens_anything_else_may_be_used() -> None:
    assert len(ALLOWED) > 100
    assert not ALLOWED & OPENERS
    known = demuxers()
    assert {"concat", "hls", "sdp", "image2"} <= set(known)
    for name in known:
        if name not in ALLOWED | MOV:
            assert refused(name), name


SCRIPTS = {
    "concat": "ffconcat version 1.0\nfile {path}\n",
    "absolute": "ffconcat version 1.0\nfile '{path}'\nduration 5\n",
    "sdp": "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 50004 RTP/AVP 0\r\n",
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{path}\n#EXT-X-ENDLIST\n",
    "sbg": "SBAGEN\n-SE\nbase: pink/40 100+1.5/30\nNOW base\n",
    "text": "a text that nobody speaks\n" * 100,
}


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("suffix", ["mp3", "m3u8", "ffconcat", "sdp", "wav"])
def test_a_text_names_no_other_file(script: str, suffix: str, tmp_path: Path) -> None:
    (tmp_path / "private.wav").write_bytes(recorded("wav"))
    path = tmp_path / f"podcast.{suffix}"
    path.write_text(SCRIPTS[script].format(path=tmp_path / "private.wav"))
    for tell in (scan, duration, decoded_duration):
        with path.open("rb") as file, pytest.raises(InvalidInput, match=f"podcast.{suffix} cannot be read as audio"):
            cast("Any", tell)(file)


def tagged(muxer: str, codec: str, rate: int) -> bytes:
    """A recording with a title whose bytes are Latin-1."""
    file = io.BytesIO()
    with av.open(file, "w", format=muxer, options={"write_id3v1": "1"} if muxer == "mp3" else {}) as container:
        container.metadata["title"] = "Fr~re Jacques"
        stream = cast("av.AudioStream", container.add_stream(codec, rate))
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(wave(noise(2, 0.1)).reshape(1, -1), "s16", "mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    data = file.getvalue()
    assert b"Fr~re" in data
    return data.replace(b"Fr~re", b"Fr\xe8re")


@pytest.mark.parametrize(
    ("muxer", "codec", "rate"),
    [
        ("mp3", "libmp3lame", 44_100),
        ("wav", "adpcm_ms", RATE),
        ("ipod", "aac", RATE),
        ("webm", "libopus", 48_000),
        ("flac", "flac", RATE),
    ],
)
def test_names_that_are_not_utf_8_end_nothing(muxer: str, codec: str, rate: int, tmp_path: Path) -> None:
    data = tagged(muxer, codec, rate)
    assert duration(opened(data)) == pytest.approx(2, abs=0.2)
    assert scan(opened(data)).duration == pytest.approx(2, abs=0.15)
    (piece,) = write_pieces(opened(data), [Span(0, 2)], tmp_path)
    assert decoded_duration(piece.path) == pytest.approx(2, abs=0.15)


@pytest.mark.parametrize(
    ("muxer", "codec", "layout"),
    [
        ("adts", "aac", "7.1(wide)"),
        ("ipod", "aac", "5.1"),
        ("flac", "flac", "7.1"),
        ("matroska", "pcm_s16le", "hexadecagonal"),
        ("wv", "wavpack", "octagonal"),
    ],
)
def test_sound_of_many_channels_is_read_and_cut(muxer: str, codec: str, layout: str, tmp_path: Path) -> None:
    samples = np.frombuffer(b"".join(speech(4)), "<i2")
    channels = av.AudioLayout(layout).nb_channels
    file = io.BytesIO()
    with av.open(file, "w", format=muxer) as container:
        stream = cast("av.AudioStream", container.add_stream(codec, RATE))
        stream.layout = layout
        resampler = av.AudioResampler(stream.format, stream.layout, RATE)
        frame = av.AudioFrame.from_ndarray(np.repeat(samples, channels).reshape(1, -1), "s16", layout)
        frame.sample_rate = RATE
        for each in resampler.resample(frame):
            container.mux(stream.encode(each))
        container.mux(stream.encode(None))
    data = file.getvalue()
    found = scan(opened(data))
    assert found.duration == pytest.approx(speech(4).duration, abs=0.2)
    assert len(found.silences) >= 3
    (piece,) = write_pieces(opened(data), [Span(0, found.duration)], tmp_path)
    assert [word.text for word in heard(piece.path)] == [word.text for word in speech(4).words]


@pytest.mark.parametrize(("rate", "channels"), [(2**31 - 1, 2), (2**31 - 1, 64), (8000, 65_535), (3_000_000, 1)])
def test_a_header_that_lies_about_the_memory_is_refused(rate: int, channels: int) -> None:
    au = struct.pack(">4sIIIII", b".snd", 24, 40_000, 3, rate, channels) + bytes(40_000)
    with pytest.raises(InvalidInput, match="the recording"):
        scan(opened(au))


# Tracks


def tracks(*sounds: "np.ndarray[Any, Any]", default: int, languages: tuple[str, ...] = ()) -> bytes:
    """A file with several audio tracks, one of which is the default, from 1."""
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as container:
        streams = [cast("av.AudioStream", container.add_stream("pcm_s16le", RATE)) for _ in sounds]
        for number, stream in enumerate(streams, 1):
            stream.layout = "mono"
            stream.disposition = av.stream.Disposition.default if number == default else av.stream.Disposition(0)
            if languages:
                stream.metadata["language"] = languages[number - 1]
        for stream, sound in zip(streams, sounds, strict=True):
            frame = av.AudioFrame.from_ndarray(wave(sound).reshape(1, -1), "s16", "mono")
            frame.sample_rate = RATE
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return file.getvalue()


@pytest.mark.parametrize(
    ("track", "default", "taken"), [(None, 1, 1), (None, 2, 2), (1, 2, 1), (2, 1, 2), ("deu", 1, 2), ("eng", 2, 1)]
)
def test_the_default_track_is_read_or_the_one_that_is_named(track: Any, default: int, taken: int) -> None:
    data = tracks(noise(2, 0.1), noise(3, 0.1), default=default, languages=("eng", "deu"))
    assert scan(opened(data), Choice(track)).duration == pytest.approx(taken + 1)
    assert math.isclose(duration(opened(data), Choice(track)), taken + 1, abs_tol=0.1)


@pytest.mark.parametrize("track", [3, "fra"])
def test_a_track_that_is_not_there_is_refused(track: Any) -> None:
    data = tracks(noise(1, 0.1), noise(1, 0.1), default=1, languages=("eng", "deu"))
    with pytest.raises(InvalidInput, match=r"no audio track .*, but track 1 \(eng\), track 2 \(deu\)"):
        scan(opened(data), Choice(track))


def without_decoder(data: bytes, times: int) -> bytes:
    """The first tracks of a file get a codec that FFmpeg has not."""
    return data.replace(b"A_PCM", b"A_ODD", times)


def test_a_track_without_a_decoder_is_skipped() -> None:
    data = tracks(noise(2, 0.1), noise(3, 0.1), default=1)
    assert scan(opened(without_decoder(data, 1))).duration == pytest.approx(3)
    with pytest.raises(InvalidInput, match="there is no decoder for track 1, track 2"):
        scan(opened(without_decoder(data, 2)))


def test_time_counts_from_the_beginning_of_the_file_or_of_the_track() -> None:
    data = encoded(wave(noise(2, 0.1)), "mp4", "aac", RATE, picture=True)
    with av.open(io.BytesIO(data)) as source, av.open(late := io.BytesIO(), "w", format="matroska") as target:
        copies = {stream: target.add_stream_from_template(cast("Any", stream)) for stream in source.streams}
        for packet in source.demux():
            if packet.size:
                if packet.stream.type == "audio":
                    late_by = round(5 / cast("Any", packet.time_base))
                    packet.pts, packet.dts = cast("int", packet.pts) + late_by, cast("int", packet.dts) + late_by
                packet.stream = cast("Any", copies[packet.stream])
                target.mux(packet)
    found = scan(opened(late.getvalue()))
    assert found.duration == pytest.approx(7, abs=0.15)
    assert not found.sound(0.1, 4.9)
    assert duration(opened(late.getvalue())) == pytest.approx(7, abs=0.15)
    assert scan(opened(late.getvalue()), Choice(alone=True)).duration == pytest.approx(2, abs=0.15)


# Failures


class Failing(io.BytesIO):
    """A file whose seeks fail from some number on."""

    def __init__(self, data: bytes, error: Exception) -> None:
        super().__init__(data)
        self.error, self.seeks = error, 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self.seeks += 1
        if self.seeks > 6:
            raise self.error
        return super().seek(offset, whence)


def test_a_place_that_is_not_in_the_file_is_a_refusal_and_a_broken_disk_is_none() -> None:
    with pytest.raises(InvalidInput, match="places outside itself"):
        decoded_duration(Failing(recorded("m4a"), OSError(errno.EINVAL, "odd")))
    with pytest.raises(InvalidInput, match="cannot be read as audio: negative"):
        decoded_duration(Failing(recorded("m4a"), ValueError("negative")))
    with pytest.raises(OSError, match="odd"):
        decoded_duration(Failing(recorded("m4a"), OSError(errno.EIO, "odd")))


class Stopped(io.BytesIO):
    """A file in which something is raised once, in a call of some number."""

    def __init__(self, data: bytes, method: str, error: BaseException, call: int) -> None:
        super().__init__(data)
        self.method, self.error, self.left = method, error, call

    def _count(self, method: str) -> None:
        self.left -= method == self.method
        if self.left == 0:
            self.left = -1
            raise self.error

    def read(self, size: int | None = -1) -> bytes:
        self._count("read")
        return super().read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._count("seek")
        return super().seek(offset, whence)


@pytest.mark.parametrize("name", ["ogg", "flac", "m4a", "mp3"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.EIO, "odd")])
def test_what_is_raised_while_ffmpeg_reads_ends_the_scan(
    name: str, error: BaseException, capfd: pytest.CaptureFixture[str]
) -> None:
    data = recorded(name)
    counted = Stopped(data, "read", error, -1)
    scan(cast("Any", counted))
    for call in np.linspace(1, -counted.left - 1, 5).astype(int):
        with pytest.raises(type(error)):
            scan(cast("Any", Stopped(data, "read", error, call)))
    assert capfd.readouterr().err == ""


def test_ctrl_c_while_ffmpeg_seeks_or_works_is_not_lost(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt):
        scan(cast("Any", Stopped(recorded("m4a"), "seek", KeyboardInterrupt(), 5)))
    assert capfd.readouterr().err == ""
    with pytest.raises(KeyboardInterrupt), GuardedFile(opened(b"sound")) as guarded:
        tuple(map(guarded.read, map(ctypes.pythonapi.PyErr_SetInterruptEx, [2])))  # it waits as the read begins
    stopped = GuardedFile(cast("Any", Stopped(b"sound", "seek", KeyboardInterrupt(), 1)))
    with pytest.raises(KeyboardInterrupt), stopped, pytest.raises(OSError, match=r"^$"):
        stopped.seek(0)


def test_a_piece_that_cannot_be_decoded_is_unfit(tmp_path: Path) -> None:
    path = tmp_path / "0001.mp3"
    path.write_bytes(b"no sound")
    with pytest.raises(Unfit):
        check(Piece(Span(0, 1), path, path.name, "audio/mpeg", 0.0, 1.0, 8))


def test_a_frame_that_tells_of_an_absurd_rate_is_refused() -> None:
    frame = av.AudioFrame("s16", "mono", samples=10)
    for rate in (0, 2_000_000):
        frame.sample_rate = rate
        with pytest.raises(InvalidInput, match=f"song has {rate} samples a second in 1 channels"):
            Interleaved("song").of(frame)


@pytest.mark.parametrize("name", ["mp3", "ogg", "flac"])
def test_damage_is_told_and_the_rest_is_kept(name: str, caplog: pytest.LogCaptureFixture) -> None:
    data = bytearray(recorded(name))
    at = len(data) // 2
    data[at : at + 3000] = bytes(range(200)) * 15
    found = scan(opened(bytes(data)))
    assert found.duration == pytest.approx(speech().duration, abs=1.5)
    assert caplog.messages == [] or "the recording is damaged in" in caplog.messages[0]


def test_a_file_that_cannot_be_read_to_its_end_is_kept_as_far_as_it_goes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def demux(self: Opened, most: int) -> Iterator[Any]:
        for number, packet in enumerate(self.container.demux(self.stream)):
            if number == most:
                raise av.error.InvalidDataError(1, "Invalid data")
            yield packet

    for most, seconds in ((100, 2.6), (0, 0)):
        monkeypatch.setattr("tonearm._audio.timeline._demuxed", partial(demux, most=most))
        if not most:
            with pytest.raises(InvalidInput, match="Invalid data"):
                scan(opened(recorded("mp3")))
        else:
            assert scan(opened(recorded("mp3"))).duration == pytest.approx(seconds, abs=0.1)
            assert "is damaged in 1 places (Invalid data)" in caplog.text
            assert decoded_duration(opened(recorded("mp3"))) == pytest.approx(seconds, abs=0.1)


def tag(size: int, version: int = 3, *, footer: bool = False) -> bytes:
    """An ID3v2 tag with so many bytes of padding."""
    length = bytes(size >> shift & 127 for shift in (21, 14, 7, 0))
    return b"ID3" + bytes([version, 0, 0x10 * footer]) + length + bytes(size) + b"3DI".ljust(10, b"\0") * footer


BEFORE = {
    "a tag without a frame": tag(10),
    "a long tag": tag(70_000),
    "tags": tag(1000) + tag(10) * 3 + tag(5000, 4, footer=True),
    "a tag that is longer than the file": tag(10)[:6] + b"\x7f\x7f\x7f\x7f",
    "the header of a download": b"HTTP/1.0 200 OK\r\nContent-Type: audio/wav\r\n\r\n",
    "a page": b"<html>ICY 200 OK</html>\r\n" * 200,
    "nothing": bytes(60_000),
    "a mark of UTF-8": b"\xef\xbb\xbf",
}


BEHIND = [
    pytest.param(
        name, before, marks=[] if name in ("wav", "mp3") or before in ("tags", "nothing") else pytest.mark.soak
    )
    for name in ("wav", "flac", "m4a", "ogg", "webm", "mp4 with a picture", "mp3")
    for before in BEFORE
]


@pytest.mark.parametrize(("name", "before"), BEHIND)
def test_a_container_is_found_behind_other_bytes(name: str, before: str, tmp_path: Path) -> None:
    file = io.BytesIO(BEFORE[before] + recorded(name, 4))
    found, whole = scan(file), scan(opened(recorded(name, 4)))
    assert found.duration == pytest.approx(whole.duration, abs=0.05)  # MP3 behind junk loses its header
    assert survey(file).duration == pytest.approx(whole.duration, abs=0.06)
    pieces = list(write_pieces(file, spans(found, longest=8.0), tmp_path))
    played = [decoded_duration(piece.path) for piece in pieces]
    assert len(played) > 1
    assert played == pytest.approx([piece.end - piece.start for piece in pieces], abs=0.1)


def test_what_is_no_container_is_not_found_behind_other_bytes() -> None:
    for data in (tag(10) + b"nothing here", bytes(70_000) + recorded("wav", 4), tag(0) * 20_000):
        with pytest.raises(InvalidInput, match="cannot be read as audio"):
            duration(io.BytesIO(data))


def test_what_is_behind_other_bytes_is_not_sent_as_it_is() -> None:
    assert not survey(io.BytesIO(tag(10) + recorded("wav", 4))).plain
    assert survey(io.BytesIO(tag(10) + recorded("flac", 4))).plain  # which FFmpeg reads by itself


@pytest.mark.parametrize(
    ("name", "data", "extension", "sent"),
    [
        ("talk.wav", tag(10) + recorded("wav", 4), "wav", "talk.wav"),
        ("talk.mp3", tag(10) + recorded("wav", 4), "wav", "talk.mp3.wav"),
        ("talk.flac", tag(10) + tag(20) + recorded("flac", 4), "flac", "talk.flac"),
        ("talk.flac", tag(5000) + recorded("flac", 4), "mp3", "talk.flac"),
        ("talk.m4a", tag(5000) + recorded("mp3", 4), "mp3", "talk.m4a.mp3"),
        ("talk.mp3", tag(10) + bytes(600), "mp3", "talk.mp3"),
    ],
)
def test_a_tag_does_not_say_what_is_behind_it(name: str, data: bytes, extension: str, sent: str) -> None:
    assert sniff(data[:512]) == extension
    assert named(name, data[:512])[0] == sent


class Unwritten(io.BytesIO):
    """A file in which something is raised once, in the third write."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error, self.left = error, 3

    def write(self, block: Any) -> int:
        self.left -= 1
        if self.left == 0:
            raise self.error
        return super().write(block)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full")])
def test_what_is_raised_while_ffmpeg_writes_ends_the_encoding(
    error: BaseException, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(type(error)):
        encode([wave(noise(20, 0.1)).tobytes()], Grid(RATE, 1), cast("Any", Unwritten(error)), "flac")
    assert capfd.readouterr().err == ""
