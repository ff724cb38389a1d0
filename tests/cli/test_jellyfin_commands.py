"""`tonearm jellyfin`, each command against the sandbox."""

import hashlib
import inspect
import io
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from tests.inside.cli import titled, titled_source
from tonearm import Jellyfin, NotFound
from tonearm.cli import main
from tonearm.cli.jellyfin import app
from tonearm.jellyfin import Download, Item
from tonearm.sandbox import Fault, Sandbox, start
from tonearm.sandbox.jellyfin.access import USER_ID
from tonearm.sandbox.library import PACKAGED, items

from .conftest import CLIP, Cli, Done

ITEM = items(PACKAGED)[-1]
HEX = ITEM.id.hex
WHOLE = hashlib.sha256(CLIP.read_bytes()).hexdigest()
MISSING = "00000000000000000000000000000001"


def type_in(monkeypatch: pytest.MonkeyPatch, text: str, *, terminal: bool = False) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
    stdin.isatty = lambda: terminal  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", stdin)


def stored(tmp_path: Path) -> dict[str, str]:
    text = (tmp_path / "config" / "tonearm" / "config.toml").read_text()
    return dict(tomllib.loads(text)["default"]["jellyfin"])


@pytest.mark.parametrize("prompted", [False, True])
def test_login_stores_a_token_and_no_password(
    prompted: bool, box: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name, password = "sandbox", "sandbox"
    if prompted:
        type_in(monkeypatch, f"{name}\n", terminal=True)
        monkeypatch.setattr("tonearm.cli._login.getpass", lambda _: password)
        done = cli("jellyfin", "login", box.jellyfin_url)
        assert done.err.startswith("User: tonearm: saved for Jellyfin")
    else:
        type_in(monkeypatch, f"{password}\n")
        done = cli("jellyfin", "login", box.jellyfin_url, "--user", name, "--key-stdin")
    assert (done.code, done.out) == (0, "")
    found = stored(tmp_path)
    assert found.keys() == {"base_url", "token", "device_id"}
    assert found["token"] not in done.err
    assert cli("jellyfin", "search").code == 0
    assert cli("jellyfin", "logout", "--revoke").code == 0
    type_in(monkeypatch, f"{found['token']}\n")
    assert cli("jellyfin", "login", box.jellyfin_url, "--token", "--key-stdin").code == 3  # it was ended
    assert cli("jellyfin", "search").code == 3


def test_a_wrong_password_is_told_and_nothing_is_stored(
    box: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    type_in(monkeypatch, "canary-77\n")
    done = cli("jellyfin", "login", box.jellyfin_url, "--user", "sandbox", "--key-stdin")
    assert done.code == 3
    assert "canary" not in done.err
    assert not (tmp_path / "config" / "tonearm" / "config.toml").exists()


@pytest.mark.parametrize("prompted", [False, True])
@pytest.mark.parametrize("password", ["", "  a b "])
def test_a_password_is_taken_as_it_is(
    password: str, prompted: bool, cli: Cli, box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []

    def login(url: str, name: str, word: str, *, device_id: str) -> Jellyfin:
        assert device_id
        given.append(word)
        return Jellyfin(url, token="t")

    monkeypatch.setattr(Jellyfin, "login", login)
    monkeypatch.setattr("tonearm.cli._login.getpass", lambda _: password)
    type_in(monkeypatch, "" if prompted else f"{password}\r\n", terminal=prompted)
    words = [] if prompted else ["--key-stdin"]
    assert cli("jellyfin", "login", box.jellyfin_url, "--user", "me", *words).code == 0
    assert given == [password]


def test_who_logs_in_without_a_terminal_is_named(box: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, "x\n")
    done = cli("jellyfin", "login", box.jellyfin_url, "--key-stdin")
    assert (done.code, done.err) == (2, "tonearm: nobody can be asked: give --user\n")


def test_search_finds_each_kind(configured: Sandbox, cli: Cli) -> None:
    found = cli("jellyfin", "search", "hist", "--json")
    assert [(one["id"], one["name"]) for one in found.json] == [(HEX, "history")]
    table = cli("jellyfin", "search").out.splitlines()
    assert table[0].split() == ["id", "name", "artist", "album", "year", "duration"]
    assert any(line.startswith(HEX) for line in table)
    assert len(cli("jellyfin", "search", "--limit", 1, "--json").json) == 1
    for kind in ("albums", "artists", "playlists"):
        assert cli("jellyfin", "search", "nothing", "--kind", kind) == Done(0, "", "")
    assert cli("jellyfin", "search", "--genre", "Polka").out == ""
    for wrong in (["--kind", "films"], ["--kind", "artists", "--genre", "Folk"]):
        assert cli("jellyfin", "search", *wrong).code == 2


def test_show_tells_what_is_known(configured: Sandbox, cli: Cli) -> None:
    assert cli("jellyfin", "show", HEX, "--json").json[0]["duration"] == pytest.approx(4.03)
    assert "duration  0:04\n" in cli("jellyfin", "show", ITEM.id).out
    assert cli("jellyfin", "show", MISSING).code == 4


def test_download_into_a_folder_a_file_and_a_pipe(
    configured: Sandbox, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["jellyfin", "download", HEX, "-o", str(tmp_path / "a.flac"), "--json"]) == 0
    assert WHOLE in capfdbinary.readouterr().out.decode()
    assert main(["jellyfin", "download", HEX, HEX, "-o", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.glob("*.flac")) == ["a.flac", "history.flac"]  # the same twice is one
    assert (tmp_path / "history.flac").read_bytes() == CLIP.read_bytes()
    capfdbinary.readouterr()
    assert main(["jellyfin", "download", HEX, "-o", "-"]) == 0
    assert hashlib.sha256(capfdbinary.readouterr().out).hexdigest() == WHOLE
    assert main(["jellyfin", "stream", HEX]) == 0
    assert hashlib.sha256(capfdbinary.readouterr().out).hexdigest() == WHOLE
    assert main(["jellyfin", "stream", HEX, "--preset", "opus_96", "--start", "1"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"OggS")


def test_what_cannot_be_downloaded_is_told(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    done = cli("jellyfin", "download", HEX, HEX, "-o", tmp_path / "a.flac")
    assert (done.code, "several items need a folder, which" in done.err) == (2, True)
    done = cli("jellyfin", "download", HEX, "-o", tmp_path / "a.mp3")
    assert (done.code, "choose a preset (mp3_256, mp3_128)" in done.err) == (2, True)
    done = cli("jellyfin", "download", MISSING, HEX, "-o", tmp_path)
    assert (done.code, "to go on" in done.err) == (4, False)
    assert [path.name for path in tmp_path.glob("*.flac")] == ["history.flac"], "one that is missing stops no other"


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A song", "A song"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("CON", "_CON"),
        ("com¹.x", "_com¹.x"),
        ("a\x1b[31m\u202eb", "a_[31m_b"),
        ("x" * 400, "x" * 215),
        (" . ", "_"),
        (None, HEX),
    ],
)
def test_a_download_is_named_by_title_and_replaces_no_other_file(
    title: str | None, name: str, linked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not linked:  # as FAT
        monkeypatch.setattr("os.link", lambda *_: (_ for _ in ()).throw(PermissionError(1, "not permitted")))
    jellyfin: Any = SimpleNamespace(token="t", item=lambda id: Item(id, name=title))
    made: list[str] = []
    for id, body in ((HEX, b"one"), (HEX, b"one"), ("2" * 32, b"two"), ("2" * 32, b"2 again")):
        path = tmp_path / f"{id}.flac"
        path.write_bytes(body)
        found = titled(jellyfin, id, Download(path, 3, "audio/flac", False, "", ())).path
        assert found is not None
        assert found.read_bytes() == body
        made.append(found.name)
    if title is None:  # its own id: it moves nowhere
        return
    second = f"{name} [22222222].flac"
    assert made == [f"{name}.flac"] * 2 + [second, f"{'2' * 32}.flac"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        f"{name}.flac": b"one",
        second: b"two",
        f"{'2' * 32}.flac": b"2 again",
    }


@pytest.mark.parametrize("how", ["no token", "no item", "standard output"])
def test_without_a_title_a_download_keeps_its_name(how: str, tmp_path: Path) -> None:
    def item(_: str) -> Item:
        raise NotFound("no", method="GET", url="u", status=404)

    path = None if how == "standard output" else tmp_path / "x.flac"
    done = Download(path, 3, "audio/flac", False, "", ())
    jellyfin: Any = SimpleNamespace(token=None if how == "no token" else "t", item=item)
    assert titled(jellyfin, "x", done) == done
    aioz: Any = SimpleNamespace(get=item)
    assert titled_source(aioz, "x", evolve(done, path=None)).path is None


def test_a_url_is_printed_without_a_request_and_without_the_key(configured: Sandbox, cli: Cli) -> None:
    before = len(configured.requests)
    done = cli("jellyfin", "url", HEX, "--preset", "mp3_128")
    assert done.out.startswith(f"{configured.jellyfin_url}/Audio/{ITEM.id}/stream.mp3?")
    assert "sandbox-token" not in done.out
    assert "sandbox-token" in cli("jellyfin", "url", HEX, "--with-key").out
    assert len(configured.requests) == before


def test_lyrics_are_stored_printed_and_deleted(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "song.lrc"
    file.write_text("[00:01.00]la\n[00:02.50]lala\n")
    assert cli("jellyfin", "lyrics", HEX, "--put", file).out == file.read_text()
    assert cli("jellyfin", "lyrics", HEX).out == file.read_text()
    assert [line["start"] for line in cli("jellyfin", "lyrics", HEX, "--json").json[0]["lines"]] == [1.0, 2.5]
    plain = tmp_path / "song.txt"
    plain.write_text("la\nlala\n")
    assert cli("jellyfin", "lyrics", HEX, "--put", plain).out == "la\nlala\n"
    assert cli("jellyfin", "lyrics", HEX, "--put", plain, "--delete").code == 2
    assert cli("jellyfin", "lyrics", HEX, "--delete") == Done(0, "", "")
    assert cli("jellyfin", "lyrics", HEX).code == 4


def test_keep_copies_what_is_not_there_yet(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    done = cli("jellyfin", "keep", HEX, "-o", folder, "--json")
    assert done.code == 0
    (kept,) = done.json
    assert kept["download"]["sha256"] == WHOLE
    assert cli("jellyfin", "keep", HEX, "-o", folder).out.splitlines()[1].endswith("was there")


def test_keep_tells_what_failed_and_how_to_go_on(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    with configured.faults(Fault(path="*/stream", status=501)):
        done = cli("jellyfin", "keep", HEX, "-o", tmp_path / "copy", "--workers", 1)
    assert (done.code, "to go on" in done.err) == (1, False)
    assert "failed: " in done.out
    other = items(PACKAGED)[0].id.hex
    with configured.faults(Fault(path=f"*/{ITEM.id}/stream", status=404)):
        done = cli("jellyfin", "keep", HEX, other, "-o", tmp_path / "copy")
    assert (done.code, "to go on" in done.err) == (4, False)
    with configured.faults(Fault(path=f"*/{ITEM.id}/stream", status=501)):
        done = cli("jellyfin", "keep", HEX, other, "-o", tmp_path / "copy")
    assert done.code == 5
    assert done.err.endswith(f"to go on: tonearm jellyfin keep --out={tmp_path}/copy {HEX}\n")
    with configured.faults(
        Fault(path=f"*/{ITEM.id}/stream", status=501), Fault(path=f"*/Items/{uuid.UUID(other)}", status=501, skip=1)
    ):
        done = cli("jellyfin", "keep", other, HEX, other, HEX, "-o", tmp_path / "copy")
    assert done.code == 5
    assert done.err.endswith(f"to go on: tonearm jellyfin keep --out={tmp_path}/copy {HEX} {other} {HEX}\n")


def test_keep_names_how_many_items_a_refused_token_left(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    with Jellyfin(configured.jellyfin_url, token="sandbox-token") as jellyfin:
        folder = jellyfin.item(HEX).raw["ParentId"]
    with configured.faults(Fault(path="*/stream", status=401, times=None)):
        done = cli("jellyfin", "keep", folder, "-o", tmp_path / "copy", "--workers", 1)
    assert done.code == 3
    assert "items were not tried any more" in done.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["search", "x"], "GET /Items"),
        (["show", HEX], f"GET /Items/{ITEM.id}"),
        (["download", HEX], f"GET /Audio/{ITEM.id}/stream"),
        (["stream", HEX], f"GET /Audio/{ITEM.id}/stream"),
        (["lyrics", HEX], f"GET /Audio/{ITEM.id}/Lyrics"),
        (["keep", HEX, "-o", "copy"], f"GET /Items/{ITEM.id}"),
    ],
    ids=lambda value: value[0],
)
def test_each_command_has_a_dry_run(
    words: list[str], expected: str, configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = len(configured.requests)
    done = cli("jellyfin", *words, "--dry-run", "--json")
    assert (done.code, done.err) == (0, "")
    one = done.json[0]
    assert f"{one['method']} {one['url'].removeprefix(configured.jellyfin_url).partition('?')[0]}" == expected
    assert one["hidden"] == ["authorization"]
    assert "sandbox-token" not in done.out
    assert len(configured.requests) == before
    assert not list(tmp_path.rglob("*.part*"))


def test_a_code_is_shown_for_the_user_to_approve(
    box: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[str] = []

    def approve(line: str) -> None:
        shown.append(line)
        assert box.jellyfin.approve(line.rpartition(" ")[2])

    monkeypatch.setattr("tonearm.cli.jellyfin.complain", approve)
    assert cli("jellyfin", "login", box.jellyfin_url, "--quick-connect").code == 0
    assert len(shown) == 1
    assert stored(tmp_path)["token"]
    assert cli("jellyfin", "search").code == 0


@pytest.fixture
def album(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an album of three songs, on a server that the environment names with an API key."""
    folder = tmp_path / "library" / "Album"
    folder.mkdir(parents=True)
    for number in (1, 2, 3):
        (folder / f"{number}.flac").write_bytes(CLIP.read_bytes())
    with start(library=folder.parent) as box:
        monkeypatch.setenv("JELLYFIN_URL", box.jellyfin_url)
        monkeypatch.setenv("JELLYFIN_TOKEN", "sandbox-api-key\n")
        monkeypatch.setenv("JELLYFIN_USER_ID", f"{USER_ID}\n")
        yield folder


def test_files_that_left_the_server_are_listed_and_removed_when_the_person_says_so(
    album: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (found,) = cli("jellyfin", "search", "--kind", "albums", "--json").json
    words = ["jellyfin", "keep", found["id"], "-o", tmp_path / "copy"]
    assert cli(*words, "--layout", "songs/{title}").code == 0
    copied = [tmp_path / "copy" / "songs" / f"{number}.flac" for number in (1, 2, 3)]
    assert all(path.exists() for path in copied)
    (album / "2.flac").unlink()
    (album / "3.flac").unlink()
    type_in(monkeypatch, "", terminal=False)
    done = cli(*words, "--prune")
    assert (done.code, done.out.count("left the server")) == (0, 2)
    assert "2 files in " in done.err
    assert "--yes removes them" in done.err
    type_in(monkeypatch, "n\n", terminal=True)
    assert cli(*words, "--prune").out.count("removed") == 0
    assert all(path.exists() for path in copied)
    type_in(monkeypatch, "y\n", terminal=True)
    assert cli(*words, "--prune").out.count("removed") == 2
    assert [path.exists() for path in copied] == [True, False, False]
    (album / "2.flac").write_bytes(CLIP.read_bytes())
    assert cli(*words, "--layout", "songs/{title}").code == 0
    (album / "2.flac").unlink()
    (row,) = [row for row in cli(*words, "--prune", "--yes", "--json").json if row["note"]]
    assert (row["note"], row["path"], copied[1].exists()) == ("removed", None, False)


def test_the_user_of_an_api_key_is_an_option_of_every_command(
    album: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(cli("jellyfin", "search", "--json").json) == 3
    monkeypatch.delenv("JELLYFIN_USER_ID")
    (found, *_) = cli("jellyfin", "search", "--json", "--user-id", USER_ID).json
    assert cli("jellyfin", "show", found["id"], "--user-id", "f" * 32).code == 4
    assert cli("jellyfin", "show", found["id"], "--user-id", USER_ID).code == 0
    assert (
        cli("jellyfin", "download", found["id"], "-o", tmp_path, "--run-time", "trust", "--user-id", USER_ID).code == 0
    )
    assert cli("jellyfin", "download", found["id"], "-o", tmp_path, "--run-time", "guess").code == 2
    for command in app.registered_commands:
        assert command.callback is not None
        parameters = inspect.signature(command.callback).parameters
        assert "user_id" in parameters or command.callback.__name__ == "logout"


@pytest.mark.parametrize(("status", "code"), [(404, 0), (405, 0), (501, 0), (401, 3)])
def test_a_server_without_logout_keeps_the_token_and_the_profile_does_not(
    status: int, code: int, box: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, "sandbox-token\n")
    assert cli("jellyfin", "login", box.jellyfin_url, "--token", "--key-stdin").code == 0
    with box.faults(Fault(path="*/Sessions/Logout", status=status)):
        done = cli("jellyfin", "logout", "--revoke")
    assert (done.code, "does not offer to log out" in done.err) == (code, code == 0)


def test_favourites_mixes_and_playlists(configured: Sandbox, cli: Cli) -> None:
    assert cli("jellyfin", "favorite", HEX, "--json").json[0]["favorite"] is True
    assert [one["id"] for one in cli("jellyfin", "search", "--favorites", "--json").json] == [HEX]
    assert "favorite  yes" in cli("jellyfin", "show", HEX).out
    assert cli("jellyfin", "favorite", HEX, "--remove").out == ""
    assert cli("jellyfin", "search", "--favorites").out == ""
    assert HEX not in [one["id"] for one in cli("jellyfin", "mix", HEX, "--similar", "--json").json]
    assert len(cli("jellyfin", "mix", HEX, "--limit", 1, "--json").json) == 1
    made = cli("jellyfin", "playlist", "--create", "Evening", "--add", HEX).out.strip()
    assert cli("jellyfin", "playlist", made, "--add", HEX) == Done(0, "", "")
    first, second = cli("jellyfin", "playlist", made, "--json").json
    assert cli("jellyfin", "playlist", made, "--remove", first["entry_id"]).code == 0
    assert [one["entry_id"] for one in cli("jellyfin", "playlist", made, "--json").json] == [second["entry_id"]]
    assert cli("jellyfin", "playlist", "--create", "Other", "--json").json[0].keys() == {"id"}
    assert cli("jellyfin", "playlist").code == cli("jellyfin", "playlist", made, "--create", "x").code == 2
    before = len(cli("jellyfin", "search", "--kind", "playlists", "--json").json)
    assert cli("jellyfin", "playlist", "--create", "x", "--remove", second["entry_id"]).code == 2
    assert len(cli("jellyfin", "search", "--kind", "playlists", "--json").json) == before, "nothing was made"


def test_ids_of_another_form_are_taken(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with start(jellyfin_ids="navidrome") as box:
        monkeypatch.setenv("JELLYFIN_URL", box.jellyfin_url)
        monkeypatch.setenv("JELLYFIN_TOKEN", "sandbox-token")
        first = cli("jellyfin", "search", "--json").json[0]["id"]
        assert len(first) == 44
        assert cli("jellyfin", "show", first, "--json").json[0]["id"] == first
        assert first in cli("jellyfin", "url", first).out
        refused = cli("jellyfin", "show", "../x")
        assert (refused.code, "32 hexadecimal digits" in refused.err) == (2, True)


def test_covers_lyrics_and_playlists_are_kept_beside(album: Path, cli: Cli, tmp_path: Path) -> None:
    (album / "cover.jpg").write_bytes(b"\xff\xd8\xff picture")
    (found,) = cli("jellyfin", "search", "--kind", "albums", "--json").json
    song = next(one["id"] for one in cli("jellyfin", "search", "--json").json if one["name"] == "1")
    (tmp_path / "1.lrc").write_text("[00:01.00]Good evening.\n")
    assert cli("jellyfin", "lyrics", song, "--put", tmp_path / "1.lrc").code == 0
    words = ["jellyfin", "keep", found["id"], "-o", tmp_path / "copy", "--layout", "{title}"]
    rows = cli(*words, "--covers", "--lyrics", "--playlist", "--json").json
    assert {Path(row["path"]).name: row["note"] for row in rows if row["beside"]} == {
        "cover.jpg": "written",
        "1.lrc": "written",
        f"{found['name']}.m3u8": "written",
    }
    assert (tmp_path / "copy" / "cover.jpg").read_bytes() == b"\xff\xd8\xff picture"
    assert cli(*words, "--covers", "--lyrics", "--playlist").out.count("was there") == 6
    assert cli("jellyfin", "cover", found["id"], "-o", tmp_path / "one.jpg").code == 0
    assert (tmp_path / "one.jpg").read_bytes() == b"\xff\xd8\xff picture"
    assert cli("jellyfin", "cover", found["id"], "-o", f"{tmp_path}/new/").code == 0
    assert (tmp_path / "new" / f"{found['id']}.jpg").exists()
    assert cli("jellyfin", "cover", found["id"], "-o", "-").out.endswith(" picture")
    assert cli("jellyfin", "cover", song).code == 4


def test_how_a_player_gets_an_item_is_shown(configured: Sandbox, cli: Cli) -> None:
    assert "as it is" in cli("jellyfin", "playback", HEX, "--format", "flac").out
    encoded = cli("jellyfin", "playback", HEX, "--format", "mp3", "--max-bit-rate", 96_000)
    assert f"{configured.jellyfin_url}/audio/" in encoded.out
    assert "sandbox-token" not in encoded.out
    assert "ApiKey=sandbox-token" in cli("jellyfin", "playback", HEX, "--format", "mp3", "--with-key").out
    assert cli("jellyfin", "playback", HEX, "--format", "mp3", "--json").json[0]["sources"][0]["direct"] is False
    segments = cli("jellyfin", "playback", HEX, "--format", "mp3", "--hls").out
    assert "/master.m3u8?" in segments
    assert "AudioCodec=aac&" in segments
    assert cli("jellyfin", "playback", HEX, "--format", "mp3", "--hls", "--to", "mp3").code == 2
    nothing = b'{"MediaSources": [], "ErrorCode": "NoCompatibleStream"}'
    for body, why in ((nothing, "NoCompatibleStream"), (b'{"MediaSources": []}', "the server names no file")):
        with configured.faults(Fault(path="*/PlaybackInfo", status=200, body=body, content_type="application/json")):
            assert cli("jellyfin", "playback", HEX, "--format", "mp3").out == f"nothing can be played: {why}\n"
