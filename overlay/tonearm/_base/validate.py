"""Refuses arguments that no server should see. Every refusal names the argument, its value and what was expected."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ..errors import InvalidInput

_TAG = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*", re.IGNORECASE | re.ASCII
)

LARGEST = sys.float_info.max

Options = TypeVar("Options", bound=Mapping[str, Any])


class TextLimits(Protocol):
    """The limits of a string in a spec, as the generated `constraints` have them."""

    @property
    def min_length(self) -> int: ...
    @property
    def max_length(self) -> int | None: ...
    @property
    def pattern(self) -> str | None: ...


class NumberLimits(Protocol):
    """The limits of a number in a spec."""

    @property
    def minimum(self) -> float | None: ...
    @property
    def maximum(self) -> float | None: ...


class ItemsLimits(Protocol):
    """The limits of a list in a spec, and of its members."""

    @property
    def max_items(self) -> int | None: ...
    @property
    def each(self) -> TextLimits: ...


def path_segment(value: str, name: str) -> str:
    """A value that may be a segment of a URL's path: not empty, and not `.` or `..`, which would be resolved."""
    if encodable(value, name) in ("", ".", ".."):
        raise InvalidInput.of(name, value, "a name that is not empty, '.' or '..'")
    return value


def path(value: str | os.PathLike[str], name: str) -> Path:
    """The path of a file or a folder."""
    try:
        return Path(value)
    except TypeError:
        raise InvalidInput.of(name, value, "a path") from None


def amount(value: float, name: str, *, least: float = 0.0, most: float = LARGEST) -> float:
    """A finite number between two bounds."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of(name, value, "a number")
    if not least <= value <= most:  # NaN is never between
        if most < LARGEST:
            raise InvalidInput.of(name, value, f"between {least:g} and {most:g}")
        raise InvalidInput.of(name, value, f"at least {least:g}" if value < least else "a finite number")
    return value


def whole(value: int, name: str, *, least: int = 0, most: int | None = None) -> int:
    """A whole number between two bounds."""
    if isinstance(value, bool) or not isinstance(value, int):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of(name, value, "a whole number")
    if value < least or (most is not None and value > most):
        raise InvalidInput.of(name, value, f"at least {least}" if most is None else f"between {least} and {most}")
    return value


def flag(value: bool, name: str) -> bool:
    """True or False, and nothing that is only truthy or falsy."""
    if value is not True and value is not False:
        raise InvalidInput.of(name, value, "True or False")
    return value


def word(value: str, name: str, known: Collection[str], *, within: str | None = None) -> str:
    """One of the known words; the error offers the nearest. `within` says for what they are known."""
    if isinstance(value, str) and value in known:  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        return value
    words = ", ".join(sorted(known))
    expected = _of(words if len(known) == 1 else f"one of {words}", within)
    raise InvalidInput.of(name, value, expected, hint=_nearest(str(value), known))


def _nearest(word: str, known: Collection[str]) -> str | None:
    """A hint at the known word that is most like another; what finds it is loaded for an error alone."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return f"did you mean {str(near[0])!r}?" if near else None


def named(options: Options, kind: type[Options], what: str = "option") -> Options:
    """Options whose names are all in their TypedDict; `what` is the noun for an option in the error."""
    known = kind.__annotations__
    for name in sorted(options.keys() - known.keys()):
        raise InvalidInput(
            f"there is no {what} {name}",
            argument=name,
            value=options[name],
            expected=f"one of {', '.join(sorted(known))}",
            hint=_nearest(name, known),
        )
    return options


def length(value: str, name: str, *, least: int = 0, most: int, within: str | None = None) -> str:
    """Text of a permitted length, in characters; `within` names the part of the argument that it is."""
    if not least <= len(encodable(value, name, within=within)) <= most:
        characters = f"{least} to {most} characters long" if least else f"at most {most} characters long"
        raise InvalidInput.of(name, value, _of(characters, within))
    return value


def encodable(value: str, name: str, *, within: str | None = None) -> str:
    """Text that can be sent as UTF-8; `within` names the part of the argument that it is."""
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of(name, value, _of("text", within))
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidInput.of(name, value, _of("text that UTF-8 can encode", within)) from None
    return value


def _of(expected: str, within: str | None) -> str:
    return expected if within is None else f"{expected} in {within}"


def texts(values: Sequence[str], name: str, *, most: int, longest: int) -> list[str]:
    """A list of texts, of permitted number and length."""
    if isinstance(values, str) or not isinstance(values, Collection):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of(name, values, "a list of texts")
    if len(values) > most:
        raise InvalidInput.of(name, values, f"at most {most} texts")
    return [length(value, name, most=longest, within="each entry") for value in values]


def language_tag(value: str) -> str:
    """A BCP 47 tag of language, script, region and variants (RFC 5646); audio uses no more of it."""
    if _TAG.fullmatch(encodable(value, "language")) is None:
        raise InvalidInput.of("language", value, "a BCP 47 tag such as 'en' or 'fr-CA'")
    return value


def text(value: str, name: str, limits: TextLimits, form: str = "", *, within: str | None = None) -> str:
    """Text within the limits of a spec; `form` describes its pattern in words."""
    most = sys.maxsize if limits.max_length is None else limits.max_length
    length(value, name, least=limits.min_length, most=most, within=within)
    if limits.pattern is not None and re.fullmatch(limits.pattern, value) is None:
        raise InvalidInput.of(name, value, _of(form or f"text that matches {limits.pattern}", within))
    return value


def number(value: float, name: str, limits: NumberLimits) -> float:
    """A finite number within the limits of a spec."""
    return amount(value, name, least=_or(limits.minimum, 0.0), most=_or(limits.maximum, LARGEST))


def integer(value: int, name: str, limits: NumberLimits) -> int:
    """A whole number within the limits of a spec."""
    return whole(
        value, name, least=int(_or(limits.minimum, 0)), most=None if limits.maximum is None else int(limits.maximum)
    )


def items(values: Sequence[str], name: str, limits: ItemsLimits) -> list[str]:
    """A list of texts within the limits of a spec."""
    most, longest = limits.max_items or sys.maxsize, limits.each.max_length or sys.maxsize
    return texts(values, name, most=most, longest=longest)


def _or(bound: float | None, usual: float) -> float:
    return usual if bound is None else bound
