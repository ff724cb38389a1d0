"""Whatever is in a file: a result, or an error of ours; no crash, no hang, and no more memory than others need."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import pytest

from tests.fuzz.mutations import FORMS

ROOT = Path(__file__).parents[2]
MOST = 250
"""MiB of the whole process, of which the libraries take about 100."""

PROCESSES = 2


FAILED_ONCE = [13470]


def troubles(seeds: Sequence[int]) -> Iterator[str]:
    """What goes wrong with the mutations of some seeds; a process that ends is replaced by one for the rest."""
    while seeds:
        command = [sys.executable, "-X", "faulthandler", "-m", "tests.fuzz.mutations", *map(str, seeds)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        last: dict[str, int] = {}
        for line in done.stdout.splitlines():
            last = json.loads(line)
            if last.get("trouble") or last.get("peak", 0) >= MOST:
                yield f"{last['seed']} {FORMS[last['seed'] % len(FORMS)]}, {last['peak']} MiB: {last['trouble']}"
        if done.returncode != 0:
            assert last, done.stderr
            yield f"{last['seed']} {FORMS[last['seed'] % len(FORMS)]} ended {done.returncode}: {done.stderr[-4000:]}"
        seeds = seeds[seeds.index(last["seed"]) + 1 :]


def test_a_mutation_of_each_form_and_those_that_failed_once_are_survived() -> None:
    found = list(troubles([*range(len(FORMS)), *FAILED_ONCE]))
    assert not found, "\n".join(found)


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, 20_000, 2000))
def test_many_mutations_of_recordings_are_survived(first: int) -> None:
    with ThreadPoolExecutor(PROCESSES) as threads:
        shares = [range(first + place, first + 2000, PROCESSES) for place in range(PROCESSES)]
        found = list(chain.from_iterable(threads.map(lambda seeds: list(troubles(seeds)), shares)))
    assert not found, "\n".join(found)
