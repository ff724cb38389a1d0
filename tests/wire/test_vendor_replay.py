"""The requests of AIOZ's own Node client (v1.0.19), as they were recorded, against the sandbox.

The recording keeps the bodies of parts as lengths and hashes: here they are made again, with audio of a 1024th of the
size, so lengths and ranges differ. Ids, keys and host are those of the sandbox; everything else is the client's.
"""

import base64
import hashlib
import json
import socket
import wave
from collections.abc import Iterator
from http.client import HTTPResponse
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tonearm import sandbox as package
from tonearm.sandbox import Sandbox

CAPTURE = json.loads((Path(__file__).parent / "vendors" / "aioz-node-client.json").read_text())
STEPS: dict[str, dict[str, Any]] = {step["step"]: step for step in CAPTURE["steps"]}
ID = "11111111-2222-4333-8444-555555555555"
UPLOAD = "uploadVideo 120MiB default chunk (50 MiB)"
OTHER_UPLOAD = "media.uploadPart 120MiB default chunk"
SMALLER = 1_024
KEYS = {
    "authorization": "Basic " + base64.b64encode(b"sandbox-public:sandbox-secret").decode(),
    "stream-public-key": "sandbox-public",
    "stream-secret-key": "sandbox-secret",
}


def audio() -> bytes:
    """Make a WAV file of the size that the client's file has here: about 1.4 seconds."""
    size = CAPTURE["meta"]["test_file"]["length"] // SMALLER
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((1, 2, 44_100, 0, "NONE", "not compressed"))
        writer.writeframes(bytes(place * 7 % 251 for place in range(size - 44)))
    assert len(file.getvalue()) == size
    return file.getvalue()


AUDIO = audio()


def part(request: dict[str, Any], headers: dict[str, str]) -> bytes:
    """Make the multipart body of a part again, and put its range among the headers."""
    start, stop, total = (number // SMALLER for number in content_range(headers["Content-Range"]))
    content = AUDIO[start:stop]
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{total}"
    recorded = request["multipart"]
    body = bytearray()
    for one in recorded["parts"]:
        data = {"file": content, "hash": hashlib.md5(content).hexdigest().encode()}.get(one["name"])
        head = "\r\n".join([f"--{recorded['boundary']}", *one["raw_headers"], "", ""])
        body += head.encode() + (one["text"].encode() if data is None else data) + b"\r\n"
    return bytes(body) + f"--{recorded['boundary']}--".encode() + recorded["epilogue"].encode()


def content_range(header: str) -> tuple[int, int, int]:
    span, _, total = header.removeprefix("bytes ").partition("/")
    first, _, last = span.partition("-")
    return int(first), int(last) + 1, int(total)


def replay(box: Sandbox, request: dict[str, Any], media: str) -> tuple[int, str | None, Any]:
    """Send a recorded request over a socket: status, type and JSON of the answer."""
    url = urlsplit(box.aioz_url)
    headers: dict[str, str] = dict(request["raw_headers"])
    body = part(request, headers) if "multipart" in request else (request["body"].get("text") or "").encode()
    for name in headers:
        if name.lower() in KEYS:
            headers[name] = KEYS[name.lower()]
    headers["Host"] = url.netloc
    if "Content-Length" in headers:
        headers["Content-Length"] = str(len(body))
    target = request["target"].replace("/api", url.path, 1).replace(ID, media)
    head = "\r\n".join([f"{request['method']} {target} HTTP/1.1", *map(": ".join, headers.items()), "", ""])
    with socket.create_connection((url.hostname, url.port), 60) as wire:
        wire.sendall(head.encode() + body)
        with HTTPResponse(wire, method=request["method"]) as answer:
            answer.begin()
            return answer.status, answer.getheader("content-type"), json.loads(answer.read())


def check(box: Sandbox, step: str, media: str) -> list[Any]:
    """Replay a step and check that the client would understand every answer; return the answers."""
    answers: list[Any] = []
    for request in sorted(STEPS[step]["requests"], key=lambda one: one["seq_done"]):
        status, kind, answer = replay(box, request, media)
        assert (status, kind) == (request["response"]["status"], "application/json")
        # The client reads one list, `media`; the recorder answered some steps with the older `videos`.
        recorded = json.loads(json.dumps(request["response"]["body"]).replace('"videos"', '"media"'))
        fits(answer, recorded)
        answers.append(answer)
    return answers


def fits(answer: Any, recorded: Any, name: str = "") -> None:
    """Check that an answer has what the recorder's had, with the same types (null is any)."""
    if isinstance(recorded, dict):
        # The document's sample of a detail leaves is_mp4 out; the client declares everything optional.
        assert recorded.keys() - answer.keys() <= {"is_mp4"}
        for key in recorded.keys() & answer.keys():
            fits(answer[key], recorded[key], key)
    elif isinstance(recorded, list):
        assert isinstance(answer, list | None), name
        for item in answer or ():
            fits(item, recorded[0], name)
    elif isinstance(recorded, int | float) and not isinstance(recorded, bool):
        assert isinstance(answer, int | float), name
    elif recorded is not None:
        assert isinstance(answer, type(recorded)), name
    if name == "status" and not isinstance(answer, dict):
        assert answer in ("success", "new", "transcoding", "done", "fail")


@pytest.fixture(scope="module")
def session() -> Iterator[dict[str, list[Any]]]:
    """Replay every request in its order: the answers by step, and the source of the first object.

    The client has two ways to upload; each is replayed with an object of its own.
    """
    with package.start() as box:
        answers: dict[str, list[Any]] = {}
        for step in STEPS:
            creation = "create minimal" if step in (OTHER_UPLOAD, "uploadMediaComplete") else "create audio"
            made = answers.get(creation)
            if step == "list filter":
                box.wait_idle()
            answers[step] = check(box, step, made[0]["data"]["id"] if made else "")
            if step == "detail":
                answers["source"] = [httpx.get(answers[step][0]["data"]["assets"]["source_url"]).content]
        yield answers


def test_every_step_of_the_recording_is_answered_as_the_client_needs(session: dict[str, list[Any]]) -> None:
    assert session.keys() - {"source"} == STEPS.keys()
    assert all(answer["status"] == "success" for step in STEPS for answer in session[step])


def test_the_upload_of_the_client_becomes_audio(session: dict[str, list[Any]]) -> None:
    # Its parts arrive with the last one first.
    ranges = [dict(one["raw_headers"])["Content-Range"] for one in STEPS[UPLOAD]["requests"][:3]]
    assert ranges[0].startswith("bytes 104857600-")
    shown = session["detail"][0]["data"]
    assert (shown["status"], shown["size"]) == ("done", len(AUDIO))
    assert session["source"] == [AUDIO]


def test_the_client_finds_its_objects_in_a_list(session: dict[str, list[Any]]) -> None:
    made = [session[step][0]["data"]["id"] for step in ("create audio", "create minimal")]
    for step in ("list empty request", "list when server answers data.media"):
        data = session[step][0]["data"]
        assert ([item["id"] for item in data["media"]], data["total"]) == (made, 2)
    assert session["list filter"][0]["data"] == {"media": [], "total": 0}
