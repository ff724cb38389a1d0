"""Checks the extra fields of a request, for which a method has no argument."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from math import isfinite
from typing import Any, TypeVar, cast

from .._base.validate import encodable
from ..errors import InvalidInput
from .types import FormValue

V = TypeVar("V")


def form_parts(extra: Mapping[str, FormValue], taken: Collection[str]) -> Iterator[tuple[str, str]]:
    """Turn extra fields into form fields: a list repeats `name[]`, a mapping becomes `name[key]`.

    openai-python 3.52.0 sends them in the same way.

    Raises:
        InvalidInput: a field has an argument of its own, or a value that a form cannot carry.
    """
    for name, value in _named(extra):
        _check_name(name, name.partition("[")[0], taken)
        if isinstance(value, Mapping):
            for key, member in cast("Mapping[str, object]", value).items():
                yield f"{name}[{_form_text(name, key)}]", _form_text(name, member)
        elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
            for member in cast("Sequence[object]", value):
                yield f"{name.removesuffix('[]')}[]", _form_text(name, member)
        else:
            yield name, _form_text(name, value)


def json_fields(extra: Mapping[str, Any], taken: Collection[str]) -> dict[str, Any]:
    """Check extra fields of a JSON object.

    Raises:
        InvalidInput: a field has an argument of its own, or a value that JSON cannot carry.
    """
    for name, value in _named(extra):
        _check_name(name, name, taken)
        try:
            json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
        except (TypeError, ValueError, RecursionError) as error:
            raise InvalidInput(
                f"extra field {name!r} cannot be sent as JSON: {error}",
                argument="extra",
                value=value,
                expected="a mapping of what JSON can say",
            ) from None
    return dict(extra)


def _named(extra: Mapping[str, V]) -> Iterable[tuple[str, V]]:
    if not isinstance(extra, Mapping) or not all(isinstance(name, str) for name in extra):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("extra", extra, "a mapping of names to values")
    return extra.items()


def _check_name(name: str, base: str, taken: Collection[str]) -> None:
    if not base or not base.isascii() or not base.isprintable():
        raise InvalidInput(
            f"{name!r} cannot be the name of an extra field",
            argument="extra",
            value=name,
            expected="a mapping whose names can be names of fields",
        )
    if base in taken:
        raise InvalidInput(
            f"extra field {name!r} is one that the call sets by itself or has an argument for",
            argument="extra",
            value=name,
            expected="a mapping without fields that the call sets by itself or has an argument for",
        )


def _form_text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return encodable(value, "extra", within=f"the value of {name!r}")
    if isinstance(value, int) or (isinstance(value, float) and isfinite(value)):
        with suppress(ValueError):  # Python writes no number of more than some thousand digits
            return str(value)
    raise InvalidInput(
        f"extra field {name!r} must be text, a number or a boolean, or several of them, not {type(value).__name__}",
        argument="extra",
        value=value,
        expected=f"text, a number or a boolean, or several of them, for the field {name!r}",
    )
