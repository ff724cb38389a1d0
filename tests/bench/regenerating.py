"""The axis `regenerate`: how long it takes to make all clients again, against openapi-python-client run once a spec."""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.contest import Goal, Run, contest
from tests.bench.environment import ROOT
from tests.bench.report import Report, Settings

SCRIPT = ROOT / "scripts" / "regenerate.py"
AGAIN, NOTHING, PEER = "made again (--check)", "nothing changed", "three runs of openapi-python-client"
GOALS = [  # to make all again is the generator's own time, for which there is no goal
    Goal(NOTHING, PEER, 0.10, "The generator is not even loaded: hashes of specs, edits and tree decide."),
]
ABOUT = """\
Wall time of `scripts/regenerate.py` for the three specs, against three runs of openapi-python-client, each with its
own post hooks, in turns: the median of {pairs} (the least to the greatest). `--check` makes everything again in a
temporary folder and compares it with what is committed."""


def measure(settings: Settings) -> Report:
    """Run all in turns."""
    runs: dict[str, Run | None] = {
        AGAIN: lambda: timed([sys.executable, SCRIPT, "--check"]),
        NOTHING: lambda: timed([sys.executable, SCRIPT]),
        PEER: generator,
    }
    return contest(settings, "regenerate", ABOUT, "seconds", runs, GOALS)


def generator() -> float:
    """Seconds of the generator alone."""
    program = Path(sys.executable).with_name("openapi-python-client")
    with TemporaryDirectory(prefix="tonearm-bench-") as folder:
        commands = [
            [program, "generate", "--path", spec, "--output-path", Path(folder) / spec.stem, "--meta", "none"]
            for spec in sorted((ROOT / "specs").glob("*.yaml"))
        ]
        return sum(timed(command) for command in commands)


def timed(command: list[str | Path]) -> float:
    started = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed: {done.stderr[-500:]}")
    return time.perf_counter() - started
