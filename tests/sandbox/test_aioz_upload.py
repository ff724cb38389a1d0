import hashlib
from collections.abc import Callable

import httpx
import pytest

from tests.sandbox.aioz_upload import PATH, create, detail, quality, refused, send_part, upload
from tonearm.sandbox import Sandbox


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


def test_a_refused_or_cut_part_leaves_no_file(aioz: httpx.Client, sandbox: Sandbox) -> None:
    media = create(aioz)
    refused(send_part(aioz, media, b"abc", 0, 6, 1, md5="0" * 32))
    sandbox.fault(path="*/part", drop_request=0)
    with pytest.raises(httpx.TransportError):
        send_part(aioz, media, b"abc", 0, 6, 1)
    assert list((sandbox._context.data / "aioz" / media / "parts").iterdir()) == []
