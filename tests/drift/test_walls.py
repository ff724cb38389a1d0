"""The walls between the rooms of the package.

Who may import what is said in `pyproject.toml` under `tool.importlinter`, and `scripts/check` runs import-linter. Here
each of its contracts is broken once, to see that it can fail. Imports by name at run time and files that are opened are
read from the source, since import-linter does not see them.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OVERLAY = ROOT / "overlay" / "tonearm"

BREACHES = {
    "Each room imports only rooms on lower floors": {
        ("overlay/tonearm/_files/lock.py", "from .._http import Wire"): "tonearm._files.lock -> tonearm._http",
        ("overlay/tonearm/jellyfin/items.py", "import tonearm.openai"): "tonearm.jellyfin.items -> tonearm.openai",
        ("overlay/tonearm/sandbox/audio.py", "import tonearm._files"): "tonearm.sandbox.audio -> tonearm._files",
    },
    "No circle of imports, inside a room either": {
        ("overlay/tonearm/_http/clients.py", "from .connection import Wire"): "in tonearm._http.",
    },
    "Only the command imports the sandbox": {
        ("overlay/tonearm/__main__.py", "from . import sandbox"): "tonearm.__main__ -> tonearm.sandbox",
    },
    "Only the seam of each service imports generated code": {
        ("overlay/tonearm/aioz/_media.py", "import tonearm_generated"): "tonearm.aioz._media -> tonearm_generated",
        ("overlay/tonearm/sandbox/audio.py", "def f():\n    import tonearm_generated"): "tonearm.sandbox.audio ->",
    },
    "Generated code imports nothing of the overlay": {
        ("generated/tonearm_generated/aioz/errors.py", "import tonearm"): "tonearm_generated.aioz.errors -> tonearm",
    },
    "Only _http and _engine.exchange import httpx": {
        ("overlay/tonearm/_engine/plan.py", "import httpx"): "tonearm._engine.plan -> httpx",
    },
    "Only _audio decodes and encodes audio": {
        ("overlay/tonearm/aioz/_media.py", "import av"): "tonearm.aioz._media -> av",
    },
}
"""For each contract: statements that break it, the files that they are added to, and what import-linter reports."""

FILES = "_files/"
OPENERS = {"open", "fdopen", "read_bytes", "read_text", "write_bytes", "write_text", "NamedTemporaryFile", "mkstemp"}
OTHER_OPEN = {  # owners of a method open() that opens something else, or asks _files to
    "archive",  # a member of a ZIP archive that is open
    "av",  # a container, with PyAV's own reader
    "http",  # a connection
    "PartFile",
    "Source",
}
BY_NAME = {  # modules that import by a name that is not a literal, from tables whose targets type checkers see too
    "__init__.py",
    "_base/exports.py",
}


def library() -> list[str]:
    """The modules outside the sandbox and the command line, as paths below the overlay."""
    found = sorted(path.relative_to(OVERLAY).as_posix() for path in OVERLAY.rglob("*.py"))
    return [name for name in found if not name.startswith(("sandbox/", "cli/")) and name != "__main__.py"]


def calls(source: str) -> Iterator[tuple[ast.Call, str, str | None]]:
    """Yield each call in ``source`` with the name of its function and, for a method, the last name of its owner."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                yield node, name, None
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name)):
                yield node, name, owner
            case ast.Call(func=ast.Attribute(attr=name)):
                yield node, name, ""
            case _:
                pass


def opened(source: str) -> list[str]:
    """The calls in ``source`` that open a file, with their lines."""
    return [
        f"{node.lineno} calls {name}"
        for node, name, owner in calls(source)
        if name in OPENERS and not (name == "open" and owner in OTHER_OPEN)
    ]


def imported_by_name(source: str) -> list[str]:
    """What ``source`` imports by calling a function; "?" when the name is computed."""
    return [
        str(node.args[0].value) if isinstance(node.args[0], ast.Constant) else "?"
        for node, name, _ in calls(source)
        if name in ("import_module", "__import__")
    ]


def lint(root: Path) -> str:
    """Run import-linter on the sources below ``root`` and return what it prints."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root / 'overlay'}:{root / 'generated'}", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def test_each_contract_fails_when_it_is_broken(tmp_path: Path) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert [contract["name"] for contract in contracts] == list(BREACHES)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ("overlay", "generated"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name, statement in (breach for breaches in BREACHES.values() for breach in breaches):
        with (tmp_path / name).open("a") as file:
            file.write(f"\n{statement}\n")

    headings = "|".join(map(re.escape, BREACHES))
    _, *sections = re.split(rf"^({headings})\n-+$", lint(tmp_path), flags=re.MULTILINE)

    reasons = dict(zip(sections[::2], sections[1::2], strict=True))
    assert reasons.keys() == BREACHES.keys()
    for contract, breaches in BREACHES.items():
        assert [reason for reason in breaches.values() if reason not in reasons[contract]] == []


def test_what_is_imported_by_name_keeps_to_the_walls() -> None:
    """By name only the extras `media` and `httpx2`, each in its room, what makes tables, and fsspec are loaded."""
    found = {name: set(imported_by_name((OVERLAY / name).read_text())) for name in library() if name not in BY_NAME}
    assert {name: what for name, what in found.items() if what} == {
        "_audio/container.py": {"av"},
        "_audio/splitting.py": {"sentencex"},
        "_http/backends.py": {"httpcore2"},
        "_base/tables.py": {"pandas", "pyarrow", "pyarrow.parquet"},
        "_files/remote.py": {"fsspec.core"},
        "_files/lock.py": {"fcntl", "msvcrt"},  # a system has one of them
    }


def test_only_files_opens_files() -> None:
    found = [
        f"{name}:{what}"
        for name in library()
        if not name.startswith(FILES)
        for what in opened((OVERLAY / name).read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import_module('tonearm.sandbox')", ["tonearm.sandbox"]),
        ("importlib.import_module('.sandbox', __name__)", [".sandbox"]),
        ("def f():\n    __import__(name)", ["?"]),
        ("import tonearm", []),
    ],
)
def test_every_import_by_name_is_seen(source: str, expected: list[str]) -> None:
    assert imported_by_name(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("open('a')", ["1 calls open"]),
        ("Path('a').open('rb')", ["1 calls open"]),
        ("path.read_bytes()", ["1 calls read_bytes"]),
        ("os.open('a', 0)", ["1 calls open"]),
        ("self.path.open()", ["1 calls open"]),
        ("av.open(path)", []),
        ("self.http.open(request)", []),
    ],
)
def test_every_way_to_open_a_file_is_seen(source: str, expected: list[str]) -> None:
    assert opened(source) == expected
