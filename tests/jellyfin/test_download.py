"""Downloads over real sockets: whole or not at all, and never the wrong bytes under the right name."""

import hashlib
import json
import os
import random
import socket
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import pytest

from tests.jellyfin.conftest import House
from tests.jellyfin.test_stream import sessions
from tests.jellyfin.ways import ONCE, Way
from tests.wire.recorder import CUT, Recorder, answer
from tonearm import DownloadInterrupted, InvalidInput, NotFound, Progress, Truncated, UnexpectedAnswer
from tonearm.jellyfin import Download

ITEM = "4b3d2c1a-0f9e-4d8c-b7a6-958473625140"
SOUND = random.Random(2).randbytes(50_000)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def seconds(path: Path) -> float:
    """How long the audio of a file is when it is decoded to its end."""
    with av.open(path) as media:
        return sum(frame.samples / frame.sample_rate for frame in media.decode(audio=0))


# Originals


def test_the_original_is_the_file_of_the_server(house: House, way: Way, tmp_path: Path) -> None:
    seen: list[Progress] = []
    done = way.call(house.url, lambda jf: jf.download(house.long, tmp_path / "song.flac", on_progress=seen.append))
    whole = house.long_file.read_bytes()
    assert done == Download(
        path=tmp_path / "song.flac",
        size=len(whole),
        content_type="audio/flac",
        resumed=False,
        sha256=sha256(whole),
        verified=("size",),
    )
    assert (tmp_path / "song.flac").read_bytes() == whole
    assert names(tmp_path) == ["song.flac"]
    assert (seen[-1].done, seen[-1].total) == (len(whole), len(whole))


def test_a_cut_original_goes_on_in_the_same_call(house: House, way: Way, tmp_path: Path) -> None:
    before = len(house.box.requests)
    house.box.fault(method="GET", path="*/stream", drop_response=1_000_000)
    house.box.fault(method="GET", path="*/stream", drop_response=500_001)
    done = way.call(house.url, lambda jf: jf.download(house.long, tmp_path / "song.flac"))
    whole = house.long_file.read_bytes()
    assert (done.sha256, done.size) == (sha256(whole), len(whole))
    assert (tmp_path / "song.flac").read_bytes() == whole
    asked = house.asked(before)
    starts = [exchange.header("range") for exchange in asked]
    assert [exchange.status for exchange in asked] == [200, 206, 206]
    assert starts[0] is None
    reached = [int(str(start).removeprefix("bytes=").removesuffix("-")) for start in starts[1:]]
    assert 0 < reached[0] <= 1_000_000
    assert reached[0] < reached[1] <= reached[0] + 500_001
    assert len(set(sessions(asked))) == 1


def interrupt(house: House, way: Way, to: Path, after: int = 1_000_000) -> int:
    """Break a download off for good, and say how many bytes it kept."""
    house.box.fault(method="GET", path="*/stream", drop_response=after)
    with pytest.raises(DownloadInterrupted) as caught:
        way.call(house.url, lambda jf: jf.download(house.long, to), retry=ONCE)
    assert caught.value.path == to.with_name(to.name + ".part")
    assert caught.value.total == 3_000_000
    assert not to.exists()
    kept = caught.value.path.stat().st_size
    assert caught.value.done == kept > 0
    return kept


def test_a_broken_original_goes_on_in_the_next_call_with_what_is_missing(
    house: House, way: Way, tmp_path: Path
) -> None:
    kept = interrupt(house, way, tmp_path / "song.flac")
    before = len(house.box.requests)
    done = way.call(house.url, lambda jf: jf.download(house.long, tmp_path / "song.flac"))
    whole = house.long_file.read_bytes()
    assert done.resumed
    assert (done.sha256, done.size, done.content_type) == (sha256(whole), len(whole), "audio/flac")
    assert (tmp_path / "song.flac").read_bytes() == whole
    (asked,) = house.asked(before)
    assert (asked.header("range"), asked.sent) == (f"bytes={kept}-", len(whole) - kept)
    assert names(tmp_path) == ["song.flac"]


@pytest.mark.parametrize("age", [-86_400, 86_400], ids=["older", "newer"])
@pytest.mark.parametrize("size", [3_000_000, 2_000_000, 400_000])
def test_an_original_that_changed_meanwhile_is_begun_again(
    age: int, size: int, house: House, way: Way, tmp_path: Path
) -> None:
    interrupt(house, way, tmp_path / "song.flac")
    changed = random.Random(3).randbytes(size)
    stamp = house.long_file.stat().st_mtime + age
    house.long_file.write_bytes(changed)
    os.utime(house.long_file, (stamp, stamp))
    done = way.call(house.url, lambda jf: jf.download(house.long, tmp_path / "song.flac"))
    assert (done.sha256, done.size, done.resumed) == (sha256(changed), size, False)
    assert (tmp_path / "song.flac").read_bytes() == changed


