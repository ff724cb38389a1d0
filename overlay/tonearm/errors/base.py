"""The base of all errors."""

from __future__ import annotations

from typing import Any, TypeVar

_E = TypeVar("_E", bound="TonearmError")


def _rebuild(cls: type[_E], args: tuple[object, ...], state: dict[str, Any]) -> _E:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class TonearmError(Exception):
    """The base of all errors of this library.

    Attributes:
        hint: what to try next, in words for a person; None if there is nothing to do.
    """

    hint: str | None = None

    def __init__(self, message: str = "", *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)
