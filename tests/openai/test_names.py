"""Under which name and type a recording is sent."""

import io
from typing import Any

import av
import pytest

from tests.inside.audio import foreign, named, sniff
from tests.openai.both import blocking
from tests.wire.recorder import Recorder, answer

ADTS = b"\xff\xf1\x50\x80\x02\x1f\xfc"


@pytest.mark.parametrize(
    ("head", "extension"),
    [
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "wav"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", None),
        (b"FORM\x00\x00\x00\x00AIFFCOMM", "aiff"),
        (b"FORM\x00\x00\x00\x00AIFCFVER", "aiff"),
        (b"fLaC\x00", "flac"),
        (b"OggS\x00", "ogg"),
        (b"\x1aE\xdf\xa3\x01", "webm"),
        (b"\x00\x00\x00\x1cftypM4A \x00", "m4a"),
        (b"\x00\x00\x00\x1cftypisom\x00", "mp4"),
        (b"ID3\x04\x00", "mp3"),
        (b"\xff\xfb\x90\x00", "mp3"),
        (b"\xff\xf3\x84\xc4", "mp3"),
        (b"\xff\xe3\x84\xc4", "mp3"),
        (b"\xff\xfb\xf0\x00", None),
        (b"\xff\xfb\x00\x00", None),
        (b"\xff\xfb\x9c\x00", None),
        (b"\xff\xeb\x90\x00", None),
        (ADTS, "aac"),
        (b"\xff\xf9\x5c\x80", "aac"),
        (b"\xff\xf1\xfc\x80", None),
        (b"\xff\xe1\x50\x80", None),
        (b"\xff\xfb", None),
        (b"\xfe\xfb\x90\x00", None),
        (b"\xff\x1b\x90\x00", None),
        (b"Hello, world", None),
        (b"", None),
    ],
)
def test_a_format_is_known_by_its_first_bytes(head: bytes, extension: str | None) -> None:
    assert sniff(head) == extension


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"Hello, world", "text"),
        ("caf\xe9 au lait".encode(), "text"),
        ("caf\xe9".encode()[:-1], "text"),
        ("caf\xe9 au lait".encode("latin-1"), None),
        (b"\x00\x01\x02", None),
    ],
)
def test_text_is_no_audio_where_it_is_utf_8(head: bytes, what: str | None) -> None:
    assert foreign(head) == what


def _encoded(container: str, codec: str, rate: int) -> bytes:
    """A second of silence."""
    target = io.BytesIO()
    with av.open(target, "w", format=container) as output:
        stream: Any = output.add_stream(codec, rate=rate, layout="mono")
        fifo = av.AudioFifo()
        frame = av.AudioFrame(stream.format, "mono", rate)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate = rate
        fifo.write(frame)
        while piece := fifo.read(stream.frame_size or rate, partial=True):
            output.mux(stream.encode(piece))
        output.mux(stream.encode(None))
    return target.getvalue()


@pytest.mark.parametrize(
    ("container", "codec", "rate", "extension"),
    [
        ("wav", "pcm_s16le", 16_000, "wav"),
        ("aiff", "pcm_s16be", 16_000, "aiff"),
        ("flac", "flac", 16_000, "flac"),
        ("ogg", "libopus", 48_000, "ogg"),
        ("webm", "libopus", 48_000, "webm"),
        ("matroska", "libopus", 48_000, "webm"),
        ("ipod", "aac", 16_000, "m4a"),
        ("mp4", "aac", 16_000, "mp4"),
        ("adts", "aac", 16_000, "aac"),
        ("mp3", "libmp3lame", 16_000, "mp3"),
    ],
)
def test_what_ffmpeg_writes_is_known(container: str, codec: str, rate: int, extension: str) -> None:
    assert sniff(_encoded(container, codec, rate)[:512]) == extension


@pytest.mark.parametrize(
    ("name", "head", "sent"),
    [
        (None, b"fLaC", ("audio.flac", "audio/flac")),
        (None, b"????", ("audio", "application/octet-stream")),
        ("talk.mp3", b"fLaC", ("talk.mp3.flac", "audio/flac")),
        ("talk.webm", b"\0\0\0\x1cftypM4A ", ("talk.webm.m4a", "audio/mp4")),
        ("talk.m4a", b"\0\0\0\x1cftypisom", ("talk.m4a", "audio/mp4")),
        ("talk.mpga", b"ID3\4", ("talk.mpga", "audio/mpeg")),
        ("talk.OGA", b"OggS", ("talk.OGA", "audio/ogg")),
        ("TALK.WAV", b"????", ("TALK.WAV", "audio/wav")),
        ("talk", b"ID3\x04", ("talk.mp3", "audio/mpeg")),
        ("talk.opus", b"OggS", ("talk.opus.ogg", "audio/ogg")),
        ("talk.v2", b"????", ("talk.v2", "application/octet-stream")),
        ("talk.aac", ADTS, ("talk.aac", "audio/aac")),
        ("talk.aif", b"FORM\0\0\0\0AIFF", ("talk.aif.aiff", "audio/aiff")),
        ("t\udcffalk.m4a", b"", ("t?alk.m4a", "audio/mp4")),
    ],
)
def test_a_name_that_does_not_fit_gets_the_extension_of_the_contents(
    name: str | None, head: bytes, sent: tuple[str, str]
) -> None:
    assert named(name, head) == sent


def test_bytes_and_files_without_a_name_are_sent_with_one() -> None:
    file = io.BytesIO(b"skipped" + ADTS)
    file.seek(7)
    with Recorder([answer(json={"text": "x"})] * 2) as server:
        blocking(lambda ai: ai.transcribe(b"OggS and more", model="m"), server.url)
        blocking(lambda ai: ai.transcribe(file, model="m"), server.url)
    ogg, aac = (sent.body for sent in server.requests)
    assert b'filename="audio.ogg"\r\nContent-Type: audio/ogg\r\n\r\nOggS and more\r\n' in ogg
    assert b'filename="audio.aac"\r\nContent-Type: audio/aac\r\n\r\n' + ADTS + b"\r\n" in aac
