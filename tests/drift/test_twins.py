"""The blocking clients are what scripts/twins.py makes of the asyncio ones, and both describe all that they accept."""

import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import tonearm

ROOT = Path(__file__).parents[2]
PAIRS = [
    (tonearm.Aioz, tonearm.AsyncAioz),
    (tonearm.Jellyfin, tonearm.AsyncJellyfin),
    (tonearm.OpenAI, tonearm.AsyncOpenAI),
]
CASES = [
    pytest.param(client, name, id=f"{client.__name__}.{name}")
    for pair in PAIRS
    for client in pair
    for name, member in inspect.getmembers(client, callable)
    if not name.startswith("_")
]


def public(client: type[Any]) -> set[str]:
    return {name for name in dir(client) if not name.startswith("_")}


@pytest.mark.parametrize(("blocking", "asyncio"), PAIRS)
def test_both_clients_have_the_same_members(blocking: type[Any], asyncio: type[Any]) -> None:
    assert public(blocking) == public(asyncio)
    assert asyncio.__name__ == f"Async{blocking.__name__}"


@pytest.mark.parametrize(("client", "name"), CASES)
def test_a_method_describes_all_its_arguments(client: type[Any], name: str) -> None:
    method = getattr(client, name)
    described = re.findall(r"^    \**(\w+): ", inspect.getdoc(method) or "", re.MULTILINE)
    code = inspect.unwrap(method).__code__
    parameters = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    assert inspect.getdoc(method)
    assert {*parameters} - {"self", "cls"} <= {*described}


@pytest.mark.parametrize("client", [client for pair in PAIRS for client in pair])
def test_a_class_describes_the_arguments_of_its_constructor(client: type[Any]) -> None:
    described = re.findall(r"^    (\w+): ", inspect.getdoc(client) or "", re.MULTILINE)
    assert {*inspect.signature(client).parameters} <= {*described}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of a checkout as the twins are made of."""
    (tmp_path / "scripts").mkdir()
    for part in ("pyproject.toml", "scripts/twins.py"):
        shutil.copy(ROOT / part, tmp_path / part)
    for service in ("aioz", "openai"):
        shutil.copytree(ROOT / "overlay" / "tonearm" / service, tmp_path / "overlay" / "tonearm" / service)
    return tmp_path


def make(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, str(checkout / "scripts" / "twins.py")]
    return subprocess.run([*script, *arguments], capture_output=True, text=True, check=False)


def clients(checkout: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in (checkout / "overlay").rglob("*.py")}


def test_a_twin_that_differs_is_named_and_made_again(checkout: Path) -> None:
    aioz, openai = (checkout / "overlay" / "tonearm" / service for service in ("aioz", "openai"))
    before = clients(checkout)
    changed = before[aioz / "client.py"].replace("Read one object.", "Read it.")
    (aioz / "client.py").write_text(changed, encoding="utf-8")
    (openai / "client.py").unlink()
    found = make(checkout, "--check")
    assert found.returncode == 1
    assert re.findall(r"^overlay/tonearm/(\w+/\w+)\.py is not", found.stderr, re.MULTILINE) == [
        "aioz/client",
        "openai/client",
    ]
    assert make(checkout).returncode == 0
    assert clients(checkout) == before


ASYNCIO = '''"""The asyncio client."""

from .async_tracks import AsyncTracks


class AsyncAioz(AsyncTracks):
    """To be used in an ``async with`` block; `http` is an httpx.AsyncClient."""

    async def list(self) -> AsyncIterator[Media]:
        async with leaving_async(self.end, self._wire):
            for item in await run_async(objects.page(), self._wire):
                yield item
'''
BLOCKING = '''# Made by scripts/twins.py from async_client.py; do not edit.
"""The blocking client."""

from .tracks import Tracks


class Aioz(Tracks):
    """To be used in a ``with`` block; `http` is an httpx.Client."""

    def list(self) -> Iterator[Media]:
        with leaving(self.end, self._wire):
            yield from run(objects.page(), self._wire)
'''


def test_code_and_docstrings_lose_all_that_is_asynchronous(checkout: Path) -> None:
    client = checkout / "overlay" / "tonearm" / "aioz" / "client.py"
    client.with_name("async_client.py").write_text(ASYNCIO, encoding="utf-8")
    assert make(checkout).returncode == 0
    assert client.read_text(encoding="utf-8") == BLOCKING
