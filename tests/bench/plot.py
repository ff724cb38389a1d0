"""How cost grows, drawn: one small SVG, the same for the same numbers."""

from collections.abc import Mapping, Sequence
from math import log10

from attrs import frozen

WIDTH, HEIGHT, LEFT, TOP, PANEL = 900, 260, 62, 34, 300
COLOURS = ("#1b6ca8", "#c8553d", "#4c956c")
STYLE = "font-family='sans-serif' font-size='11' fill='#444'"


@frozen
class Panel:
    """One drawing: what grows, with what, and for each series its points; both axes are logarithmic."""

    title: str
    across: str
    series: Mapping[str, Sequence[tuple[float, float]]]
    names: Mapping[float, str]


def draw(panels: Sequence[Panel]) -> str:
    """The panels beside each other; the grey line is what grows exactly with the size."""
    body = "\n".join(_panel(panel, number * PANEL) for number, panel in enumerate(panels))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{len(panels) * PANEL}' height='{HEIGHT}' "
        f"viewBox='0 0 {len(panels) * PANEL} {HEIGHT}'>\n<rect width='100%' height='100%' fill='white'/>\n"
        f"{body}\n</svg>\n"
    )


def _panel(panel: Panel, left: int) -> str:
    points = [point for series in panel.series.values() for point in series]
    across = log10(min(x for x, _ in points)), log10(max(x for x, _ in points))
    lowest, highest = int(log10(min(y for _, y in points)) // 1), int(-(-log10(max(y for _, y in points)) // 1))
    width, height = PANEL - LEFT - 18, HEIGHT - TOP - 48

    def place(x: float, y: float) -> tuple[float, float]:
        share = (log10(x) - across[0]) / ((across[1] - across[0]) or 1)
        rise = (log10(y) - lowest) / ((highest - lowest) or 1)
        return round(left + LEFT + share * width, 1), round(TOP + height * (1 - rise), 1)

    def line(series: Sequence[tuple[float, float]], look: str) -> str:
        return f"<polyline fill='none' {look} points='{' '.join(f'{x},{y}' for x, y in (place(*p) for p in series))}'/>"

    first = next(iter(panel.series.values()))
    straight = [(x, first[0][1] * x / first[0][0]) for x, _ in first]
    parts = [f"<text x='{left + LEFT}' y='18' {STYLE} font-weight='bold'>{panel.title}</text>"]
    for power in range(lowest, highest + 1):
        _, y = place(10 ** across[0], 10.0**power)
        parts.append(f"<line x1='{left + LEFT}' x2='{left + LEFT + width}' y1='{y}' y2='{y}' stroke='#e4e4e4'/>")
        parts.append(f"<text x='{left + LEFT - 6}' y='{y + 4}' text-anchor='end' {STYLE}>{10.0**power:g} s</text>")
    if straight[-1][1] <= 10.0**highest:
        parts.append(line(straight, "stroke='#999' stroke-dasharray='3 3'"))
    for number, (name, series) in enumerate(panel.series.items()):
        colour = COLOURS[number]
        parts.append(line(series, f"stroke='{colour}' stroke-width='2'"))
        parts += [f"<circle cx='{x}' cy='{y}' r='3' fill='{colour}'/>" for x, y in (place(*p) for p in series)]
        parts.append(
            f"<text x='{left + LEFT + 8}' y='{TOP + 12 + 14 * number}' {STYLE} style='fill:{colour}'>{name}</text>"
        )
    for value, name in panel.names.items():
        x, _ = place(value, 10.0**lowest)
        parts.append(f"<text x='{x}' y='{TOP + height + 16}' text-anchor='middle' {STYLE}>{name}</text>")
    parts.append(
        f"<text x='{left + LEFT + width / 2}' y='{HEIGHT - 10}' text-anchor='middle' {STYLE}>{panel.across}</text>"
    )
    return "\n".join(parts)
