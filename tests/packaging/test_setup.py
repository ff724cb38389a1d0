"""How the scripts set up: every pip installs the lock files, and one line says what is missing."""

import base64
import hashlib
import os
import runpy
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SETUP = ROOT / "scripts" / "_setup"


def bash(command: str, *arguments: str | Path, **variables: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run a command of bash as scripts do, after scripts/_setup, with a package index that is one folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE_"))}
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f'source "$0"\n{command}', SETUP, *arguments],
        env={**env, **{name: str(value) for name, value in variables.items()}},
        capture_output=True,
        text=True,
        check=False,
    )


def wheel(folder: Path, name: str, *metadata: str) -> str:
    """Build a wheel of one empty module; return its line in a lock."""
    info = f"{name}-1.dist-info"
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": "\n".join(["Metadata-Version: 2.1", f"Name: {name}", "Version: 1", *metadata, ""]),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    digests = {
        file: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        for file, text in files.items()
    }
    record = [f"{file},sha256={digest},{len(files[file])}" for file, digest in digests.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
    path = folder / f"{name}-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return f"{name}==1 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds nothing but the pip that is here, which is compiled."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    (packages,) = folder.glob("lib/python*/site-packages")
    pip = distribution("pip")
    for part in {file.parts[0] for file in pip.files or [] if ".." not in file.parts}:
        shutil.copytree(str(pip.locate_file(part)), packages / part)
    return folder


@pytest.fixture
def python(environment: Path, tmp_path: Path) -> Path:
    """The Python of a fresh environment."""
    shutil.copytree(environment, tmp_path / "environment", symlinks=True)
    return tmp_path / "environment" / "bin" / "python"


def test_a_lock_is_installed_where_pip_could_not_resolve_it(python: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    index.mkdir()
    lock = tmp_path / "lock"
    # As coverage[toml]: the extra brings nothing here, but a pip that resolves looks for what is not in the lock.
    lock.write_text(
        wheel(index, "first", "Requires-Dist: second[more]>=1")
        + wheel(index, "second", "Provides-Extra: more", 'Requires-Dist: third; extra == "more"')
    )
    only = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": index}
    resolved = bash('"$1" -m pip install --require-hashes --requirement "$2"', python, lock, **only)
    assert resolved.returncode != 0
    assert "third" in resolved.stdout + resolved.stderr
    done = bash('install_lock "$1" "$2"\ncheck_installed "$1"\n"$1" -c "import first, second"', python, lock, **only)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_file_with_another_hash_is_refused(python: Path, tmp_path: Path) -> None:
    wheel(tmp_path, "altered")
    lock = tmp_path / "lock"
    lock.write_text(f"altered==1 --hash=sha256:{'0' * 64}\n")
    done = bash('install_lock "$1" "$2"', python, lock, PIP_NO_INDEX="1", PIP_FIND_LINKS=tmp_path)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr


def test_a_lock_that_lacks_a_package_is_noticed(python: Path, tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text(wheel(tmp_path, "needy", "Requires-Dist: absent>=1"))
    command = 'install_lock "$1" "$2"\ncheck_installed "$1"'
    done = bash(command, python, lock, PIP_NO_INDEX="1", PIP_FIND_LINKS=tmp_path)
    assert (done.returncode, done.stderr) == (1, "needy 1 requires absent, which is not installed.\n")


old = pytest.mark.skipif(sys.version_info >= (3, 12), reason="this pip does not run on Python 3.12")


@pytest.mark.soak
@pytest.mark.parametrize(
    "pip", [pytest.param("pip==22.3.1", marks=old), pytest.param("pip==23.0.1", marks=old), "pip==24.0", "pip"]
)
def test_each_pip_makes_the_whole_environment(python: Path, pip: str) -> None:
    """Needs the network."""
    chosen = bash('"$1" -m pip install --quiet --upgrade "$2"\n"$1" -m pip --version', python, pip)
    assert chosen.stdout.startswith(f"pip {pip.partition('==')[2]}"), chosen.stderr
    done = bash('install_lock "$1" "$2"\ncheck_installed "$1"', python, ROOT / "requirements-dev.lock")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("caller", ["set_up", "set_up || exit", "if set_up; then echo made; fi; exit 1"])
@pytest.mark.parametrize("step", ["venv", "install_lock", "install_project", "check_installed", "installed"])
def test_a_step_that_fails_is_never_stamped_complete(step: str, caller: str, tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    made = "1" if step == "venv" else "0"
    program(tmp_path / "python3", f'[ "$2" = venv ] && mkdir -p "$3" && exit {made}; exec {sys.executable} "$@"')
    steps = "\n".join(f"{name}() {{ ! false; }}" for name in ("install_lock", "install_project", "check_installed"))
    command = f"""
        find_python() {{ echo "$ROOT/python3"; }}
        {steps}
        describe() {{ echo complete; }}
        {step}() {{ false; }}
        ROOT=$1
        use_environment .venv lock
        {caller}
        """
    done = bash(command, tmp_path, PYTHON="")
    assert (done.returncode, done.stdout, (tmp_path / ".venv" / "complete").exists()) == (1, "", False), done.stderr


def test_an_environment_is_made_once_and_again_when_a_package_is_gone(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "lock").write_text(wheel(tmp_path, "removed"))
    (tmp_path / "pyproject.toml").touch()
    program(tmp_path / "python3", f'[ "$2" = venv ] && exec cp -a {environment} "$3"; exec {sys.executable} "$@"')
    command = """
        find_python() { echo "$ROOT/python3"; }
        install_project() { cp -- "$ROOT/pyproject.toml" "$VENV/installed-pyproject.toml"; }
        ROOT=$1
        use_environment .venv lock
        set_up
        "$BIN/python" -c "import removed"
        """
    only = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": tmp_path, "PYTHON": ""}
    first, second = bash(command, tmp_path, **only), bash(command, tmp_path, **only)
    assert first.stderr.startswith(f"Setting up {tmp_path}"), first.stderr
    assert (first.returncode, second.returncode, second.stderr) == (0, 0, "")
    shutil.rmtree(next(tmp_path.glob(".venv/lib/python3.*/site-packages/removed-1.dist-info")))  # as `uv sync` does
    assert bash(command, tmp_path, **only).stderr.startswith("Setting up")


def test_the_lock_of_the_demo_is_the_part_of_the_whole_lock_that_it_needs() -> None:
    review = runpy.run_path(str(ROOT / "scripts" / "review_lock.py"))
    whole, demo = (
        {f"{wanted.name}{wanted.specifier}": hashes for wanted, hashes in review["entries"]((ROOT / name).read_text())}
        for name in ("requirements-dev.lock", "requirements-demo.lock")
    )
    assert demo == {wanted: whole[wanted] for wanted in demo}
    assert {canonicalize_name(Requirement(wanted).name) for wanted in demo} >= {
        canonicalize_name(name) for name in needed("tonearm[sandbox]", "hatchling", "editables")
    }
    assert len(demo) < 0.6 * len(whole)


def needed(*requirements: str) -> set[str]:
    """The names of all installed packages that these need here, without tonearm."""
    waiting, seen, names = [Requirement(each) for each in requirements], set[str](), set[str]()
    while waiting:
        wanted = waiting.pop()
        if str(wanted) in seen:
            continue
        seen.add(str(wanted))
        names.add(wanted.name)
        for line in distribution(wanted.name).requires or []:
            needs = Requirement(line)
            if needs.marker is None or any(needs.marker.evaluate({"extra": extra}) for extra in ("", *wanted.extras)):
                waiting.append(needs)
    return names - {"tonearm"}


def fake_python(path: Path, version: str) -> Path:
    """What answers scripts/_setup as a Python of some version that can make environments."""
    return program(path, f'case "$3" in *ensurepip*) echo "$0" ;; *) echo {version} ;; esac')


TOOLS = ("bash", "cat", "dirname", "readlink", "sed")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder that is all of PATH: it has what the scripts use, and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(str(shutil.which(tool)))
    return folder


LACKS = "import sys; sys.modules['ensurepip'] = None; exec(sys.argv[1])"
"""Runs a program as a Python does that comes without ensurepip, as Debian's does without python3-venv."""


@pytest.mark.parametrize(
    ("python", "said"),
    [
        ("exit 127", "No Python 3.11 or newer on PATH. Debian, Ubuntu: apt-get install python3-venv. "),
        (f'exec {sys.executable} -I -c "{LACKS}" "$3"', " lacks venv. Debian, Ubuntu: apt-get install python3."),
    ],
)
def test_one_line_says_what_to_install(path: Path, python: str, said: str) -> None:
    program(path / "python3", python)
    done = bash("find_python", PATH=path)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert said in line


def test_a_python_that_was_asked_for_and_does_not_fit_is_named(path: Path) -> None:
    done = bash("find_python", PATH=path, PYTHON="/nowhere/python3")
    assert (done.returncode, done.stderr) == (1, "PYTHON=/nowhere/python3 is not Python 3.11 or newer.\n")


def test_each_tested_version_is_found_on_path_or_under_pyenv(path: Path, tmp_path: Path) -> None:
    program(path / "python3.12", "exit 127")  # the shim of a version that is not installed
    python = fake_python(path / "python3", "3.13.0")
    other = fake_python(tmp_path / "home/.pyenv/versions/3.12.1/bin/python3", "3.12.1")
    command = "for version in 3.11 $(tested_versions); do find_version $version || echo none; done"
    done = bash(command, PATH=path, HOME=tmp_path / "home", PYENV_ROOT="")
    assert done.stdout.split() == ["none", "none", str(other), str(python)], done.stderr


@pytest.mark.parametrize("failing", ["whole", "quick", "neither"])
def test_the_last_lines_of_ci_say_which_python_ran_which_suite(path: Path, tmp_path: Path, failing: str) -> None:
    for file in (".ci/run", "scripts/_setup", "pyproject.toml"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    suite = f'test {failing} != "$([ "$1" = --quick ] && echo quick || echo whole)"'
    program(tmp_path / "scripts/test", f'echo "$PYTHON" "$@" >>{tmp_path}/runs\n{suite}')
    for tool in ("flite", "ffmpeg", "chromium"):
        program(path / tool, "exit 1")
    pythons = [fake_python(path / f"python3.{minor}", f"3.{minor}.1") for minor in (11, 13)]
    done = bash('bash "$1"; exit', tmp_path / ".ci/run", PATH=path, HOME=tmp_path, PYENV_ROOT="")
    assert (tmp_path / "runs").read_text().splitlines() == [f"{pythons[0]} --coverage", f"{pythons[1]} --quick"]
    verdict = {suite: "FAILED" if suite == failing else "passed" for suite in ("whole", "quick")}
    assert done.stdout.splitlines()[-3:] == [
        "Python 3.12: not found on this machine",
        f"Python 3.11.1: the whole suite {verdict['whole']}",
        f"Python 3.13.1: the quick suite {verdict['quick']}",
    ]
    assert done.returncode == (failing != "neither")
