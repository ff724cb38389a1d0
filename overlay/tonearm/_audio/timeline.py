"""The time of what follows each other in a recording: decoded frames and coded packets on one line without gaps."""

# pyright: reportUnknownMemberType=false
# PyAV's own stubs leave the type arguments of Packet out.
from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import define, field

from .container import Opened, refused
from .formats import MOST_CHANNELS, MOST_RATE

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.resampler import AudioResampler
    from av.audio.stream import AudioStream
    from av.packet import Packet

_Part = TypeVar("_Part")

HOLE = 0.1
"""Seconds by which a timestamp may differ from the sound before it; containers round them."""

_EXACT = 1e-5  # seconds by which a timestamp differs that is not rounded
_LONG = 2.0  # seconds of a hole that only what is before and after it makes believable ...
_GOES_ON = 0.2  # ... for so many seconds; where every packet jumps, it is the clock that is wrong
_WRONG, _MOST = 3600.0, 12 * 3600.0  # seconds of one hole, and of all, beyond which the timestamps are wrong
_LONGEST = {"aac": 0.26, "mp3": 0.15, "opus": 0.13}
"""Seconds that a packet may have: MP4 stretches the last one before a hole over it."""
_ANY = 10.0
_PLANES = 2  # planes of a frame that PyAV is sure to count right: from 8 on it counts what is none


@define
class Clock:
    """Tells times in seconds from `zero`, a timestamp: what follows without a hole begins where the last one ended."""

    zero: float
    due: float | None = None
    _goes_on: float = 0.0
    _holes: float = 0.0

    def at(self, stamp: float | None, length: float) -> float:
        """The time of what has this timestamp and lasts `length`, both in seconds."""
        if self.due is None:
            time = 0.0 if stamp is None else stamp - self.zero
        else:
            time = self.due
            hole = 0.0 if stamp is None else stamp - self.zero - self.due
            if abs(hole) < _EXACT:
                time += hole  # so that sums of lengths do not add their own rounding
            elif self._believed(hole):
                time += hole
                self._holes += hole
                self._goes_on = 0.0
            elif not -HOLE < hole < HOLE:  # another recording follows, or nothing is known
                self.zero += hole
                self._goes_on = 0.0
        self._goes_on += length
        self.due = time + length
        return time

    def _believed(self, hole: float) -> bool:
        most = min(_WRONG, _MOST - self._holes)
        return HOLE <= hole < most and (hole < _LONG or self._goes_on >= _GOES_ON)


@define
class Timed(Generic[_Part]):
    """A part of a recording, such as a frame or a packet, with its time and its length in seconds."""

    time: float
    length: float
    part: _Part

    @property
    def end(self) -> float:
        """The time at which it ends."""
        return self.time + self.length


def frames(recording: Opened, trouble: Callable[[str], None] | None = None) -> Generator[Timed[AudioFrame]]:
    """Decode a recording; damaged packets are left out, and what was decoded before a failure is kept.

    Frames of more than two channels are interleaved.

    Args:
        recording: what is decoded.
        trouble: told of each packet that cannot be decoded, and when the file cannot be read to its end.

    Raises:
        InvalidInput: nothing of it can be decoded.
    """
    from av.error import FFmpegError

    stream, clock, interleaved = recording.stream, None, Interleaved(recording.name)
    for packet in _packets(recording, trouble):
        try:
            decoded = stream.codec_context.decode(packet)
        except FFmpegError as error:
            if trouble is not None:
                trouble(str(error.strerror))
            continue
        for frame in map(interleaved.of, decoded):
            time = frame.time
            clock = clock or Clock(_zero(recording, time or 0.0))
            length = frame.samples / frame.sample_rate
            yield Timed(clock.at(time, length), length, frame)
    if clock is None:
        raise refused(f"nothing in {recording.name} could be decoded ({stream.codec_context.name})")


def packets(recording: Opened, zero: float | None = None) -> Iterator[Timed[Packet[AudioStream]]]:
    """The packets of a recording with their times, from the timestamp `zero`; from the first packet's without one."""
    base, clock = float(recording.stream.time_base or 0), None if zero is None else Clock(zero)
    longest, usual = _LONGEST.get(recording.stream.codec_context.codec.canonical_name, _ANY), 0.0
    for packet in _packets(recording, None):
        if packet is not None and packet.size:  # the last one is empty
            length = (packet.duration or 0) * base
            length = usual = length if length < longest else usual
            stamp = None if packet.pts is None else packet.pts * base
            clock = clock or Clock(_zero(recording, stamp or 0.0))
            yield Timed(clock.at(stamp, length), length, packet)


def first_sample(recording: Opened) -> float:
    """The timestamp that is the time zero, from the first samples that can be heard."""
    return _zero(recording, next(frames(recording)).part.time or 0.0)


def _zero(recording: Opened, first: float) -> float:
    """Where time begins, if the track begins at `first`: with the file, as players count, if that is earlier."""
    begins = first if recording.begins is None else recording.begins
    return begins if 0 <= first - begins < _WRONG else first


def _packets(recording: Opened, trouble: Callable[[str], None] | None) -> Iterator[Packet[AudioStream] | None]:
    """The packets as they stand in the file, as far as it can be read; then None, which empties decoders."""
    from av.error import FFmpegError

    some = False
    try:
        for packet in _demuxed(recording):
            if packet.size:
                some = True
                yield packet
    except FFmpegError as error:
        if not some:
            raise
        if trouble is not None:
            trouble(str(error.strerror))
    yield None


def _demuxed(recording: Opened) -> Iterator[Packet[AudioStream]]:
    return recording.container.demux(recording.stream)


@define
class Interleaved:
    """Interleaves the channels of frames that have many: PyAV's arrays of them read beyond the memory of a frame."""

    name: str
    _resamplers: dict[tuple[str, str, int], AudioResampler] = field(
        factory=dict["tuple[str, str, int]", "AudioResampler"]
    )

    def of(self, frame: AudioFrame) -> AudioFrame:
        """The same samples, interleaved where there are more than two channels."""
        from av.audio.resampler import AudioResampler

        channels = frame.layout.nb_channels
        if not 0 < frame.sample_rate <= MOST_RATE or channels > MOST_CHANNELS:
            raise refused(f"{self.name} tells of {frame.sample_rate} samples a second in {channels} channels")
        if channels <= _PLANES or not frame.format.is_planar:
            return frame
        form = frame.format.packed.name, frame.layout.name, frame.sample_rate
        if form not in self._resamplers:
            self._resamplers[form] = AudioResampler(*form)
        time, base = frame.pts, frame.time_base
        (packed,) = self._resamplers[form].resample(frame)  # nothing is held back, as the rate stays
        packed.pts, packed.time_base = time, base
        return packed
