"""`tonearm aioz`, each command against the sandbox."""

import hashlib
import io
import json
import re
import shlex
from pathlib import Path
from typing import Any

import av
import httpx
import pytest
from attrs import evolve

from tonearm import Aioz, NotFound, Progress
from tonearm.aioz.media import Media
from tonearm.cli import main
from tonearm.errors import TranscodeFailed
from tonearm.sandbox import Fault, Sandbox

from .conftest import CLIP, Cli, Done

VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n"


def feed(monkeypatch: pytest.MonkeyPatch, body: bytes, *, terminal: bool = False) -> None:
    """Put bytes on standard input."""
    stdin = io.TextIOWrapper(io.BytesIO(body))
    stdin.isatty = lambda: terminal  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", stdin)


@pytest.fixture
def media(configured: Sandbox) -> Media:
    """An object that is transcoded."""
    with Aioz() as aioz:
        return aioz.upload(CLIP, title="A talk", preset="standard", tags=["one"], wait=True)


def source_hash(media: dict[str, Any]) -> str:
    headers = {"stream-public-key": "sandbox-public", "stream-secret-key": "sandbox-secret"}
    return hashlib.sha256(httpx.get(media["assets"]["source_url"], headers=headers).content).hexdigest()


def test_upload_sends_files_and_patterns_and_shows_each_object(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    for name in ("a.flac", "b.flac"):
        (tmp_path / name).write_bytes(CLIP.read_bytes())
    options = (
        "--preset",
        "standard",
        "--tag",
        "x",
        "--tag",
        "y",
        "--metadata",
        "k=v=w",
        "--private",
        "--description",
        "d",
    )
    done = cli("aioz", "upload", tmp_path / "*.flac", CLIP, *options, "--wait", "--json")
    assert done.code == 0
    assert done.err == ""
    assert [media["title"] for media in done.json] == ["a.flac", "b.flac", CLIP.name]
    for media in done.json:
        assert (media["status"], media["tags"], media["metadata"]) == ("done", ["x", "y"], {"k": "v=w"})
        assert (media["is_public"], media["description"]) == (False, "d")
        assert source_hash(media) == hashlib.sha256(CLIP.read_bytes()).hexdigest()
        assert {"raw", "request_id"} & media.keys() == set()


def test_upload_shows_people_what_they_need(configured: Sandbox, cli: Cli) -> None:
    done = cli("aioz", "upload", CLIP, "--preset", "highest", "--title", "Bells \x1b[31m")
    assert done.code == 0
    lines = dict(line.split(maxsplit=1) for line in done.out.splitlines())
    assert lines["title"] == "Bells \ufffd[31m"
    assert lines["size"] == "79.9 kB"
    assert lines["hls"].startswith(configured.aioz_url)


def test_upload_reads_standard_input_once(configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    body = CLIP.read_bytes()
    feed(monkeypatch, body)
    done = cli("aioz", "upload", "-", "--title", "piped", "--preset", "standard", "--wait", "--json")
    assert (done.code, source_hash(done.json[0])) == (0, hashlib.sha256(body).hexdigest())
    feed(monkeypatch, body)
    done = cli(
        "aioz", "upload", "-", "--title", "piped", "--size", len(body), "--part-size", 30_000, "--wait", "--json"
    )
    assert (done.code, source_hash(done.json[0])) == (0, hashlib.sha256(body).hexdigest())
    assert done.err == "tonearm: parts of 30000 bytes: the service documents no less than 50 MB\n"
    feed(monkeypatch, body)
    done = cli("aioz", "upload", "-", "--title", "piped", "--size", 5)
    assert (done.code, done.out, "the stream continues after" in done.err) == (1, "", True)
    feed(monkeypatch, body)
    assert cli("aioz", "upload", "-", "-", "--title", "x").err == "tonearm: standard input (-) can be read once only\n"
    assert cli("aioz", "upload", "-").err == "tonearm: --title must be given, as the source has no name\n"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["nothing.flac"], "there is no file 'nothing.flac'"),
        (["no*.flac"], "nothing matches 'no*.flac'"),
        ([str(CLIP), "--preset", "loud"], "got 'loud'"),
        ([str(CLIP), "--metadata", "novalue"], "--metadata takes NAME=VALUE, not 'novalue'"),
        ([str(CLIP), "--metadata", "=v"], "--metadata takes NAME=VALUE, not '=v'"),
        ([str(CLIP), "--preset", "standard", "--max-price", "0.000001"], "USD, which this would cost, got 1e-06"),
    ],
)
def test_what_cannot_be_uploaded_is_told_before_anything_is_made(
    words: list[str], reason: str, configured: Sandbox, cli: Cli
) -> None:
    before = sum("create" in request.path for request in configured.requests)
    done = cli("aioz", "upload", *words)
    assert (done.code, done.out) == (2, "")
    assert reason in done.err
    assert sum("create" in request.path for request in configured.requests) == before


