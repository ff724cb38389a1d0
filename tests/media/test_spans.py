"""Where recordings are cut."""

import math
from collections.abc import Sequence
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.inside.audio import Scan, Silence, Span, divided, spans

CLOSE = 1e-6

LENGTHS = st.lists(st.floats(0.01, 40), min_size=1, max_size=40)


@st.composite
def scans(draw: st.DrawFn) -> Scan:
    """Sound and silence in turns, from either."""
    silent, at, silences = draw(st.booleans()), 0.0, list[Silence]()
    for length in draw(LENGTHS):
        if silent:
            silences.append(Silence(at, at + length))
        silent, at = not silent, at + length
    return Scan(at, tuple(silences))


def scan_of(*lengths: float) -> Scan:
    """Sound and silence in turns, from sound."""
    silences, at = list[Silence](), 0.0
    for number, length in enumerate(lengths):
        if number % 2:
            silences.append(Silence(at, at + length))
        at += length
    return Scan(at, tuple(silences))


def cut(scan: Scan, longest: float, overlap: float = 3.0) -> list[tuple[float, float, float]]:
    """The spans, to the millisecond."""
    parts = spans(scan, longest=longest, overlap=overlap)
    return [(round(part.start, 3), round(part.end, 3), round(part.overlap, 3)) for part in parts]


def uncovered(start: float, end: float, parts: Sequence[Span]) -> float:
    """Seconds from `start` to `end` that no span holds."""
    missing = 0.0
    for part in parts:
        if part.end > start:
            missing += max(0.0, min(part.start, end) - start)
            start = max(start, part.end)
        if start >= end:
            return missing
    return missing + end - start


@given(scans(), st.floats(0.3, 60), st.floats(0, 5))
def test_all_sound_is_in_the_spans_once_but_for_the_overlaps(scan: Scan, longest: float, overlap: float) -> None:
    parts = spans(scan, longest=longest, overlap=overlap)
    assert sum(uncovered(start, end, parts) for start, end in scan.sounds()) < CLOSE
    for part in parts:
        assert part.end - part.start <= longest + CLOSE
        assert scan.sound(part.start, part.end)
        assert 0 <= part.overlap <= min(overlap, longest / 2)
    for before, after in pairwise(parts):
        assert before.start < after.start
        assert before.end < after.end
        if after.overlap:
            assert after.start == pytest.approx(before.end - after.overlap, abs=CLOSE)
        else:
            assert after.start > before.end - CLOSE


@given(scans(), st.floats(0.3, 60))
def test_spans_are_cut_in_silence_where_there_is_any(scan: Scan, longest: float) -> None:
    parts = spans(scan, longest=longest, overlap=longest / 4)
    for before, after in pairwise(parts):
        begun = [
            silence for silence in scan.silences if before.start + longest / 4 < silence.start < before.end - CLOSE
        ]
        if after.overlap:
            assert begun == []
        else:
            assert not scan.sound(before.end + CLOSE, after.start - CLOSE)
            assert any(s.start - CLOSE <= before.end <= after.start + CLOSE <= s.end + 2 * CLOSE for s in scan.silences)


@given(scans(), st.floats(5, 60))
def test_silence_around_the_sound_of_a_span_is_kept_short(scan: Scan, longest: float) -> None:
    for part in spans(scan, longest=longest):
        for silence in scan.silences:
            if silence.start <= part.start < silence.end:
                assert silence.end - part.start <= 1 + CLOSE
            if silence.start < part.end <= silence.end:
                assert part.end - silence.start <= 1 + CLOSE


