"""Eight workers do all kinds of work against a server that fails every tenth request: nothing is lost or doubled.

The server is a process of its own, so that memory and handles are the library's. Sync workers block the event loop of a
thread of their own; async ones share one loop.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import hashlib
import inspect
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import wave
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from attrs import define, field

import tonearm
from tonearm.sandbox import library
from tonearm.sandbox.marker import speak

MIB = 1 << 20
QUICK = tonearm.Retry(attempts=5, first_delay=0.01, max_delay=0.1)
WORDS = "one little candle burns beside seven silent rivers while nobody listens"
FAULTS: list[dict[str, Any]] = [
    {"status": 500, "body": "no"},
    {"status": 503, "headers": {"retry-after": "0"}},
    {"status": 429, "headers": {"retry-after": "0"}},
    {"drop_headers": True},
    {"drop_request": 1000},
    {"drop_response": 100},
]
PATIENCE = 12
"""How often work is taken up again after an error that is left to the caller."""
GROWTH = 16
"""MiB that memory may grow in the second half of the time."""
HANDLES = 8
"""Handles that a worker may have at a time: the most connections that its clients make, and files."""
WORKERS = 8


def _trim() -> None:
    """Give memory that is free back to the system, where the C library can, so that what is left is in use."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


@define
class Place:
    """What the workers share: the server, what is true of it, and what they have to tell.

    Memory and handles are noted at `rest`, which is when every worker has ended a part of its time: what is in use then
    does not depend on how busy the machine is. Before the first part each worker does all kinds of work once, so that
    everything is loaded.
    """

    url: str
    folder: Path
    seconds: float
    original: bytes
    song: str
    talk: str
    spoken: bytes
    done: Counter[str] = field(factory=Counter)
    errors: Counter[str] = field(factory=Counter)
    wrong: list[str] = field(factory=list)
    until: float = field(default=0.0, init=False)
    memory: list[int] = field(factory=list)
    handles: list[int] = field(factory=list)
    rest: threading.Barrier = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.rest = threading.Barrier(WORKERS // 2 + 1, self.note)  # each blocking worker has a thread, the others one

    def note(self) -> None:
        """Note what is in use, and begin the next part."""
        _trim()
        me = psutil.Process()
        self.memory.append(me.memory_info().rss)
        self.handles.append(me.num_fds())
        self.until = time.monotonic() + self.seconds / 2


async def ask(result: Any) -> Any:
    """The result of a call, of either client."""
    return await result if inspect.isawaitable(result) else result


async def listen(stream: Any) -> bytes:
    """All that a stream brings, of either client."""
    if isinstance(stream, tonearm.AsyncAudioStream):
        async with stream as audio:
            return b"".join([block async for block in audio])
    with stream as audio:
        return b"".join(audio)


Do = Callable[..., Awaitable[Any]]
Job = Callable[["Worker"], Awaitable[bool]]


@define
class Worker:
    """One who works in parts; `aioz`, `jellyfin` and `ai` are all blocking, or all are not."""

    place: Place
    number: int
    dice: random.Random
    aioz: Any
    jellyfin: Any
    ai: Any

    async def work(self) -> None:
        """Work until the part is over."""
        while time.monotonic() < self.place.until:
            await self.do(self.dice.choice(JOBS))

    async def begin(self) -> None:
        for job in JOBS:
            await self.do(job)

    async def do(self, job: Job) -> None:
        if await job(self):
            self.place.done[job.__name__] += 1
        else:
            self.place.wrong.append(f"{job.__name__} of worker {self.number}")

    async def again(self, call: Callable[[], Any]) -> Any:
        """Call until it succeeds, as a user would after an error that says that this is what helps."""
        failures = []
        for _ in range(PATIENCE):
            try:
                return await ask(call())
            except tonearm.TonearmError as error:
                self.place.errors[type(error).__name__] += 1
                failures.append(repr(error))
        raise AssertionError("\n".join(["it failed again and again:", *failures]))

    def file(self, suffix: str) -> Path:
        return self.place.folder / f"{self.number}{suffix}"


async def upload(worker: Worker) -> bool:
    """Every byte arrives once, in its place, through whatever number of interruptions."""
    data = worker.dice.randbytes(worker.dice.randrange(1, 400_000))
    source, state, back = worker.file(".flac"), worker.file(".journal"), worker.file(".back")
    source.write_bytes(b"fLaC" + data)
    workers, before = worker.dice.randint(1, 3), state.exists()

    async def send() -> Any:
        if state.exists():
            try:
                return await ask(worker.aioz.resume(state))
            except tonearm.InvalidInput as error:
                if "no object was made" not in str(error):
                    raise
                state.unlink()
        options = {"part_size": 60_000, "workers": workers, "state": state}
        return await ask(worker.aioz.upload(source, title=f"by {worker.number}", **options))

    media = await worker.again(send)
    await worker.again(lambda: worker.aioz.download_source(media.id, back))
    same = back.read_bytes() == source.read_bytes()
    await worker.again(lambda: worker.aioz.delete(media.id, missing_ok=True))
    return same and not before and not state.exists()


async def download(worker: Worker) -> bool:
    to = worker.file(".copy.flac")
    to.unlink(missing_ok=True)
    found = await worker.again(lambda: worker.jellyfin.download(worker.place.song, to))
    true = hashlib.sha256(worker.place.original).hexdigest()
    return bool(found.sha256 == true and hashlib.sha256(to.read_bytes()).hexdigest() == true)


async def hear(worker: Worker) -> bool:
    heard = await worker.again(lambda: listen(worker.jellyfin.stream(worker.place.song, preset="original")))
    return bool(heard == worker.place.original)


async def encode(worker: Worker) -> bool:
    to = worker.file(".mp3")
    found = await worker.again(lambda: worker.jellyfin.download(worker.place.talk, to, preset="mp3_128"))
    return bool(to.stat().st_size == found.size > 10_000)


async def transcribe(worker: Worker) -> bool:
    note = await worker.again(lambda: worker.ai.transcribe(worker.place.spoken, model="marker-whisper", words=True))
    return [word.text for word in note.words] == WORDS.split()


async def say(worker: Worker) -> bool:
    to = worker.file(".wav")
    made = await worker.again(lambda: worker.ai.speak(WORDS, to, model="marker", voice="coral", format="wav"))
    return bool(made.duration > 1 and made.size == to.stat().st_size)


async def browse(worker: Worker) -> bool:
    price = await worker.again(lambda: worker.aioz.cost(["standard"], duration=60))
    info = await worker.again(lambda: worker.jellyfin.probe(worker.place.song))
    return bool(price.price >= 0 and info.size == len(worker.place.original))


JOBS: list[Job] = [upload, download, hear, encode, transcribe, say, browse]


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The sandbox in a process of its own, in which every tenth request fails."""
    command = [sys.executable, "-m", "tonearm", "sandbox", "--port", "0", "--quiet"]
    command += ["--library", str(folder / "library"), "--data", str(folder / "data")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        ready = process.stdout.readline()
        assert "ready" in ready
        url = ready.split()[-1]
        try:
            for fault in FAULTS:  # each sees what the ones before it let pass
                order = {"every": 10 * len(FAULTS), "times": None, **fault}
                httpx.post(f"{url}/_sandbox/faults", json=order).raise_for_status()
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)


async def employ(place: Place, numbers: range, *, blocking: bool) -> None:
    """Let these workers work, each with clients of its own."""
    kinds: tuple[Any, ...] = (tonearm.Aioz, tonearm.Jellyfin, tonearm.OpenAI)
    if not blocking:
        kinds = (tonearm.AsyncAioz, tonearm.AsyncJellyfin, tonearm.AsyncOpenAI)
    async with AsyncExitStack() as stack:
        workers = []
        for number in numbers:
            clients = (
                kinds[0](
                    public_key="sandbox-public",
                    secret_key="sandbox-secret",
                    base_url=f"{place.url}/aioz/api",
                    retry=QUICK,
                ),
                kinds[1](f"{place.url}/jellyfin", token="sandbox-token", device_id=f"w{number}", retry=QUICK),
                kinds[2](api_key="sandbox-key", base_url=f"{place.url}/openai/v1", retry=QUICK),
            )
            for client in clients:
                if blocking:
                    stack.enter_context(client)
                else:
                    await stack.enter_async_context(client)
            workers.append(Worker(place, number, random.Random(number), *clients))
        try:
            for part in (Worker.begin, Worker.work, Worker.work):
                async with asyncio.TaskGroup() as group:
                    for worker in workers:
                        group.create_task(part(worker))
                place.rest.wait()  # nothing else runs in this loop
        except BaseException:
            place.rest.abort()
            raise


@pytest.mark.parametrize(
    "seconds",
    [1, pytest.param(int(os.environ.get("SOAK", "1800")), marks=[pytest.mark.soak, pytest.mark.timeout(4000)])],
)
def test_nothing_is_lost_and_nothing_leaks(seconds: int, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    shutil.copy(library.PACKAGED / "history.flac", tmp_path / "library" / "talk.flac")
    original = b"fLaC" + random.Random(7).randbytes(1_500_000)
    (tmp_path / "library" / "song.flac").write_bytes(original)
    speech, spoken = speak(WORDS), tmp_path / "spoken.wav"
    with wave.open(str(spoken), "wb") as file:
        file.setparams((1, 2, speech.rate, 0, "NONE", ""))
        file.writeframes(b"".join(speech))
    me = psutil.Process()
    before = me.num_fds(), set(threading.enumerate())
    with server(tmp_path) as url:
        place = Place(
            url,
            tmp_path,
            seconds,
            original,
            str(library.item_id("song.flac")),
            str(library.item_id("talk.flac")),
            spoken.read_bytes(),
        )

        def alone(number: int) -> None:
            asyncio.run(employ(place, range(number, number + 1), blocking=True))

        threads = [threading.Thread(target=alone, args=(number,)) for number in range(WORKERS // 2)]
        for thread in threads:
            thread.start()
        asyncio.run(employ(place, range(WORKERS // 2, WORKERS), blocking=False))
        for thread in threads:
            thread.join()
    gc.collect()
    assert place.wrong == []
    assert set(place.done) == {job.__name__ for job in JOBS}
    assert sum(place.errors.values()) < sum(place.done.values())
    growth = (place.memory[2] - place.memory[1]) / MIB
    assert growth < GROWTH
    assert max(place.handles) <= before[0] + HANDLES * WORKERS
    assert (me.num_fds() <= before[0], set(threading.enumerate()) <= before[1]) == (True, True)
    left = {path.suffix for path in tmp_path.iterdir() if path.is_file()}
    assert left <= {".flac", ".back", ".mp3", ".wav"}
    print(f"{seconds} s: {dict(place.done)}, left to the caller: {dict(place.errors)}, memory {growth:+.1f} MiB")
