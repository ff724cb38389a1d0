"""Reads the times of words and segments, in all spellings of servers, as seconds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, NamedTuple, cast

from ..._base.coerce import fields, number, text

_CLOCK = re.compile(r"\s*(?:(\d{1,9}):)?(\d{1,9}):(\d{1,9}(?:[.,]\d{1,9})?)\s*")
_UNIT = re.compile(r"\s*(-?\d{1,12}(?:[.,]\d{1,12})?)\s*(ms|s|sec|seconds)?\s*")

_STARTS = ("start", "start_time", "startTime", "begin", "begin_time", "from", "start_offset", "ts", "onset")
_ENDS = ("end", "end_time", "endTime", "stop", "to", "end_offset", "end_ts", "offset_end")
_PAIRED = ("timestamp", "timestamps", "offsets", "times", "time")
_LENGTHS = ("duration", "length", "dur")
_STARTS_MS = ("start_ms", "startMs", "offsetMilliseconds", "offset_ms", "start_millis", "bg")
_ENDS_MS = ("end_ms", "endMs", "end_millis", "ed")
_LENGTHS_MS = ("durationMilliseconds", "duration_ms")
_TICKS = 1e7  # Azure counts time in units of 100 nanoseconds
_MOST = 1e7  # seconds, four months: a larger number counts nanoseconds
_UNITS = (1.0, 1e-3, 1e-2, 1e-9)
_SLACK = 1.1


class Times(NamedTuple):
    """Start and end in seconds; None if the server sent none."""

    start: float | None
    end: float | None


def of(row: Mapping[str, object]) -> Times:
    """The times of a word or a segment, under any known name: numbers, text, or clock times."""
    start, end = row.get("start"), row.get("end")
    if type(start) is float and type(end) is float and isfinite(start + end) and row.keys().isdisjoint(_PAIRED):
        return Times(start, end)  # as OpenAI sends them; a long recording has tens of thousands
    for name in _PAIRED:
        value = row.get(name)
        if isinstance(value, list) and len(cast("list[object]", value)) == 2:
            start, end = cast("list[object]", value)
            return Times(seconds(start), seconds(end))
        if isinstance(value, dict):
            scale = 1e-3 if name == "offsets" else 1.0
            return _times(cast("Mapping[str, object]", value), scale)
    return _times(row, 1.0)


def _times(row: Mapping[str, object], scale: float) -> Times:
    start, end = _first(row, _STARTS, scale), _first(row, _ENDS, scale)
    if start is not None and end is not None:  # as in most of a long answer
        return Times(start, end)
    length = _first(row, _LENGTHS, scale)
    if start is None:
        start = _first(row, _STARTS_MS, 1e-3)
        end = _first(row, _ENDS_MS, 1e-3) if end is None else end
        length = _first(row, _LENGTHS_MS, 1e-3) if start is not None and end is None else length
    if start is None and number(row.get("offsetInTicks")) is not None:
        start = _first(row, ("offsetInTicks",), 1 / _TICKS)
        length = _first(row, ("durationInTicks",), 1 / _TICKS)
    if start is None and "t0" in row:  # whisper.cpp counts hundredths of a second
        start, end = _first(row, ("t0",), 1e-2), _first(row, ("t1",), 1e-2)
    if end is None and start is not None and length is not None and isfinite(start + length):
        end = start + length
    return Times(start, end)


def _first(row: Mapping[str, object], names: Iterable[str], scale: float) -> float | None:
    for name in names:
        if (value := row.get(name)) is not None and (time := seconds(value)) is not None:
            return time * scale
    return None


def seconds(value: object) -> float | None:
    """Read a number of seconds: 1.5, "1.5", "1,5 s", "00:00:01.500", or an object of seconds and nanoseconds."""
    plain = number(value)
    if plain is not None:
        return plain
    if isinstance(value, dict):
        inner = fields(cast("object", value))
        whole, rest = number(inner.get("seconds")), number(inner.get("nanos")) or 0.0
        return None if whole is None else whole + rest / 1e9
    written = text(value) or ""
    clock = _CLOCK.fullmatch(written)
    if clock is not None:
        return 3600.0 * int(clock[1] or 0) + 60.0 * int(clock[2]) + float(clock[3].replace(",", "."))
    with_unit = _UNIT.fullmatch(written)
    if with_unit is None:
        return None
    return float(with_unit[1].replace(",", ".")) * (1e-3 if with_unit[2] == "ms" else 1.0)


def unit(ends: Iterable[float], duration: float | None) -> float:
    """The factor that turns the times of an answer into seconds.

    Some servers count in milliseconds, hundredths or nanoseconds without saying so. If the answer has the length of the
    recording, the last time must lie within it; if not, only a time beyond any recording's length has another unit.
    """
    last = max(ends, default=0.0)
    if duration is None or duration <= 0.0:
        return 1e-9 if last > _MOST else 1.0
    if last <= 2 * duration + 30.0:  # the times of models run past the end
        return 1.0
    fitting = [scale for scale in _UNITS if last * scale <= _SLACK * duration + 1.0]
    return max(fitting, default=1.0)


def completed(rows: list[dict[str, Any]], duration: float | None) -> list[dict[str, Any]]:
    """Fill in missing times: without an end a row ends at the next start, without a start it starts at the last end."""
    for place, row in enumerate(rows):
        if row["start"] is None and row["end"] is not None:
            before = (rows[place - 1]["end"] or 0.0) if place else 0.0
            row["start"] = before if before < row["end"] else None
        if row["end"] is None and row["start"] is not None:
            following = next((later["start"] for later in rows[place + 1 :] if later["start"] is not None), duration)
            row["end"] = max(row["start"], row["start"] if following is None else following)
    return [row for row in rows if row["start"] is not None]
