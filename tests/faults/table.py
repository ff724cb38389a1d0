"""The faults of the matrix, as data: what each makes of an exchange, and what that is documented to end as."""

from __future__ import annotations

import gzip
import resource
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from tests.faults.kinds import KINDS, Good, Kind, Script, World
from tests.faults.raw import CUT, HOLD, RESET, Drip, Flood, Step

SHORT, LONG = 0.25, 200.0
"""Seconds of silence that a client bears: where a server stays silent, and where it does not."""

ATTEMPTS = 3


@frozen(kw_only=True)
class Fault:
    """One row.

    Attributes:
        name: what goes wrong.
        group: the heading that it stands under.
        script: what is done in the place of the proper answer.
        error: the class of the failure that one exchange ends with; None when nothing is wrong with it.
        outcomes: where a kind of exchange ends otherwise.
        acts: whether the service does what it was asked for all the same.
        sent: whether the request, or any of it, may have reached the service.
        turned_away: whether the status says that it was not looked at.
        refuses: whether the status says that the form of the request is refused, so that a plainer one may do.
        passes: whether such a failure is worth another attempt.
        some: whether bytes of a file's or stream's body come before the failure.
        url: the base URL, in the place of the server's own; HOST is that server.
        untrusted: whether it is a server whose certificate nobody signed.
        down: whether nobody listens any more.
        deadline: whether the call has a deadline, LONG from its start.
        timeout: seconds of silence that the client bears; if few, a busy machine may want more (`matrix.judge`).
        prepare: what else is done to the world.
        skips: kinds of exchange that it cannot befall, with the reason.
        once: whether it is also tried once only, with a proper answer at the second attempt.
        lasting: whether it is tried on every attempt.
        soak: whether only the long run has it.
    """

    name: str
    group: str
    script: Script | None = None
    error: str | None = None
    outcomes: Mapping[str, str | None] = field(factory=dict[str, "str | None"])
    acts: bool = True
    sent: bool = True
    turned_away: bool = False
    refuses: bool = False
    passes: bool = False
    some: bool = False
    url: str = "http://HOST"
    untrusted: bool = False
    down: bool = False
    deadline: bool = False
    timeout: float = LONG
    prepare: Callable[[World], Any] | None = None
    skips: Mapping[str, str] = field(factory=dict[str, str])
    once: bool = False
    lasting: bool = True
    soak: bool = False

    def raised(self, kind: Kind) -> str | None:
        """What one exchange ends with."""
        return self.outcomes.get(kind.name, self.error)

    def attempts(self, kind: Kind) -> int:
        """How often the request is sent while the fault lasts."""
        if self.refuses:
            return kind.forms
        if not self.passes or self.raised(kind) is None or (kind.name in LIVE and self.some):
            return 1
        return ATTEMPTS if kind.repeats or not self.sent or self.turned_away else 1

    def outcome(self, kind: Kind, *, lasting: bool) -> str:
        """What the call is documented to end as."""
        raised = self.raised(kind)
        if raised is None or (not lasting and self.attempts(kind) > 1):
            return "ok"
        if kind.name == "part upload" and raised not in ("SourceChanged", "cancelled", "UploadInterrupted"):
            return f"UploadInterrupted ({raised})"
        if kind.name == "download" and self.some and self.passes:
            return f"DownloadInterrupted ({raised})"
        if kind.name == "SSE" and self.some and self.passes:
            return f"TranscriptInterrupted ({raised})"
        return raised


def _steps(*steps: Step) -> Script:
    return lambda _good, _world: steps


def _body_cut(share: float, more: int = 0, end: Step = CUT) -> Script:
    """Hang up after so much of the body."""

    def script(good: Good, _: World) -> Iterable[Step]:
        return good.head(), good.body[: int(len(good.body) * share) + more], end

    return script


def _changed(change: Callable[[Good], Good]) -> Script:
    return lambda good, _: (change(good).whole,)


