"""Whatever is in a file: a result, or an error of ours; no crash, no hang, and no more memory than others need."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import pytest

from tests.fuzz.mutations import FORMS

ROOT = Path(__file__).parents[2]
MOST = 250
"""MiB of the whole process, of which the libraries take about 100."""

PROCESSES = 2


def troubles(first: int, after: int, step: int) -> Iterator[str]:
    """What goes wrong with the mutations of a range of seeds; a process that ends is replaced by one for the rest."""
    while first < after:
        command = [sys.executable, "-X", "faulthandler", "-m", "tests.fuzz.mutations", *map(str, (first, after, step))]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        last: dict[str, int] = {}
        for line in done.stdout.splitlines():
            last = json.loads(line)
            if last.get("trouble") or last.get("peak", 0) >= MOST:
                yield f"{last['seed']} {FORMS[last['seed'] % len(FORMS)]}, {last['peak']} MiB: {last['trouble']}"
        if done.returncode != 0:
            assert last, done.stderr
            yield f"{last['seed']} {FORMS[last['seed'] % len(FORMS)]} ended {done.returncode}: {done.stderr[-4000:]}"
        first = last["seed"] + step


def assert_survived(first: int, count: int) -> None:
    with ThreadPoolExecutor(PROCESSES) as threads:
        ranges = [(first + place, first + count, PROCESSES) for place in range(PROCESSES)]
        found = list(chain.from_iterable(threads.map(lambda seeds: list(troubles(*seeds)), ranges)))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("seed", [13470])
def test_mutations_that_failed_once_are_survived(seed: int) -> None:
    assert_survived(seed, 1)


def test_a_few_mutations_of_recordings_are_survived() -> None:
    assert_survived(0, 500)


@pytest.mark.soak
@pytest.mark.parametrize("first", range(500, 20_500, 2000))
def test_many_mutations_of_recordings_are_survived(first: int) -> None:
    assert_survived(first, 2000)
