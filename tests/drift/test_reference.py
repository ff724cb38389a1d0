"""The reference is what the docstrings say, has every public name, and its check sees what it says that it sees."""

import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def headings(page: str) -> list[str]:
    return re.findall(r"^## (\w+)$", (REFERENCE / page).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("package", ["aioz", "jellyfin", "openai", "errors", "subtitles", "sandbox"])
def test_every_public_name_has_a_heading(package: str) -> None:
    module = import_module(f"tonearm.{package}")
    own = {
        name
        for name, one in vars(module).items()
        if getattr(one, "__module__", "") == module.__name__ and name[0] != "_"
    }
    assert set(getattr(module, "__all__", own)) <= {*headings(f"{package}.md"), *headings("shared.md")}


@pytest.mark.parametrize("page", sorted(path.name for path in REFERENCE.glob("*.md")))
def test_every_link_leads_to_a_heading(page: str) -> None:
    text = (REFERENCE / page).read_text(encoding="utf-8")
    for file, anchor in re.findall(r"\]\(([\w.]*)(?:#(\w+))?\)", text):
        assert not anchor or anchor in [heading.lower() for heading in headings(file or page)]
        assert (REFERENCE / (file or page)).exists()


def test_what_options_share_is_told_once() -> None:
    page = (REFERENCE / "jellyfin.md").read_text(encoding="utf-8")
    sections = {part.partition("\n")[0]: part for part in page.split("\n## ")}
    assert page.count("- `static` (") == sections["AudioParams"].count("- `static` (") == 1
    assert "- `workers` (" in sections["DownloadAllOptions"]
    assert "\nThe rest: see [AudioParams](#audioparams).\n" in sections["DownloadAllOptions"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of a checkout as the reference is made of, which scripts/check holds to be as it should be."""
    for part in ("overlay", "scripts", "docs"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "library"))
    return tmp_path


def make(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, checkout / "scripts" / "_reference", *arguments], capture_output=True, text=True, check=False
    )


def pages(reference: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in reference.iterdir()}


def test_what_differs_is_named_and_made_again(checkout: Path) -> None:
    reference = checkout / "docs" / "reference"
    before = pages(reference)
    (reference / "errors.md").write_text(before["errors.md"].replace("429: too many", "429: many"), encoding="utf-8")
    (reference / "shared.md").unlink()
    (reference / "other.md").write_text("# Other\n", encoding="utf-8")
    source = checkout / "overlay" / "tonearm" / "subtitles" / "cue.py"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("An entry of a subtitle file", "One of them"), encoding="utf-8")  # a docstring
    found = make(checkout, "--check")
    assert found.returncode == 1
    assert re.findall(r"docs/reference/(\w+)\.md is not", found.stderr) == ["errors", "other", "shared", "subtitles"]
    source.write_text(text, encoding="utf-8")
    assert make(checkout).returncode == 0
    assert pages(reference) == before