def test_of_bytes_that_were_all_there_the_last_is_asked_for_again(house: House, way: Way, tmp_path: Path) -> None:
    interrupt(house, way, tmp_path / "song.flac")
    whole = house.long_file.read_bytes()
    (tmp_path / "song.flac.part").write_bytes(whole)
    state = tmp_path / "song.flac.part.json"
    state.write_text(json.dumps({**json.loads(state.read_text()), "stored": len(whole)}))
    before = len(house.box.requests)
    done = way.call(house.url, lambda jf: jf.download(house.long, tmp_path / "song.flac"))
    assert (done.sha256, done.content_type, done.resumed) == (sha256(whole), "audio/flac", True)
    assert [asked.header("range") for asked in house.asked(before)] == [f"bytes={len(whole) - 1}-"]
    assert names(tmp_path) == ["song.flac"]


def test_a_range_that_ends_before_the_file_does_is_an_error(way: Way, tmp_path: Path) -> None:
    stamp = {"Last-Modified": "Sat, 06 Jun 2026 10:00:00 GMT"}
    cut = answer(SOUND[:20_000], content_type="audio/flac", headers=stamp, length=50_000)
    ranged = {**stamp, "Content-Range": "bytes 20000-29999/50000"}
    short = answer(SOUND[20_000:30_000], status=206, content_type="audio/flac", headers=ranged)
    with Recorder([(cut, CUT), short]) as server, pytest.raises(Truncated) as caught:
        way.call(server.url, lambda jf: jf.download(ITEM, tmp_path / "song.flac"))
    assert (caught.value.done, caught.value.total) == (30_000, 50_000)
    assert not (tmp_path / "song.flac").exists()


def test_a_file_that_is_there_is_replaced_only_by_a_whole_one(house: House, way: Way, tmp_path: Path) -> None:
    target = tmp_path / "talk.flac"
    target.write_bytes(b"older")
    house.box.fault(method="GET", path="*/stream", drop_response=1_000_000)
    with pytest.raises(DownloadInterrupted):
        way.call(house.url, lambda jf: jf.download(house.long, target), retry=ONCE)
    assert target.read_bytes() == b"older"
    way.call(house.url, lambda jf: jf.download(house.long, target))
    assert target.read_bytes() == house.long_file.read_bytes()


@pytest.mark.parametrize("preset", ["original", "mp3_128"])
def test_a_folder_that_is_not_there_is_not_taken_for_a_file(
    preset: str, house: House, way: Way, tmp_path: Path
) -> None:
    before = len(house.box.requests)
    with pytest.raises(InvalidInput, match="there is no folder"):
        way.call(house.url, lambda jf: jf.download(house.talk, f"{tmp_path}/new/", preset=preset))
    assert names(tmp_path) == []
    assert house.asked(before) == []


def test_an_original_under_the_name_of_another_format_is_refused(house: House, way: Way, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        way.call(house.url, lambda jf: jf.download(house.talk, tmp_path / "song.mp3"))
    assert str(caught.value) == (
        "the audio is audio/flac, which does not fit the name 'song.mp3' "
        "(end it in .flac, or choose a preset (mp3_256, mp3_128))"
    )
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["song", "song.bin", "song.FLAC", "v1.0"])
def test_other_names_are_the_callers_choice(name: str, house: House, way: Way, tmp_path: Path) -> None:
    assert way.call(house.url, lambda jf: jf.download(house.talk, str(tmp_path / name))).path == tmp_path / name
    assert names(tmp_path) == [name]


def test_a_type_that_says_nothing_fits_every_name(way: Way, tmp_path: Path) -> None:
    with Recorder([answer(SOUND, content_type="application/octet-stream")]) as server:
        done = way.call(server.url, lambda jf: jf.download(ITEM, tmp_path / "song.mp3"))
    assert (done.path, done.content_type) == (tmp_path / "song.mp3", "application/octet-stream")


# Where to


@pytest.mark.parametrize(
    ("asked", "extension"),
    [({}, ".flac"), ({"preset": "opus_96"}, ".opus"), ({"preset": None, "container": "ogg"}, ".ogg")],
)
def test_in_a_folder_the_file_is_named_by_the_item(
    asked: dict[str, Any], extension: str, house: House, way: Way, tmp_path: Path
) -> None:
    done = way.call(house.url, lambda jf: jf.download(house.talk, tmp_path, **asked))
    assert done.path == tmp_path / (house.talk + extension)
    assert names(tmp_path) == [house.talk + extension]


