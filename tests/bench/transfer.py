"""One run of the memory axis, in a process of its own: transfer a file, and say by how much the memory grew.

Arguments: upload or download, sync or async, workers of an upload, the server's base URL, bytes of the file, and a
folder; an upload finds its sources there. Prints the bytes by which the peak of resident memory in the transfer exceeds
what was there before it, once a small transfer has loaded and allocated what every transfer needs.
"""

import asyncio
import gc
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import tonearm

WARM_UP = 3 << 20
WARM_UP_PART = 1 << 20
PART = 64 << 20
PROCESS = Path("/proc/self")


def source(folder: Path, size: int) -> Path:
    """Where the file of so many bytes is that is uploaded."""
    return folder / f"source-{size}"


def growth(transfer: str, style: str, workers: int, url: str, size: int, folder: Path) -> int:
    """Do one run in this process."""
    meter = Meter()
    match transfer, style:
        case "upload", "sync":
            upload(url, size, folder, meter.start, workers)
        case "upload", _:
            asyncio.run(upload_async(url, size, folder, meter.start, workers))
        case _, "sync":
            download(url, size, folder, meter.start)
        case _:
            asyncio.run(download_async(url, size, folder, meter.start))
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


def upload(url: str, size: int, folder: Path, start: Callable[[], None], workers: int) -> None:
    allow_small_parts()
    with tonearm.Aioz(token="bench", base_url=url) as aioz:
        aioz.upload(source(folder, WARM_UP), part_size=WARM_UP_PART, workers=workers)
        start()
        media = aioz.upload(source(folder, size), part_size=PART, workers=workers)
    check(media.size, size)


async def upload_async(url: str, size: int, folder: Path, start: Callable[[], None], workers: int) -> None:
    allow_small_parts()
    async with tonearm.AsyncAioz(token="bench", base_url=url) as aioz:
        await aioz.upload(source(folder, WARM_UP), part_size=WARM_UP_PART, workers=workers)
        start()
        media = await aioz.upload(source(folder, size), part_size=PART, workers=workers)
    check(media.size, size)


def download(url: str, size: int, folder: Path, start: Callable[[], None]) -> None:
    with tonearm.Jellyfin(url, token="bench") as jellyfin:
        jellyfin.download(item(WARM_UP), folder / "warm-up")
        start()
        got = jellyfin.download(item(size), folder / "original")
    check(got.size, size)


async def download_async(url: str, size: int, folder: Path, start: Callable[[], None]) -> None:
    async with tonearm.AsyncJellyfin(url, token="bench") as jellyfin:
        await jellyfin.download(item(WARM_UP), folder / "warm-up")
        start()
        got = await jellyfin.download(item(size), folder / "original")
    check(got.size, size)


def allow_small_parts() -> None:
    """Be silent of the warm-up's parts, which are smaller than AIOZ's documents say."""
    logging.getLogger("tonearm").setLevel(logging.ERROR)


def item(size: int) -> UUID:
    """The id under which the server has an original of so many bytes."""
    return UUID(int=size)


def check(got: int | None, wanted: int) -> None:
    if got != wanted:
        sys.exit(f"{got} bytes arrived, not {wanted}")


if __name__ == "__main__":
    _, transfer, style, workers, url, size, folder = sys.argv
    print(growth(transfer, style, int(workers), url, int(size), Path(folder)))
