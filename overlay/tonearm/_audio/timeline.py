"""The times of decoded frames and coded packets in a recording, whatever its timestamps say."""

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

_EXACT = 1e-5  # seconds by which an unrounded timestamp may differ
_COARSE = 0.002  # seconds between the ticks of a clock, from which its rounding may hide a hole
_LONG = 2.0  # seconds of a hole that is believed only after ...
_STEADY = 0.2  # ... so many seconds without one; if every packet jumps, the timestamps are wrong
_WRONG, _MOST = 3600.0, 12 * 3600.0  # seconds of one hole, and of all holes, beyond which the timestamps are wrong
_LONGEST = {"aac": 0.26, "mp3": 0.15, "opus": 0.13}
"""Seconds of a packet at most: in MP4 the packet before a hole lasts until its end."""
_ANY = 10.0
_OPUS_RATE = 48_000
_UNTIMED = frozenset({"aac", "ac3", "amr", "dts", "eac3", "g722", "gsm", "loas", "mp3"})
"""Formats that have no timestamps: FFmpeg makes some up, which are wrong where the rate changes."""


def ignore(_: object) -> None:
    """Ignore a trouble or a packet."""


@define
class Clock:
    """Computes times in seconds from `zero`, a timestamp; without a hole, a part begins where the last one ended.

    A length that differs by up to `rounding` from the distance of two timestamps is corrected to that, and so is an
    unknown one: rounded lengths do not add up, also behind a hole that is too short to be believed.
    """

    zero: float = 0.0
    due: float | None = None
    rounding: float = _EXACT
    _expected: float | None = None
    _has_length: bool = True
    _steady_for: float = 0.0
    _holes: float = 0.0

    def at(self, stamp: float | None, length: float) -> float:
        """The time of the next part, which has this timestamp and lasts `length`, both in seconds."""
        if self.due is None:
            time = 0.0 if stamp is None else stamp - self.zero
        else:
            time = self.due
            wrong = 0.0 if stamp is None or self._expected is None else stamp - self._expected
            if -self.rounding < wrong < (self.rounding if self._has_length else HOLE):
                time += wrong
            hole = 0.0 if stamp is None else stamp - self.zero - time
            if abs(hole) < self.rounding:
                time += hole
            elif self._believed(hole):
                time += hole
                self._holes += hole
                self._steady_for = 0.0
            elif not -HOLE < hole < HOLE:  # another recording follows, or the timestamp is wrong
                self.zero += hole
                self._steady_for = 0.0
        self._steady_for += length
        self._expected, self._has_length = None if stamp is None else stamp + length, length > 0
        self.due = time + length
        return time

    def follow(self, zero: float, lead: float = 0.0) -> None:
        """Continue with another link, whose timestamps count from `zero`, and whose first `lead` seconds are silent."""
        if self.due is not None:
            self.due -= lead
        self.zero = zero - (self.due or 0.0)
        self._expected, self._steady_for = None, 0.0

    def _believed(self, hole: float) -> bool:
        most = min(_WRONG, _MOST - self._holes)
        return HOLE <= hole < most and (hole < _LONG or self._steady_for >= _STEADY)


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


def frames(
    recording: Opened,
    trouble: Callable[[str], None] = ignore,
    seen: Callable[[Packet[AudioStream] | None], None] = ignore,
) -> Generator[Timed[AudioFrame]]:
    """Decode a recording; damaged packets are left out, and a failure ends it only when nothing was decoded.

    Frames of more than two channels are interleaved.

    Args:
        recording: the open recording.
        trouble: called with the reason for each undecodable packet, and if the file cannot be read to its end.
        seen: called with each packet before it is decoded, and with None at the end.

    Raises:
        InvalidInput: nothing of it can be decoded.
    """
    from av.error import FFmpegError

    clock, interleaved = Clock(), Interleaved(recording.name)
    for link in _links(recording, trouble):
        begun, untimed = False, link.container.format.name in _UNTIMED
        decode = link.stream.codec_context.decode
        for packet in _packets(link, trouble):
            seen(packet)
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
    """The packets of a recording with their times, counted from the timestamp `zero`, or from the first packet."""
    clock = Clock()
    for link in _links(recording, ignore):
        base, begun = float(link.stream.time_base or 0), False
        # A clock of milliseconds, as that of WebM, rounds the lengths of packets as well.
        clock.rounding = max(2 * base, _EXACT) if base < _COARSE else _EXACT
        most, usual = longest(link.stream), 0.0
        for packet in _packets(link, ignore):
            if packet is not None and packet.size:  # the last one is empty
                length = (packet.duration or 0) * base
                length = usual = length if length < most else usual
                stamp = None if packet.pts is None else packet.pts * base
                if not begun:
                    clock.follow(_zero(link, stamp or 0.0) if zero is None else zero, lead(link.stream, length))
                    begun = True
                yield Timed(clock.at(stamp, length), length, packet)


def longest(stream: AudioStream) -> float:
    """Seconds of a packet at most; one that claims more is as long as the one before it."""
    return _LONGEST.get(stream.codec_context.codec.canonical_name, _ANY)


def lead(stream: AudioStream, length: float) -> float:
    """Seconds at the beginning that no decoder returns, if the first packet has this length."""
    codec = stream.codec_context
    name = codec.codec.canonical_name
    if name == "vorbis":  # the first packet only prepares the second
        return length
    if name == "opus":  # the header says how much to skip (RFC 7845, section 4.2)
        return int.from_bytes((codec.extradata or b"")[10:12], "little") / _OPUS_RATE
    return 0.0


def first_sample(recording: Opened) -> float:
    """The timestamp of time zero, from the first samples that can be decoded."""
    return _zero(recording, next(frames(recording)).part.time or 0.0)


def _zero(recording: Opened, first: float) -> float:
    """The timestamp of time zero of a track that begins at `first`: the beginning of the file, if that is earlier."""
    begins = first if recording.begins is None else recording.begins
    return begins if 0 <= first - begins < _WRONG else first


def _links(recording: Opened, trouble: Callable[[str], None]) -> Iterator[Opened]:
    """A recording, and all links chained to it that can be opened."""
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
    """The packets in the order of the file, as far as it can be read; then None, which flushes decoders."""
    from av.error import FFmpegError

    any_yet = False
    try:
        for packet in _demuxed(link):
            link.reraise()
            if packet.size:
                any_yet = True
                yield packet
    except FFmpegError as error:
        link.reraise()
        if not any_yet:
            raise
        trouble(str(error.strerror))
    link.reraise()  # a failed read, which FFmpeg takes for the end
    yield None


def _demuxed(link: Opened) -> Iterator[Packet[AudioStream]]:
    return link.container.demux(link.stream)
