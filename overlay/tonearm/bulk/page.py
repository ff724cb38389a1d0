"""A ledger as a web page of one file that needs no network: progress, throughput, prices, failures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from itertools import accumulate

from .rows import Row
from .timeline import Stretch, Timeline

_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --good: #0550ae;
  --bad: #a1260d; --price: #116329; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171b; --ink: #e6e9ec; --soft: #a4adb7; --line: #3a414a;
  --good: #8cc2ff; --bad: #ffab9c; --price: #7ee09a; } }
body { margin: 0 auto; max-width: 60em; padding: 1em; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1, td { overflow-wrap: anywhere; }
h2 { margin-top: 2em; font-size: 1.1em; }
table { border-collapse: collapse; }
th, td { padding: 2px 1.5em 2px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--soft); font-size: 12px; }
.axis { stroke: var(--line); }
.done { fill: var(--good); } .failed { fill: var(--bad); } .price { fill: var(--price); }
p.soft { color: var(--soft); }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 960, 200, 70, 14, 22
_UNITS = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def page(title: str, rows: Iterable[Row]) -> str:
    """Write the page.

    Args:
        title: its title.
        rows: the jobs, read once and one by one.
    """
    timeline = Timeline.of(rows)
    return _encodable(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body><main><h1>{escape(title)}</h1>\n{''.join(_parts(timeline))}</main></body></html>\n"
    )


def _parts(timeline: Timeline) -> Iterator[str]:
    yield _table(_facts(timeline))
    stretches = timeline.filled()
    if stretches:
        yield from _charts(timeline, stretches)
    if timeline.causes:
        yield "<h2>Failures by cause</h2>\n"
        yield from _failures(timeline)


def _facts(timeline: Timeline) -> Iterator[tuple[str, str]]:
    yield "jobs", f"{timeline.states.total():,}"
    for state in ("done", "failed", "waiting", "running"):
        if timeline.states[state]:
            yield state, f"{timeline.states[state]:,}"
    if timeline.began is not None and timeline.ended is not None:
        yield "first began", _moment(timeline.began)
        yield "last ended", _moment(timeline.ended)
        yield "took", _clock(timeline.elapsed)
        if timeline.elapsed:
            yield "throughput", f"{timeline.states['done'] / timeline.elapsed * 3600:,.0f} jobs an hour"
    if timeline.seconds:
        yield "work", f"{_clock(timeline.seconds)} of all workers"
    if timeline.bytes:
        yield "bytes", _size(timeline.bytes)
    if timeline.price:
        yield "price", f"{timeline.price:,.2f} USD"


def _charts(timeline: Timeline, stretches: Sequence[Stretch]) -> Iterator[str]:
    done = list(accumulate(stretch.done for stretch in stretches))
    failed = list(accumulate(stretch.failed for stretch in stretches))
    ends = (_moment(timeline.began or 0.0), _moment(timeline.ended or 0.0))
    yield "<h2>Progress</h2>\n"
    yield _chart("jobs done and failed until then", list(zip(done, failed, strict=True)), ends, _whole)
    per_minute = 60 / timeline.width
    yield "<h2>Throughput</h2>\n"
    rates = [(stretch.done * per_minute, stretch.failed * per_minute) for stretch in stretches]
    yield _chart(f"jobs a minute, in stretches of {_clock(timeline.width)}", rates, ends, lambda rate: f"{rate:,.1f}")
    if timeline.price:
        spent = list(accumulate(stretch.price for stretch in stretches))
        yield "<h2>Price</h2>\n"
        yield _chart("USD until then", [(total,) for total in spent], ends, lambda usd: f"{usd:,.2f}", "price")


def _chart(
    label: str,
    bars: Sequence[Sequence[float]],
    ends: tuple[str, str],
    written: Callable[[float], str],
    *kinds: str,
) -> str:
    """A chart of bars side by side, each stacked from parts; `written` formats its highest value."""
    kinds = kinds or ("done", "failed")
    highest = max(map(sum, bars)) or 1.0
    step = (_WIDTH - _LEFT) / len(bars)
    scale = (_HEIGHT - _TOP - _BOTTOM) / highest
    floor = _HEIGHT - _BOTTOM
    drawn: list[str] = []
    for number, parts in enumerate(bars):
        top = float(floor)
        for kind, part in zip(kinds, parts, strict=True):
            if part:
                top -= part * scale
                place = f'x="{_LEFT + number * step:.1f}" y="{top:.1f}" width="{step:.2f}" height="{part * scale:.1f}"'
                drawn.append(f'<rect class="{kind}" {place}/>')
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(label)}; at most {written(highest)}">'
        f'<line class="axis" x1="{_LEFT}" y1="{floor}" x2="{_WIDTH}" y2="{floor}"/>{"".join(drawn)}'
        f'<text x="{_LEFT - 6}" y="{_TOP + 6}" text-anchor="end">{written(highest)}</text>'
        f'<text x="{_LEFT - 6}" y="{floor}" text-anchor="end">0</text>'
        f'<text x="{_LEFT}" y="{_HEIGHT - 4}">{ends[0]}</text>'
        f'<text x="{_WIDTH}" y="{_HEIGHT - 4}" text-anchor="end">{ends[1]}</text></svg>\n'
        f'<p class="soft">{escape(label)}</p>\n'
    )


def _failures(timeline: Timeline) -> Iterator[str]:
    yield "<table><tr><th>cause</th><th>jobs</th><th>for example</th></tr>\n"
    for cause, count in timeline.causes.most_common():
        examples = "<br>".join(
            f"{escape(_short(row.input))}: {escape(_short(row.error or ''))}" for row in timeline.examples[cause]
        )
        yield f'<tr><td>{escape(cause)}</td><td class="number">{count:,}</td><td>{examples}</td></tr>\n'
    yield "</table>\n"


def _table(pairs: Iterable[tuple[str, str]]) -> str:
    rows = (f'<tr><th scope="row">{name}</th><td class="number">{value}</td></tr>\n' for name, value in pairs)
    return f"<table>\n{''.join(rows)}</table>\n"


def _encodable(text: str) -> str:
    """A text that UTF-8 can encode, which names of files need not be."""
    return text.encode("utf-8", "backslashreplace").decode()


def _short(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:299]}…"


def _whole(count: float) -> str:
    return f"{count:,.0f}"


def _moment(when: float) -> str:
    return f"{datetime.fromtimestamp(when, UTC):%Y-%m-%d %H:%M:%S} UTC"


def _clock(seconds: float) -> str:
    hours, rest = divmod(round(seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def _size(count: int) -> str:
    return next((f"{count / step:,.1f} {unit}" for step, unit in _UNITS if count >= step), f"{count} B")
