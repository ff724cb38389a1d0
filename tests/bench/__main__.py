"""Measure what no test may judge, against goals: `scripts/bench [AXIS ...]`; `scripts/bench profile` says where the
time goes."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench import (
    bars,
    book,
    calls,
    compare,
    download,
    early,
    growth,
    hour,
    jobs,
    machine,
    memory,
    page,
    regenerating,
    scan,
    sentences,
    shelf,
    start,
    upload,
    writing,
)
from tests.bench.profile import write_profile
from tests.bench.report import SMALLER, Report, Settings

AXES: dict[str, Callable[[Settings], Report]] = {
    "start": start.cpu,
    "footprint": start.memory,
    "small": calls.small,
    "many": calls.many,
    "list": calls.listing,
    "transcript": calls.words,
    "first": calls.first,
    "download": download.measure,
    "shelf": shelf.measure,
    "upload": upload.measure,
    "memory": memory.measure,
    "regenerate": regenerating.measure,
    "scan": scan.measure,
    "early": early.measure,
    "hour": hour.measure,
    "book": book.measure,
    "sentences": sentences.measure,
    "writing": writing.measure,
    "page": page.measure,
    "jobs": jobs.measure,
    "growth": growth.measure,
}
RESULTS = Path(__file__).with_name("RESULTS.md")
BARS = RESULTS.with_name("comparisons.svg")
DRAWN = """\
## All comparisons

Each line is a median, and the least and the greatest of its pairs; the mark is the goal, and the grey line is 1.

![Ratios and goals](comparisons.svg)"""
QUICK = 16 << 20
SHORT = 100.0  # seconds: what takes less is repeated


def main() -> int:
    settings, axes, write, revision = arguments()
    if axes == ["profile"]:
        write_profile(settings, write)
        return 0
    reports = [compare.measure(settings, revision, axes)] if revision else [AXES[axis](settings) for axis in axes]
    parts = ["# What scripts/bench measured", machine.describe(), *(report.markdown() for report in reports)]
    text = "\n\n".join(parts)
    print(text)
    if write:
        BARS.write_text(bars.draw([bar for report in reports for bar in report.bars]))
        RESULTS.write_text(f"{text}\n\n{DRAWN}\n")
    return 0 if all(report.met for report in reports) else 1


def arguments() -> tuple[Settings, list[str], bool, str]:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description=__doc__,
        epilog="The exit code is 1 when a median misses its goal. With --peers first, what people use today is "
        "installed into an environment of its own, and compared, too.",
    )
    parser.add_argument(
        "axis", nargs="*", help=f"what to measure: {', '.join(AXES)}; all when none is named; or profile, alone"
    )
    parser.add_argument("--pairs", type=at_least(1), help="how often each pair of runs is done at least (3; quick: 1)")
    parser.add_argument(
        "--size", type=at_least(SMALLER), metavar="BYTES", help="bytes of a file (1 GiB; quick: 16 MiB)"
    )
    parser.add_argument("--quick", action="store_true", help="only see that it works, with little of everything")
    parser.add_argument("--write", action="store_true", help="write the result below tests/bench, too")
    parser.add_argument(
        "--compare",
        default="",
        metavar="REV",
        help=f"this checkout against another revision of it, in turns: {', '.join(compare.AXES)}",
    )
    given = parser.parse_args()
    axes = given.axis or list(compare.AXES if given.compare else AXES)
    unknown = [axis for axis in axes if axis not in AXES and axes != ["profile"]]
    if unknown:
        parser.error(f"there is no axis {', '.join(unknown)}; there are: {', '.join(AXES)}")
    if given.compare and (given.write or not set(axes) <= set(compare.AXES)):
        parser.error(f"--compare takes {', '.join(compare.AXES)}, and no --write")
    if given.write and given.axis and axes != ["profile"]:
        parser.error(f"--write takes no axis, as {RESULTS.name} has all of them")
    return (
        Settings(
            pairs=given.pairs or (1 if given.quick else 3),
            seconds=0.0 if given.quick else SHORT,
            size=given.size or (QUICK if given.quick else 1 << 30),
            full=not given.quick,
            draw=given.write,
        ),
        axes,
        given.write,
        given.compare,
    )


def at_least(least: int) -> Callable[[str], int]:
    """Read a whole number, or refuse it."""

    def number(text: str) -> int:
        if int(text) < least:
            raise argparse.ArgumentTypeError(f"must be at least {least}")
        return int(text)

    return number


if __name__ == "__main__":
    sys.exit(main())
