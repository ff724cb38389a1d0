"""All comparisons in one small SVG, the same for the same numbers: medians with their spread, and the goals."""

from collections.abc import Sequence
from html import escape
from statistics import median

from tests.bench.plot import COLOURS, STYLE
from tests.bench.report import Bar

LEFT, WIDTH, LINE, TOP, MOST = 380, 420, 22, 40, 2.0
"""Pixels, and the ratio at the right edge, where what is greater ends."""


def draw(bars: Sequence[Bar]) -> str:
    """A line for each comparison, green where its median meets the goal."""
    height = TOP + LINE * len(bars) + 12
    parts = [_tick(ratio, height) for ratio in (0.0, 0.5, 1.0, 1.5, 2.0)]
    parts += [_line(bar, TOP + LINE * number) for number, bar in enumerate(bars)]
    size = f"width='{LEFT + WIDTH + 90}' height='{height}' viewBox='0 0 {LEFT + WIDTH + 90} {height}'"
    body = "\n".join(parts)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' {size}>\n<rect width='100%' height='100%' fill='white'/>\n"
        f"{body}\n</svg>\n"
    )


def _at(ratio: float) -> float:
    return round(LEFT + WIDTH * min(ratio, MOST) / MOST, 1)


def _tick(ratio: float, height: int) -> str:
    x, colour = _at(ratio), "#888" if ratio == 1 else "#e4e4e4"
    return (
        f"<line x1='{x}' x2='{x}' y1='{TOP - 8}' y2='{height - 10}' stroke='{colour}'/>"
        f"<text x='{x}' y='{TOP - 14}' text-anchor='middle' {STYLE}>{ratio:g}</text>"
    )


def _line(bar: Bar, top: int) -> str:
    middle, low, high = median(bar.ratios), min(bar.ratios), max(bar.ratios)
    colour = COLOURS[2] if middle <= bar.goal else COLOURS[1]
    y, goal = top + LINE / 2 - 2, _at(bar.goal)
    look = f"height='{LINE - 6}' fill='{colour}' fill-opacity='0.75'"
    return "\n".join(
        [
            f"<text x='{LEFT - 10}' y='{y + 4}' text-anchor='end' {STYLE}>{escape(bar.what)}</text>",
            f"<rect x='{LEFT}' y='{top}' width='{round(_at(middle) - LEFT, 1)}' {look}/>",
            f"<line x1='{_at(low)}' x2='{_at(high)}' y1='{y}' y2='{y}' stroke='#222' stroke-width='1.5'/>",
            f"<line x1='{goal}' x2='{goal}' y1='{top - 2}' y2='{top + LINE - 4}' stroke='#222' stroke-width='3'/>",
            f"<text x='{LEFT + WIDTH + 12}' y='{y + 4}' {STYLE}>{middle:.2f} (goal {bar.goal:.2f})</text>",
        ]
    )
