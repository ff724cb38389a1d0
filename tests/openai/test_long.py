"""Recordings that are too long for one request: each word once, in order, at its time, whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.openai.both import Way
from tests.openai.recordings import Kind, cases, check, count, recording, transcribed
from tonearm.sandbox import Fault, Sandbox


@pytest.mark.parametrize(("kind", "minutes", "way"), cases("flac", minutes=1.5))
def test_long_pieces(kind: Kind, minutes: float, way: Way, box: Sandbox, folder: Path) -> None:
    true = recording(folder, kind, minutes)
    before = count(box)
    check(transcribed(way, box, true, piece=60.0), true)
    assert count(box) - before >= minutes


@pytest.mark.parametrize(("kind", "minutes", "way"), cases())
def test_short_pieces_four_at_a_time(kind: Kind, minutes: float, way: Way, box: Sandbox, folder: Path) -> None:
    true = recording(folder, kind, minutes)
    before = count(box)
    check(transcribed(way, box, true, piece=15.0, workers=4), true)
    assert count(box) - before >= 4 * minutes


@pytest.mark.parametrize(("kind", "minutes", "way"), cases("wav", "opus", turn=1))
def test_cuts_where_there_is_no_silence(kind: Kind, minutes: float, way: Way, box: Sandbox, folder: Path) -> None:
    true = recording(folder, kind, minutes, pauses=False)
    check(transcribed(way, box, true, piece=15.0, workers=2), true)


@pytest.mark.parametrize(("kind", "minutes", "way"), cases("mp3")[:1])
def test_pieces_of_mp3_are_copied_without_another_look_at_its_packets(
    kind: Kind, minutes: float, way: Way, box: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unread(*_: object) -> Iterator[Any]:
        raise AssertionError("its packets are read again")
        yield

    true = recording(folder, kind, minutes)
    monkeypatch.setattr("tonearm._audio.chunks.packets", unread)
    check(transcribed(way, box, true, piece=15.0, workers=2), true)


FAULTS: list[dict[str, Any]] = [
    {"drop_headers": True},
    {"status": 503, "headers": {"retry-after": "0"}},
    {"drop_response": 20},
    {"drop_request": 100_000},
    {"status": 429, "headers": {"retry-after-ms": "1"}},
]


@pytest.mark.parametrize(("kind", "minutes", "way"), [*cases("wav"), *cases("flac", turn=1)[:1]])
def test_a_fault_on_every_third_request(kind: Kind, minutes: float, way: Way, box: Sandbox, folder: Path) -> None:
    true = recording(folder, kind, minutes)
    # Those that are ordered later do not see what earlier ones hit: number n strikes at request 3 n.
    faults = [Fault(skip=2 * number, **FAULTS[number % len(FAULTS)]) for number in range(1, int(minutes * 4))]
    before = count(box)
    with box.faults(*faults, unused_ok=True):
        check(transcribed(way, box, true, piece=15.0, workers=2), true)
    hits = sum(fault.hits for fault in faults)
    assert hits >= minutes * 4 / 3
    assert count(box) - before >= minutes * 4 + hits
