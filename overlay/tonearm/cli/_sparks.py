"""Series of numbers for people: sparklines in a terminal, and bars in an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

BLOCKS, PLAIN = "▁▂▃▄▅▆▇█", "_.:-=+*#"
"""Characters of eight heights, for terminals with and without UTF-8."""

_WIDTH, _HEIGHT, _MARGIN, _TITLE = 720, 120, 16, 24
_BAR, _TEXT, _LINE = "#2563eb", "#111827", "#d1d5db"


def blocks(encoding: str | None) -> str:
    """The characters that a stream with this encoding can show."""
    try:
        BLOCKS.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return PLAIN
    return BLOCKS


def spark(values: Sequence[float], width: int, heights: str) -> str:
    """A line of at most `width` characters; each shows the mean of its part of the values."""
    shares = min(len(values), max(1, width))
    means: list[float] = []
    for share in range(shares):
        part = values[share * len(values) // shares : (share + 1) * len(values) // shares]
        means.append(sum(value / len(part) for value in part))
    top = max(means, default=0.0)
    steps = [0 if top <= 0 else round(max(0.0, mean) / top * (len(heights) - 1)) for mean in means]
    return "".join(heights[step] for step in steps)


def svg(panels: Sequence[tuple[str, Sequence[float]]], span: tuple[str, str]) -> bytes:
    """A picture with bars for each series, one panel below the other.

    Args:
        panels: the title and the values of each.
        span: where the time begins and ends, in words.
    """
    height = len(panels) * (_HEIGHT + _TITLE + _MARGIN) + _MARGIN + _TITLE
    root = ET.Element(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {height}",
        width=str(_WIDTH),
        height=str(height),
        role="img",
    )
    root.set("font-family", "sans-serif")
    ET.SubElement(root, "title").text = "; ".join(title for title, _ in panels)
    ET.SubElement(root, "rect", width="100%", height="100%", fill="white")
    for number, (title, values) in enumerate(panels):
        _panel(root, title, values, _MARGIN + number * (_HEIGHT + _TITLE + _MARGIN))
    for text, x, anchor in ((span[0], _MARGIN, "start"), (span[1], _WIDTH - _MARGIN, "end")):
        _label(root, text, x, height - _MARGIN, anchor)
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root, encoding="unicode").encode()


def _panel(root: ET.Element, title: str, values: Sequence[float], y: int) -> None:
    _label(root, title, _MARGIN, y + _MARGIN, "start")
    floor, top = y + _TITLE + _HEIGHT, max([*values, 0.0])
    step = (_WIDTH - 2 * _MARGIN) / max(1, len(values))
    for place, value in enumerate(values):
        tall = 0.0 if top <= 0 else max(0.0, value) / top * _HEIGHT
        ET.SubElement(
            root,
            "rect",
            x=f"{_MARGIN + place * step:.2f}",
            y=f"{floor - tall:.2f}",
            width=f"{max(0.5, step * 0.8):.2f}",
            height=f"{tall:.2f}",
            fill=_BAR,
        )
    ET.SubElement(root, "line", x1=str(_MARGIN), x2=str(_WIDTH - _MARGIN), y1=str(floor), y2=str(floor), stroke=_LINE)


def _label(root: ET.Element, text: str, x: int, y: int, anchor: str) -> None:
    label = ET.SubElement(root, "text", x=str(x), y=str(y), fill=_TEXT)
    label.set("text-anchor", anchor)
    label.set("font-size", "13")
    label.text = text
