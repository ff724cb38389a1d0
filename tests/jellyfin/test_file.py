"""A stream as a file: read in any order where the server sends byte ranges, from beginning to end elsewhere."""

import io
import os
import random
import shutil
from collections.abc import Callable
from typing import Any

import av
import pytest

from tests.jellyfin.conftest import House
from tests.jellyfin.ways import AT_ONCE
from tests.wire.recorder import CUT, Received, Recorder, answer
from tonearm import ConnectionFailed, InvalidInput, Jellyfin, SourceChanged, UnexpectedAnswer
from tonearm.jellyfin import AudioStream
from tonearm.sandbox import library

ITEM = "4b3d2c1a-0f9e-4d8c-b7a6-958473625140"
DATE = "Sat, 06 Jun 2026 10:00:00 GMT"
SOUND = random.Random(4).randbytes(600_000)


def opened(url: str, item: str, use: Callable[[AudioStream], Any], **asked: Any) -> Any:
    given: dict[str, Any] = {"preset": "original", **asked}
    with Jellyfin(url, token="sandbox-token", retry=AT_ONCE) as jf, jf.stream(item, **given) as audio:
        return use(audio)


def test_an_original_is_read_in_any_order_and_no_more_than_is_needed(house: House) -> None:
    whole, before = house.long_file.read_bytes(), len(house.box.requests)

    def use(audio: AudioStream) -> None:
        file = audio.as_file()
        assert file is audio.as_file()
        assert (file.readable(), file.seekable(), file.writable()) == (True, True, False)
        assert file.read(10) == whole[:10]
        assert file.seek(-5, os.SEEK_END) == len(whole) - 5
        assert (file.read(100), file.read(1)) == (whole[-5:], b"")
        assert file.seek(262_140) == 262_140
        assert file.read(10) == whole[262_140:262_150]
        assert file.seek(-20, os.SEEK_CUR) == 262_130
        assert file.read(8) == whole[262_130:262_138]
        assert file.seek(len(whole) + 9) == len(whole) + 9
        assert file.read(1) == b""
        with pytest.raises((ValueError, OSError)):
            file.seek(-1)

    opened(house.url, house.long, use)
    asked = house.asked(before)
    assert sum(exchange.sent or 0 for exchange in asked[1:]) < 1_600_000
    assert [exchange.status for exchange in asked[1:]] == [206] * (len(asked) - 1)


def test_it_can_be_read_whole(house: House) -> None:
    assert opened(house.url, house.long, lambda audio: audio.as_file().read()) == house.long_file.read_bytes()


def test_pyav_seeks_in_it(house: House) -> None:
    def use(audio: AudioStream) -> None:
        with av.open(audio.as_file(), "r") as media:
            assert sum(frame.samples for frame in media.decode(audio=0)) == 64_480
            media.seek(2_000_000)
            frame = next(media.decode(audio=0))
            assert frame.time is not None
            assert 1.5 < frame.time <= 2.0

    opened(house.url, house.talk, use)


def test_encoded_audio_is_read_from_beginning_to_end(house: House) -> None:
    def use(audio: AudioStream) -> None:
        file = audio.as_file()
        assert (file.readable(), file.seekable()) == (True, False)
        with pytest.raises(io.UnsupportedOperation):
            file.seek(0)
        with av.open(file, "r") as media:
            assert sum(frame.samples for frame in media.decode(audio=0)) >= 64_480

    opened(house.url, house.talk, use, preset="mp3_128")


def test_what_was_read_before_is_not_in_the_file_where_it_cannot_be_sought(house: House) -> None:
    def use(audio: AudioStream) -> tuple[bytes, bytes]:
        return audio.read(1000), audio.as_file().read()

    first, rest = opened(house.url, house.talk, use, preset="mp3_128")
    assert len(first) == 1000
    assert first[:3] == b"ID3"
    assert rest[:3] != b"ID3"
    assert len(rest) > 10_000


def test_the_file_ends_with_the_stream_and_with_its_restart(house: House) -> None:
    kept: list[Any] = []

    def use(audio: AudioStream) -> None:
        kept.append(audio.as_file())
        with pytest.raises(ConnectionFailed, match="by way of as_file"):
            audio.read(1)
        audio.restart(0)
        assert audio.read(4) == b"fLaC"
        kept.append(audio.as_file())
        assert kept[1].read(4) == b"fLaC"

    opened(house.url, house.talk, use)
    for file in kept:
        with pytest.raises(ValueError, match="closed file"):
            file.read(1)


def test_a_stream_that_is_not_open_has_no_file(house: House) -> None:
    with Jellyfin(house.url) as jf, pytest.raises(InvalidInput, match="with block"):
        jf.stream(house.talk, preset="original").as_file()


def test_a_block_that_breaks_off_is_asked_for_again(house: House) -> None:
    house.box.fault(path="*/stream", skip=2, drop_response=1000)
    house.box.fault(path="*/stream", skip=2, status=503, headers={"Retry-After": "000"})
    assert opened(house.url, house.long, lambda audio: audio.as_file().read()) == house.long_file.read_bytes()


