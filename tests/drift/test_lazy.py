"""What is loaded on first use is what type checkers were told."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

OVERLAY = Path(__file__).resolve().parents[2] / "overlay" / "tonearm"
READY = {
    "aioz": "tonearm.Aioz(token='t')",
    "jellyfin": "tonearm.Jellyfin('http://nas:8096', token='t')",
    "openai": "tonearm.OpenAI(api_key='k')",
}


def stand_ins() -> list[tuple[str, str, str]]:
    """Every module of the overlay that has a Lazy one, the name that this has there, and its full name."""
    return [
        (".".join(["tonearm", *path.relative_to(OVERLAY).with_suffix("").parts]), target.id, str(call.args[0].value))
        for path in sorted(OVERLAY.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        for target, call in [(node.targets[0], node.value)]
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Lazy"
        if isinstance(target, ast.Name) and isinstance(call.args[0], ast.Constant)
    ]


def seen_by_checkers(module: str) -> dict[str, str]:
    """The modules that ``if TYPE_CHECKING:`` imports, by the names that they get."""
    path = OVERLAY.joinpath(*module.split(".")[1:]).with_suffix(".py")
    found: dict[str, str] = {}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module is None:
            package = module.rsplit(".", node.level)[0]
            found |= {name.asname or name.name: f"{package}.{name.name}" for name in node.names}
    return found


def test_there_are_lazy_modules() -> None:
    assert len(stand_ins()) > 20


@pytest.mark.parametrize(("module", "name", "full"), stand_ins())
def test_a_lazy_module_is_the_one_that_checkers_see(module: str, name: str, full: str) -> None:
    assert seen_by_checkers(module)[name] == full
    assert getattr(import_module(module), name).__file__ == import_module(full).__file__


@pytest.mark.parametrize("service", READY)
def test_a_client_is_ready_before_what_only_its_calls_need(service: str) -> None:
    program = f"import sys, tonearm\nwith {READY[service]} as client: pass\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert f"tonearm.{service}.client" in loaded
    assert not loaded & {"httpx", "asyncio", "ssl", "tonearm._run", "tonearm_generated", f"tonearm.{service}.aclient"}
