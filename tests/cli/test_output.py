"""Tables, JSON and bars: on a terminal of any width, and where there is none."""

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from uuid import UUID

import pytest
from attrs import field, frozen
from rich.cells import cell_len

from tests.inside.cli import Bars, _bars, _fit, _inputs, _out
from tonearm import InvalidInput, Progress
from tonearm.sandbox import Sandbox

from .conftest import CLIP, Cli


@frozen
class Thing:
    name: str
    size: int | None = None
    at: datetime | None = None
    where: Path | None = None
    parts: tuple[int, ...] = ()
    raw: dict[str, object] = field(factory=dict[str, object])
    request_id: str | None = None


COLUMNS: _out.Columns = {"name": lambda thing: thing.name, "size": lambda thing: _out.size(thing.size)}


def test_what_is_printed_as_json_is_what_the_library_returns_without_the_raw_answer() -> None:
    thing = Thing("a", 1, datetime(2026, 1, 2, tzinfo=UTC), Path("x"), (1, 2), {"secret": 1}, "id")
    assert _out.plain({"one": [thing], "id": UUID(int=1)}) == {
        "one": [{"name": "a", "size": 1, "at": "2026-01-02T00:00:00+00:00", "where": "x", "parts": [1, 2]}],
        "id": "00000000-0000-0000-0000-000000000001",
    }


@pytest.mark.parametrize(
    ("count", "said"),
    [(None, None), (0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (52_428_800, "52.4 MB"), (3 * 10**9, "3.0 GB")],
)
def test_bytes_are_said_in_the_unit_that_fits(count: int | None, said: str | None) -> None:
    assert _out.size(count) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(None, None), (0, None), (4.4, "0:04"), (61, "1:01"), (3600.2, "1:00:00")]
)
def test_durations_are_said_as_on_a_clock(seconds: float | None, said: str | None) -> None:
    assert _out.clock(seconds) == said


def test_a_table_is_as_wide_as_it_has_to_be_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    long = "x" * 300
    _out.items([Thing(long, 1), Thing("日本", None)], COLUMNS, json=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == f"{long}  1 B"
    assert lines[2] == "日本"
    assert [len(line) == len(line.rstrip()) for line in lines] == [True] * 3


def test_a_table_that_does_not_fit_the_terminal_becomes_blocks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "12")
    _out.items([Thing("a name of 20 letters", 1), Thing("short", None)], COLUMNS, json=False)
    assert capsys.readouterr().out == "name  a name of 20 letters\nsize  1 B\n\nname  short\n"
    monkeypatch.setenv("COLUMNS", "40")
    _out.items([Thing("short", 1)], COLUMNS, json=False)
    assert capsys.readouterr().out == "name   size\nshort  1 B\n"


LISTED = ["id", "title", "status", "created"]
LONG = "A title that is long, and longer than most, so that few terminals have room for it"
ROWS = [["b" * 36, LONG, "done", "2026-01-02 03:04"], ["c" * 36, "日本語の題" * 9, "new", ""]]


@pytest.mark.parametrize(
    ("columns", "left_out"),
    [
        (300, ()),
        (100, ()),
        (76, ()),
        (75, ("created",)),
        (58, ("created",)),
        (57, ("status", "created")),
        (50, ("status", "created")),
        (49, None),
        (10, None),
    ],
)
def test_a_table_is_cut_column_by_column(columns: int, left_out: tuple[str, ...] | None) -> None:
    fitted = _fit.table(LISTED, ROWS, columns)
    if left_out is None:
        assert fitted is None
        return
    assert fitted is not None
    assert fitted.left_out == left_out
    assert max(map(cell_len, fitted.lines)) <= columns
    assert [line.split()[0] for line in fitted.lines] == ["id", "b" * 36, "c" * 36], "no id is cut"
    assert (LONG in fitted.lines[1]) is (columns == 300)
    assert ("\N{HORIZONTAL ELLIPSIS}" in fitted.lines[1]) is (columns < 300)


