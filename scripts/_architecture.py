"""The rooms of the overlay for docs/architecture.md: a table and a picture, made from docstrings and imports."""

import argparse
import ast
import sys
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TypeAlias

import grimp

ROOT = Path(__file__).resolve().parents[1]
OVERLAY = ROOT / "overlay" / "tonearm"
PAGE = ROOT / "docs" / "architecture.md"
PICTURE = ROOT / "docs" / "architecture.svg"

BEGIN = "<!-- Made by scripts/docs; do not edit. -->\n"
END = "<!-- End of what scripts/docs makes. -->\n"

TOP = "tonearm"
"""The room of the package itself, `__init__.py`."""

WIDTH, MARGIN, BOX, HIGH, GAP, STEP = 900, 40, 110, 34, 10, 82
"""Pixels: the picture's width and its left margin, a box's width and height, a gap's width, from floor to floor."""

FONT = 'font-family="monospace" font-size="14"'
TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0 8 4 0 8z" fill="#678"/></marker></defs>'
)

Arrow: TypeAlias = tuple[str, str]
"""A room and another that it imports."""

Point: TypeAlias = tuple[float, int]
"""Pixels from the left, and the floor."""


def main() -> int:
    """Run the command line; the exit status is 1 when --check finds a file that differs."""
    parser = argparse.ArgumentParser(prog="docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; name what differs and exit with 1")
    check: bool = parser.parse_args().check
    arrows = read_arrows()
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    made = {PAGE: before + BEGIN + table(arrows) + END + rest.partition(END)[2], PICTURE: picture(arrows)}
    changed = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in changed:
        if check:
            print(f"{path.relative_to(ROOT)} is not what the imports say: run scripts/docs", file=sys.stderr)
        else:
            path.write_text(made[path], encoding="utf-8")
    return 1 if check and changed else 0


def read_arrows() -> dict[str, set[str]]:
    """Which rooms each room imports. A room is an entry of overlay/tonearm, whatever it has inside."""
    graph = grimp.build_graph("tonearm", cache_dir=None)
    found: dict[str, set[str]] = {_room(module): set() for module in graph.modules}
    for module in graph.modules:
        found[_room(module)] |= {_room(other) for other in graph.find_modules_directly_imported_by(module)}
    return {room: others - {room} for room, others in found.items()}


def floors(arrows: Mapping[str, AbstractSet[str]]) -> list[list[str]]:
    """The rooms by floor, from the ground: each room is one floor above the highest room that it imports.

    Raises:
        graphlib.CycleError: the imports form a circle.
    """
    level: dict[str, int] = {}
    for room in TopologicalSorter(arrows).static_order():
        level[room] = max((level[other] + 1 for other in arrows[room]), default=0)
    return [sorted(room for room in level if level[room] == floor) for floor in range(max(level.values()) + 1)]


def drawn(arrows: Mapping[str, AbstractSet[str]]) -> set[Arrow]:
    """The arrows to draw: those between rooms that no longer way connects."""
    reached: dict[str, set[str]] = {}
    for room in TopologicalSorter(arrows).static_order():
        reached[room] = {*arrows[room], *(far for other in arrows[room] for far in reached[other])}
    return {
        (room, other)
        for room, others in arrows.items()
        for other in others
        if not any(other in reached[between] for between in others)
    }


def table(arrows: Mapping[str, AbstractSet[str]]) -> str:
    """The rooms from the top floor down: what each is for, in its own words, and what it imports."""
    stacked = floors(arrows)
    lines = [
        f"{len(arrows)} rooms on {len(stacked)} floors, {sum(map(len, arrows.values()))} imports from room to room.",
        "",
        "| floor | room | what it is for | imports |",
        "|---|---|---|---|",
    ]
    for floor, rooms in reversed(list(enumerate(stacked))):
        for room in rooms:
            imports = ", ".join(f"`{other}`" for other in sorted(arrows[room]))
            lines.append(f"| {floor} | `{room}` | {purpose(room)} | {imports} |")
    return "\n".join(lines) + "\n"


def purpose(room: str) -> str:
    """The first paragraph of a room's docstring."""
    package = OVERLAY if room == TOP else OVERLAY / room
    path = package / "__init__.py" if package.is_dir() else package.with_suffix(".py")
    documented = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return documented.partition("\n\n")[0].replace("\n", " ").replace("``", "`").replace("|", "\\|")


