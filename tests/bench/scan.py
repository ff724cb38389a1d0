"""The axis `scan`: how long it takes to find the silences of an MP3 and to cut it, against FFmpeg's silencedetect.

As a program it is one run, in a process of its own, over the file that is named. Prints the bytes by which the peak of
resident memory exceeds what was there before.
"""

import math
import shutil
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench import environment, machine
from tests.bench.memory import MIB
from tests.bench.report import Bar, Report, Settings, spread
from tests.bench.transfer import Meter
from tests.bench.turns import turns

SLOWER = 0.9
"""How often the time of silencedetect a scan with its cuts may take."""

GROWTH = 20
"""MiB that they may add to the peak."""

PIECE = 600.0
HOUR = 1 << 30
"""Bytes of `Settings.size` for which an hour is scanned."""

ABOUT = f"""\
Wall time of scanning {{seconds}} seconds of MP3 (44.1 kHz, stereo, 128 kbit/s) for silences and writing it as pieces of
at most {PIECE:.0f} seconds, divided by that of `ffmpeg -af silencedetect` over the same file, which only finds the
silences: the median of {{pairs}} pairs (the least to the greatest). Each run is a process, from its start to its end,
the loading of Python, PyAV and numpy included; the two take turns, and who is first changes. The file is in the page
cache. The memory is the peak (VmHWM) beyond what was there once the libraries were loaded. pydub stands for scripts
that decode all, cut at fixed times and encode again, in {{runs}} runs; what it starts is not in its memory."""
TRIED = """\
Decoding with PyAV, which makes objects of each packet and frame, takes more than half of it; see the axis `hour` for
the rest, and for what was tried. Measuring the levels in a second thread makes it an eighth slower: each frame needs
Python's lock, for which both then wait."""


def measure(settings: Settings) -> Report:
    """Run both in turns."""
    machine.check()
    if shutil.which("ffmpeg") is None:
        sys.exit("this axis needs ffmpeg on PATH (Debian package ffmpeg)")
    length = max(10, 3600 * settings.size // HOUR)
    python = environment.peers()
    pydub: list[tuple[float, float]] = []
    ours: list[float] = []
    theirs: list[float] = []
    grown: list[float] = []
    with TemporaryDirectory(prefix="tonearm-bench-") as name:
        path = make(Path(name) / "talk.mp3", length)
        for pair in turns(settings, "scan"):
            for first in (True, False):
                if first == (pair % 2 == 0):
                    theirs.append(detect(path))
                else:
                    took, more = run(path)
                    ours.append(took)
                    grown.append(more)
        if python is not None:
            pydub = [chunked(python, path, Path(name)) for _ in range(settings.pairs)]
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    verdicts = median(ratios) <= SLOWER, median(grown) <= GROWTH
    said = ["yes" if met else "**no**" for met in verdicts]
    rows = [
        ["ffmpeg -af silencedetect", f"{spread(theirs)} s", "", ""],
        ["Scan and cut", f"{spread(ours)} s", "", ""],
        ["Times silencedetect", spread(ratios), f"<= {SLOWER}", said[0]],
        ["Memory", f"{spread(grown)} MiB", f"<= {GROWTH}", said[1]],
    ]
    if pydub:
        times, peaks = zip(*pydub, strict=True)
        rows += [["pydub", f"{spread(times)} s", "", ""], ["Memory of pydub", f"{spread(peaks)} MiB", "", ""]]
    about = ABOUT.format(seconds=length, pairs=len(ratios), runs=settings.pairs)
    if not verdicts[0]:
        about += f"\n\nMissed: scan / silencedetect. {TRIED}"
    return Report(
        "scan",
        about,
        ["run", "median", "goal", "met"],
        rows,
        all(verdicts),
        [Bar("scan / silencedetect", ratios, SLOWER)],
    )


def make(path: Path, length: int) -> Path:
    """Write that many seconds of bursts of noise, two thirds of a second each, with pauses between them."""
    burst = "0.2*(random(0)-0.5)*lt(mod(t,4),3.3)*lt(mod(t,0.8),0.66)"
    source = f"aevalsrc='{burst}':s=44100:d={length}"
    encode = ["-ac", "2", "-b:a", "128k", path]
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, *encode], check=True)
    return path


def detect(path: Path) -> float:
    """Seconds that FFmpeg took to find the silences."""
    started = time.perf_counter()
    subprocess.run(
        ["ffmpeg", "-nostats", "-i", path, "-af", "silencedetect", "-f", "null", "-"], check=True, capture_output=True
    )
    return time.perf_counter() - started


PYDUB = """
import sys
from pydub import AudioSegment
before = int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])
sound = AudioSegment.from_file(sys.argv[1])
for start in range(0, len(sound), int(sys.argv[3])):
    sound[start : start + int(sys.argv[3])].export(f"{sys.argv[2]}/{start}.mp3", format="mp3")
print(int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]) - before)
"""
"""What scripts do that send long recordings: decode all, cut at fixed times, and encode again."""


def chunked(python: Path, path: Path, folder: Path) -> tuple[float, float]:
    """Seconds that such a script took, and MiB by which it raised the peak of its own process."""
    started = time.perf_counter()
    command = [python, "-c", PYDUB, path, folder, str(int(PIECE * 1000))]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return time.perf_counter() - started, int(done.stdout) / 1024


def run(path: Path) -> tuple[float, float]:
    """Seconds that a scan with its cuts took, and MiB by which it raised the peak."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.scan", path], check=False, stdout=subprocess.PIPE, text=True
    )
    took = time.perf_counter() - started
    if done.returncode != 0:
        sys.exit("the scan failed")
    return took, int(done.stdout) / MIB


def growth(path: Path) -> int:
    """Do one run in this process."""
    from tests.inside.audio import Scanning, check_extra, spans, write_pieces

    check_extra()
    import_module("numpy")
    meter = Meter()
    meter.start()
    with path.open("rb") as file, TemporaryDirectory(prefix="tonearm-bench-") as folder:
        scanning = Scanning(file)
        parts = spans(scanning.reach(math.inf), longest=PIECE)
        assert len(list(write_pieces(file, parts, Path(folder), index=scanning.index))) == len(parts) > 0
    return meter.growth()


if __name__ == "__main__":
    print(growth(Path(sys.argv[1])))
