"""Which server and key a command uses, and how they are kept."""

import io
import json
import os
import stat
import tomllib
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import keyring.errors
import pytest

import tonearm
from tests.inside.aioz import _credentials as aioz_access
from tests.inside.cli import _config, _settings
from tonearm.openai import presets as openai_presets
from tonearm.sandbox import Sandbox

from .conftest import Cli


class Ring(keyring.backend.KeyringBackend):
    """A keyring of this test; a word in `broken` fails."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = ""
        self.error: type[Exception] = keyring.errors.KeyringLocked

    def _check(self, word: str) -> None:
        if self.broken == word:
            raise keyring.errors.PasswordDeleteError if word == "delete" else self.error("canary")

    def get_password(self, service: str, username: str) -> str | None:
        self._check("get")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check("set")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check("delete")
        del self.kept[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    ring = Ring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", ring)
    return ring


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "tonearm" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def write(path: Path, text: str, mode: int = 0o600) -> None:
    path.write_text(text)
    path.chmod(mode)


def stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a text on standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_the_addresses_are_those_of_the_library() -> None:
    urls = {name: service.url for name, service in _settings.SERVICES.items()}
    assert urls == {"aioz": aioz_access.BASE_URL, "jellyfin": None, "openai": openai_presets.BASE_URL}


TWO = """
[default.openai]
base_url = "http://one:1/v1"
api_key = "default-key"

