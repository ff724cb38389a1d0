"""Decode and encode audio with PyAV: streams of byte blocks in and out, never a whole file in memory."""

# pyright: reportUnknownMemberType=false
# PyAV's own stubs leave the type arguments of Packet out.
from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from attrs import evolve, frozen

from tonearm.sandbox.recording import AudioError, Recording, failures, frames, links_of, opened, packets, resampled

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import OutputContainer

SPEECH_RATE = 16_000
"""Samples per second with which speech recognition works."""


@frozen
class AudioInfo:
    """The audio stream of a file: `duration` in seconds, names as in FFmpeg."""

    duration: float
    codec: str
    container: str
    sample_rate: int
    channels: int


@frozen
class Encoding:
    """An encoding of audio: FFmpeg's muxer and encoder, bits per second, channels and samples per second.

    None leaves the bit rate to the encoder, channels and sample rate to the source. A sample rate that the encoder does
    not have becomes the next higher one that it has.
    """

    muxer: str
    codec: str
    bit_rate: int | None = None
    channels: int | None = None
    sample_rate: int | None = None


ENCODINGS = {
    "aac": Encoding("adts", "aac"),
    "flac": Encoding("flac", "flac"),
    "m4a": Encoding("ipod", "aac"),
    "mp3": Encoding("mp3", "libmp3lame"),
    "ogg": Encoding("ogg", "libopus"),
    "opus": Encoding("opus", "libopus"),
    "pcm": Encoding("s16le", "pcm_s16le"),
    "wav": Encoding("wav", "pcm_s16le"),
    "webm": Encoding("webm", "libopus"),
}
"""The usual encoding of each format by its common name."""


def probe(source: Path | BinaryIO) -> AudioInfo:
    """Read the properties of a file; without a duration in its header, its packets are counted.

    Raises AudioError when it is no readable audio.
    """
    with opened(source) as recording:
        codec, container = recording.stream.codec_context, recording.container.format.name
        duration = sum(link.length for link in links_of(recording)) if recording.later else recording.duration
        return AudioInfo(duration, codec.name, container, codec.sample_rate, codec.layout.nb_channels)


def decode(source: Path | BinaryIO, *, rate: int = SPEECH_RATE) -> Iterator[bytes]:
    """Decode to mono samples, signed 16 bit little-endian, at `rate` samples per second.

    Raises AudioError when it is no readable audio.
    """
    with opened(source) as recording:
        for samples in resampled(frames(recording), "s16", "mono", rate):
            yield samples.to_ndarray().tobytes()


def transcode(source: Path, encoding: Encoding, *, start: float = 0.0) -> Generator[bytes]:
    """Encode a file again from `start` seconds on, without its metadata.

    Raises AudioError when the source is no readable audio or the encoding cannot be made.
    """
    with opened(source) as recording:
        complete, deep = _complete(recording, encoding)
        yield from _encoded(frames(recording, start=start), complete, deep=deep)


def segment(source: Path, playlist: Path, encoding: Encoding, options: dict[str, str]) -> None:
    """Encode a file again in segments behind a playlist, by FFmpeg's muxer `hls` with its options.

    Raises AudioError when the source is no readable audio or the encoding cannot be made.
    """
    import av

    with opened(source) as recording:
        complete, deep = _complete(recording, encoding)
        with av.open(str(playlist), "w", format="hls", options=_options("hls") | options) as target:
            for _ in _muxed(target, frames(recording), complete, deep=deep):
                pass


def _complete(recording: Recording, encoding: Encoding) -> tuple[Encoding, bool]:
    """The encoding with the channels and rate of the source, and whether more than 16 bits of a sample are kept.

    They are kept if the encoder can store them; but not of float samples, which lossy decoders make.
    """
    codec = recording.stream.codec_context
    complete = evolve(
        encoding,
        channels=encoding.channels or _mixed(codec.layout.nb_channels, encoding),
        sample_rate=encoding.sample_rate or codec.sample_rate,
    )
    return complete, str(getattr(codec.format, "name", "")).startswith("s32")


def remux(source: Path, muxer: str) -> Generator[bytes]:
    """Copy a file's sound into another container without encoding it.

    Raises AudioError when the source is no readable audio or the container cannot hold it.
    """
    import av

    sink = _Sink()
    with opened(source) as recording, av.open(sink, "w", format=muxer, options=_options(muxer)) as target:
        copy, begin = target.add_stream_from_template(recording.stream), 0.0
        for link in links_of(recording):
            base, shift = link.stream.time_base or Fraction(1), begin - link.start if recording.later else 0.0
            for packet in packets(link):
                if packet.dts is not None:
                    packet.dts, packet.pts = (
                        None if stamp is None else stamp + round(shift / base) for stamp in (packet.dts, packet.pts)
                    )
                    packet.stream = copy
                    target.mux(packet)
                yield from sink.drain()
            begin += link.length if recording.later else 0.0
    yield from sink.drain()


