#!/usr/bin/env python3
"""Write the table of docs/openai.md that says how often a seam without times loses a word or says it twice.

It joins 5,000 simulated seams for each row, which takes some minutes; a number as argument takes so many instead.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.plans.seam_trials import CONDITIONS, rates  # noqa: E402  # found by the line above

PAGE = ROOT / "docs" / "openai.md"
BLOCK = re.compile(r"(?<=<!-- Made by scripts/seams.py; do not edit. -->\n).*?(?=<!-- End)", re.DOTALL)


def main() -> None:
    """Simulate, and replace the table of the page."""
    seams = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    rows = ["| both chunks have | a word is lost | more than one is said twice |", "|---|---|---|"]
    for condition in CONDITIONS:
        found = rates(condition, seams)
        rows.append(f"| {condition} | {found.lost:.2%} | {found.doubled:.2%} |")
        print(rows[-1], flush=True)
    table = "\n".join([f"{seams:,} seams of each kind:", "", *rows, ""])
    PAGE.write_text(BLOCK.sub(table, PAGE.read_text("utf-8"), count=1), "utf-8")


if __name__ == "__main__":
    main()
