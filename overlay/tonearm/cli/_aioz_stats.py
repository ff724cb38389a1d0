"""`tonearm aioz stats`: how often and for how long objects are played."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from typer import Option

from .. import InvalidInput
from .._base.coerce import utc
from . import _clients, _out, _sparks
from ._aioz import app
from ._ends import STANDARD, printable, say
from ._options import BaseUrl, DryRun, Json, Profile

if TYPE_CHECKING:
    import tonearm

WIDEST = 80
LARGEST = 1e12
"""Numbers below this are written with all digits."""

MOST = 5
"""Rows of a breakdown in the output for people."""


@app.command()
def stats(
    days: Annotated[int, Option(min=1, max=366, help="For how many days, up to now.")] = 30,
    media: Annotated[list[str] | None, Option(metavar="ID", help="Only this object; repeatable.")] = None,
    country: Annotated[list[str] | None, Option(metavar="CODE", help="Only this country; repeatable.")] = None,
    out: Annotated[str | None, Option("-o", "--out", metavar="FILE", help="Draw an SVG into a file, or -.")] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Show plays by day, country, device and object.

    Example: tonearm aioz stats --days 90 --out plays.svg
    """
    if json and out == STANDARD:
        raise InvalidInput("--json and -o - both write to standard output", hint="name a file with -o")
    end = datetime.now(UTC)
    start = end - timedelta(days=days - 1)
    options: dict[str, Any] = {"start": start.replace(hour=0, minute=0, second=0, microsecond=0), "end": end}
    options |= {name: given for name, given in (("media", media), ("countries", country)) if given}
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json, answers=_empty) as aioz:
        plays = _by_day(aioz.metric_over_time("play", "day", **options), start, end)
        watched = _by_day(aioz.metric_over_time("watch_time", "day", **options), start, end)
        parts = {
            "country": aioz.metric_by("play", "country", **options),
            "device": aioz.metric_by("play", "device-type", **options),
            "object": aioz.metric_by("play", "media-id", **options),
        }
    if dry_run:
        return
    span = (start.date().isoformat(), end.date().isoformat())
    if json:
        series = [{"day": day.isoformat(), "plays": plays[day], "watch_time": watched[day]} for day in plays]
        rows = {name: {row.dimension: row.value for row in metric_rows} for name, metric_rows in parts.items()}
        _out.line({"start": span[0], "end": span[1], "days": series, **rows})
    elif out is None:
        _show(
            [("plays", _count(plays.values()), [*plays.values()]), ("heard", _time(watched), [*watched.values()])], span
        )
        for name, metric_rows in parts.items():
            _rank(name, metric_rows)
    if out is not None:
        picture = _sparks.svg(
            [
                (f"plays: {_count(plays.values())}", [*plays.values()]),
                (f"listened: {_time(watched)}", [*watched.values()]),
            ],
            span,
        )
        _out.to_file(lambda file: file.write(picture), _out.file_of(out))
        say(f"{out}: {len(plays)} days")


def _empty(*_: str) -> dict[str, Any]:
    """The response in a dry run, so that it shows every request."""
    return {"status": "success", "data": {"data": [], "total": 0}}


def _by_day(rows: Iterable[tonearm.aioz.MetricRow], start: datetime, end: datetime) -> dict[Any, float]:
    """The number of each day, also of days without plays, which the service leaves out."""
    days = {start.date() + timedelta(days=number): 0.0 for number in range((end.date() - start.date()).days + 1)}
    for row in rows:
        at = utc(row.at)
        if at is not None and at.date() in days:
            days[at.date()] = min(days[at.date()] + row.value, sys.float_info.max)
    return days


def _show(lines: Sequence[tuple[str, str, Sequence[float]]], span: tuple[str, str]) -> None:
    width = min(WIDEST, shutil.get_terminal_size().columns)
    heights = _sparks.blocks(_encoding())
    print(f"{span[0]} to {span[1]}, by day")
    for name, total, values in lines:
        print(f"{name}: {total}")
        print(_sparks.spark(values, width, heights))


def _rank(name: str, rows: Sequence[tonearm.aioz.MetricRow]) -> None:
    """Print the rows with the largest numbers, in lines that fit the terminal."""
    width = min(WIDEST, shutil.get_terminal_size().columns)
    best = sorted(rows, key=lambda row: -row.value)[:MOST]
    if best:
        print(f"by {name}")
    for row in best:
        number = f"{_figure(row.value):>8}  "
        label = printable(row.dimension or "unknown")
        room = max(1, width - len(number))
        print(number + (label if len(label) <= room else f"{label[: room - 1]}~"))


def _count(values: Iterable[float]) -> str:
    return _figure(sum(values))


def _time(days: dict[Any, float]) -> str:
    seconds = sum(days.values())
    return (_out.clock(seconds) if 0 <= seconds < LARGEST else None) or f"{_figure(seconds)} s"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) < LARGEST else f"{value:.3g}"


def _encoding() -> str | None:
    return sys.stdout.encoding
