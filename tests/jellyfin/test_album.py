"""Many items into a folder: names, what is there already, failures, progress."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests.inside.jellyfin import Copying, FolderCopy
from tests.jellyfin import shelf
from tests.jellyfin.ways import ONCE, Way
from tests.plans.play import Stage, in_turn, silent
from tests.wire.recorder import Recorder, answer
from tonearm import (
    DownloadInterrupted,
    InvalidInput,
    Jellyfin,
    NotFound,
    Progress,
    ServiceFailed,
    TimedOut,
    Unauthorized,
    UnexpectedAnswer,
    sandbox,
)
from tonearm.jellyfin import Item, Kept
from tonearm.sandbox import Sandbox

KEY = {"token": "sandbox-token"}
ID = "4b3d2c1a0f9e4d8cb7a6958473625140"
BLUE = ["Blue/1.flac", "Blue/2.flac", "Blue/3.flac"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    shelf.fill(folder)
    return folder


@pytest.fixture(scope="module")
def box(library: Path) -> Iterator[Sandbox]:
    with sandbox.start(library=library) as running:
        yield running


@pytest.fixture(autouse=True)
def _whole(box: Sandbox) -> Iterator[None]:
    box.clear_faults()
    yield
    box.clear_faults()


def found(way: Way, box: Sandbox, do: Callable[[Any], Any]) -> list[Item]:
    return way.gather(box.jellyfin_url, do, **KEY)


def album(way: Way, box: Sandbox, name: str) -> str:
    return next(item.id for item in found(way, box, lambda jf: jf.albums()) if item.name == name)


def keep(way: Way, box: Sandbox, what: Any, folder: Path, **asked: Any) -> tuple[Kept, ...]:
    result: tuple[Kept, ...] = way.call(
        box.jellyfin_url, lambda jf: jf.download_all(what, folder, **asked), **KEY, retry=ONCE
    )
    return result


def streams(box: Sandbox, since: int) -> list[sandbox.Exchange]:
    return [exchange for exchange in box.requests[since:] if "/stream" in exchange.path]


def test_an_album_comes_whole_under_names_that_any_system_takes(
    box: Sandbox, way: Way, library: Path, tmp_path: Path
) -> None:
    kept = keep(way, box, album(way, box, "Blue"), tmp_path / "new" / "Blue", workers=3)
    assert [one.error for one in kept] == [None] * 3
    names = [one.path.name for one in kept if one.path]
    assert names[:2] == ["01 - Évening.flac", "02 - CON.flac"]
    assert names[2].startswith("03 - _a_b_c_")
    assert not set(names[2]) & set('<>:"/\\|?*\x07\u202e')
    assert [one.path.read_bytes() for one in kept if one.path] == [(library / name).read_bytes() for name in BLUE]
    assert listed(tmp_path / "new" / "Blue") == {".tonearm.json", *names}
    assert listed(tmp_path) == {"new"}


def test_discs_a_playlist_an_artist_and_a_list_of_items_are_kept(box: Sandbox, way: Way, tmp_path: Path) -> None:
    assert names_of(keep(way, box, album(way, box, "Red"), tmp_path / "r")) == ["1-01 - Noon.flac", "2-01 - Dusk.flac"]
    (playlist,) = found(way, box, lambda jf: jf.playlists())
    mixed = ["01 - Dusk.flac", "02 - Évening.flac", "01 - Dusk.flac"]
    assert names_of(keep(way, box, playlist.id, tmp_path / "p", workers=2)) == mixed
    ann = next(item for item in found(way, box, lambda jf: jf.artists()) if item.name == "Ann")
    assert len(keep(way, box, ann.id, tmp_path / "a")) == 3
    assert names_of(keep(way, box, shelf.item("loose.flac"), tmp_path / "l")) == ["loose.flac"]
    chosen = found(way, box, lambda jf: jf.search("n"))
    assert len(names_of(keep(way, box, chosen, tmp_path / "s"))) == len(chosen)
    assert keep(way, box, [], tmp_path / "none") == ()


def listed(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def names_of(kept: tuple[Kept, ...]) -> list[str]:
    return [one.path.name for one in kept if one.path is not None]


def test_what_is_there_is_left_alone_and_what_changed_or_broke_is_not(box: Sandbox, way: Way, tmp_path: Path) -> None:
    blue = album(way, box, "Blue")
    first = keep(way, box, blue, tmp_path)
    since = len(box.requests)
    again = keep(way, box, blue, tmp_path)
    assert streams(box, since) == []
    assert [one.was_there for one in first] == [False] * 3
    assert [(one.was_there, one.path, one.download) for one in again] == [(True, one.path, None) for one in first]
    assert first[1].path is not None
    whole = first[1].path.read_bytes()
    first[1].path.unlink()
    third = keep(way, box, blue, tmp_path)
    assert [one.was_there for one in third] == [True, False, True]
    assert first[1].path.read_bytes() == whole


def test_a_file_that_was_changed_here_or_is_not_ours_is_left_alone_and_said(
    box: Sandbox, way: Way, library: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blue = album(way, box, "Blue")
    (tmp_path / "01 - Évening.flac").write_bytes(b"mine")
    first = keep(way, box, blue, tmp_path)
    assert names_of(first)[:2] == ["01 - Évening (2).flac", "02 - CON.flac"]
    assert first[1].path is not None
    first[1].path.write_bytes(b"tagged")
    second = keep(way, box, blue, tmp_path)
    assert [one.note for one in second] == [None, "changed here", None]
    assert first[1].path.read_bytes() == b"tagged"
    assert "1 files in" in caplog.text
    assert "02 - CON.flac" in caplog.text
    third = keep(way, box, blue, tmp_path, replace=True)
    assert [one.was_there for one in third] == [True, False, True]
    assert first[1].path.read_bytes() == (library / BLUE[1]).read_bytes()
    assert (tmp_path / "01 - Évening.flac").read_bytes() == b"mine"
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    (fresh / "01 - Évening.flac").write_bytes(b"mine")
    assert names_of(keep(way, box, blue, fresh, replace=True))[0] == "01 - Évening.flac"


def test_encoded_audio_is_left_alone_in_the_form_in_which_it_was_made(box: Sandbox, way: Way, tmp_path: Path) -> None:
    red = album(way, box, "Red")
    first = keep(way, box, red, tmp_path, preset="mp3_128")
    assert [one.error for one in first] == [None, None]
    assert listed(tmp_path) == {".tonearm.json", "1-01 - Noon.mp3", "2-01 - Dusk.mp3"}
    since = len(box.requests)
    assert [one.was_there for one in keep(way, box, red, tmp_path, preset="mp3_128")] == [True, True]
    assert streams(box, since) == []
    assert [one.was_there for one in keep(way, box, red, tmp_path, preset="mp3_256")] == [False, False]
    assert listed(tmp_path) == {".tonearm.json", "1-01 - Noon.mp3", "2-01 - Dusk.mp3"}
    assert [one.was_there for one in keep(way, box, red, tmp_path)] == [False, False]
    assert [one.was_there for one in keep(way, box, red, tmp_path, preset="mp3_256")] == [True, True]
    assert "token" not in (tmp_path / ".tonearm.json").read_text()
    assert box.jellyfin.transcodes.running() == []


def test_options_of_any_mapping_are_kept_with_what_was_made(box: Sandbox, way: Way, tmp_path: Path) -> None:
    red, options = album(way, box, "Red"), MappingProxyType({"opus-audiochannels": "1"})
    for was_there in (False, True):
        kept = keep(way, box, red, tmp_path, preset="opus_96", stream_options=options)
        assert [one.was_there for one in kept] == [was_there] * 2


def test_an_item_that_fails_does_not_stop_the_others(
    box: Sandbox, way: Way, library: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    box.fault(path=f"*{shelf.dashed('Blue/2.flac')}/stream", status=500, times=None)
    blue = album(way, box, "Blue")
    kept = keep(way, box, blue, tmp_path)
    assert [type(one.error) for one in kept] == [type(None), ServiceFailed, type(None)]
    assert (kept[1].path, kept[1].download, kept[1].was_there) == (None, None, False)
    assert "02 - CON.flac was not downloaded" in caplog.text
    assert len(listed(tmp_path)) == 3
    box.clear_faults()
    again = keep(way, box, blue, tmp_path)
    assert [one.was_there for one in again] == [True, False, True]
    assert [one.error for one in again] == [None] * 3


def test_what_broke_off_goes_on_in_a_later_call(box: Sandbox, way: Way, library: Path, tmp_path: Path) -> None:
    box.fault(path=f"*{shelf.dashed('Blue/3.flac')}/stream", drop_response=2000, times=1)
    blue = album(way, box, "Blue")
    kept = keep(way, box, blue, tmp_path)
    assert isinstance(kept[2].error, DownloadInterrupted)
    assert kept[2].error.done == 2000
    again = keep(way, box, blue, tmp_path)[2]
    assert again.download is not None
    assert again.download.resumed
    assert again.path is not None
    assert again.path.read_bytes() == (library / "Blue/3.flac").read_bytes()


def test_an_original_that_is_not_what_its_name_says_is_an_error_of_that_item(
    box: Sandbox, way: Way, tmp_path: Path
) -> None:
    items = [Item(shelf.item("Blue/1.flac"), name="a", container="mp3"), Item(shelf.item("Blue/2.flac"), name="b")]
    odd = Item("no id", name="x", container="flac")
    kept = keep(way, box, [*items, odd], tmp_path)
    assert [type(one.error) for one in kept] == [UnexpectedAnswer, type(None), InvalidInput]


def test_progress_adds_up_to_all_bytes_also_of_what_was_there(box: Sandbox, way: Way, tmp_path: Path) -> None:
    blue = album(way, box, "Blue")
    (first, *_) = keep(way, box, blue, tmp_path)
    assert first.path is not None
    first.path.unlink()
    for workers in (1, 3):
        seen: list[Progress] = []
        kept = keep(way, box, blue, tmp_path / str(workers), workers=workers, on_progress=seen.append)
        whole = sum(one.path.stat().st_size for one in kept if one.path)
        done = [progress.done for progress in seen]
        assert done == sorted(set(done))
        assert (seen[-1].done, seen[-1].total, seen[-1].parts) == (whole, whole, 3)
        assert {progress.part for progress in seen} <= {1, 2, 3}
    seen = []
    keep(way, box, blue, tmp_path, on_progress=seen.append)
    assert seen[-1].done == seen[-1].total == whole


def test_what_progress_raises_stops_it_and_leaves_nothing_running(box: Sandbox, way: Way, tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    red = album(way, box, "Red")
    before = set(threading.enumerate())
    with box.jellyfin.paused_transcodes(after=500), pytest.raises(KeyboardInterrupt):
        keep(way, box, red, tmp_path, preset="mp3_128", workers=1, on_progress=stop)
    assert box.jellyfin.transcodes.running() == []
    assert {thread for thread in threading.enumerate() if thread.name == "tonearm-fork"} <= before
    assert not list(tmp_path.glob("*.mp3"))


def test_an_encoding_that_cannot_be_ended_is_no_failure_of_its_item(
    box: Sandbox, way: Way, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    box.fault(method="DELETE", path="*/ActiveEncodings", status=500, times=None)
    kept = keep(way, box, album(way, box, "Red"), tmp_path, preset="mp3_128")
    assert [one.error for one in kept] == [None, None]
    assert caplog.text.count("the server may continue with what was left") == 2


def test_a_deadline_that_has_passed_is_not_the_failure_of_one_item(tmp_path: Path) -> None:
    with Jellyfin("http://nas") as jf:
        items = [Item(f"{number:032x}", container="flac") for number in range(3)]
        copying = Copying.of(items, tmp_path, FolderCopy(), jf._access)
    stage = Stage(in_turn(silent(deadline=True), silent(deadline=True)))
    with pytest.raises(TimedOut):
        stage.play(copying.plan())
    assert len(stage.requests) <= 2


def test_a_deadline_is_for_all_of_it(box: Sandbox, way: Way, tmp_path: Path) -> None:
    blue = album(way, box, "Blue")
    box.fault(path="*/stream", delay=60.0, times=None)
    with pytest.raises(TimedOut, match="deadline"):
        way.call(box.jellyfin_url, lambda jf: jf.download_all(blue, tmp_path), **KEY, retry=ONCE, deadline=1.0)


def test_an_album_that_cannot_be_read_is_an_error_of_the_call(box: Sandbox, way: Way, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        keep(way, box, ID, tmp_path)
    with pytest.raises(Unauthorized):
        way.call(box.jellyfin_url, lambda jf: jf.download_all(ID, tmp_path))
    page = answer(b"<html>", content_type="text/html")
    with Recorder([answer(json={"Id": ID, "Type": "MusicAlbum"}), page]) as server, pytest.raises(UnexpectedAnswer):
        way.call(server.url, lambda jf: jf.download_all(ID, tmp_path), **KEY, retry=ONCE)


def test_items_that_are_given_need_no_token(box: Sandbox, way: Way, tmp_path: Path) -> None:
    items = found(way, box, lambda jf: jf.search("noon"))
    (kept,) = way.call(box.jellyfin_url, lambda jf: jf.download_all(items, tmp_path))
    assert kept.download is not None
    assert kept.download.size == items[0].size


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"what": "an album"}, "what must be"),
        ({"what": ["x"]}, "audio items"),
        ({"what": iter([Item(ID)])}, "list of audio items"),
        ({"what": 5}, "audio items"),
        ({"folder": None}, "folder"),
        ({"what": [Item(ID, type="MusicAlbum")]}, "audio items"),
        ({"folder": ""}, "folder"),
        ({"workers": 0}, "workers"),
        ({"workers": 9}, "workers"),
        ({"layout": "plain"}, "layout"),
        ({"replace": 1}, "replace"),
        ({"preset": "mp3_320"}, "preset"),
        ({"preset": None}, "neither a preset nor a container"),
        ({"audio_bit_rate": 128_000}, "would do nothing"),
        ({"play_session_id": "one"}, "play_session_id"),
        ({"media_source_id": ID}, "media_source_id"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_sent_or_made(
    asked: dict[str, Any], reason: str, way: Way, tmp_path: Path
) -> None:
    given = {"what": ID, "folder": tmp_path / "new", **asked}
    with Recorder([]) as server, pytest.raises(InvalidInput, match=reason):
        way.call(server.url, lambda jf: jf.download_all(given.pop("what"), given.pop("folder"), **given))
    assert server.requests == []
    assert listed(tmp_path) == set()


def test_a_folder_that_cannot_be_made_is_refused(way: Way, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with Recorder([]) as server:
        for folder in (tmp_path / "file" / "sub", "nul\0"):
            with pytest.raises(InvalidInput, match="cannot be made"):
                way.call(server.url, lambda jf, folder=folder: jf.download_all([], folder))
    assert server.requests == []
