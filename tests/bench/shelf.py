"""The axis `shelf`: how long the download of many small files takes, against a script of httpx with threads.

As a program it is one run: `httpx` or `tonearm`, the server's base URL, and how many files. Prints seconds.
"""

import hashlib
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

import tonearm
from tests.bench import peers
from tests.bench.contest import Goal, Run, contest
from tests.bench.process import module
from tests.bench.report import Report, Settings

FILES, FEW, SIZE, WORKERS = 1_000, 20, 1_000_000, 8
ABOUT = f"""\
Wall time of downloading {{files:,}} files of 1 MB from Jellyfin into a folder with {WORKERS} workers, against a script
that does it with httpx and {WORKERS} threads, and also reckons the SHA-256 of each file and makes it durable (fsync)
before it takes its name. `download_all` writes its record of the folder, too: the median of {{{{pairs}}}} (the least to
the greatest). Each run is a fresh process; loading the library and a first file come before the time that counts; the
other end is a loopback server in a process of its own on the same cores."""
GOALS = [
    Goal(
        "download_all",
        "httpx in threads",
        1.0,
        "The CPU of one process is the bound, as Python runs one thread at a time. Since h11 copies no body, ours is a "
        "quarter more than the script's; it was half as much again. What is left is done once for each file: opening, "
        "locking, the state, fsync and renaming take a fifth; then come a claim and a line in the record, a thread "
        "and the plan. Blocks larger than 256 KiB cost more than they save, as glibc returns their memory after each.",
    )
]


def measure(settings: Settings) -> Report:
    """Run both in turns."""
    files = FILES if settings.full else FEW
    with peers.started() as url:
        runs: dict[str, Run | None] = {
            "httpx in threads": partial(run, "httpx", url, files),
            "download_all": partial(run, "tonearm", f"{url}/shelf/{files + 1}", files),
        }
        return contest(settings, "shelf", ABOUT.format(files=files), "seconds", runs, GOALS)


def run(who: str, url: str, files: int) -> float:
    """Seconds of one run, in a process of its own."""
    done = subprocess.run(module("shelf", who, url, str(files)), check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout)


def with_httpx(url: str, files: int, folder: Path) -> float:
    """What a careful script would do."""
    with httpx.Client(timeout=60) as client:

        def fetch(number: int) -> None:
            part, digest = folder / f"{number}.part", hashlib.sha256()
            address = f"{url}/Audio/{peers.song(number, SIZE)}/stream?static=true"
            with client.stream("GET", address) as answer, part.open("wb") as file:
                answer.raise_for_status()
                for block in answer.iter_raw():
                    digest.update(block)
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
            part.rename(folder / f"{number}.flac")

        fetch(files)
        started = time.perf_counter()
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(fetch, range(files)))
        return time.perf_counter() - started


def with_tonearm(url: str, files: int, folder: Path) -> float:
    """The same with the library."""
    with tonearm.Jellyfin(url, token="bench") as jellyfin:
        songs = list(jellyfin.items(parent="0" * 32))
        jellyfin.download_all(songs[:1], folder / "first", workers=WORKERS)
        started = time.perf_counter()
        kept = jellyfin.download_all(songs[1:], folder / "all", workers=WORKERS)
        took = time.perf_counter() - started
    assert len(kept) == files
    return took


if __name__ == "__main__":
    _, who, url, files = sys.argv
    with TemporaryDirectory(prefix="tonearm-bench-") as name:
        print((with_httpx if who == "httpx" else with_tonearm)(url, int(files), Path(name)))
