"""Decode and encode audio with PyAV: streams of byte blocks in and out, never a whole file in memory."""

# pyright: reportUnknownMemberType=false
# PyAV's own stubs leave the type arguments of Packet out.
from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from attrs import evolve, frozen

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.resampler import AudioResampler
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer

_FORMATS = """
    aac ac3 aiff amr ape asf au avi caf dsf dts eac3 flac flv g722 gsm loas matroska mov mp3 mpc mpc8 mpeg mpegts mxf
    nut ogg rm spdif tak truehd tta voc w64 wav wv
"""
OPTIONS = {"format_whitelist": ",".join(_FORMATS.split()), "protocol_whitelist": "none"}
"""What FFmpeg may open: containers of sound, and no other file or address that a playlist or a script names."""

SPEECH_RATE = 16_000
"""Samples per second that speech recognition works at."""


class AudioError(Exception):
    """Bytes that are no readable audio, or an encoding that FFmpeg cannot make."""


@frozen
class AudioInfo:
    """What a file says of its audio stream: `duration` in seconds, names as FFmpeg gives them."""

    duration: float
    codec: str
    container: str
    sample_rate: int
    channels: int


@frozen
class Encoding:
    """How audio is to be written: FFmpeg's muxer and encoder, bits per second, channels and samples per second.

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
    """Read what a file holds; its packets are counted where no header tells the duration.

    Raises AudioError when it is no readable audio.
    """
    with _opened(source) as (container, stream):
        codec = stream.codec_context
        return AudioInfo(
            _duration(container, stream), codec.name, container.format.name, codec.sample_rate, codec.layout.nb_channels
        )


def decode(source: Path | BinaryIO, *, rate: int = SPEECH_RATE) -> Iterator[bytes]:
    """Decode to mono samples, signed 16 bit little-endian, at `rate` samples per second.

    Raises AudioError when it is no readable audio.
    """
    from av.audio.resampler import AudioResampler

    resampler = AudioResampler("s16", "mono", rate)
    with _opened(source) as (container, stream):
        for frame in chain(_frames(container, stream), (None,)):
            for samples in filter(None, resampler.resample(frame)):
                yield samples.to_ndarray().tobytes()


def transcode(source: Path, encoding: Encoding, *, start: float = 0.0) -> Generator[bytes]:
    """Encode a file again from `start` seconds on, without its metadata.

    Raises AudioError when the source is no readable audio or the encoding cannot be made.
    """
    with _opened(source) as (container, stream):
        codec = stream.codec_context
        complete = evolve(
            encoding,
            channels=encoding.channels or codec.layout.nb_channels,
            sample_rate=encoding.sample_rate or codec.sample_rate,
        )
        # Samples of more than 16 bits keep them where the encoder can; float samples come from lossy decoders.
        deep = str(getattr(codec.format, "name", "")).startswith("s32")
        yield from _encoded(_frames(container, stream, start=start), complete, deep=deep)


def remux(source: Path, muxer: str) -> Generator[bytes]:
    """Put a file's sound as it is into another container.

    Raises AudioError when the source is no readable audio or the container cannot hold it.
    """
    import av

    sink = _Sink()
    with _opened(source) as (container, stream), av.open(sink, "w", format=muxer, options=_options(muxer)) as target:
        copy = target.add_stream_from_template(stream)
        for packet in container.demux(stream):
            if packet.dts is not None:  # the last packet is empty and flushes decoders
                packet.stream = copy
                target.mux(packet)
            yield from sink.drain()
    yield from sink.drain()


def encode(pcm: Iterable[bytes], encoding: Encoding, *, rate: int) -> Generator[bytes]:
    """Encode mono samples, signed 16 bit little-endian, that come in blocks at `rate` samples per second.

    Raises AudioError when the encoding cannot be made.
    """
    complete = evolve(encoding, channels=encoding.channels or 1, sample_rate=encoding.sample_rate or rate)
    with _failures():
        yield from _encoded(_raw_frames(pcm, rate), complete)


_LAYOUTS = ("mono", "stereo", "2.1", "quad", "5.0", "5.1", "6.1", "7.1")


def _options(muxer: str) -> dict[str, str]:
    """Give the muxer's options: no trace of its version, and fragments of a second where it would else have to seek."""
    fragments = {"movflags": "empty_moov+delay_moov+default_base_moof", "frag_duration": "1000000"}
    return {"fflags": "+bitexact"} | (fragments if muxer in {"ipod", "mov", "mp4"} else {})


