"""Who may import what, and who may open files: the walls between the parts of the package, read from its source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OVERLAY = ROOT / "overlay" / "tonearm"
GENERATED = ROOT / "generated" / "tonearm_generated"

HTTPX = ("_http/", "_engine/exchange.py")
FILES = ("_files/",)
SEAM = ("_operations.py", "_operations/", "/types.py")
OPENERS = {"open", "fdopen", "read_bytes", "read_text", "write_bytes", "write_text", "NamedTemporaryFile", "mkstemp"}
OTHER_OPEN = {  # owners of a method open() that opens something else, or asks _files to
    "av",  # a container, with PyAV's own reader
    "http",  # a connection
    "PartFile",
    "Source",
}


def modules() -> list[str]:
    """Every module of the overlay, as a path below it."""
    return sorted(path.relative_to(OVERLAY).as_posix() for path in OVERLAY.rglob("*.py"))


def library() -> list[str]:
    """The modules that walls are strictest for: neither the sandbox nor the command line."""
    return [name for name in modules() if not name.startswith(("sandbox/", "cli/")) and name != "__main__.py"]


def imported(source: str, package: str) -> Iterator[tuple[int, str]]:
    """Yield line and full dotted name of everything that ``source``, a module of ``package``, imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = parts[: len(parts) - node.level + 1] if node.level else []
            for alias in node.names:
                yield node.lineno, ".".join([*base, *([node.module] if node.module else []), alias.name])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            function = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if function in ("import_module", "__import__") and node.args and isinstance(node.args[0], ast.Constant):
                name = str(node.args[0].value)
                yield node.lineno, package + name if name.startswith(".") else name


def opened(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of every call in ``source`` that opens a file."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) if name in OPENERS:
                yield node.lineno, name
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr="open") if (
                owner in OTHER_OPEN
            ):
                pass
            case ast.Attribute(attr=name) if name in OPENERS:
                yield node.lineno, name
            case _:
                pass


def below(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def breaches(name: str, *packages: str) -> list[str]:
    """Say where the overlay's module ``name`` imports one of ``packages``."""
    package = ".".join(["tonearm", *Path(name).parts[:-1]])
    return [
        f"{name}:{line} imports {what}"
        for line, what in imported((OVERLAY / name).read_text(), package)
        if any(below(what, wall) for wall in packages)
    ]


def test_only_the_http_layer_imports_httpx() -> None:
    assert [
        b for name in modules() if not name.startswith(HTTPX) and "sandbox" not in name for b in breaches(name, "httpx")
    ] == []


def test_only_the_seam_imports_generated_code() -> None:
    users = [name for name in modules() if not any(place in name for place in SEAM)]
    assert [b for name in users for b in breaches(name, "tonearm_generated")] == []


def test_only_the_sandbox_and_the_command_line_import_the_sandbox() -> None:
    assert [b for name in library() for b in breaches(name, "tonearm.sandbox")] == []


def test_only_files_opens_files() -> None:
    found = [
        f"{name}:{line} calls {what}"
        for name in library()
        if not name.startswith(FILES)
        for line, what in opened((OVERLAY / name).read_text())
    ]
    assert found == []


def test_the_sandbox_imports_nothing_that_it_is_there_to_test() -> None:
    """But for the error that says that it is not installed."""
    found = [
        f"{name}:{line} imports {what}"
        for name in modules()
        if name.startswith("sandbox/")
        for line, what in imported((OVERLAY / name).read_text(), ".".join(["tonearm", *Path(name).parts[:-1]]))
        if below(what, "tonearm_generated") or (below(what, "tonearm") and not below(what, "tonearm.sandbox"))
        if (name, what) != ("sandbox/_extra.py", "tonearm.errors.ConfigurationError")
    ]
    assert found == []


def test_generated_code_imports_nothing_of_the_overlay() -> None:
    found = [
        f"{path.relative_to(GENERATED)}:{line} imports {what}"
        for path in GENERATED.rglob("*.py")
        for line, what in imported(
            path.read_text(), ".".join(["tonearm_generated", *path.relative_to(GENERATED).parts[:-1]])
        )
        if below(what, "tonearm")
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "package", "expected"),
    [
        ("import httpx", "tonearm", "httpx"),
        ("import httpx._models as m", "tonearm", "httpx._models"),
        ("def f():\n    from httpx import Client", "tonearm", "httpx.Client"),
        ("from . import sandbox", "tonearm", "tonearm.sandbox"),
        ("from .. import sandbox", "tonearm.aioz", "tonearm.sandbox"),
        ("from ..sandbox.server import start", "tonearm.aioz", "tonearm.sandbox.server.start"),
        ("import_module('tonearm.sandbox')", "tonearm", "tonearm.sandbox"),
        ("importlib.import_module('.sandbox', __name__)", "tonearm", "tonearm.sandbox"),
    ],
)
def test_every_way_to_import_is_seen(source: str, package: str, expected: str) -> None:
    assert [name for _, name in imported(source, package)] == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("open('a')", ["open"]),
        ("Path('a').open('rb')", ["open"]),
        ("path.read_bytes()", ["read_bytes"]),
        ("os.open('a', 0)", ["open"]),
        ("self.path.open()", ["open"]),
        ("av.open(path)", []),
        ("self.http.open(request)", []),
    ],
)
def test_every_way_to_open_a_file_is_seen(source: str, expected: list[str]) -> None:
    assert [name for _, name in opened(source)] == expected