def test_a_file_that_changes_meanwhile_is_not_mixed(house: House) -> None:
    changing = house.folder / "changing.flac"
    shutil.copy(house.long_file, changing)

    def use(audio: AudioStream) -> None:
        file = audio.as_file()
        assert file.read(4) == house.long_file.read_bytes()[:4]
        changing.write_bytes(random.Random(9).randbytes(3_000_000))
        stamp = house.long_file.stat().st_mtime + 5
        os.utime(changing, (stamp, stamp))
        file.seek(2_000_000)
        with pytest.raises(SourceChanged, match="changed while it was read"):
            file.read(4)

    try:
        opened(house.url, str(library.item_id("changing.flac")), use)
    finally:
        changing.unlink()


def first(**headers: str) -> bytes:
    known = {"Last-Modified": DATE, "Accept-Ranges": "bytes", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return answer(SOUND, content_type="audio/flac", headers={name: value for name, value in known.items() if value})


def part(request: Received, **changes: Any) -> bytes:
    start, end = (int(number) for number in request.headers["range"].removeprefix("bytes=").split("-"))
    given: dict[str, Any] = {"status": 206, "date": DATE, "range": f"bytes {start}-{end}/{len(SOUND)}", **changes}
    headers = {"Last-Modified": given["date"], "Content-Range": given["range"], "ETag": given.get("etag", "")}
    body = given.get("body", SOUND[start : end + 1])
    return answer(
        body, status=given["status"], content_type="audio/flac", headers={k: v for k, v in headers.items() if v}
    )


def served(head: bytes, **changes: Any) -> Callable[[Received], Any]:
    return lambda request: part(request, **changes) if "range" in request.headers else head


@pytest.mark.parametrize(
    "head",
    [
        first(Last_Modified=""),
        first(Last_Modified="", ETag='W/"weak"'),
        first(Last_Modified="", ETag='"früh"'),
        first(Accept_Ranges="none"),
        first(Accept_Ranges=""),
        b"HTTP/1.1 200 OK\r\nContent-Type: audio/flac\r\nAccept-Ranges: bytes\r\nLast-Modified: "
        + DATE.encode()
        + b"\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    ],
    ids=["no version", "weak version", "unsendable version", "none", "nothing said", "no size"],
)
def test_without_ranges_size_or_version_it_is_not_sought_and_nothing_is_asked(head: bytes) -> None:
    with Recorder([head]) as server:
        seekable = opened(server.url, ITEM, lambda audio: audio.as_file().seekable())
    assert (seekable, len(server.requests)) == (False, 1)


def test_a_strong_tag_stands_in_for_the_date() -> None:
    with Recorder(served(first(Last_Modified="", ETag='"s"'), date="", etag='"s"')) as server:
        assert opened(server.url, ITEM, lambda audio: audio.as_file().read()) == SOUND
    assert {request.headers.get("if-range") for request in server.requests[1:]} == {'"s"'}


@pytest.mark.parametrize(
    "changes",
    [{"status": 200, "range": ""}, {"range": f"bytes 5-9/{len(SOUND)}"}, {"body": SOUND[:9]}, {"body": SOUND}],
    ids=["whole", "another range", "short", "long"],
)
def test_a_server_that_does_not_do_what_it_says_is_read_from_beginning_to_end(changes: dict[str, Any]) -> None:
    def use(audio: AudioStream) -> tuple[bool, bytes]:
        file = audio.as_file()
        return file.seekable(), file.read()

    with Recorder(served(first(), **changes)) as server:
        assert opened(server.url, ITEM, use) == (False, SOUND)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": 200, "range": "", "date": "Sun, 07 Jun 2026 10:00:00 GMT"},
        {"date": "Sun, 07 Jun 2026 10:00:00 GMT"},
        {"range": "bytes 0-9/10"},
    ],
)
def test_another_version_is_noticed_at_once(changes: dict[str, Any]) -> None:
    with Recorder(served(first(), **changes)) as server, pytest.raises(SourceChanged):
        opened(server.url, ITEM, lambda audio: audio.as_file())


def test_what_fails_later_is_an_error_of_reading() -> None:
    asked: list[str] = []

    def serve(request: Received) -> Any:
        asked.append(request.headers.get("range", ""))
        if len(asked) < 3:
            return served(first())(request)
        return (CUT,) if len(asked) == 3 else part(request, range="bytes 0-0/600000")

    def use(audio: AudioStream) -> None:
        file = audio.as_file()
        file.seek(300_000)
        with pytest.raises(UnexpectedAnswer, match="not the one that was asked for"):
            file.read(1)

    with Recorder(serve) as server:
        opened(server.url, ITEM, use)
    assert asked == ["", "bytes=0-262143", "bytes=262144-524287", "bytes=262144-524287"]