def test_in_a_folder_a_type_that_is_not_known_gives_no_extension(way: Way, tmp_path: Path) -> None:
    with Recorder([answer(SOUND, content_type="audio/new")]) as server:
        assert way.call(server.url, lambda jf: jf.download(ITEM, tmp_path)).path == tmp_path / ITEM


def test_an_open_file_is_filled_from_where_it_stands(house: House, way: Way) -> None:
    house.box.fault(method="GET", path="*/stream", drop_response=1_000_000)
    file = BytesIO(b"before")
    file.seek(6)
    done = way.call(house.url, lambda jf: jf.download(house.long, file))
    assert done.path is None
    assert file.getvalue() == b"before" + house.long_file.read_bytes()


def test_encoded_audio_that_breaks_off_cannot_begin_again_in_a_pipe(house: House, way: Way) -> None:
    house.box.fault(method="GET", path="*/stream.mp3", drop_response=20_000)
    ends = socket.socketpair()
    with ends[0], ends[1], ends[0].makefile("wb") as pipe, pytest.raises(Truncated, match="cannot be rewound"):
        way.call(house.url, lambda jf: jf.download(house.talk, pipe, preset="mp3_128"))


# Encoded audio


def test_an_mp3_is_made_and_can_be_decoded_to_its_end(house: House, way: Way, tmp_path: Path) -> None:
    done = way.call(house.url, lambda jf: jf.download(house.talk, tmp_path / "talk.mp3", preset="mp3_256"))
    assert (done.content_type, done.resumed, done.verified) == ("audio/mpeg", False, ())
    assert done.sha256 == sha256((tmp_path / "talk.mp3").read_bytes())
    assert seconds(tmp_path / "talk.mp3") == pytest.approx(seconds(house.folder / "talk.flac"), abs=0.1)


def test_encoded_audio_that_is_cut_is_asked_for_again_in_the_same_session(
    house: House, way: Way, tmp_path: Path
) -> None:
    before = len(house.box.requests)
    house.box.fault(method="GET", path="*/stream.mp3", drop_response=20_000)
    way.call(house.url, lambda jf: jf.download(house.talk, tmp_path / "talk.mp3", preset="mp3_128"))
    assert seconds(tmp_path / "talk.mp3") == pytest.approx(seconds(house.folder / "talk.flac"), abs=0.1)
    asked = house.asked(before)
    assert [exchange.header("range") for exchange in asked] == [None, None]
    assert len(set(sessions(asked))) == 1


def test_encoded_audio_that_stays_cut_leaves_nothing(house: House, way: Way, tmp_path: Path) -> None:
    house.box.fault(method="GET", path="*/stream.mp3", drop_response=20_000, times=None)
    with pytest.raises(DownloadInterrupted) as caught:
        way.call(house.url, lambda jf: jf.download(house.talk, tmp_path / "talk.mp3", preset="mp3_128"))
    assert (caught.value.path, caught.value.total) == (None, None)
    assert names(tmp_path) == []


def test_a_session_that_is_given_is_kept(house: House, way: Way, tmp_path: Path) -> None:
    way.call(house.url, lambda jf: jf.download(house.talk, tmp_path, preset="flac", play_session_id="mine"))
    assert sessions(house.box.requests[-1:]) == ["mine"]


# Answers that are no audio


def test_an_empty_success_leaves_no_file(way: Way, tmp_path: Path) -> None:
    with Recorder([answer(b"", content_type="audio/mpeg")]) as server, pytest.raises(Truncated, match="no body"):
        way.call(server.url, lambda jf: jf.download(ITEM, tmp_path / "talk.mp3", preset="mp3_128"))
    assert names(tmp_path) == []


@pytest.mark.parametrize("kind", ["text/html", "application/json", "application/xml"])
def test_a_page_instead_of_audio_leaves_no_file(kind: str, way: Way, tmp_path: Path) -> None:
    page = answer(b"<p>log in</p>", content_type=kind)
    with Recorder([page]) as server, pytest.raises(UnexpectedAnswer, match="not audio"):
        way.call(server.url, lambda jf: jf.download(ITEM, tmp_path / "talk.flac"))
    assert names(tmp_path) == []


def test_compressed_audio_leaves_no_file(way: Way, tmp_path: Path) -> None:
    zipped = answer(SOUND, content_type="audio/flac", headers={"Content-Encoding": "gzip"})
    with Recorder([zipped]) as server, pytest.raises(UnexpectedAnswer, match="compressed"):
        way.call(server.url, lambda jf: jf.download(ITEM, tmp_path / "talk.flac"))
    assert names(tmp_path) == []


def test_an_item_that_is_not_there_leaves_no_file(house: House, way: Way, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        way.call(house.url, lambda jf: jf.download(ITEM, tmp_path / "talk.flac"))
    assert names(tmp_path) == []