@given(scans(), st.floats(0.3, 60), st.floats(0, 5), st.floats(0, 30), st.none() | st.floats(0, 600))
def test_spans_are_the_same_however_far_the_scan_is(
    scan: Scan, longest: float, overlap: float, beyond: float, damaged: float | None
) -> None:
    """Beyond what is asked for, a scan may know more or less; the last that it knows may be cut off."""
    scan = evolve(scan, intact_until=math.inf if damaged is None else damaged)
    asked = [0.0]

    def reach(time: float) -> Scan:
        asked.append(max(asked[-1], time))
        known = asked[-1] + beyond * (len(asked) % 3)
        if known >= scan.duration:
            return scan
        silences = [evolve(each, end=min(each.end, known)) for each in scan.silences if each.start < known - 0.2]
        return Scan(known, tuple(silences), intact_until=math.inf if known < scan.intact_until else scan.intact_until)

    found: list[tuple[Span, bool]] = []
    for span in divided(reach, longest=longest, overlap=overlap):
        assert asked[-1] <= span.start + longest + 11  # ten of which show that a silence is a long one
        found.append((span, span.intact))
    assert found == [(span, span.intact) for span in spans(scan, longest=longest, overlap=overlap)]
    for (before, even), (after, _) in pairwise(found):
        assert before.shared == after.overlap
        assert even == (before.end + 1 < scan.intact_until)


@given(scans(), st.floats(0, 100), st.floats(0, 100))
def test_sound_is_what_no_silence_covers(scan: Scan, start: float, length: float) -> None:
    inside = [(max(start, a), min(start + length, b)) for a, b in scan.sounds()]
    assert scan.sound(start, start + length) == any(a < b for a, b in inside)


def test_between_silences_that_touch_there_is_no_sound() -> None:
    assert list(Scan(5, (Silence(1, 2), Silence(2, 3))).sounds()) == [(0, 1), (3, 5)]


def test_a_short_recording_is_one_span() -> None:
    assert cut(scan_of(4, 0.5, 4), 10) == [(0, 8.5, 0)]


@pytest.mark.parametrize("scan", [Scan(0, ()), Scan(5, (Silence(0, 5),))])
def test_without_sound_there_is_nothing_to_write(scan: Scan) -> None:
    assert spans(scan, longest=10) == ()


def test_the_widest_silence_late_in_a_span_is_taken() -> None:
    # silences begin at 20 (1 s wide), 92 (0.4 s), 94.4 (0.8 s), 97.2 (0.4 s)
    scan = scan_of(20, 1, 71, 0.4, 2, 0.8, 2, 0.4, 50)
    assert cut(scan, 100) == [(0, 94.8, 0), (94.8, 147.6, 0)]


def test_an_early_silence_is_better_than_none() -> None:
    assert cut(scan_of(20, 1, 200), 150)[:2] == [(0, 20.5, 0), (20.5, 170.5, 0)]


def test_a_wider_silence_somewhat_earlier_is_better_than_a_narrow_late_one() -> None:
    scan = scan_of(75, 1, 19, 0.2, 50)
    assert cut(scan, 100) == [(0, 75.5, 0), (75.5, 145.2, 0)]


def test_sound_without_silence_is_cut_hard_and_overlaps() -> None:
    assert cut(Scan(25, ()), 10, 3) == [(0, 10, 0), (7, 17, 3), (14, 24, 3), (21, 25, 3)]
    assert cut(Scan(12, ()), 10, 30) == [(0, 10, 0), (5, 12, 5)]


def test_a_silence_that_only_begins_in_a_span_is_cut_in_as_far_as_it_goes() -> None:
    assert cut(scan_of(9.9, 4, 5), 10) == [(0, 10, 0), (12.9, 18.9, 0)]


def test_long_silences_are_left_out() -> None:
    scan = Scan(300, (Silence(0, 60), Silence(70, 200), Silence(210, 300)))
    assert cut(scan, 100) == [(59, 71, 0), (199, 211, 0)]


def test_ten_hours_of_short_words_are_cut_in_reasonable_steps() -> None:
    scan = scan_of(*[0.4, 0.3] * 51_000)
    parts = spans(scan, longest=600)
    assert 60 <= len(parts) <= 66
    assert all(part.end - part.start > 530 for part in parts[:-1])
