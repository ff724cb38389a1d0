"""Answers for people: shortened text, and HTML for notebooks that loads nothing, runs nothing and is small."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import PurePath
from reprlib import Repr
from typing import Any, cast

import attrs

_TEXT, _CELL = 300, 80
"""Characters that are shown of a value, and of a value in a table."""

_ROWS, _COLUMNS, _ENTRIES = 20, 8, 12
"""Rows and columns of a table, and values of a list, that are shown."""

_ADDRESS = re.compile(r"(?i)[a-z][a-z0-9+.-]{0,31}://\S*")
_LINK = re.compile(r"(?i)https?://[^\s<>\"']+")
_MAY_HOLD_A_KEY = re.compile(r"[?#].*|(?<=//)[^/]*@")

_CARD = "max-width:52em;font-size:14px;line-height:1.5;text-align:left;overflow-x:auto"


class _Short(Repr):
    """Representations of a few characters, in one line."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = 40
        self.maxlevel, self.maxtuple, self.maxlist, self.maxdict = 2, 3, 3, 3

    def repr_str(self, x: str, level: int) -> str:
        return super().repr_str(without_keys(x[:1000]), level)


_SHORT = _Short()


def known(answer: object) -> Iterator[tuple[str, Any]]:
    """The public fields of an answer that have a value: without secrets, and without `raw`."""
    for field in fields_of(answer):
        value = getattr(answer, field.name)
        nothing = value is None or value in ((), {}) or (value is False and field.default is False)
        if field.repr and not nothing and not (is_answer(value) and next(known(value), None) is None):
            yield field.name, value


def is_answer(value: object) -> bool:
    """Whether a value has fields."""
    return attrs.has(type(value))


def fields_of(answer: object) -> list[attrs.Attribute[Any]]:
    """The public fields of an answer."""
    kind: type[Any] = type(answer)
    return [field for field in attrs.fields(kind) if not field.name.startswith("_")]


def short(value: object) -> str:
    """A value in a `repr`: many values are counted."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, PurePath):
        return _SHORT.repr(str(value))
    if isinstance(value, Exception):
        return f"{type(value).__name__}({_SHORT.repr(str(value))})"
    members, pairs = _members(value), _pairs(value)
    if len(members) > _SHORT.maxtuple or any(map(is_answer, members)):
        return f"<{len(members)} {type(members[0]).__name__}>"
    if len(pairs) > _SHORT.maxdict:
        return f"<{len(pairs)} pairs>"
    if is_answer(value):
        first = next(known(value), None)
        return f"{type(value).__name__}({'' if first is None else f'{first[0]}={short(first[1])}, ...'})"
    return _SHORT.repr(value)


def without_keys(text: str) -> str:
    """Text without the parts of its addresses that may hold a key."""
    return _ADDRESS.sub(lambda address: _MAY_HOLD_A_KEY.sub("...", address[0]), text)


def text(value: str, most: int = _TEXT) -> str:
    """Text as HTML, shortened and in one line."""
    flat = " ".join(without_keys(value[: 20 * most]).split())
    flat = flat if len(flat) <= most else f"{flat[: most - 1]}…"
    return escape(flat.encode("utf-8", "replace").decode())


def escape(text: str) -> str:
    """Text as HTML, whole; what escapes it knows all characters by name, and is loaded with the first view."""
    import html

    return html.escape(text)


def card(title: str, *blocks: str) -> str:
    """A view of an answer, from blocks of HTML."""
    return f'<div class="tonearm" style="{_CARD}"><strong>{text(title)}</strong>{"".join(blocks)}</div>'


def facts(answer: object) -> str:
    """A table with a row for each known field of an answer."""
    rows = (f"<tr>{_head(name)}<td dir=auto>{_value(value, _TEXT)}</td></tr>" for name, value in known(answer))
    return f"<table>{''.join(rows)}</table>"


def table(answers: Sequence[object]) -> str:
    """A table with a row for each answer; it is cut after some rows and columns, and says how many rows follow."""
    rows = [dict(known(answer)) for answer in answers[:_ROWS]]
    names = list(dict.fromkeys(name for row in rows for name in row))[:_COLUMNS]
    body = "".join(f"<tr>{''.join(f'<td dir=auto>{_cell(row.get(name))}</td>' for name in names)}</tr>" for row in rows)
    rest = len(answers) - len(rows)
    more = f"<p>and {rest:,} more</p>" if rest else ""
    return f"<table><tr>{''.join(map(_head, names))}</tr>{body}</table>{more}" if rows else "<p>none</p>"


def _head(name: str) -> str:
    return f"<th style=text-align:left>{escape(name)}</th>"


def _cell(value: object) -> str:
    nested = is_answer(value) or any(map(is_answer, _members(value)))
    return "" if value is None else escape(short(value)) if nested else _value(value, _CELL)


def _value(value: object, most: int) -> str:
    if is_answer(value):
        return facts(value)
    members, pairs = _members(value), _pairs(value)
    if any(map(is_answer, members)):
        return table(members)
    if members:
        return _several([_in_words(member) for member in members[:_ENTRIES]], len(members), most)
    if pairs:
        return _several([f"{name}: {entry}" for name, entry in islice(pairs.items(), _ENTRIES)], len(pairs), most)
    if isinstance(value, str) and len(value) <= most and _LINK.fullmatch(value) and without_keys(value) == value:
        return f'<a href="{escape(value)}" target=_blank rel="noopener noreferrer">{text(value, most)}</a>'
    return text(_in_words(value), most)


def _members(value: object) -> Sequence[object]:
    return cast("Sequence[object]", value) if isinstance(value, (tuple, list)) else ()


def _pairs(value: object) -> Mapping[object, object]:
    return cast("Mapping[object, object]", value) if isinstance(value, Mapping) else {}


def _several(entries: Sequence[str], count: int, most: int) -> str:
    more = [f"and {count - len(entries):,} more"] if count > len(entries) else []
    return text(", ".join([*entries, *more]), most)


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    if isinstance(value, float):
        return str(round(value, 3))
    if isinstance(value, date):
        return value.isoformat()
    return f"{type(value).__name__}: {value}" if isinstance(value, Exception) else str(value)
