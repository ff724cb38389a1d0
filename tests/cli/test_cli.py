import errno
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tonearm import InvalidInput, sandbox
from tonearm.cli import demo, main

from .conftest import CLIP


def test_sandbox_serves_until_ctrl_c(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tonearm", "sandbox", "--port", "0", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = next(line for line in process.stdout if "ready on" in line)
        url = line.split()[-1]
        assert httpx.get(f"{url}/jellyfin/System/Info/Public").status_code == 200
        process.send_signal(signal.SIGINT)
        _, problems = process.communicate()
    assert (process.returncode, problems) == (0, "")


def test_a_port_that_is_taken_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["sandbox", "--port", str(taken.getsockname()[1])]) == 1
    said = capsys.readouterr().err
    assert said == "tonearm: the port is taken by another program; choose one with --port, or 0 for any that is free\n"


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "made"
    file.touch()
    assert main(["demo", "--out", str(file)]) == 1
    assert capsys.readouterr().err == f"tonearm: {file}: File exists\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "Usage: tonearm"),
        (["sandbox", "--port", "x"], "'x' is not a valid int"),
        (["sandbox", "--port", "65536"], "65536 is not in the range"),
        (["sandbox", "--library", "/nowhere/at/all"], "does not exist"),
        (["sandbox", "--jellyfin", "9"], "'9' is not one of '10.11', '12.0'"),
        (["play"], "No such command 'play'"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert reason in capsys.readouterr().err


def test_library_must_be_a_folder_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: dict[str, object] = {}
    monkeypatch.setattr(sandbox, "serve", lambda **options: served.update(options))
    assert main(["sandbox", "--port", "0", "--library", str(tmp_path)]) == 0
    told = {"port": 0, "library": tmp_path, "data": None, "jellyfin": "10.11", "jellyfin_ids": "jellyfin"}
    assert served == {**told, "any_model": False, "quiet": False}


@pytest.mark.parametrize("command", ["demo", "sandbox"])
def test_a_missing_extra_is_named_with_the_line_to_install_it(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith(("tonearm.sandbox", "tonearm.cli.demo"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main([command]) == 2
    assert "pip install 'tonearm[sandbox]'" in capsys.readouterr().err


def test_errors_and_ctrl_c_end_with_a_line_and_a_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_out: Path, **_options: bool) -> None:
        raise KeyboardInterrupt

    def refused(_out: Path, **_options: bool) -> None:
        raise InvalidInput("no such thing")

    def failed(_out: Path, **_options: bool) -> None:
        raise OSError("odd")

    def full(_out: Path, **_options: bool) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(demo, "run", interrupted)
    assert main(["demo"]) == 130
    monkeypatch.setattr(demo, "run", refused)
    assert main(["demo"]) == 2
    for kind in (failed, full):
        monkeypatch.setattr(demo, "run", kind)
        assert main(["demo"]) == 1
    said = ["tonearm: interrupted", "tonearm: no such thing", "tonearm: odd", "tonearm: No space left on device"]
    assert capsys.readouterr().err.splitlines() == said


def test_version_is_the_package_s(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("tonearm 0.")


SHORT = """
import sys
from tonearm.cli import main
names = ("click", "numpy", "pygments", "rich.console", "sqlite3", "tomlkit")
code = main()
print([name for name in names if name in sys.modules], file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.usefixtures("configured", "unmeasured")
@pytest.mark.parametrize(
    "words",
    [("jellyfin", "search", "history", "--json"), ("openai", "transcribe", CLIP, "--model", "whisper-1", "--json")],
)
def test_a_short_command_loads_nothing_that_it_does_not_need(words: tuple[str | Path, ...]) -> None:
    done = subprocess.run([sys.executable, "-c", SHORT, *words], capture_output=True, text=True, check=True)
    assert (done.stdout.count("\n"), done.stderr) == (1, "[]\n")
