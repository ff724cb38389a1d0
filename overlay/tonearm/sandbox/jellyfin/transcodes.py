"""The transcodes that run or have run: one file for each key, made once for all requests with this key."""

import hashlib
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import BinaryIO

from attrs import define, field, frozen

from tonearm.sandbox.recording import AudioError

GRACE = 10.0
"""Seconds that a transcode runs without a reader (Jellyfin server source, tag v10.11.11, TranscodeManager)."""
_BLOCK = 65_536

Make = Callable[[], Iterator[bytes]]


@frozen
class Key:
    """The identity of a transcode, without bit rate, codec and start (Jellyfin server source, tag v10.11.11)."""

    media: Path
    user_agent: str
    device: str
    play_session: str
    extension: str

    @property
    def name(self) -> str:
        identity = f"{self.media}-{self.user_agent}-{self.device}-{self.play_session}"
        return f"{hashlib.md5(identity.encode(), usedforsecurity=False).hexdigest()}.{self.extension.lower()}"


@define(eq=False)
class Breakdown:
    """A breakdown of the next `times` encoders, after `after` bytes each."""

    after: int
    times: int
    resumed: threading.Event | None
    """The encoder waits for this event; None lets it die."""


@define(eq=False)
class _Job:
    """One transcode, whose thread writes the file; the lock of the cache guards `readers` and `timer`."""

    key: Key
    path: Path
    breakdown: Breakdown | None
    started: threading.Event = field(factory=threading.Event)
    ended: threading.Event = field(factory=threading.Event)
    killed: threading.Event = field(factory=threading.Event)
    error: AudioError | None = None
    readers: int = 0
    timer: threading.Timer | None = None
    _thread: threading.Thread = field(init=False)

    def start(self, make: Make) -> None:
        self._thread = threading.Thread(target=self._run, args=(make,), name=f"transcode {self.path.name}", daemon=True)
        self._thread.start()

    def _run(self, make: Make) -> None:
        """Encode into the file; a failure before the first byte leaves no file, a later one a shorter file."""
        try:
            blocks = self._blocks(make)
            block = next(blocks, b"")
            with self.path.open("wb", buffering=0) as file:
                file.write(block)
                self.started.set()
                for block in blocks:
                    if self.killed.is_set():
                        break
                    file.write(block)
        except AudioError as error:
            self.error = error
        finally:
            self.ended.set()
            self.started.set()

    def _blocks(self, make: Make) -> Iterator[bytes]:
        broken = self.breakdown
        if broken is None:
            yield from make()
            return
        remaining = broken.after
        if not remaining:
            yield b""
            if not self._survives(broken):
                return
        for block in make():
            if 0 < remaining <= len(block):
                yield block[:remaining]
                if not self._survives(broken):
                    return
                block = block[remaining:]
                remaining = 0
            remaining = max(0, remaining - len(block))
            yield block

    def _survives(self, broken: Breakdown) -> bool:
        while broken.resumed is not None and not self.killed.is_set():
            if broken.resumed.wait(0.05):
                return True
        return False

    def kill(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.killed.set()
        self._thread.join()
        self.path.unlink(missing_ok=True)


@define(eq=False)
class Reader:
    """Reads a transcode's file while it grows, from its first byte."""

    _cache: "Transcodes"
    _job: _Job
    _file: BinaryIO

    def read(self) -> bytes | None:
        """Return the next bytes: b"" when none are ready yet, None when none will follow, however the encoder ended."""
        over = self._job.ended.is_set()
        block = self._file.read(_BLOCK)
        return None if over and not block else block

    def close(self) -> None:
        self._file.close()
        self._cache.leave(self._job)


@define(eq=False)
class Transcodes:
    """The cache of transcodes; safe to use from any thread."""

    _folder: Path
    grace: float = GRACE
    _jobs: dict[str, _Job] = field(factory=dict[str, _Job], init=False)
    _breakdowns: list[Breakdown] = field(factory=list[Breakdown], init=False)
    _numbers: Iterator[int] = field(factory=count, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def __attrs_post_init__(self) -> None:
        self.clear()

    def open(self, key: Key, make: Make) -> Reader:
        """Read the transcode of a key; if there is none yet, `make` makes its bytes.

        Raises AudioError when the encoder failed before its first byte.
        """
        with self._lock:
            job = self._jobs.get(key.name)
            if job is None:
                path = self._folder / f"{next(self._numbers)}-{key.name}"
                job = self._jobs[key.name] = _Job(key, path, self._next_breakdown())
                job.start(make)
            job.readers += 1
            if job.timer is not None:
                job.timer.cancel()
                job.timer = None
        job.started.wait()
        try:
            return Reader(self, job, job.path.open("rb"))
        except FileNotFoundError:
            self._forget(job)
            raise job.error or AudioError("the transcode was killed") from None

    def leave(self, job: _Job) -> None:
        """Remove a reader; after the last one the encoder runs for `grace` seconds."""
        with self._lock:
            job.readers -= 1
            if job.readers or job.ended.is_set():
                return
            job.timer = threading.Timer(self.grace, self._abandon, (job,))
            job.timer.daemon = True
            job.timer.start()

    def kill(self, play_session: str) -> None:
        """End every transcode of a play session and delete its file, finished or not."""
        with self._lock:
            jobs = [job for job in self._jobs.values() if job.key.play_session.lower() == play_session.lower()]
            for job in jobs:
                del self._jobs[job.key.name]
        for job in jobs:
            job.kill()

    def break_down(self, breakdown: Breakdown) -> None:
        with self._lock:
            self._breakdowns.append(breakdown)

    def running(self) -> list[str]:
        """Name the play sessions of the transcodes that have not ended."""
        with self._lock:
            return [job.key.play_session for job in self._jobs.values() if not job.ended.is_set()]

    def files(self) -> list[Path]:
        """List the files that are kept."""
        return sorted(self._folder.iterdir())

    def wait_idle(self, timeout: float) -> None:
        """Wait until no transcode runs; raise TimeoutError after `timeout` seconds."""
        until = time.monotonic() + timeout
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            if not job.ended.wait(max(0.0, until - time.monotonic())):
                raise TimeoutError(f"the transcode {job.path.name} is still running")

    def clear(self) -> None:
        """End every transcode and delete all files, as the server does when it starts."""
        with self._lock:
            jobs = list(self._jobs.values())
            self._jobs.clear()
        for job in jobs:
            job.kill()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)

    def _next_breakdown(self) -> Breakdown | None:
        due = next((breakdown for breakdown in self._breakdowns if breakdown.times > 0), None)
        if due is not None:
            due.times -= 1
        return due

    def _forget(self, job: _Job) -> None:
        with self._lock:
            job.readers -= 1
            if self._jobs.get(job.key.name) is job:
                del self._jobs[job.key.name]

    def _abandon(self, job: _Job) -> None:
        with self._lock:
            if job.readers or job.ended.is_set() or self._jobs.get(job.key.name) is not job:
                return
            del self._jobs[job.key.name]
        job.kill()
