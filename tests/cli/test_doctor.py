"""`tonearm doctor`: what it finds, against servers that are well and servers that are not."""

import shutil
import time
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import keyring
import pytest

from tonearm.cli import doctor
from tonearm.sandbox import Fault, Sandbox

from .conftest import Cli, Done
from .test_settings import Ring


def found(done: Done, service: str) -> dict[str, dict[str, Any]]:
    """The findings of a service, by what was looked at."""
    return {one["check"]: one for one in done.json if one["service"] == service}


def test_all_is_well(configured: Sandbox, cli: Cli) -> None:
    done = cli("doctor", "--json")
    assert (done.code, done.err) == (0, "")
    assert [one for one in done.json if one["ok"] is False] == []
    aioz, jellyfin = found(done, "aioz"), found(done, "jellyfin")
    assert aioz["configured"]["detail"] == f"environment: {configured.aioz_url}"
    assert aioz["key"]["ok"] is True
    assert aioz["clock"]["detail"] == "agrees"
    assert jellyfin["version"]["detail"] == "tonearm sandbox: Jellyfin Server 10.11.11"
    assert jellyfin["tested"]["ok"] is True
    assert jellyfin["audio"]["detail"] == "works; an original is audio/flac, and a download of it resumes"
    assert jellyfin["key"]["detail"].startswith("works; the user is ")
    assert all(one.keys() == {"service", "check", "ok", "detail", "next"} for one in done.json)
    rows = [line.split() for line in cli("doctor").out.splitlines()]
    assert ["aioz", "key", "ok", "works;"] in [row[:4] for row in rows]


