"""The commands in docs/command-line.md run as they stand, against the sandbox in place of the services."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tonearm import Aioz
from tonearm.sandbox import Sandbox
from tonearm.sandbox.library import PACKAGED, items

from .conftest import Cli

CLIP = items(PACKAGED)[-1]
PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
COMMANDS = [
    line.partition("  #")[0].strip()
    for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
    if not re.match(r"tonearm (aioz|jellyfin) login", line)  # they ask for what a person types
]


def test_the_page_shows_each_service() -> None:
    assert {line.split()[1] for line in COMMANDS} == {"aioz", "jellyfin", "openai", "doctor"}


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_runs(
    line: str, configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(CLIP.path, tmp_path / "talk.flac")
    (tmp_path / "talk.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n")
    (tmp_path / "chapter.txt").write_text("Hello.")
    with Aioz() as aioz:
        id = aioz.create("talk").id if "captions" in line else ""
    line = re.sub(r"\bID\b", id, re.sub(r"\b(ITEM|ALBUM)\b", CLIP.id.hex, line))
    done = cli(*shlex.split(line)[1:])
    assert done.code == 0, done.err


def test_the_exit_codes_are_all_there(cli: Cli) -> None:
    from tonearm.cli import _ends

    codes = {value for name, value in vars(_ends).items() if name.isupper() and isinstance(value, int)}
    told = PAGE.partition("Exit codes:")[2]
    assert {int(number) for number in re.findall(r"(?:^|[;.]\s)\s*(\d+) ", f"; {told}")} == {0, *codes}
