"""Downloads from Jellyfin over real sockets, whatever breaks: the right bytes under the right name, or none."""

import hashlib
import json
import logging
import os
import random
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import pytest

from tests.engine.ways import LONGER
from tests.faults.jellyfin import LONG, House, running
from tests.inside.jellyfin import startup_wait
from tests.jellyfin.ways import BOTH, ONCE, Way
from tests.wire.recorder import Recorder
from tonearm import ConfigurationError, ConnectionFailed, DownloadInterrupted, NotFound, Retry, ServiceFailed, Truncated
from tonearm.jellyfin import Download, PresetName
from tonearm.sandbox import Fault

TOKEN = "sandbox-token"
ITEM = "4b3d2c1a-0f9e-4d8c-b7a6-958473625140"
STUBBORN = Retry(attempts=30, first_delay=0)
SECONDS = 64_480 / 16_000
"""How long the clip is."""


@pytest.fixture(params=BOTH)
def way(request: pytest.FixtureRequest) -> Way:
    made: Way = request.param()
    return made


@pytest.fixture(scope="module")
def serving() -> Iterator[House]:
    with running() as house:
        yield house


@pytest.fixture
def house(serving: House) -> Iterator[House]:
    serving.renew()
    yield serving
    serving.box.clear_faults()
    assert serving.box.jellyfin.transcodes.running() == []


def download(house: House, way: Way, to: Any, item: str | None = None, **asked: Any) -> Download:
    settings = {name: asked.pop(name) for name in ("retry", "token", "deadline") if name in asked}
    settings = {"retry": STUBBORN, "token": TOKEN, **settings}
    done: Download = way.call(house.url, lambda jf: jf.download(item or house.long, to, **asked), **settings)
    return done


