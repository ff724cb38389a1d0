"""The examples of the README and of docs/ run as they stand, against the sandbox in place of the services."""

import io
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jellyfin import shelf
from tonearm.sandbox import Sandbox, start
from tonearm.sandbox.library import PACKAGED, items

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CLIP = items(PACKAGED)[-1]
MADE = re.compile(r'"([\w-]+\.(?:flac|mp3|m4a|srt|ogg|wav))"')
CHAPTERS = "WEBVTT\n\n00:00.000 --> 00:02.000\nWelcome\n"


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def examples() -> Iterator[object]:
    """Each example, after the imports of those that stand before it on its page."""
    for page in PAGES:
        imports = ""
        for number, code in enumerate(blocks(page, "python"), 1):
            yield pytest.param(imports + code, id=f"{page.stem}-{number}")
            imports += "".join(re.findall(r"^(?:import|from) .*\n", code, re.MULTILINE))


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    library = tmp_path_factory.mktemp("library")
    shutil.copytree(PACKAGED, library, dirs_exist_ok=True)
    (library / "Demo").mkdir()
    shutil.copy(CLIP.path, library / "Demo" / "original.flac")
    for number in (1, 2):
        shelf.write(library / "Evenings" / f"{number}.flac", {"title": "Song", "track": str(number)}, 20 * number)
    with start(library=library) as running:
        yield running


def environment(sandbox: Sandbox, folder: Path) -> dict[str, str]:
    """What the sandbox says to export, and folders of one's own."""
    return {
        "AIOZ_STREAM_BASE_URL": sandbox.aioz_url,
        "AIOZ_STREAM_PUBLIC_KEY": "sandbox-public",
        "AIOZ_STREAM_SECRET_KEY": "sandbox-secret",
        "JELLYFIN_URL": sandbox.jellyfin_url,
        "JELLYFIN_TOKEN": "sandbox-token",
        "OPENAI_BASE_URL": sandbox.openai_url,
        "OPENAI_API_KEY": "sandbox-key",
        "HOME": str(folder / "home"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_STATE_HOME": str(folder / "state"),
    }


def here(code: str, sandbox: Sandbox) -> str:
    """An example with the sandbox in the place of the servers, keys and items that it names."""
    album = next(album for album in sandbox.jellyfin.catalogue.albums() if album.name == "Evenings")
    for said, meant in {
        'public_key="...", secret_key="..."': 'public_key="sandbox-public", secret_key="sandbox-secret", '
        f"base_url={sandbox.aioz_url!r}",
        'public_key="...", secret_key="wrong"': f'token="wrong", base_url={sandbox.aioz_url!r}',
        '"http://nas:8096", token="..."': f'{sandbox.jellyfin_url!r}, token="sandbox-token"',
        '"http://nas:8096", "ada", "secret"': f'{sandbox.jellyfin_url!r}, "sandbox", "sandbox"',
        '"http://localhost:8000/v1", api_key=""': f'{sandbox.openai_url!r}, api_key="sandbox-key"',
        '"6f1c2d3e-4b5a-4978-8c6d-1e2f3a4b5c6d"\n': f'"{CLIP.id}"\n',
        "6f1c2d3e4b5a49788c6d1e2f3a4b5c6d": album.id.hex,
    }.items():
        code = code.replace(said, meant)
    code = "\n".join(line.partition("  # ")[0] for line in code.splitlines())
    assert not re.search(r'nas:8096|localhost|"\.\.\."', code)
    return code


@pytest.mark.parametrize("code", list(examples()))
def test_an_example_runs(code: str, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in ("talk.flac", "lecture.flac", "meeting.m4a", "short.wav", "rede.ogg"):
        shutil.copy(CLIP.path, tmp_path / file)
    (tmp_path / "chapters.vtt").write_text(CHAPTERS)
    (tmp_path / "book.txt").write_text("A sentence. " * 350)
    monkeypatch.chdir(tmp_path)
    for name, value in environment(sandbox, tmp_path).items():
        monkeypatch.setenv(name, value)
    player = io.BytesIO()
    level = logging.getLogger("tonearm").level
    try:
        exec(here(code, sandbox), {"player": player})
    finally:
        logging.getLogger("tonearm").setLevel(level)
    assert {name for name in MADE.findall(code) if not (tmp_path / name).stat().st_size} == set()
    assert bool(player.getvalue()) == ("player" in code)


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


def test_the_recipes_run_line_by_line_as_a_new_user_would_paste_them(tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "tonearm").symlink_to(Path(sys.executable).with_name("tonearm"))
    if shutil.which("jq") is None:
        (programs / "jq").write_text(JQ.format(python=sys.executable))
        (programs / "jq").chmod(0o755)
    path = f"{programs}:{os.environ['PATH']}"
    subprocess.run([programs / "tonearm", "demo", "--out", tmp_path / "library/Demo"], check=True, capture_output=True)
    place = tmp_path / "place"
    place.mkdir()
    with start(library=tmp_path / "library") as sandbox:
        pasted = "".join(blocks(PAGES[0], "sh"))
        done = subprocess.run(
            ["bash", "-e", "-x", "-o", "pipefail", "-c", pasted],
            cwd=place,
            env={"PATH": path, "LANG": "C.UTF-8", **environment(sandbox, tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert {name for name in re.findall(r"(?:-o|>) ([a-zA-Z][\w.-]+)", pasted) if not (place / name).exists()} == set()
    assert "history of\nmusic" in (place / "talk.srt").read_text()
    assert len([*(place / "Demo").glob("0*.*")]) == len([*(place / "Demo-mp3").glob("0*.mp3")]) == 3
    assert re.search(r"^status +done$", done.stdout, re.MULTILINE)
