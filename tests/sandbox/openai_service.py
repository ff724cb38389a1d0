"""What the tests of the OpenAI service share: a client, recordings and requests."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import httpx

from tonearm.sandbox import audio, marker, voices

TEXT = "The ferry leaves at seven. Nobody waits for the mail."


def sound(samples: Iterable[bytes], name: str = "flac") -> bytes:
    return b"".join(audio.encode(samples, audio.ENCODINGS[name], rate=voices.SPEECH_RATE))


def marked(*turns: tuple[str, str]) -> bytes:
    """A recording in the marker voice: pairs of a speaker and what is said."""
    return sound(block for speaker, text in turns for block in marker.speak(text, speaker=speaker))


@cache
def silence(seconds: float) -> bytes:
    return sound([bytes(voices.SPEECH_RATE * 2)] * int(seconds) + [bytes(round(seconds % 1 * voices.SPEECH_RATE) * 2)])


def send(client: httpx.Client, recording: bytes, path: str = "/audio/transcriptions", **fields: Any) -> httpx.Response:
    """Send a recording; `_` at the end of a field's name stands for the brackets of an array."""
    data = {"model": "marker", **{name[:-1] + "[]" if name[-1] == "_" else name: fields[name] for name in fields}}
    return client.post(path, files={"file": ("a.flac", recording)}, data=data)


def events(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == "text/event-stream"
    blocks = answer.text.split("\n\n")
    assert blocks.pop() == ""
    assert all(block.startswith("data: ") and "\n" not in block for block in blocks)
    return [json.loads(block.removeprefix("data: ")) for block in blocks]


def refused(answer: httpx.Response, status: int = 400) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    error: dict[str, Any] = answer.json()["error"]
    assert list(error) == ["message", "type", "param", "code"]
    return error


def clients(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, headers={"Authorization": "Bearer sandbox-key"}, timeout=60) as client:
        yield client
