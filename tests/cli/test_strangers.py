"""In surroundings that few have: plain terminals, names in other encodings, Windows line ends, users without a home."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tonearm.sandbox import Sandbox

from .conftest import CLIP

PLAIN = {"LANG": "C", "LC_ALL": "C", "TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "40"}
NAMES = {"latin-1": "na\u00efve".encode("latin-1"), "shift-jis": "\u30c6\u30b9\u30c8".encode("shift-jis")}
SPEAK = ("openai", "speak", "text.txt", "-o", "said.mp3", "--model", "tts-1", "--voice", "alloy")


def tonearm(*words: object, cwd: Path, **env: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tonearm", *map(str, words)]
    surroundings = {**os.environ, **PLAIN, **env}
    return subprocess.run(command, cwd=cwd, env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("encoding", "utf8"),
    [
        ("shift-jis", "0"),
        ("latin-1", "1"),
        pytest.param("latin-1", "0", marks=pytest.mark.soak),
        pytest.param("shift-jis", "1", marks=pytest.mark.soak),
    ],
)
def test_a_file_may_be_named_in_any_encoding(encoding: str, utf8: str, configured: Sandbox, tmp_path: Path) -> None:
    stem = os.fsdecode(NAMES[encoding])
    (tmp_path / f"{stem}.flac").write_bytes(CLIP.read_bytes())
    made = tonearm("aioz", "upload", f"{stem}.flac", "--preset", "standard", cwd=tmp_path, PYTHONUTF8=utf8)
    assert (made.returncode, "Traceback" in made.stderr) == (0, False), made.stderr
    heard = tonearm(
        *("openai", "transcribe", f"{stem}.flac", "--model", "marker", "-o", "texts/"), cwd=tmp_path, PYTHONUTF8=utf8
    )
    assert (heard.returncode, "Traceback" in heard.stderr) == (0, False), heard.stderr
    assert [os.fsencode(path.name) for path in (tmp_path / "texts").iterdir()] == [NAMES[encoding] + b".txt"]


def test_lines_may_end_as_on_windows(configured: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_bytes(b"Yes.\r\n\r\nNo.\r\n")
    (tmp_path / "headers").write_bytes(b"X-One: 1\r\nX-Two: 2\r\n")
    assert tonearm(*SPEAK, "--header", "@headers", cwd=tmp_path).returncode == 0
    headers = dict(configured.requests[-1].headers)
    assert (headers["x-one"], headers["x-two"]) == ("1", "2")


def test_no_line_is_wider_than_the_terminal_but_what_people_copy(configured: Sandbox, tmp_path: Path) -> None:
    done = tonearm("openai", "speak", "--help", cwd=tmp_path)
    assert max(map(len, done.stdout.splitlines())) <= 40
    assert done.stdout.isascii()
    assert "\x1b" not in done.stdout


STRANGER = ("--reuid=54321", "--regid=54321", "--clear-groups", "--inh-caps=-all,+dac_read_search")
HOMES = {"no home": {}, "the root": {"HOME": "/"}, "none to write": {"HOME": "/usr"}, "not there": {"HOME": "/none"}}


@pytest.mark.soak
@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs root and setpriv, to be another user"
)
@pytest.mark.parametrize("home", HOMES)
def test_a_user_without_a_home_is_served_or_told_what_to_set(home: str, configured: Sandbox, tmp_path: Path) -> None:
    """As in containers: an unknown uid. It may read everything here, and write into its folder and nowhere else."""
    place = tmp_path / "work"
    place.mkdir(mode=0o777)
    place.chmod(0o777)
    for parent in place.parents:
        if parent.stat().st_mode & 0o005 != 0o005:
            parent.chmod(0o755)
    keys = {name: os.environ[name] for name in os.environ if name.startswith(("AIOZ_STREAM_", "JELLYFIN_", "OPENAI_"))}
    env = {"PATH": os.environ["PATH"], **keys, **HOMES[home]}

    def run(*words: object, **more: str) -> "subprocess.CompletedProcess[str]":
        program = ["setpriv", *STRANGER, "--ambient-caps=-all,+dac_read_search", sys.executable, "-m", "tonearm"]
        command = [*program, *map(str, words)]
        done = subprocess.run(command, cwd=place, env=env | more, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    (place / "text.txt").write_text("Yes. No.")
    upload = ("aioz", "upload", CLIP, "--preset", "standard")
    assert run("doctor").returncode == 0
    refused = run(*upload)
    assert (refused.returncode, "set TONEARM_STATE or XDG_STATE_HOME" in refused.stderr) == (2, True)
    assert run(*upload, "--no-state").returncode == 0
    assert run(*upload, TONEARM_STATE=str(place / "state")).returncode == 0
    item = json.loads(run("jellyfin", "search", "history", "--json").stdout)["id"]
    assert run("jellyfin", "download", item).returncode == 0
    assert (place / "history.flac").read_bytes() == CLIP.read_bytes()
    assert run("openai", "transcribe", CLIP, "--model", "marker", "-o", "talk.txt").returncode == 0
    assert run(*SPEAK).returncode == 0
    assert run("config", "show").returncode in (0, 2)
    assert run("state", "list").returncode in (0, 2)
    assert run("demo").returncode == 0
