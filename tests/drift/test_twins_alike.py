"""What one client of a service sends and returns, its twin does too: each method, against servers in memory.

tests/cassettes/test_replay.py holds the same for every operation; here is what is more than one request, or none.
"""

import asyncio
import inspect
import re
import wave
from collections.abc import Awaitable, Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import asdict, define, field, has

import tonearm

ID = "11111111-2222-4333-8444-555555555555"
URL = "http://server"
ITEM = {"Id": ID.replace("-", ""), "Name": "Song", "Type": "Audio", "MediaSources": [{"Id": "1", "Container": "flac"}]}
SILENCE = BytesIO()
with wave.open(SILENCE, "wb") as file:
    file.setparams((1, 2, 24_000, 0, "NONE", ""))
    file.writeframes(bytes(24_000))


def media(status: str) -> dict[str, Any]:
    source = f"{URL}/media/{ID}/source"
    return {"data": {"id": ID, "title": "T", "status": status, "assets": {"source_url": source}}}


EVENTS = (
    'data: {"type": "transcript.text.delta", "delta": "a"}\n\ndata: {"type": "transcript.text.done", "text": "a"}\n\n'
)
ANSWERS: list[tuple[str, Any]] = [
    (r"POST /media/create", media("new")),
    (r"POST /media/[^/]+/part", {"status": "success"}),
    (r"GET /media/[^/]+/complete", {"status": "success"}),
    (r"GET /media/[^/]+/source", (b"fLaC", "audio/flac")),
    (r"POST /media", {"data": {"media": [media("done")["data"]], "total": 1}}),
    (r"POST /Users/Authenticate.*", {"AccessToken": "theirs", "User": {"Id": ID, "Name": "me"}}),
    (r"POST /QuickConnect/Initiate", {"Code": "123456", "Secret": "s", "Authenticated": False}),
    (r"GET /QuickConnect/Connect", {"Code": "123456", "Secret": "s", "Authenticated": True}),
    (r"GET /Audio/.*", (b"fLaC" * 100, "audio/flac")),
    (r"GET /(Items|Artists).*", {"Items": [ITEM], "TotalRecordCount": 1, "StartIndex": 0}),
    (r"POST /audio/speech", (SILENCE.getvalue(), "audio/wav")),
    (r"POST /audio/transcriptions", (EVENTS.encode(), "text/event-stream")),
]


@define
class Server:
    """Answers in memory.

    Attributes:
        seen: the requests, without what differs from call to call.
        refused: the path that is refused once.
    """

    seen: list[tuple[str, bytes]] = field(factory=list[tuple[str, bytes]])
    refused: str | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        boundary = request.headers.get("content-type", "").partition("boundary=")[2]
        body = request.content.replace(boundary.encode(), b"BOUNDARY") if boundary else request.content
        self.seen.append(
            (
                re.sub(r"playSessionId=\w+", "", f"{request.method} {request.url}"),
                re.sub(rb'"tonearm-upload","value":"\w+"', b"", body),
            )
        )
        line = f"{request.method} {request.url.path}"
        if re.fullmatch(r"GET /media/[^/]+", line):
            complete = any(seen.endswith("/complete") for seen, _ in self.seen)
            return httpx.Response(200, json=media("done" if complete else "new"))
        if self.refused and re.fullmatch(self.refused, line):
            self.refused = None
            return httpx.Response(403, json={"message": "no"})
        found = next((answer for pattern, answer in ANSWERS if re.fullmatch(pattern, line)), None)
        if found is None:
            return httpx.Response(204 if request.method == "DELETE" else 404)
        if isinstance(found, tuple):
            return httpx.Response(200, content=found[0], headers={"content-type": found[1]})
        return httpx.Response(200, json=found)


async def ask(result: Any) -> Any:
    return await result if inspect.isawaitable(result) else result


async def every(found: Any) -> list[Any]:
    return list(found) if isinstance(found, Iterable) else [one async for one in found]


async def within(block: Any) -> list[Any]:
    """What a stream gives inside its block."""
    if hasattr(block, "__aenter__"):
        async with block as stream:
            return await every(stream)
    with block as stream:
        return await every(stream)


def source(folder: Path) -> Path:
    (folder / "talk.flac").write_bytes(b"fLaC and more")
    return folder / "talk.flac"


async def interrupted(aioz: Any, server: Server, folder: Path) -> Path:
    """Upload; the second part is refused."""
    server.refused = r"POST .*/part"
    with pytest.raises(tonearm.UploadInterrupted) as caught:
        await ask(aioz.upload(source(folder), part_size=5))
    assert caught.value.state is not None
    return caught.value.state


async def resume(aioz: Any, server: Server, folder: Path) -> Any:
    state = await interrupted(aioz, server, folder)
    (left,) = await ask(aioz.unfinished())
    return left.done, await ask(aioz.resume(state))


async def wait(aioz: Any, *_: Any) -> Any:
    await ask(aioz.complete(ID))
    return await ask(aioz.wait(ID))


async def forget(aioz: Any, server: Server, folder: Path) -> Any:
    return (await ask(aioz.forget(await interrupted(aioz, server, folder)))).size


async def download_all(jellyfin: Any, _: Server, folder: Path) -> Any:
    kept = await ask(jellyfin.download_all(await every(jellyfin.items()), folder))
    return [(one.path.name, one.error) for one in kept]


