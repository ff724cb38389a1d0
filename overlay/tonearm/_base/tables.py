"""Rows as tables of other libraries, which are needed for nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import attrs

from ..errors import ConfigurationError


def to_pandas(kind: type[Any], rows: Sequence[object]) -> Any:
    """A `pandas.DataFrame` with a column for each field of a class of attrs, and a row for each object."""
    try:
        pandas = import_module("pandas")
    except ModuleNotFoundError as error:
        raise _missing("a DataFrame", error, "pandas") from error
    kinds = {name: {"float": "float64", "bool": "bool"}.get(said, "object") for name, said in _columns(kind)}
    return pandas.DataFrame(
        {name: pandas.Series([getattr(row, name) for row in rows], dtype=kinds[name]) for name in kinds}
    )


def to_arrow(kind: type[Any], rows: Sequence[object]) -> Any:
    """The same as a `pyarrow.Table`."""
    try:
        arrow = import_module("pyarrow")
    except ModuleNotFoundError as error:
        raise _missing("an Arrow table", error, "pyarrow") from error
    kinds = {"float": arrow.float64(), "bool": arrow.bool_()}
    columns = [(name, kinds.get(said, arrow.string())) for name, said in _columns(kind)]
    return arrow.table(
        {name: [getattr(row, name) for row in rows] for name, _ in columns}, schema=arrow.schema(columns)
    )


def _columns(kind: type[Any]) -> list[tuple[str, str]]:
    """Names of the fields and, as text, their types; that of an optional one is its type."""
    return [(field.name, str(field.type).removesuffix(" | None")) for field in attrs.fields(kind)]


def _missing(what: str, error: ModuleNotFoundError, package: str) -> ConfigurationError:
    return ConfigurationError(f"to make {what}, {error.name} is needed", hint=f"pip install {package}")
