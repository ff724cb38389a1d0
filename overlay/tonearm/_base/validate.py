"""Refuses arguments that no server should see."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path

from ..errors import InvalidInput

_TAG = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*", re.IGNORECASE | re.ASCII
)

LARGEST = sys.float_info.max


def path_segment(value: str, name: str) -> str:
    """A value that may stand in a path: not empty, and nothing that the path would resolve."""
    if encodable(value, name) in ("", ".", ".."):
        raise InvalidInput(f"{name} must not be {value!r}")
    return value


def path(value: str | os.PathLike[str], name: str) -> Path:
    """The path of a file or a folder."""
    try:
        return Path(value)
    except TypeError:
        raise InvalidInput(f"{name} must be a path, not {type(value).__name__}") from None


def amount(value: float, name: str, *, least: float = 0.0, most: float = LARGEST) -> float:
    """A finite number between two bounds."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput(f"{name} must be a number, not {type(value).__name__}")
    if not least <= value <= most:  # NaN is never between
        upper = "" if most >= LARGEST else f" and at most {most:g}"
        raise InvalidInput(f"{name} must be at least {least:g}{upper}, not {value}")
    return value


def whole(value: int, name: str, *, least: int = 0, most: int | None = None) -> int:
    """A whole number between two bounds."""
    if isinstance(value, bool) or not isinstance(value, int):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput(f"{name} must be a whole number, not {value!r}")
    if value < least or (most is not None and value > most):
        upper = "" if most is None else f" and at most {most}"
        raise InvalidInput(f"{name} must be at least {least}{upper}, not {value}")
    return value


def flag(value: bool, name: str) -> bool:
    """True or False, and nothing that only counts as one of them."""
    if value is not True and value is not False:
        raise InvalidInput(f"{name} must be True or False, not {value!r}")
    return value


def word(value: str, name: str, known: Collection[str]) -> str:
    """One of the known words; the error offers the nearest."""
    if isinstance(value, str) and value in known:  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        return value
    near = get_close_matches(str(value), known, n=1)
    hint = f" (did you mean {str(near[0])!r}?)" if near else ""
    raise InvalidInput(f"{name} {value!r} is not known{hint}; known are {', '.join(sorted(known))}")


def length(value: str, name: str, *, least: int = 0, most: int) -> str:
    """Text of a permitted length, in characters."""
    if not least <= len(encodable(value, name)) <= most:
        raise InvalidInput(f"{name} must have {least} to {most} characters, not {len(value)}")
    return value


def encodable(value: str, name: str) -> str:
    """Text that can be sent as UTF-8."""
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput(f"{name} must be text, not {type(value).__name__}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidInput(f"{name} has characters that are half of a pair and cannot be sent") from None
    return value


def texts(values: Sequence[str], name: str, *, most: int, longest: int) -> list[str]:
    """A list of texts, of permitted number and length."""
    if isinstance(values, str):
        raise InvalidInput(f"{name} must be a list of texts, not one text")
    if not isinstance(values, Collection):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput(f"{name} must be a list of texts, not {type(values).__name__}")
    if len(values) > most:
        raise InvalidInput(f"{name} must be at most {most}, not {len(values)}")
    return [length(value, f"each of {name}", most=longest) for value in values]


def language_tag(value: str) -> str:
    """A BCP 47 tag, as far as audio has a use for it: language, script, region, variants (RFC 5646)."""
    if _TAG.fullmatch(encodable(value, "language")) is None:
        raise InvalidInput(f"language is a BCP 47 tag such as 'en' or 'fr-CA', not {value!r}")
    return value