def _length(length: int | str | None, body: Callable[[bytes], bytes] = bytes) -> Script:
    """A head that announces another length than the body has, which then ends."""
    return lambda good, _: (good.head(length=length), body(good.body), CUT)


def _status(status: int, body: bytes = b'{"message": "no"}', **headers: str) -> Script:
    return _steps(Good(body, status, {"Content-Type": "application/json"}).but(**headers).whole)


NO_FILE = "it writes no file"
CONNECTED = "the requests before the one that is struck had a connection"
BODILESS = "its request has no body"
LIVE = ("live stream", "SSE")
BODIES = ("download", *LIVE)
_LATER = {kind.name: CONNECTED for kind in KINDS.values() if not kind.first}
_BODILESS = {kind.name: BODILESS for kind in KINDS.values() if not kind.sends}


def _only(*names: str, why: str) -> dict[str, str]:
    return {name: why for name in KINDS if name not in names}


def _fault(group: str, **common: Any) -> Callable[..., Fault]:
    def make(name: str, script: Script | None = None, /, **more: Any) -> Fault:
        return Fault(name=name, group=group, script=script, **{**common, **more})

    return make


_gone = _fault("No connection", error="ConnectionFailed", sent=False, passes=True, acts=False)
_cut = _fault("Connections that break", error="ConnectionFailed", passes=True, once=True)
_silent = _fault("Silence", error="TimedOut", passes=True, timeout=SHORT)
_slow = _fault("Drips, and a deadline", error="TimedOut", deadline=True)
_answered = _fault("Statuses", acts=False)
_wait = _fault("Retry-After on 503", acts=False, error="ServiceFailed", turned_away=True, lasting=False, once=True)
_odd = _fault("Answers that do not fit", error="UnexpectedAnswer")
_sized = _fault("Content-Length")
_bomb = _fault("Too much", error="UnexpectedAnswer")
_moved = _fault("Redirects", acts=False, error="StatusError")
_restart = _fault("The server restarts", error="ConnectionFailed", passes=True, lasting=False, once=True)
_local = _fault("This machine")
_left = _fault("Cancelled, or Ctrl-C", error="cancelled", timeout=2 * SHORT)

_HALF_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: audio/fl"

STATUSES: Mapping[int, str] = {
    400: "BadRequest",
    401: "Unauthorized",
    402: "StatusError",
    403: "Forbidden",
    404: "NotFound",
    405: "StatusError",
    408: "StatusError",
    409: "StatusError",
    413: "TooLarge",
    415: "StatusError",
    416: "StatusError",
    418: "StatusError",
    422: "BadRequest",
    425: "StatusError",
    429: "RateLimited",
    500: "ServiceFailed",
    501: "ServiceFailed",
    502: "ServiceFailed",
    503: "ServiceFailed",
    504: "ServiceFailed",
    **dict.fromkeys(range(520, 530), "ServiceFailed"),
}
_OFTEN = (400, 404, 429, 500, 520)