class _Sink:
    """A file object that cannot seek: what a muxer wrote waits here for the next block of the answer."""

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
    from av.audio.resampler import AudioResampler

    sink = _Sink()
    with av.open(sink, "w", format=encoding.muxer, options=_options(encoding.muxer)) as target:
        stream = _add_stream(target, encoding, deep=deep)
        # By way of integers: encoders end the process where a float is no number (LAME).
        whole = _through(frames, AudioResampler("s32", stream.layout, stream.rate))
        position = 0
        for samples in _through(whole, AudioResampler(stream.format, stream.layout, stream.rate)):
            samples.pts, samples.time_base = position, Fraction(1, stream.rate)
            position += samples.samples
            target.mux(stream.encode(samples))
            yield from sink.drain()
        if position:
            target.mux(stream.encode(None))
        else:  # an encoder that never got a sample may give packets without end (Vorbis)
            target.start_encoding()
    yield from sink.drain()


def _through(frames: Iterable[AudioFrame], resampler: AudioResampler) -> Iterator[AudioFrame]:
    for frame in chain(frames, (None,)):
        yield from filter(None, resampler.resample(frame))


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


@contextmanager
def _failures() -> Generator[None]:
    """Turn into AudioError what PyAV raises: ValueError too, for a codec that the container cannot hold."""
    from av.error import FFmpegError

    try:
        yield
    except (FFmpegError, OSError, ValueError, MemoryError) as error:
        raise AudioError(str(error)) from error


@contextmanager
def _opened(source: Path | BinaryIO) -> Generator[tuple[InputContainer, AudioStream]]:
    import av

    with ExitStack() as stack:
        stack.enter_context(_failures())
        file = stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
        container = stack.enter_context(av.open(file, "r", container_options=OPTIONS, metadata_errors="replace"))
        yield container, chosen(container)


def chosen(container: InputContainer) -> AudioStream:
    """Choose the default audio stream, or the first, of those that can be decoded."""
    from av.stream import Disposition

    # PyAV types the codec's context as always there; it is not where FFmpeg has no decoder.
    decodable = [stream for stream in container.streams.audio if getattr(stream, "codec_context", None)]
    if not decodable:
        raise AudioError("no audio stream in the file that can be decoded")
    return next((stream for stream in decodable if stream.disposition & Disposition.default), decodable[0])


_PREROLL = 0.5
"""Seconds that are decoded before a place that is sought: the first frames after a seek are wrong, or missing (AAC)."""


def _frames(container: InputContainer, stream: AudioStream, *, start: float = 0.0) -> Iterator[AudioFrame]:
    """Decode from `start` seconds on, to the sample; damaged packets are left out."""
    from av.error import FFmpegError

    interleaved: dict[tuple[str, str, int], AudioResampler] = {}
    zero = float((stream.start_time or 0) * (stream.time_base or 0))
    if start > _PREROLL:
        container.seek(int((start - _PREROLL + zero) * 1_000_000))
    for packet in container.demux(stream):
        try:
            frames = stream.decode(packet)
        except FFmpegError:
            continue
        for frame in (_interleaved(frame, interleaved) for frame in frames):
            early = 0 if frame.time is None else round((start - frame.time + zero) * frame.sample_rate)
            if early < frame.samples:
                yield _without(frame, early) if early > 0 else frame


def _interleaved(frame: AudioFrame, resamplers: dict[tuple[str, str, int], AudioResampler]) -> AudioFrame:
    """Interleave more than two channels: PyAV's arrays of eight planes read beyond the memory of a frame."""
    from av.audio.resampler import AudioResampler

    if frame.layout.nb_channels <= 2 or not frame.format.is_planar:
        return frame
    form = (frame.format.packed.name, frame.layout.name, frame.sample_rate)
    pts, base = frame.pts, frame.time_base
    (packed,) = resamplers.setdefault(form, AudioResampler(*form)).resample(frame)
    packed.pts, packed.time_base = pts, base
    return packed


def _without(frame: AudioFrame, samples: int) -> AudioFrame:
    """Cut samples off the start of a frame."""
    from av.audio.frame import AudioFrame

    width = 1 if frame.format.is_planar else frame.layout.nb_channels
    rest = AudioFrame.from_ndarray(frame.to_ndarray()[:, samples * width :].copy(), frame.format, frame.layout)
    rest.sample_rate = frame.sample_rate
    return rest


def _duration(container: InputContainer, stream: AudioStream) -> float:
    """Give the duration in seconds; that of raw AAC is counted, as FFmpeg guesses it from the bit rate."""
    if container.duration is not None and container.format.name != "aac":
        return container.duration / 1_000_000
    packets = (packet.duration or 0 for packet in container.demux(stream))
    return float(sum(packets) * (stream.time_base or 0))
