"""What the library says, in the words of the command line."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.inside.cli import _app
from tonearm.errors import Unauthorized, WorkInterrupted
from tonearm.sandbox import Fault, Sandbox

from .conftest import CLIP, Cli
from .test_settings import config, stdin, write

__all__ = ["config"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--part-size", "0"], "--part-size must be between 1 and 200000000, got 0"),
        (["--preset", "higest"], "--preset must be one of "),
        (["--max-price", "1"], "--max-price must be given together with a preset: "),
        (["--title", "x" * 256], "--title must be 1 to 255 characters long, got "),
    ],
)
def test_a_refused_argument_is_named_as_its_option(words: list[str], said: str, configured: Sandbox, cli: Cli) -> None:
    done = cli("aioz", "upload", CLIP, *words)
    assert (done.code, done.err.startswith(f"tonearm: {said}")) == (2, True)
    error = json.loads(cli("aioz", "upload", CLIP, *words, "--json").err.splitlines()[-1])
    assert (error["error"], error["argument"], error["exit_code"]) == ("InvalidInput", words[0], 2)
    assert error["message"].startswith(said)
    assert error["expected"] in error["message"]
    assert error["value"] == (None if len(words[1]) > 200 else type(error["value"])(words[1]))


def test_an_argument_that_is_no_option_keeps_the_words_of_the_library(cli: Cli, configured: Sandbox) -> None:
    done = cli("jellyfin", "lyrics", "no id")
    due = "32 hexadecimal digits, with or without dashes, or at most 128 letters, digits and any of - . _ ~"
    assert done.err == f"tonearm: item_id must be {due}, got 'no id'\n"


def test_hints_and_notes_are_printed_and_in_the_json(configured: Sandbox, cli: Cli) -> None:
    with configured.faults(Fault(path="*/media/create", status=503, times=99)):
        lines = cli("aioz", "upload", CLIP).err.splitlines()
        *_, last = cli("aioz", "upload", CLIP, "--json").err.splitlines()
    error = json.loads(last)
    assert "may have been made all the same: resume the journal " in error["notes"][-1]
    note = error["notes"][-1].partition(": ")[0]
    assert len([line for line in lines if line.startswith(f"tonearm: {note}: ")]) == 2  # the warning, and the note
    assert "tonearm: what to do: try again later" in lines
    assert (error["error"], error["status"], error["hint"]) == ("ServiceFailed", 503, "try again later")
    assert error["resume"].startswith("tonearm aioz ")
    with configured.faults(Fault(path="*", status=404)):
        assert cli("aioz", "show", "id").err.splitlines()[-1] == "tonearm: what to do: check the id"


def test_a_near_word_is_said_once(configured: Sandbox, cli: Cli) -> None:
    done = cli("aioz", "upload", CLIP, "--preset", "higest")
    assert done.err.splitlines()[-1] == "tonearm: what to do: did you mean 'highest'?"
    assert done.err.count("did you mean") == 1


def test_nothing_of_the_command_searches_the_words_of_the_library() -> None:
    """What is shown comes from the fields of an error."""
    modules = Path(_app.__file__).parent.glob("*.py")
    searching = {path.name for path in modules if re.search(r"^(import|from) re\b", path.read_text(), re.MULTILINE)}
    assert searching == set()


def test_doctor_names_options_too(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JELLYFIN_URL", "http://me:canary@nas")
    finding = next(one for one in cli("doctor", "--json").json if one["service"] == "jellyfin")
    assert finding["detail"] == "JELLYFIN_URL: the base URL must not hold a user name or password"
    assert finding["next"] == "correct the environment: JELLYFIN_URL, JELLYFIN_TOKEN"


@pytest.mark.parametrize(
    ("words", "variables"),
    [
        (["aioz", "list"], "AIOZ_STREAM_BASE_URL, AIOZ_STREAM_PUBLIC_KEY, AIOZ_STREAM_SECRET_KEY, AIOZ_STREAM_TOKEN"),
        (["aioz", "show", "id"], "AIOZ_STREAM_BASE_URL, AIOZ_STREAM_PUBLIC_KEY, AIOZ_STREAM_SECRET_KEY, "),
        (["jellyfin", "search"], "JELLYFIN_URL, JELLYFIN_TOKEN"),
        (["openai", "models"], "OPENAI_BASE_URL, OPENAI_API_KEY"),
    ],
)
def test_a_command_whose_key_is_refused_says_what_to_do(
    words: list[str], variables: str, configured: Sandbox, cli: Cli
) -> None:
    with configured.faults(Fault(path="*", status=401)):
        done = cli(*words)
    assert done.code == 3
    assert f"tonearm: what to do: correct the environment: {variables}" in done.err


def test_the_login_that_helps_is_told(configured: Sandbox, config: Path, cli: Cli) -> None:
    write(config, f'[work.jellyfin]\nbase_url = "{configured.jellyfin_url}"\ntoken = "wrong"\n')
    done = cli("jellyfin", "search", "--profile", "work")
    login = f"tonearm jellyfin login {configured.jellyfin_url} --profile work --token"
    assert (done.code, done.err.splitlines()[-1]) == (3, f"tonearm: what to do: {login}")


def test_work_that_a_refused_key_stopped_says_so_too(
    configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        refused = Unauthorized("no", method="GET", url="u", status=401)
        raise WorkInterrupted("stopped", done=1, total=2, state=Path("s")) from refused

    monkeypatch.setattr("tonearm.Aioz.get", stopped)
    done = cli("aioz", "show", "id")
    assert done.code == 3
    assert "tonearm: stopped\ntonearm: what to do: correct the environment" in done.err


@pytest.mark.parametrize(
    ("environment", "words", "said"),
    [
        (
            {"OPENAI_BASE_URL": "http://x/v1"},
            ["openai", "models"],
            "no key of OpenAI\ntonearm: what to do: set OPENAI_API_KEY (empty,",
        ),
        (
            {"AIOZ_STREAM_SECRET_KEY": "s"},
            ["aioz", "list"],
            "no whole key of AIOZ Stream\ntonearm: what to do: set AIOZ_STREAM_PUBLIC_KEY",
        ),
        ({"AIOZ_STREAM_BASE_URL": "http://x"}, ["aioz", "list"], "environment has no key of AIOZ Stream"),
        (
            {"JELLYFIN_TOKEN": "t"},
            ["jellyfin", "search"],
            "does not say where the server is\ntonearm: what to do: set JELLYFIN_URL",
        ),
        (
            {"OPENAI_API_KEY": "k"},
            ["openai", "models", "--base-url", "http://x/v1"],
            (
                "not to http://x/v1\ntonearm: what to do: keep that server's own: "
                "tonearm openai login --profile NAME --base-url http://x/v1"
            ),
        ),
    ],
)
def test_a_key_that_is_missing_ends_with_3(
    environment: dict[str, str], words: list[str], said: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = cli(*words)
    assert (done.code, said in done.err) == (3, True)
    assert "=," not in done.err.replace("OPENAI_API_KEY=,", "")


@pytest.mark.parametrize("text", ['[work.aioz]\npublic_key = "p"\n', "[work.aioz]\n", "[work.openai]\nvoice = 'x'\n"])
def test_a_profile_without_a_whole_key_takes_none_of_the_environment(
    text: str, configured: Sandbox, config: Path, cli: Cli
) -> None:
    write(config, text)
    service, command = ("aioz", "list") if "aioz" in text else ("openai", "models")
    done = cli(service, command, "--profile", "work")
    missing = "no whole key" if "public_key" in text else "no key"
    assert (done.code, f"profile 'work' has {missing} of" in done.err) == (3, True)


@pytest.mark.parametrize("how", ["environment", "arguments"])
def test_an_empty_key_is_for_a_server_without_keys(
    how: str, box: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    if how == "environment":
        monkeypatch.setenv("OPENAI_BASE_URL", box.openai_url)
    words = ["--base-url", box.openai_url] if how == "arguments" else []
    done = cli("openai", "models", *words)
    assert "has no key" not in done.err
    assert box.requests[-1].path.endswith("/models")
    assert "authorization" not in {name.lower() for name, _ in box.requests[-1].headers}


MISSING = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("answer", ["n\n", "\n", "what\n"])
def test_what_is_not_deleted_is_told(
    answer: str, configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin(monkeypatch, answer)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    done = cli("aioz", "delete", MISSING)
    asked = f"Delete {MISSING}, which does not exist? [y/N]: "
    assert (done.code, done.err) == (1, f"{asked}tonearm: nothing was deleted\n")


@pytest.mark.parametrize(
    ("closed", "out", "err"),
    [(">&-", "", "set up"), ("2>&-", "", ""), ("<&-", "", "nobody can be asked"), ("<&- >&- 2>&-", "", "")],
)
def test_a_standard_stream_may_be_closed(closed: str, out: str, err: str) -> None:
    """Nothing goes to another stream instead, and nothing is torn."""
    words = "aioz login" if closed == "<&-" else "aioz list"
    command = f'"{sys.executable}" -m tonearm {words} {closed}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, env={**os.environ})
    assert done.returncode == (2 if closed == "<&-" else 3)
    assert (done.stdout, "Traceback" in done.stderr) == (out, False)
    assert (err in done.stderr) if err else done.stderr == ""


def test_a_result_nobody_takes_is_no_failure(configured: Sandbox) -> None:
    command = f'"{sys.executable}" -m tonearm aioz list --json >&-'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_python_lacks_of_the_streams_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    real, lowest = os.open, [2, 1]
    monkeypatch.setattr(sys, "stdin", None)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", lambda *words: lowest.pop() if lowest else real(*words))
        _app._open_closed()
    assert (lowest, sys.stdin.mode, sys.stdin.fileno()) == ([], "r", 0)
