"""The axis `sentences`: how long it takes to cut a text into pieces to speak, against only finding its sentences.

As a program it is one run, in a process of its own: `find` or `cut`, and characters of the text. Prints seconds.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import sentencex

from tests.bench.report import Report, Settings, spread
from tests.bench.turns import turns
from tests.inside.openai import script

SIZE = 100_000
GOAL = 1.3
KINDS = {"English, in paragraphs": "paragraphs", "English, in one": "one", "Japanese, in paragraphs": "japanese"}
_REPEATS = 30
_WORDS = (
    "the",
    "of",
    "and",
    "to",
    "in",
    "is",
    "it",
    "was",
    "said",
    "with",
    "from",
    "they",
    "which",
    "Dr.",
    "e.g.",
    "3.5",
)

ABOUT = f"""\
Time to cut a text of {SIZE:,} characters into pieces for requests, divided by that of sentencex alone on the same text:
the median of {{pairs}} pairs (the least to the greatest). Each run is a fresh process, which does the work once before
the time counts and then {_REPEATS} times, of which the shortest counts; who is first changes."""


def measure(settings: Settings) -> Report:
    """Run both in turns, on each kind of text."""
    took: dict[str, dict[str, list[float]]] = {kind: {"find": [], "cut": []} for kind in KINDS.values()}
    pairs = 0
    for pair in turns(settings, "sentences"):
        for kind, times in took.items():
            for work in ("find", "cut") if pair % 2 == 0 else ("cut", "find"):
                times[work].append(run(work, kind) * 1000)
        pairs = pair + 1
    rows: list[list[str]] = []
    verdicts: list[bool] = []
    for name, kind in KINDS.items():
        find, cut = took[kind]["find"], took[kind]["cut"]
        ratios = [whole / part for part, whole in zip(find, cut, strict=True)]
        verdicts.append(median(ratios) <= GOAL)
        cells = [spread(find), spread(cut), spread(ratios)]
        rows.append([name, *cells, f"<= {GOAL}", "yes" if verdicts[-1] else "**no**"])
    columns = ["text", "sentences alone, ms", "pieces, ms", "times sentences", "goal", "met"]
    return Report("sentences", ABOUT.format(pairs=pairs), columns, rows, all(verdicts))


def run(work: str, kind: str) -> float:
    """Seconds that one piece of work took, measured in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.sentences", work, kind]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"the run of {work} on {kind} failed")
    return float(done.stdout)


def seconds(work: str, kind: str) -> float:
    """Do one run in this process."""
    text = text_of(kind)
    language = "ja" if kind == "japanese" else "en"
    do: Callable[[], object] = (
        (lambda: sentencex.segment(language, text))
        if work == "find"
        else (lambda: script(text, piece=None, most=None, language=language))
    )
    took: list[float] = []
    for _ in range(_REPEATS + 1):
        started = time.perf_counter()
        do()
        took.append(time.perf_counter() - started)
    return min(took[1:])


def text_of(kind: str) -> str:
    """A text of its kind, always the same."""
    choice = random.Random(1)
    found: list[str] = []
    size = 0
    while size < SIZE:
        words = choice.choices(_WORDS, k=choice.randint(5, 25))
        sentence = "東京の朝は静かで、空がとても青い。" if kind == "japanese" else " ".join(words).capitalize() + ". "
        found.append(sentence + "\n\n" * (kind != "one" and choice.random() < 0.1))
        size += len(found[-1])
    return "".join(found)[:SIZE]


if __name__ == "__main__":
    _, work, kind = sys.argv
    print(seconds(work, kind))
