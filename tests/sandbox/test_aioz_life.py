import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.sandbox.aioz_upload import create, detail, quality, refused, send_part, upload
from tests.sandbox.conftest import AIOZ_KEYS
from tonearm import sandbox as package
from tonearm.sandbox import Sandbox
from tonearm.sandbox import aioz as aioz_service
from tonearm.sandbox.aioz import transcodes
from tonearm.sandbox.aioz.life import Life
from tonearm.sandbox.aioz.service import Service

SMALL = {"bitrate": 16_000, "sample_rate": 8_000}
THREE = [
    quality("standard", audio_config=SMALL),
    quality("good", container_type="mp4", audio_config=SMALL),
    quality("highest", audio_config=SMALL),
]


@pytest.fixture
def service(sandbox: Sandbox) -> Iterator[Service]:
    service = aioz_service.running(sandbox._context)
    yield service
    service.release()
    service.wait_idle(60)


def statuses(aioz: httpx.Client, media: str) -> tuple[str, list[str]]:
    shown = detail(aioz, media)
    return shown["status"], [item["status"] for item in shown["qualities"]]


def ids(aioz: httpx.Client, status: str) -> list[str]:
    answer = aioz.post("/media", json={"status": [status], "limit": 100})
    return [item["id"] for item in answer.json()["data"]["media"]]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (0, ["transcoding", "new", "new"]),
        (1, ["done", "transcoding", "new"]),
        (2, ["done", "done", "transcoding"]),
        (3, ["done", "done", "done"]),
    ],
)
def test_each_rendition_has_a_status_of_its_own(
    aioz: httpx.Client, service: Service, flac: bytes, after: int, expected: list[str]
) -> None:
    media = create(aioz, qualities=THREE)
    assert statuses(aioz, media) == ("new", ["new"] * 3)
    service.hold(media, after=after)
    upload(aioz, media, flac)
    service.wait_idle(60)
    assert statuses(aioz, media) == ("transcoding", expected)
    service.release(media)
    service.wait_idle(60)
    assert statuses(aioz, media) == ("done", ["done"] * 3)


def test_what_is_done_plays_while_the_rest_is_made(aioz: httpx.Client, service: Service, flac: bytes) -> None:
    media = create(aioz, qualities=THREE)
    service.hold(media, after=1)
    upload(aioz, media, flac)
    service.wait_idle(60)
    text = httpx.get(detail(aioz, media)["assets"]["hls_url"]).text
    assert [line for line in text.splitlines() if not line.startswith("#")] == ["hls/0/index.m3u8"]


def test_an_object_that_is_held_does_not_stop_the_others(aioz: httpx.Client, service: Service, flac: bytes) -> None:
    held, free = (create(aioz, qualities=THREE[:1]) for _ in range(2))
    service.hold(held)
    for media in (held, free):
        upload(aioz, media, flac)
    service.wait_idle(60)
    assert [statuses(aioz, media)[0] for media in (held, free)] == ["transcoding", "done"]


def test_every_object_can_be_held_and_one_let_go(aioz: httpx.Client, service: Service, flac: bytes) -> None:
    service.hold()
    one, other = (create(aioz, qualities=THREE[:1]) for _ in range(2))
    for media in (one, other):
        upload(aioz, media, flac)
    service.release(other)
    service.wait_idle(60)
    assert statuses(aioz, one) == ("transcoding", ["transcoding"])
    assert statuses(aioz, other) == ("done", ["done"])
    service.release()
    service.wait_idle(60)
    assert statuses(aioz, one) == ("done", ["done"])


