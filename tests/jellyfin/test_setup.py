"""Where a client sends, as whom, and that its token stays a secret."""

import logging
import platform
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest

from tests.inside.files import kept_text
from tests.inside.jellyfin import _credentials
from tests.jellyfin.ways import Way
from tests.wire.recorder import Recorder, answer
from tonearm import ConfigurationError, InvalidInput, Jellyfin, StatusError, __version__

ITEM = "4b3d2c1a-0f9e-4d8c-b7a6-958473625140"
HEAD = answer(content_type="audio/flac")


def authorization(way: Way, **settings: object) -> str:
    with Recorder([HEAD]) as server:
        way.call(server.url, lambda jf: jf.probe(ITEM), **settings)
    return server.requests[0].headers["authorization"]


def test_the_header_names_client_device_and_token(way: Way) -> None:
    found = authorization(way, token="secret", device_id='my "box", 1')
    assert found == (
        f'MediaBrowser Client="tonearm", Device="{platform.node()}", DeviceId="my%20%22box%22%2C%201", '
        f'Version="{__version__}", Token="secret"'
    )


def test_without_a_token_none_is_named(way: Way) -> None:
    assert "Token" not in authorization(way)


def test_a_host_without_a_name_is_tonearm(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "node", lambda: "")
    assert 'Device="tonearm"' in authorization(way)


def device(url: str = "http://nas", **settings: Any) -> str:
    with Jellyfin(url, **settings) as client:
        return client.url(ITEM, static=True).partition("deviceId=")[2]


def test_the_device_is_random_and_kept_for_each_server_with_the_state(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(_credentials, "_KNOWN", {})
    here, without = device(token="t"), device()
    assert here != without
    monkeypatch.setattr(_credentials, "_KNOWN", {})
    assert device("http://nas/base", token="other") == here
    assert device("http://nas:1", token="t") != here
    assert device() not in (here, without)
    assert device() == device()
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "tonearm/devices").iterdir()} == {0o600}
    for path in (tmp_path / "tonearm/devices").iterdir():
        path.write_text("damaged")
    assert device(token="t") == device()


@pytest.mark.parametrize("place", ["/dev/null", None])
def test_where_nothing_can_be_kept_the_device_is_that_of_the_process(
    place: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    if place is None:
        monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_STATE_HOME", place)
    assert device(token="t") == device(token="t")


def test_all_who_keep_a_text_at_once_get_the_same(tmp_path: Path) -> None:
    def make() -> str:
        (tmp_path / "id").write_text("first")
        return "second"

    assert kept_text(tmp_path / "id", make) == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["id"]


def test_the_user_of_the_environment_belongs_to_its_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JELLYFIN_URL", "http://nas")
    monkeypatch.setenv("JELLYFIN_USER_ID", f" {ITEM}\n")
    with Jellyfin() as own, Jellyfin("http://other") as other, Jellyfin(user_id="f" * 32) as given:
        assert own._access.user_id == str(UUID(ITEM))
        assert other._access.user_id is None
        assert given._access.user_id == str(UUID("f" * 32))
    monkeypatch.delenv("JELLYFIN_URL")
    with Jellyfin("http://any") as only:  # no server of the environment that it could belong to
        assert only._access.user_id == str(UUID(ITEM))
    monkeypatch.setenv("JELLYFIN_URL", "http://nas")
    monkeypatch.setenv("JELLYFIN_USER_ID", "no id")
    with pytest.raises(ConfigurationError):
        Jellyfin()


def test_a_key_that_was_read_from_a_file_may_end_with_a_line_feed(way: Way) -> None:
    assert authorization(way, token="secret\r\n").endswith('Token="secret"')


def test_address_and_token_of_the_environment_belong_together(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JELLYFIN_TOKEN", "ambient")
    with Recorder([HEAD] * 3) as server:
        monkeypatch.setenv("JELLYFIN_URL", server.url)
        way.call(None, lambda jf: jf.probe(ITEM))  # type: ignore[arg-type]
        way.call(server.url + "/base", lambda jf: jf.probe(ITEM))
        way.call(server.url, lambda jf: jf.probe(ITEM), token="given")
    tokens = [sent.headers["authorization"].partition("Token=")[2] for sent in server.requests]
    assert tokens == ['"ambient"', '"ambient"', '"given"']


def test_a_token_of_the_environment_is_left_unused_for_another_server_and_a_warning_says_so(
    way: Way, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("JELLYFIN_TOKEN", "ambient-secret")
    monkeypatch.setenv("JELLYFIN_URL", "http://home:8096")
    assert "Token" not in authorization(way)
    (warning,) = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert "JELLYFIN_TOKEN is left unused" in warning
    assert "ambient-secret" not in caplog.text


@pytest.mark.parametrize("url", [None, "", "nas:8096", "ftp://nas", "http://", "http://user:pw@nas", "http://nas?x=1"])
def test_a_base_url_that_cannot_be_used_is_refused(url: str | None, way: Way) -> None:
    with pytest.raises(ConfigurationError):
        way.call(url, lambda jf: jf.url(ITEM, static=True))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "settings",
    [
        {"token": ""},
        {"token": "two words"},
        {"token": "é"},
        {"token": 7},
        {"device_id": ""},
        {"device_id": 7},
        {"device_id": "\ud800"},
    ],
)
def test_a_token_or_device_that_cannot_be_one_is_refused(settings: dict[str, Any], way: Way) -> None:
    with pytest.raises(ConfigurationError):
        way.call("http://nas", lambda jf: jf.url(ITEM, static=True), **settings)


def test_a_token_that_a_server_echoes_is_scrubbed_in_either_form(
    way: Way, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "tonearm")
    token = "t%k/n"
    echo = answer(f"you sent {token} as t%25k%2Fn".encode(), status=401, content_type="text/plain")
    with Recorder([echo]) as server, pytest.raises(StatusError) as caught:
        way.call(server.url, lambda jf: jf.download(ITEM, tmp_path), token=token)
    shown = f"{caught.value} {caught.value!r} {caught.value.body} {caplog.text}"
    assert token not in shown
    assert token not in unquote(shown)


def test_no_repr_shows_the_token() -> None:
    with Jellyfin("http://nas", token="secret-token") as client:
        assert "secret-token" not in f"{client!r} {client._access!r} {client._wire!r}"


def test_settings_that_are_no_times_are_refused() -> None:
    with pytest.raises(ConfigurationError):
        Jellyfin("http://nas", timeout=0)
    assert issubclass(ConfigurationError, ValueError)
    assert not issubclass(ConfigurationError, InvalidInput)
