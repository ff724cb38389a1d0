import asyncio
import base64
import re
import threading
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any, TypedDict

from attrs import converters, define, field, fields
from attrs.validators import ge, instance_of, le, optional

_TEXT = optional(instance_of(str))


def _pairs(headers: dict[str, str] | list[tuple[str, str]]) -> list[tuple[str, str]]:
    pairs = headers.items() if isinstance(headers, dict) else headers
    return [(str(name), str(value)) for name, value in pairs]


def _check_path(_fault: object, _field: object, path: object) -> None:
    if not isinstance(path, str | re.Pattern):
        raise TypeError("path must be a glob or a compiled pattern")


def _check_count(_fault: object, _field: object, count: int | None) -> None:
    # JSON may hold anything.
    if count is not None and (not isinstance(count, int) or count < 0):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ValueError("a count must be None or a whole number that is not negative")


Restart = Callable[[float], None]
"""Takes the server down for some seconds."""


class FaultNeverStruck(AssertionError):
    """A fault was ordered for a test, but no request felt it."""


class FaultOptions(TypedDict, total=False):
    """The keywords of `Fault`."""

    method: str | None
    path: str | re.Pattern[str]
    skip: int
    every: int
    times: int | None
    drop_request: int | None
    drop_headers: bool
    drop_response: int | None
    delay: float
    stall_after: int | None
    stall: float
    drip: int | None
    drip_every: float
    content_length: int | None
    content_type: str | None
    restart: float | None
    status: int | None
    headers: dict[str, str] | list[tuple[str, str]]
    body: bytes
    read_request: bool


