import hashlib
import sqlite3
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring

import av
import httpx
import pytest

from tests.sandbox.aioz_upload import PATH, create, detail, quality, refused, send_part, upload
from tests.sandbox.conftest import AIOZ_KEYS
from tonearm import sandbox as package
from tonearm.sandbox import Sandbox
from tonearm.sandbox import aioz as service

SECONDS = 7.5


@pytest.fixture(scope="module")
def flac(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A sweep of 7.5 seconds at 24 kHz, made with PyAV."""
    path = tmp_path_factory.mktemp("audio") / "sweep.flac"
    samples = bytearray()
    for position in range(int(SECONDS * 24_000)):
        samples += int(12_000 * ((position * (20 + position // 3_000)) % 2_000 / 1_000 - 1)).to_bytes(
            2, "little", signed=True
        )
    with av.open(str(path), "w", format="flac") as writer:
        stream = writer.add_stream("flac", rate=24_000, layout="mono")
        frame = av.AudioFrame("s16", "mono", samples=len(samples) // 2)
        frame.sample_rate = 24_000
        frame.planes[0].update(bytes(samples))
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            writer.mux(packet)
    return path.read_bytes()


def decoded_dash(url: str) -> tuple[float, int, int]:
    """Fetch what a DASH manifest names as a player does, and decode it: the FFmpeg inside PyAV reads no manifests."""
    manifest = fromstring(httpx.get(url).text)
    (template,) = manifest.findall(".//{*}SegmentTemplate")
    steps = [int(step.get("r", "0")) + 1 for step in template.findall(".//{*}S")]
    names = [template.attrib["initialization"]]
    names += [template.attrib["media"].replace("$Number%05d$", f"{n:05}") for n in range(1, sum(steps) + 1)]
    base = httpx.URL(url).join(str(manifest.findtext("{*}BaseURL")))
    answers = [httpx.get(base.join(name.replace("$RepresentationID$", "0"))) for name in names]
    return decoded(BytesIO(b"".join(answer.raise_for_status().content for answer in answers)))


def decoded(source: str | BytesIO) -> tuple[float, int, int]:
    """Decode a file or what a URL plays: seconds, samples per second, channels."""
    with av.open(source) as reader:
        stream = reader.streams.audio[0]
        samples = sum(frame.samples for frame in reader.decode(stream))
        return samples / stream.rate, stream.rate, stream.channels


@pytest.mark.parametrize(("parts", "first"), [(1, 1), (1, 0), (4, 1), (4, 0)])
def test_a_file_in_parts_becomes_a_done_object_that_plays(
    aioz: httpx.Client, sandbox: Sandbox, flac: bytes, parts: int, first: int
) -> None:
    media = create(aioz, qualities=[quality()])
    upload(aioz, media, flac, parts=parts, first=first)
    sandbox.wait_idle()
    shown = detail(aioz, media)
    assert shown["status"] == "done"
    assert shown["qualities"] == [{"name": "standard", "status": "done", "type": "hls"}]
    assert shown["size"] == len(flac)
    assert shown["duration"] == SECONDS
    assert httpx.get(shown["assets"]["source_url"]).content == flac
    seconds, rate, channels = decoded(shown["assets"]["hls_url"])
    assert (rate, channels) == (44_100, 2)
    assert seconds == pytest.approx(SECONDS, abs=0.1)


def test_each_rendition_is_made_as_it_was_ordered(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    wanted = [
        quality("highest", audio_config={"bitrate": 320_000, "sample_rate": 48_000}),
        quality("standard", container_type="mp4", audio_config={"sample_rate": 16_000, "channels": "1"}),
        quality("lossless", type="dash", container_type="fmp4", audio_config={"sample_rate": 96_000}),
    ]
    media = create(aioz, qualities=wanted)
    upload(aioz, media, flac)
    sandbox.wait_idle()
    shown = detail(aioz, media)
    assert [item["status"] for item in shown["qualities"]] == ["done"] * 3
    answer = httpx.get(shown["assets"]["hls_url"])
    assert answer.headers["content-type"] == "application/vnd.apple.mpegurl"
    variants = [line for line in answer.text.splitlines() if not line.startswith("#")]
    urls = [str(httpx.URL(shown["assets"]["hls_url"]).join(line)) for line in variants]
    assert [decoded(url)[1:] for url in urls] == [(48_000, 2), (16_000, 1)]
    (segment, *_) = [line for line in httpx.get(urls[0]).text.splitlines() if line.endswith(".ts")]
    assert httpx.get(str(httpx.URL(urls[0]).join(segment))).headers["content-type"] == "video/mp2t"
    seconds, rate, _ = decoded_dash(shown["assets"]["dash_url"])
    assert rate == 96_000
    assert seconds == pytest.approx(SECONDS, abs=0.1)


def test_the_source_keeps_its_type_and_can_be_read_in_ranges(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    media = create(aioz, qualities=[quality()])
    upload(aioz, media, flac)
    sandbox.wait_idle()
    answer = httpx.get(detail(aioz, media)["assets"]["source_url"], headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, flac[10:20])
    assert answer.headers["content-type"] in ("audio/flac", "audio/x-flac")


def test_the_files_of_a_private_object_need_the_keys(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    media = create(aioz, qualities=[quality()], is_public=False)
    upload(aioz, media, flac)
    sandbox.wait_idle()
    url = detail(aioz, media)["assets"]["source_url"]
    refused(httpx.get(url), 401)
    assert httpx.get(url, headers=AIOZ_KEYS).content == flac


def test_there_is_nothing_to_play_before_the_transcode(aioz: httpx.Client, sandbox: Sandbox) -> None:
    assets = detail(aioz, create(aioz))["assets"]
    for name in ("source_url", "hls_url", "dash_url", "thumbnail_url"):
        refused(httpx.get(assets[name]), 404)
    refused(httpx.get(assets["hls_url"].replace("m3u8", "hls/0/..%2f..%2fsource")), 404)


def test_the_object_is_transcoding_once_the_upload_is_complete(
    aioz: httpx.Client, sandbox: Sandbox, flac: bytes
) -> None:
    media = create(aioz)
    upload(aioz, media, flac)
    seen = {detail(aioz, media)["status"]}
    sandbox.wait_idle()
    assert seen <= {"transcoding", "done"}
    assert detail(aioz, media)["status"] == "done"


@pytest.mark.parametrize(
    "content",
    [b"this is a letter, not a song" * 100, bytes(range(256)) * 40, b"\0" * 5000, b"fLaC" + b"\0" * 3000],
    ids=["text", "bytes", "zeros", "damaged"],
)
def test_what_is_no_audio_fails(aioz: httpx.Client, sandbox: Sandbox, content: bytes) -> None:
    media = create(aioz)
    upload(aioz, media, content, parts=2)
    sandbox.wait_idle()
    shown = detail(aioz, media)
    assert shown["status"] == "fail"
    assert [item["status"] for item in shown["qualities"]] == ["fail", "fail"]
    assert (shown["duration"], shown["size"]) == (0, len(content))


def test_a_track_that_is_not_there_fails(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    media = create(aioz, qualities=[quality(audio_config={"index": 1}), quality("good")])
    upload(aioz, media, flac)
    sandbox.wait_idle()
    shown = detail(aioz, media)
    assert [item["status"] for item in shown["qualities"]] == ["fail", "done"]
    assert shown["status"] == "fail"


def test_parts_may_come_in_any_order(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    media, third = create(aioz, qualities=[quality()]), len(flac) // 3
    cuts = [(3, flac[2 * third :], 2 * third), (1, flac[:third], 0), (2, flac[third : 2 * third], third)]
    for index, content, start in cuts:
        assert send_part(aioz, media, content, start, len(flac), index).status_code == 200
    assert aioz.get(f"/media/{media}/complete").status_code == 200
    sandbox.wait_idle()
    assert httpx.get(detail(aioz, media)["assets"]["source_url"]).content == flac


def test_a_part_may_be_repeated_with_the_same_bytes_only(aioz: httpx.Client, sandbox: Sandbox) -> None:
    media = create(aioz)
    assert send_part(aioz, media, b"abc", 0, 6, 1).status_code == 200
    assert send_part(aioz, media, b"abc", 0, 6, 1).status_code == 200
    assert "other bytes" in refused(send_part(aioz, media, b"abd", 0, 6, 1))
    assert "other bytes" in refused(send_part(aioz, media, b"abc", 3, 6, 1))
    assert send_part(aioz, media, b"def", 3, 6, 2).status_code == 200
    assert aioz.get(f"/media/{media}/complete").status_code == 200
    sandbox.wait_idle()
    assert httpx.get(detail(aioz, media)["assets"]["source_url"]).content == b"abcdef"


Sender = Callable[[httpx.Client, str], httpx.Response]


@pytest.mark.parametrize(
    ("send", "named"),
    [
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 1, md5="0" * 32), "hash"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 1, md5=hashlib.md5(b"abc").hexdigest().upper()), "hash"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 1, md5=None), "hash"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, "one"), "index"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, "1.0"), "index"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, "-1"), "index"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, ""), "index"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, "9" * 2000), "field"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 2), "index 0 or 1"),
        (lambda c, m: send_part(c, m, b"abc", 3, 6, 0), "index 0"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 1, content_range=None), "Content-Range"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 1, content_range="bytes 0-2/*"), "Content-Range"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 1, content_range="0-2/6"), "Content-Range"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 1, content_range="part 1/2"), "Content-Range"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 1, content_range="bytes 2-0/6"), "Content-Range"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 1, content_range="bytes 0-6/6"), "Content-Range"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 1, content_range="bytes 0-3/6"), "Content-Range says 4"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 1, content_range="bytes 0-1/6"), "more bytes"),
        (lambda c, m: send_part(c, m, b"abc", 0, 6, 1, content_range="bytes 0-299999999/300000000"), "larger"),
        (lambda c, m: send_part(c, m, b"", 0, 6, 1, content_range="bytes 0-2/6"), "file has 0"),
        (lambda c, m: c.post(PATH.format(m), json={}, headers={"Content-Range": "bytes 0-2/6"}), "multipart"),
        (
            lambda c, m: c.post(PATH.format(m), data={"index": "1"}, headers={"Content-Range": "bytes 0-2/6"}),
            "multipart",
        ),
    ],
)
def test_what_a_part_refuses(aioz: httpx.Client, send: Sender, named: str) -> None:
    media = create(aioz)
    assert named in refused(send(aioz, media))
    assert "no part" in refused(aioz.get(f"/media/{media}/complete"))
    assert detail(aioz, media)["status"] == "new"


def raw_part(aioz: httpx.Client, media: str, body: bytes) -> httpx.Response:
    headers = {"Content-Type": "multipart/form-data; boundary=------b", "Content-Range": "bytes 0-2/3"}
    return aioz.post(PATH.format(media), content=body, headers=headers)


FIELD = b'--------b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
FILE = (
    b'--------b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n'
    b"Content-Type: application/octet-stream\r\n\r\nabc\r\n"
)
END = b"--------b--\r\n"
MD5 = hashlib.md5(b"abc").hexdigest().encode()


@pytest.mark.parametrize(
    "body",
    [
        FIELD % (b"hash", MD5) + FIELD % (b"index", b"1") + FILE + END,
        # The official Node client: the file first, and a line break behind the last boundary.
        FILE + FIELD % (b"index", b"1") + FIELD % (b"hash", MD5) + END + b"\r\n",
        # The official Go client: hash and index twice.
        FIELD % (b"hash", MD5)
        + FIELD % (b"index", b"1")
        + FILE
        + FIELD % (b"hash", b"x")
        + FIELD % (b"index", b"2")
        + END,
        FIELD % (b"extra", b"x") + FIELD % (b"hash", MD5) + FIELD % (b"index", b"1") + FILE + END,
    ],
)
def test_the_forms_of_the_official_clients(aioz: httpx.Client, body: bytes) -> None:
    media = create(aioz)
    assert raw_part(aioz, media, body).status_code == 200
    refused(send_part(aioz, media, b"abd", 0, 3, 1))


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"", "last boundary"),
        (b"nothing", "malformed"),
        (FIELD % (b"hash", MD5) + FIELD % (b"index", b"1") + FILE, "last boundary"),
        (FIELD % (b"hash", MD5) + FIELD % (b"index", b"1") + END, "file is required"),
        (FIELD % (b"hash", MD5) + FILE + END, "index is required"),
        (FIELD % (b"hash", MD5) + FIELD % (b"index", b"1") + FIELD % (b"file", b"abc") + END, "file is required"),
        (FIELD % (b"hash", MD5) + FIELD % (b"index", b"1") + FILE + FILE + END, "twice"),
        (b"--------b\r\nContent-Type: text/plain\r\n\r\nabc\r\n" + END, "no name"),
    ],
)
def test_malformed_forms(aioz: httpx.Client, body: bytes, named: str) -> None:
    assert named in refused(raw_part(aioz, create(aioz), body))


@pytest.mark.parametrize("boundary", ["", "; boundary=", f"; boundary={'b' * 500}"])
def test_a_form_without_a_usable_boundary(aioz: httpx.Client, boundary: str) -> None:
    headers = {"Content-Type": f"multipart/form-data{boundary}", "Content-Range": "bytes 0-2/3"}
    refused(aioz.post(PATH.format(create(aioz)), content=FILE + END, headers=headers))


def test_the_total_stays_the_same_over_all_parts(aioz: httpx.Client) -> None:
    media = create(aioz)
    send_part(aioz, media, b"abc", 0, 6, 1)
    assert "total" in refused(send_part(aioz, media, b"def", 3, 7, 2))


@pytest.mark.parametrize(
    ("cuts", "named"),
    [
        ([(1, 0, 3)], "end at byte 3"),
        ([(2, 3, 9)], "part 2 is missing"),
        ([(1, 0, 3), (2, 4, 9)], "part 2 is missing"),
        ([(1, 0, 3), (3, 3, 9)], "part 2 is missing"),
        ([(0, 0, 3), (2, 3, 9)], "part 1 is missing"),
        ([(1, 0, 5), (2, 4, 9)], "part 2 overlaps"),
    ],
)
def test_complete_refuses_gaps_and_overlaps(aioz: httpx.Client, cuts: list[tuple[int, int, int]], named: str) -> None:
    media = create(aioz)
    for index, start, stop in cuts:
        assert send_part(aioz, media, b"x" * (stop - start), start, 9, index).status_code == 200
    assert named in refused(aioz.get(f"/media/{media}/complete"))
    assert detail(aioz, media)["status"] == "new"


def test_the_two_bases_of_the_index_are_never_mixed(aioz: httpx.Client) -> None:
    media = create(aioz)
    assert send_part(aioz, media, b"abc", 0, 9, 0).status_code == 200
    assert "order of their ranges" in refused(send_part(aioz, media, b"abc", 0, 9, 1))
    assert send_part(aioz, media, b"def", 3, 9, 2).status_code == 200
    assert "order of their ranges" in refused(send_part(aioz, media, b"ghi", 6, 9, 1))


def test_after_complete_nothing_more_is_taken(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    media = create(aioz, qualities=[quality()])
    upload(aioz, media, flac)
    assert "completed already" in refused(aioz.get(f"/media/{media}/complete"))
    assert "completed already" in refused(send_part(aioz, media, flac, 0, len(flac), 1))
    sandbox.wait_idle()
    assert "completed already" in refused(aioz.get(f"/media/{media}/complete"))


def test_an_object_can_be_deleted_while_it_is_transcoded(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    media = create(aioz)
    upload(aioz, media, flac)
    assert aioz.delete(f"/media/{media}").status_code == 200
    sandbox.wait_idle()
    refused(aioz.get(f"/media/{media}"), 404)
    assert not (sandbox._context.data / "aioz" / media).exists()


def test_a_refused_or_cut_part_leaves_no_file(aioz: httpx.Client, sandbox: Sandbox) -> None:
    media = create(aioz)
    refused(send_part(aioz, media, b"abc", 0, 6, 1, md5="0" * 32))
    sandbox.fault(path="*/part", drop_request=0)
    with pytest.raises(httpx.TransportError):
        send_part(aioz, media, b"abc", 0, 6, 1)
    assert list((sandbox._context.data / "aioz" / media / "parts").iterdir()) == []


def test_objects_and_parts_outlive_the_server(tmp_path: Path, flac: bytes) -> None:
    half = len(flac) // 2
    with package.start(data=tmp_path) as first, httpx.Client(base_url=first.aioz_url, headers=AIOZ_KEYS) as client:
        media = create(client, tags=["kept"], qualities=[quality()])
        send_part(client, media, flac[:half], 0, len(flac), 1)
    with package.start(data=tmp_path) as second, httpx.Client(base_url=second.aioz_url, headers=AIOZ_KEYS) as client:
        assert detail(client, media)["tags"] == ["kept"]
        send_part(client, media, flac[half:], half, len(flac), 2)
        assert client.get(f"/media/{media}/complete").status_code == 200
        second.wait_idle()
        shown = detail(client, media)
        assert shown["status"] == "done"
        assert shown["assets"]["source_url"].startswith(second.url)


def test_a_transcode_that_was_cut_off_is_done_at_the_next_start(tmp_path: Path, flac: bytes) -> None:
    with package.start(data=tmp_path) as first, httpx.Client(base_url=first.aioz_url, headers=AIOZ_KEYS) as client:
        media = create(client, qualities=[quality()])
        send_part(client, media, flac, 0, len(flac), 1)
    # What a server leaves that is killed right after it answered `complete`.
    database = sqlite3.connect(tmp_path / "aioz" / "aioz.sqlite3")
    database.execute("UPDATE media SET status = 'transcoding' WHERE id = ?", (media,))
    database.commit()
    database.close()
    with package.start(data=tmp_path) as second, httpx.Client(base_url=second.aioz_url, headers=AIOZ_KEYS) as client:
        second.wait_idle()
        assert detail(client, media)["status"] == "done"


def test_wait_idle_gives_up_after_its_timeout(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    media = create(aioz, qualities=[quality()])
    upload(aioz, media, flac)
    # No transcode can end while its store is locked.
    with service._services[sandbox._context].store.lock, pytest.raises(TimeoutError, match="still running"):
        sandbox.wait_idle(0)
    sandbox.wait_idle()
    assert detail(aioz, media)["status"] == "done"