def _restarting(good: Good, world: World) -> Iterable[Step]:
    def restart() -> None:
        world.server.stop()
        world.server.start()

    return good.head(), good.body[: len(good.body) // 2], restart, CUT


def _dripping_body(good: Good, world: World) -> Iterable[Step]:
    """The deadline passes when some has come."""
    yield good.head() + good.body[:9]
    if world.kind.name == "download":
        yield world.kept.wait
    yield world.pass_deadline
    yield Drip(good.body[9:], 0.02)


def _truncated(_: Good, world: World) -> Iterable[Step]:
    world.source.write_bytes(world.source.read_bytes()[:-1])
    return (Good.json({"status": "success"}).whole,)


def _rewritten(_: Good, world: World) -> Iterable[Step]:
    world.source.write_bytes(bytes(world.source.stat().st_size))
    return (Good.json({"status": "success"}).whole,)


def _interrupted(*steps: Step) -> Script:
    return lambda _, world: (*steps, world.interrupt, HOLD)


def _interrupted_after(share: float) -> Script:
    def script(good: Good, world: World) -> Iterable[Step]:
        return good.head(), good.body[: int(len(good.body) * share)], world.interrupt, HOLD

    return script


def _full_disk(good: Good, world: World) -> Iterable[Step]:
    """From now on a file has room for half a song, or for nothing that a journal has to add."""

    def fill() -> None:
        room = len(good.body) // 2 if world.kind.name == "download" else 1
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    return fill, good.whole


def _read_only(world: World) -> None:
    world.target = Path("/sys/song.flac")


_BOMB = zlib.compressobj(9, wbits=31)
_PACKED = _BOMB.compress(b'{"status": "' + bytes(3_000_000)) + _BOMB.flush()
_ZIPPED = "the body is compressed although that was not asked for"

FAULTS: tuple[Fault, ...] = (
    _gone("the connection is refused", down=True),
    _gone("the name is not found", url="http://nowhere.invalid", skips=_LATER),
    _gone("the server speaks no TLS", url="https://HOST", skips=_LATER),
    _gone("the certificate is nobody's", url="https://HOST", untrusted=True, skips=_LATER),
    _cut("before the head", _steps(CUT)),
    _cut("reset before the head", _steps(RESET), soak=True),
    _cut("in the head", _steps(_HALF_HEAD, CUT), soak=True),
    _cut("after the head", _body_cut(0)),
    _cut("after one byte", _body_cut(0, 1), some=True, soak=True),
    _cut("in the middle of the body", _body_cut(0.5), some=True),
    _cut("before the last byte", _body_cut(1, -1), some=True, soak=True),
    _cut("in the request's body", _steps(CUT), acts=False, skips=_BODILESS),
    _silent("before the head", _steps(HOLD)),
    _silent("in the head", _steps(_HALF_HEAD, HOLD), soak=True),
    _silent("in the middle of the body", _body_cut(0.5, 0, HOLD), some=True),
    _slow(
        "the head drips",
        lambda _, world: (b"HTTP/1.1 200 OK\r\n", world.pass_deadline, Drip(b"X: y\r\n" * 500, 0.02)),
    ),
    _slow(
        "the body drips",
        _dripping_body,
        outcomes={"download": "DownloadInterrupted (TimedOut)"},
        skips=dict.fromkeys(LIVE, "its deadline is that of the opening"),
    ),
    _slow("it drips, and comes to its end", lambda good, _: (Drip(good.head(), 0.001), good.body), error=None),
    *(
        _answered(
            f"{status}",
            _status(status),
            error=error,
            passes=status in (408, 425, 429) or (status >= 500 and status != 501),
            turned_away=status in (429, 503),
            refuses=status in (400, 404, 415, 422, 501),
            soak=status not in _OFTEN,
        )
        for status, error in STATUSES.items()
    ),
    _answered(
        "502 in HTML",
        _status(502, b"<html><h1>Bad Gateway</h1>", Content_Type="text/html"),
        error="ServiceFailed",
        passes=True,
    ),
    _wait("in seconds", _status(503, Retry_After="0"), passes=True),
    _wait("as a date", _status(503, Retry_After="Thu, 01 Jan 1970 00:00:00 GMT"), passes=True, soak=True),
    _wait("malformed", _status(503, Retry_After="soon, I hope"), passes=True),
    _wait("absurdly long", _status(503, Retry_After="1000000")),
    _odd("HTML", _changed(lambda _: Good(b"<html>Welcome", headers={"Content-Type": "text/html"}))),
    _odd("nothing", _changed(lambda good: Good(b"", headers=good.headers)), outcomes={"download": "Truncated"}),
    _odd(
        "JSON that ends too early",
        _changed(lambda good: Good(good.body[:-7], headers=good.headers)),
        skips=dict.fromkeys(BODIES, "it is answered with no JSON"),
    ),
    _odd(
        "a list where an object is due",
        _changed(lambda good: Good(b"[1, 2]", headers=good.headers)),
        skips=dict.fromkeys(BODIES, "it is answered with no JSON"),
    ),
    _odd(
        "an object without its fields",
        _changed(lambda good: Good(b'{"status": "success"}', headers=good.headers)),
        outcomes={"part upload": None},
        skips=dict.fromkeys(BODIES, "it is answered with no JSON"),
    ),
    _odd(
        "another Content-Type",
        _changed(lambda good: good.but(Content_Type="application/x-unknown")),
        error=None,
    ),
    _odd("no HTTP at all", _steps(b"220 mail ready\r\n\r\n", CUT), error="ConnectionFailed", passes=True, soak=True),
    _sized(
        "longer than the body",
        _length(10**6),
        error="ConnectionFailed",
        outcomes={"SSE": None},  # its last event says that it is whole
        passes=True,
        some=True,
    ),
    _sized(
        "shorter than the body",
        _length(90),
        error="UnexpectedAnswer",
        outcomes={"SSE": "TranscriptInterrupted"},
        skips=dict.fromkeys(("download", "live stream"), "nothing tells that more was due"),
    ),
    _sized("missing", _length(None)),
    _sized("no number", _length("many"), error="ConnectionFailed", passes=True, soak=True),
    _sized(
        "two of them",
        lambda good, _: (good.but(content_length="7").whole, CUT),
        error="ConnectionFailed",
        passes=True,
        soak=True,
    ),
    _bomb(
        "a body that explodes", _changed(lambda good: Good(_PACKED, headers=good.headers).but(Content_Encoding="gzip"))
    ),
    _bomb(
        "compressed twice",
        _changed(
            lambda good: Good(gzip.compress(gzip.compress(good.body)), headers=good.headers).but(
                Content_Encoding="gzip, gzip"
            )
        ),
    ),
    _bomb(
        "broken compression",
        _changed(lambda good: good.but(Content_Encoding="gzip")),
    ),
    _bomb(
        "a body without end",
        lambda good, _: (Good(b"", headers=good.headers).head(length=None), Flood(b" " * 65536)),
        outcomes={"SSE": "TranscriptInterrupted"},
        skips=dict.fromkeys(("download", "live stream"), "it may have any size"),
    ),
    _bomb(
        "an error without end",
        lambda _good, _: (Good(b"", 400).head(length=None), Flood(b" " * 65536)),
        error="BadRequest",
        refuses=True,
        acts=False,
    ),
    _bomb(
        "a head without end",
        _steps(b"HTTP/1.1 200 OK\r\n", Flood(b"X: y\r\n" * 9000)),
        error="ConnectionFailed",
        passes=True,
    ),
    _moved(
        "to another host", lambda _, world: _status(302, Location=f"http://127.0.0.2:{world.server.port}/")(_, world)
    ),
    _moved("in a loop", lambda _, world: _status(307, Location=f"http://{world.server.host}/x")(_, world), soak=True),
    _restart("in the middle of the body", _restarting, some=True),
    _local(
        "the disk is full",
        _full_disk,
        error="OSError",
        outcomes={"part upload": "UploadInterrupted"},
        skips=_only("part upload", "download", why=NO_FILE),
    ),
    _local(
        "the target cannot be written",
        error="InvalidInput",
        prepare=_read_only,
        skips=_only("download", why=NO_FILE),
    ),
    _local(
        "the source is truncated", _truncated, error="SourceChanged", skips=_only("part upload", why="it reads no file")
    ),
    _local(
        "the source is rewritten", _rewritten, error="SourceChanged", skips=_only("part upload", why="it reads no file")
    ),
    _left("before the head", _interrupted()),
    _left("in the head", _interrupted(_HALF_HEAD), soak=True),
    _left("in the middle of the body", _interrupted_after(0.5), some=True),
    _left(
        "while it waits for another attempt",
        lambda _, world: (Good(b"", 503).but(Retry_After="100").whole, world.interrupt_soon),
        acts=False,
    ),
    _left(
        "while the server is silent after an error's head",
        _interrupted(Good(b"", 500).head(length=9)),
        acts=False,
        soak=True,
    ),
)
