"""The environment is installed from its lock without resolving, so that every pip installs the same."""

import base64
import hashlib
import os
import subprocess
import venv
import zipfile
from pathlib import Path

import pytest

SETUP = Path(__file__).resolve().parents[2] / "scripts" / "_setup"


def bash(command: str, *arguments: str | Path, **variables: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run a command of bash as scripts do, after scripts/_setup, with a package index that is one folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "COVERAGE_"))}
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


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds nothing but the pip that comes with it."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    return folder / "bin" / "python"


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