[work.openai]
base_url = "http://two:2/v1"
api_key = "work-key"
"""


@pytest.mark.parametrize(
    ("environment", "profile", "base_url", "expected"),
    [
        ({}, None, None, ("profile 'default'", "http://one:1/v1", "default-key")),
        ({}, "work", None, ("profile 'work'", "http://two:2/v1", "work-key")),
        ({"TONEARM_PROFILE": "work"}, None, None, ("profile 'work'", "http://two:2/v1", "work-key")),
        ({"TONEARM_PROFILE": "other"}, "work", None, ("profile 'work'", "http://two:2/v1", "work-key")),
        ({"OPENAI_API_KEY": "k"}, None, None, ("environment", "https://api.openai.com/v1", None)),
        (
            {"OPENAI_BASE_URL": "http://three/v1", "OPENAI_API_KEY": ""},
            None,
            None,
            ("environment", "http://three/v1", ""),
        ),
        ({"OPENAI_API_KEY": ""}, None, None, ("profile 'default'", "http://one:1/v1", "default-key")),
        ({"OPENAI_API_KEY": "k"}, "work", None, ("profile 'work'", "http://two:2/v1", "work-key")),
        (
            {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://one:1/v1"},
            None,
            "http://one:1/v2",
            ("environment", "http://one:1/v2", None),
        ),
        ({}, None, "http://one:1/other", ("profile 'default'", "http://one:1/other", "default-key")),
        ({"JELLYFIN_TOKEN": "k"}, None, None, ("profile 'default'", "http://one:1/v1", "default-key")),
    ],
)
def test_arguments_beat_a_named_profile_which_beats_the_environment_which_beats_the_default(
    environment: dict[str, str],
    profile: str | None,
    base_url: str | None,
    expected: tuple[str, str, str | None],
    config: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(config, TWO)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = _settings.find("openai", profile, base_url)
    assert (found.origin, found.url, found.options.get("api_key")) == expected


def test_a_key_of_a_profile_goes_to_no_other_server(config: Path) -> None:
    write(config, TWO)
    with pytest.raises(_settings.NotConfigured, match="belongs to http://one:1/v1, not to http://evil/v1"):
        _settings.find("openai", None, "http://evil/v1")


def test_a_jellyfin_elsewhere_is_used_without_the_token(config: Path) -> None:
    write(config, '[default.jellyfin]\nbase_url = "http://nas"\ntoken = "t"\n')
    assert _settings.find("jellyfin", None, "http://nas/base").options["token"] == "t"
    assert _settings.find("jellyfin", None, "http://other").options == {"base_url": "http://other"}


def test_a_jellyfin_may_be_named_without_any_setting() -> None:
    assert _settings.find("jellyfin", None, "http://nas").options == {"base_url": "http://nas"}


def test_a_key_without_an_address_belongs_to_the_service_itself(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONEARM_PROFILE", "default")
    monkeypatch.setenv("AIOZ_STREAM_BASE_URL", "http://elsewhere")
    write(config, '[default.aioz]\ntoken = "t"\n')
    with tonearm.Aioz(**_settings.find("aioz").client()) as client:
        assert repr(client) == "<Aioz https://api.aiozstream.network/api>"


@pytest.mark.parametrize(
    ("service", "profile", "text", "reason"),
    [
        ("aioz", None, "", "AIOZ Stream is not set up (tonearm aioz login, or set AIOZ_STREAM_PUBLIC_KEY and "),
        ("jellyfin", None, "", "Jellyfin is not set up (tonearm jellyfin login URL, or set JELLYFIN_URL"),
        ("openai", "home", TWO, "the profile 'home' has no settings for OpenAI (tonearm openai login --profile home"),
        ("jellyfin", None, '[default.jellyfin]\ntoken = "t"', "does not say where the server is"),
        ("aioz", None, "[default.aioz]\nkeyring = true", "the keyring has no key for AIOZ Stream"),
    ],
)
def test_what_is_not_set_up_tells_how_to(
    service: str, profile: str | None, text: str, reason: str, config: Path, ring: Ring
) -> None:
    write(config, text)
    with pytest.raises(_settings.NotConfigured) as refused:
        _settings.find(service, profile)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[default.openai]\napi_kee = 'x'", "there is no setting 'api_kee' (base_url, keyring, api_key, organization"),
        ("[default.openai]\napi_key = 1", "api_key has the wrong type"),
        ("[default.openai]\nkeyring = 'yes'", "keyring has the wrong type"),
        ("api_key = 'x'", "api_key must be a table, as in [api_key.aioz]"),
        ("[default]\nopenai = 'x'", "default.openai must be a table, as in [default.aioz]"),
        ("[default", "cannot be read"),
        ("\udcff", "cannot be read"),
    ],
)
def test_a_configuration_that_says_something_else_is_refused(text: str, reason: str, config: Path) -> None:
    config.write_bytes(text.encode(errors="surrogateescape"))
    config.chmod(0o600)
    with pytest.raises(tonearm.ConfigurationError) as refused:
        _settings.find("openai")
    assert reason in str(refused.value)


def test_what_cannot_be_read_of_a_configuration_is_not_shown(config: Path) -> None:
    write(config, '[default.openai]\napi_key = "canary-5937\n')
    with pytest.raises(tonearm.ConfigurationError) as refused:
        _settings.find("openai")
    assert "canary" not in f"{refused.value!r} {refused.value.__cause__!r}"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_with_keys_that_others_can_read_is_refused(mode: int, config: Path, cli: Cli) -> None:
    write(config, TWO, mode)
    done = cli("openai", "transcribe", "x.wav", "--model", "m")
    assert done.code == 2
    assert done.err == f"tonearm: others can read {str(config)!r}, which holds keys: chmod 600 {config}\n"


def test_a_file_without_keys_may_be_read_by_others(config: Path) -> None:
    write(config, '[default.openai]\napi_key = ""\nbase_url = "http://one/v1"\n', 0o644)
    assert _settings.find("openai").options == {"api_key": "", "base_url": "http://one/v1"}


def test_login_writes_a_file_that_nobody_else_can_read(
    config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, box: Sandbox
) -> None:
    config.parent.rmdir()
    modes: list[int] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", watched)
    stdin(monkeypatch, "sandbox-public\nsandbox-secret\n")
    done = cli("aioz", "login", "--key-stdin", "--base-url", box.aioz_url)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(f"tonearm: saved for AIOZ Stream as profile 'default' in {config}\n")
    assert modes == [0o600]
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert stat.S_IMODE(config.parent.stat().st_mode) == 0o700
    assert cli("aioz", "list").code == 0


def test_login_leaves_the_rest_of_the_file_as_it_is(
    config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = f"# mine\n{TWO}\n# the last\n[default.jellyfin] # nas\nbase_url = 'http://nas'\n"
    write(config, before)
    stdin(monkeypatch, 'new"key\\\x21\n')
    assert cli("openai", "login", "--key-stdin", "--base-url", "http://one:1/v1", "--voice", "x\x7fy").code == 0
    text = config.read_text()
    assert tomllib.loads(text)["default"]["openai"] == {
        "base_url": "http://one:1/v1",
        "api_key": 'new"key\\!',
        "voice": "x\x7fy",
    }
    key, voice = r'"new\"key\\!"', r'"x\u007fy"'
    assert text == before.replace('"default-key"\n', f"{key}\nvoice = {voice}\n")


MINE = '# first\n[default.openai] # at work\napi_key = "old" # 1\n# key\nvoice = "x"\n\n# work\n[work.aioz]\n'


def test_comments_and_order_survive_login_and_logout(config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    write(config, MINE)
    stdin(monkeypatch, "new\n")
    assert cli("openai", "login", "--key-stdin").code == 0
    assert config.read_text() == MINE.replace("old", "new")
    stdin(monkeypatch, "public\nsecret\n")
    assert cli("aioz", "login", "--key-stdin").code == 0
    new = '[default.aioz]\npublic_key = "public"\nsecret_key = "secret"\n'
    assert config.read_text() == f"{MINE.replace('old', 'new')}\n{new}"
    assert cli("openai", "logout").code == 0
    assert config.read_text() == f"# first\n# work\n[work.aioz]\n\n{new}"
    assert cli("aioz", "logout").code == 0
    assert config.read_text() == "# first\n# work\n[work.aioz]\n"


@pytest.mark.parametrize(
    "text",
    [
        'default = { openai = { api_key = "old" } }\n',
        'default.openai.api_key = "old"\n',
        '[default]\nopenai = { api_key = "old" }\n',
        '[default]\n[default.openai]\napi_key = "old"\n',
        '[work.aioz]\ntoken = "t"\n[default.openai]\napi_key = "old"\n[work.openai]\nvoice = "x"\n',
    ],
)
def test_a_file_may_be_written_in_any_way(text: str, config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    write(config, text)
    before = tomllib.loads(text)
    stdin(monkeypatch, "new\n")
    assert cli("openai", "login", "--key-stdin").code == 0
    assert tomllib.loads(config.read_text()) == {**before, "default": {"openai": {"api_key": "new"}}}
    assert cli("openai", "logout").code == 0
    after = {name: found for name, found in tomllib.loads(config.read_text()).items() if found}
    assert after == {name: found for name, found in before.items() if name != "default"}


def test_a_profile_may_have_any_name(config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for _ in range(2):
        stdin(monkeypatch, "key\n")
        assert cli("openai", "login", "--key-stdin", "--profile", "my own.one").code == 0
    assert tomllib.loads(config.read_text()) == {"my own.one": {"openai": {"api_key": "key"}}}


def test_a_link_to_the_configuration_stays_a_link(
    config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = tmp_path / "dotfiles.toml"
    write(real, "")
    config.symlink_to(real)
    stdin(monkeypatch, "key\n")
    assert cli("openai", "login", "--key-stdin").code == 0
    assert config.is_symlink()
    assert "key" in real.read_text()


def test_what_a_program_cannot_change_is_left_alone(
    config: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = 'default = { openai = { api_key = "old" } }\n'
    write(config, text)
    stdin(monkeypatch, "public\nsecret\n")
    done = cli("aioz", "login", "--key-stdin")
    assert done.code == 2
    assert done.err.endswith("is written in a way that a program cannot change\ntonearm: what to do: edit it by hand\n")
    assert config.read_text() == text


def test_a_place_that_cannot_be_written_is_named(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file, not a folder")
    monkeypatch.setattr(_config, "_text", lambda: "")
    stdin(monkeypatch, "key\n")
    done = cli("openai", "login", "--key-stdin")
    assert (done.code, "cannot be written" in done.err) == (2, True)


@pytest.mark.parametrize("given", ["", "one\n", "one\ntwo\nthree\n"])
def test_standard_input_must_have_each_key(
    given: str, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stdin(monkeypatch, given)
    done = cli("aioz", "login", "--key-stdin")
    assert done.code == 2
    assert "--key-stdin reads 2 lines (public_key, secret_key)" in done.err


def test_a_key_that_cannot_be_one_is_refused_and_not_shown(
    cli: Cli, config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stdin(monkeypatch, "canary 4711\n")
    done = cli("openai", "login", "--key-stdin")
    assert (done.code, "canary" in done.err, config.exists()) == (2, False, False)


def test_keys_are_asked_for_without_showing_them(cli: Cli, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def hidden(text: str) -> str:
        asked.append(text)
        return f"{text[:-2].lower()} canary".replace(" ", "-")

    monkeypatch.setattr("tonearm.cli._login.getpass", hidden)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    done = cli("aioz", "login")
    assert asked == ["Public key: ", "Secret key: "]
    assert "canary" not in done.out + done.err
    assert tomllib.loads(config.read_text())["default"]["aioz"]["secret_key"] == "secret-key-canary"
    assert cli("aioz", "login", "--token").code == 0
    assert tomllib.loads(config.read_text())["default"]["aioz"] == {"token": "token-canary"}


@pytest.mark.parametrize(
    "words",
    [["aioz", "login", "--base-url", "nas:80"], ["openai", "login", "--base-url", ""], ["jellyfin", "login", "x"]],
)
def test_nothing_is_asked_for_a_server_that_has_no_address(
    words: list[str], cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("tonearm.cli._login.ask", lambda *_, **__: 1 // 0)
    done = cli(*words)
    assert (done.code, "http:// or https://" in done.err) == (2, True)


def test_without_a_terminal_nobody_is_asked(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, "canary\n")
    done = cli("openai", "login")
    assert (done.code, done.err) == (2, "tonearm: nobody can be asked: --key-stdin reads standard input\n")


def test_who_answers_nothing_is_left_alone(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def end(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("tonearm.cli._login.getpass", end)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    done = cli("openai", "login")
    assert (done.code, done.err) == (130, "tonearm: interrupted\n")


def test_a_server_without_keys_is_stored_without_a_question(cli: Cli, config: Path) -> None:
    assert cli("openai", "login", "--no-key", "--base-url", "http://here:8000/v1", "--keyring").code == 0
    assert tomllib.loads(config.read_text())["default"]["openai"] == {"base_url": "http://here:8000/v1", "api_key": ""}


def test_keys_can_be_kept_in_the_keyring(
    cli: Cli, config: Path, ring: Ring, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, box: Sandbox
) -> None:
    stdin(monkeypatch, "sandbox-public\nsandbox-secret\n")
    done = cli("aioz", "login", "--key-stdin", "--keyring", "--base-url", box.aioz_url)
    assert "the system's keyring" in done.err
    assert tomllib.loads(config.read_text())["default"]["aioz"] == {"base_url": box.aioz_url, "keyring": True}
    assert ring.kept == {
        ("tonearm", "default.aioz.public_key"): "sandbox-public",
        ("tonearm", "default.aioz.secret_key"): "sandbox-secret",
    }
    assert cli("aioz", "list").code == 0
    stdin(monkeypatch, "sandbox-token\n")
    assert cli("aioz", "login", "--token", "--key-stdin", "--keyring", "--base-url", box.aioz_url).code == 0
    assert list(ring.kept) == [("tonearm", "default.aioz.token")]
    assert cli("aioz", "list").code == 0
    assert cli("aioz", "logout").code == 0
    assert ring.kept == {}
    assert tomllib.loads(config.read_text()) == {}


@pytest.mark.parametrize("error", [keyring.errors.KeyringLocked, RuntimeError, ModuleNotFoundError])
def test_a_keyring_that_fails_is_an_error_in_one_line(
    error: type[Exception], cli: Cli, config: Path, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it raises: where there is no session bus, the loading of a backend already fails."""
    ring.broken, ring.error = "set", error
    stdin(monkeypatch, "canary\n")
    done = cli("openai", "login", "--key-stdin", "--keyring")
    assert done.code == 2
    assert done.err == (
        f"tonearm: the system's keyring cannot be used ({error.__name__}); without --keyring, keys are kept in a file "
        "that only you can read\n"
    )
    assert not config.exists()


