"""How generated code reads what a server has sent: leniently, and with the place of what cannot be read.

A reader takes a value of decoded JSON and returns what the spec says that it is, or raises UnreadableAnswer.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from math import isfinite
from typing import Any, Literal, TypeAlias, TypeVar, cast, final
from uuid import UUID

T = TypeVar("T")
U = TypeVar("U")
E = TypeVar("E", bound=Enum)
Reader: TypeAlias = Callable[[Any], T]

is_finite = isfinite
"""Whether a number is one: JSON may have others."""

_DIGITS = 640
"""Digits of a number in text that every Python reads."""

_TEXTUAL = re.compile(r"^text/|json|xml|x-subrip")
"""Media types of text."""

_NAMES: Mapping[type, str] = {
    dict: "an object",
    list: "a list",
    str: "text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
    bytes: "bytes",
}


@final
class Unset:
    """The kind of what is not there; UNSET is the only one, copied and pickled, too."""

    def __bool__(self) -> Literal[False]:
        return False

    def __reduce__(self) -> str:
        return "UNSET"


UNSET = Unset()
"""What is not there, and is not sent."""


def given(value: T | Unset | None) -> T | None:
    """A value, or None where there is none."""
    # Faster than isinstance: a page of 100 items asks 3,500 times. Type checkers cannot know that there is but one.
    return None if value is UNSET else value  # type: ignore[return-value]  # pyright: ignore[reportReturnType]


class UnreadableAnswer(ValueError):
    """An answer that is not what the spec says.

    Attributes:
        reason: what is wrong.
        path: the names and indexes that lead to the place.
    """

    def __init__(self, reason: str, *path: str | int) -> None:
        super().__init__(reason, *path)
        self.reason = reason
        self.path = path

    def below(self, *path: str | int) -> "UnreadableAnswer":
        """The same, as seen from further up."""
        return UnreadableAnswer(self.reason, *path, *self.path)

    def __str__(self) -> str:
        """Tell the place as a JSONPath."""
        place = "".join(f"[{step}]" if isinstance(step, int) else _step(step) for step in self.path)
        return f"the answer at ${place}: {self.reason}" if self.path else f"the answer: {self.reason}"


class UndocumentedAnswer(Exception):
    """An answer whose status, or whose form under that status, the spec does not have."""


def _step(name: str) -> str:
    return f".{name}" if name.isidentifier() else f"[{json.dumps(name)}]"


def unlike(due: str, value: object) -> UnreadableAnswer:
    """The error for a value of another kind."""
    return UnreadableAnswer(f"expected {due}, got {_NAMES.get(type(value), type(value).__name__)}")


def fields(value: Any) -> dict[str, Any]:
    """The fields of an object, in a dict of one's own."""
    if value.__class__ is dict:
        return value.copy()
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, Any]", value))
    raise unlike("an object", value)


def text(value: Any) -> str:
    """Text."""
    if isinstance(value, str):
        return value
    raise unlike("text", value)


def content(value: Any) -> bytes:
    """Bytes."""
    if isinstance(value, bytes):
        return value
    raise unlike("bytes", value)


def number(value: Any) -> float:
    """A finite number, also as text."""
    if isinstance(value, (int, float, str)) and not isinstance(value, bool):
        try:
            found = float(value)
        except (ValueError, OverflowError):
            found = float("nan")
        if isfinite(found):
            return found
        raise UnreadableAnswer("expected a number, got one that is none or too large")
    raise unlike("a number", value)


