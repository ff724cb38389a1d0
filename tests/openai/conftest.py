"""A sandbox for each module that asks for one, and a folder for long recordings, each of which is made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tonearm import sandbox
from tonearm.sandbox import Sandbox


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with sandbox.start() as running:
        yield running


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recordings")
