"""`login` and `logout`: which profile they change, what stays of it, and what they say about it."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.inside.cli import _config, _store, _toml
from tonearm import Jellyfin, Unauthorized
from tonearm.sandbox import Fault, Sandbox, start

from .conftest import Cli
from .test_settings import Ring, config, ring, stdin, write

__all__ = ["config", "ring"]

OWN = """[default.openai]
base_url = "http://own:1/v1"
api_key = "own-key"
organization = "org"
voice = "coral"
"""
OPENAI = ["openai", "login"]


def stored(config: Path, profile: str = "default", service: str = "openai") -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(config.read_text())[profile][service]
    return found


def test_login_and_logout_mean_the_profile_of_the_environment(
    config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(config, OWN)
    monkeypatch.setenv("TONEARM_PROFILE", "work")
    stdin(monkeypatch, "work-key\n")
    done = cli(*OPENAI, "--key-stdin")
    assert "as profile 'work'" in done.err
    assert (stored(config)["api_key"], stored(config, "work")) == ("own-key", {"api_key": "work-key"})
    assert cli("openai", "logout").err == "tonearm: forgotten: openai in profile 'work'\n"
    assert cli("openai", "logout").err == "tonearm: nothing is stored for openai in profile 'work'\n"
    assert config.read_text() == OWN


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        (["--voice", "alloy"], {"voice": "alloy"}),
        (["--speech-model", "tts-1"], {"speech_model": "tts-1"}),
        (["--voice", ""], {"voice": None}),
        (["--voice", "alloy", "--base-url", "http://own:1/v2"], {"voice": "alloy", "base_url": "http://own:1/v2"}),
        (["--key-stdin"], {"api_key": "new-key"}),
        (["--no-key"], {"api_key": ""}),
    ],
    ids=" ".join,
)
def test_what_login_is_not_given_stays_as_it_is(
    words: list[str], changes: dict[str, str | None], config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(config, OWN)
    stdin(monkeypatch, "new-key\n")
    assert cli(*OPENAI, *words).code == 0
    expected = tomllib.loads(OWN)["default"]["openai"] | changes
    assert stored(config) == {name: value for name, value in expected.items() if value is not None}


def test_a_kept_address_is_told(config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    write(config, OWN)
    stdin(monkeypatch, "new-key\n")
    said = cli(*OPENAI, "--key-stdin").err
    assert "tonearm: it is for http://own:1/v1, as before; --base-url names another server\n" in said
    assert "`tonearm doctor` shows whether it works" in said
    assert "as before" not in cli(*OPENAI, "--voice", "alloy").err


def test_only_a_server_of_ones_own_takes_no_key(config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tonearm.cli._login.ask", lambda *_, **__: "")
    refused = cli(*OPENAI)
    assert (refused.code, "--no-key" in refused.err, config.exists()) == (2, True, False)
    write(config, OWN)
    assert cli(*OPENAI).code == 0
    assert stored(config)["api_key"] == ""


@pytest.mark.parametrize("text", ["", "[default.openai]\nvoice = 'x'\n", OWN])
def test_no_stored_key_goes_to_another_server(
    text: str, config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is what belonged to the other server kept: its account would be told to a stranger."""
    write(config, text)
    words = [*OPENAI, "--base-url", "http://new:1/v1", "--voice", "alloy"]
    stdin(monkeypatch, "")
    done = cli(*words)
    assert (done.code, done.err) == (2, "tonearm: nobody can be asked: --key-stdin reads standard input\n")
    assert config.read_text() == text
    done = cli(*words, "--no-key")
    assert stored(config) == {"base_url": "http://new:1/v1", "api_key": "", "voice": "alloy"}
    assert ("tonearm: its settings for http://own:1/v1 are removed\n" in done.err) == (text == OWN)


