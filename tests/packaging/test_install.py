"""The ways to install that docs/install.md shows."""

import os
import re
import shutil
import subprocess
import sys
import venv
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WAYS = re.findall(r"^```console\n(.*?)^```", (ROOT / "docs/install.md").read_text(), re.DOTALL | re.MULTILINE)


def commands(way: str) -> list[str]:
    return [line.removeprefix("$ ").partition("  #")[0] for line in way.splitlines()]


@pytest.mark.parametrize("way", WAYS)
def test_a_way_installs_an_extra_that_exists_and_runs_the_command(way: str) -> None:
    extras = re.findall(r"'\.\[(\w+)\]'|--extra (\w+)", way)
    provided = distribution("tonearm").metadata.get_all("Provides-Extra") or []
    assert len(extras) == 1
    assert {"".join(extra) for extra in extras} <= {*provided}
    assert re.search(r"\btonearm (--version|demo)$", commands(way)[-1])
    assert "tonearm" in {script.name for script in distribution("tonearm").entry_points}


def test_the_readme_shows_the_same_ways() -> None:
    section = (ROOT / "README.md").read_text().partition("## Install")[2]
    shown = re.findall(r"^\$ (.*?)(?: +#.*)?$", section.partition("```console")[2].partition("```")[0], re.MULTILINE)
    assert len(shown) >= 4
    assert set(shown) <= {command for way in WAYS for command in commands(way)}


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the newest uv, uvx and pipx."""
    folder = tmp_path_factory.mktemp("tools")
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin/python", "-m", "pip", "install", "--quiet", "uv", "pipx"], check=True)
    programs = folder / "programs"
    programs.mkdir()
    for name in ("uv", "uvx", "pipx"):
        (programs / name).symlink_to(folder / "bin" / name)
    return programs


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS)
def test_a_way_works(way: str, tools: Path, tmp_path: Path) -> None:
    """Needs the network."""
    checkout, home = tmp_path / "checkout", tmp_path / "home"
    shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    python = Path(sys.executable).resolve().parent
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "PYTHON", "VIRTUAL_"))
    }
    env |= {"HOME": str(home), "PATH": f"{home}/.local/bin:{tools}:{python}:/usr/bin:/bin"}
    env |= {"UV_CACHE_DIR": str(tools / "cache"), "UV_PYTHON_DOWNLOADS": "never"}
    home.mkdir()
    done = subprocess.run(
        ["bash", "-euc", "\n".join(commands(way))], cwd=checkout, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^tonearm \d|^Made in ", done.stdout, re.MULTILINE)
