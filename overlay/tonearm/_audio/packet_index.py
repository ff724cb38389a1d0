"""Where the packets of a recording are in its file, so that parts of it are copied as ranges of bytes."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# PyAV's own stubs leave the type arguments of Packet out.
from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from .timeline import longest

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.packet import Packet

_BLOCK = 64  # packets that are checked and read at a time: those that wait for it must fit the cache of a processor


class NotIndexed(Exception):
    """An index does not know the packets of a part, or the file has other bytes in their places."""


class PacketIndex:
    """Where the packets of a recording are, and when; it grows while they are demuxed for something else.

    It knows nothing until `begin`, and ends at the first packet of another length, or with a hole before it: as long as
    there is none, timestamps are the times (see `Clock`). That packets are the bytes of the file that follow each other
    is not believed, but checked when they are read.
    """

    def __init__(self) -> None:
        self._grows, self._ended = False, False
        self._base, self._longest = 0.0, 0.0
        self._stamp, self._duration = 0, 0  # of the first packet, in ticks
        self._new = list["Packet[AudioStream]"]()
        self._sizes = array("I")
        self._blocks = list[tuple[int, int]]()  # position and hash

    def begin(self, stream: AudioStream) -> None:
        """Expect the packets of a stream."""
        self._base, self._longest = float(stream.time_base or 0), longest(stream)
        self._grows = True

    def add(self, packet: Packet[AudioStream] | None) -> None:
        """Add the next packet; None stands for the end."""
        if not self._grows:
            return
        if packet is not None:
            self._new.append(packet)
        if packet is None or len(self._new) == _BLOCK:
            self._grows = not self._new or self._take(self._new)
            self._new = []
        if packet is None:
            self._grows, self._ended = False, self._grows

    def part(
        self, file: BinaryIO, start: float, end: float, *, zero: float, early: float
    ) -> tuple[float, float, Iterator[memoryview]]:
        """The packets from `early` seconds before a start to an end: their times, and the bytes in blocks.

        Raises:
            NotIndexed: the packets must be demuxed instead; also while the blocks are read.
        """
        packets, length = range(len(self._sizes)), self._duration * self._base

        def begins(packet: int) -> float:
            return (self._stamp + packet * self._duration) * self._base - zero

        def ends(packet: int) -> float:
            return begins(packet) + length

        first, last = bisect_right(packets, start - early, key=ends), bisect_left(packets, end, key=ends)
        after = min(last + 1, bisect_left(packets, end, key=begins))
        if first >= after or not (last < len(packets) or self._ended):
            raise NotIndexed
        return begins(first), ends(after - 1), self._read(file, first, after)

    def _take(self, packets: list[Packet[AudioStream]]) -> bool:
        """Add some packets; False if they have holes or another length."""
        first, count = packets[0], len(self._sizes)
        if not count:
            self._stamp, self._duration = first.pts or 0, first.duration or 0
        due, duration = self._stamp + count * self._duration, self._duration
        if (
            first.pos is None
            or not 0 < duration * self._base < self._longest
            or {packet.duration for packet in packets} != {duration}
            or [packet.pts for packet in packets] != [*range(due, due + len(packets) * duration, duration)]
        ):
            return False
        self._sizes.extend(packet.size for packet in packets)
        self._blocks.append((first.pos, hash(b"".join(packets))))
        return True

    def _read(self, file: BinaryIO, first: int, after: int) -> Iterator[memoryview]:
        for at in range(first - first % _BLOCK, after, _BLOCK):
            sizes, (position, kept) = self._sizes[at : at + _BLOCK], self._blocks[at // _BLOCK]
            file.seek(position)
            content = file.read(sum(sizes))
            if hash(content) != kept:
                raise NotIndexed
            inner = slice(sum(sizes[: max(0, first - at)]), sum(sizes[: after - at]))
            yield memoryview(content)[inner]
