"""The axis `page`: how long Chromium takes to show the beginning of a transcript of 10,000 words."""

import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.report import Report, Settings, spread
from tests.bench.talk import talk
from tests.sandbox import chromium

WORDS = 10_000
GOAL = 500.0

ABOUT = f"""\
Milliseconds from the start of the navigation to the first paint of the page that `Transcript.to_html` makes of
{WORDS:,} words, 20 to a segment: the median of {{runs}} fresh browsers (the least to the greatest). An empty page, in
turns with it, shows how long the browser itself takes."""

_PAINTED = """new Promise((go) => new PerformanceObserver((list) => go(list.getEntries()[0].startTime))
  .observe({type: "paint", buffered: true}))"""


def measure(settings: Settings) -> Report:
    """Open the page in one browser after the other."""
    took: dict[str, list[float]] = {"empty page": [], f"{WORDS:,} words": []}
    with tempfile.TemporaryDirectory() as folder:
        for name, page in zip(took, ("<!doctype html><title>Empty</title><p>.", talk(WORDS).to_html()), strict=True):
            (Path(folder) / f"{name}.html").write_text(page, encoding="utf-8")
        for run in range(settings.pairs if chromium.PROGRAM else 0):
            for name, times in took.items():
                with chromium.browser(Path(folder) / f"{name} {run}") as tab:
                    tab.open((Path(folder) / f"{name}.html").as_uri())
                    times.append(tab.value(_PAINTED))
            print("page", file=sys.stderr)
    empty, words = took.items()
    met = not words[1] or median(words[1]) <= GOAL
    rows = [
        [name, spread(times) if times else "Chromium is not installed", *rest]
        for (name, times), rest in ((empty, ["", ""]), (words, [f"<= {GOAL:g}", "yes" if met else "**no**"]))
    ]
    return Report("Page", ABOUT.format(runs=len(words[1])), ["page", "first paint, ms", "goal", "met"], rows, met)