def test_a_keyring_that_keeps_nothing_is_told(
    cli: Cli, config: Path, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ring, "set_password", lambda *_: None)
    stdin(monkeypatch, "canary\n")
    done = cli("openai", "login", "--key-stdin", "--keyring")
    assert (done.code, done.err) == (2, "tonearm: the system's keyring did not keep the key\n")
    assert not config.exists()


@pytest.mark.parametrize("error", [keyring.errors.KeyringLocked, RuntimeError])
def test_a_keyring_that_cannot_be_read_is_an_error_too(
    error: type[Exception], cli: Cli, config: Path, ring: Ring
) -> None:
    write(config, "[default.openai]\nkeyring = true\n")
    ring.broken, ring.error = "get", error
    done = cli("openai", "transcribe", "x.wav", "--model", "m")
    assert (done.code, done.err) == (2, f"tonearm: the system's keyring cannot be read ({error.__name__})\n")


def test_a_key_that_was_removed_meanwhile_is_forgotten_all_the_same(cli: Cli, config: Path, ring: Ring) -> None:
    write(config, "[default.openai]\nkeyring = true\n")
    ring.kept["tonearm", "default.openai.api_key"] = "k"
    ring.broken = "delete"
    assert cli("openai", "logout").code == 0


def test_what_is_not_stored_cannot_be_forgotten(cli: Cli) -> None:
    done = cli("aioz", "logout", "--profile", "work")
    assert (done.code, done.err) == (2, "tonearm: nothing is stored for aioz in profile 'work'\n")


def test_no_key_ends_with_3(cli: Cli) -> None:
    done = cli("aioz", "list")
    assert done.code == 3
    assert json.dumps(done.out) == '""'
    assert done.err.startswith("tonearm: AIOZ Stream is not set up\ntonearm: what to do: tonearm aioz login")


def test_without_a_home_there_is_no_profile_and_none_can_be_stored(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(*_: object, **__: object) -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr("platformdirs.user_config_path", homeless)
    assert _config.profiles() == {}
    stdin(monkeypatch, "key\n")
    done = cli("openai", "login", "--key-stdin")
    assert done.code == 2
    assert "set HOME, or XDG_CONFIG_HOME and XDG_STATE_HOME" in done.err
