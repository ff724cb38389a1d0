"""One run of the memory axis, in a process of its own: transfer a file, and say by how much the memory grew.

Arguments: upload or download, sync or async, the server's base URL, bytes of the file, and a folder; an upload finds
its sources there. Prints the bytes by which the peak of resident memory in the transfer exceeds what was there before
it, once a small transfer has loaded and allocated what every transfer needs.
"""

import asyncio
import gc
import logging
import sys
from collections.abc import Callable
from pathlib import Path

import tonearm
from tonearm import _download
from tonearm._download import Fetched
from tonearm._plan import Plan, Request
from tonearm._run import run, run_async

WARM_UP = 3 << 20
WARM_UP_PART = 1 << 20
PART = 52_428_800
PROCESS = Path("/proc/self")


def source(folder: Path, size: int) -> Path:
    """Where the file of so many bytes is that is uploaded."""
    return folder / f"source-{size}"


def growth(transfer: str, style: str, url: str, size: int, folder: Path) -> int:
    """Do one run in this process."""
    logging.getLogger("tonearm").setLevel(logging.ERROR)  # the warm-up's parts are smaller than AIOZ's documents say
    meter = Meter()
    if style == "sync":
        (upload if transfer == "upload" else download)(url, size, folder, meter.start)
    else:
        asyncio.run((upload_async if transfer == "upload" else download_async)(url, size, folder, meter.start))
    return meter.growth()


class Meter:
    """Resident memory of this process, before a transfer and at its peak."""

    before = 0

    def start(self) -> None:
        """Note what is there, and forget the peak so far."""
        gc.collect()
        (PROCESS / "clear_refs").write_text("5")  # resets VmHWM (proc_pid_clear_refs(5))
        self.before = resident("VmRSS")

    def growth(self) -> int:
        """Bytes by which the peak since then exceeds it."""
        return resident("VmHWM") - self.before


def resident(name: str) -> int:
    for line in (PROCESS / "status").read_text().splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0]) * 1024
    raise LookupError(name)


def upload(url: str, size: int, folder: Path, start: Callable[[], None]) -> None:
    with tonearm.Aioz(token="bench", base_url=url) as aioz:
        aioz.upload(source(folder, WARM_UP), part_size=WARM_UP_PART)
        start()
        media = aioz.upload(source(folder, size), part_size=PART)
    check(media.size, size)


async def upload_async(url: str, size: int, folder: Path, start: Callable[[], None]) -> None:
    async with tonearm.AsyncAioz(token="bench", base_url=url) as aioz:
        await aioz.upload(source(folder, WARM_UP), part_size=WARM_UP_PART)
        start()
        media = await aioz.upload(source(folder, size), part_size=PART)
    check(media.size, size)


def download(url: str, size: int, folder: Path, start: Callable[[], None]) -> None:
    with tonearm.Aioz(token="bench", base_url=url) as client:
        run(original(WARM_UP, folder / "warm-up"), client._wire)
        start()
        got = run(original(size, folder / "original"), client._wire)
    check(got.size, size)


async def download_async(url: str, size: int, folder: Path, start: Callable[[], None]) -> None:
    async with tonearm.AsyncAioz(token="bench", base_url=url) as client:
        await run_async(original(WARM_UP, folder / "warm-up"), client._wire)
        start()
        got = await run_async(original(size, folder / "original"), client._wire)
    check(got.size, size)


def original(size: int, to: Path) -> Plan[Fetched]:
    """The plan that Jellyfin's download performs."""
    request = Request(method="GET", path=f"/Audio/{item(size)}/stream", query={"static": "true"})
    return _download.download(request, to, check=lambda _: None)


def item(size: int) -> str:
    """The id under which the server has an original of so many bytes."""
    return f"{size:032x}"


def check(got: int | None, wanted: int) -> None:
    if got != wanted:
        sys.exit(f"{got} bytes arrived, not {wanted}")


if __name__ == "__main__":
    _, transfer, style, url, size, folder = sys.argv
    print(growth(transfer, style, url, int(size), Path(folder)))
