"""The house stays small enough to be understood, and its picture in docs/architecture.md follows the imports."""

import ast
import re
import runpy
from functools import cache
from graphlib import CycleError
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "architecture.md"
TESTS = ROOT / "tests"
INSIDE = TESTS / "inside"
_PRIVATE = re.compile(r"tonearm\.(.+\.)?_(?!_)")


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / "_architecture.py"))


def test_the_house_is_small(script: dict[str, Any]) -> None:
    arrows = script["read_arrows"]()
    entries = {path.stem for path in (ROOT / "overlay" / "tonearm").glob("*") if path.suffix in ("", ".py")}
    assert arrows.keys() == entries - {"__init__", "__pycache__"} | {"tonearm"}
    assert len(arrows) <= 20
    assert len(script["floors"](arrows)) <= 12
    assert sum(map(len, arrows.values())) <= 80


def test_page_and_picture_follow_the_imports(script: dict[str, Any]) -> None:
    arrows = script["read_arrows"]()
    assert script["table"](arrows) in PAGE.read_text(encoding="utf-8")
    assert script["picture"](arrows) == PAGE.with_suffix(".svg").read_text(encoding="utf-8")


def test_a_room_stands_above_all_that_it_imports(script: dict[str, Any]) -> None:
    arrows = {"top": {"left", "ground"}, "left": {"ground"}, "right": {"ground"}, "ground": set[str]()}
    assert script["floors"](arrows) == [["ground"], ["left", "right"], ["top"]]
    assert script["drawn"](arrows) == {("top", "left"), ("left", "ground"), ("right", "ground")}


def test_an_arrow_passes_beside_the_rooms_of_the_floors_between(script: dict[str, Any]) -> None:
    arrows = {"top": {"middle", "far"}, "middle": {"ground"}, "ground": set[str](), "far": set[str]()}
    boxes, ways = script["placed"](script["floors"](arrows), script["drawn"](arrows))
    (start, _), (between, floor), (end, _) = ways["top", "far"]
    assert (start, end, floor) == (boxes["top"][0], boxes["far"][0], boxes["middle"][1])
    assert abs(between - boxes["middle"][0]) > script["BOX"] / 2
    assert len(re.findall("<path d=.* stroke=", script["picture"](arrows))) == len(ways) == 3


def test_a_circle_has_no_floors(script: dict[str, Any]) -> None:
    with pytest.raises(CycleError, match=r"in a cycle.*'a'"):
        script["floors"]({"a": {"b"}, "b": {"a"}})


@cache
def imported(source: str) -> list[str]:
    """What a module imports, each name with its path."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def private(source: str) -> list[str]:
    """The private names of tonearm that a module imports."""
    return [name for name in imported(source) if _PRIVATE.match(name)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from tonearm._files import Draft", ["tonearm._files.Draft"]),
        ("from tonearm.aioz import Media, _media as plans", ["tonearm.aioz._media"]),
        ("def test():\n    import tonearm.cli._app", ["tonearm.cli._app"]),
        ("from tonearm.aioz import *\nfrom tonearm.recipes.record import Record", []),
        ("from tonearm import __main__, __version__\nfrom tests.inside.files import Draft", []),
    ],
)
def test_a_private_import_is_found(source: str, found: list[str]) -> None:
    assert private(source) == found


def test_tests_import_private_names_from_tests_inside_only() -> None:
    """What moves in the overlay changes one line there; each helper is for one package, and has nothing unused."""
    sources = {path.relative_to(TESTS).as_posix(): path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py")}
    helpers = {name: sources.pop(name) for name in list(sources) if name.startswith("inside/")}
    assert {name: found for name, source in sources.items() if (found := private(source))} == {}
    used = {name for source in sources.values() for name in imported(source)}
    for name, source in helpers.items():
        package = Path(name).stem
        found = imported(source)
        assert [one for one in found if not re.match(rf"tonearm\._?{package}\b", one)] == []
        assert [one for one in found if f"tests.inside.{package}.{one.rpartition('.')[2]}" not in used] == []
