import errno
import io
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer

from tests.inside.cli import _app, _ends, _report, _settings
from tonearm import Forbidden, InvalidInput, NotFound, UploadInterrupted, WorkInterrupted, sandbox
from tonearm.cli import main
from tonearm.sandbox import Sandbox

from .conftest import CLIP, Cli

HEAVY = ("av", "httpx", "keyring", "platformdirs", "rich", "tonearm_generated")
GROUPS = ("aioz", "jellyfin", "openai")


LIGHT = [
    ["--help"],
    ["--version"],
    ["aioz", "--help"],
    ["aioz", "upload", "--help"],
    ["aioz", "upload"],
    ["aioz", "upload", "--workers", "many", "x.wav"],
    ["aiosz"],
    ["completions", "bash"],
    [],
]


def loaded_after(*runs: list[str]) -> list[list[str]]:
    """Which heavy modules are loaded after each of several runs of the command, in a process of their own."""
    code = (
        "import sys; from tonearm.cli import main; loaded = []\n"
        f"for words in {runs!r}: main(words); loaded.append([name for name in {HEAVY!r} if name in sys.modules])\n"
        "print(loaded, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return eval(done.stderr.splitlines()[-1])  # type: ignore[no-any-return]


@pytest.mark.usefixtures("unmeasured")
def test_help_and_wrong_usage_load_nothing_that_is_heavy() -> None:
    assert loaded_after(*LIGHT) == [[]] * len(LIGHT)


def test_every_command_has_help_that_says_what_it_prints_or_has_an_example(cli: Cli) -> None:
    for group in GROUPS:
        module = import_module(f"tonearm.cli.{group}")
        assert all(command.callback.__doc__ for command in module.app.registered_commands)
        done = cli(group, "--help")
        assert done.code == 0
        assert done.err == ""
        assert f"Usage: tonearm {group}" in done.out
        for command in module.app.registered_commands:
            name = command.name or command.callback.__name__
            assert f"  {name} " in done.out
            assert cli(group, name, "--help").code == 0
            words = " ".join(command.callback.__doc__.split())
            assert (
                words.startswith(("Print ", "List ", "Show ", "Remove "))
                or f"Example: tonearm {group} {name} " in words
            )


def test_no_line_of_the_help_is_cut(cli: Cli) -> None:
    for group in [(), *((group,) for group in GROUPS)]:
        commands = cli(*group, "--help").out.partition("Commands:")[2]
        assert commands
        assert not [line for line in commands.splitlines() if line.endswith("...")]


@pytest.mark.parametrize(
    ("group", "first"),
    [
        ("aioz", ["login", "upload", "list", "show"]),
        ("jellyfin", ["login", "search", "show", "download"]),
        ("openai", ["login", "transcribe", "speak"]),
    ],
)
def test_what_people_need_first_stands_first(group: str, first: list[str], cli: Cli) -> None:
    lines = cli(group, "--help").out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines[: len(first)]] == first
    assert "Start with `tonearm demo`" in cli("--help").out


def test_keys_are_no_options(cli: Cli) -> None:
    """What stands on a command line is seen by every user of the machine."""
    for group in GROUPS:
        for command in import_module(f"tonearm.cli.{group}").app.registered_commands:
            name = command.name or command.callback.__name__
            said = cli(group, name, "--help").out
            assert not {"--api-key", "--secret-key", "--public-key", "--password"} & set(said.split())


