"""The wheel, installed alone: all that it needs is in it, and a program that uses it gets its types."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
CONSUMER = Path(__file__).parent / "consumer"


def run(*command: str | Path, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run a program without what this process's environment says about Python and coverage."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE_"))}
    env["PYRIGHT_PYTHON_IGNORE_WARNINGS"] = "1"
    return subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def checked(*command: str | Path, cwd: Path) -> str:
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def core_dependencies() -> list[Distribution]:
    """What `pip install tonearm` would bring, with no extra."""
    found: dict[str, Distribution] = {}
    waiting = ["tonearm"]
    while waiting:
        for line in distribution(waiting.pop()).requires or []:
            needed = Requirement(line)
            if needed.name not in found and (needed.marker is None or needed.marker.evaluate({"extra": ""})):
                found[needed.name] = distribution(needed.name)
                waiting.append(needed.name)
    return list(found.values())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    checked(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that holds the wheel and its core dependencies, and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    (packages,) = folder.glob("lib/python*/site-packages")
    for dependency in core_dependencies():
        for file in dependency.files or []:
            if ".." not in file.parts and "__pycache__" not in file.parts:
                (packages / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(file.locate()), packages / file)
    fresh = folder / "bin" / "python"
    # --no-index: pip goes by what was copied, and fails if the wheel asks for more.
    pip = [sys.executable, "-m", "pip", "--python", fresh, "install", "--quiet", "--no-index", "--no-compile"]
    checked(*pip, wheel, cwd=folder)
    return fresh


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A consumer's folder."""
    for file in CONSUMER.glob("*.py"):
        shutil.copy(file, tmp_path)
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    return tmp_path


def mistakes(file: Path) -> list[int]:
    return [number for number, line in enumerate(file.read_text().splitlines(), 1) if line.endswith("# wrong")]


def test_the_wheel_holds_the_types_the_manifest_and_the_clips(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"tonearm/py.typed", "tonearm_generated/py.typed", "tonearm_generated/MANIFEST.json"} <= names
    clips = [path for path in (ROOT / "overlay/tonearm/sandbox/library").iterdir() if path.suffix in (".flac", ".txt")]
    assert len(clips) >= 2
    assert {f"tonearm/sandbox/library/{clip.name}" for clip in clips} <= names


def test_the_wheel_holds_every_module_and_nothing_else(wheel: Path) -> None:
    in_checkout = {
        path.relative_to(base).as_posix()
        for base in (ROOT / "overlay", ROOT / "generated")
        for path in base.rglob("*.py")
    }
    in_wheel = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {name for name in in_wheel if name.endswith(".py")} == in_checkout
    assert {name.partition("/")[0] for name in in_wheel} == {"tonearm", "tonearm_generated"}


def test_both_packages_are_imported_from_the_wheel(python: Path, project: Path) -> None:
    program = (
        "import importlib, json, tonearm, tonearm_generated\n"
        "names = [getattr(tonearm, name) for name in tonearm.__all__]\n"
        "services = [importlib.import_module('tonearm_generated.' + s) for s in ('aioz', 'jellyfin', 'openai')]\n"
        "print(json.dumps([tonearm.__file__, tonearm_generated.__file__, len(names), len(services)]))"
    )
    overlay, generated, names, services = json.loads(checked(python, "-I", "-c", program, cwd=project))
    environment = python.parent.parent
    assert Path(overlay).is_relative_to(environment)
    assert Path(generated).is_relative_to(environment)
    assert names >= 6
    assert services == 3


@pytest.mark.soak  # scripts/check runs mypy on examples/, which see the same types
def test_mypy_sees_the_types(python: Path, project: Path) -> None:
    mypy = [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(python), "--cache-dir", "cache"]
    output = run(*mypy, "right.py", "wrong.py", cwd=project).stdout
    found = [(file, int(line)) for file, line in re.findall(r"^(.+):(\d+): error", output, re.MULTILINE)]
    assert found == [("wrong.py", line) for line in mistakes(project / "wrong.py")], output
    assert "(checked 2 source files)" in output


def test_pyright_sees_the_types(python: Path, project: Path) -> None:
    pyright = [sys.executable, "-m", "pyright", "--pythonpath", str(python), "--outputjson"]
    told = json.loads(run(*pyright, "right.py", "wrong.py", cwd=project).stdout)
    assert told["summary"]["filesAnalyzed"] == 2
    found = {(Path(one["file"]).name, one["range"]["start"]["line"] + 1) for one in told["generalDiagnostics"]}
    assert sorted(found) == [("wrong.py", line) for line in mistakes(project / "wrong.py")], told


@pytest.mark.parametrize("module", ["tonearm.sandbox", "tonearm.sandbox.pytest_plugin"])
def test_without_its_extra_the_sandbox_says_how_to_install_it(module: str, python: Path, project: Path) -> None:
    done = run(python, "-I", "-c", f"import {module}", cwd=project)
    said = done.stderr.splitlines()[-1]
    assert said.startswith("tonearm.errors.ConfigurationError: the sandbox needs av, ")
    assert "pip install 'tonearm[sandbox]'" in said
    assert "pip install '.[sandbox]'" in said
