"""The kinds of exchange that faults are tried on: what is called, what a proper server answers, what must be there."""

from __future__ import annotations

import hashlib
import json as _json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Event, Timer
from typing import Any

from attrs import define, evolve, field, frozen

from tests.faults.raw import CUT, Heard, RawServer, Step
from tonearm import Aioz, AsyncAioz, AsyncJellyfin, AsyncOpenAI, Jellyfin, OpenAI

ID = "11111111-2222-4333-8444-555555555555"
PART = 20_000
SOURCE = random.Random(1).randbytes(2 * PART + 7_001)
SONG = random.Random(2).randbytes(200_000)
WORDS = [f"word{number}" for number in range(30)]
SPEECH = b"ID3" + random.Random(3).randbytes(99_997)


@frozen
class Good:
    """A proper answer, before a fault makes something else of it."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(factory=dict[str, str])

    @classmethod
    def json(cls, data: Any, status: int = 200) -> Good:
        return cls(_json.dumps(data).encode(), status, {"Content-Type": "application/json"})

    def head(self, *, length: int | str | None = -1) -> bytes:
        """The head; `length` is what it announces in the place of the truth, None for nothing."""
        lines = dict(self.headers)
        if length is not None:
            lines["Content-Length"] = str(len(self.body)) if length == -1 else str(length)
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"HTTP/1.1 {self.status} Canned\r\n{text}\r\n".encode()

    @property
    def whole(self) -> bytes:
        return self.head() + self.body

    def but(self, **headers: str) -> Good:
        return evolve(self, headers={**self.headers, **{name.replace("_", "-"): v for name, v in headers.items()}})


Script = Callable[[Good, "World"], Iterable[Step]]
"""What a fault makes of the proper answer."""


@define(eq=False)
class World:
    """What one cell has: a folder, a server, and what that server keeps.

    Attributes:
        script: what happens to the requests that are struck; None while nothing is wrong.
        acts: whether the service has done what it was asked for all the same.
        lasting: whether every such request is struck, or the first alone.
        down: whether the server is gone when the request that would be struck comes.
        hits: how many requests were struck.
        unsure: how many parts may be sent twice, as the call was left before it could note that they had arrived.
        made: what an object was created with.
        kept: set once some of a download is kept.
        pass_deadline: lets the deadline of the call pass.
        interrupt: stops the caller: cancels its task, or is its Ctrl-C.
    """

    kind: Kind
    folder: Path
    server: RawServer
    script: Script | None = None
    acts: bool = True
    lasting: bool = True
    down: bool = False
    hits: int = 0
    unsure: int = 0
    parts: dict[int, bytes] = field(factory=dict[int, bytes])
    made: dict[str, Any] = field(factory=dict[str, Any])
    counts: Counter[str] = field(factory=Counter[str])
    kept: Event = field(factory=Event)
    pass_deadline: Callable[[], object] = field(default=lambda: None)
    interrupt: Callable[[], object] = field(default=lambda: None)
    target: Path = field(init=False)
    _timers: list[Timer] = field(factory=list[Timer], init=False)

    def __attrs_post_init__(self) -> None:
        self.target = self.folder / "target" / "song.flac"

    def interrupt_soon(self) -> None:
        """Stop the caller when it is past this moment, wherever that is."""
        self._timers.append(Timer(0.02, lambda: self.interrupt()))
        self._timers[-1].start()

    def settle(self) -> None:
        """Wait until nothing is under way any more."""
        self.server.settle()
        for timer in self._timers:
            timer.join()

    @property
    def source(self) -> Path:
        return self.folder / "source" / "talk.flac"

    @property
    def state(self) -> Path:
        return self.folder / "state" / "tonearm"

    def behave(self, heard: Heard) -> Iterable[Step]:
        """Strike the request, or answer as a proper server does."""
        struck = self.script is not None and self.kind.struck(heard, self) and (self.lasting or self.hits == 0)
        if struck and self.script is not None:
            self.hits += 1
            good = self.kind.good(heard, self) if self.acts else Good(b"")
            yield from self.script(good, self)
            return
        good = self.kind.good(heard, self)
        if self.down and self.kind.struck_next(self):
            self.server.stop()
            yield good.but(Connection="close").whole
            yield CUT
        else:
            yield good.whole


class Kind:
    """One kind of exchange.

    Attributes:
        repeats: whether what may have arrived is sent again.
        sends: whether its request has a body.
        saves: whether its failure leaves something from which it goes on.
        first: whether its first request is the one that is struck.
        forms: in how many forms it is sent, each plainer than the one that a server refuses.
    """

    name: str
    clients: tuple[type[Any], type[Any]] = (Aioz, AsyncAioz)
    keys: Mapping[str, str] = {"public_key": "very-public", "secret_key": "very-secret"}  # never changed
    repeats = True
    sends = False
    saves = False
    first = True
    forms = 1

    def prepare(self, world: World) -> None:
        """Lay out what the call needs."""

    def call(self, client: Any, world: World) -> Any:
        """Call the client; the result is awaited if the client is the asynchronous one."""
        raise NotImplementedError

    def again(self, client: Any, world: World) -> Any:
        """Go on after a failure."""
        return self.call(client, world)

    def good(self, heard: Heard, world: World) -> Good:
        """What a proper server does and answers."""
        raise NotImplementedError

    def struck(self, heard: Heard, world: World) -> bool:
        """Whether this is a request that a fault is for."""
        return True

    def struck_next(self, world: World) -> bool:
        """Whether the request after those so far is the first that a fault is for."""
        return False

    def check(self, result: Any, world: World) -> None:
        """The result is right, and nothing is left beside it."""
        raise NotImplementedError

    def interrupted(self, outcome: str, world: World) -> bool:
        """Whether what such a failure leaves is there."""
        return False


class JsonCall(Kind):
    name = "JSON call"

    def call(self, client: Any, world: World) -> Any:
        return client.get(ID)

    def good(self, heard: Heard, world: World) -> Good:
        return Good.json({"status": "success", "data": {"id": ID, "title": "T" * 200, "status": "new"}})

    def check(self, result: Any, world: World) -> None:
        assert (result.id, result.status) == (ID, "new")


class Creation(Kind):
    name = "creation"
    repeats = False
    sends = True

    def call(self, client: Any, world: World) -> Any:
        return client.create("T", description="d" * 900)

    def good(self, heard: Heard, world: World) -> Good:
        assert b'"title":"T"' in heard.body.replace(b" ", b"")
        world.counts["created"] += 1
        return Good.json({"status": "success", "data": {"id": ID, "title": "T" * 200, "status": "new"}})

    def check(self, result: Any, world: World) -> None:
        assert result.id == ID
        assert world.counts["created"] == 1


class Upload(Kind):
    """Three parts; the second is struck."""

    name = "part upload"
    sends = True
    saves = True
    first = False

    def prepare(self, world: World) -> None:
        world.source.parent.mkdir()
        world.source.write_bytes(SOURCE)

    def call(self, client: Any, world: World) -> Any:
        return client.upload(world.source, title="T", part_size=PART)

    def again(self, client: Any, world: World) -> Any:
        (state,) = world.state.iterdir()
        if world.counts["create"] == 0:  # nothing was made that could be resumed
            state.unlink()
            return self.call(client, world)
        return client.resume(state)

    def good(self, heard: Heard, world: World) -> Good:
        body, path = heard.body, heard.target
        media = {"id": ID, "title": "T", "status": "transcoding" if world.counts["complete"] else "new"}
        if path.endswith("/part"):
            index = _start(heard) // PART
            found = re.search(rb'name="file".*?\r\n\r\n(.*)\r\n--', body, re.DOTALL)
            assert found is not None
            world.parts[index] = found[1]
            world.counts[f"part {index}"] += 1
        elif path == "/media":
            return Good.json({"data": {"media": [media | world.made] if world.made else [], "total": len(world.made)}})
        else:
            if path.endswith("/create"):
                world.made = {"metadata": _json.loads(body)["metadata"]}
            world.counts[path.rpartition("/")[2]] += 1
        return Good.json({"status": "success", "message": "Done.", "data": media})

    def struck(self, heard: Heard, world: World) -> bool:
        return heard.target.endswith("/part") and _start(heard) == PART

    def struck_next(self, world: World) -> bool:
        return len(world.parts) == 1

    def check(self, result: Any, world: World) -> None:
        assert result.status == "transcoding"
        assert b"".join(world.parts[index] for index in sorted(world.parts)) == SOURCE
        assert (world.counts["create"], world.counts["complete"]) == (1, 1)
        assert world.counts["part 0"] <= 1 + world.unsure
        assert sum(world.counts[f"part {index}"] for index in range(3)) <= 3 + max(world.hits, world.unsure)
        assert list(world.state.iterdir()) == []

    def interrupted(self, outcome: str, world: World) -> bool:
        assert len(list(world.state.iterdir())) == 1
        return True


def _start(heard: Heard) -> int:
    found = re.match(r"bytes (\d+)-", heard.headers["content-range"])
    assert found is not None
    return int(found[1])


class Download(Kind):
    name = "download"
    clients = (Jellyfin, AsyncJellyfin)
    keys: Mapping[str, str] = {"token": "very-secret"}  # never changed
    saves = True

    def prepare(self, world: World) -> None:
        (world.folder / "target").mkdir()

    def call(self, client: Any, world: World) -> Any:
        return client.download(ID, world.target, on_progress=lambda _: world.kept.set())

    def good(self, heard: Heard, world: World) -> Good:
        if not heard.target.startswith("/Audio/"):
            return Good(b"", 404)
        found = re.fullmatch(r"bytes=(\d+)-", heard.headers.get("range", ""))
        headers = {"Content-Type": "audio/flac", "Last-Modified": "Thu, 01 Jan 1970 00:00:00 GMT"}
        if found is None:
            return Good(SONG, 200, headers)
        start = int(found[1])
        if start >= len(SONG):
            return Good(b"", 416, {"Content-Range": f"bytes */{len(SONG)}"})
        return Good(SONG[start:], 206, {**headers, "Content-Range": f"bytes {start}-{len(SONG) - 1}/{len(SONG)}"})

    def struck(self, heard: Heard, world: World) -> bool:
        return heard.target.startswith("/Audio/") and heard.headers.get("range") != f"bytes={len(SONG)}-"

    def check(self, result: Any, world: World) -> None:
        assert world.target.read_bytes() == SONG
        assert (result.size, result.sha256) == (len(SONG), hashlib.sha256(SONG).hexdigest())
        assert [path.name for path in world.target.parent.iterdir()] == ["song.flac"]

    def interrupted(self, outcome: str, world: World) -> bool:
        names = {path.name for path in (world.folder / "target").iterdir()}
        if outcome != "cancelled":
            assert bool(names) == (outcome.startswith("DownloadInterrupted") or outcome == "OSError"), names
        assert names in (set(), {"song.flac.part", "song.flac.part.json"})
        return bool(names)


class Live(Kind):
    name = "live stream"
    clients = (OpenAI, AsyncOpenAI)
    keys: Mapping[str, str] = {"api_key": "very-secret"}  # never changed
    sends = True

    def call(self, client: Any, world: World) -> Any:
        stream = client.speech("Hello " * 100, model="tts-1", voice="coral", format="mp3")

        async def read() -> bytes:
            async with stream as audio:
                return b"".join([block async for block in audio])

        if isinstance(client, AsyncOpenAI):
            return read()
        with stream as audio:
            return b"".join(audio)

    def good(self, heard: Heard, world: World) -> Good:
        assert b"Hello" in heard.body
        return Good(SPEECH, 200, {"Content-Type": "audio/mpeg"})

    def check(self, result: Any, world: World) -> None:
        assert result == SPEECH


class Poll(Kind):
    """The second look at the object is struck."""

    name = "poll"
    first = False

    def call(self, client: Any, world: World) -> Any:
        return client.wait(ID)

    def good(self, heard: Heard, world: World) -> Good:
        world.counts["looks"] += 1
        status = "transcoding" if world.counts["looks"] == 1 else "done"
        return Good.json({"status": "success", "data": {"id": ID, "title": "T" * 200, "status": status}})

    def struck(self, heard: Heard, world: World) -> bool:
        return world.counts["looks"] > 0

    def struck_next(self, world: World) -> bool:
        return world.counts["looks"] == 1

    def check(self, result: Any, world: World) -> None:
        assert (result.id, result.status) == (ID, "done")


class Events(Kind):
    name = "SSE"
    clients = (OpenAI, AsyncOpenAI)
    keys: Mapping[str, str] = {"api_key": "very-secret"}
    sends = True
    forms = 3

    def call(self, client: Any, world: World) -> Any:
        stream = client.transcribe_stream(b"fLaC" + bytes(2000), model="gpt-transcribe")

        async def read() -> Any:
            async with stream as told:
                return [event async for event in told]

        if isinstance(client, AsyncOpenAI):
            return read()
        with stream as told:
            return list(told)

    def good(self, heard: Heard, world: World) -> Good:
        assert b"fLaC" in heard.body
        events = [{"type": "transcript.text.delta", "delta": f" {word}"} for word in WORDS]
        events.append({"type": "transcript.text.done", "text": " ".join(WORDS)})
        body = "".join(f"data: {_json.dumps(event)}\n\n" for event in events)
        return Good(body.encode(), 200, {"Content-Type": "text/event-stream"})

    def check(self, result: Any, world: World) -> None:
        assert len(result) in (len(WORDS) + 1, 1)  # events under another type are read as a whole
        assert result[-1].transcript.text == " ".join(WORDS)


KINDS = {kind.name: kind for kind in (JsonCall(), Creation(), Upload(), Download(), Live(), Events(), Poll())}