def integer(value: Any) -> int:
    """A whole number, also as text or with a fraction, which is cut off."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.isdecimal() and len(value) <= _DIGITS:
        return int(value)
    return int(number(value))


def flag(value: Any) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    raise unlike("true or false", value)


def anything(value: Any) -> Any:
    """Whatever there is."""
    return value


def constant(due: Any) -> Reader[Any]:
    """The reader of what can only be this."""

    def read(value: Any) -> Any:
        if value == due and type(value) is type(due):
            return due
        raise UnreadableAnswer(f"expected {due!r}")

    return read


def word(kind: type[E]) -> Reader[E]:
    """The reader of an enum."""

    def read(value: Any) -> E:
        try:
            return kind(value)
        except ValueError:
            raise unlike(f"a {kind.__name__}", value) from None

    return read


def uuid(value: Any) -> UUID:
    """An id in the form of a UUID."""
    return _parsed(UUID, value)


def day(value: Any) -> date:
    """A day."""
    return _parsed(date.fromisoformat, value)


def moment(value: Any) -> datetime:
    """A time."""
    return _parsed(datetime.fromisoformat, value)


def _parsed(parse: Callable[[str], T], value: Any) -> T:
    try:
        return parse(text(value))
    except UnreadableAnswer:
        raise
    except ValueError as error:
        raise UnreadableAnswer(str(error)) from None


def _listed(value: Any) -> list[Any]:
    if value.__class__ is not list:
        raise unlike("a list", value)
    found: list[Any] = value
    return found


def every(read: Reader[T]) -> Reader[list[T]]:
    """The reader of a list each of whose members is needed."""

    def members(value: Any) -> list[T]:
        found: list[T] = []
        listed = _listed(value)
        try:
            for member in listed:
                found.append(read(member))  # noqa: PERF401  # its length is the place of a failure
        except UnreadableAnswer as error:
            raise error.below(len(found)) from None
        return found

    return members


def readable(read: Reader[T]) -> Reader[list[T]]:
    """The reader of a list whose members that cannot be read are left out."""

    def members(value: Any) -> list[T]:
        found: list[T] = []
        add = found.append
        for member in _listed(value):
            try:
                add(read(member))
            except UnreadableAnswer:
                continue
        return found

    return members


def nullable(read: Reader[T]) -> Reader[T | None]:
    """The reader of what may be null."""
    return lambda value: None if value is None else read(value)


def by_name(read: Reader[T]) -> Callable[[Mapping[str, Any]], dict[str, T]]:
    """The reader of an object whose names are free; values that cannot be read are left out."""

    def members(value: Mapping[str, Any]) -> dict[str, T]:
        found: dict[str, T] = {}
        for name, member in value.items():
            try:
                found[name] = read(member)
            except UnreadableAnswer:
                continue
        return found

    return members


def first(readers: Sequence[Reader[T]]) -> Reader[T]:
    """The reader of what may have several forms: the first that fits counts; an object is held to be one."""

    def read(value: Any) -> T:
        failures: list[UnreadableAnswer] = []
        for reader in readers:
            try:
                return reader(value)
            except UnreadableAnswer as error:
                failures.append(error)
        raise max(failures, key=lambda failure: len(failure.path))

    return read


def required(read: Reader[T], value: Any, name: str) -> T:
    """What must be there."""
    try:
        return read(value)
    except UnreadableAnswer as error:
        raise error.below(name) from None


def whole(read: Reader[T], value: Any, name: str, absent: U) -> T | U:
    """What may be missing or null, and must be right where it is there."""
    return absent if value is None else required(read, value, name)


def optional(read: Reader[T], value: Any, absent: U) -> T | U:
    """What may be missing, null or unreadable."""
    if value is None:
        return absent
    try:
        return read(value)
    except UnreadableAnswer:
        return absent


def failure(read: Reader[T], data: Any) -> T:
    """The reader of an error: what comes instead, such as the page of a proxy, is none that the spec has."""
    try:
        return read(data)
    except UnreadableAnswer:
        raise UndocumentedAnswer from None


def decoded(content_type: str, content: bytes, texts: Sequence[str] = ()) -> Any:
    """A body by its media type: JSON as what it holds, other text and all of `texts` as text, the rest as bytes."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type and not _TEXTUAL.search(media_type):
        return content
    whole = content.decode("utf-8-sig", "replace")
    if media_type not in texts:
        try:
            return json.loads(whole)
        except (ValueError, RecursionError):
            pass
    return whole