def test_a_file_that_cannot_be_sent_stops_no_other(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "empty.flac").touch()
    done = cli("aioz", "upload", "gone.flac", CLIP, tmp_path / "empty.flac", "--preset", "standard", "--json")
    assert (done.code, [one["title"] for one in done.json]) == (2, [CLIP.name])
    assert [json.loads(line)["message"] for line in done.err.splitlines()] == [
        "there is no file 'gone.flac'",
        "empty.flac is empty: there is nothing to send",
    ]


def test_what_is_wrong_with_an_option_is_said_once(configured: Sandbox, cli: Cli) -> None:
    done = cli("aioz", "upload", CLIP, CLIP, "--preset", "loud")
    assert (done.code, len(done.err.splitlines())) == (2, 1)


def test_an_upload_that_breaks_off_goes_on_with_the_printed_command(configured: Sandbox, cli: Cli) -> None:
    with configured.faults(_fault()):
        done = cli("aioz", "upload", CLIP, "--preset", "standard", "--part-size", 30_000, "--wait")
    assert done.code == 5
    *_, last = done.err.splitlines()
    assert last.startswith("to go on: tonearm aioz resume /")
    left = cli("aioz", "unfinished", "--json").json
    assert [(one["title"], one["done"], one["source"]) for one in left] == [(CLIP.name, 30_000, str(CLIP))]
    assert "38%" in cli("aioz", "unfinished").out
    words = shlex.split(last.removeprefix("to go on: tonearm "))
    done = cli(*words, "--json")
    assert (done.code, done.json[0]["status"]) == (0, "done")
    assert source_hash(done.json[0]) == hashlib.sha256(CLIP.read_bytes()).hexdigest()
    assert cli("aioz", "unfinished").out == ""


def _fault() -> Fault:
    return Fault(path="*/part", skip=1, status=501)


def test_ctrl_c_while_waiting_leaves_the_command_that_waits(
    configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Aioz, "wait", stop)
    done = cli("aioz", "upload", CLIP, CLIP, "--wait", "--base-url", configured.aioz_url)
    assert (done.code, done.out) == (5, "")
    where = f"--base-url={configured.aioz_url}"
    interrupted, line = done.err.splitlines()
    assert interrupted == "tonearm: interrupted"
    first, second = line.removeprefix("to go on: ").split(" && ")
    assert first.startswith(f"tonearm aioz wait {where} ")
    assert second == f"tonearm aioz upload --wait {where} {CLIP}"
    with configured.faults(_fault()):
        assert cli("aioz", "upload", CLIP, "--part-size", 30_000).code == 5
    state = cli("aioz", "unfinished", "--json").json[0]["state"]
    done = cli("aioz", "resume", state, "--wait")
    assert (done.code, "to go on: tonearm aioz wait " in done.err) == (5, True)