def encode(pcm: Iterable[bytes], encoding: Encoding, *, rate: int) -> Generator[bytes]:
    """Encode blocks of mono samples, signed 16 bit little-endian, of `rate` samples per second.

    Raises AudioError when the encoding cannot be made.
    """
    complete = evolve(encoding, channels=encoding.channels or 1, sample_rate=encoding.sample_rate or rate)
    with failures():
        yield from _encoded(_raw_frames(pcm, rate), complete)


_LAYOUTS = ("mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1")
_TWO = frozenset({"libmp3lame", "vorbis"})
"""Encoders of two channels at most; FFmpeg mixes more channels only if the number is set."""


def _mixed(channels: int, encoding: Encoding) -> int:
    return min(channels, 2) if encoding.codec in _TWO else channels


def _options(muxer: str) -> dict[str, str]:
    """Return the muxer's options: without its version, and with fragments of a second where it would have to seek."""
    fragments = {"movflags": "empty_moov+delay_moov+default_base_moof", "frag_duration": "1000000"}
    return {"fflags": "+bitexact"} | (fragments if muxer in {"ipod", "mov", "mp4"} else {})


class _Sink:
    """A file object that cannot seek: it holds what a muxer wrote, for the next block of the response."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._blocks.append(bytes(data))
        return len(data)

    def drain(self) -> list[bytes]:
        blocks, self._blocks = self._blocks, []
        return blocks


def _encoded(frames: Iterable[AudioFrame], encoding: Encoding, *, deep: bool = False) -> Iterator[bytes]:
    """Encode frames; `channels` and `sample_rate` of the encoding are set."""
    import av

    sink = _Sink()
    with av.open(sink, "w", format=encoding.muxer, options=_options(encoding.muxer)) as target:
        for _ in _muxed(target, frames, encoding, deep=deep):
            yield from sink.drain()
    yield from sink.drain()


def _muxed(
    target: OutputContainer, frames: Iterable[AudioFrame], encoding: Encoding, *, deep: bool
) -> Iterator[AudioFrame]:
    """Encode frames into a container; yield each after its packets are written."""
    stream = _add_stream(target, encoding, deep=deep)
    # By way of integers: some encoders end the process if a float is NaN (LAME).
    whole = resampled(frames, "s32", stream.layout, stream.rate)
    position = 0
    for samples in resampled(whole, stream.format, stream.layout, stream.rate):
        samples.pts, samples.time_base = position, Fraction(1, stream.rate)
        position += samples.samples
        target.mux(stream.encode(samples))
        yield samples
    if position:
        target.mux(stream.encode(None))
    else:  # an encoder without a single sample may return packets for ever (Vorbis)
        target.start_encoding()


def _add_stream(target: OutputContainer, encoding: Encoding, *, deep: bool) -> AudioStream:
    import av
    from av.audio.stream import AudioStream

    codec = av.Codec(encoding.codec, "w")
    wanted, rates = encoding.sample_rate or 0, sorted(codec.audio_rates or ())
    rate = next((rate for rate in rates if rate >= wanted), rates[-1]) if rates else wanted
    # FFmpeg's own Vorbis encoder, the only one in PyAV's wheels, counts as experimental.
    options = {"strict": "experimental"} if encoding.codec == "vorbis" else {}
    stream = target.add_stream(encoding.codec, rate, options=options)
    if not isinstance(stream, AudioStream):
        raise AudioError(f"{encoding.codec} does not encode audio")
    stream.layout = _LAYOUTS[min(encoding.channels or 1, len(_LAYOUTS)) - 1]
    formats = [form.name for form in codec.audio_formats or ()]
    stream.format = next((name for name in formats if deep == name.startswith("s32")), formats[0])
    if encoding.bit_rate is not None:
        stream.bit_rate = encoding.bit_rate
    return stream


def _raw_frames(pcm: Iterable[bytes], rate: int) -> Iterator[AudioFrame]:
    from av.audio.frame import AudioFrame

    rest = b""
    for block in pcm:
        rest += block
        whole = len(rest) - len(rest) % 2
        if whole:
            frame = AudioFrame("s16", "mono", samples=whole // 2)
            frame.sample_rate = rate
            frame.planes[0].update(rest[:whole])
            yield frame
        rest = rest[whole:]
