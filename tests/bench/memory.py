"""The axis `memory`: by how much a transfer of any size raises the peak of resident memory."""

import secrets
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench import machine, peers
from tests.bench.report import SMALLER, Report, Settings, size_name, spread
from tests.bench.transfer import PART, WARM_UP, source

MIB = 1 << 20
GOALS = {("upload", 1): 12, ("upload", 4): 24, ("download", 1): 4}
"""MiB that a transfer with so many workers may add to the peak."""

NAMES = {"upload": "Upload to AIOZ", "download": "Download from Jellyfin"}

ABOUT = f"""\
MiB that a transfer adds to the peak of resident memory: the median of {{pairs}} runs (the least to the greatest). Each
run is a fresh process that does a transfer of {size_name(WARM_UP)}, notes its memory (VmRSS), resets its peak (VmHWM)
and does the transfer that counts; the two sizes take turns. Uploads go out in parts of {size_name(PART)}; the other end
is a loopback server in a process of its own. Medians of both sizes must meet the goal."""


def measure(settings: Settings) -> Report:
    """Run every kind of transfer in pairs, a small file beside a large one."""
    machine.check()
    small, large = settings.size // SMALLER, settings.size
    rows: list[list[str]] = []
    verdicts: list[bool] = []
    with TemporaryDirectory(prefix="tonearm-bench-") as name, peers.started() as url:
        folder = Path(name)
        for size in {WARM_UP, small, large}:
            make(source(folder, size), size)
        for (transfer, workers), goal in GOALS.items():
            for style in ("sync", "async"):
                grown: dict[int, list[float]] = {small: [], large: []}
                for pair in range(settings.pairs):
                    for size in (small, large) if pair % 2 == 0 else (large, small):
                        grown[size].append(run(transfer, style, workers, url, size, folder))
                    print(f"{transfer} {style} {workers} {pair + 1}/{settings.pairs}", file=sys.stderr)
                differences = [more - less for less, more in zip(grown[small], grown[large], strict=True)]
                met = all(median(values) <= goal for values in grown.values())
                verdicts.append(met)
                cells = [spread(values) for values in (grown[small], grown[large], differences)]
                what = f"{NAMES[transfer]}, {style}" + f", {workers} workers" * (workers > 1)
                rows.append([what, *cells, f"<= {goal}", "yes" if met else "**no**"])
    columns = ["transfer", size_name(small), size_name(large), "difference of a pair", "goal", "met"]
    return Report("memory", ABOUT.format(pairs=settings.pairs), columns, rows, all(verdicts))


def make(path: Path, size: int) -> None:
    """Write a file in which no two blocks are alike."""
    block = secrets.token_bytes(MIB - 8)
    with path.open("wb") as file:
        for number in range(-(-size // MIB)):
            file.write(number.to_bytes(8, "big") + block)
        file.truncate(size)


def run(transfer: str, style: str, workers: int, url: str, size: int, folder: Path) -> float:
    """MiB by which one transfer raised the peak, measured in a process of its own."""
    numbers = [str(workers), url, str(size), str(folder)]
    command = [sys.executable, "-m", "tests.bench.transfer", transfer, style, *numbers]
    try:
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    finally:
        for left in ("warm-up", "original"):
            (folder / left).unlink(missing_ok=True)
    if done.returncode != 0:
        sys.exit(f"the {style} {transfer} of {size} bytes failed")
    return int(done.stdout) / MIB
