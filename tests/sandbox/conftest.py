from collections.abc import Iterator

import httpx
import pytest

from tonearm import sandbox as package

AIOZ_KEYS = {"stream-public-key": "sandbox-public", "stream-secret-key": "sandbox-secret"}


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


@pytest.fixture
def aioz(sandbox: package.Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=sandbox.aioz_url, headers=AIOZ_KEYS) as client:
        yield client
