"""A copy of the project for tests of regeneration, and the commands that they run in it."""

import json
import os
import runpy
import shutil
import subprocess
import sys
import warnings
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRAPS = (Path(__file__).parent / "traps.yaml").read_text(encoding="utf-8")


def copy_project(folder: Path) -> Path:
    """A copy of all that the script reads and writes, so that no test touches the committed tree."""
    for name in ("scripts", "specs", "generated"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


_STOPPED = """
import os, runpy, signal, sys
from pathlib import Path

rename = Path.rename


def renamed(path, target):
    if path.name == "new":
        {stop}
    return rename(path, target)


Path.rename = renamed
sys.argv[:] = sys.argv[1:]
sys.path[0] = os.path.dirname(sys.argv[0])
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def regenerate(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the project in this process, which loads the generator once: that takes a second."""
    script = project / "scripts" / "regenerate.py"
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings(), redirect_stdout(out), redirect_stderr(err):
        warnings.simplefilter("ignore")  # as where nobody asks for them
        patch.setattr(sys, "argv", [str(script), *arguments])
        patch.setattr(sys, "path", [str(script.parent), *sys.path])
        patch.setattr(sys, "dont_write_bytecode", True)
        for name in [name for name in sys.modules if name.partition(".")[0] == "_regenerate"]:
            patch.delitem(sys.modules, name)
        try:
            runpy.run_path(str(script), run_name="__main__")
        except SystemExit as ended:
            status = int(ended.code or 0)
        finally:
            for name in [name for name in sys.modules if name.partition(".")[0] == "_regenerate"]:
                del sys.modules[name]
    return subprocess.CompletedProcess(sys.argv, status, out.getvalue(), err.getvalue())


def regenerate_apart(
    project: Path, *arguments: str, hash_seed: str = "0", stop: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the script in a process of its own; with `stop`, a statement, in place of giving the new package its name."""
    environment = {"PATH": "/nowhere", "PYTHONHASHSEED": hash_seed, "PYTHONDONTWRITEBYTECODE": "1"}
    script = [] if stop is None else ["-c", _STOPPED.format(stop=stop)]
    command = [sys.executable, *script, str(project / "scripts" / "regenerate.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd="/", check=False, timeout=120)
    assert stop is not None or "Traceback" not in done.stderr, done.stderr
    return done


def tree(project: Path) -> dict[str, bytes]:
    folder = project / "generated"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def with_traps(project: Path) -> Path:
    spec = project / "specs" / "traps.yaml"
    spec.write_text(TRAPS, encoding="utf-8")
    return spec


def in_traps(project: Path, code: str) -> object:
    """Run `code` with the package that was made from TRAPS, in a process of its own; it prints one JSON value."""
    environment = {**os.environ, "PYTHONPATH": str(project / "generated")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True, timeout=60
    )
    return json.loads(done.stdout)
