"""The tests that docs/comparison.md names exist, and each row beside another client says where that one was read."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("\n## Beside the official AIOZ clients\n")[2].partition("\n## ")[0]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in SECTION.splitlines() if line.startswith("| ")]
CITATION = re.compile(r"`([\w./-]+):(\d+)(?:-(\d+))? @ ([0-9a-f]{7})`")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def names(path: str) -> set[str]:
    """The tests that a file has."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def commits(client: str) -> set[str]:
    """The short forms of the commits that are given in full for a client's repository."""
    said = re.search(rf"^- {client}, \[.*?(?=^-|^\n)", SECTION, re.DOTALL | re.MULTILINE)
    assert said
    return {commit[:7] for commit in re.findall(r"`([0-9a-f]{40})`", said[0])}


@pytest.mark.parametrize(("path", "name"), sorted(set(TEST.findall(PAGE))))
def test_a_test_that_the_page_names_exists(path: str, name: str) -> None:
    assert name in names(path)


@pytest.mark.parametrize("client", ["Go", "Node"])
def test_one_version_of_each_client_was_read(client: str) -> None:
    assert len(commits(client)) == 1


def test_the_table_compares_three_clients() -> None:
    assert ROWS[0] == ["", "tonearm", "Go", "Node"]
    assert len(ROWS) > 6


@pytest.mark.parametrize("row", ROWS[1:], ids=lambda row: str(row[0]))
def test_a_row_names_a_test_of_ours_and_lines_of_theirs(row: list[str]) -> None:
    _, ours, go, node = row
    assert TEST.search(ours)
    assert not CITATION.search(ours)
    for cell, client, files in ((go, "Go", r"client\.go"), (node, "Node", r"src/\w+\.ts")):
        found = CITATION.findall(cell)
        assert found
        assert cell.count("@") == len(found), "a citation that is not whole"
        for file, first, last, commit in found:
            assert re.fullmatch(files, file)
            assert 0 < int(first) < int(last or int(first) + 1)
            assert commit in commits(client)


# Beside other OpenAI clients


PUBLISHED = PAGE.partition("\n## Beside other OpenAI clients\n")[2].partition("\n## ")[0]
LINES = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in PUBLISHED.splitlines() if line.startswith("| ")
]
PLACE = re.compile(r"`(\w[\w/]+\.py):(\d+)(?:-(\d+))?`")
VERSIONS = {"openai": "3.57.0", "openapiopenai": "1.3.0"}


def test_the_published_packages_are_named_with_version_and_hash() -> None:
    assert LINES[0] == ["", "tonearm", *VERSIONS]
    assert len(LINES) > 8
    for name, version in VERSIONS.items():
        assert re.search(
            rf"^- {name}: version {version}, .*?SHA-256\s+`[0-9a-f]{{64}}`$", PUBLISHED, re.DOTALL | re.MULTILINE
        )
    peers = (ROOT / "tests" / "peers" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert f"openai=={VERSIONS['openai']}" in [line.partition(" ")[0] for line in peers]


@pytest.mark.parametrize("row", LINES[1:], ids=lambda row: str(row[0]))
def test_a_row_names_a_test_of_ours_and_lines_of_the_published_packages(row: list[str]) -> None:
    _, ours, *others = row
    assert TEST.search(ours)
    assert not PLACE.search(ours)
    for cell, name in zip(others, VERSIONS, strict=True):
        found = PLACE.findall(cell)
        assert found
        assert cell.count(".py:") == len(found), "a citation that is not whole"
        for file, first, last in found:
            assert file.startswith(f"{name}/")
            assert 0 < int(first) < int(last or int(first) + 1)


# Speed and memory


RESULTS = (ROOT / "tests" / "bench" / "RESULTS.md").read_text(encoding="utf-8")
MEASURED = re.findall(
    r"^\| .+ \| \[([\w ]+)\]\(\.\./tests/bench/RESULTS\.md#[\w-]+\): `(.+)` \| ([\d.]+) \|$", PAGE, re.MULTILINE
)


def test_measured_rows_are_found() -> None:
    table = PAGE.partition("\n## Speed and memory\n")[2]
    assert len(MEASURED) == table.count("\n| ") - 1 > 10


@pytest.mark.parametrize(("axis", "name", "median"), MEASURED)
def test_a_measured_row_says_what_the_results_say(axis: str, name: str, median: str) -> None:
    section = RESULTS.partition(f"\n## {axis}\n")[2].partition("\n## ")[0]
    (line,) = [line for line in section.splitlines() if line.startswith(f"| {name} |")]
    assert f"| {median} (" in line
