"""The commands that docs/command-line.md shows at a prompt run against the sandbox, and it has every exit code."""

import re
import shlex
from pathlib import Path

import pytest

from tonearm import Aioz
from tonearm.sandbox import Sandbox
from tonearm.sandbox.library import PACKAGED, items

from .conftest import Cli

CLIP = items(PACKAGED)[-1]
PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
COMMANDS = [
    line.partition("  #")[0].partition(" | ")[0].strip()
    for line in re.findall(r"^\$ (tonearm .*)$", PAGE, re.MULTILINE)
    if " login" not in line and "--profile" not in line  # they need what a person types
]


def test_the_page_has_commands_with_ids() -> None:
    assert {line.split()[2] for line in COMMANDS} >= {"download", "keep", "stream", "url", "captions"}


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_runs(
    line: str, configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.flac").write_bytes(CLIP.path.read_bytes())
    (tmp_path / "talk.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n")
    with Aioz() as aioz:
        media = aioz.upload(CLIP.path, preset="standard", wait="download" in line)
        if "PLAYLIST" in line:
            line = line.replace("PLAYLIST", aioz.create_playlist("Talks").id)
    line = re.sub(r"\bID\b", media.id, re.sub(r"\b(ITEM|ALBUM|ARTIST)\b", CLIP.id.hex, line))
    done = cli(*shlex.split(line)[1:])
    assert done.code == 0, done.err
    with Aioz() as aioz:  # or the sandbox would call them while other tests run
        for webhook in aioz.webhooks():
            aioz.delete_webhook(webhook.id)


def test_the_exit_codes_are_all_there(cli: Cli) -> None:
    from tests.inside.cli import _ends

    codes = {value for name, value in vars(_ends).items() if name.isupper() and isinstance(value, int)}
    listed = PAGE.partition("## Exit codes")[2]
    assert {int(number) for number in re.findall(r"^\| (\d+) \|", listed, re.MULTILINE)} == {0, *codes}
