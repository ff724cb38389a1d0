"""JSON objects whose members are read with their types."""

import json
from collections.abc import Iterable
from typing import Self, cast
from urllib.parse import parse_qsl

from tonearm.sandbox.aioz.refusal import Refused

MOST_ITEMS, MOST_ITEM = 50, 255
"""Items of an array, and characters of each (Go client v1.0.19 OpenAPI)."""

_LISTS, _FLAGS = ("tags",), ("is_public",)
"""The members of a form that are not plain text."""


class Fields:
    """A JSON object whose members are read with their types; a wrong type is refused, and null counts as absent."""

    def __init__(self, value: object, name: str) -> None:
        if not isinstance(value, dict):
            raise Refused(f"{name} must be a JSON object")
        self._values = cast(dict[str, object], value)

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read the body of a request."""
        try:
            value: object = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Refused("the request body is not valid JSON") from error
        return cls(value, "the request body")

    @classmethod
    def form(cls, body: bytes) -> Self:
        """Read a form-encoded body: each value is text, and an array is a repeated name, or one with brackets.

        The OpenAPI description of the Go client v1.0.19 lists this type for `create`; no document says how it would
        hold objects, such as pairs and qualities, so it cannot.
        """
        values: dict[str, object] = {}
        try:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body), errors="strict")
        except ValueError as error:
            raise Refused("the request body is not a valid form") from error
        for name, value in pairs:
            plain = name.removesuffix("[]")
            if plain in _LISTS:
                values[plain] = [*cast("list[str]", values.get(plain, [])), value]
            else:
                values[plain] = {"true": True, "false": False}.get(value, value) if plain in _FLAGS else value
        return cls(values, "the request body")

    def holds(self, name: str, kind: type) -> bool:
        """Return whether a member exists and has a type."""
        return isinstance(self._values.get(name), kind)

    def text(self, name: str, most: int) -> str | None:
        value = self._values.get(name)
        if value is None:
            return None
        return _text(value, name, most)

    def word(self, name: str, words: Iterable[str], default: str | None = None) -> str:
        value = self.text(name, MOST_ITEM)
        value = default if value is None else value
        if value is None or value not in words:
            raise Refused(f"{name} must be one of {', '.join(sorted(words))}")
        return value

    def flag(self, name: str) -> bool | None:
        value = self._values.get(name)
        if value is None or isinstance(value, bool):
            return value
        raise Refused(f"{name} must be a boolean")

    def whole(self, name: str, least: int, most: int = 2**31 - 1) -> int | None:
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Refused(f"{name} must be an integer from {least} to {most}")
        return value

    def array(self, name: str) -> list[object] | None:
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, list):
            raise Refused(f"{name} must be an array")
        items = cast("list[object]", value)
        if len(items) > MOST_ITEMS:
            raise Refused(f"{name} must not have more than {MOST_ITEMS} items")
        return items

    def member(self, name: str) -> "Fields | None":
        value = self._values.get(name)
        return None if value is None else Fields(value, name)

    def texts(self, name: str) -> list[str] | None:
        items = self.array(name)
        return None if items is None else [_text(item, f"an item of {name}", MOST_ITEM) for item in items]

    def pairs(self, name: str) -> list[dict[str, str]] | None:
        items = self.array(name)
        if items is None:
            return None
        return [Fields(item, f"an item of {name}").pair() for item in items]

    def mapped(self, name: str) -> list[dict[str, str]] | None:
        """Read a map of strings as pairs."""
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise Refused(f"{name} must be a JSON object")
        members = cast(dict[str, object], value).items()
        return [{"key": _text(key, name, MOST_ITEM), "value": _text(text, name, MOST_ITEM)} for key, text in members]

    def pair(self) -> dict[str, str]:
        return {name: _text(self._values.get(name), name, MOST_ITEM) for name in ("key", "value")}


def _text(value: object, name: str, most: int) -> str:
    if not isinstance(value, str):
        raise Refused(f"{name} must be a string")
    if len(value) > most:
        raise Refused(f"{name} must not be longer than {most} characters")
    # JSON can hold half of a surrogate pair, which is no text.
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Refused(f"{name} is not valid Unicode")
    return value
