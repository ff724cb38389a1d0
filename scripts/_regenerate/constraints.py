"""Writes constraints.py: the limits that a spec sets for what is sent, as constants that type checkers know."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from _regenerate.spec import Spec

_TYPES = '''
from attrs import frozen


@frozen(kw_only=True)
class Text:
    """How many characters a string may have, and the pattern that it must match as a whole."""

    min_length: int = 0
    max_length: int | None = None
    pattern: str | None = None


@frozen(kw_only=True)
class Integer:
    """Between which bounds a whole number must be."""

    minimum: int | None = None
    maximum: int | None = None


@frozen(kw_only=True)
class Number:
    """Between which bounds a number must be."""

    minimum: float | None = None
    maximum: float | None = None


@frozen(kw_only=True)
class Items:
    """How many members a list may have, and the limits of each."""

    min_items: int = 0
    max_items: int | None = None
    each: Text = Text()
'''
_KINDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "string": ("Text", {"minLength": "min_length", "maxLength": "max_length", "pattern": "pattern"}),
    "integer": ("Integer", {"minimum": "minimum", "maximum": "maximum"}),
    "number": ("Number", {"minimum": "minimum", "maximum": "maximum"}),
    "array": ("Items", {"minItems": "min_items", "maxItems": "max_items"}),
}


def constraints(spec: Spec) -> str:
    """The module's text: a class for each object that is sent, one for shared parameters, one for each operation."""
    components = spec.data["components"]
    groups = {name: dict(schema.get("properties", {})) for name, schema in _sent(spec)}
    groups["Parameters"] = {name: parameter["schema"] for name, parameter in components.get("parameters", {}).items()}
    for operation in _operations(spec):
        own = [parameter for parameter in operation.get("parameters", []) if "$ref" not in parameter]
        name = "".join(word.capitalize() for word in operation["operationId"].split("_"))
        groups[f"{name}Parameters"] = {parameter["name"]: parameter["schema"] for parameter in own}
    text = f'"""The limits that {spec.name} sets for what is sent, by object and by parameter."""\n{_TYPES}'
    for name, fields in groups.items():
        lines = [f"    {_python(field)} = {found}" for field, schema in fields.items() if (found := _limits(schema))]
        if lines:
            text += f"\n\nclass {name}:\n" + "\n".join(lines) + "\n"
    return text


def _operations(spec: Spec) -> Iterator[dict[str, Any]]:
    for path in spec.data["paths"].values():
        for method, operation in path.items():
            if method != "parameters":
                yield operation


def _sent(spec: Spec) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects that requests are made of: specs close these, and leave those of responses open."""
    for name, schema in spec.data["components"]["schemas"].items():
        if schema.get("additionalProperties") is False:
            yield name, schema


def _limits(schema: Mapping[str, Any]) -> str:
    """The call that makes the limits of one field; empty when it has none."""
    kind, words = _KINDS.get(str(schema.get("type")), ("", {}))
    arguments = [f"{python}={schema[word]!r}" for word, python in words.items() if word in schema]
    each = _limits(schema.get("items", {})) if kind == "Items" else ""
    if each.startswith("Text"):
        arguments.append(f"each={each}")
    return f"{kind}({', '.join(arguments)})" if arguments else ""


def _python(field: str) -> str:
    """A field's name as Python has it: `languages[]` is languages, `audioCodec` is audio_codec."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", field).lower()
    return re.sub(r"\W+", "_", snake).strip("_")
