"""The other end of a transfer: a loopback server that discards uploads and sends originals, with right answers.

It runs in a process of its own, prints its port, and ends when its standard input is closed.
"""

import json
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import sin
from socket import MSG_TRUNC
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

BLOCK = bytes(range(256)) * 4096  # 1 MiB
MODIFIED = "Sat, 01 Mar 2025 12:00:00 GMT"
MODELS = {
    "object": "list",
    "data": [{"id": f"model-{n}", "object": "model", "created": n, "owned_by": "bench"} for n in range(3)],
}
LIST = re.compile(r"/list/(\d+)/media")
SHELF = re.compile(r"/shelf/(\d+)(?=/)")
COUNT = re.compile(rb"\bx(\d+)\r\n")
ORIGINAL = re.compile(r"/Audio/([0-9a-f-]+)/stream\?")
RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
BYTES_OF_WORD = 4800
"""Of an MP3 of 128 kbit/s, whose speaker says a word every 0.3 seconds."""

RATE, SPOKEN = 24_000, 100
"""Of speech: samples of a second, and the characters that it says in one."""


def song(number: int, size: int) -> UUID:
    """The id of an original of so many bytes, below 2^64, and of no other number."""
    return UUID(int=(number + 1) << 64 | size)


@contextmanager
def started() -> Iterator[str]:
    """Run the server in a process of its own and give its base URL."""
    command = [sys.executable, "-m", "tests.bench.peers"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            port = process.stdout.readline().strip()
            if not port:
                sys.exit("the server of the bench did not start")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.stdin.close()


class Peer(BaseHTTPRequestHandler):
    """AIOZ's upload, one object at a time, and Jellyfin's originals, where the number of an item's id is its size."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    received = 0
    total = 0
    counting = Lock()

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        if listed := LIST.fullmatch(self.path):
            form = json.loads(self.rfile.read(length))
            self.send(page(int(listed[1]), form["offset"], form["limit"]))
        elif self.path == "/v1/audio/transcriptions":
            count = COUNT.search(self.rfile.read(length))
            self.send(transcript(int(count[1]) if count else max(10, length // BYTES_OF_WORD)))
        elif self.path == "/v1/audio/speech":
            self.speak(json.loads(self.rfile.read(length))["input"])
        else:
            self.discard(length)
            self.upload()

    def upload(self) -> None:
        if self.path == "/media/create":
            Peer.received = 0
            self.answer({"data": {"id": "bench", "status": "new"}})
        elif (part := RANGE.fullmatch(self.headers.get("Content-Range", ""))) and self.path == "/media/bench/part":
            first, last, Peer.total = (int(number) for number in part.groups())
            with self.counting:
                Peer.received += last - first + 1
            self.answer({"data": {"message": "part"}})
        else:
            self.send_error(404)

    def speak(self, text: str) -> None:
        """Send a file of so many bytes, or as much sound as the text is long."""
        if text.isdecimal():
            self.original(int(text))
        else:
            self.send(wav(len(text) / SPOKEN), kind="audio/wav")

    def do_GET(self) -> None:
        shelf = SHELF.match(self.path)
        if shelf:
            self.path = self.path.removeprefix(shelf[0])
        if self.path == "/media/bench/complete":
            self.answer({"data": {"message": "complete"}}, 200 if self.received == self.total else 409)
        elif self.path == "/media/bench":
            self.answer({"data": {"id": "bench", "status": "transcoding", "size": self.received}})
        elif self.path == "/v1/models":
            self.send(json.dumps(MODELS).encode())
        elif shelf and self.path.startswith("/Items?"):
            self.send(songs(int(shelf[1]), self.path))
        elif (item := ORIGINAL.match(self.path)) and "static=true" in self.path:
            self.original(UUID(item[1]).int % (1 << 64))
        else:
            self.send_error(404)

    def discard(self, length: int) -> None:
        length -= len(self.rfile.read(min(length, len(self.rfile.peek()))))
        buffer = bytearray(len(BLOCK))
        while length:
            got = self.connection.recv_into(buffer, min(length, len(buffer)), MSG_TRUNC)  # dropped, not copied: tcp(7)
            if not got:
                raise ConnectionError("the body ended early")
            length -= got

    def answer(self, body: dict[str, Any], status: int = 200) -> None:
        self.send(json.dumps({"status": "success", **body}).encode(), status)

    def send(self, data: bytes, status: int = 200, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def original(self, size: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "audio/flac")
        self.send_header("Content-Length", str(size))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Last-Modified", MODIFIED)
        self.end_headers()
        for start in range(0, size, len(BLOCK)):
            self.wfile.write(BLOCK[: size - start])

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@cache
def page(count: int, offset: int, limit: int) -> bytes:
    """One page of AIOZ's list."""
    rows = [
        {
            "id": f"{number:08x}-0000-4000-8000-000000000000",
            "title": f"Talk {number}",
            "description": "What was said",
            "type": "audio",
            "status": "done",
            "duration": 283.5,
            "size": 12_345_678,
            "tags": ["podcast", "talk"],
            "metadata": [{"key": "guest", "value": "Ada"}],
            "qualities": [{"type": "hls", "status": "done", "resolution": "standard"}],
            "is_public": True,
            "created_at": "2025-03-01T12:00:00Z",
            "updated_at": "2025-03-01T12:05:00Z",
        }
        for number in range(offset, min(offset + limit, count))
    ]
    return json.dumps({"status": "success", "data": {"media": rows, "total": count}}).encode()


@cache
def transcript(count: int) -> bytes:
    """A verbose transcript of so many words, ten in each segment."""
    words = [{"word": f"word{n % 100}", "start": n * 0.3, "end": n * 0.3 + 0.2} for n in range(count)]
    segments = [
        {
            "id": number,
            "seek": 0,
            "start": number * 3.0,
            "end": number * 3.0 + 2.9,
            "text": "ten words of what was said",
            "tokens": [1, 2, 3],
            "temperature": 0.0,
            "avg_logprob": -0.2,
            "compression_ratio": 1.2,
            "no_speech_prob": 0.01,
        }
        for number in range(-(-count // 10))
    ]
    found = {
        "task": "transcribe",
        "language": "english",
        "duration": count * 0.3,
        "text": " ".join(w["word"] for w in words),
    }
    return json.dumps({**found, "segments": segments, "words": words}).encode()


def songs(count: int, path: str) -> bytes:
    """One page of Jellyfin's list of `count` songs of 1 MB."""
    asked = parse_qs(urlsplit(path).query)
    offset = int(asked.get("startIndex", ["0"])[0])
    rows = [
        {
            "Id": song(number, 1_000_000).hex,
            "Name": f"Song {number}",
            "Type": "Audio",
            "Album": "Shelf",
            "IndexNumber": number + 1,
            "Container": "flac",
            "MediaSources": [{"Id": song(number, 1_000_000).hex, "Container": "flac", "Size": 1_000_000}],
        }
        for number in range(offset, min(count, offset + int(asked.get("limit", ["100"])[0])))
    ]
    return json.dumps({"Items": rows, "TotalRecordCount": count, "StartIndex": offset}).encode()


@cache
def sound(seconds: float) -> bytes:
    """Samples of 16 bits: a voice's fundamental and formants, by turns louder and softer."""
    return b"".join(
        int(
            6000
            * (1 + sin(9 * n / RATE))
            * (sin(760 * n / RATE) + 0.6 * sin(4400 * n / RATE) + 0.3 * sin(15_000 * n / RATE))
        ).to_bytes(2, "little", signed=True)
        for n in range(int(seconds * RATE))
    )


def wav(seconds: float) -> bytes:
    """As much sound as a WAV file."""
    data = (sound(1.0) * (int(seconds) + 1))[: 2 * int(seconds * RATE)]
    head = struct.pack(
        "<4sI8sIHHIIHH4sI", b"RIFF", len(data) + 36, b"WAVEfmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16, b"data", len(data)
    )
    return head + data


class Server(ThreadingHTTPServer):
    request_queue_size = 256


def serve() -> None:
    server = Server(("127.0.0.1", 0), Peer)
    Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    serve()
