"""This checkout against another revision of it, in turns: whether a change made something dearer."""

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import environment, peers
from tests.bench.contest import Goal, Run, contest
from tests.bench.report import Bar, Report, Settings

AXES = {
    "start": ("start", 1),
    "small": ("small", 300),
    "many": ("many", 1_000),
    "list": ("list", 10_000),
    "transcript": ("words", 10_000),
    "first": ("first", 200),
}
"""What is cheap to measure: the function of `work`, and how much of it one run does."""

SLOWER = 1.1
"""How often a run may take what it took; the rest is noise on most machines."""

ABOUT = """\
Milliseconds of CPU of one run (`first`: of wall time), of this checkout and of {revision}, each with its own overlay
and generated clients, the same Python and the same packages, in turns: the median of {pairs} (the least to the
greatest)."""


def measure(settings: Settings, revision: str, axes: Sequence[str]) -> Report:
    """Run every axis with both."""
    rows: list[list[str]] = []
    bars: list[Bar] = []
    with TemporaryDirectory(prefix="tonearm-bench-") as name, peers.started() as url:
        other = unpack(revision, Path(name))
        for axis in axes:
            what, most = AXES[axis]
            count = most if settings.full else max(1, most // 10)
            runs: dict[str, Run | None] = {
                f"{axis}, {who}": partial(run, what, url, count, root)
                for who, root in (("here", environment.ROOT), (revision, other))
            }
            here, there = runs
            for work in runs.values():
                assert work is not None
                work()  # writes the byte code
            found = contest(settings, axis, "", "ms", runs, [Goal(here, there, SLOWER)])
            rows += found.rows
            bars += found.bars
    about = ABOUT.format(revision=revision, pairs=settings.pairs)
    met = not any("**no**" in row[-1] for row in rows)
    return Report(f"Compared with {revision}", about, ["run", "ms", "ratio of a pair", "goal", "met"], rows, met, bars)


def unpack(revision: str, folder: Path) -> Path:
    """The files of another revision, in a folder."""
    command = ["git", "archive", "--format=tar", revision, "overlay", "generated"]
    done = subprocess.run(command, check=False, cwd=environment.ROOT, capture_output=True)
    if done.returncode:
        sys.exit(f"git has no {revision}: {done.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def run(what: str, url: str, count: int, root: Path) -> float:
    """Milliseconds of one run in a fresh process, with the library of that checkout."""
    command = [str(environment.core()), "-m", "tests.bench.work", "tonearm", what, url, str(count)]
    folders = [root / "overlay", root / "generated", environment.ROOT]
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))}
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True, cwd=environment.ROOT, env=path)
    if done.returncode:
        sys.exit(f"the run of {what} with {root} failed")
    return float(done.stdout) * 1000
