"""The axis `hour`: the CPU time of transcribing a long recording, against decoding it.

As a program it is one run: `decode` or `transcribe`, the recording, and the server's base URL.
"""

import shutil
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import tonearm
from tests.bench import peers
from tests.bench.contest import Goal, Run, contest
from tests.bench.process import cpu, module
from tests.bench.report import Report, Settings
from tests.bench.scan import HOUR, make

PIECES = 600
ABOUT = f"""\
CPU time of transcribing {{seconds}} seconds of MP3 in pieces of at most {PIECES} seconds, with a server that answers at
once, with words up to the end of each piece: scanning, cutting, sending and stitching, in a state folder that is new
each time. Against it, PyAV decodes the same file and drops the samples. Each run is a process from its start to its
end, the loading of Python, PyAV and httpx included; the server's CPU does not count: the median of {{{{pairs}}}} (the
least to the greatest)."""
TRIED = (
    "The recording is decoded once, and the packets are copied as ranges of bytes, by an index that the scan keeps "
    "(in MP3 only; of other forms the packets are read a second time). Of what it takes beyond decoding, a fifth is "
    "the levels of the samples and a tenth their gathering; the time and the checks of each frame, the words of the "
    "answers, and the loading of numpy, httpx and the modules of a transcription are a seventh each; the rest is the "
    "index, the survey of the beginning, hashing and sending. Tried without a gain beyond the noise: blocks of half a "
    "second to four seconds of samples, fewer calls of numpy, and fewer steps for each timestamp."
)
GOALS = [Goal("transcribe", "decoding alone", 1.5, TRIED)]


def measure(settings: Settings) -> Report:
    """Run both in turns."""
    if shutil.which("ffmpeg") is None:
        sys.exit("this axis needs ffmpeg on PATH (Debian package ffmpeg)")
    length = max(10, 3600 * settings.size // HOUR)
    with TemporaryDirectory(prefix="tonearm-bench-") as name, peers.started() as url:
        path = make(Path(name) / "talk.mp3", length)
        runs: dict[str, Run | None] = {
            "decoding alone": partial(cpu, module("hour", "decode", path, url)),
            "transcribe": partial(cpu, module("hour", "transcribe", path, url)),
        }
        return contest(settings, "hour", ABOUT.format(seconds=length), "CPU, s", runs, GOALS)


def decode(path: Path) -> None:
    """Decode all frames."""
    import av

    with av.open(str(path)) as container:
        assert sum(frame.samples for frame in container.decode(audio=0)) > 0


def transcribe(path: Path, url: str) -> None:
    """Send all pieces."""
    with (
        TemporaryDirectory(prefix="tonearm-bench-") as folder,
        tonearm.OpenAI(api_key="bench", base_url=f"{url}/v1") as ai,
    ):
        got = ai.transcribe(path, model="whisper-1", piece=PIECES, format="verbose_json", state=Path(folder) / "state")
    assert got.words or got.segments


if __name__ == "__main__":
    _, what, path, url = sys.argv
    decode(Path(path)) if what == "decode" else transcribe(Path(path), url)