def test_a_column_that_people_copy_from_is_not_left_out() -> None:
    assert _fit.table(["kind", "age", "path"], [["upload", "2 d", "/a/path/that/is/long"]], 20) is None
    fitted = _fit.table(["kind", "age", "path"], [["upload", "2 d", "/a/path/that/is/long"]], 33)
    assert fitted is not None
    assert fitted.left_out == ()


def test_where_the_terminal_has_no_ellipsis_another_mark_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    fitted = _fit.table(LISTED, ROWS[:1], 76)
    assert fitted is not None
    assert "~" in fitted.lines[1]


def test_columns_that_are_left_out_are_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "9")
    columns: _out.Columns = {"id": lambda _: "1", "title": lambda _: "a", "size": lambda _: "12 MB"}
    _out.items([Thing("x")], columns, json=False)
    said = capsys.readouterr()
    assert said.out == "id  title\n1   a\n"
    assert said.err == "tonearm: no room for size: a wider terminal or --json shows all columns\n"


@pytest.mark.parametrize("columns", [40, 72, 100, 200])
def test_help_is_as_wide_as_the_terminal_but_no_wider_than_people_read(
    columns: int, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    longest = 0
    for words in ([], ["aioz"], ["aioz", "upload"], ["jellyfin", "download"], ["openai", "speak"], ["bulk", "upload"]):
        lines = cli(*words, "--help").out.splitlines()
        longest = max(longest, *map(len, lines))
        assert [line for line in lines if len(line) > min(columns, 100) and len(line.split()) > 1] == []
    assert longest > min(columns, 100) - 8


def test_nothing_found_is_nothing_printed(capsys: pytest.CaptureFixture[str]) -> None:
    _out.items([], COLUMNS, json=False)
    _out.items([], COLUMNS, json=True)
    _out.item(Thing(""), {"size": lambda thing: thing.size}, json=False)
    assert capsys.readouterr().out == ""


def in_terminal(command: list[str], columns: int, results: IO[bytes] | None = None) -> tuple[int, str]:
    """Run a program on a terminal of so many columns; its exit code, and what the terminal got.

    Standard output goes there too, or into a file.
    """
    parent, child = pty.openpty()
    env = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
    with subprocess.Popen(command, stdin=child, stdout=results or child, stderr=child, env=env) as process:
        os.close(child)
        got = b"".join(_blocks(parent))
    os.close(parent)
    return process.returncode, got.decode().replace("\r\n", "\n")


def _blocks(descriptor: int) -> Iterator[bytes]:
    while True:
        try:
            block = os.read(descriptor, 65536)
        except OSError:  # the last program on the terminal has ended
            return
        yield block


def test_on_a_narrow_terminal_no_id_is_cut(configured: Sandbox, cli: Cli) -> None:
    made = cli("aioz", "upload", CLIP, "--json").json[0]["id"]
    code, said = in_terminal([sys.executable, "-m", "tonearm", "aioz", "list"], 40)
    assert code == 0
    assert ["id", made] in [line.split() for line in said.splitlines()]
    code, said = in_terminal([sys.executable, "-m", "tonearm", "--help"], 40)
    assert code == 0
    assert max(map(len, said.splitlines())) <= 40


def test_a_slow_upload_has_a_bar_on_a_terminal_and_results_stay_readable(configured: Sandbox) -> None:
    command = [sys.executable, "-c", SLOW, "aioz", "upload", str(CLIP), "--part-size=20000"]
    code, said = in_terminal(command, 100)
    assert code == 0
    assert "upload " in said
    assert "part 4/4" in said
    assert "79.9/79.9 kB" in said
    assert ["title", "history.flac"] in [line.split() for line in said.splitlines()]


@pytest.mark.parametrize(("columns", "part"), [(40, ""), pytest.param(80, "part 4/4", marks=pytest.mark.soak)])
def test_a_long_name_leaves_room_for_the_numbers(columns: int, part: str, configured: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / f"{'a long name ' * 12}.flac"
    file.write_bytes(CLIP.read_bytes())
    command = [sys.executable, "-c", SLOW, "aioz", "upload", str(file), "--part-size=20000"]
    code, said = in_terminal(command, columns)
    assert (code, "79.9/79.9 kB" in said, part in said) == (0, True, True)
    assert "a long" in said


def test_results_go_to_a_pipe_also_while_a_bar_is_on_the_terminal(configured: Sandbox, tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as out:
        command = [sys.executable, "-c", SLOW, "aioz", "upload", str(CLIP), "--part-size=20000", "--json"]
        code, said = in_terminal(command, 100, out)
    assert (code, "upload " in said) == (0, True)
    assert json.loads((tmp_path / "out").read_text())["title"] == "history.flac"
    assert '"title"' not in said


SLOW = "import sys; from tonearm.cli import _bars, main; _bars.PATIENCE = 0.0; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_bars, "seen", lambda: True)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")  # for rich


def test_without_a_terminal_there_is_no_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(_bars, "_bar", lambda: 1 // 0)
    with Bars() as bars:
        assert bars.of("x") is None
        bars.wait("x")
    assert capsys.readouterr().err == ""


def test_a_bar_is_shown_after_a_second(terminal: None) -> None:
    now = [0.0]
    with Bars(clock=lambda: now[0]) as bars:
        report = bars.of("file")
        assert report is not None
        report(Progress("upload", 10, 100))
        assert bars._bar is None
        now[0] = 1.0
        report(Progress("upload", 20, 100, part=1, parts=2))
        assert bars._bar is not None
        (task,) = bars._bar.tasks
        assert (task.description, task.completed, task.total) == ("upload file", 20, 100)
        assert task.fields == {"bytes": True, "count": "", "part": "part 1/2"}


@pytest.mark.parametrize(
    ("at", "in_bytes", "count"),
    [
        (Progress("download", 10, None), True, ""),
        (Progress("speak", 10, None), True, ""),
        (Progress("speak", 1, 4, parts=4, unit="pieces"), False, "1/4 pieces"),
        (Progress("encode", 2, 4, parts=4, unit="pieces"), False, "2/4 pieces"),
        (Progress("transcribe", 30, 90, parts=3, unit="seconds"), False, "30/90 seconds"),
    ],
)
def test_a_bar_counts_in_the_unit_of_the_report(
    at: Progress, in_bytes: bool, count: str, terminal: None, capsys: pytest.CaptureFixture[str]
) -> None:
    now = iter((0.0, 5.0))
    with Bars(clock=lambda: next(now)) as bars:
        report = bars.of("file")
        assert report is not None
        report(at)
        report(at)
        assert bars._bar is not None
        assert bars._bar.tasks[0].fields == {"bytes": in_bytes, "count": count, "part": ""}
        bars._bar.refresh()
    assert f"{at.phase} file" in capsys.readouterr().err


def test_what_is_waited_for_is_one_line(terminal: None) -> None:
    with Bars() as bars:
        bars.wait("one: new")
        bars.wait("one: transcoding")
        assert bars._bar is not None
        assert [task.description for task in bars._bar.tasks] == ["one: transcoding"]


def test_audio_is_nothing_for_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(InvalidInput, match="audio cannot be shown in a terminal"):
        _out.audio()


def test_a_pattern_stands_for_what_it_matches_unless_a_file_has_that_name(tmp_path: Path) -> None:
    for name in ("b.wav", "a.wav", "[x].wav"):
        (tmp_path / name).touch()
    assert _inputs.files([f"{tmp_path}/?.wav"]) == [f"{tmp_path}/a.wav", f"{tmp_path}/b.wav"]
    assert _inputs.files([f"{tmp_path}/[x].wav", "-"]) == [f"{tmp_path}/[x].wav", "-"]


def test_a_text_must_be_there_and_be_text(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"\xef\xbb\xbfhello")
    (tmp_path / "audio").write_bytes(b"\xff\xf3")
    assert _inputs.read_text(str(tmp_path / "text")) == "hello"
    with pytest.raises(InvalidInput, match="is no text in UTF-8"):
        _inputs.read_text(str(tmp_path / "audio"))
    with pytest.raises(InvalidInput, match="there is no file"):
        _inputs.read_text(str(tmp_path / "nothing"))


def test_what_is_printed_beside_a_bar_stays_on_standard_output(
    terminal: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with Bars() as bars:
        bars.wait("one")
        print("result")
        assert capsys.readouterr().out == "result\n"
