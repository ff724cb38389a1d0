"""A program that uses tonearm as its documentation says; checked as strictly as the checkers can, never run."""

from pathlib import Path

import tonearm
from tonearm.errors import UploadInterrupted
from tonearm_generated.aioz import Client


def newest(client: tonearm.Aioz) -> list[tuple[str, float | None]]:
    return [(media.id, media.duration) for media in client.list(search="talk", status="done")]


def publish(client: tonearm.Aioz, talk: Path) -> tonearm.aioz.Media:
    try:
        return client.wait(client.upload(talk, title="Talk", preset="highest").id, timeout=600)
    except UploadInterrupted as error:
        raise SystemExit(f"{error}: what was sent is recorded in {error.state}") from error


async def original(url: str, item: str, to: Path) -> Path | None:
    async with tonearm.AsyncJellyfin(url, token="key") as server:
        return (await server.download(item, to)).path


def captions(talk: Path) -> str:
    with tonearm.OpenAI(base_url="http://127.0.0.1:8787/openai/v1", api_key="") as ai:
        note = ai.transcribe(talk, model="whisper-1", words=True)
        return note.to_srt()


def generated(url: str) -> Client:
    return Client(base_url=url, raise_on_unexpected_status=True)
