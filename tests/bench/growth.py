"""The axis `growth`: how time and memory grow with the size of a file, a list and a transcript."""

import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench import calls, download, machine, memory, peers, upload
from tests.bench.memory import GOALS as MEMORY
from tests.bench.plot import Panel, draw
from tests.bench.report import Report, Settings, size_name
from tests.bench.transfer import WARM_UP, source

PLOT = Path(__file__).with_name("growth.svg")
MOST = 2.0
"""How often what a byte, an item or a word costs may rise: memory that is new, and its collection, take more."""

STEPS = {"list": (100, 1_000, 10_000, 100_000), "words": (1_000, 10_000, 100_000, 1_000_000)}
WHAT = {"upload": "Upload", "download": "Download", "list": "List", "words": "Transcript"}
FIXED = {"upload": 256 << 20, "download": 256 << 20, "list": 1_000, "words": 10_000}
"""From which size on a fixed cost (a connection, a first call, a durable file) no longer shows."""

ABOUT = """\
Seconds of one transfer (wall), of a list over pages and of a transcript to objects (CPU) at growing sizes, and the MiB
that a transfer adds to the peak of memory: the median of {pairs} runs, each a fresh process. It is linear when from
{fixed} on what a byte, an item or a word costs is at most {most} times what it costs there.

![How cost grows](growth.svg)"""


def measure(settings: Settings) -> Report:
    """Measure each size, and draw them all."""
    machine.check()
    often = max(1, settings.pairs // 3)
    files = tuple(size for size in (settings.size // 64, settings.size // 4, settings.size * 4))
    rows: list[list[str]] = []
    found: dict[str, list[tuple[float, float]]] = {}
    verdicts: list[bool] = []
    with TemporaryDirectory(prefix="tonearm-bench-") as name, peers.started() as url:
        folder = Path(name)
        memory.make(source(folder, WARM_UP), WARM_UP)
        for size in files:
            path = source(folder, size)
            memory.make(path, size)
            for what in ("upload", "download"):
                took = median(_transfer(what, url, size, folder) for _ in range(often))
                grown = memory.run(what, "sync", 1, url, size, folder)
                verdicts.append(grown <= MEMORY[what, 1])
                found.setdefault(what, []).append((size, took))
                rows.append(
                    [WHAT[what], size_name(size), f"{took:.2f}", f"{took / size * 2**30:.2f} / GiB", f"{grown:.2f}"]
                )
            path.unlink()
            print(f"growth, {size_name(size)}", file=sys.stderr)
        for what, steps in STEPS.items():
            for step in steps if settings.full else steps[:-1]:
                took = median(calls.run("tonearm", what, url, step) for _ in range(often if step < steps[-1] else 1))
                found.setdefault(what, []).append((step, took))
                rows.append([WHAT[what], f"{step:,}", f"{took:.3f}", f"{took / step * 1e6:.1f} / 10^6", ""])
                print(f"growth, {what}, {step:,}", file=sys.stderr)
    for what, points in found.items():
        verdicts.append(linear(points, FIXED[what]))
        rows.append([WHAT[what], "linear", "", "", "yes" if verdicts[-1] else "**no**"])
    if settings.draw:
        PLOT.write_text(draw(panels(found)))
    about = ABOUT.format(pairs=often, fixed="256 MiB, 1,000 items and 10,000 words", most=MOST)
    columns = ["what", "size", "seconds", "seconds each", "MiB of memory"]
    return Report("growth", about, columns, rows, all(verdicts))


def _transfer(what: str, url: str, size: int, folder: Path) -> float:
    return upload.run(1, url, size, folder) if what == "upload" else download.run("tonearm", url, size, folder)


def linear(points: Sequence[tuple[float, float]], fixed: int) -> bool:
    """Whether what one thing costs stays what it is, from the first size on that is large enough to tell."""
    each = [took / size for size, took in points if size >= fixed]
    return not each or max(each) <= MOST * each[0]


def panels(found: dict[str, list[tuple[float, float]]]) -> list[Panel]:
    """Files, lists and transcripts."""
    files = {WHAT[what]: found[what] for what in ("upload", "download")}
    names = {size: size_name(int(size)) for size, _ in found["upload"]}
    return [
        Panel("One file: seconds", "bytes (memory stays flat: see the table)", files, names),
        *(
            Panel(f"{WHAT[what]}: seconds of CPU", across, {WHAT[what]: found[what]}, _powers(found[what]))
            for what, across in (("list", "items"), ("words", "words"))
        ),
    ]


def _powers(points: Sequence[tuple[float, float]]) -> dict[float, str]:
    return {size: f"{int(size):,}" for size, _ in points}
