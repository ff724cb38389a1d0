"""Measure what no test may judge, against goals: `scripts/bench [AXIS ...]`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench import download, machine, memory, scan, sentences, upload
from tests.bench.report import SMALLER, Report, Settings

AXES: dict[str, Callable[[Settings], Report]] = {
    "memory": memory.measure,
    "upload": upload.measure,
    "download": download.measure,
    "sentences": sentences.measure,
    "scan": scan.measure,
}
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    settings, axes, write = arguments()
    reports = [AXES[axis](settings) for axis in axes]
    parts = ["# What scripts/bench measured", machine.describe(), *(report.markdown() for report in reports)]
    text = "\n\n".join(parts)
    print(text)
    if write:
        RESULTS.write_text(text + "\n")
    return 0 if all(report.met for report in reports) else 1


def arguments() -> tuple[Settings, list[str], bool]:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, epilog="The exit code is 1 when a median misses its goal."
    )
    parser.add_argument("axis", nargs="*", help=f"what to measure: {', '.join(AXES)}; all when none is named")
    parser.add_argument("--pairs", type=at_least(1), default=5, help="how often each pair of runs is done (5)")
    parser.add_argument(
        "--size", type=at_least(SMALLER), default=1 << 30, metavar="BYTES", help="bytes of a file (1 GiB)"
    )
    parser.add_argument("--write", action="store_true", help="write the result to tests/bench/RESULTS.md, too")
    given = parser.parse_args()
    unknown = [axis for axis in given.axis if axis not in AXES]
    if unknown:
        parser.error(f"there is no axis {', '.join(unknown)}; there are: {', '.join(AXES)}")
    return Settings(pairs=given.pairs, size=given.size), given.axis or list(AXES), given.write


def at_least(least: int) -> Callable[[str], int]:
    """Read a whole number, or refuse it."""

    def number(text: str) -> int:
        if int(text) < least:
            raise argparse.ArgumentTypeError(f"must be at least {least}")
        return int(text)

    return number


if __name__ == "__main__":
    sys.exit(main())
