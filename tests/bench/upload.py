"""The axis `upload`: how long an upload takes, against only hashing the same file.

As a program it is one run, in a process of its own: 0 (hash) or the number of workers, the server's base URL, bytes of
the file, and a folder with the sources. Prints seconds.
"""

import hashlib
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import machine, peers
from tests.bench.contest import Goal, Run, contest
from tests.bench.memory import make
from tests.bench.report import Report, Settings, size_name
from tests.bench.transfer import PART, WARM_UP, source, upload
from tests.inside.files import BLOCK

HASH, CURL = "hash only", "md5sum and curl"
GOALS = [
    Goal(
        "1 worker",
        HASH,
        1.08,
        "The next part is hashed in a thread while one is sent; the first, a sixteenth, before anything is sent.",
    ),
    Goal("1 worker", CURL, 0.80, "curl sends while nothing is hashed; what is left is MD5 itself, and it is the same."),
    Goal(
        "2 workers",
        HASH,
        0.65,
        "Two parts are hashed and sent beside each other, and both cores are full: reading, sending and the server "
        "take nearly half as much CPU as the hash, so that two cores need 0.7 of its time. More cores help.",
    ),
]

ABOUT = f"""\
Wall time of an upload of {{size}} to AIOZ, against hashing the same file alone (MD5, {size_name(BLOCK)} at a time, as
the library reads it), and against a script that calls md5sum and curl for each part, which it finds cut already: the
median of {{{{pairs}}}} (the least to the greatest). Each run is a fresh process; they take turns, and who is first
changes. The file is in the page cache; loading the library, connecting and an upload of {size_name(WARM_UP)} come
before the time that counts. Uploads hash each part of {size_name(PART)} before it goes out; the other end is a loopback
server in a process of its own on the same cores, which drops what it receives."""


def measure(settings: Settings) -> Report:
    """Run hashing and uploads in turns."""
    machine.check()
    size = settings.size
    with TemporaryDirectory(prefix="tonearm-bench-") as name, peers.started() as url:
        folder = Path(name)
        for length in {WARM_UP, size}:
            make(source(folder, length), length)
        runs: dict[str, Run | None] = {
            HASH: lambda: run(0, url, size, folder),
            CURL: partial(curl, url, cut(source(folder, size), folder)) if shutil.which("curl") else None,
            "1 worker": lambda: run(1, url, size, folder),
            "2 workers": lambda: run(2, url, size, folder),
        }
        return contest(settings, "upload", ABOUT.format(size=size_name(size)), "seconds", runs, GOALS)


def cut(path: Path, folder: Path) -> list[Path]:
    """Write the parts of a file to files of their own."""
    parts: list[Path] = []
    with path.open("rb") as file:
        while block := file.read(PART):
            parts.append(folder / f"part-{len(parts)}")
            parts[-1].write_bytes(block)
    return parts


def curl(url: str, parts: list[Path]) -> float:
    """Seconds that md5sum and curl take for these parts, one after the other."""
    total = sum(part.stat().st_size for part in parts)
    started, offset = time.perf_counter(), 0
    for number, part in enumerate(parts, 1):
        size = part.stat().st_size
        md5 = subprocess.run(["md5sum", part], check=True, capture_output=True, text=True).stdout.split()[0]
        form = ["-F", f"hash={md5}", "-F", f"index={number}", "-F", f"file=@{part}"]
        header = f"Content-Range: bytes {offset}-{offset + size - 1}/{total}"
        address = f"{url}/media/bench/part"
        subprocess.run(["curl", "-sSf", "-o", "/dev/null", "-H", "Expect:", "-H", header, *form, address], check=True)
        offset += size
    return time.perf_counter() - started


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
