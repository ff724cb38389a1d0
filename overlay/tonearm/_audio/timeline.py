"""The time of what follows each other in a recording: decoded frames and coded packets on one line without gaps."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# PyAV's own stubs leave the type arguments of Packet out.
from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import define

from ..errors import InvalidInput
from .container import Opened, opened_link, refused
from .resampling import Interleaved

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
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
_OPUS_RATE = 48_000
_UNTIMED = frozenset({"aac", "ac3", "amr", "dts", "eac3", "g722", "gsm", "loas", "mp3"})
"""Formats that have no timestamps: FFmpeg makes some up, which are wrong where the rate changes."""


def unheard(trouble: str) -> None:
    """Take no notice."""


@define
class Clock:
    """Tells times in seconds from `zero`, a timestamp: what follows without a hole begins where the last one ended."""

    zero: float = 0.0
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

    def follow(self, zero: float, lead: float = 0.0) -> None:
        """Go on with a recording whose timestamps count from `zero`, and whose first `lead` seconds are not heard."""
        if self.due is not None:
            self.due -= lead
        self.zero = zero - (self.due or 0.0)
        self._goes_on = 0.0

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


def frames(recording: Opened, trouble: Callable[[str], None] = unheard) -> Generator[Timed[AudioFrame]]:
    """Decode a recording; damaged packets are left out, and what was decoded before a failure is kept.

    Frames of more than two channels are interleaved.

    Args:
        recording: what is decoded.
        trouble: told of each packet that cannot be decoded, and when the file cannot be read to its end.

    Raises:
        InvalidInput: nothing of it can be decoded.
    """
    from av.error import FFmpegError

    clock, interleaved = Clock(), Interleaved(recording.name)
    for link in _links(recording, trouble):
        begun, untimed = False, link.container.format.name in _UNTIMED
        decode = link.stream.codec_context.decode
        for packet in _packets(link, trouble):
            try:
                decoded = decode(packet)
            except FFmpegError as error:
                trouble(str(error.strerror))
                continue
            for each in decoded:
                frame = interleaved.of(each)
                time = None if begun and untimed else frame.time
                if not begun:
                    clock.follow(_zero(link, time or 0.0))
                    begun = True
                length = frame.samples / frame.sample_rate
                yield Timed(clock.at(time, length), length, frame)
    if clock.due is None:
        raise refused(f"nothing in {recording.name} could be decoded ({recording.stream.codec_context.name})")


def packets(recording: Opened, zero: float | None = None) -> Iterator[Timed[Packet[AudioStream]]]:
    """The packets of a recording with their times, from the timestamp `zero`; from the first packet's without one."""
    clock = Clock()
    for link in _links(recording, unheard):
        base, begun = float(link.stream.time_base or 0), False
        longest, usual = _LONGEST.get(link.stream.codec_context.codec.canonical_name, _ANY), 0.0
        for packet in _packets(link, unheard):
            if packet is not None and packet.size:  # the last one is empty
                length = (packet.duration or 0) * base
                length = usual = length if length < longest else usual
                stamp = None if packet.pts is None else packet.pts * base
                if not begun:
                    clock.follow(_zero(link, stamp or 0.0) if zero is None else zero, lead(link.stream, length))
                    begun = True
                yield Timed(clock.at(stamp, length), length, packet)


def lead(stream: AudioStream, length: float) -> float:
    """Seconds at the beginning that no decoder gives, where the first packet has this length."""
    codec = stream.codec_context
    name = codec.codec.canonical_name
    if name == "vorbis":  # the first packet is only what the second one begins from
        return length
    if name == "opus":  # the header says how much is left out (RFC 7845, section 4.2)
        return int.from_bytes((codec.extradata or b"")[10:12], "little") / _OPUS_RATE
    return 0.0


def first_sample(recording: Opened) -> float:
    """The timestamp that is the time zero, from the first samples that can be heard."""
    return _zero(recording, next(frames(recording)).part.time or 0.0)


def _zero(recording: Opened, first: float) -> float:
    """Where time begins, if the track begins at `first`: with the file, as players count, if that is earlier."""
    begins = first if recording.begins is None else recording.begins
    return begins if 0 <= first - begins < _WRONG else first


def _links(recording: Opened, trouble: Callable[[str], None]) -> Iterator[Opened]:
    """A recording, and each that is chained to it as far as it can be opened."""
    yield recording
    for section in recording.later:
        with ExitStack() as stack:
            try:
                link = stack.enter_context(opened_link(section, recording.choice))
            except InvalidInput as error:
                trouble(error.reason)
                continue
            yield link


def _packets(link: Opened, trouble: Callable[[str], None]) -> Iterator[Packet[AudioStream] | None]:
    """The packets as they stand in the file, as far as it can be read; then None, which empties decoders."""
    from av.error import FFmpegError

    some = False
    try:
        for packet in _demuxed(link):
            link.heed()
            if packet.size:
                some = True
                yield packet
    except FFmpegError as error:
        link.heed()
        if not some:
            raise
        trouble(str(error.strerror))
    link.heed()  # what FFmpeg took for the end
    yield None


def _demuxed(link: Opened) -> Iterator[Packet[AudioStream]]:
    return link.container.demux(link.stream)
