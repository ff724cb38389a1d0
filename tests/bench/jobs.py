"""The axis `jobs`: what many jobs that do nothing cost the driver, and how the number of workers follows a server."""

import json
import subprocess
import sys
from tempfile import TemporaryDirectory

from tests.bench import machine
from tests.bench.report import Report, Settings

# Of Dask a tenth, as 100,000 take half an hour on two cores: docs/scale.md has what they took.
MOST = {"threads": 100_000, "dask": 10_000, "adding": 100_000, "resume": 100_000}
FEW = {"threads": 2_000, "dask": 200, "adding": 2_000, "resume": 2_000}
GOALS = {
    "threads": {"ms": 2.0, "mib": 60.0},
    "dask": {"ms": 4.0, "mib": 60.0},
    "adding": {"seconds": 10.0},
    "resume": {"seconds": 3.0},
    "follow": {"part": 0.9, "refused": 0.05},
    "fall": {"seconds": 10.0},
}
WHAT = {
    "threads": "jobs in threads",
    "dask": "jobs by 4 Dask workers",
    "adding": "rows added to a ledger",
    "resume": "jobs of a finished ledger, again",
    "follow": "`auto` at a server of 16 places",
    "fall": "the same server falls to 4 places",
}
TOLD = {
    "ms": "{:.2f} ms of the driver's CPU a job",
    "mib": "{:.1f} MiB more memory",
    "seconds": "{:.1f} s",
    "part": "{:.2f} of what 16 workers did, after 30 s",
    "refused": "{:.3f} refused",
}

ABOUT = """\
Each kind is one fresh process; the jobs of the first two do nothing. CPU is that of the driver's process, with threads
that of the workers, too; memory is what the run adds to the peak (VmHWM) once the driver is connected. The Dask
cluster, a scheduler and four worker processes of one thread, runs beside it on the same machine. The server of the last
lines answers on a socket after 200 ms, and with 503 what is more than its places; the last line says for how many
seconds after its fall more than one request too many was under way."""


def measure(settings: Settings) -> Report:
    """Run each in a process of its own."""
    machine.check()
    counts: dict[str, int] = {**(MOST if settings.full else FEW), "follow": int(settings.full)}
    rows: list[list[str]] = []
    verdicts: list[bool] = []
    for kind, count in counts.items():
        for name, found in run(kind, count).items():
            for figure, value in found.items():
                goal = GOALS[name].get(figure)
                met = goal is None or (value >= goal if figure == "part" else value <= goal)
                verdicts.append(met)
                limit = "" if goal is None else f"{'>=' if figure == 'part' else '<='} {goal:g}"
                what = WHAT[name] if name in ("follow", "fall") else f"{count:,} {WHAT[name]}"
                rows.append([what, TOLD[figure].format(value), limit, "yes" if met else "**no**"])
        print(f"jobs: {kind}", file=sys.stderr)
    return Report("Many jobs", ABOUT, ["what", "found", "goal", "met"], rows, all(verdicts))


def run(kind: str, count: int) -> dict[str, dict[str, float]]:
    """The figures of one process."""
    with TemporaryDirectory(prefix="tonearm-bench-") as folder:
        command = [sys.executable, "-m", "tests.bench.job_run", kind, str(count), folder]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found
