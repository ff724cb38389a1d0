"""A recording to publish, and what the services were asked for on the way."""

from __future__ import annotations

import asyncio
import wave
from collections import Counter
from pathlib import Path
from typing import Any

from attrs import field, frozen

from tonearm import Aioz, AsyncAioz, AsyncOpenAI, OpenAI, Retry, recipes
from tonearm.sandbox import Sandbox
from tonearm.sandbox.marker import speak

WORDS = "seven silent rivers"
MODEL = "marker-whisper"
CHAPTERS = b"WEBVTT\n\n00:00.000 --> 00:01.000\nWelcome\n"
COVER = b"\x89PNG\r\n\x1a\n" + bytes(100)
ONCE = Retry(attempts=1)


def record(path: Path, words: str = WORDS) -> Path:
    """Write a recording whose words the sandbox hears exactly."""
    spoken = speak(words)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, spoken.rate, 0, "NONE", ""))
        file.writeframes(b"".join(spoken))
    return path


def everything(playlist: str | None, **options: Any) -> dict[str, Any]:
    """All that can be added to a recording."""
    options = {"preset": "standard", "language": "en", "model": MODEL, "is_public": True, **options}
    return {"chapters": CHAPTERS, "cover": COVER, "playlist": playlist, **options}


def publish(
    box: Sandbox, source: Path, *, way: str = "sync", transcribe: bool = True, **options: Any
) -> recipes.Published:
    """Publish a recording with one of the twins."""
    aioz: dict[str, Any] = {"base_url": box.aioz_url, "token": "sandbox-token", "retry": ONCE}
    ai: dict[str, Any] = {"base_url": box.openai_url, "api_key": "sandbox-key", "retry": ONCE}
    if way == "sync":
        with Aioz(**aioz) as client, OpenAI(**ai) as transcriber:
            return recipes.publish(client, source, transcriber=transcriber if transcribe else None, **options)

    async def run() -> recipes.Published:
        async with AsyncAioz(**aioz) as client, AsyncOpenAI(**ai) as transcriber:
            return await recipes.async_publish(
                client, source, transcriber=transcriber if transcribe else None, **options
            )

    return asyncio.run(run())


@frozen
class Log:
    """What the sandbox was asked for since this was made."""

    box: Sandbox
    start: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "start", len(self.box.requests))

    def counts(self) -> Counter[str]:
        """How often each change was asked for."""
        found = Counter[str]()
        for one in self.box.requests[self.start :]:
            *_, kind, tail = one.path.rstrip("/").split("/")
            if tail == "complete" or (one.method != "GET" and not one.path.endswith("/api/media")):
                found[f"{kind}/{tail}" if kind in ("captions", "chapters") else tail] += 1
        return found


EACH_ONCE = dict.fromkeys(
    ("create", "part", "complete", "transcriptions", "captions/en", "chapters/en", "thumbnail", "items"), 1
)