async def log_in(jellyfin: Any, *words: object, http: Any, **options: Any) -> str | None:
    method = jellyfin.quick_connect if "show" in options else jellyfin.login
    client = await ask(method(URL, *words, http=http, **options))
    await ask(client.close())
    token: str | None = client.token
    return token


Call = Callable[[Any, Server, Path], Any]
AIOZ: dict[str, Call] = {
    "upload": lambda aioz, _, folder: aioz.upload(source(folder), title="T", part_size=5, wait=True),
    "resume": resume,
    "forget": forget,
    "wait": wait,
    "list": lambda aioz, *_: every(aioz.list(search="T")),
    "download_source": lambda aioz, _, folder: aioz.download_source(ID, folder / "back.flac"),
    "generated": lambda aioz, *_: type(aioz.generated).__name__,
}
JELLYFIN: dict[str, Call] = {
    "url": lambda jellyfin, *_: re.sub(r"playSessionId=\w+", "", jellyfin.url(ID, preset="mp3_128")),
    "search": lambda jellyfin, *_: every(jellyfin.search("Song")),
    "albums": lambda jellyfin, *_: every(jellyfin.albums()),
    "artists": lambda jellyfin, *_: every(jellyfin.artists()),
    "playlists": lambda jellyfin, *_: every(jellyfin.playlists()),
    "download": lambda jellyfin, _, folder: jellyfin.download(ID, folder / "song.flac"),
    "download_all": download_all,
    "generated": lambda jellyfin, *_: type(jellyfin.generated).__name__,
}
OPENAI: dict[str, Call] = {
    "speech": lambda ai, *_: within(ai.speech("Hello.", model="m", voice="v", format="wav")),
    "speak": lambda ai, _, folder: ai.speak("Hello.", folder / "a.wav", model="m", voice="v"),
    "transcribe_stream": lambda ai, *_: within(ai.transcribe_stream(b"fLaC", model="m")),
    "estimate": lambda ai, *_: ai.estimate(model="whisper-1", seconds=60),
    "estimate_recording": lambda ai, *_: ai.estimate_recording(SILENCE.getvalue(), model="whisper-1"),
    "generated": lambda ai, *_: type(ai.generated).__name__,
}
CLASSES: dict[str, Callable[[Any, Any], Awaitable[Any]]] = {
    "login": lambda kind, http: log_in(kind, "me", "secret", http=http),
    "quick_connect": lambda kind, http: log_in(kind, http=http, show=lambda _: None),
}

Twins = tuple[type[Any], type[Any], dict[str, str]]
SERVICES: dict[str, tuple[Twins, dict[str, Call]]] = {
    "aioz": ((tonearm.Aioz, tonearm.AsyncAioz, {"token": "ours"}), AIOZ),
    "jellyfin": ((tonearm.Jellyfin, tonearm.AsyncJellyfin, {"token": "ours", "device_id": "d"}), JELLYFIN),
    "openai": ((tonearm.OpenAI, tonearm.AsyncOpenAI, {"api_key": "ours"}), OPENAI),
}
CASES = [(service, name) for service, (_, calls) in SERVICES.items() for name in calls]


def plain(result: Any, folder: Path) -> Any:
    """What is told of a result, whichever client and folder it is of."""
    if isinstance(result, (list, tuple)):
        return [plain(one, folder) for one in result]
    if has(type(result)):
        return re.sub(r"folder\d", "folder", repr(asdict(result)))
    return result.removeprefix("Async") if isinstance(result, str) else result


async def perform(call: Call, kind: type[Any], keys: dict[str, str], folder: Path) -> tuple[Any, list[Any]]:
    server = Server()
    transport, keys = httpx.MockTransport(server), {"base_url": URL, **keys}
    if kind.__name__.startswith("Async"):
        async with httpx.AsyncClient(transport=transport) as http, kind(http=http, **keys) as client:
            result = await ask(call(client, server, folder))
    else:
        with httpx.Client(transport=transport) as http, kind(http=http, **keys) as client:
            result = await ask(call(client, server, folder))
    return plain(result, folder), server.seen


@pytest.mark.parametrize(("service", "name"), CASES)
def test_a_method_of_both_clients_sends_and_returns_the_same(
    service: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (blocking, asynchronous, keys), calls = SERVICES[service]
    found = []
    for number, kind in enumerate((blocking, asynchronous)):
        folder = tmp_path / f"folder{number}"
        folder.mkdir()
        monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
        found.append(asyncio.run(perform(calls[name], kind, keys, folder)))
    assert found[0] == found[1]
    assert found[0][0] is not None
    assert found[0][1] or name in ("url", "estimate", "estimate_recording", "generated")


@pytest.mark.parametrize("name", CLASSES)
def test_both_clients_of_jellyfin_log_in_the_same_way(name: str) -> None:
    async def perform(kind: type[Any], transport: httpx.MockTransport) -> Any:
        if kind is tonearm.AsyncJellyfin:
            async with httpx.AsyncClient(transport=transport) as http:
                return await CLASSES[name](kind, http)
        with httpx.Client(transport=transport) as http:
            return await CLASSES[name](kind, http)

    servers = [Server(), Server()]
    kinds = (tonearm.Jellyfin, tonearm.AsyncJellyfin)
    tokens = [asyncio.run(perform(*one)) for one in zip(kinds, map(httpx.MockTransport, servers), strict=True)]
    assert tokens == ["theirs", "theirs"]
    assert servers[0].seen == servers[1].seen != []
