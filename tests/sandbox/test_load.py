"""Hundreds of requests, sixteen at a time, over all three services: every answer right, and nothing left behind."""

import hashlib
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest

from tests.sandbox import aioz_upload
from tonearm import sandbox as package
from tonearm.sandbox import Sandbox, library

AT_A_TIME = 16
AIOZ = {"authorization": "Bearer sandbox-token"}
OPENAI = {"authorization": "Bearer sandbox-key"}
CLIP = library.PACKAGED / "evening.flac"
TEXT = "The ferry leaves at seven."

Job = Callable[[Sandbox, httpx.Client, int], None]


def object_life(box: Sandbox, client: httpx.Client, number: int) -> None:
    """Twelve requests: an object is made, sent in two parts, looked at, changed, completed or deleted."""
    client.base_url = box.aioz_url
    client.headers = httpx.Headers(AIOZ)
    clip = CLIP.read_bytes() + str(number).encode()
    media = aioz_upload.create(client, title=f"object {number}", qualities=[aioz_upload.quality()])
    half = len(clip) // 2
    for index, start in ((2, half), (1, 0)):
        part = clip[start : half if start == 0 else None]
        assert aioz_upload.send_part(client, media, part, start, len(clip), index).status_code == 200
    assert client.patch(f"/media/{media}", json={"description": str(number)}).status_code == 200
    found = client.post("/media", json={"search": f"object {number}", "limit": 100}).json()["data"]
    assert media in {one["id"] for one in found["media"]}
    assert client.get(f"/media/{media}/complete").status_code == 200
    assert client.get(f"/media/{media}/complete").status_code == 400
    assert client.get("/media/cost?qualities=standard&duration=60&type=audio").json()["data"]["is_enough"]
    assert aioz_upload.detail(client, media)["description"] == str(number)
    if number % 2:
        assert client.delete(f"/media/{media}").status_code == 200
        assert client.get(f"/media/{media}").status_code == 404


def listening(box: Sandbox, client: httpx.Client, number: int) -> None:
    """Eleven requests: originals, ranges, heads and transcodes."""
    whole = CLIP.read_bytes()
    item = next(item for item in library.items(library.PACKAGED) if item.path == CLIP)
    stream = f"{box.jellyfin_url}/Audio/{item.id}/stream"
    for _ in range(4):
        assert client.get(f"{stream}?static=true").content == whole
    for start in (0, 1000, 60_000):
        answer = client.get(f"{stream}?static=true", headers={"range": f"bytes={start}-"})
        assert (answer.status_code, answer.content) == (206, whole[start:])
    assert client.head(f"{stream}?static=true").headers["content-length"] == str(len(whole))
    session = f"deviceId=load-{number}&playSessionId={number}"
    made = client.get(f"{stream}.mp3?audioCodec=mp3&audioBitRate=64000&{session}")
    assert (made.status_code, made.headers["content-type"]) == (200, "audio/mpeg")
    assert len(made.content) > 5_000
    assert client.get(f"{box.jellyfin_url}/Audio/{item.id}/stream.mp3?audioBitRate=many").status_code == 400
    assert client.get(f"{box.jellyfin_url}/System/Info/Public").status_code == 200


def speaking(box: Sandbox, client: httpx.Client, number: int) -> None:
    """Four requests: speech is made, heard again, and refused."""
    body = {"model": "marker", "voice": "coral", "input": TEXT, "response_format": "flac"}
    spoken = client.post(f"{box.openai_url}/audio/speech", headers=OPENAI, json=body)
    assert spoken.status_code == 200
    heard = client.post(
        f"{box.openai_url}/audio/transcriptions",
        headers=OPENAI,
        data={"model": "marker"},
        files={"file": ("speech.flac", spoken.content)},
    )
    assert heard.json()["text"].lower().strip(".") == TEXT.lower().strip(".")
    assert client.post(f"{box.openai_url}/audio/speech", json=body).status_code == 401
    assert client.get(f"{box.openai_url}/nothing", headers=OPENAI).status_code == 404


@pytest.mark.parametrize("rounds", [8, pytest.param(40, marks=pytest.mark.soak)])
def test_many_requests_at_once_are_all_answered_and_leave_nothing(
    rounds: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary, data = tmp_path / "temporary", tmp_path / "data"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    process = psutil.Process()
    before = (set(threading.enumerate()), set(process.children(recursive=True)))
    jobs: list[Job] = [object_life, listening, speaking]
    with package.start(data=data) as box:
        tasks = [(job, number) for number in range(rounds) for job in jobs]

        def run(task: tuple[Job, int]) -> None:
            with httpx.Client(timeout=120) as client:
                task[0](box, client, task[1])

        with ThreadPoolExecutor(AT_A_TIME) as pool:
            list(pool.map(run, tasks))
        box.wait_idle()
        assert len(box.requests) >= 25 * rounds
        assert not [exchange for exchange in box.requests if exchange.status is None or exchange.status >= 500]
        with httpx.Client(base_url=box.aioz_url, headers=AIOZ) as client:
            kept = client.post("/media", json={"limit": 100}).json()["data"]
            assert kept["total"] == rounds // 2
            assert Counter(media["status"] for media in kept["media"]) == {"done": rounds // 2}
            for media in kept["media"]:
                source = client.get(f"/media/{media['id']}/source").content
                sent = CLIP.read_bytes() + media["description"].encode()
                assert hashlib.md5(source).digest() == hashlib.md5(sent).digest()
    for thread in set(threading.enumerate()) - before[0]:
        thread.join(30)
    assert set(threading.enumerate()) <= before[0]  # what others had begun may have ended meanwhile
    assert set(process.children(recursive=True)) <= before[1]
    assert list(temporary.iterdir()) == []
    assert not [path for path in data.rglob("*") if path.name.endswith(".arriving")]
