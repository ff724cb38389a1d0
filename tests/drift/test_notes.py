"""What is found out about an error after it was made is a note: nobody edits its message or its arguments."""

import ast
from pathlib import Path

import pytest

OVERLAY = Path(__file__).parents[2] / "overlay" / "tonearm"
MODULES = sorted(path for path in OVERLAY.rglob("*.py") if "sandbox" not in path.parts)

SCRUBBED = {"_http/adapter.py"}
"""httpx's error keeps what a server echoed, so a key is taken out of it before it becomes the cause of ours."""


def edited(tree: ast.AST) -> list[int]:
    """The lines that assign to the message, arguments or headers of an error that was caught."""
    names = {one.name for one in ast.walk(tree) if isinstance(one, ast.ExceptHandler) and one.name} | {"error"}
    assigned = [
        target.value if isinstance(target, ast.Subscript) else target
        for one in ast.walk(tree)
        if isinstance(one, (ast.Assign, ast.AugAssign, ast.AnnAssign))
        for target in (one.targets if isinstance(one, ast.Assign) else [one.target])
    ]
    return [
        target.lineno
        for target in assigned
        if isinstance(target, ast.Attribute)
        and target.attr in ("args", "message", "headers")
        and isinstance(target.value, ast.Name)
        and target.value.id in names
    ]


def test_no_module_edits_an_error() -> None:
    found = {
        path.relative_to(OVERLAY).as_posix(): edited(ast.parse(path.read_text(encoding="utf-8"))) for path in MODULES
    }
    assert {path for path, lines in found.items() if lines} == set(SCRUBBED), found


@pytest.mark.parametrize("line", ["e.args = ()", "e.message += 'x'", "e.headers['x-should-retry'] = 'false'"])
def test_an_edit_is_found(line: str) -> None:
    assert edited(ast.parse(f"try:\n    pass\nexcept OSError as e:\n    {line}\n")) == [4]
