"""The options that every command of a service takes: how its server is asked, and how much is said."""

import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.inside.cli import app
from tests.wire.recorder import HOLD, Recorder, answer
from tonearm.sandbox import Fault, Sandbox

from .conftest import CLIP, Cli
from .test_settings import Ring, config, ring, stdin, write

__all__ = ["config", "ring"]

SECRET = "cf-secret-0123456789"
HEADER = f"CF-Access-Client-Secret: {SECRET}"
SERVER = answer(json={"Version": "10.11.11", "Items": [], "TotalRecordCount": 0})
SEARCH = ("jellyfin", "search", "--profile=default")


def profile(url: str) -> str:
    return f'[default.jellyfin]\nbase_url = "{url}"\ntoken = "tok-123456"\n'


def leaves(group: Any, words: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        found += leaves(command, (*words, name)) if hasattr(command, "list_commands") else [(*words, name)]
    return found


def test_every_command_of_a_service_takes_them(cli: Cli) -> None:
    from typer.main import get_command

    commands = [words for words in leaves(get_command(app)) if words[0] in ("aioz", "jellyfin", "openai")]
    assert len(commands) > 30
    for words in commands:
        said = cli(*words, "--help").out
        assert [option for option in ("--timeout", "--header", "--quiet") if option not in said] == [], words


def test_headers_of_the_command_and_of_a_file_go_with_each_request(cli: Cli, config: Path, tmp_path: Path) -> None:
    lines = tmp_path / "headers"
    lines.write_text(f"# of the team\n{HEADER}\n\nX-Two: 2\n")
    with Recorder([SERVER]) as server:
        write(config, profile(server.url))
        assert cli(*SEARCH, "--header", f"@{lines}", "--header", "X-One: 1").code == 0
    sent = server.requests[0].headers
    assert (sent["cf-access-client-secret"], sent["x-one"], sent["x-two"]) == (SECRET, "1", "2")


@pytest.mark.parametrize("line", ["no colon", ": value", "Name:", "@missing", "Name: ä", "Authorization: x"])
def test_a_header_that_cannot_be_sent_is_wrong_usage(line: str, cli: Cli, config: Path) -> None:
    write(config, profile("http://127.0.0.1:9"))
    done = cli(*SEARCH, "--header", line)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "header" in done.err


@pytest.mark.parametrize("words", [["--retries", "0"], ["--retries", "2"], []])
def test_retries_are_counted(words: list[str], cli: Cli, config: Path) -> None:
    broken = answer(b"", status=500)
    with Recorder([broken] * 9) as server:
        write(config, profile(server.url))
        assert cli(*SEARCH, *words).code == 1
    assert len(server.requests) == (int(words[1]) + 1 if words else 4)


def test_a_timeout_and_a_deadline_end_a_call(cli: Cli, config: Path) -> None:
    for words in (["--timeout", "0.05", "--retries", "0"], ["--deadline", "0.05"]):
        with Recorder([(HOLD,)]) as server:
            write(config, profile(server.url))
            done = cli(*SEARCH, *words)
        assert done.code == 1
        assert "stayed silent too long" in done.err or "deadline" in done.err


@pytest.mark.parametrize("words", [["--retries", "-1"], ["--timeout", "0"], ["--timeout", "nan"], ["--deadline", "-1"]])
def test_numbers_that_make_no_sense_are_wrong_usage(words: list[str], cli: Cli, config: Path) -> None:
    write(config, profile("http://127.0.0.1:9"))
    assert cli(*SEARCH, *words).code == 2


def test_requests_are_shown_on_request_without_any_secret(cli: Cli, config: Path) -> None:
    cookie = answer(json={"Items": [], "TotalRecordCount": 0}, headers={"Set-Cookie": "sess=one-1", "X-Echo": SECRET})
    with Recorder([cookie] * 3) as server:
        write(config, profile(server.url))
        silent, shown, whole = (cli(*SEARCH, "--header", HEADER, *words) for words in ([], ["-v"], ["-vv"]))
    assert silent.err == ""
    assert f"GET {server.url}/Items -> 200" in shown.err
    assert "> cf-access-client-secret: ***" in whole.err.lower()
    assert "> authorization: ***" in whole.err.lower()
    assert "< set-cookie: ***" in whole.err
    assert "< x-echo: ***" in whole.err
    for done in (silent, shown, whole):
        assert not [secret for secret in (SECRET, "tok-123456", "one-1") if secret in done.err]


def test_quiet_leaves_results_and_errors(cli: Cli, configured: Sandbox, tmp_path: Path) -> None:
    assert cli("aioz", "upload", CLIP, "--title", "T", "-q").err == ""
    missing = cli("jellyfin", "show", "0" * 32, "-q")
    assert (missing.code, "404" in missing.err) == (4, True)
    assert cli("state", "clean").err != ""
    assert cli("state", "clean", "-q").err == ""


def test_the_command_that_resumes_has_the_options_but_no_secret(
    cli: Cli, configured: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with configured.faults(Fault(path="*/part", status=503, times=99), unused_ok=True):
        done = cli("aioz", "upload", CLIP, "--retries", "0", "--header", HEADER, "-q")
    assert done.code == 5
    assert "--retries=0 '--header=CF-Access-Client-Secret: $TONEARM_HEADER_CF_ACCESS_CLIENT_SECRET' --quiet" in done.err
    assert "set TONEARM_HEADER_CF_ACCESS_CLIENT_SECRET to the value of the header CF-Access-Client-Secret" in done.err
    assert SECRET not in done.err
    words = shlex.split(done.err.splitlines()[-1].removeprefix("to go on: tonearm "))
    unset = cli(*words)
    assert (unset.code, "TONEARM_HEADER_CF_ACCESS_CLIENT_SECRET, which is not set" in unset.err) == (2, True)
    monkeypatch.setenv("TONEARM_HEADER_CF_ACCESS_CLIENT_SECRET", SECRET)
    with configured.faults(Fault(path="*/part", status=503, times=99), unused_ok=True):
        done = cli(*words)
    assert (done.code, shlex.split(done.err.splitlines()[-1])[3:]) == (5, ["tonearm", *words])
    assert cli(*words).code == 0


def test_login_stores_what_a_proxy_wants_and_commands_use_it(
    cli: Cli, config: Path, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Recorder([SERVER] * 4) as server:  # a login asks, too
        for keyring in ([], ["--keyring"]):
            stdin(monkeypatch, "tok-123456\n")
            login = ("jellyfin", "login", server.url, "--token", "--key-stdin", *keyring)
            assert cli(*login, "--header", HEADER).code == 0
            stored = tomllib.loads(config.read_text())["default"]["jellyfin"]
            assert (SECRET in str(stored)) is not bool(keyring)
            assert cli(*SEARCH).code == 0
            assert cli("jellyfin", "logout").code == 0
            assert SECRET not in f"{config.read_text()} {ring.kept}"
    assert [asked.headers.get("cf-access-client-secret") for asked in server.requests] == [SECRET] * 4


def test_headers_in_the_keyring_go_to_no_other_server(
    cli: Cli, config: Path, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def login(url: str, *words: str) -> None:
        stdin(monkeypatch, "tok-123456\n")
        assert cli("jellyfin", "login", url, "--token", "--key-stdin", *words).code == 0

    with Recorder([SERVER] * 5) as server:
        login("http://first.invalid", "--keyring", "--header", HEADER)
        login(server.url, "--keyring")
        assert cli(*SEARCH).code == 0
        login(server.url, "--keyring", "--header", HEADER)
        login(server.url)  # from the keyring to the file
        assert cli(*SEARCH).code == 0
    asked = [one.headers.get("cf-access-client-secret") for one in server.requests]
    assert asked == [None, None, SECRET, SECRET, SECRET]  # a login asks, too
    assert not ring.kept


def test_a_header_of_the_command_takes_the_place_of_that_of_the_profile(cli: Cli, config: Path) -> None:
    with Recorder([SERVER]) as server:
        write(config, profile(server.url) + 'headers = "cf-access-client-secret: old-0123"\n')
        assert cli(*SEARCH, "--header", "X-One: 1", "--header", HEADER).code == 0
    assert server.requests[0].headers["cf-access-client-secret"] == SECRET


def test_the_doctor_goes_on_after_headers_that_are_none(cli: Cli, config: Path) -> None:
    write(config, profile("http://127.0.0.1:9") + 'headers = "nothing"\n')
    done = cli("doctor", "--profile=default")
    assert (done.code, "'Name: value'" in done.out, "PyAV" in done.out) == (1, True, True)


def test_the_query_of_a_request_shows_no_secret(cli: Cli, config: Path) -> None:
    there = "https://storage.invalid/a?X-Amz-Signature=sig-0123&Token=one-0123&page=7"
    with Recorder([answer(status=302, headers={"Location": there})]) as server:
        write(config, profile(server.url))
        said = cli(*SEARCH, "-v", "-v").err
    assert "Signature=***&Token=***&page=7" in said
    assert "0123" not in said


def test_a_certificate_of_a_profile_is_shown_and_one_that_is_missing_is_named(cli: Cli, config: Path) -> None:
    write(config, profile("http://127.0.0.1:9") + 'certificate = "/nowhere/me.pem"\n')
    for words in (SEARCH, ("doctor", "--profile=default")):
        done = cli(*words)
        assert done.code in (1, 2)
        assert "/nowhere/me.pem" in done.out + done.err
