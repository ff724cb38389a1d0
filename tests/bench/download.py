"""The axis `download`: how long a download takes, against only writing the same bytes to a file with httpx.

As a program it is one run, in a process of its own: plain or tonearm, the server's base URL, bytes of the file, and a
folder. Prints seconds.
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx

from tests.bench import machine, peers
from tests.bench.report import Report, Settings, size_name, spread
from tests.bench.transfer import WARM_UP, download, item

GOAL = 1.10
"""How often the time of plain httpx a download may take."""

ABOUT = f"""\
Wall time of a download of {{size}} from Jellyfin to a file, divided by that of plain httpx, which writes what
`iter_raw` gives to a file: the median of {{pairs}} pairs (the least to the greatest). Ours also reckons the SHA-256 of
it all, keeps what a later call could go on with, and makes the file durable (fsync) before it takes its name. Each run
is a fresh process, and who is first changes. Loading the library, connecting and a download of {size_name(WARM_UP)}
come before the time that counts; the other end is a loopback server in a process of its own on the same cores."""


def measure(settings: Settings) -> Report:
    """Run both in turns."""
    machine.check()
    seconds: dict[str, list[float]] = {"plain": [], "tonearm": []}
    with TemporaryDirectory(prefix="tonearm-bench-") as name, peers.started() as url:
        for pair in range(settings.pairs):
            for kind in list(seconds)[:: 1 if pair % 2 == 0 else -1]:
                seconds[kind].append(run(kind, url, settings.size, Path(name)))
            print(f"download {pair + 1}/{settings.pairs}", file=sys.stderr)
    ratios = [ours / plain for ours, plain in zip(seconds["tonearm"], seconds["plain"], strict=True)]
    met = median(ratios) <= GOAL
    rows = [
        ["Plain httpx, no hash", spread(seconds["plain"]), "", "", ""],
        ["Download", spread(seconds["tonearm"]), spread(ratios), f"<= {GOAL:.2f}", "yes" if met else "**no**"],
    ]
    about = ABOUT.format(size=size_name(settings.size), pairs=settings.pairs)
    return Report("download", about, ["run", "seconds", "times plain httpx", "goal", "met"], rows, met)


def run(kind: str, url: str, size: int, folder: Path) -> float:
    """Seconds that one download took, measured in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.download", kind, url, str(size), str(folder)]
    try:
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    finally:
        for left in ("warm-up", "original"):
            (folder / left).unlink(missing_ok=True)
    if done.returncode != 0:
        sys.exit(f"the {kind} download failed")
    return float(done.stdout)


def seconds(kind: str, url: str, size: int, folder: Path) -> float:
    """Do one run in this process."""
    started = 0.0

    def start() -> None:
        nonlocal started
        started = time.perf_counter()

    if kind == "tonearm":
        download(url, size, folder, start)
    else:
        with httpx.Client(timeout=60) as client:
            plain(client, url, WARM_UP, folder / "warm-up")
            start()
            plain(client, url, size, folder / "original")
    return time.perf_counter() - started


def plain(client: httpx.Client, url: str, size: int, to: Path) -> None:
    with client.stream("GET", f"{url}/Audio/{item(size)}/stream?static=true") as answer, to.open("wb") as file:
        for block in answer.iter_raw():
            file.write(block)


if __name__ == "__main__":
    _, kind, url, size, folder = sys.argv
    print(seconds(kind, url, int(size), Path(folder)))