@define(kw_only=True, eq=False)
class Fault:
    """A fault of the next requests that match.

    Attributes:
        method: HTTP method that matches; None matches every method.
        path: glob over the whole path (`*` also matches slashes), or a compiled pattern that must match all of it.
        skip: how many matching requests pass first.
        every: of so many matching requests, the last is hit.
        times: how many are hit; None hits all.
        drop_request: close the connection once this many bytes of the request body arrived (or all of a shorter one);
            the service never sees the request.
        drop_headers: let the service act, then close the connection instead of answering.
        drop_response: close the connection after the headers and this many bytes of the answer's body.
        delay: seconds to wait before the headers of the answer are sent.
        stall_after: bytes of the answer's body after which to wait `stall` seconds.
        stall: seconds to wait after `stall_after` bytes.
        drip: write the answer's body in pieces of this many bytes.
        drip_every: seconds to wait before each piece but the first.
        content_length: send this Content-Length, whatever the body has; further bytes of it follow all the same, and
            then the connection is closed.
        content_type: send this Content-Type.
        restart: when the fault closes the connection, the whole server goes down: it does not listen, every connection
            is closed, and after this many seconds it is back on the same port with the same data.
        status: answer with this status, `headers` and `body`; the service never sees the request.
        headers: headers of that response; a list of pairs if a name appears twice.
        body: body of that response.
        read_request: read the whole request before that response; when False the connection is closed after the
            response, with the rest of the request unread.
        hits: how many requests were hit so far.
        strikes: how many of them felt it: a response that ends before `stall_after` bytes is hit, but feels nothing.
    """

    method: str | None = field(default=None, validator=_TEXT)
    path: str | re.Pattern[str] = field(default="*", validator=_check_path)
    skip: int = field(default=0, validator=[instance_of(int), ge(0)])
    every: int = field(default=1, validator=[instance_of(int), ge(1)])
    times: int | None = field(default=1, validator=_check_count)
    drop_request: int | None = field(default=None, validator=_check_count)
    drop_headers: bool = field(default=False, validator=instance_of(bool))
    drop_response: int | None = field(default=None, validator=_check_count)
    delay: float = field(default=0.0, converter=float, validator=ge(0))
    stall_after: int | None = field(default=None, validator=_check_count)
    stall: float = field(default=0.0, converter=float, validator=ge(0))
    drip: int | None = field(default=None, validator=optional([instance_of(int), ge(1)]))
    drip_every: float = field(default=0.0, converter=float, validator=ge(0))
    content_length: int | None = field(default=None, validator=_check_count)
    content_type: str | None = field(default=None, validator=_TEXT)
    restart: float | None = field(default=None, converter=converters.optional(float), validator=optional(ge(0)))
    status: int | None = field(default=None, validator=optional([instance_of(int), ge(200), le(599)]))
    headers: list[tuple[str, str]] = field(factory=list[tuple[str, str]], converter=_pairs)
    body: bytes = field(default=b"", validator=instance_of(bytes))
    read_request: bool = field(default=True, validator=instance_of(bool))
    hits: int = field(default=0, init=False)
    strikes: int = field(default=0, init=False)
    _seen: int = field(default=0, init=False)
    _struck: threading.Condition = field(factory=threading.Condition, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        drops = self.drop_headers or (self.drop_request, self.drop_response) != (None, None)
        effects = (self.stall_after, self.drip, self.content_length, self.content_type, self.status)
        if all(effect is None for effect in effects) and not drops and not self.delay:
            raise ValueError("a fault needs an effect: drop_..., delay, stall, drip, content_... or status")
        if (self.stall_after is None) != (not self.stall):
            raise ValueError("stall_after and stall belong together")
        if (self.drip is None) != (not self.drip_every):
            raise ValueError("drip and drip_every belong together")
        if self.restart is not None and not drops:
            raise ValueError("restart says what happens at the end of a drop_...")

    def strike(self) -> None:
        """Count a request that felt the fault."""
        with self._struck:
            self.strikes += 1
            self._struck.notify_all()

    def wait(self, strikes: int = 1, *, timeout: float = 60.0) -> None:
        """Wait until so many requests have felt the fault.

        Args:
            strikes: how many requests.
            timeout: seconds.

        Raises:
            TimeoutError: fewer requests have felt it by then.
        """
        with self._struck:
            if not self._struck.wait_for(lambda: self.strikes >= strikes, timeout):
                raise TimeoutError(f"{self.strikes} of {strikes} requests felt the fault within {timeout} s")

    def takes(self, method: str, path: str) -> bool:
        """Count a request if it matches, and return whether this fault hits it."""
        if self.method is not None and self.method.upper() != method:
            return False
        matches = fnmatchcase(path, self.path) if isinstance(self.path, str) else self.path.fullmatch(path) is not None
        if not matches:
            return False
        self._seen += 1
        if self._seen <= self.skip or (self.times is not None and self.hits >= self.times):
            return False
        if (self._seen - self.skip) % self.every:
            return False
        self.hits += 1
        return True

    @classmethod
    def from_json(cls, order: object) -> "Fault":
        """Build a fault from its JSON form.

        The keys are the attributes' names; `path_regex` is the path as a pattern, `body` is text and `body_base64`
        is bytes.

        Raises:
            ValueError: a key is unknown or a value does not fit.
        """
        if not isinstance(order, dict):
            raise ValueError("a fault is a JSON object")
        options: dict[str, Any] = dict(order)  # pyright: ignore[reportUnknownArgumentType]  # JSON of any shape
        if "path_regex" in options:
            options["path"] = re.compile(options.pop("path_regex"))
        if "body_base64" in options:
            options["body"] = base64.b64decode(options.pop("body_base64"), validate=True)
        elif isinstance(options.get("body"), str):
            options["body"] = options["body"].encode()
        known = {attribute.name for attribute in fields(cls) if attribute.init}
        if unknown := sorted(options.keys() - known):
            raise ValueError(f"unknown key of a fault: {', '.join(unknown)}")
        try:
            return cls(**options)
        except TypeError as error:
            raise ValueError(f"a value of the fault has the wrong type: {error}") from error


_Pause = tuple[Fault, asyncio.AbstractEventLoop, asyncio.Event]


@define(eq=False)
class Faults:
    """The ordered faults; safe to use from any thread."""

    _faults: list[Fault] = field(factory=list[Fault], init=False)
    _pauses: set[_Pause] = field(factory=set[_Pause], init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def add(self, fault: Fault) -> None:
        """Order a fault; if several match a request, the first ordered hits it."""
        with self._lock:
            self._faults.append(fault)

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault that hits this request, or None."""
        with self._lock:
            return next((fault for fault in self._faults if fault.takes(method, path)), None)

    def list(self) -> list[Fault]:
        """Return the ordered faults, used up or not."""
        with self._lock:
            return list(self._faults)

    def remove(self, *gone: Fault) -> None:
        """Forget these faults and end their delays that are running."""
        with self._lock:
            self._faults = [fault for fault in self._faults if fault not in gone]
            self._wake(*gone)

    def clear(self) -> None:
        """Forget every fault and end the delays that are running."""
        self.remove(*self.list())

    def interrupt(self) -> None:
        """End the delays that are running, and keep the faults."""
        with self._lock:
            self._wake(*self._faults)

    async def pause(self, fault: Fault, seconds: float) -> None:
        """Wait so many seconds on behalf of a fault, or until the faults are cleared."""
        ended = asyncio.Event()
        waiting = (fault, asyncio.get_running_loop(), ended)
        with self._lock:
            if fault not in self._faults:
                return
            self._pauses.add(waiting)
        try:
            await asyncio.wait_for(ended.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            with self._lock:
                self._pauses.discard(waiting)

    def _wake(self, *faults: Fault) -> None:
        for fault, loop, ended in self._pauses:
            if fault in faults:
                loop.call_soon_threadsafe(ended.set)
