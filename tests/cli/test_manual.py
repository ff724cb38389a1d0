"""The manual pages that a script makes of the commands."""

import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from tests.inside.cli import app

from .test_every import leaves

SCRIPT = Path(__file__).parents[2] / "scripts" / "manual.py"
ODD = [
    "a plain line",
    ".dot",
    "'quote",
    "back\\slash \\fB \\n(",
    "--option-name",
    "`grave`",
    "^~",
    '"quoted"',
    "größer 日本",
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("man")
    subprocess.run([sys.executable, SCRIPT, folder], check=True, capture_output=True)
    return folder / "man1"


def test_every_command_has_a_page_with_all_that_it_takes(pages: Path) -> None:
    command: Any = get_command(app)
    for words in leaves(command):
        text = (pages / f"tonearm-{'-'.join(words)}.1").read_text(encoding="utf-8").replace("\\-", "-")
        found = command
        for word in words:
            found = found.get_command(None, word)
        options = [option for one in found.params if one.param_type_name == "option" for option in one.opts]
        assert [option for option in (*options, "--help") if option not in text] == [], words


def test_every_page_that_one_names_is_there(pages: Path) -> None:
    for page in pages.iterdir():
        named = re.findall(
            r"\\fB([^\n]*?)(?:\(1\))?\\fR(?:\(1\))?$", page.read_text(encoding="utf-8").replace("\\-", "-")
        )
        assert [name for name in named if name.startswith("tonearm-") and not (pages / f"{name}.1").exists()] == []


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed: apt-get install groff")
@pytest.mark.parametrize("text", ODD)
def test_no_text_becomes_an_order(text: str) -> None:
    escaped = runpy.run_path(str(SCRIPT))["escaped"]
    order = ["groff", "-man", "-ww", "-K", "utf8", "-T", "utf8", "-P-c"]
    done = subprocess.run(
        order, input=f".TH X 1\n.nh\n.SH Y\n{escaped(text)}\n", capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert text in done.stdout
