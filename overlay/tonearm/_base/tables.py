"""Rows as tables of pandas and Arrow; these libraries are needed for nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from itertools import islice
from typing import IO, Any, cast

import attrs

from ..errors import ConfigurationError


def to_pandas(kind: type[Any], rows: Sequence[object]) -> Any:
    """A `pandas.DataFrame` with a column for each field of a class of attrs, and a row for each object."""
    try:
        pandas = import_module("pandas")
    except ModuleNotFoundError as error:
        raise _missing("a DataFrame", error, "pandas") from error
    kinds = {name: {"float": "float64", "bool": "bool"}.get(type_name, "object") for name, type_name in _columns(kind)}
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
    columns = [(name, kinds.get(type_name, arrow.string())) for name, type_name in _columns(kind)]
    return arrow.table(
        {name: [getattr(row, name) for row in rows] for name, _ in columns}, schema=arrow.schema(columns)
    )


_AT_A_TIME = 10_000
"""Rows that are in memory at a time while a file is written."""


def write_parquet(kind: type[Any], rows: Iterable[object], file: IO[bytes]) -> None:
    """Write rows as Parquet, 10,000 at a time: tuples of text as lists, and mappings as JSON.

    Args:
        kind: the class of attrs whose fields are the columns.
        rows: its objects.
        file: where to write.

    Raises:
        ConfigurationError: pyarrow is not installed.
    """
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ModuleNotFoundError as error:
        raise _missing("Parquet", error, "'tonearm[parquet]'") from error
    kinds = {
        "int": arrow.int64(),
        "float": arrow.float64(),
        "bool": arrow.bool_(),
        "tuple[str, ...]": arrow.list_(arrow.string()),
    }
    schema = arrow.schema([(name, kinds.get(type_name, arrow.string())) for name, type_name in _columns(kind)])
    remaining = iter(rows)
    with parquet.ParquetWriter(file, schema) as writer:
        while block := list(islice(remaining, _AT_A_TIME)):
            columns = {name: [_storable(getattr(row, name)) for row in block] for name in schema.names}
            writer.write_table(arrow.table(columns, schema=schema))


def _storable(value: object) -> object:
    """A value as a cell: text as UTF-8, which names of files need not be, and mappings as JSON."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, tuple):
        return [_storable(entry) for entry in cast("tuple[object, ...]", value)]
    return json.dumps(dict(cast("Mapping[str, object]", value))) if isinstance(value, Mapping) else value


def _columns(kind: type[Any]) -> list[tuple[str, str]]:
    """The names of the fields and their types as text, without `| None`."""
    return [(field.name, str(field.type).removesuffix(" | None")) for field in attrs.fields(kind)]


def _missing(what: str, error: ModuleNotFoundError, package: str) -> ConfigurationError:
    return ConfigurationError(f"to make {what}, {error.name} is needed", hint=f"pip install {package}")
