"""Opens recordings with PyAV and decodes them, also joined or damaged ones."""

# pyright: reportUnknownMemberType=false
# PyAV's own stubs leave the type arguments of Packet out.
from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from attrs import frozen

from tonearm.sandbox.ogg import Part, links

if TYPE_CHECKING:
    from av.audio.format import AudioFormat
    from av.audio.frame import AudioFrame
    from av.audio.layout import AudioLayout
    from av.audio.resampler import AudioResampler
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet

_FORMATS = """
    aac ac3 aiff amr ape aptx aptx_hd asf au avi caf dsf dts eac3 flac flv g722 gsm loas matroska mlp mov mp3 mpc
    mpc8 mpeg mpegts mxf nut ogg oma qoa rm sbc spdif swf tak truehd tta voc w64 wav wsd wv
"""
OPTIONS = {"format_whitelist": ",".join(_FORMATS.split()), "protocol_whitelist": "none"}
"""What FFmpeg may open: containers of sound, and no other file or address that a playlist or a script names."""

_PREROLL = 0.5
"""Seconds that are decoded before the target of a seek, as the first frames after it are wrong, or missing (AAC)."""


class AudioError(Exception):
    """Bytes that are no readable audio, or an encoding that FFmpeg cannot make."""


@frozen
class Recording:
    """An open recording and its audio stream, with the requested `index`.

    Of a chained Ogg file it is the first link, with the `later` ones.
    """

    container: InputContainer
    stream: AudioStream
    index: int | None = None
    later: tuple[Part, ...] = ()

    @property
    def duration(self) -> float:
        """The duration in seconds; that of raw AAC is counted, as FFmpeg guesses it from the bit rate."""
        if self.container.duration is not None and self.container.format.name != "aac":
            return self.container.duration / 1_000_000
        packets = (packet.duration or 0 for packet in self.container.demux(self.stream))
        return float(sum(packets) * (self.stream.time_base or 0))

    @property
    def start(self) -> float:
        """The timestamp in seconds at which it begins."""
        return float((self.stream.start_time or 0) * (self.stream.time_base or 0))

    @property
    def length(self) -> float:
        """The seconds that it plays as a link: FFmpeg counts the duration of Ogg from timestamp zero."""
        return self.duration - max(0.0, self.start)


@contextmanager
def failures() -> Generator[None]:
    """Raise errors of PyAV as AudioError; also ValueError, for a codec that the container cannot hold."""
    from av.error import FFmpegError

    try:
        yield
    except (FFmpegError, OSError, ValueError, MemoryError) as error:
        raise AudioError(str(error)) from error


@contextmanager
def opened(source: Path | BinaryIO, index: int | None = None) -> Generator[Recording]:
    """Open a file and its audio stream of this index; without one, see `chosen`.

    Raises AudioError when it is no readable audio, also while it is open.
    """
    with ExitStack() as stack:
        stack.enter_context(failures())
        file = stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
        container = stack.enter_context(container_of(file))
        first, *later = links(file) if container.format.name == "ogg" else [None]
        if first is not None and later:
            container = stack.enter_context(container_of(first))
        yield Recording(container, chosen(container, index), index, tuple(cast("list[Part]", later)))


def container_of(file: BinaryIO | Part) -> InputContainer:
    """Open a file's container; raises PyAV's own errors."""
    import av

    return av.open(cast("BinaryIO", file), "r", container_options=OPTIONS, metadata_errors="replace")


def chosen(container: InputContainer, index: int | None = None) -> AudioStream:
    """Choose the default audio stream, or the first, of those that can be decoded; or the one of this index."""
    from av.stream import Disposition

    tracks = container.streams.audio
    # PyAV's types say that the codec's context always exists; it does not if FFmpeg has no decoder.
    decodable = [
        stream
        for stream in (tracks if index is None else tracks[index : index + 1])
        if getattr(stream, "codec_context", None)
    ]
    if not decodable:
        raise AudioError("no audio stream in the file that can be decoded")
    return next((stream for stream in decodable if stream.disposition & Disposition.default), decodable[0])


def links_of(recording: Recording) -> Iterator[Recording]:
    """Yield a recording, and those chained to it that can be opened."""
    yield recording
    for part in recording.later:
        try:
            with failures():
                container = container_of(part)
                link = Recording(container, chosen(container, recording.index), recording.index)
        except AudioError:
            continue
        with container:
            yield link


def packets(link: Recording) -> Iterator[Packet[AudioStream]]:
    """Yield the packets of one link as far as it can be read."""
    from av.error import FFmpegError

    any_yet = False
    try:
        for packet in link.container.demux(link.stream):
            if packet.size:  # the last one is empty
                any_yet = True
                yield packet
    except FFmpegError:
        if not any_yet:
            raise


def frames(recording: Recording, *, start: float = 0.0) -> Iterator[AudioFrame]:
    """Decode from `start` seconds on, to the sample; damaged packets are left out."""
    for link in links_of(recording):
        if recording.later and 0 < link.length <= start:
            start -= link.length
            continue
        yield from _frames(link, start)
        start = 0.0


def _frames(link: Recording, start: float) -> Iterator[AudioFrame]:
    from av.error import FFmpegError

    interleaved: dict[tuple[str, str, int], AudioResampler] = {}
    zero = link.start
    seekable = link.container.format.name != "ogg" or link.stream.codec_context.name != "flac"
    if start > _PREROLL and seekable:  # FLAC in Ogg has wrong times after a seek
        link.container.seek(int((start - _PREROLL + zero) * 1_000_000))
    for packet in chain(packets(link), (None,)):
        try:
            decoded = link.stream.codec_context.decode(packet)
        except FFmpegError:
            continue
        for frame in (_interleaved(frame, interleaved) for frame in decoded):
            early = 0 if frame.time is None else round((start - frame.time + zero) * frame.sample_rate)
            if early < frame.samples:
                yield _without(frame, early) if early > 0 else frame


def resampled(
    frames: Iterable[AudioFrame], form: str | AudioFormat, layout: str | AudioLayout, rate: int
) -> Iterator[AudioFrame]:
    """Convert frames to one format, layout and rate; those of the input may change, as in joined recordings."""
    from av.audio.resampler import AudioResampler

    resampler, before = None, None
    for frame in chain(frames, (None,)):
        now = None if frame is None else (frame.format.name, frame.layout.name, frame.sample_rate)
        if resampler is not None and now != before:
            yield from filter(None, resampler.resample(None))
            resampler = None
        if frame is not None:
            resampler, before = resampler or AudioResampler(form, layout, rate), now
            yield from filter(None, resampler.resample(frame))


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
