"""An index of packets only saves work: with it the pieces are the same, whatever a file is."""

import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self, cast

import av
import pytest

from tests.inside.audio import (
    Clock,
    NotIndexed,
    PacketIndex,
    Piece,
    Scanning,
    Span,
    Timed,
    container,
    frames,
    packets,
    write_pieces,
)
from tests.media.recordings import opened, recorded

TAG = b"ID3\x03\0\0\0\0\x01\0" + bytes(128)
SPANS = [
    Span(0, 3.12, shared=1.5, intact=True),  # overlaps the next
    Span(1.62, 3.12, intact=True),
    Span(3.12, 3.14, intact=True),  # shorter than a packet
    Span(7.2, 9.6, intact=True),
    Span(9.6, 100, intact=True),  # ends behind the recording
]


def spliced(name: str, middle: bytes, skipped: int = 0) -> bytes:
    """A recording with other bytes in its middle, in the place of so many."""
    data = recorded(name)
    half = len(data) // 2
    return data[:half] + middle + data[half + skipped :]


INDEXED: dict[str, Callable[[], bytes]] = {
    "mp3": lambda: recorded("mp3"),
    "slow mp3": lambda: recorded("slow mp3"),
    "joined": lambda: recorded("slow mp3") * 2,
    "behind a tag": lambda: TAG + recorded("slow mp3"),
    "a tag in the middle": lambda: spliced("slow mp3", TAG),
    "lost bytes": lambda: spliced("slow mp3", b"", 777),
    "wrong bytes": lambda: spliced("slow mp3", bytes(3000), 3000),
}
OTHERS: dict[str, Callable[[], bytes]] = {
    "another rate follows": lambda: recorded("slow mp3") + recorded("mp3"),
    "m4a": lambda: recorded("m4a"),
    "ogg": lambda: recorded("ogg"),
}


@pytest.fixture
def demuxed(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The packets that were read to write pieces."""
    seen: list[object] = []

    def read(*given: Any) -> Iterator[Any]:
        for timed in packets(*given):
            seen.append(timed)
            yield timed

    monkeypatch.setattr("tonearm._audio.chunks.packets", read)
    return seen


def scanned(data: bytes) -> PacketIndex:
    """The index of a recording."""
    scanning = Scanning(opened(data))
    scanning.reach(math.inf)
    return scanning.index


def written(pieces: Iterator[Piece]) -> list[tuple[str, float, float, bytes]]:
    """All of pieces that must be the same."""
    return [(piece.name, piece.start, piece.end, piece.path.read_bytes()) for piece in pieces]


def plainly(data: bytes, spans: list[Span], folder: Path) -> list[tuple[str, float, float, bytes]]:
    """The pieces without an index."""
    pieces = written(write_pieces(opened(data), spans, folder))
    assert len(pieces) == len(spans)
    return pieces


@pytest.mark.parametrize("name", [*INDEXED, *OTHERS])
def test_pieces_are_the_same_with_an_index(name: str, tmp_path: Path, demuxed: list[object]) -> None:
    data = (INDEXED | OTHERS)[name]()
    expected = plainly(data, SPANS, tmp_path)
    demuxed.clear()
    assert written(write_pieces(opened(data), SPANS, tmp_path, index=scanned(data))) == expected
    assert bool(demuxed) == (name in OTHERS)


@pytest.mark.parametrize("ahead", [0.0, 1.7, 30.0])
def test_pieces_are_the_same_however_far_the_scan_is(ahead: float, tmp_path: Path, demuxed: list[object]) -> None:
    data, index = recorded("slow mp3"), PacketIndex()
    expected = plainly(data, SPANS, tmp_path)
    demuxed.clear()
    with container.opened(opened(data)) as recording:
        index.begin(recording.stream)
        decoded = frames(recording, seen=index.add)

        def spans() -> Iterator[Span]:
            for span in SPANS:
                next((timed for timed in decoded if timed.time > span.end + ahead), None)
                yield span

        assert written(write_pieces(opened(data), spans(), tmp_path, index=index)) == expected
    assert bool(demuxed) == (ahead < 30)


def test_a_file_that_has_other_packets_is_read_again(tmp_path: Path, demuxed: list[object]) -> None:
    index, changed = scanned(recorded("slow mp3")), spliced("slow mp3", b"", 1)
    expected = plainly(changed, SPANS, tmp_path)
    demuxed.clear()
    assert written(write_pieces(opened(changed), SPANS, tmp_path, index=index)) == expected
    assert demuxed != []


class Packet(bytes):
    """A packet of four bytes."""

    def __new__(cls, number: int, **wrong: Any) -> Self:
        packet = super().__new__(cls, number.to_bytes(4))
        packet.__dict__.update({"pts": number * TICKS, "pos": number * 4, "duration": TICKS, "size": 4, **wrong})
        return packet


SECOND, TICKS = 14_112_000, 338_688  # of FFmpeg's clock of MP3, and of a packet at 48 kHz: 24 ms
CONTENT = b"".join(map(Packet, range(1000)))


def indexed(wrong: Mapping[int, Mapping[str, int | None]]) -> PacketIndex:
    """The index of a thousand packets, of which those with some numbers are otherwise."""
    index = PacketIndex()
    with av.open(opened(recorded("slow mp3"))) as recording:
        index.begin(recording.streams.audio[0])
    for number in range(1000):
        index.add(cast("Any", Packet(number, **wrong.get(number, {}))))
    index.add(None)
    return index


def part(index: PacketIndex, start: float, end: float, zero: float = 0.0) -> tuple[float, float, bytes]:
    """What an index finds of a part."""
    begins, ends, blocks = index.part(opened(CONTENT), start, end, zero=zero, early=0.05)
    return begins, ends, b"".join(blocks)


@pytest.mark.parametrize(
    "wrong",
    [{"pts": 600 * TICKS + 1}, {"pts": None}, {"duration": TICKS + 1}, {"duration": 0}],
    ids=["hole", "no time", "another length", "no length"],
)
def test_an_index_ends_where_timestamps_may_not_be_times(wrong: dict[str, int | None]) -> None:
    index = indexed({600: wrong})
    assert part(index, 0.0, 11.99) == (0.0, pytest.approx(12.0), CONTENT[:2000])
    with pytest.raises(NotIndexed):
        part(index, 0.0, 14.5)


@pytest.mark.parametrize("wrong", [{"duration": 0}, {"duration": 3 * SECOND}, {"pos": None}], ids=str)
def test_what_has_no_true_lengths_or_places_is_not_indexed(wrong: dict[str, int | None]) -> None:
    with pytest.raises(NotIndexed):
        part(indexed(dict.fromkeys(range(1000), wrong)), 0.0, 1.0)


@pytest.mark.parametrize("zero", [0.0, 0.025, 1105 / 48_000])
def test_timestamps_without_holes_are_the_times(zero: float) -> None:
    """To the last bit, as parts may begin and end where packets do."""
    index, clock, base = indexed({}), Clock(zero), 1 / SECOND
    packets = [Timed(clock.at(number * TICKS * base, TICKS * base), TICKS * base, number) for number in range(1000)]
    for number in range(5, 900):
        start, end = number * 0.024, number * 0.024 + 0.12
        if number % 2:
            start, end = start - zero + 0.05, end - zero
        found = [packet for packet in packets if packet.end > start - 0.05]
        last = next(place for place, packet in enumerate(found) if packet.end >= end)
        found = [packet for packet in found[: last + 1] if packet.time < end]
        content = CONTENT[found[0].part * 4 : found[-1].part * 4 + 4]
        assert part(index, start, end, zero) == (found[0].time, found[-1].end, content)