def test_people_read_a_line_for_each_finding_on_a_terminal_of_any_width(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    lines = cli("doctor").out.splitlines()
    assert lines[:4] == [
        "aioz      configured  -      nothing is set",
        "                      next   tonearm aioz login",
        "jellyfin  configured  -      nothing is set",
        "                      next   tonearm jellyfin login URL",
    ]


def test_what_is_not_set_up_is_no_failure_but_has_a_next_step(cli: Cli) -> None:
    done = cli("doctor", "--json")
    assert done.code == 0
    for service, step in (("aioz", "tonearm aioz login"), ("jellyfin", "tonearm jellyfin login URL")):
        (finding,) = found(done, service).values()
        assert (finding["ok"], finding["detail"], finding["next"]) == (None, "nothing is set", step)


def test_a_profile_that_is_named_must_be_there(cli: Cli) -> None:
    done = cli("doctor", "--json", "--profile", "work")
    assert done.code == 1
    assert "the profile 'work' has no settings for AIOZ Stream" in found(done, "aioz")["configured"]["detail"]


@pytest.mark.parametrize(
    ("text", "service", "detail"),
    [
        ("[default.aioz]\nkeyring = true", "aioz", "the keyring has no key for AIOZ Stream"),
        ('[default.jellyfin]\ntoken = "t"', "jellyfin", "does not say where the server is"),
    ],
)
def test_half_a_configuration_is_no_missing_one(
    text: str, service: str, detail: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", Ring())
    path = tmp_path / "config" / "tonearm" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    path.chmod(0o600)
    done = cli("doctor", "--json")
    assert done.code == 1
    (finding,) = found(done, service).values()
    assert (finding["ok"], detail in finding["detail"]) == (False, True)
    assert finding["next"].startswith(f"tonearm {service} login")


def test_a_profile_of_the_environment_is_named_too(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONEARM_PROFILE", "work")
    finding = found(cli("doctor", "--json"), "openai")["configured"]
    assert (finding["ok"], finding["next"]) == (False, "tonearm openai login --profile work")


def test_a_configuration_that_cannot_be_read_is_a_finding(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "config" / "tonearm" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[default")
    done = cli("doctor", "--json")
    assert done.code == 1
    assert found(done, "aioz")["configured"]["next"] == "repair the configuration"


def test_half_a_pair_of_keys_is_a_finding(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIOZ_STREAM_PUBLIC_KEY", "p")
    done = cli("doctor", "--json")
    assert done.code == 1
    finding = found(done, "aioz")["configured"]
    assert "the environment has no whole key of AIOZ Stream" in finding["detail"]
    assert finding["next"].startswith("set AIOZ_STREAM_PUBLIC_KEY and AIOZ_STREAM_SECRET_KEY, or AIOZ_STREAM_TOKEN")


def test_a_key_that_is_refused_is_told_with_the_way_to_another(
    configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIOZ_STREAM_SECRET_KEY", "canary-1")
    monkeypatch.setenv("JELLYFIN_TOKEN", "canary-2")
    done = cli("doctor", "--json")
    assert done.code == 1
    for service in ("aioz", "jellyfin"):
        checks = found(done, service)
        assert (checks["answers"]["ok"], checks["key"]["ok"]) == (True, False)
        assert checks["key"]["next"].startswith("correct the environment: ")
    assert "AIOZ_STREAM_SECRET_KEY" in found(done, "aioz")["key"]["next"]
    assert "canary" not in done.out


def test_a_server_that_does_not_answer_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch, configured: Sandbox) -> None:
    for name in ("AIOZ_STREAM_BASE_URL", "JELLYFIN_URL", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    done = cli("doctor", "--json")
    assert done.code == 1
    for service in ("aioz", "jellyfin"):
        answers = found(done, service)["answers"]
        assert (answers["ok"], answers["next"]) == (False, "see that the server runs and the address is right")


def test_a_server_of_another_kind_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch, configured: Sandbox) -> None:
    monkeypatch.setenv("JELLYFIN_URL", configured.openai_url)
    monkeypatch.setenv("AIOZ_STREAM_BASE_URL", configured.jellyfin_url)
    done = cli("doctor", "--json")
    assert done.code == 1
    assert found(done, "aioz")["answers"]["next"] == "see that the address is the service's base URL"
    assert "many servers are below a path" in found(done, "jellyfin")["answers"]["next"]


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_in_trouble_has_the_right_address(status: int, cli: Cli, configured: Sandbox) -> None:
    with configured.faults(Fault(path="*/models", status=status)):
        answers = found(cli("doctor", "--json"), "openai")["answers"]
    assert (answers["ok"], answers["next"]) == (False, "try again later")


def test_a_page_in_place_of_models_is_a_wrong_address_and_another_shape_is_not(cli: Cli, configured: Sandbox) -> None:
    with configured.faults(Fault(path="*/models", status=200, body=b"<html>", headers={"content-type": "text/html"})):
        answers = found(cli("doctor", "--json"), "openai")["answers"]
    assert answers["ok"] is False
    for status, body in ((200, b"{}"), (404, b'{"detail": "Not Found"}')):
        with configured.faults(Fault(path="*/models", status=status, body=body)):
            told = found(cli("doctor", "--json"), "openai")
        assert (told["answers"]["ok"], told["models"]["ok"]) == (True, None)


def test_a_jellyfin_without_a_token_answers(cli: Cli, monkeypatch: pytest.MonkeyPatch, configured: Sandbox) -> None:
    monkeypatch.delenv("JELLYFIN_TOKEN")
    key = found(cli("doctor", "--json"), "jellyfin")["key"]
    assert (key["ok"], key["next"]) == (None, "correct the environment: JELLYFIN_URL, JELLYFIN_TOKEN")


@pytest.mark.parametrize(("status", "ok"), [(400, True), (500, False)])
def test_an_api_key_belongs_to_no_user(status: int, ok: bool, configured: Sandbox, cli: Cli) -> None:
    with configured.faults(Fault(path="*/Users/Me", status=status)):
        assert found(cli("doctor", "--json"), "jellyfin")["key"]["ok"] is ok


@pytest.mark.parametrize(
    ("path", "answer", "check", "ok", "detail"),
    [
        ("*/System/Info/Public", {"body": b'{"Version": "10.9.1"}'}, "tested", None, "tonearm follows Jellyfin"),
        ("*/Items", {"body": b'{"Items": [], "TotalRecordCount": 0}'}, "audio", None, "the library has no audio"),
        ("*/Items", {"status": 403}, "audio", False, "403"),
    ],
)
def test_what_a_library_lacks_is_told(
    path: str, answer: dict[str, Any], check: str, ok: bool | None, detail: str, configured: Sandbox, cli: Cli
) -> None:
    given = {"status": 200, "times": None, "content_type": "application/json", **answer}
    with configured.faults(Fault(path=path, **given)):
        finding = found(cli("doctor", "--json"), "jellyfin")[check]
    assert (finding["ok"], detail in finding["detail"]) == (ok, True)


@pytest.mark.parametrize(("behind", "said"), [(3600, "behind"), (-3600, "ahead of")])
def test_a_clock_that_is_wrong_is_told(
    behind: float, said: str, configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "time", SimpleNamespace(time=lambda: time.time() - behind))
    clock = found(cli("doctor", "--json"), "aioz")["clock"]
    assert (clock["ok"], clock["next"]) == (False, "set this machine's clock")
    assert f"{said} the server" in clock["detail"]


def test_a_server_without_a_date_says_nothing_of_the_clock() -> None:
    answers = doctor._Answers()
    answers.note(SimpleNamespace(headers={"date": "yesterday"}))
    assert answers.skew is None


def test_what_is_missing_on_the_machine_is_no_failure(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> NoReturn:
        raise PackageNotFoundError

    monkeypatch.setattr(doctor, "version", missing)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    done = cli("doctor", "--json")
    assert done.code == 0
    machine = found(done, "machine")
    assert machine["PyAV"]["next"] == "pip install 'tonearm[media]'"
    assert (machine["ffmpeg"]["ok"], machine["flite"]["ok"]) == (None, None)


def test_it_says_through_which_proxy_a_server_is_asked(
    configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = configured.aioz_url.split(":")[2].partition("/")[0]
    monkeypatch.setenv("HTTP_PROXY", f"http://user:hidden@127.0.0.1:{port}")
    proxy = found(cli("doctor", "--json"), "aioz")["proxy"]
    assert (proxy["ok"], proxy["detail"]) == (None, f"http://127.0.0.1:{port}, which HTTP_PROXY names")


def test_a_proxy_that_cannot_be_used_is_a_finding(
    configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks4://127.0.0.1:1080")
    done = cli("doctor", "--json")
    assert done.code == 1
    for service in ("aioz", "jellyfin", "openai"):
        (finding,) = found(done, service).values()
        assert (finding["check"], finding["ok"], finding["next"]) == (
            "proxy",
            False,
            "set that variable right, or unset it",
        )
        assert finding["detail"].startswith("ALL_PROXY names a proxy of the kind socks4")
