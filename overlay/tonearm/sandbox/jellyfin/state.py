"""The state of one sandbox's Jellyfin, and the methods by which tests and people control it."""

import threading
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from attrs import define, field, frozen

from tonearm.sandbox.context import Context
from tonearm.sandbox.jellyfin.access import Tokens
from tonearm.sandbox.jellyfin.catalogue import Catalogue
from tonearm.sandbox.jellyfin.collection import Collection
from tonearm.sandbox.jellyfin.login import QuickConnect
from tonearm.sandbox.jellyfin.lyrics import LyricStore
from tonearm.sandbox.jellyfin.segments import Segments
from tonearm.sandbox.jellyfin.startup import Stage, StartUp
from tonearm.sandbox.jellyfin.transcodes import Breakdown, Transcodes


@frozen
class Report:
    """A playback report: `kind` is Playing, Progress, Stopped or Ping, `body` the JSON with names in lower case."""

    kind: str
    body: dict[str, Any]


@define(eq=False)
class Jellyfin:
    """The Jellyfin of a running sandbox; every method may be called from any thread."""

    _context: Context
    tokens: Tokens = field(init=False)
    catalogue: Catalogue = field(init=False)
    transcodes: Transcodes = field(init=False)
    segments: Segments = field(init=False)
    lyrics: LyricStore = field(init=False)
    collection: Collection = field(factory=Collection, init=False)
    quick_connect: QuickConnect = field(factory=QuickConnect, init=False)
    start_up: StartUp = field(factory=StartUp, init=False)
    _reports: deque[Report] = field(factory=lambda: deque[Report](maxlen=1_000), init=False)

    def __attrs_post_init__(self) -> None:
        folder = self._context.data / "jellyfin"
        self.tokens = Tokens.of(self._context.jellyfin)
        self.catalogue = Catalogue(self._context.library, made=self.collection.playlists)
        self.transcodes = Transcodes(folder / "transcodes")
        self.segments = Segments(folder / "segments")
        self.lyrics = LyricStore(folder / "lyrics")

    def end(self, play_session: str) -> None:
        """End and delete the encodings of a play session."""
        self.transcodes.kill(play_session)
        self.segments.kill(play_session)

    def end_all(self) -> None:
        """End and delete all encodings, as the server does when it starts."""
        self.transcodes.clear()
        self.segments.clear()

    @property
    def reports(self) -> list[Report]:
        """The playback reports so far, oldest first."""
        return list(self._reports)

    def report(self, kind: str, body: dict[str, Any]) -> None:
        if kind == "Playing" and (item := item_of(str(body.get("itemid")))) is not None:
            self.collection.count(item)
        self._reports.append(Report(kind, body))

    @contextmanager
    def starting(self, stage: Stage = "setup", *, times: int | None = None) -> Generator[StartUp]:
        """Imitate a server that starts: 503 for every request, or for the next `times`.

        Args:
            stage: `setup` sends `Retry-After: 005`, `core` no such header, `message` also `Message`.
            times: requests to refuse; None refuses all until the end of the block.
        """
        self.start_up.begin(stage, times)
        try:
            yield self.start_up
        finally:
            self.start_up.finish()

    def break_transcodes(self, *, after: int, times: int = 1) -> None:
        """Let the next encoders die: the response is a shorter 200, or an empty one for 0.

        Args:
            after: bytes that each makes before it dies.
            times: how many die.
        """
        self.transcodes.break_down(Breakdown(after, times, None))

    @contextmanager
    def paused_transcodes(self, *, after: int, times: int = 1) -> Generator[None]:
        """Let the next encoders wait after `after` bytes, until the end of the block."""
        resumed = threading.Event()
        breakdown = Breakdown(after, times, resumed)
        self.transcodes.break_down(breakdown)
        try:
            yield
        finally:
            breakdown.times = 0
            resumed.set()

    def approve(self, code: str) -> bool:
        """Approve a Quick Connect code, as its user would; False when there is no such code."""
        return self.quick_connect.approve(code)


_STATES: WeakKeyDictionary[Context, Jellyfin] = WeakKeyDictionary()
_LOCK = threading.Lock()


def jellyfin_of(context: Context) -> Jellyfin:
    """Return the Jellyfin of a context."""
    with _LOCK:
        jellyfin = _STATES.get(context)
        if jellyfin is None:
            jellyfin = _STATES[context] = Jellyfin(context)
        return jellyfin


def item_of(text: str) -> UUID | None:
    """Read an item's id, with or without dashes."""
    try:
        return UUID(text)
    except ValueError:
        return None
