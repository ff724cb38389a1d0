"""Phrases that docs/glossary.md says to avoid are in no page, help, docstring or comment."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from tests.inside.cli import app

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
PAGES = sorted(
    path for folder in ("", "docs", "examples", "specs", "tests/faults") for path in (ROOT / folder).glob("*.md")
)
AVOID = [
    phrase
    for line in GLOSSARY.read_text(encoding="utf-8").partition("## Phrases to avoid")[2].splitlines()[6:]
    for phrase in line.split("|")[1].strip().split(", ")
]
PHRASE = re.compile(r"\b(" + "|".join(AVOID).replace(" ", r"\s+") + r")\b", re.IGNORECASE)


def read(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    return text.partition("## Phrases to avoid")[0] if page == GLOSSARY else text


def test_the_glossary_names_the_phrases() -> None:
    assert {"goes on", "half-way", "what came", "told"} <= set(AVOID)
    assert PHRASE.search("What broke\noff goes on.")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_none_of_them(page: Path) -> None:
    assert PHRASE.findall(read(page)) == []


def test_a_term_has_one_entry() -> None:
    terms = re.findall(r"\*\*([^*]+)\*\*", "\n".join(re.findall(r"^\|[^|]*\|", read(GLOSSARY), re.MULTILINE)))
    assert len(terms) == len(set(terms)) > 40


def helps(command: Any, name: str) -> Iterator[tuple[str, str]]:
    """The help of a command and of those below it, by name."""
    context = command.make_context(name, [], resilient_parsing=True)
    yield name, command.get_help(context)
    for below in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield from helps(command.get_command(context, below), f"{name} {below}")


def test_the_help_of_the_command_has_none_of_them() -> None:
    found = dict(helps(get_command(app), "tonearm"))
    assert len(found) > 30
    assert {name: phrases for name, text in found.items() if (phrases := PHRASE.findall(text))} == {}


OVERLAY = ROOT / "overlay" / "tonearm"


def remarks(source: str) -> Iterator[str]:
    """The docstrings and comments of a module, also the texts below its constants and fields."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def test_remarks_are_found_wherever_they_are() -> None:
    source = '"""One."""\nA = "none"\n"""Two."""\ndef b():  # Three.\n    """Four."""\n'
    assert sorted(remarks(source)) == ["# Three.", "Four.", "One.", "Two."]


def test_the_docstrings_and_comments_of_the_overlay_have_none_of_them() -> None:
    modules = list(OVERLAY.rglob("*.py"))
    assert len(modules) > 300
    texts = {path: "\n".join(remarks(path.read_text(encoding="utf-8"))) for path in modules}
    assert {str(path): phrases for path, text in texts.items() if (phrases := PHRASE.findall(text))} == {}
