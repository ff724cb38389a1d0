"""The command in this process, with a configuration, a folder for state and an environment of its own."""

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from tonearm.cli import main
from tonearm.sandbox import Sandbox, start
from tonearm.sandbox.library import PACKAGED, items

CLIP = items(PACKAGED)[-1].path


@frozen
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Cli = Callable[..., Done]


@pytest.fixture(scope="session")
def box() -> Iterator[Sandbox]:
    with start() as running:
        yield running


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("TONEARM_PROFILE", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    before = signal.getsignal(signal.SIGINT)
    yield
    assert signal.getsignal(signal.SIGINT) is before


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str]) -> Cli:
    """Runs the command in this process."""

    def run(*words: object) -> Done:
        capfd.readouterr()
        code = main([str(word) for word in words])
        said = capfd.readouterr()
        return Done(code, said.out, said.err)

    return run


@pytest.fixture
def configured(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """A sandbox whose addresses and keys are in the environment."""
    for name, value in {
        "AIOZ_STREAM_BASE_URL": box.aioz_url,
        "AIOZ_STREAM_PUBLIC_KEY": "sandbox-public",
        "AIOZ_STREAM_SECRET_KEY": "sandbox-secret",
        "JELLYFIN_URL": box.jellyfin_url,
        "JELLYFIN_TOKEN": "sandbox-token",
        "OPENAI_BASE_URL": box.openai_url,
        "OPENAI_API_KEY": "sandbox-key",
    }.items():
        monkeypatch.setenv(name, value)
    return box
