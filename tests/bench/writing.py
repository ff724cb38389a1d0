"""The axis `writing`: the CPU time of writing a transcript as a page or subtitles, against `json.dumps` of the same.

As a program it is one run: `json`, `html` or `srt`, and the number of words. Prints seconds.
"""

import json
import subprocess
import sys
from functools import partial

from tests.bench.contest import Goal, Run, contest
from tests.bench.process import module
from tests.bench.report import Report, Settings
from tests.bench.talk import talk
from tests.bench.work import took

WORDS, FEW = 100_000, 1_000
ABOUT = """\
CPU time of writing a transcript of {words:,} words, 20 to a segment: `to_html`, `to_srt`, and `json.dumps` of its
`to_dict`, which is made before. Each run is a fresh process, which writes a short transcript before the time counts:
the median of {{pairs}} (the least to the greatest)."""
PAGE = (
    "A quarter of the time makes an element with its time of each word, a third lays out the lines, a quarter times "
    "the cues of both formats that the page can save; the rest is JSON and the garbage collector. Four other ways to "
    "format the elements were tried, and none was faster."
)
GOALS = [Goal("to_html", "json.dumps", 3.0, PAGE), Goal("to_srt", "json.dumps", 3.0)]


def measure(settings: Settings) -> Report:
    """Run all in turns."""
    words = WORDS if settings.full else FEW
    runs: dict[str, Run | None] = {name: partial(run, name, words) for name in ("json.dumps", "to_html", "to_srt")}
    return contest(settings, "writing", ABOUT.format(words=words), "CPU, ms", runs, GOALS)


def run(what: str, words: int) -> float:
    """Milliseconds of one run, in a process of its own."""
    done = subprocess.run(module("writing", what, str(words)), check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout) * 1000


def seconds(what: str, words: int) -> float:
    """Do one run in this process."""
    short, long = talk(100), talk(words)
    if what == "json.dumps":
        data = long.to_dict()
        return took(lambda: json.dumps(data))
    getattr(short, what)()
    return took(getattr(long, what))


if __name__ == "__main__":
    print(seconds(sys.argv[1], int(sys.argv[2])))
