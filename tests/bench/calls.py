"""The axes of calls: one small call, many at once, a list over pages, a transcript's words, a stream's first byte."""

import os
import subprocess
import sys
from collections.abc import Sequence
from functools import partial

from tests.bench import environment, peers
from tests.bench.contest import Goal, Run, contest
from tests.bench.report import Report, Settings

LOOP = "The other end is a loopback server in a process of its own."
OFTEN = f"""the median of {{pairs}} (the least to the greatest). Each run is a fresh process in an environment that has
only what the core needs (openai: only that), with a connection that is open. {LOOP}"""


def small(settings: Settings) -> Report:
    about = f"CPU time of one small call: the three models of a server, as objects (httpx: `json.loads`); {OFTEN}"
    goals = [
        Goal("tonearm", "httpx", 1.15, SMALL),
        Goal(ON_HTTPX2, "httpx", 0.95, SMALL),
        Goal("tonearm", "openai", 0.65, SMALL),
    ]
    who = ["tonearm", ON_HTTPX2, "httpx", "openai"]
    return _compare(settings, "small call", about, "CPU, ms", "small", 300, 1000, who, goals)


ON_HTTPX2 = "tonearm with httpx2"
"""What runs as `tonearm2` in `work`, in an environment of its own."""

SMALL = (
    "Over httpx a call has a deadline, a retry policy, answers within a bound, keys that no error shows and one log "
    "line; what was too dear of that was taken away (see PROFILE.md), and what is left is the price of it."
)


def many(settings: Settings) -> Report:
    about = f"CPU time of a call when 1,000 of them are made at once with asyncio, over 100 connections; {OFTEN}"
    tried = (
        "Each request is sent by a task of its own, which keeps connections from being lost when a call is cancelled "
        "(httpcore loses them); without that task the ratio is smaller, and the pool leaks. httpcore searches for the "
        "module sniffio several times in each request where it is not installed; neither httpx nor anyio needs it, so "
        "it would be a dependency of ours alone. httpcore2 searches once."
    )
    goals = [Goal("tonearm", "httpx", 1.1, tried), Goal(ON_HTTPX2, "httpx", 0.3)]
    who = ["tonearm", ON_HTTPX2, "httpx"]
    return _compare(settings, "many calls", about, "CPU, ms", "many", 1000, 1000, who, goals)


def listing(settings: Settings) -> Report:
    about = f"CPU time of 10,000 objects, 100 a page; httpx: `json.loads`, and the same objects made by hand; {OFTEN}"
    tried = "Numbers and texts are checked field by field, and what a server sends otherwise is made usable or named."
    goals = [Goal("tonearm", "httpx", 1.5, tried)]
    return _compare(settings, "list", about, "CPU, ms", "list", 10_000, 1000, ["tonearm", "httpx"], goals)


def words(settings: Settings) -> Report:
    about = f"CPU time of a transcript with 10,000 words, from the call to objects; {OFTEN}"
    goals = [Goal("tonearm", "openai", 0.8)]
    return _compare(settings, "transcript", about, "CPU, ms", "words", 10_000, 1000, ["tonearm", "openai"], goals)


def first(settings: Settings) -> Report:
    about = f"Wall time until the caller has the first bytes of a live stream; {OFTEN}"
    tried = "What a call costs beside the wire (see the axis `small call`) shows on a loopback, where the wire is fast."
    goals = [Goal("tonearm", "httpx", 1.1, tried)]
    return _compare(settings, "first byte", about, "ms", "first", 200, 1000, ["tonearm", "httpx"], goals)


def _compare(
    settings: Settings,
    title: str,
    about: str,
    unit: str,
    what: str,
    count: int,
    scale: float,
    who: Sequence[str],
    goals: Sequence[Goal],
) -> Report:
    count = count if settings.full else count // 10
    with peers.started() as url:
        runs: dict[str, Run | None] = {
            name: None
            if name == "openai" and environment.peers() is None
            else partial(run, name, what, url, count, scale)
            for name in who
        }
        return contest(settings, title, about, unit, runs, goals)


def run(who: str, what: str, url: str, count: int, scale: float = 1.0) -> float:
    """What one run took, in `scale` parts of a second."""
    others = {"openai": environment.peers, "jellyfin": environment.peers, ON_HTTPX2: environment.with_httpx2}
    python = others.get(who, environment.core)()
    name = "tonearm2" if who == ON_HTTPX2 else who
    command = [str(python), "-m", "tests.bench.work", name, what, url, str(count)]
    path = {**os.environ, "PYTHONPATH": str(environment.ROOT)}
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True, cwd=environment.ROOT, env=path)
    if done.returncode != 0:
        sys.exit(f"the run of {what} with {who} failed")
    return float(done.stdout) * scale