def picture(arrows: Mapping[str, AbstractSet[str]]) -> str:
    """The rooms as boxes on their floors, with arrows to what they import."""
    stacked = floors(arrows)
    height = STEP * len(stacked)
    boxes, ways = placed(stacked, drawn(arrows))
    shapes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" {FONT} text-anchor="middle">',
        "<title>The rooms of tonearm on their floors, and what they import</title>",
        TIP,
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        *(_floor(floor, height) for floor in range(len(stacked))),
        *(_line([(x, height - STEP * (floor + 0.5)) for x, floor in ways[arrow]]) for arrow in sorted(ways)),
        *(_box(room, x, height - STEP * (floor + 0.5)) for room, (x, floor) in sorted(boxes.items())),
        "</svg>",
    ]
    return "\n".join(shapes) + "\n"


def placed(
    stacked: Sequence[Sequence[str]], arrows: AbstractSet[Arrow]
) -> tuple[dict[str, Point], dict[Arrow, list[Point]]]:
    """Where each room stands, and the points of each arrow: it gets a gap of its own on the floors that it passes.

    From the top floor down, rooms and gaps stand in the order of what leads to them, so that few arrows cross.
    """
    level = {room: floor for floor, rooms in enumerate(stacked) for room in rooms}
    boxes: dict[str, Point] = {}
    ways: dict[Arrow, list[Point]] = {}
    for floor in range(len(stacked) - 1, -1, -1):
        wishes: dict[str | Arrow, float] = {}
        for room in stacked[floor]:
            ends = [ways[arrow][-1][0] for arrow in sorted(arrows) if arrow[1] == room]
            wishes[room] = sum(ends) / len(ends) if ends else WIDTH
        wishes |= {arrow: way[-1][0] for arrow, way in ways.items() if level[arrow[1]] < floor}
        widths = [BOX if isinstance(one, str) else GAP for one in wishes]
        space = (WIDTH - MARGIN - sum(widths)) / len(widths)
        left = MARGIN + space / 2
        for one in sorted(wishes, key=lambda one: (wishes[one], str(one))):
            width = BOX if isinstance(one, str) else GAP
            point = left + width / 2, floor
            left += width + space
            if not isinstance(one, str):
                ways[one].append(point)
                continue
            boxes[one] = point
            for arrow in arrows:
                if arrow[1] == one:
                    ways[arrow].append(point)
                elif arrow[0] == one:
                    ways[arrow] = [point]
    return boxes, ways


def _room(module: str) -> str:
    return [*module.split("."), TOP][1] if module != TOP else TOP


def _floor(floor: int, height: int) -> str:
    return f'<text x="20" y="{height - STEP * (floor + 0.5) + 5:.0f}" fill="#89a">{floor}</text>'


def _line(way: Sequence[tuple[float, float]]) -> str:
    """A curve through the points of an arrow, from the foot of one box to the head of another."""
    x, y = way[0][0], way[0][1] + HIGH / 2
    path = f"M{x:.0f} {y:.0f}"
    for place, (to_x, to_y) in enumerate(way[1:], 1):
        end = to_y - HIGH / 2
        middle = (y + end) / 2
        path += f"C{x:.0f} {middle:.0f} {to_x:.0f} {middle:.0f} {to_x:.0f} {end:.0f}"
        x, y = to_x, end
        if place < len(way) - 1:
            y = to_y + HIGH / 2
            path += f"V{y:.0f}"
    return f'<path d="{path}" fill="none" stroke="#678" stroke-width="1.3" marker-end="url(#tip)"/>'


def _box(room: str, x: float, y: float) -> str:
    fill = "#eef4fb" if room.startswith("_") else "#fdf3dc"
    return (
        f'<rect x="{x - BOX / 2:.0f}" y="{y - HIGH / 2:.0f}" width="{BOX}" height="{HIGH}" rx="5" '
        f'fill="{fill}" stroke="#345"/><text x="{x:.0f}" y="{y + 5:.0f}">{room}</text>'
    )


if __name__ == "__main__":
    sys.exit(main())
