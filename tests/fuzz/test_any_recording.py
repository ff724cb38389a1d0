"""Whatever is in a file: a result, or an error of ours; no crash, no hang, and no more memory than others need."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST = 250
"""MiB of the whole process, of which the libraries take about 100."""


def assert_survived(first: int, count: int) -> None:
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.fuzz.mutations", str(first), str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, f"{lines[-1:]}: {done.stderr[-4000:]}"
    assert lines[-1].startswith("peak ")
    assert int(lines[-1].split()[1]) < MOST


def test_a_few_mutations_of_recordings_are_survived() -> None:
    assert_survived(0, 200)


@pytest.mark.soak
@pytest.mark.parametrize("first", range(200, 20_200, 1000))
def test_many_mutations_of_recordings_are_survived(first: int) -> None:
    assert_survived(first, 1000)
