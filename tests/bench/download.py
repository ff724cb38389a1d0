"""The axis `download`: how long a download takes, against only writing the same bytes to a file with httpx.

As a program it is one run, in a process of its own: hash, plain or tonearm (or one of the last two and `-async`), the
server's base URL, bytes of the file, and a folder. Prints seconds.
"""

import asyncio
import hashlib
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.bench import calls, environment, machine, peers
from tests.bench.contest import Goal, Run, contest
from tests.bench.report import Report, Settings, size_name
from tests.bench.transfer import WARM_UP, download, download_async, item

HASH = "SHA-256 alone"
BOUND = f"""\
`{HASH}` is the least that a download can take, as the hash is made in a thread beside receiving. It is a quarter of our
CPU, writing another, receiving and copying into large buffers a third; the server needs its own on the same two cores.
Giving the received blocks to the thread without that copy saves nothing, as their memory is then cleared again."""
GOALS = [
    Goal("Download", "httpx, no hash", 0.75, BOUND),
    Goal("Download, async", "httpx async, no hash", 0.85, "asyncio's own share is larger; and as above."),
    Goal(
        "Download",
        "openai, no hash",
        0.85,
        "openai reads with `iter_bytes`, nearly as `iter_raw` does, and neither hashes nor makes the file durable.",
    ),
    Goal(
        "Download",
        "jellyfin-apiclient-python, no hash",
        0.85,
        "It writes blocks of 8 KiB, and neither hashes nor makes the file durable.",
    ),
]

ABOUT = f"""\
Wall time of a download of {{size}} from Jellyfin to a file, against plain httpx, which writes what `iter_raw` gives to
a file, openai's `stream_to_file`, a request of jellyfin-apiclient-python with `dest_file`, and SHA-256 of as many bytes
of memory: the median of {{{{pairs}}}} (the least to the greatest). Ours also reckons the SHA-256 of it all, keeps what
a later call could go on with, and makes the file durable (fsync) before it takes its name. Each run is a fresh process,
and who is first changes. Loading the library, connecting and a download of {size_name(WARM_UP)} come before the time
that counts; the other end is a loopback server in a process of its own on the same cores."""


def measure(settings: Settings) -> Report:
    """Run all in turns."""
    machine.check()
    with TemporaryDirectory(prefix="tonearm-bench-") as name, peers.started() as url:
        others = {who: partial(calls.run, who, "download", url, settings.size) for who in ("openai", "jellyfin")}
        runs: dict[str, Run | None] = {
            HASH: lambda: run("hash", url, settings.size, Path(name)),
            "httpx, no hash": lambda: run("plain", url, settings.size, Path(name)),
            "openai, no hash": others["openai"] if environment.peers() else None,
            "jellyfin-apiclient-python, no hash": others["jellyfin"] if environment.peers() else None,
            "Download": lambda: run("tonearm", url, settings.size, Path(name)),
            "httpx async, no hash": lambda: run("plain-async", url, settings.size, Path(name)),
            "Download, async": lambda: run("tonearm-async", url, settings.size, Path(name)),
        }
        return contest(settings, "download", ABOUT.format(size=size_name(settings.size)), "seconds", runs, GOALS)


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

    if kind == "hash":
        start()
        digest = hashlib.sha256()
        for _ in range(size // len(peers.BLOCK)):
            digest.update(peers.BLOCK)
    elif kind == "tonearm":
        download(url, size, folder, start)
    elif kind == "tonearm-async":
        asyncio.run(download_async(url, size, folder, start))
    elif kind == "plain-async":
        asyncio.run(plain_async(url, size, folder, start))
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


async def plain_async(url: str, size: int, folder: Path, start: Callable[[], None]) -> None:
    async with httpx.AsyncClient(timeout=60) as client:

        async def save(size: int, to: Path) -> None:
            address = f"{url}/Audio/{item(size)}/stream?static=true"
            with to.open("wb") as file:
                async with client.stream("GET", address) as answer:
                    async for block in answer.aiter_raw():
                        file.write(block)

        await save(WARM_UP, folder / "warm-up")
        start()
        await save(size, folder / "original")


if __name__ == "__main__":
    _, kind, url, size, folder = sys.argv
    print(seconds(kind, url, int(size), Path(folder)))
