"""`tonearm state` and `config`: what is kept between commands is shown and removed, but never what is in use."""

import os
import time
from pathlib import Path

import pytest

from tests.inside.files import locked, open_log
from tonearm.sandbox import Fault, Sandbox

from .conftest import CLIP, Cli
from .test_settings import config, write

__all__ = ["config"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for state that holds one of each kind, eight days old, and something of another program."""
    monkeypatch.setenv("TONEARM_STATE", str(tmp_path / "own"))
    for name in ("aioz-upload-1.jsonl", "openai-recognition-2.jsonl", "openai-speech-3/log.jsonl", "results/a.srt"):
        (tmp_path / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "own" / name).write_text("12345")
    for name in ("openai-recognition-2.jsonl.pieces/1.flac", "devices/d", "notes.txt"):
        (tmp_path / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "own" / name).write_text("12345")
    before = time.time() - 8 * 86_400
    for path in (tmp_path / "own").rglob("*"):
        os.utime(path, (before, before))
    return tmp_path / "own"


KINDS = ["device", "result", "speech", "transcription", "transcription", "upload"]


def test_what_is_kept_is_listed(folder: Path, cli: Cli) -> None:
    listed = cli("state", "list", "--json").json
    assert sorted(one["kind"] for one in listed) == KINDS
    assert {round(one["days"]) for one in listed} == {8}
    assert all(Path(one["path"]).exists() and one["size"] >= 5 and not one["in_use"] for one in listed)
    assert "notes.txt" not in cli("state", "list").out


def test_cleaning_removes_what_is_old_and_nobody_uses(folder: Path, cli: Cli) -> None:
    assert cli("state", "clean").err.startswith("tonearm: nothing to remove")
    refused = cli("state", "clean", "--older", "7")
    assert (refused.code, "--yes" in refused.err) == (2, True)
    assert len(cli("state", "clean", "--older", "7", "--dry-run", "--json").json) == 5
    journal = folder / "openai-recognition-2.jsonl"
    with locked(journal, lambda: open_log(journal, create=False)):
        assert [one["in_use"] for one in cli("state", "list", "--json").json].count(True) == 2
        assert cli("state", "clean", "--older", "7", "--yes").code == 0
    left = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    kept = ["openai-recognition-2.jsonl", "openai-recognition-2.jsonl.pieces/1.flac"]
    assert left == ["devices/d", "notes.txt", *kept]
    assert cli("state", "clean", "--older", "7", "--yes").code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["devices", "notes.txt", "results"]


def test_what_is_taken_up_while_the_question_waits_is_left(
    folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = folder / "aioz-upload-1.jsonl"
    held: list[object] = []

    def ask(*_: object, **__: object) -> str:
        held.append(locked(journal, lambda: open_log(journal, create=False)))
        return "y"

    monkeypatch.setattr("tonearm.cli._login.ask", ask)
    done = cli("state", "clean", "--older", "7", "--json")
    assert journal.exists()
    assert str(journal) not in [one["path"] for one in done.json]
    held.pop().close()  # type: ignore[attr-defined]


def test_who_says_no_keeps_everything(folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(folder.rglob("*"))
    monkeypatch.setattr("tonearm.cli._login.ask", lambda *_, **__: "n")
    done = cli("state", "clean", "--older", "7")
    assert (done.code, done.err) == (1, "tonearm: nothing was removed\n")
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("days", ["-1", "nan"])
def test_an_age_that_makes_no_sense_is_wrong_usage(days: str, folder: Path, cli: Cli) -> None:
    assert cli("state", "clean", "--older", days, "--yes").code == 2
    assert (folder / "results" / "a.srt").exists()


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONEARM_STATE", str(tmp_path / "none"))
    done = cli("state", "list")
    assert (done.code, done.out, done.err) == (0, "", f"tonearm: nothing is kept in {tmp_path / 'none'}\n")
    assert not (tmp_path / "none").exists()


def test_the_folder_of_the_variable_is_used_by_every_service(
    tmp_path: Path, cli: Cli, configured: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONEARM_STATE", str(tmp_path / "own"))
    with configured.faults(Fault(path="*/part", status=501), unused_ok=True):
        assert cli("aioz", "upload", CLIP).code == 5
    assert [one["kind"] for one in cli("state", "list", "--json").json] == ["upload"]
    monkeypatch.setenv("TONEARM_STATE", "relative")
    refused = cli("aioz", "upload", CLIP)
    assert (refused.code, "TONEARM_STATE must be an absolute path" in refused.err) == (2, True)


def test_profiles_are_shown_without_their_keys(config: Path, cli: Cli) -> None:
    done = cli("config", "show")
    assert "no profile is stored" in done.err
    write(config, '[default.jellyfin]\nbase_url = "http://nas"\ntoken = "tok-123456"\nheaders = "X: canary"\n')
    done = cli("config", "show")
    assert "http://nas" in done.out
    assert done.out.count("***") == 2
    assert not [secret for secret in ("tok-123456", "canary") if secret in done.out]
    assert cli("config", "path").out == f"{config}\n"
