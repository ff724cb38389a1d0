"""Recordings of known words and pauses, in every format, and what is to be heard in a file."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, cast

import av
import numpy as np

from tonearm.sandbox import marker
from tonearm.sandbox.marker import Speech, Word

RATE = 16_000

FORMATS: dict[str, tuple[str, str, int]] = {
    # muxer, codec, samples a second
    "wav": ("wav", "pcm_s16le", RATE),
    "flac": ("flac", "flac", RATE),
    "mp3": ("mp3", "libmp3lame", 44_100),
    "slow mp3": ("mp3", "libmp3lame", RATE),
    "m4a": ("ipod", "aac", 44_100),
    "ogg": ("ogg", "libopus", 48_000),
    "webm": ("webm", "libopus", 48_000),
    "vorbis": ("ogg", "vorbis", 44_100),
    "alac": ("ipod", "alac", 44_100),
    "aac": ("adts", "aac", RATE),
    "mp4 with a picture": ("mp4", "aac", 44_100),
    "webm with a picture": ("webm", "libopus", 48_000),
}


@cache
def speech(sentences: int = 6) -> Speech:
    """About 3 seconds a sentence, with pauses of 0.6 seconds between them."""
    return marker.speak(
        " ".join(" ".join(f"w{n}x{word}" for word in range(7)) + "." for n in range(sentences)), rate=RATE
    )


@cache
def recorded(name: str, sentences: int = 6) -> bytes:
    """The marker speech as a file of one of FORMATS."""
    muxer, codec, rate = FORMATS[name]
    samples = np.frombuffer(b"".join(speech(sentences)), "<i2")
    return encoded(samples, muxer, codec, rate, picture="picture" in name)


def encoded(
    samples: "np.ndarray[Any, np.dtype[np.int16]]",
    muxer: str,
    codec: str,
    rate: int,
    *,
    layout: str = "mono",
    picture: bool = False,
) -> bytes:
    """Samples of one channel at 16 kHz as a file."""
    file = io.BytesIO()
    with av.open(file, "w", format=muxer) as container:
        video: Any = container.add_stream("libvpx" if muxer == "webm" else "mpeg4", 5) if picture else None
        if video is not None:
            video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        options = {"strict": "experimental"} if codec == "vorbis" else {}
        stream = cast("av.AudioStream", container.add_stream(codec, rate, options=options))
        stream.layout = "stereo" if codec == "vorbis" else layout
        for start in range(0, len(samples), RATE):
            if video is not None:
                image = av.VideoFrame(64, 48, "yuv420p")
                image.pts, image.time_base = start // RATE * 5, Fraction(1, 5)
                container.mux(video.encode(image))
            frame = av.AudioFrame.from_ndarray(samples[start : start + RATE].reshape(1, -1), "s16", "mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        if video is not None:
            container.mux(video.encode(None))
        container.mux(stream.encode(None))
    return file.getvalue()


def decoded(file: bytes | Path) -> Iterator[bytes]:
    """What a file plays, one channel at 16 kHz."""
    resampler = av.AudioResampler("s16", "mono", RATE)
    with av.open(io.BytesIO(file) if isinstance(file, bytes) else str(file)) as container:
        for frame in chain(container.decode(audio=0), (None,)):
            if frame is not None:
                frame.pts = None
            for samples in resampler.resample(frame):
                yield bytes(samples.planes[0])[: 2 * samples.samples]


def heard(file: bytes | Path) -> list[Word]:
    """The words in a file, with their times."""
    return list(_played(file)[0])


def length(file: bytes | Path) -> float:
    """Seconds that a file plays."""
    return _played(file)[1]


_PLAYED: dict[bytes, tuple[tuple[Word, ...], float]] = {}


def _played(file: bytes | Path) -> tuple[tuple[Word, ...], float]:
    """The words and the seconds of a file; what was listened to is not decoded again."""
    content = file if isinstance(file, bytes) else file.read_bytes()
    key = hashlib.sha256(content).digest()
    if key not in _PLAYED:
        count = 0

        def counted() -> Iterator[bytes]:
            nonlocal count
            for block in decoded(content):
                count += len(block)
                yield block

        words = tuple(marker.listen(counted()))
        _PLAYED[key] = words, count / 2 / RATE
    return _PLAYED[key]


def opened(data: bytes) -> BinaryIO:
    return io.BytesIO(data)


def noise(seconds: float, level: float, seed: int = 0) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """White noise; `level` is its standard deviation as a part of full scale."""
    return np.random.default_rng(seed).normal(scale=level, size=round(seconds * RATE))


def wave(samples: "np.ndarray[Any, Any]") -> "np.ndarray[Any, np.dtype[np.int16]]":
    """Samples as parts of full scale, as 16 bit."""
    return np.clip(np.round(samples * 32767), -32768, 32767).astype("<i2")


def as_array(blocks: Iterable[bytes]) -> "np.ndarray[Any, np.dtype[np.float64]]":
    return np.frombuffer(b"".join(blocks), "<i2") / 32768
