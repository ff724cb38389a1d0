"""Phrases that docs/glossary.md says to avoid are in no page that people read."""

import re
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
    assert {"goes on", "half-way", "what came", "is told"} <= set(AVOID)
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