@pytest.mark.parametrize("words", [["aioz", "upload"], ["aioz", "play"], ["aioz", "list", "--nothing"]], ids=" ".join)
def test_wrong_usage_is_told_in_plain_text(words: list[str], cli: Cli) -> None:
    done = cli(*words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: tonearm aioz")
    assert "\nError: " in done.err
    assert "╭" not in done.err


@pytest.mark.parametrize(
    ("error", "resumable", "code"),
    [
        (InvalidInput("x"), False, 2),
        (Forbidden("x", method="GET", url="u", status=403), False, 3),
        (_settings.NotConfigured("x", "y"), False, 3),
        (NotFound("x", method="GET", url="u", status=404), False, 4),
        (UploadInterrupted("x", done=1, total=2, id="a"), True, 5),
        (UploadInterrupted("x", done=1, total=2, id="a"), False, 1),
        (WorkInterrupted("x", done=1, total=2, state=Path("s")), True, 5),
        (KeyboardInterrupt(), True, 5),
        (KeyboardInterrupt(), False, 130),
        (typer.Abort(), False, 130),
        (OSError(errno.ENOSPC, "full"), False, 1),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_each_end_has_its_code(error: BaseException, resumable: bool, code: int) -> None:
    assert _report.code(error, resumable=resumable) == code


def test_what_nobody_expected_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setattr(sandbox, "serve", lambda **_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        cli("sandbox")


def test_what_a_server_says_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    _ends.say("a \x1b[2Jtitle\u009b\u202e")
    assert capsys.readouterr().err == "tonearm: a \ufffd[2Jtitle\ufffd\ufffd\n"


TO_INSTALL = "\ntonearm: what to do: pip install 'tonearm[sandbox]', or in a checkout: pip install '.[sandbox]'"


@pytest.mark.parametrize(
    ("missing", "command", "code", "said"),
    [
        ("typer", "sandbox", 1, "typer is missing; install it with: pip install 'tonearm[cli]'"),
        (
            "rich",
            "demo",
            2,
            f"the sandbox needs rich{TO_INSTALL}",
        ),
        (
            "av",
            "demo",
            2,
            f"the sandbox needs av{TO_INSTALL}",
        ),
        (
            "uvicorn",
            "sandbox",
            2,
            f"the sandbox needs uvicorn{TO_INSTALL}",
        ),
    ],
)
def test_without_the_extra_the_line_to_install_it_is_printed(missing: str, command: str, code: int, said: str) -> None:
    """Also where Python is started without the package's own script."""
    program = f"import sys; sys.modules[{missing!r}] = None; import runpy; sys.argv = ['tonearm', {command!r}]; "
    for start in ("runpy.run_module('tonearm', run_name='__main__')", "from tonearm.cli import main; sys.exit(main())"):
        done = subprocess.run([sys.executable, "-c", program + start], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (code, "")
        assert done.stderr == f"tonearm: {said}\n"


def test_another_module_that_is_missing_is_no_extra(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    def broken(**_: object) -> None:
        raise ModuleNotFoundError("no module", name="tonearm.sandbox.nothing")

    monkeypatch.setattr(sandbox, "serve", broken)
    with pytest.raises(ModuleNotFoundError, match="no module"):
        cli("sandbox")


def test_a_stream_that_is_no_file_is_written_to_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    assert main(["--version"]) == 0
    assert out.getvalue().startswith("tonearm ")


def test_ctrl_c_before_a_command_runs_is_a_line(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_app, "_command", interrupted)
    done = cli("demo")
    assert (done.code, done.err) == (130, "tonearm: interrupted\n")


@pytest.mark.parametrize("shell", ["zsh", "fish"])  # bash takes them below
def test_completions_are_printed_for_each_shell(shell: str, cli: Cli) -> None:
    done = cli("completions", shell)
    assert done.code == 0
    assert "_TONEARM_COMPLETE" in done.out
    assert f"complete_{shell}" in done.out


def test_a_shell_completes_words_of_commands_that_were_not_loaded_yet(
    monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.setenv("_TONEARM_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "tonearm aioz u")
    monkeypatch.setenv("COMP_CWORD", "2")
    with pytest.raises(SystemExit) as end:
        cli()
    assert end.value.code == 0


def test_bash_takes_the_completions(tmp_path: Path) -> None:
    script = (
        f'eval "$({sys.executable} -m tonearm completions bash)"; tonearm() {{ {sys.executable} -m tonearm "$@"; }}; '
        "COMP_WORDS=(tonearm aioz u); COMP_CWORD=2; _tonearm_completion tonearm; echo ${COMPREPLY[@]}"
    )
    binary = tmp_path / "tonearm"
    binary.write_text(f'#!/bin/sh\nexec {sys.executable} -m tonearm "$@"\n')
    binary.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.split() == ["upload", "unfinished", "update"]


def test_a_reader_who_has_seen_enough_is_no_news(configured: Sandbox) -> None:
    """The pipe's other end is closed before a byte is read; the results are more than a pipe holds."""
    for words in (["aioz", "list", "--dry-run"], ["aioz", "--help"], ["completions", "bash"]):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            [sys.executable, "-m", "tonearm", *words], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
        )
        os.close(writing)
        assert (done.returncode, done.stderr) == (1, "")


def test_a_pipe_that_breaks_at_the_very_end_fails_quietly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken() -> None:
        raise BrokenPipeError

    with (tmp_path / "pipe").open("w") as file:
        monkeypatch.setattr("sys.stdout", SimpleNamespace(flush=broken, fileno=file.fileno))
        assert _ends.flushed(0) == 1


def test_results_that_the_terminal_cannot_write_are_escaped(configured: Sandbox) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    words = ["aioz", "upload", str(CLIP), "--title", "Größe 日本", "--dry-run"]
    done = subprocess.run(
        [sys.executable, "-m", "tonearm", *words], capture_output=True, text=True, check=True, env=env
    )
    assert "Gr\\xf6\\xdfe \\u65e5\\u672c" in done.stdout


def test_what_an_error_adds_is_said_too(capsys: pytest.CaptureFixture[str]) -> None:
    error = InvalidInput("too large", hint="cut it")
    error.add_note("it has 9 bytes")
    assert _report.report(error, {}) == 2
    assert capsys.readouterr().err == "tonearm: too large\ntonearm: it has 9 bytes\ntonearm: what to do: cut it\n"
