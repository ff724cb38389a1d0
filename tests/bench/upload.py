"""The axis `upload`: how long an upload takes, against only hashing the same file.

As a program it is one run, in a process of its own: 0 (hash) or the number of workers, the server's base URL, bytes of
the file, and a folder with the sources. Prints seconds.
"""

import hashlib
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench import machine, peers
from tests.bench.memory import make
from tests.bench.report import Report, Settings, size_name, spread
from tests.bench.transfer import PART, WARM_UP, source, upload
from tonearm._files import BLOCK

GOALS = {1: 1.15, 2: 0.95}
"""By the number of workers: how often the time of hashing an upload may take."""

ABOUT = f"""\
Wall time of an upload of {{size}} to AIOZ, divided by that of hashing the same file (MD5, {size_name(BLOCK)} at a
time, as the library reads it): the median of {{pairs}} pairs (the least to the greatest). Each run is a fresh process;
hashing and both uploads take turns, and who is first changes. The file is in the page cache; loading the library,
connecting and an upload of {size_name(WARM_UP)} come before the time that counts. Uploads hash each part of
{size_name(PART)} before it goes out; the other end is a loopback server in a process of its own on the same cores,
which drops what it receives."""


def measure(settings: Settings) -> Report:
    """Run hashing and uploads in turns."""
    machine.check()
    size = settings.size
    seconds: dict[int, list[float]] = {workers: [] for workers in (0, *GOALS)}
    with TemporaryDirectory(prefix="tonearm-bench-") as name, peers.started() as url:
        folder = Path(name)
        for length in {WARM_UP, size}:
            make(source(folder, length), length)
        for pair in range(settings.pairs):
            turns = list(seconds)
            for workers in turns[pair % 3 :] + turns[: pair % 3]:
                seconds[workers].append(run(workers, url, size, folder))
            print(f"upload {pair + 1}/{settings.pairs}", file=sys.stderr)
    rows = [["Hash only", spread(seconds[0]), "", "", ""]]
    verdicts: list[bool] = []
    for workers, goal in GOALS.items():
        ratios = [sent / hashed for sent, hashed in zip(seconds[workers], seconds[0], strict=True)]
        verdicts.append(median(ratios) <= goal)
        what = f"Upload, {workers} worker{'s' * (workers > 1)}"
        rows.append([what, spread(seconds[workers]), spread(ratios), f"<= {goal}", "yes" if verdicts[-1] else "**no**"])
    about = ABOUT.format(size=size_name(size), pairs=settings.pairs)
    return Report("upload", about, ["run", "seconds", "times hashing", "goal", "met"], rows, all(verdicts))


def run(workers: int, url: str, size: int, folder: Path) -> float:
    """Seconds that hashing (no workers) or an upload took, measured in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.upload", str(workers), url, str(size), str(folder)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"the run with {workers} workers failed")
    return float(done.stdout)


def seconds(workers: int, url: str, size: int, folder: Path) -> float:
    """Do one run in this process."""
    started = 0.0

    def start() -> None:
        nonlocal started
        started = time.perf_counter()

    if workers:
        upload(url, size, folder, start, workers)
    else:
        digest(source(folder, WARM_UP))
        start()
        digest(source(folder, size))
    return time.perf_counter() - started


def digest(path: Path) -> None:
    md5 = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            md5.update(block)


if __name__ == "__main__":
    _, workers, url, size, folder = sys.argv
    print(seconds(int(workers), url, int(size), Path(folder)))
