"""The axis `early`: how soon the first chunk of a long recording is answered, while the rest is still being scanned.

As a program it is one run, over the recording and the server's base URL. Prints seconds, from the call on.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import tonearm
from tests.bench import peers
from tests.bench.process import module
from tests.bench.report import Report, Settings, spread
from tests.bench.scan import HOUR, make

HOURS, PIECE, GOAL = 3, 600, 3.0
ABOUT = f"""\
Seconds from the call until the first of the chunks of {PIECE} seconds of a {{seconds}} s MP3 is answered, by a
server that answers at once. The file is in the page cache, and the libraries are loaded with the call: the median of
{{runs}} (the least to the greatest), each in a fresh process."""


class Enough(Exception):
    """The first answer has arrived."""


def measure(settings: Settings) -> Report:
    """Run it in one process after the other."""
    if shutil.which("ffmpeg") is None:
        sys.exit("this axis needs ffmpeg on PATH (Debian package ffmpeg)")
    length = max(PIECE, HOURS * 3600 * settings.size // HOUR)
    took: list[float] = []
    with TemporaryDirectory(prefix="tonearm-bench-") as name, peers.started() as url:
        path = make(Path(name) / "talk.mp3", length)
        for number in range(settings.pairs):
            done = subprocess.run(module("early", path, url), check=True, stdout=subprocess.PIPE, text=True)
            took.append(float(done.stdout))
            print(f"early {number + 1}/{settings.pairs}", file=sys.stderr)
    met = median(took) <= GOAL
    row = ["first chunk answered", f"{spread(took)} s", f"<= {GOAL:g}", "yes" if met else "**no**"]
    about = ABOUT.format(seconds=length, runs=settings.pairs)
    return Report("early", about, ["run", "median", "goal", "met"], [row], met)


def seconds(path: Path, url: str) -> float:
    """Do one run in this process."""

    def note(progress: tonearm.Progress) -> None:
        if progress.done > 0:
            raise Enough

    started = time.perf_counter()
    with (
        TemporaryDirectory(prefix="tonearm-bench-") as folder,
        tonearm.OpenAI(api_key="bench", base_url=f"{url}/v1") as ai,
    ):
        try:
            ai.transcribe(
                path,
                model="whisper-1",
                piece=PIECE,
                format="verbose_json",
                state=Path(folder) / "state",
                on_progress=note,
            )
        except Enough:
            return time.perf_counter() - started
    sys.exit("there was no progress")


if __name__ == "__main__":
    print(seconds(Path(sys.argv[1]), sys.argv[2]))
