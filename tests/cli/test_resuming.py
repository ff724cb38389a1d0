"""The command to go on, and exit code 5, come together, exactly where something is kept and going on can help."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CLIP, Cli, Done
from tests.inside.base import is_kept, keeps, may_pass, with_notes
from tests.openai.recordings import recording
from tests.recipes.published import CHAPTERS, record
from tonearm import (
    ConnectionFailed,
    InvalidInput,
    Jellyfin,
    Progress,
    Unauthorized,
    UnexpectedAnswer,
    WorkInterrupted,
)
from tonearm.sandbox import Fault, Sandbox
from tonearm.sandbox.library import PACKAGED, items

ITEM = items(PACKAGED)[-1].id
REFUSED = (400, 401, 403, 404, 422)
PASSING = (429, 500, 503)
CODES = {401: 3, 403: 3, 404: 4}
QUICK = ("--retries", "0")
AT_ONCE = (*QUICK, "--wait-server", "0")
MARKER = ("--model", "marker-whisper")
SPEAK = ("--model", "tts-1", "--voice", "alloy")


def _long(folder: Path) -> list[object]:
    return [recording(folder, "wav", 1.0).path, *MARKER, "--piece", "20", *QUICK]


def _book(folder: Path) -> list[object]:
    text = folder / "book.txt"
    text.write_text("One.\n\nTwo.")
    return [text, "-o", folder / "book.mp3", *SPEAK, "--pauses", "0.1", "--workers", "1", *QUICK]


def _talk(folder: Path) -> list[object]:
    (folder / "talk.vtt").write_bytes(CHAPTERS)
    files = [record(folder / "talk.wav"), "--chapters", folder / "talk.vtt", "--language", "en"]
    return [*files, "--preset", "standard", *QUICK]


def _all(folder: Path) -> list[object]:
    with Jellyfin() as jellyfin:
        return [jellyfin.item(ITEM.hex).raw["ParentId"], "-o", folder / "copy", "--workers", "1", *AT_ONCE]


def _one(folder: Path) -> list[object]:
    return [ITEM.hex, "-o", folder / "clip.flac", *AT_ONCE]


Words = Callable[[Path], list[object]]
COMMANDS: dict[str, tuple[Words, str]] = {
    "openai transcribe": (_long, "*/transcriptions"),
    "openai translate": (_long, "*/translations"),
    "openai speak": (_book, "*/speech"),
    "aioz upload": (lambda _: [CLIP, "--part-size", 30_000, *QUICK], "*/part"),
    "aioz publish": (_talk, "*/chapters/en"),
    "jellyfin download": (_one, "*/stream"),
    "jellyfin keep": (_all, "*/stream"),
}
"""A command of several requests, and the path of those that fail."""

KEPT_BEFORE = ("aioz upload", "aioz publish")
"""Commands of which something is kept before the first of those requests: the object is made."""

CELLS = [
    *(("openai transcribe", status, True) for status in (*REFUSED, *PASSING)),
    *((command, status, True) for command in COMMANDS for status in (401, 422, 503)),
    *((command, 503, False) for command in COMMANDS),
]


def _run(command: str, status: int, kept: bool, box: Sandbox, cli: Cli, folder: Path) -> Done:
    make, path = COMMANDS[command]
    words = [*command.split(), *make(folder), "--json"]
    first: list[Fault] = []
    if kept and command == "jellyfin download":
        first = [Fault(path=path, drop_response=5_000)]
        with box.faults(*first):
            assert cli(*words).code == 5
    skip = 1 if kept and command not in (*KEPT_BEFORE, "jellyfin download") else 0
    with box.faults(Fault(path=path, skip=skip, times=None, status=status), unused_ok=True):
        return cli(*words)


@pytest.mark.parametrize(("command", "status", "kept"), sorted(set(CELLS)))
def test_the_command_to_go_on_is_printed_exactly_where_it_helps(
    command: str, status: int, kept: bool, configured: Sandbox, cli: Cli, tmp_path: Path
) -> None:
    done = _run(command, status, kept, configured, cli, tmp_path)
    said: dict[str, Any] = json.loads(done.err.splitlines()[-1])
    helps = status in PASSING and (kept or command in KEPT_BEFORE)
    assert said["exit_code"] == done.code == (5 if helps else CODES.get(status, 1)), done.err
    assert (said["resume"] is not None) == helps
    assert "again" not in (said["hint"] or "") or status in PASSING
    if helps:
        assert cli(*shlex.split(said["resume"])[1:]).code == 0


BULK: dict[str, tuple[Fault, int, bool]] = {
    "a key is refused after a job": (Fault(status=401, path="*/transcriptions", skip=1, times=None), 3, False),
    "a key is refused at once": (Fault(status=401, path="*/transcriptions", times=None), 3, False),
    "a job is refused": (Fault(status=400, path="*/transcriptions", skip=1, times=None), 1, False),
    "a server fails after a job": (Fault(status=500, path="*/transcriptions", skip=1, times=None), 5, True),
    "a server fails at once": (Fault(status=500, path="*/transcriptions", times=None), 1, False),
    "the quota is used up after a job": (
        Fault(
            status=429, path="*/transcriptions", skip=1, times=None, body=b'{"error": {"code": "insufficient_quota"}}'
        ),
        5,
        True,
    ),
}


@pytest.mark.parametrize("name", BULK)
def test_so_it_is_after_a_run_of_many_jobs(name: str, configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    fault, code, helps = BULK[name]
    archive = tmp_path / "archive"
    archive.mkdir()
    for number in range(2):
        record(archive / f"{number}.wav")
    words = ("bulk", "transcribe", archive, "-o", tmp_path / "texts", *MARKER, "--workers=1", "--attempts=1", "--json")
    with configured.faults(fault):
        done = cli(*words)
    assert done.code == code, done.err
    said = json.loads(done.err.splitlines()[-1]) if done.err.endswith("}\n") else {"resume": None}
    assert (said["resume"] is not None) == helps
    if helps:
        assert cli(*shlex.split(said["resume"])[1:]).code == 0


@pytest.mark.parametrize("kept", [False, True])
def test_ctrl_c_is_5_where_something_is_kept(
    kept: bool, configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(progress: Progress) -> None:
        if not kept or progress.unit == "pieces":
            raise KeyboardInterrupt

    monkeypatch.setattr("tonearm.cli._bars.Bars.of", lambda *_: stop)
    words = ["speak", *_book(tmp_path)] if kept else ["transcribe", record(tmp_path / "a.wav"), *MARKER]
    done = cli("openai", *words)
    assert (done.code, "to go on: tonearm openai speak" in done.err) == ((5, True) if kept else (130, False))


def test_so_is_a_full_disk(configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("tonearm._transfer.downloads.PartFile.finish", full)
        done = cli("jellyfin", "download", *_one(tmp_path))
    assert (done.code, "to go on: tonearm jellyfin download" in done.err) == (5, True)
    with monkeypatch.context() as patched:
        patched.setattr("tonearm._transfer.downloads.PartFile.start", full)
        done = cli("jellyfin", "download", *_one(tmp_path / "other"))
    assert (done.code, "to go on" in done.err) == (2, False), "there is no such folder"


def test_what_is_done_of_a_list_is_kept(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    for name in "abc":
        record(tmp_path / f"{name}.wav")
    files = [tmp_path / f"{name}.wav" for name in "abc"]
    for skip, code in ((0, 1), (1, 5)):
        fault = Fault(path="*/transcriptions", skip=skip, times=None, status=503)
        with configured.faults(fault):
            done = cli("openai", "transcribe", *files, *MARKER, *QUICK)
        assert (done.code, f"{files[1]} {files[2]}\n" in done.err) == (code, code == 5)


def test_after_a_refusal_the_hint_is_about_that(tmp_path: Path) -> None:
    refused = Unauthorized("no", method="GET", url="u", status=401)
    refused.add_note("a note")
    interrupted = with_notes(WorkInterrupted("no", done=1, total=2, state=tmp_path), refused)
    assert (interrupted.hint, interrupted.__notes__) == (refused.hint, ["a note"])


def test_what_may_pass_and_what_is_kept(tmp_path: Path) -> None:
    lost = ConnectionFailed("no", method="GET", url="u", sent=True)
    odd = UnexpectedAnswer("no", method="GET", url="u", status=200, headers={}, body="")
    odd.__cause__ = InvalidInput("not audio")
    assert [may_pass(error) for error in (lost, odd, InvalidInput("x"), KeyboardInterrupt(), OSError(28, "full"))] == [
        True,
        True,
        False,
        True,
        True,
    ]
    work = WorkInterrupted("no", done=0, total=2, state=tmp_path)
    assert (is_kept(work), is_kept(keeps(work)), is_kept(lost)) == (False, True, False)
