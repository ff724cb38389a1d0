"""No key is ever shown or written down but where keys are kept: a canary in each place sings nowhere else."""

import io
import json
import tomllib
from pathlib import Path

import keyring
import pytest

from tonearm.sandbox import Fault, Sandbox

from .conftest import CLIP, Cli, Done
from .test_settings import Ring

PUBLIC, SECRET, TOKEN, KEY = (f"canary-{name}-58231" for name in ("public", "secret", "token", "key"))
ENVIRONMENT = {
    "AIOZ_STREAM_PUBLIC_KEY": PUBLIC,
    "AIOZ_STREAM_SECRET_KEY": SECRET,
    "JELLYFIN_TOKEN": TOKEN,
    "OPENAI_API_KEY": KEY,
}
CONFIG = {
    "aioz": {"public_key": PUBLIC, "secret_key": SECRET},
    "jellyfin": {"token": TOKEN},
    "openai": {"api_key": KEY},
}
ITEM = "00000000000000000000000000000001"
COMMANDS: list[list[str]] = [
    ["aioz", "upload", str(CLIP), "--preset", "standard"],
    ["aioz", "list"],
    ["aioz", "show", "302d7acc-958a-4ed6-95c5-4f29a8c1e2f6", "--json"],
    ["aioz", "unfinished"],
    ["aioz", "account"],
    ["aioz", "keys"],
    ["aioz", "stats"],
    ["aioz", "live", "--create", "x"],
    ["aioz", "themes", "--create", "x", "--main-color", "#ffffff"],
    ["aioz", "keys", "--create", "x", "--ttl", "60", "--json"],
    ["jellyfin", "search", "x"],
    ["jellyfin", "lyrics", ITEM],
    ["jellyfin", "url", ITEM],
    ["openai", "transcribe", str(CLIP), "--model", "whisper-1"],
    ["openai", "models"],
    ["openai", "consents"],
    ["openai", "voices", "--create", "x", "--prompt", "y"],
    ["openai", "estimate", "--seconds", "5", "--model", "whisper-1"],
    ["doctor"],
    ["doctor", "--json"],
]
DRY = [
    [*words, "--dry-run", *more]
    for words in COMMANDS
    if words[1:2] not in (["unfinished"], ["url"], ["estimate"]) and words[0] != "doctor"
    for more in ([], ["--json"])
]


def addresses(box: Sandbox) -> dict[str, str]:
    return {"aioz": box.aioz_url, "jellyfin": box.jellyfin_url, "openai": box.openai_url}


PLACES = ["environment", "config", "keyring"]
CASES = [
    pytest.param(words, place, id=f"{' '.join(words)}-{place}", marks=[] if chosen else [pytest.mark.soak])
    for commands in (COMMANDS, DRY)
    for number, words in enumerate(commands)
    for turn, place in enumerate(PLACES)
    for chosen in [number % len(PLACES) == turn]
]
"""Each command with the keys in one of the places in turn; scripts/soak tries all of them."""


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, box: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Keys that the servers refuse, in one of the places where keys may be."""
    place = str(request.param)
    if place == "environment":
        for name, value in ENVIRONMENT.items():
            monkeypatch.setenv(name, value)
        for name, url in zip(
            ("AIOZ_STREAM_BASE_URL", "JELLYFIN_URL", "OPENAI_BASE_URL"), addresses(box).values(), strict=True
        ):
            monkeypatch.setenv(name, url)
    else:
        ring = Ring()
        monkeypatch.setattr(keyring.core, "_keyring_backend", ring)
        path = tmp_path / "config" / "tonearm" / "config.toml"
        path.parent.mkdir(parents=True)
        lines: list[str] = []
        for service, keys in CONFIG.items():
            lines += [f"[default.{service}]", f'base_url = "{addresses(box)[service]}"']
            if place == "keyring":
                lines.append("keyring = true")
                ring.kept |= {("tonearm", f"default.{service}.{name}"): key for name, key in keys.items()}
            else:
                lines += [f'{name} = "{key}"' for name, key in keys.items()]
        path.write_text("\n".join(lines))
        path.chmod(0o600)
    return place


def silent(done: Done, tmp_path: Path, place: str) -> None:
    """Nothing that was printed or written has a key, but for the configuration where they are kept."""
    assert "canary" not in done.out + done.err
    kept = {tmp_path / "config" / "tonearm" / "config.toml"} if place == "config" else set[Path]()
    for path in set(tmp_path.rglob("*")) - kept:
        assert "canary" not in path.name
        assert path.is_dir() or b"canary" not in path.read_bytes()


@pytest.mark.parametrize(("words", "place"), CASES, indirect=["place"])
def test_no_command_shows_a_key(words: list[str], place: str, cli: Cli, tmp_path: Path) -> None:
    silent(cli(*words), tmp_path, place)


@pytest.mark.parametrize("words", [["aioz", "list"], ["jellyfin", "search"], ["openai", "models"]], ids=" ".join)
def test_a_server_that_echoes_the_key_is_not_repeated(
    words: list[str], place: str, box: Sandbox, cli: Cli, tmp_path: Path
) -> None:
    keys = f"{PUBLIC} {SECRET} {TOKEN} {KEY}"
    body = json.dumps({"message": keys, "error": {"message": keys}, "status": "fail"}).encode()
    fault = Fault(status=400, headers={"Content-Type": "application/json", "X-Request-Id": KEY}, body=body)
    own = {"aioz": (PUBLIC, SECRET), "jellyfin": (TOKEN,), "openai": (KEY,)}[words[0]]
    with box.faults(fault):
        done = cli(*words)
    assert done.code == 1
    assert not [key for key in own if key in done.out + done.err]


@pytest.mark.parametrize("keyring_too", [False, True])
@pytest.mark.parametrize("prompted", [False, True])
def test_login_shows_no_key_and_writes_it_to_one_place(
    keyring_too: bool, prompted: bool, box: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ring = Ring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", ring)
    more = ["--keyring"] if keyring_too else []
    if prompted:
        monkeypatch.setattr("tonearm.cli._login.getpass", lambda _: KEY)
        monkeypatch.setattr("sys.stdin", io.StringIO())
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    else:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
        more.append("--key-stdin")
    with box.faults(Fault(path="*/models", status=404)):  # this server cannot be asked about a key
        done = cli("openai", "login", "--base-url", box.openai_url, *more)
    assert (done.code, "the key was not checked" in done.err) == (0, True)
    silent(done, tmp_path, "keyring" if keyring_too else "config")
    text = (tmp_path / "config" / "tonearm" / "config.toml").read_text()
    assert tomllib.loads(text)["default"]["openai"].get("api_key") == (None if keyring_too else KEY)
    assert list(ring.kept.values()) == ([KEY] if keyring_too else [])


def test_an_interrupted_upload_keeps_no_key(
    box: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, configured: Sandbox
) -> None:
    with box.faults(Fault(path="*/part", status=501)):
        done = cli("aioz", "upload", CLIP, "--preset", "standard")
    assert done.code == 5
    (journal,) = (tmp_path / "state" / "tonearm").iterdir()
    for secret in (b"sandbox-secret", b"sandbox-public"):
        assert secret not in journal.read_bytes() + (done.out + done.err).encode()
