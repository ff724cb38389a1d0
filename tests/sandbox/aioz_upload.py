"""Uploading to the sandbox's AIOZ service with nothing but httpx, one request at a time."""

import hashlib
from typing import Any

import httpx

PATH = "/media/{}/part"


def create(aioz: httpx.Client, **fields: Any) -> str:
    answer = aioz.post("/media/create", json={"title": "talk", "type": "audio", **fields})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["data"]["id"])


def quality(resolution: str = "standard", **fields: Any) -> dict[str, Any]:
    config = {"codec": "aac", "bitrate": 64_000, "channels": "2", "sample_rate": 44_100, "language": "en", "index": 0}
    whole = {"resolution": resolution, "type": "hls", "container_type": "mpegts", "audio_config": config}
    return whole | fields


def send_part(
    aioz: httpx.Client, media: str, content: bytes, start: int, total: int, index: int | str, **changed: str | None
) -> httpx.Response:
    """Send a part; `md5` and `content_range` replace what would be right, None leaves them out."""
    fields = {"hash": changed.get("md5", hashlib.md5(content).hexdigest()), "index": str(index)}
    content_range = changed.get("content_range", f"bytes {start}-{start + len(content) - 1}/{total}")
    return aioz.post(
        PATH.format(media),
        data={name: value for name, value in fields.items() if value is not None},
        files={"file": ("talk.flac", content)},
        headers={} if content_range is None else {"Content-Range": content_range},
    )


def upload(aioz: httpx.Client, media: str, content: bytes, *, parts: int = 1, first: int = 1) -> None:
    """Send a file in so many parts, and complete it."""
    size = -(-len(content) // parts)
    for index, start in enumerate(range(0, len(content), size), first):
        answer = send_part(aioz, media, content[start : start + size], start, len(content), index)
        assert answer.json() == {"status": "success", "message": "Upload part successfully."}
    answer = aioz.get(f"/media/{media}/complete")
    assert answer.json() == {"status": "success", "message": "Upload completed successfully."}


def detail(aioz: httpx.Client, media: str) -> dict[str, Any]:
    answer = aioz.get(f"/media/{media}")
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


def refused(answer: httpx.Response, status: int = 400) -> str:
    """Check an error envelope, and return its message."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.json().keys() == {"status", "message"}
    assert answer.json()["status"] == "error"
    return str(answer.json()["message"])