@pytest.mark.parametrize("second", ["upload", "resume"])
def test_an_object_that_failed_for_good_is_not_waited_for_again(
    second: str, configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failed(_: Aioz, id: str, **__: object) -> None:
        raise TranscodeFailed(f"{id} ended as fail", media=None)

    words = ["upload", CLIP, "--wait"]
    if second == "resume":
        with configured.faults(_fault()):
            assert cli("aioz", "upload", CLIP, "--part-size", 30_000).code == 5
        words = ["resume", "--wait"]
    monkeypatch.setattr(Aioz, "wait", failed)
    done = cli("aioz", *words)
    assert (done.code, done.out) == (1, "")
    assert (" ended as fail\n" in done.err, "to go on" in done.err) == (True, False)


@pytest.mark.parametrize("command", ["show a b", "delete --yes a b", "upload {file} {file}.x"])
def test_a_lost_connection_leaves_nothing_to_go_on_with_where_nothing_was_done(
    command: str, configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIOZ_STREAM_BASE_URL", "http://127.0.0.1:9/api")
    monkeypatch.setenv("AIOZ_STREAM_PUBLIC_KEY", "k")
    file = tmp_path / "a.flac"
    for path in (file, Path(f"{file}.x")):
        path.write_bytes(CLIP.read_bytes())
    done = cli("aioz", *command.format(file=file).split())
    assert (done.code, "to go on" in done.err) == (1, False)


def test_what_begins_with_a_dash_is_no_option(configured: Sandbox, cli: Cli) -> None:
    id = cli("aioz", "upload", CLIP, "--json").json[0]["id"]
    with configured.faults(Fault(path="*/media/-x", status=501)):
        done = cli("aioz", "show", id, "--", "-x")
    assert (done.code, done.err.splitlines()[-1]) == (5, "to go on: tonearm aioz show -- -x")


def test_parts_that_are_too_large_are_not_to_go_on(configured: Sandbox, cli: Cli) -> None:
    with configured.faults(Fault(path="*/part", status=413)):
        done = cli("aioz", "upload", CLIP, "--part-size", 30_000)
    assert done.code == 1
    assert "upload again with a smaller" in done.err
    assert "to go on" not in done.err


def test_resume_takes_all_that_is_unfinished_or_a_file_that_was_moved(
    configured: Sandbox, cli: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "a.flac"
    file.write_bytes(CLIP.read_bytes())
    with configured.faults(_fault()):
        assert cli("aioz", "upload", file, "--part-size", 30_000).code == 5
    moved = file.rename(tmp_path / "b.flac")
    state = cli("aioz", "unfinished", "--json").json[0]["state"]
    done = cli("aioz", "resume")
    assert done.code == 2
    assert done.err.splitlines() == [
        f"tonearm: there is no file '{file}'",
        f"tonearm: if it is not to be resumed: tonearm aioz forget {state}",
        f"tonearm: what to do: if it was moved: tonearm aioz resume {state} --source FILE",
    ]
    for words in ([state, "--source", tmp_path / "c.flac"], [tmp_path / "no-journal"]):
        done = cli("aioz", "resume", *words)
        assert (done.code, "if it was moved" in done.err) == (2, False)
    assert cli("aioz", "resume", state, "--source", moved, "--json").json[0]["title"] == "a.flac"
    assert cli("aioz", "resume") == Done(0, "", "")


def test_a_journal_that_is_dead_stops_no_other_and_is_forgotten(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.flac", "b.flac", "c.flac")]
    for file in files:
        file.write_bytes(CLIP.read_bytes())
        with configured.faults(_fault()):
            assert cli("aioz", "upload", file, "--part-size", 30_000).code == 5
    gone, moved, good = cli("aioz", "unfinished", "--json").json
    assert cli("aioz", "delete", gone["id"], "--yes").code == 0
    files[1].rename(tmp_path / "moved.flac")
    wrong = cli("aioz", "resume", "--source", tmp_path / "moved.flac")
    assert (wrong.code, "--source is the file of one upload" in wrong.err) == (2, True)
    done = cli("aioz", "resume", "--json")
    assert (done.code, [one["id"] for one in done.json]) == (2, [good["id"]])
    errors = [json.loads(line) for line in done.err.splitlines()]
    assert errors[0]["message"] == f"the object {gone['id']} does not exist any more"
    for state in (gone["state"], moved["state"]):
        assert f"if it is not to be resumed: tonearm aioz forget {state}" in str(errors)
    assert cli("aioz", "forget").code == cli("aioz", "forget", "--all", gone["state"]).code == 2
    assert cli("aioz", "forget", tmp_path / "moved.flac", gone["state"], "--json").json[0]["id"] == gone["id"]
    assert [one["id"] for one in cli("aioz", "forget", "--all", "--json").json] == [moved["id"]]
    assert cli("aioz", "unfinished").out == ""


@pytest.mark.parametrize("where", ["read-only", "homeless"])
def test_an_upload_without_a_journal_needs_no_folder_for_it(
    where: str, configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    if where == "homeless":
        monkeypatch.delenv("XDG_STATE_HOME")
        monkeypatch.setattr(Path, "home", homeless)
    else:
        (tmp_path / "file").touch()
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    done = cli("aioz", "upload", CLIP)
    assert (done.code, done.err.endswith("or use --no-state\n")) == (2, True)
    assert cli("aioz", "upload", CLIP, "--no-state").code == 0
    assert cli("aioz", "unfinished").out == ""


def test_list_filters_and_sorts(media: Media, cli: Cli) -> None:
    everything = cli("aioz", "list", "--json").json
    assert media.id in [one["id"] for one in everything]
    words = ("--status", "done", "--tag", "one", "--search", "A talk", "--sort-by", "size", "--order-by", "desc")
    found = cli("aioz", "list", *words, "--json").json
    assert media.id in [one["id"] for one in found]
    assert all(one["status"] == "done" for one in found)
    table = cli("aioz", "list", *words).out.splitlines()
    assert table[0].split() == ["id", "title", "status", "duration", "size", "created"]
    assert any(line.startswith(f"{media.id}  A talk  done") for line in table)
    assert cli("aioz", "list", "--search", "nothing of that name") == Done(0, "", "")
    assert cli("aioz", "list", "--metadata", "listed=never", "--json").out == ""


def test_show_and_wait_and_cost(media: Media, cli: Cli) -> None:
    shown = cli("aioz", "show", media.id, media.id, "--json")
    assert [one["id"] for one in shown.json] == [media.id, media.id]
    assert "qualities  standard/hls: done" in cli("aioz", "show", media.id).out
    assert cli("aioz", "wait", media.id, "--timeout", 30, "--json").json[0]["status"] == "done"
    price = cli("aioz", "cost", "--duration", 60, "--preset", "highest", "--json").json[0]
    assert price["price"] > 0
    assert price["is_enough"] is True
    assert " USD\n" in cli("aioz", "cost", "--duration", 60, "--preset", "highest").out
    assert cli("aioz", "cost", "--duration", 60).code == 2


def test_a_file_costs_what_its_duration_costs(configured: Sandbox, cli: Cli) -> None:
    with av.open(str(CLIP)) as recording:
        assert recording.duration is not None
        seconds = recording.duration / 1_000_000
    priced = cli("aioz", "cost", CLIP, "--preset", "highest", "--json").json[0]
    assert (
        priced["price"] == cli("aioz", "cost", "--duration", seconds, "--preset", "highest", "--json").json[0]["price"]
    )
    for words in ([], [CLIP, "--duration", 60]):
        refused = cli("aioz", "cost", *words, "--preset", "highest")
        assert (refused.code, refused.err.splitlines()[0]) == (2, "tonearm: give an audio file, or --duration")
    assert cli("aioz", "cost", Path(__file__), "--preset", "highest").code == 2


def test_an_object_that_is_not_there_ends_with_4(configured: Sandbox, cli: Cli) -> None:
    missing = "302d7acc-958a-4ed6-95c5-4f29a8c1e2f6"
    for command in ("show", "wait"):
        done = cli("aioz", command, missing)
        assert (done.code, done.out) == (4, "")
        assert done.err.startswith("tonearm: GET ")


def test_keys_that_are_refused_end_with_3(configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIOZ_STREAM_SECRET_KEY", "wrong")
    done = cli("aioz", "list")
    assert (done.code, done.out) == (3, "")
    assert "-> 401" in done.err


def test_update_changes_what_is_given_and_clears_what_is_named(media: Media, cli: Cli) -> None:
    words = (
        "--title",
        "New",
        "--description",
        "d",
        "--tag",
        "t",
        "--metadata",
        "a=b",
        "--public",
        "--player-theme-id",
        "p",
    )
    done = cli("aioz", "update", media.id, *words, "--json")
    changed = done.json[0]
    assert (changed["title"], changed["tags"], changed["metadata"]) == ("New", ["t"], {"a": "b"})
    cleared = cli("aioz", "update", media.id, "--clear", "tags", "--clear", "description", "--json").json[0]
    assert (cleared["tags"], cleared["description"], cleared["metadata"]) == ([], "", {"a": "b"})
    for wrong in (["--clear", "title"], ["--clear", "tags", "--tag", "x"]):
        assert cli("aioz", "update", media.id, *wrong).code == 2
    assert cli("aioz", "update", media.id).err == "tonearm: nothing to update was given\n"


def test_delete_asks_people_and_needs_a_yes_of_programs(
    media: Media, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, b"")
    assert cli("aioz", "delete", media.id).err == "tonearm: nobody can be asked: --yes deletes without a question\n"
    feed(monkeypatch, b"n\n", terminal=True)
    done = cli("aioz", "delete", media.id)
    assert (done.code, done.out) == (1, "")
    feed(monkeypatch, b"n\n", terminal=True)
    assert f"Delete {media.title!r} ({media.id}), " in cli("aioz", "delete", media.id, media.id).err
    feed(monkeypatch, b"n\n", terminal=True)
    assert " and 2 more? [y/N]" in cli("aioz", "delete", *[media.id] * 7).err
    feed(monkeypatch, b"y\n", terminal=True)
    assert cli("aioz", "delete", media.id).code == 0
    assert cli("aioz", "delete", media.id, "--yes").code == 4
    again = cli("aioz", "delete", media.id, "-y", "--missing-ok", "--json")
    assert (again.code, again.json) == (0, [{"id": media.id, "deleted": True}])


@pytest.mark.parametrize("command", ["captions", "chapters", "transcripts"])
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--put", "en=bad.vtt"], "a WebVTT file begins with WEBVTT"),
        (["--put", "fr=good.vtt", "--put", "en=empty.vtt"], "is empty"),
        (["--put", "english=good.vtt"], "language must be a BCP 47 tag"),
        (["--delete", "english"], "language must be a BCP 47 tag"),
        (["--put", "fr=good.vtt", "--put", "fr=bad.vtt"], "--put has 'fr' twice"),
    ],
    ids=" ".join,
)
def test_nothing_is_deleted_for_a_track_that_is_refused(
    command: str,
    words: list[str],
    reason: str,
    configured: Sandbox,
    cli: Cli,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, body in {"good.vtt": VTT, "bad.vtt": b"1\n00:00", "empty.vtt": b""}.items():
        (tmp_path / name).write_bytes(body)
    before = len(configured.requests)
    done = cli("aioz", command, "an-id", "--delete", "en", *words)
    assert (done.code, reason in done.err) == (2, True), done.err
    assert len(configured.requests) == before


@pytest.mark.parametrize("command", ["captions", "chapters", "transcripts"])
def test_tracks_are_listed_added_and_deleted(
    command: str, media: Media, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "en.vtt"
    file.write_bytes(VTT)
    assert cli("aioz", command, media.id) == Done(0, "", "")
    feed(monkeypatch, VTT)
    done = cli("aioz", command, media.id, "--put", f"en={file}", "--put", "fr=-", "--json")
    assert sorted(track["language"] for track in done.json) == ["en", "fr"]
    done = cli("aioz", command, media.id, "--delete", "fr")
    assert [line.split()[0] for line in done.out.splitlines()] == ["language", "en"]
    assert cli("aioz", command, media.id, "--delete", "de").code == 4
    assert cli("aioz", command, media.id, "--put", "en").code == 2
    gone = cli("aioz", command, media.id, "--delete", "en", "--put", f"en={tmp_path}/gone.vtt")
    assert (gone.code, gone.err) == (2, f"tonearm: there is no file '{tmp_path}/gone.vtt'\n")
    assert [track["language"] for track in cli("aioz", command, media.id, "--json").json] == ["en"]


@pytest.mark.parametrize("command", ["captions", "transcripts"])
def test_a_language_is_made_the_default(command: str, media: Media, cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "any.vtt"
    file.write_bytes(VTT)
    done = cli("aioz", command, media.id, "--put", f"en={file}", "--put", f"de={file}", "--default", "de", "--json")
    assert [track["language"] for track in done.json if track["is_default"]] == ["de"]
    assert cli("aioz", command, media.id, "--default", "fr").code == 4
    assert cli("aioz", command, media.id, "--put", f"fr={file}", "--default", "french").code == 2
    assert len(cli("aioz", command, media.id, "--json").json) == 2


def test_a_cover_is_set_and_taken_away(media: Media, cli: Cli, tmp_path: Path) -> None:
    picture = tmp_path / "cover.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n and more")
    done = cli("aioz", "cover", media.id, "--put", picture, "--json")
    assert (done.code, done.json[0]["id"]) == (0, media.id)
    where = done.json[0]["assets"]["thumbnail_url"]
    assert httpx.get(where).content == picture.read_bytes()
    assert cli("aioz", "cover", media.id, "--delete").out.splitlines() == [f"id     {media.id}", f"cover  {where}"]
    assert httpx.get(where).content != picture.read_bytes()
    assert cli("aioz", "cover", media.id, "--delete", "--put", picture).code == 2


def test_a_playlist_is_made_and_changed(media: Media, cli: Cli, tmp_path: Path) -> None:
    cover = tmp_path / "cover.png"
    cover.write_bytes(b"\x89PNG\r\n\x1a\n and more")
    (made,) = cli("aioz", "playlists", "--create", "Mornings", "--tag", "a", "--metadata", "k=v", "--json").json
    assert (made["name"], made["tags"], made["metadata"]) == ("Mornings", ["a"], {"k": "v"})
    done = cli("aioz", "playlist", made["id"], "--add", media.id, "--add", media.id, "--name", "Evenings", "--json")
    first, second = (item["id"] for item in done.json[0]["items"])
    done = cli("aioz", "playlist", made["id"], "--move", second, "--cover", cover, "--json")
    assert [item["id"] for item in done.json[0]["items"]] == [second, first]
    done = cli("aioz", "playlist", made["id"], "--move", second, "--after", first, "--remove", first)
    assert done.code == 2
    shown = cli("aioz", "playlist", made["id"]).out
    assert [line.split()[0] for line in shown.splitlines()[-2:]] == ["item", second]
    assert f"/playlists/{made['id']}/thumbnail" in shown
    assert [one["name"] for one in cli("aioz", "playlists", "--search", "even", "--json").json] == ["Evenings"]
    assert cli("aioz", "playlists", "--tag", "b") == Done(0, "", "")
    for words in (["--delete", "--name", "x"], ["--after", first]):
        assert cli("aioz", "playlist", made["id"], *words).code == 2
    assert cli("aioz", "playlists", "--create", "x", "--search", "y").code == 2
    assert cli("aioz", "playlist", made["id"], "--delete") == Done(0, "", "")
    assert cli("aioz", "playlist", made["id"]).code == 4


def test_webhooks_are_added_checked_and_deleted(configured: Sandbox, cli: Cli) -> None:
    url = "https://example.org/cli"
    done = cli("aioz", "webhooks", "--create", url, "--event", "encoding_failed", "--name", "cli", "--json")
    (made,) = [one for one in done.json if one["url"] == url]
    assert (made["name"], made["events"]) == ("cli", ["encoding_failed"])
    assert any(line.split()[:3] == [made["id"], "cli", url] for line in cli("aioz", "webhooks").out.splitlines())
    assert cli("aioz", "webhooks", "--check", "00000000-0000-4000-8000-000000000000").code == 4
    assert cli("aioz", "webhooks", "--create", url, "--event", "encoding").code == 2
    assert cli("aioz", "webhooks", "--name", "x").code == 2
    done = cli("aioz", "webhooks", "--delete", made["id"], "--json")
    assert (done.code, [one for one in done.json if one["id"] == made["id"]]) == (0, [])


def test_keys_are_made_renamed_and_deleted_and_the_secret_is_shown_once(configured: Sandbox, cli: Cli) -> None:
    done = cli("aioz", "keys", "--create", "cli", "--ttl", "60", "--only-upload", "--json")
    (made,) = done.json
    assert (made["name"], made["type"], made["ttl"]) == ("cli", "only_upload", 60)
    assert "only this once" in done.err
    with Aioz(public_key=made["public_key"], secret_key=made["secret"], base_url=configured.aioz_url) as aioz:
        aioz.create("made with a new key")
    full = cli("aioz", "keys", "--create", "for people", "--ttl", "60").out
    (id,) = [one["id"] for one in cli("aioz", "keys", "--search", "for people", "--json").json]
    assert re.search("^secret +[\\w+/=]{48}$", full, re.MULTILINE)
    cli("aioz", "keys", "--delete", id)
    assert cli("aioz", "keys", "--rename", made["id"], "--name", "new").code == 0
    listed = cli("aioz", "keys", "--search", "new")
    assert made["public_key"] in listed.out
    assert made["secret"] not in listed.out + listed.err + cli("aioz", "keys", "--json").out
    for wrong in (["--create", "x"], ["--ttl", "5"], ["--only-upload"], ["--rename", "x"], ["--name", "x"]):
        assert cli("aioz", "keys", *wrong).code == 2
    assert made["id"] not in cli("aioz", "keys", "--delete", made["id"]).out
    assert cli("aioz", "keys", "--delete", made["id"]).code == 4


def test_themes_are_made_given_and_deleted(configured: Sandbox, media: Media, cli: Cli) -> None:
    def listed(*words: str) -> list[Any]:
        done = cli("aioz", "themes", "--search", "cli look", "--json", *words)
        assert done.code == 0, done.err
        return done.json

    (made,) = listed("--create", "cli look", "--main-color", "#2563eb")
    assert (made["main_color"], made["is_default"]) == ("#2563eb", False)
    (changed,) = listed(
        "--update", made["id"], "--text-color", "#ffffff", "--default", "--use", made["id"], "--media", media.id
    )
    assert (changed["main_color"], changed["text_color"], changed["is_default"]) == ("#2563eb", "#ffffff", True)
    with Aioz(base_url=configured.aioz_url, public_key="sandbox-public", secret_key="sandbox-secret") as aioz:
        assert aioz.get(media.id).player_theme_id == made["id"]
        aioz.remove_player_theme(media.id, made["id"])
    for wrong in (["--main-color", "#ffffff"], ["--use", "x"], ["--media", "x"], ["--create", "x", "--update", "y"]):
        assert cli("aioz", "themes", *wrong).code == 2
    assert listed("--delete", made["id"]) == []


def test_live_keys_and_broadcasts_are_made_listed_and_deleted(configured: Sandbox, cli: Cli) -> None:
    done = cli("aioz", "live", "--create", "cli show", "--save", "--json")
    (made,) = done.json
    assert (made["name"], made["save"], "broadcast in your name" in done.err) == ("cli show", True, True)
    listed = cli("aioz", "live")
    assert made["id"] in listed.out
    assert made["stream_key"] not in listed.out + cli("aioz", "live", "--json").out
    assert made["stream_key"] in cli("aioz", "live", "--key", made["id"], "--secret").out
    (begun,) = cli("aioz", "live", "--key", made["id"], "--begin", "Friday", "--json").json
    assert (begun["title"], begun["status"]) == ("Friday", "created")
    assert cli("aioz", "live", "--key", made["id"], "--end", begun["id"], "--json").json == []
    for wrong in (["--begin", "x"], ["--end", "x"], ["--secret"], ["--save"]):
        assert cli("aioz", "live", *wrong).code == 2
    assert made["id"] not in cli("aioz", "live", "--delete", made["id"]).out
    assert cli("aioz", "live", "--key", made["id"]).code == 4


def test_the_account_is_shown(configured: Sandbox, cli: Cli) -> None:
    assert cli("aioz", "account", "--json").json[0]["balance"] == 100.0
    assert "balance" in cli("aioz", "account").out


def test_a_source_is_downloaded_as_it_was_uploaded(
    media: Media, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    out = tmp_path / "a b.flac"
    assert main(["aioz", "download", media.id, "-o", str(out), "--json"]) == 0
    assert out.read_bytes() == CLIP.read_bytes()
    assert json.loads(capfdbinary.readouterr().out)["path"] == str(out)
    assert main(["aioz", "download", media.id, "-o", "-"]) == 0
    assert capfdbinary.readouterr().out == CLIP.read_bytes()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A talk", "A talk.flac"),
        ("talk.FLAC", "talk.FLAC"),
        ("v1.2", "v1.2.flac"),
        ("../../x.flac", "_.._x.flac"),
        ("CON", "_CON.flac"),
        (f"{'x' * 300}.flac", f"{'x' * 215}.flac"),
    ],
)
def test_a_source_in_a_folder_is_named_by_title_and_replaces_no_other_file(
    title: str, name: str, media: Media, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tonearm.Aioz.get", lambda *_: evolve(media, title=title))
    folder = tmp_path / "new"
    assert cli("aioz", "download", media.id, "-o", f"{folder}/", "--json").json[0]["path"] == str(folder / name)
    assert cli("aioz", "download", media.id, "-o", folder).code == 0  # the same file once more
    assert [path.name for path in folder.iterdir()] == [name]
    (folder / name).write_text("mine")
    monkeypatch.chdir(folder)
    assert cli("aioz", "download", media.id).code == 0
    stem, suffix = Path(name).stem, Path(name).suffix
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        name: b"mine",
        f"{stem} [{media.id[:8]}]{suffix}": CLIP.read_bytes(),
    }


def test_a_source_whose_title_cannot_be_asked_for_keeps_its_id(
    media: Media, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise NotFound("no", method="GET", url="u", status=404)

    monkeypatch.setattr("tonearm.Aioz.get", refuse)
    assert cli("aioz", "download", media.id, media.id, "-o", f"{tmp_path}/").code == 0
    assert (tmp_path / f"{media.id}.flac").read_bytes() == CLIP.read_bytes()


def test_several_sources_need_a_folder(cli: Cli, configured: Sandbox, tmp_path: Path) -> None:
    done = cli("aioz", "download", "a", "b", "-o", tmp_path / "x.flac")
    assert (done.code, "several files need a folder" in done.err) == (2, True)


def test_ctrl_c_in_a_download_leaves_the_command_that_goes_on(
    media: Media, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: Progress) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "a b.flac"
    with monkeypatch.context() as patched:
        patched.setattr("tonearm.cli._bars.Bars.of", lambda *_: stop)
        done = cli("aioz", "download", media.id, "-o", out)
    assert (done.code, out.exists()) == (5, False)
    *_, last = done.err.splitlines()
    assert last == f"to go on: tonearm aioz download '--out={out}' {media.id}"
    assert cli(*shlex.split(last.removeprefix("to go on: tonearm "))).code == 0
    assert out.read_bytes() == CLIP.read_bytes()


def test_a_dry_run_shows_every_request_of_an_upload_and_sends_none(
    configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(configured.requests)
    done = cli("aioz", "upload", CLIP, CLIP, "--preset", "highest", "--part-size", 50_000, "--dry-run", "--json")
    assert done.code == 0
    assert len(configured.requests) == before
    assert not list((tmp_path / "state").rglob("*"))
    one, other = done.json[: len(done.json) // 2], done.json[len(done.json) // 2 :]
    tags = [steps[0]["json"].pop("metadata")[0] for steps in (one, other)]
    assert one == other
    assert [tag["key"] for tag in tags] == ["tonearm-upload"] * 2
    assert [(step["method"], step["url"].removeprefix(configured.aioz_url)) for step in one] == [
        ("POST", "/media/create"),
        ("POST", "/media/ID/part"),
        ("POST", "/media/ID/part"),
        ("GET", "/media/ID/complete"),
    ]
    assert one[0]["json"]["qualities"][0]["resolution"] == "highest"
    assert one[0]["hidden"] == ["stream-public-key", "stream-secret-key"]
    assert one[1]["headers"]["content-range"] == f"bytes 0-49999/{CLIP.stat().st_size}"
    digest = hashlib.md5(CLIP.read_bytes()[:50_000]).hexdigest()
    assert one[1]["form"] == [["hash", digest], ["index", "1"], ["file", f"{CLIP.name}, 50000 bytes"]]
    said = cli("aioz", "upload", CLIP, "--part-size", 50_000, "--dry-run").out
    assert "  stream-secret-key: (not shown)\n" in said
    assert f"  hash = {digest}\n" in said
    feed(monkeypatch, CLIP.read_bytes())
    assert len(cli("aioz", "upload", "-", "--title", "x", "--dry-run", "--json").json) == 3


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["list", "--status", "done"], ["POST /media"]),
        (["show", "a", "b"], ["GET /media/a", "GET /media/b"]),
        (["wait", "a"], ["GET /media/a"]),
        (["cost", "--duration", "5", "--preset", "good"], ["GET /media/cost?qualities=good&type=audio&duration=5.0"]),
        (["update", "a", "--title", "x"], ["PATCH /media/a"]),
        (["delete", "a", "b"], ["DELETE /media/a", "DELETE /media/b"]),
        (["captions", "a"], ["GET /media/a/captions?offset=0&limit=100"]),
        (["chapters", "a", "--delete", "en"], ["DELETE /media/a/chapters/en"]),
        (["transcripts", "a"], ["GET /media/a/transcripts?offset=0&limit=100"]),
        (["cover", "a", "--delete"], ["DELETE /media/a/thumbnail"]),
        (["download", "a", "b"], ["GET /media/a", "GET /media/b"]),
        (["webhooks"], ["GET /webhooks?offset=0&limit=100"]),
        (["webhooks", "--create", "https://example.org"], ["POST /webhooks"]),
        (["account"], ["GET /user/me"]),
        (["keys"], ["GET /api_keys?offset=0&limit=100"]),
        (["keys", "--create", "x", "--ttl", "60"], ["POST /api_keys"]),
        (
            ["stats"],
            [
                f"POST /analytics/metrics/{path}"
                for path in (
                    "timeseries/play/day",
                    "timeseries/watch_time/day",
                    "bucket/play/country",
                    "bucket/play/device-type",
                    "bucket/play/media-id",
                )
            ],
        ),
        (["themes"], ["GET /players?offset=0&limit=100"]),
        (["themes", "--create", "x", "--main-color", "#ffffff"], ["POST /players"]),
        (["live"], ["GET /live_streams?offset=0&limit=100&type=audio"]),
        (["live", "--create", "x"], ["POST /live_streams"]),
        (["live", "--key", "a", "--begin", "x"], ["POST /live_streams/a/streamings"]),
        (["live", "--key", "a", "--secret"], ["GET /live_streams/a"]),
        (["playlists"], ["POST /playlists"]),
        (["playlists", "--create", "x"], ["POST /playlists/create"]),
        (["playlist", "a", "--add", "b"], ["POST /playlists/a/items"]),
        (["playlist", "a", "--delete"], ["DELETE /playlists/a"]),
    ],
    ids=lambda value: value[0],
)
def test_each_command_has_a_dry_run(words: list[str], expected: list[str], configured: Sandbox, cli: Cli) -> None:
    before = len(configured.requests)
    done = cli("aioz", *words, "--dry-run", "--json")
    assert done.code == 0
    assert [f"{one['method']} {one['url'].removeprefix(configured.aioz_url)}" for one in done.json] == expected
    assert len(configured.requests) == before


def test_json_is_ascii_and_has_one_object_a_line(media: Media, cli: Cli) -> None:
    cli("aioz", "update", media.id, "--title", "Größe")
    done = cli("aioz", "show", media.id, "--json")
    assert done.out.isascii()
    assert json.loads(done.out)["title"] == "Größe"
    assert done.out.count("\n") == 1
