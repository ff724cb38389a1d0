from collections.abc import Iterator

import pytest

from tonearm import sandbox as package


@pytest.fixture(scope="module")
def running() -> Iterator[package.Sandbox]:
    """One sandbox for all tests of a module."""
    with package.start() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: package.Sandbox) -> Iterator[package.Sandbox]:
    """The module's sandbox, without faults before and after."""
    running.clear_faults()
    yield running
    running.clear_faults()