def check(done: Download, to: Path, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    assert (done.sha256, done.size) == (digest, len(content))
    assert hashlib.sha256(to.read_bytes()).hexdigest() == digest
    assert [path.name for path in to.parent.iterdir()] == [to.name]


# Originals


@pytest.mark.parametrize(
    "seed", [1, 2, pytest.param(3, marks=pytest.mark.soak), pytest.param(4, marks=pytest.mark.soak)]
)
def test_an_original_that_is_cut_at_twenty_places_arrives_whole(
    seed: int, house: House, way: Way, tmp_path: Path
) -> None:
    chance, before = random.Random(seed), len(house.box.requests)
    cuts = [Fault(method="GET", path="*/stream", drop_response=chance.randint(1, LONG // 21)) for _ in range(20)]
    with house.box.faults(*cuts):
        done = download(house, way, tmp_path / "song.flac")
    check(done, tmp_path / "song.flac", house.long_file.read_bytes())
    asked = house.since(before)
    assert len(asked) == 21
    assert all(exchange.status == 206 for exchange in asked if exchange.header("range"))
    assert not done.resumed


def test_each_call_goes_on_where_the_one_before_was_cut(house: House, way: Way, tmp_path: Path) -> None:
    chance, before = random.Random(5), len(house.box.requests)
    for count in range(20):
        cut = Fault(method="GET", path="*/stream", drop_response=chance.randint(70_000, LONG // 21))
        with house.box.faults(cut), pytest.raises(DownloadInterrupted) as caught:
            download(house, way, tmp_path / "song.flac", retry=ONCE)
        assert caught.value.total == LONG, count
    done = download(house, way, tmp_path / "song.flac")
    check(done, tmp_path / "song.flac", house.long_file.read_bytes())
    assert done.resumed
    assert sum(exchange.sent for exchange in house.since(before)) < LONG + 21 * 2**20


@pytest.mark.parametrize("size", [LONG, 2_000_000])
def test_a_file_that_changes_between_cuts_is_begun_again(house: House, way: Way, tmp_path: Path, size: int) -> None:
    changed = random.Random(3).randbytes(size)

    def change(progress: Any) -> None:
        if house.long_file.stat().st_size != size or house.long_file.read_bytes() != changed:
            stamp = house.long_file.stat().st_mtime + 10
            house.long_file.write_bytes(changed)
            os.utime(house.long_file, (stamp, stamp))

    cuts = [Fault(method="GET", path="*/stream", drop_response=count) for count in (700_000, 500_000)]
    with house.box.faults(*cuts):
        done = download(house, way, tmp_path / "song.flac", on_progress=change)
    check(done, tmp_path / "song.flac", changed)


def test_a_server_that_ignores_the_range_is_read_from_the_beginning(house: House, way: Way, tmp_path: Path) -> None:
    whole = house.long_file.read_bytes()
    cut = Fault(method="GET", path="*/stream", drop_response=1_000_000)
    headers = {"Content-Type": "audio/flac", "Last-Modified": "Sat, 06 Jun 2026 10:00:00 GMT"}
    with house.box.faults(cut, Fault(path="*/stream", status=200, headers=headers, body=whole)):
        done = download(house, way, tmp_path / "song.flac")
    check(done, tmp_path / "song.flac", whole)


def test_a_range_that_is_refused_is_begun_again(house: House, way: Way, tmp_path: Path) -> None:
    cut = Fault(method="GET", path="*/stream", drop_response=1_000_000)
    headers = {"Content-Range": f"bytes */{LONG // 4}"}
    with house.box.faults(cut, Fault(path="*/stream", status=416, headers=headers)):
        done = download(house, way, tmp_path / "song.flac")
    check(done, tmp_path / "song.flac", house.long_file.read_bytes())


@pytest.mark.parametrize("age", [0, 3600], ids=["the same", "changed"])
def test_of_what_is_there_to_its_last_byte_the_server_says_whether_it_is_still_right(
    house: House, way: Way, tmp_path: Path, age: int
) -> None:
    cut = Fault(method="GET", path="*/stream", drop_response=1_000_000)
    with house.box.faults(cut), pytest.raises(DownloadInterrupted):
        download(house, way, tmp_path / "song.flac", retry=ONCE)
    (tmp_path / "song.flac.part").write_bytes(house.long_file.read_bytes())
    state = tmp_path / "song.flac.part.json"
    state.write_text(json.dumps({**json.loads(state.read_text()), "stored": LONG}))
    if age:
        stamp = house.long_file.stat().st_mtime + age
        house.long_file.write_bytes(house.long_file.read_bytes()[::-1])
        os.utime(house.long_file, (stamp, stamp))
    before = len(house.box.requests)
    check(download(house, way, tmp_path / "song.flac"), tmp_path / "song.flac", house.long_file.read_bytes())
    (asked,) = house.since(before)
    assert (asked.header("range"), asked.sent) == (f"bytes={LONG - 1}-", LONG if age else 1)


@pytest.mark.parametrize("other", ["item", "address", "version"])
def test_only_the_same_item_of_the_same_server_goes_on(house: House, way: Way, tmp_path: Path, other: str) -> None:
    cut = Fault(method="GET", path="*/stream", drop_response=1_000_000)
    with house.box.faults(cut), pytest.raises(DownloadInterrupted):
        download(house, way, tmp_path / "song.flac", retry=ONCE)
    before, item, asked = len(house.box.requests), house.long, dict[str, Any]()
    url = house.url
    if other == "item":
        item = house.talk
    elif other == "address":
        url = house.url.replace("127.0.0.1", "localhost")
    else:
        asked = {"media_source_id": house.long}
    done = way.call(url, lambda jf: jf.download(item, tmp_path / "song.flac", **asked))
    name = "talk.flac" if other == "item" else "long.flac"
    check(done, tmp_path / "song.flac", (house.folder / name).read_bytes())
    assert [exchange.header("range") for exchange in house.since(before)] == [None]


# Encoded audio


def seconds(path: Path) -> float:
    with av.open(path, "r") as media:
        return sum(frame.samples / frame.sample_rate for frame in media.decode(audio=0))


PRESETS: list[PresetName] = ["mp3_128", "flac", "opus_96", "aac_128"]


@pytest.mark.parametrize("preset", PRESETS)
def test_encoded_audio_is_held_to_the_run_time_that_the_server_says(
    house: House, way: Way, tmp_path: Path, preset: PresetName
) -> None:
    before, files = len(house.box.requests), house.box.jellyfin.transcodes.files()
    done = download(house, way, tmp_path, house.talk, preset=preset)
    assert done.verified == ("duration",)
    assert done.path is not None
    assert seconds(done.path) == pytest.approx(SECONDS, abs=0.2)
    asked = [exchange.method + exchange.path.rpartition("/")[2][:6] for exchange in house.since(before)]
    assert [what[:3] for what in asked] == ["GET", "GET", "DEL"]
    assert house.box.jellyfin.transcodes.files() == files


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("told", [True, False], ids=["told", "asked"])
def test_an_encoder_that_dies_is_noticed_and_leaves_nothing(
    house: House, way: Way, tmp_path: Path, preset: PresetName, told: bool
) -> None:
    house.box.jellyfin.break_transcodes(after={"flac": 30_000, "opus_96": 16_000}.get(preset, 20_000))
    options: dict[str, Any] = {"duration": SECONDS, "token": None} if told else {}
    with pytest.raises(Truncated, match="the audio ends after") as caught:
        download(
            house,
            way,
            tmp_path / ("song." + preset.split("_")[0].replace("aac", "m4a")),
            house.talk,
            preset=preset,
            **options,
        )
    assert caught.value.expected == pytest.approx(SECONDS, abs=0.1)
    assert caught.value.got is not None
    assert 0 < caught.value.got < SECONDS - 1
    assert list(tmp_path.iterdir()) == []
    house.box.wait_idle()


def test_an_encoder_that_dies_at_once_is_noticed_and_leaves_nothing(house: House, way: Way, tmp_path: Path) -> None:
    house.box.jellyfin.break_transcodes(after=0)
    with pytest.raises(Truncated, match="no body") as caught:
        download(house, way, tmp_path / "song.mp3", house.talk, preset="mp3_128", retry=ONCE)
    assert caught.value.done == 0
    assert list(tmp_path.iterdir()) == []


def test_a_start_within_the_item_is_taken_off(house: House, way: Way, tmp_path: Path) -> None:
    done = download(house, way, tmp_path, house.talk, preset="mp3_128", start_time_ticks=30_000_000, duration=SECONDS)
    assert done.verified == ("duration",)  # the server begins at most five seconds before the end
    house.box.jellyfin.break_transcodes(after=20_000)
    asked: dict[str, Any] = {"start_time_ticks": 30_000_000, "duration": 60.0, "run_time": "trust"}
    with pytest.raises(Truncated) as caught:
        download(house, way, tmp_path, house.talk, preset="mp3_128", **asked)
    assert caught.value.expected == 57.0


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 401},
        {"status": 404},
        {"drop_headers": True, "times": None},
        {"status": 200, "headers": {"Content-Type": "application/json"}, "body": b"[]"},
        {"status": 200, "headers": {"Content-Type": "application/json"}, "body": b'{"Id": "0"}'},
    ],
    ids=["500", "401", "404", "cut", "list", "no run time"],
)
def test_a_run_time_that_is_not_to_be_had_leaves_out_the_check_and_never_the_download(
    house: House, way: Way, tmp_path: Path, fault: dict[str, Any]
) -> None:
    retry = Retry(attempts=2, first_delay=0)
    with house.box.faults(Fault(method="GET", path="*/Items/*", **{"times": 2, **fault}), unused_ok=False):
        done = download(house, way, tmp_path / "song.mp3", house.talk, preset="mp3_128", retry=retry)
    assert done.verified == ()
    assert seconds(tmp_path / "song.mp3") == pytest.approx(SECONDS, abs=0.2)


def test_without_a_token_nothing_is_asked_beside_the_audio(house: House, way: Way, tmp_path: Path) -> None:
    before = len(house.box.requests)
    done = download(house, way, tmp_path / "song.mp3", house.talk, preset="mp3_128", token=None)
    assert (done.verified, len(house.since(before))) == ((), 1)


def test_a_duration_of_nothing_leaves_out_the_check(house: House, way: Way, tmp_path: Path) -> None:
    before = len(house.box.requests)
    done = download(house, way, tmp_path / "song.mp3", house.talk, preset="mp3_128", duration=0)
    assert done.verified == ()
    assert [exchange.method for exchange in house.since(before)] == ["GET", "DELETE"]


def test_an_original_is_held_to_a_duration_that_is_given_where_the_library_does_not_tell_its_size(
    house: House, way: Way, tmp_path: Path
) -> None:
    assert download(house, way, tmp_path / "song.flac", house.talk, duration=SECONDS).verified == ("size", "duration")
    assert download(house, way, tmp_path / "song.flac", house.talk, duration=60).verified == ("size",)
    with pytest.raises(Truncated, match=r"the audio ends after 4\.0 of 60\.0 seconds"):
        download(house, way, tmp_path / "song.flac", house.talk, duration=60, token=None)
    assert [path.name for path in tmp_path.iterdir()] == ["song.flac"]


def test_a_file_that_was_open_is_held_to_the_run_time_too(house: House, way: Way) -> None:
    file = BytesIO()
    assert download(house, way, file, house.talk, preset="flac").verified == ("duration",)
    assert int.from_bytes(file.getvalue()[18:26], "big") & (1 << 36) - 1 == 64_480
    with pytest.raises(Truncated) as caught:
        download(house, way, BytesIO(), house.talk, preset="mp3_128", duration=60, run_time="trust")
    assert caught.value.expected == 60


def test_without_the_extra_the_check_is_left_out(
    house: House, way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: object) -> float:
        raise ConfigurationError("reading audio needs PyAV")

    monkeypatch.setattr("tonearm._audio.decoded_duration", missing)
    assert download(house, way, tmp_path / "song.mp3", house.talk, preset="mp3_128").verified == ()


def test_streamed_flac_gets_its_length_and_the_hash_is_that_of_the_file(house: House, way: Way, tmp_path: Path) -> None:
    done = download(house, way, tmp_path / "song.flac", house.talk, preset="flac")
    content = (tmp_path / "song.flac").read_bytes()
    check(done, tmp_path / "song.flac", content)
    with av.open(tmp_path / "song.flac", "r") as media:
        assert media.duration == 4_030_000


def test_streamed_wav_gets_its_sizes(way: Way, tmp_path: Path) -> None:
    head = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data\xff\xff\xff\xff"
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = head + bytes(64_000)
    sent = chunked + f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    form = {"preset": None, "container": "wav", "audio_codec": "pcm_s16le"}
    asked: dict[str, Any] = {**form, "duration": 2, "run_time": "trust"}
    with Recorder([sent] * 2) as server:
        done = way.call(server.url, lambda jf: jf.download(ITEM, tmp_path / "song.wav", **asked))
        with pytest.raises(Truncated) as caught:
            way.call(server.url, lambda jf: jf.download(ITEM, tmp_path / "song.wav", **asked | {"duration": 9}))
    assert (caught.value.got, done.verified) == (2.0, ("duration",))
    content = (tmp_path / "song.wav").read_bytes()
    check(done, tmp_path / "song.wav", content)
    assert (content[4:8], content[40:44]) == ((64_036).to_bytes(4, "little"), (64_000).to_bytes(4, "little"))


def test_audio_that_cannot_be_decoded_is_kept_unchecked(
    house: House, way: Way, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    done = download(house, way, tmp_path / "long.flac", duration=60)
    assert done.verified == ("size",)
    assert "is not checked" in caplog.text


@pytest.mark.parametrize("after", [1, 400, 1000, 3000])
@pytest.mark.parametrize("preset", ["mp3_128", "opus_96", "flac"])
def test_what_an_encoder_left_that_died_is_no_download(
    after: int, preset: PresetName, house: House, way: Way, tmp_path: Path
) -> None:
    house.box.jellyfin.break_transcodes(after=after)
    with pytest.raises((Truncated, ConnectionFailed)):
        download(house, way, tmp_path / "song", house.talk, preset=preset, retry=Retry(attempts=1))
    assert list(tmp_path.iterdir()) == []


# A server that starts


def test_a_server_that_starts_is_waited_for(house: House, way: Way, tmp_path: Path) -> None:
    with house.box.jellyfin.starting("core", times=3) as start:
        done = download(house, way, tmp_path / "song.flac", retry=Retry(attempts=2, first_delay=0))
    assert start.answered == 3
    check(done, tmp_path / "song.flac", house.long_file.read_bytes())


@pytest.mark.parametrize(
    "answer",
    [
        {"headers": {"Retry-After": "000", "Content-Type": "text/html"}, "body": b"<p>wait</p>"},
        {"headers": {"Retry-After": "000"}},
        {"headers": {"Retry-After": "000", "Message": "Loading"}},
    ],
    ids=["page", "header", "message"],
)
def test_starting_costs_no_attempts_before_and_in_the_middle(
    house: House, way: Way, tmp_path: Path, answer: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup_wait, "FIRST", 0.01)
    starts = [Fault(path="*/stream", status=503, times=5, **answer) for _ in range(2)]
    cut = Fault(method="GET", path="*/stream", drop_response=1_000_000)
    with house.box.faults(starts[0], cut, starts[1]):
        done = download(house, way, tmp_path / "song.flac", retry=Retry(attempts=2, first_delay=0))
    check(done, tmp_path / "song.flac", house.long_file.read_bytes())


def test_a_server_that_does_not_come_up_in_time_is_told_in_its_words(house: House, way: Way, tmp_path: Path) -> None:
    for deadline in LONGER[1:]:
        before = len(house.box.requests)
        with house.box.jellyfin.starting("message"), pytest.raises(ConnectionFailed) as caught:
            download(house, way, tmp_path / "song.flac", deadline=deadline)
        if len(house.box.requests) > before:
            break
    assert "the server is still starting: Server is still loading." in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_another_503_is_a_failure_like_any_other(house: House, way: Way, tmp_path: Path) -> None:
    busy = Fault(path="*/stream", status=503, headers={"Content-Type": "text/plain"}, body=b"busy", times=None)
    with house.box.faults(busy), pytest.raises(ServiceFailed) as caught:
        download(house, way, tmp_path / "song.flac", retry=Retry(attempts=3, first_delay=0))
    assert (caught.value.message, busy.hits) == ("busy", 3)


def test_no_key_is_in_what_is_logged(house: House, way: Way, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(NotFound):
        download(house, way, tmp_path, ITEM, preset="mp3_128")
    download(house, way, tmp_path, house.talk, preset="mp3_128")
    assert "DELETE" in caplog.text
    assert TOKEN not in caplog.text
