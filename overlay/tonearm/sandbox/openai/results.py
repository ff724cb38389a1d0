"""The latest spoken files and transcripts, for the sandbox's page."""

import threading
import time
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Literal

from attrs import define, evolve, field, frozen

from tonearm.sandbox.recogniser import Segment

_LAST = 20
_LARGEST = 16 * 1024 * 1024
"""How many results are kept, and up to how many bytes the sound of each."""
_BLOCK = 65_536
_NAME = "result-"
"""The prefix of the names of their files."""


@frozen(kw_only=True)
class Result:
    """One spoken file or one transcript.

    Attributes:
        kind: `speech` or `transcript`.
        model: the requested model.
        text: the text to speak, or the transcript.
        segments: the recognised segments with times; empty for a spoken file.
        voice: the voice of a spoken file.
        media_type: the type of the sound.
        sound: the path of the sound, or None if it was too large or no browser plays it.
        number: the number of the result in its sandbox.
        at: when it was made, in seconds since 1970.
    """

    kind: Literal["speech", "transcript"]
    model: str
    text: str
    segments: tuple[Segment, ...] = ()
    voice: str = ""
    media_type: str
    sound: Path | None = None
    number: int = 0
    at: float = field(factory=time.time)


@define
class Results:
    """The results of one sandbox, with their sounds in a folder; safe to use from any thread."""

    _folder: Path
    _kept: deque[Result] = field(factory=deque[Result], init=False)
    _made: int = field(default=0, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def __attrs_post_init__(self) -> None:
        """Remove the files of an earlier process in this folder, as their list is gone."""
        for path in self._folder.glob(f"{_NAME}*"):
            path.unlink(missing_ok=True)

    def list(self) -> list[Result]:
        """Return the results, newest first."""
        with self._lock:
            return list(reversed(self._kept))

    def find(self, number: int) -> Result | None:
        """Return the result with a number, or None when it is not kept any more."""
        return next((result for result in self.list() if result.number == number), None)

    def spoken(self, result: Result, blocks: Generator[bytes], *, playable: bool) -> Generator[bytes]:
        """Yield the sound of a spoken file, and keep it at its end; an interrupted one is not kept."""
        sound = bytearray()
        with closing(blocks):
            for block in blocks:
                playable = playable and len(sound) + len(block) <= _LARGEST
                if playable:
                    sound += block
                yield block
        self._keep(result, [bytes(sound)] if playable else None)

    def heard(self, result: Result, sound: BinaryIO) -> None:
        """Keep a transcript and its recording."""
        size = sound.seek(0, 2)
        sound.seek(0)
        self._keep(result, iter(lambda: sound.read(_BLOCK), b"") if size <= _LARGEST else None)

    def _keep(self, result: Result, sound: Iterable[bytes] | None) -> None:
        with self._lock:
            self._made += 1
            number = self._made
        path = None if sound is None else self._written(self._folder / f"{_NAME}{number}", sound)
        with self._lock:
            self._kept.append(evolve(result, number=number, sound=path))
            gone = self._kept.popleft() if len(self._kept) > _LAST else None
        if gone is not None and gone.sound is not None:
            gone.sound.unlink(missing_ok=True)

    def _written(self, path: Path, sound: Iterable[bytes]) -> Path | None:
        """Write a sound; None if the disk is full, as a response must not fail because of the page."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.writelines(sound)
        except OSError:
            return None
        return path
