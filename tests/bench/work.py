"""One run of the axes of calls, in a process and an environment of its own: who, what, the server's base URL, how much.

Prints the seconds that it took: of CPU, or of the wall for `first` and `download`. What everybody needs is loaded
before, and a first call has opened the connection.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

WAV = b"RIFF$\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0@\x1f\0\0\x80>\0\0\2\0\x10\0data" + bytes(4)
PAGE = 100
Clock = Callable[[], float]


def took(do: Callable[[], object], clock: Clock = time.process_time) -> float:
    started = clock()
    do()
    return clock() - started


def tonearm_start(url: str, _: int) -> float:
    """From the import to a client that is ready."""

    def start() -> None:
        import tonearm

        tonearm.Aioz(token="bench", base_url=url)
        tonearm.OpenAI(api_key="bench", base_url=f"{url}/v1")

    return took(start)


def tonearm_small(url: str, count: int, backend: Any = "httpx") -> float:
    import tonearm

    with tonearm.OpenAI(api_key="bench", base_url=f"{url}/v1", backend=backend) as client:
        return _calls(client.models, count)


def tonearm2_small(url: str, count: int) -> float:
    return tonearm_small(url, count, "httpx2")


def openai_small(url: str, count: int) -> float:
    import openai

    with openai.OpenAI(api_key="bench", base_url=f"{url}/v1") as client:
        return _calls(lambda: client.models.list().data, count)


def httpx_small(url: str, count: int) -> float:
    import httpx

    with httpx.Client() as client:
        return _calls(lambda: json.loads(client.get(f"{url}/v1/models").content)["data"], count)


def _calls(call: Callable[[], Any], count: int) -> float:
    for _ in range(20):
        assert len(call()) == 3
    return took(lambda: [call() for _ in range(count)]) / count


def tonearm_many(url: str, count: int, backend: Any = "httpx") -> float:
    import tonearm

    async def do() -> float:
        async with tonearm.AsyncOpenAI(api_key="bench", base_url=f"{url}/v1", backend=backend) as client:
            return await _at_once(client.models, count)

    return asyncio.run(do())


def tonearm2_many(url: str, count: int) -> float:
    return tonearm_many(url, count, "httpx2")


def httpx_many(url: str, count: int) -> float:
    import httpx

    async def do() -> float:
        async with httpx.AsyncClient(timeout=60) as client:

            async def call() -> Any:
                return json.loads((await client.get(f"{url}/v1/models")).content)["data"]

            return await _at_once(call, count)

    return asyncio.run(do())


async def _at_once(call: Callable[[], Coroutine[Any, Any, Any]], count: int) -> float:
    await asyncio.gather(*(call() for _ in range(100)))
    started = time.process_time()
    await asyncio.gather(*(call() for _ in range(count)))
    return (time.process_time() - started) / count


def tonearm_list(url: str, count: int) -> float:
    import tonearm

    with tonearm.Aioz(token="bench", base_url=f"{url}/list/{count}") as client:
        client.page(offset=0, limit=PAGE)
        return took(lambda: _check(sum(1 for _ in client.list()), count))


def httpx_list(url: str, count: int) -> float:
    from datetime import datetime

    import attrs
    import httpx

    plain = ["id", "title", "description", "type", "status", "duration", "size", "is_public", "player_theme_id"]
    made = ["tags", "metadata", "qualities", "captions", "chapters", "assets", "created_at", "updated_at", "raw"]
    item = attrs.make_class("Item", plain + made, frozen=True)
    quality = attrs.make_class("Quality", ["name", "type", "status", "raw"], frozen=True)
    track = attrs.make_class("Track", ["url", "language", "status", "raw"], frozen=True)
    assets = attrs.make_class("Assets", ["thumbnail_url", "hls_url", "dash_url", "source_url", "raw"], frozen=True)

    def tracks(rows: list[Any]) -> tuple[Any, ...]:
        return tuple(track(row.get("url"), row.get("language"), row.get("status"), row) for row in rows)

    def of(row: dict[str, Any]) -> Any:
        files = row.get("assets") or {}
        return item(
            *(row.get(name) for name in plain),
            tags=tuple(row["tags"]),
            metadata={pair["key"]: pair["value"] for pair in row["metadata"]},
            qualities=tuple(quality(q["resolution"], q["type"], q["status"], q) for q in row["qualities"]),
            captions=tracks(row.get("captions") or ()),
            chapters=tracks(row.get("chapters") or ()),
            assets=assets(*(files.get(n) for n in ("thumbnail_url", "hls_url", "dash_url", "source_url")), files),
            created_at=datetime.fromisoformat(row["created_at"]),
            updated_at=datetime.fromisoformat(row["updated_at"]),
            raw=row,
        )

    def page(offset: int) -> list[Any]:
        form = {"offset": offset, "limit": PAGE}
        rows = json.loads(client.post(f"{url}/list/{count}/media", json=form).content)["data"]["media"]
        return [of(row) for row in rows]

    with httpx.Client() as client:
        page(0)
        return took(lambda: _check(sum(len(page(offset)) for offset in range(0, count, PAGE)), count))


def tonearm_words(url: str, count: int) -> float:
    import tonearm

    with tonearm.OpenAI(api_key="bench", base_url=f"{url}/v1") as client:

        def call() -> None:
            note = client.transcribe(WAV, model="whisper-1", language=f"x{count}", words=True, format="verbose_json")
            _check(len(note.words or ()), count)

        return _median(call)


def openai_words(url: str, count: int) -> float:
    import openai

    with openai.OpenAI(api_key="bench", base_url=f"{url}/v1") as client:

        def call() -> None:
            note = client.audio.transcriptions.create(
                file=("a.wav", WAV),
                model="whisper-1",
                language=f"x{count}",
                response_format="verbose_json",
                timestamp_granularities=["word", "segment"],
            )
            _check(len(note.words or ()), count)

        return _median(call)


def _median(call: Callable[[], None]) -> float:
    call()
    return median(took(call) for _ in range(5))


def tonearm_first(url: str, count: int) -> float:
    import tonearm

    def once() -> float:
        started = time.perf_counter()
        with client.stream(UUID(int=4096), static=True) as audio:
            next(iter(audio))
            return time.perf_counter() - started

    with tonearm.Jellyfin(url, token="bench") as client:
        return median(once() for _ in range(count))


def httpx_first(url: str, count: int) -> float:
    import httpx

    def once() -> float:
        started = time.perf_counter()
        with client.stream("GET", f"{url}/Audio/{UUID(int=4096)}/stream?static=true") as answer:
            next(answer.iter_raw())
            return time.perf_counter() - started

    with httpx.Client() as client:
        return median(once() for _ in range(count))


def openai_download(url: str, count: int) -> float:
    import openai

    def save(size: int) -> None:
        with client.audio.speech.with_streaming_response.create(input=str(size), model="m", voice="v") as answer:
            answer.stream_to_file(to)

    with (
        TemporaryDirectory(prefix="tonearm-bench-") as name,
        openai.OpenAI(api_key="b", base_url=f"{url}/v1") as client,
    ):
        to = Path(name) / "original"
        save(3 << 20)
        seconds = took(lambda: save(count), time.perf_counter)
        _check(to.stat().st_size, count)
    return seconds


def jellyfin_download(url: str, count: int) -> float:
    import logging

    from jellyfin_apiclient_python import JellyfinClient

    logging.disable()  # it writes to standard output
    client = JellyfinClient()
    client.config.app("bench", "1", "bench", "bench")
    client.config.data.update({"auth.server": url, "auth.token": "bench", "auth.ssl": True})
    client.http.start_session()

    def save(size: int) -> None:
        address = f"{url}/Audio/{UUID(int=size)}/stream"
        with to.open("wb") as file:
            client.http.request({"type": "GET", "url": address, "params": {"static": "true"}}, dest_file=file)

    with TemporaryDirectory(prefix="tonearm-bench-") as name:
        to = Path(name) / "original"
        save(3 << 20)
        seconds = took(lambda: save(count), time.perf_counter)
        _check(to.stat().st_size, count)
    client.stop()
    return seconds


def _check(got: int, wanted: int) -> None:
    if got != wanted:
        sys.exit(f"{got} came, not {wanted}")


if __name__ == "__main__":
    _, who, what, url, count = sys.argv
    print(globals()[f"{who}_{what}"](url, int(count)))