def test_the_new_key_of_a_pair_takes_the_place_of_a_token(
    config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(config, '[default.aioz]\nbase_url = "http://own"\ntoken = "t"\n')
    stdin(monkeypatch, "p\ns\n")
    assert cli("aioz", "login", "--key-stdin").code == 0
    assert stored(config, service="aioz") == {"base_url": "http://own", "public_key": "p", "secret_key": "s"}


def test_settings_alone_leave_the_keyring_as_it_is(
    config: Path, cli: Cli, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin(monkeypatch, "canary\n")
    assert cli(*OPENAI, "--key-stdin", "--keyring").code == 0
    assert cli(*OPENAI, "--voice", "alloy").code == 0
    assert stored(config) == {"keyring": True, "voice": "alloy"}
    assert ring.kept == {("tonearm", "default.openai.api_key"): "canary"}


@pytest.mark.parametrize("broken", ["", "get"])
def test_a_key_that_moves_to_the_file_leaves_the_keyring(
    broken: str, config: Path, cli: Cli, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin(monkeypatch, "canary\n")
    assert cli(*OPENAI, "--key-stdin", "--keyring").code == 0
    ring.broken = broken
    stdin(monkeypatch, "plain\n")
    assert cli(*OPENAI, "--key-stdin").code == 0
    assert stored(config) == {"api_key": "plain"}
    assert bool(ring.kept) == bool(broken)


@pytest.mark.parametrize(
    ("text", "service", "command"),
    [
        (OWN, "openai", "tonearm openai login"),
        ('[default.aioz]\ntoken = "t"\n', "aioz", "tonearm aioz login --token"),
        ("[default.openai]\nkeyring = true\n", "openai", "tonearm openai login --keyring"),
        ('[default.jellyfin]\nbase_url = "http://nas"\n', "jellyfin", "tonearm jellyfin login http://nas"),
    ],
)
def test_the_login_that_is_proposed_keeps_how_the_key_was_stored(
    text: str, service: str, command: str, config: Path, ring: Ring
) -> None:
    from tests.inside.cli import find

    ring.kept["tonearm", "default.openai.api_key"] = "k"
    write(config, text)
    assert find(service).remedy == command


def test_a_key_that_the_environment_hides_is_told(config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    line = "it is used with `--profile default` only, for the environment comes first: OPENAI_BASE_URL"
    monkeypatch.setenv("OPENAI_BASE_URL", "http://three/v1")
    said = cli(*OPENAI, "--no-key").err
    assert line in said
    assert "`tonearm doctor --profile default` shows whether it works" in said
    said = cli(*OPENAI, "--no-key", "--profile", "work").err
    assert line not in said
    assert "`tonearm doctor --profile work` shows whether it works" in said
    monkeypatch.setenv("TONEARM_PROFILE", "default")
    assert line not in cli(*OPENAI, "--no-key").err


def test_logins_at_a_time_lose_no_profile(config: Path) -> None:
    names = [f"p{number}" for number in range(6)]
    script = (
        "import sys; from tonearm.cli import _config\n[_config.change(sys.argv[1], s, lambda _: {}) for s in 'abcd']"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, name]) for name in names]
    assert [process.wait() for process in running] == [0] * len(names)
    assert _config.profiles() == {name: {service: {} for service in "abcd"} for name in names}


def test_a_name_that_is_no_text_is_refused(cli: Cli, config: Path) -> None:
    done = cli(*OPENAI, "--no-key", "--profile", "\udcff")
    assert (done.code, config.exists()) == (2, False)
    assert done.err == "tonearm: '\\udcff' is no text in UTF-8, as the names and values of profiles must be\n"


class TestJellyfin:
    """Tokens, which the server makes and ends."""

    @pytest.fixture
    def ann(self, box: Sandbox, config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> str:
        """The token of a login."""
        stdin(monkeypatch, "sandbox\n")
        assert cli("jellyfin", "login", box.jellyfin_url, "--user", "sandbox", "--key-stdin").code == 0
        return str(stored(config, service="jellyfin")["token"])

    def test_revoke_ends_the_token_that_is_forgotten(
        self, ann: str, configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The token of the environment is another one, and goes on."""
        assert cli("jellyfin", "logout", "--revoke").code == 0
        assert cli("jellyfin", "search").code == 0
        monkeypatch.setenv("JELLYFIN_TOKEN", ann)
        assert cli("jellyfin", "search").code == 3

    def test_without_a_stored_token_there_is_none_to_end(self, configured: Sandbox, config: Path, cli: Cli) -> None:
        write(config, f'[default.jellyfin]\nbase_url = "{configured.jellyfin_url}"\n')
        done = cli("jellyfin", "logout", "--revoke")
        assert (done.code, "no token is stored in profile 'default'" in done.err) == (2, True)
        assert cli("jellyfin", "search").code == 0
        assert cli("jellyfin", "logout").code == 0
        assert cli("jellyfin", "logout", "--revoke").code == 3

    @pytest.mark.parametrize("broken", ["keyring", "file"])
    def test_what_cannot_be_stored_is_not_asked_of_the_server(
        self, broken: str, ann: str, box: Sandbox, config: Path, cli: Cli, ring: Ring, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A new token of this device would end the one that it has."""
        before = len(box.requests)
        if broken == "keyring":
            ring.broken = "set"
        else:
            write(config, f'default = {{ jellyfin = {{ base_url = "{box.jellyfin_url}", token = "{ann}" }} }}\n')
            monkeypatch.setattr(_toml, "edited", lambda text, *_: text)
        stdin(monkeypatch, "sandbox\n")
        words = ["--keyring"] if broken == "keyring" else []
        assert cli("jellyfin", "login", box.jellyfin_url, "--user", "sandbox", "--key-stdin", *words).code == 2
        assert len(box.requests) == before
        assert cli("jellyfin", "search").code == 0

    def test_a_keyring_that_works_is_left_with_the_token_alone(
        self, box: Sandbox, cli: Cli, config: Path, ring: Ring, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stdin(monkeypatch, "sandbox\n")
        words = ["--user", "sandbox", "--key-stdin", "--keyring"]
        assert cli("jellyfin", "login", box.jellyfin_url, *words).code == 0
        assert list(ring.kept) == [("tonearm", "default.jellyfin.token")]
        assert cli("jellyfin", "search").code == 0

    def test_each_profile_is_a_device_of_its_own_that_stays(
        self, box: Sandbox, cli: Cli, config: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        devices: list[str] = []
        for profile in ("default", "second", "default"):
            stdin(monkeypatch, "sandbox\n")
            words = ["--user", "sandbox", "--key-stdin", "--profile", profile]
            assert cli("jellyfin", "login", box.jellyfin_url, *words).code == 0
            devices.append(tomllib.loads(config.read_text())[profile]["jellyfin"]["device_id"])
            with Jellyfin.login(box.jellyfin_url, "sandbox", "sandbox") as script:
                assert script._access.device_id not in devices
        assert devices[0] == devices[2] != devices[1]
        for profile in ("default", "second"):
            assert cli("jellyfin", "search", "--profile", profile).code == 0

    def test_the_user_of_an_api_key_is_not_that_of_the_next_token(
        self, box: Sandbox, cli: Cli, config: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for words, kept in ((["--user-id", "a" * 32], {"user_id": "a" * 32}), ([], {})):
            stdin(monkeypatch, "sandbox-token\n")
            assert cli("jellyfin", "login", box.jellyfin_url, "--token", "--key-stdin", *words).code == 0
            found = stored(config, service="jellyfin")
            assert found == {"base_url": box.jellyfin_url, "token": "sandbox-token", **kept}


LOGINS: dict[str, tuple[list[str], str, str]] = {
    "aioz": (["aioz", "login"], "sandbox-public\nsandbox-secret\n", "GET /media"),
    "aioz token": (["aioz", "login", "--token"], "sandbox-token\n", "GET /media"),
    "jellyfin": (["jellyfin", "login", "--token"], "sandbox-token\n", "GET /Users/Me"),
    "openai": (["openai", "login"], "sandbox-key\n", "GET /models"),
}


def at(words: list[str], box: Sandbox) -> list[str]:
    """The login at the sandbox."""
    url = {"aioz": box.aioz_url, "jellyfin": box.jellyfin_url, "openai": box.openai_url}[words[0]]
    place = [url] if words[0] == "jellyfin" else ["--base-url", url]
    return [*words[:2], *place, *words[2:], "--key-stdin"]


@pytest.mark.parametrize("name", LOGINS)
class TestCheck:
    """One request asks whether the key works; only what the server refuses is not stored."""

    def test_a_key_that_the_server_accepts_is_stored(
        self, name: str, box: Sandbox, config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        words, keys, _ = LOGINS[name]
        stdin(monkeypatch, keys)
        before = len(box.requests)
        done = cli(*at(words, box))
        assert (done.code, len(box.requests) - before) == (0, 1)
        assert done.err.splitlines()[1].endswith("accepts this key")
        assert "doctor" not in done.err

    def test_a_key_that_the_server_refuses_takes_the_place_of_none(
        self, name: str, box: Sandbox, config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        words, keys, _ = LOGINS[name]
        stdin(monkeypatch, keys)
        assert cli(*at(words, box)).code == 0
        before = config.read_text()
        stdin(monkeypatch, keys.replace("sandbox", "canary"))
        done = cli(*at(words, box))
        assert (done.code, config.read_text()) == (3, before)
        assert "401" in done.err
        assert "refuses this key: nothing was stored" in done.err
        assert "canary" not in done.err

    @pytest.mark.parametrize("status", [403, 404, 503, 200])
    def test_an_answer_that_says_nothing_of_the_key_is_told_and_the_key_stored(
        self, status: int, name: str, box: Sandbox, config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        words, keys, _ = LOGINS[name]
        stdin(monkeypatch, keys)
        fault = Fault(path="*", status=status, headers={"content-type": "text/html"}, body=b"<p>hello</p>")
        with box.faults(fault):
            done = cli(*at(words, box))
        assert (done.code, config.exists()) == (0, True)
        told = "knows this key, which may not do everything" if status == 403 else "the key was not checked"
        assert told in done.err
        assert "`tonearm doctor` shows whether it works" in done.err

    def test_a_server_that_cannot_be_reached_is_told_from_a_key_that_is_refused(
        self, name: str, config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with start() as gone:
            words = at(LOGINS[name][0], gone)
        stdin(monkeypatch, LOGINS[name][1])
        done = cli(*words)
        assert (done.code, config.exists()) == (0, True)
        assert "the key was not checked" in done.err
        assert "refuses" not in done.err


def test_a_server_that_wants_a_key_is_found_out_without_one(config: Path, box: Sandbox, cli: Cli) -> None:
    done = cli(*OPENAI, "--no-key", "--base-url", box.openai_url)
    assert (done.code, config.exists()) == (3, False)
    assert "refuses requests without a key: nothing was stored" in done.err


def test_what_can_be_stored_is_found_out_without_a_trace(config: Path, ring: Ring) -> None:
    write(config, OWN)
    _store.check("openai", "work", keyring=True)
    assert (ring.kept, config.read_text()) == ({}, OWN)
    assert {path.name for path in config.parent.iterdir()} == {"config.toml", "config.lock"}


def test_a_refused_key_behind_an_error_of_another_kind_leaves_that_as_it_is(config: Path) -> None:
    from tests.inside.cli import advice, find

    write(config, OWN)
    with pytest.raises(ValueError, match="odd") as caught, advice(find("openai")):
        raise ValueError("odd") from Unauthorized("no", method="GET", url="u", status=401)
    assert not hasattr(caught.value, "hint")
