"""Fixtures for the tests of a program that uses tonearm.

Load them in `conftest.py` or in a test module with `pytest_plugins = ["tonearm.sandbox.pytest_plugin"]`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tonearm.sandbox import guide
from tonearm.sandbox.server import Sandbox, start


@pytest.fixture
def tonearm_library() -> Path | None:
    """The folder of audio files that the sandbox serves; None serves short clips. Override it to serve your own."""
    return None


@pytest.fixture
def tonearm_sandbox(
    tonearm_library: Path | None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sandbox]:
    """A sandbox that runs during the test, and to which the environment points.

    Clients without an address and a key use it. Their state, such as journals of interrupted uploads, is kept in a
    temporary folder.
    """
    monkeypatch.delenv("AIOZ_STREAM_TOKEN", raising=False)  # a token and a pair of keys exclude each other
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    with start(library=tonearm_library) as box:
        for service in guide.services(box.url):
            for name, value in service.environment.items():
                monkeypatch.setenv(name, value)
        yield box
