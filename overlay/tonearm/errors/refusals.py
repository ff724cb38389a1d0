"""Errors about what a caller gave: an argument, or the settings of a client."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Self, cast

from .base import TonearmError

_KEYS = frozenset({"api_key", "key", "password", "public_key", "secret", "secret_key", "token"})
"""Arguments whose values no error keeps."""

_SHOWN = 60
"""Characters of a value that a message shows at most."""

_TYPE = re.compile("<[A-Za-z_]+>")


class _Refused(TonearmError, ValueError):
    """The base of errors about an argument. Their text ends with the hint; `reason` has none."""

    def __init__(
        self,
        message: str = "",
        *,
        argument: str | None = None,
        value: object = None,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.argument = argument
        self.value = None if argument in _KEYS else _plain(value)
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.reason} ({self.hint})" if self.hint else self.reason

    @classmethod
    def of(cls, argument: str, value: object, expected: str, *, hint: str | None = None) -> Self:
        """Make the error for one argument, with the message "ARGUMENT must be EXPECTED, got VALUE".

        Args:
            argument: the name of the argument.
            value: what was given; a long one is shortened in the message.
            expected: what it must be.
            hint: what to try next; it ends the message.
        """
        message = _sentence(argument, argument, _plain(value), expected)
        return cls(message, argument=argument, value=value, expected=expected, hint=hint)

    @property
    def reason(self) -> str:
        """The message without the hint."""
        return str(self.args[0]) if self.args else ""

    def named(self, name: str) -> str:
        """The message with another name of the argument, such as the option of a command; without the hint.

        Args:
            name: that name, for example ``--part-size``.
        """
        if self.argument is None or self.expected is None:
            return f"{name}: {self.reason}"
        return _sentence(name, self.argument, self.value, self.expected)


class ConfigurationError(_Refused, TonearmError, ValueError):
    """The client cannot work as it is set up: no key, a bad base URL, a missing extra.

    Attributes:
        argument: the name of the argument that is wrong; None where it is not a single one.
        value: the value that was given, as in `InvalidInput`.
        expected: what the argument must be.
    """

    @classmethod
    def because(cls, error: InvalidInput) -> Self:
        """Make one from the refusal of an argument, with all its attributes.

        Args:
            error: the refusal.
        """
        fields: dict[str, Any] = {name: getattr(error, name) for name in ("argument", "value", "expected", "hint")}
        made = cls(error.reason, **fields)
        for note in getattr(error, "__notes__", ()):
            made.add_note(note)
        return made


class InvalidInput(_Refused, TonearmError, ValueError):
    """An argument was refused before anything was sent.

    With a long recording a problem can show later, for example a chunk that cannot be made small enough. What has been
    paid for is then kept, and a note on the error says where.

    Attributes:
        argument: the name of the argument that is wrong; None where it is not a single one.
        value: what was given: text, bytes, a number, a path, True, False, None, or a list of these. Of another object
            it is the type's name in angle brackets, as in `<dict>`. The value of a key is never kept.
        expected: what the argument must be, so that "ARGUMENT must be EXPECTED" is a sentence.
        hint: what to try next.
    """


def _plain(value: object) -> object:
    """The value in a form that can be pickled anywhere."""
    if value is None or isinstance(value, (str, bytes, int, float, Path)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in cast("list[object]", value)]
    return f"<{type(value).__name__}>"


def _sentence(name: str, argument: str, value: object, expected: str) -> str:
    """The message: what an argument must be, and the given value, except of a key."""
    if argument in _KEYS:
        return f"{name} must be {expected}"
    if value is None:
        return f"{name} must be {expected}"
    text = value if isinstance(value, str) and _TYPE.fullmatch(value) else repr(value)
    if isinstance(value, Path):
        text = repr(str(value))
    elif len(text) > _SHOWN:
        text = f"{text[:_SHOWN]}... ({_size(value)})"
    return f"{name} must be {expected}, got {text}"


def _size(value: object) -> str:
    if isinstance(value, str):
        return f"{len(value)} characters"
    return f"{len(value)} bytes" if isinstance(value, bytes) else "shortened"


class MissingFile(InvalidInput, FileNotFoundError):
    """The file does not exist."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args, self.__dict__  # an OSError can be made by calling its class only
