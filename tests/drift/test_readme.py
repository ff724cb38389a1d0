"""The README fits on few screens, and every example of the README and of docs/ runs alone, against the sandbox."""

import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from scripts import picture
from tonearm.cli import main
from tonearm.sandbox import Sandbox, start
from tonearm.sandbox.guide import services
from tonearm.sandbox.library import PACKAGED, items

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
TONEARM = Path(sys.executable).with_name("tonearm")
MADE = re.compile(r'"([\w-]+\.(?:flac|mp3|m4a|opus|srt))"')
"""The files that the Python examples name: each of them is read or written."""


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def examples() -> Iterator[object]:
    for page in PAGES:
        for number, code in enumerate(blocks(page, "python"), 1):
            yield pytest.param(code, id=f"{page.stem}-{number}")


def test_the_readme_begins_with_the_two_commands_and_ends_in_time() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 250
    for command in ("scripts/demo", "scripts/test"):
        assert any(line.startswith(f"$ {command}") for line in lines[:25])
        assert os.access(ROOT / command, os.X_OK)
    assert lines.index("```python") < lines.index("## Install")


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder that the demonstration makes, and what it prints; of few sentences, as each takes a second to hear."""
    place = tmp_path_factory.mktemp("place")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tonearm.cli._recording.SENTENCES", 6)
        for name, value in picture.terminal(place).items():
            patch.setenv(name, value)
        patch.chdir(place)
        # In this process, where speech that any test has recognised is not recognised again.
        with redirect_stdout(TextIOWrapper(BytesIO(), encoding="utf-8")) as printed:
            assert main(["demo"]) == 0
            printed.flush()
    return place / "tonearm-demo", printed.buffer.getvalue().decode()


@pytest.fixture(scope="module")
def sandbox(demonstration: tuple[Path, str]) -> Iterator[Sandbox]:
    with start(library=demonstration[0]) as running:
        yield running


def test_the_picture_shows_what_the_demonstration_prints(demonstration: tuple[Path, str]) -> None:
    """But for the numbers: another machine takes another time, and another encoder makes files of another size."""
    drawn, kept = (
        re.sub(r"[\d.,]+", "0", svg)
        for svg in (picture.draw(demonstration[1]), picture.PICTURE.read_text(encoding="utf-8"))
    )
    assert drawn == kept, "docs/demo.svg is out of date: .venv/bin/python scripts/picture.py"


def environment(sandbox: Sandbox, folder: Path) -> dict[str, str]:
    """What the sandbox says to export, and empty folders for what is stored."""
    exports = {name: value for service in services(sandbox.url) for name, value in service.environment.items()}
    homes = {"HOME": "home", "XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state"}
    return {**exports, **{name: str(folder / home) for name, home in homes.items()}}


@pytest.mark.parametrize("code", list(examples()))
def test_a_python_block_runs_alone(
    code: str, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(items(PACKAGED)[-1].path, tmp_path / "talk.flac")
    monkeypatch.chdir(tmp_path)
    for name, value in environment(sandbox, tmp_path).items():
        monkeypatch.setenv(name, value)
    root, log = logging.getLogger(), logging.getLogger("tonearm")
    before = root.handlers[:], log.level
    try:
        exec(compile(code, "example", "exec"), {"__name__": "__main__"})
    finally:
        root.handlers[:], level = before
        log.setLevel(level)
    assert {name for name in MADE.findall(code) if not (tmp_path / name).stat().st_size} == set()


def test_the_first_example_prints_what_stands_below_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with redirect_stdout(StringIO()) as printed:
        exec(blocks(README, "python")[0], {"__name__": "__main__"})
    assert printed.getvalue().strip() == blocks(README, "text")[0].strip()


def test_each_client_has_an_example() -> None:
    code = "".join(code for page in PAGES for code in blocks(page, "python"))
    clients = ["Aioz", "AsyncAioz", "Jellyfin", "AsyncJellyfin", "OpenAI", "AsyncOpenAI"]
    assert [name for name in clients if f"tonearm.{name}(" not in code] == []


JQ = """#!{python}
import json, sys
assert sys.argv[1:] == ["-r", ".id"], sys.argv
for line in sys.stdin: print(json.loads(line)["id"])
"""
"""What the examples use of jq, for where it is not installed."""


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "sh")], ids=lambda page: page.stem)
def test_the_shell_blocks_of_a_page_run_as_a_reader_pastes_them(
    page: Path, demonstration: tuple[Path, str], sandbox: Sandbox, tmp_path: Path
) -> None:
    programs, place = tmp_path / "programs", tmp_path / "place"
    programs.mkdir()
    (programs / "tonearm").symlink_to(TONEARM)
    if shutil.which("jq") is None:
        (programs / "jq").write_text(JQ.format(python=sys.executable))
        (programs / "jq").chmod(0o755)
    place.mkdir()
    (place / "tonearm-demo").symlink_to(demonstration[0])
    if page != README:  # which says where the recording is from
        shutil.copy(items(PACKAGED)[-1].path, place / "talk.flac")
    pasted = "".join(blocks(page, "sh"))
    done = subprocess.run(
        ["bash", "-e", "-x", "-o", "pipefail", "-c", pasted],
        cwd=place,
        env={"PATH": f"{programs}:{os.environ['PATH']}", "LANG": "C.UTF-8", **environment(sandbox, tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    made = re.findall(r"(?:-o|>) ([a-zA-Z][\w.-]+)", pasted)
    assert [name for name in made if not (place / name).exists()] == []
    if "talk.srt" in made:
        assert "history of\nmusic" in (place / "talk.srt").read_text(encoding="utf-8")
    for folder in {name for name in made if (place / name).is_dir()}:
        assert list((place / folder).glob("01 - *"))


def test_every_link_leads_to_a_file_and_a_heading() -> None:
    for page in [*PAGES, *ROOT.glob("*.md"), *ROOT.glob("examples/*.md"), *ROOT.glob("specs/*.md")]:
        for file, anchor in re.findall(r"\]\(([\w./-]*)(?:#([\w-]+))?\)", page.read_text(encoding="utf-8")):
            target = (page.parent / file).resolve() if file else page
            assert target.exists(), f"{page.name}: {file}"
            if anchor:
                headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
                assert anchor in [re.sub(r"[^\w -]", "", line).lower().replace(" ", "-") for line in headings]
