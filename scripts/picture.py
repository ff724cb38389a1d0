"""Run the demonstration and draw what it prints: docs/demo.svg, which the README shows."""

import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "demo.svg"
PROGRAMS = Path(sys.executable).parent
WIDTH = 100
"""Columns of the terminal."""

# rich's own format loads a font from the network. This one takes the reader's: each run of text says how long it is, so
# any monospaced font keeps the columns.
FORMAT = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>What tonearm demo prints</title>
<style>
.{unique_id}-matrix {{ font: {char_height}px/{line_height}px ui-monospace, monospace; }}
.{unique_id}-title {{ font: 18px sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def demonstrate(place: Path) -> str:
    """Run the demonstration in a folder.

    Returns:
        What it prints on a terminal, with colours.
    """
    command = [PROGRAMS / "tonearm", "demo"]
    return subprocess.run(command, cwd=place, env=terminal(place), stdout=subprocess.PIPE, text=True, check=True).stdout


def terminal(home: Path) -> dict[str, str]:
    """The environment of the demonstration, which thinks that it has a terminal with colours.

    Only our own programs are on PATH, so that no player of this machine is named.
    """
    return {"PATH": str(PROGRAMS), "COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "LANG": "C.UTF-8", "HOME": str(home)}


def draw(printed: str) -> str:
    """Draw what the demonstration prints as an SVG."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text("$ tonearm demo", style="bold"))
    console.print(Text.from_ansi(printed.rstrip()))
    svg = console.export_svg(title="tonearm", theme=MONOKAI, code_format=FORMAT, unique_id="demo")
    return "".join(f"{line.strip()}\n" for line in svg.splitlines() if line.strip())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        PICTURE.write_text(draw(demonstrate(Path(place))), encoding="utf-8")