def test_a_release_in_the_moment_of_the_stop_is_not_lost(
    aioz: httpx.Client, service: Service, flac: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Held when the transcode looks, released before it has left the object.
    looks = iter([True])
    monkeypatch.setattr(Life, "holds", lambda *_: next(looks, False))
    media = create(aioz, qualities=THREE[:1])
    upload(aioz, media, flac)
    service.wait_idle(60)
    assert statuses(aioz, media) == ("done", ["done"])


def test_failures_that_are_ordered(aioz: httpx.Client, service: Service, flac: bytes) -> None:
    service.fail_next(2)
    failed, next_one = (create(aioz, qualities=THREE) for _ in range(2))
    for media in (failed, next_one):
        upload(aioz, media, flac)
    service.wait_idle(60)
    assert statuses(aioz, failed) == ("fail", ["fail", "fail", "done"])
    assert statuses(aioz, next_one) == ("done", ["done"] * 3)


def test_lists_find_the_objects_of_each_status(aioz: httpx.Client, service: Service, flac: bytes) -> None:
    made = {status: create(aioz, qualities=THREE[:1]) for status in ("new", "transcoding", "done", "fail", "deleted")}
    service.hold(made["transcoding"])
    upload(aioz, made["transcoding"], flac)
    upload(aioz, made["fail"], b"not audio")
    upload(aioz, made["done"], flac)
    aioz.delete(f"/media/{made['deleted']}")
    service.wait_idle(60)
    for status, media in made.items():
        assert [one for one in made.values() if one in ids(aioz, status)] == [media]


def test_a_held_object_can_be_deleted(aioz: httpx.Client, service: Service, flac: bytes) -> None:
    media = create(aioz, qualities=THREE)
    service.hold(media, after=1)
    upload(aioz, media, flac)
    service.wait_idle(60)
    assert aioz.delete(f"/media/{media}").status_code == 200
    assert not service.files.folder(media).exists()
    service.release(media)
    service.wait_idle(60)
    assert media in ids(aioz, "deleted")


CHILD = """
import sys
from pathlib import Path
from tonearm import sandbox
from tonearm.sandbox import aioz
box = sandbox.start(data=Path(sys.argv[1]))
aioz.running(box._context).hold(after=1)
print(box.aioz_url, flush=True)
sys.stdin.readline()
box.wait_idle()
print("held", flush=True)
sys.stdin.readline()
"""


def send_half(url: str, media: str) -> socket.socket:
    """Begin to send a part, until the server receives its body."""
    parts = urlsplit(url)
    wire = socket.create_connection((parts.hostname, parts.port), 60)
    keys = "".join(f"{name}: {value}\r\n" for name, value in AIOZ_KEYS.items())
    wire.sendall(
        f"POST {parts.path}/media/{media}/part HTTP/1.1\r\nHost: x\r\n{keys}Content-Range: bytes 0-999/1000\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n"
        "Expect: 100-continue\r\n\r\n".encode()
    )
    assert wire.recv(100).startswith(b"HTTP/1.1 100")
    return wire


def test_nothing_is_lost_when_the_server_is_killed(tmp_path: Path, flac: bytes) -> None:
    half = len(flac) // 2
    command = [sys.executable, "-c", CHILD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        said: IO[Any] = child.stdout  # type: ignore[assignment]  # it is a pipe
        told: IO[Any] = child.stdin  # type: ignore[assignment]  # it is a pipe
        with httpx.Client(base_url=said.readline().strip(), headers=AIOZ_KEYS) as client:
            half_sent, begun, gone = (create(client, qualities=THREE[:2], tags=["kept"]) for _ in range(3))
            assert send_part(client, half_sent, flac[:half], 0, len(flac), 1).status_code == 200
            upload(client, begun, flac, parts=3)
            client.delete(f"/media/{gone}")
            told.write("\n")
            told.flush()
            assert said.readline() == "held\n"
            assert statuses(client, begun) == ("transcoding", ["done", "transcoding"])
            with send_half(str(client.base_url).rstrip("/"), half_sent):
                os.kill(child.pid, signal.SIGKILL)
                assert child.wait() == -signal.SIGKILL
    folder = tmp_path / "aioz"
    first = folder / begun / "hls" / "0" / "00000.ts"
    before = (first.read_bytes(), first.stat().st_mtime_ns)
    unfinished = folder / begun / "hls" / "1.unfinished"
    unfinished.mkdir()
    (unfinished / "00009.m4s").write_bytes(b"half a segm")
    assert len(list((folder / half_sent / "parts").glob("*.arriving"))) == 1
    with package.start(data=tmp_path) as box, httpx.Client(base_url=box.aioz_url, headers=AIOZ_KEYS) as client:
        assert list((folder / half_sent / "parts").glob("*.arriving")) == []
        assert send_part(client, half_sent, flac[half:], half, len(flac), 2).status_code == 200
        assert client.get(f"/media/{half_sent}/complete").status_code == 200
        box.wait_idle()
        for media in (half_sent, begun):
            assert statuses(client, media) == ("done", ["done", "done"])
            assert httpx.get(detail(client, media)["assets"]["source_url"]).content == flac
        assert (first.read_bytes(), first.stat().st_mtime_ns) == before
        assert not unfinished.exists()
        assert not (folder / begun / "hls" / "1" / "00009.m4s").exists()
        assert ids(client, "deleted") == [gone]


def test_what_was_ordered_outlives_a_restart_of_the_server(flac: bytes) -> None:
    with package.start() as box, httpx.Client(base_url=box.aioz_url, headers=AIOZ_KEYS) as client:
        media = create(client, qualities=THREE)
        aioz_service.running(box._context).hold(media, after=1)
        upload(client, media, flac)
        box.wait_idle()
        box.fault(drop_headers=True, restart=0)
        with pytest.raises(httpx.TransportError):
            client.get(f"/media/{media}")
        box.wait_idle()
        assert statuses(client, media) == ("transcoding", ["done", "transcoding", "new"])
        aioz_service.running(box._context).release(media)
        box.wait_idle()
        assert statuses(client, media) == ("done", ["done"] * 3)


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


def test_an_object_can_be_deleted_while_it_is_transcoded(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    media = create(aioz)
    upload(aioz, media, flac)
    assert aioz.delete(f"/media/{media}").status_code == 200
    sandbox.wait_idle()
    refused(aioz.get(f"/media/{media}"), 404)
    assert not (sandbox._context.data / "aioz" / media).exists()


def test_objects_and_parts_outlive_the_server(tmp_path: Path, flac: bytes) -> None:
    half = len(flac) // 2
    with package.start(data=tmp_path) as first, httpx.Client(base_url=first.aioz_url, headers=AIOZ_KEYS) as client:
        media = create(client, tags=["kept"], qualities=THREE[:1])
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
        media = create(client, qualities=THREE[:1])
        send_part(client, media, flac, 0, len(flac), 1)
    # What a server leaves that is killed right after it answered `complete`.
    database = sqlite3.connect(tmp_path / "aioz" / "aioz.sqlite3")
    database.execute("UPDATE media SET status = 'transcoding' WHERE id = ?", (media,))
    database.commit()
    database.close()
    with package.start(data=tmp_path) as second, httpx.Client(base_url=second.aioz_url, headers=AIOZ_KEYS) as client:
        second.wait_idle()
        assert detail(client, media)["status"] == "done"


def test_wait_idle_gives_up_after_its_timeout(
    aioz: httpx.Client, sandbox: Sandbox, flac: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, transcode = threading.Event(), transcodes.transcode

    def later(*arguments: Any) -> float:
        go_on.wait(60)
        return transcode(*arguments)

    monkeypatch.setattr(transcodes, "transcode", later)
    media = create(aioz, qualities=THREE[:1])
    upload(aioz, media, flac)
    with pytest.raises(TimeoutError, match="still running"):
        sandbox.wait_idle(0)
    go_on.set()
    sandbox.wait_idle()
    assert detail(aioz, media)["status"] == "done"
