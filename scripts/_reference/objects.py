"""What griffe has read of the package: what its objects are, name and look like."""

import re
from collections.abc import Iterator
from typing import Any

import griffe

WIDTH = 100
"""Characters above which a signature gets a line for each parameter."""


def target(one: Any) -> Any:
    """What an alias stands for."""
    return one.final_target if one.is_alias else one


def public_class(one: Any) -> bool:
    """Whether this is a class that is defined here, and for all."""
    return not one.is_alias and one.is_class and not one.name.startswith("_")


def is_alias(one: Any) -> bool:
    """Whether an attribute names a type."""
    return one.value is not None and (str(one.annotation) == "TypeAlias" or bool(re.match(r"[A-Z][a-z]", one.name)))


def typed_dict(one: Any) -> bool:
    """Whether a class names the options of a call."""
    return any(re.search("TypedDict$|Options|Filters", str(base)) for base in one.bases)


def is_field(one: Any) -> bool:
    """Whether a member of a class is data."""
    return one.is_attribute and "property" not in one.labels and one.annotation is not None


def named(one: Any) -> Iterator[str]:
    """The full names that stand in the signatures of an object."""
    if one.is_attribute:
        yield from _names(one.value)
    elif one.is_function:
        for form in one.overloads or [one]:
            for parameter in form.parameters:
                yield from _names(parameter.annotation)
            yield from _names(form.returns)
    else:
        for name, member in one.all_members.items():
            if name == "__init__" or not name.startswith("_"):
                member = target(member)
                if member.is_function:
                    yield from named(member)
                elif is_field(member):
                    yield from _names(member.annotation)


def _names(expression: Any) -> Iterator[str]:
    if isinstance(expression, griffe.Expr):
        yield from (part.canonical_path for part in expression.iterate(flat=True) if isinstance(part, griffe.ExprName))
        if isinstance(expression, griffe.ExprAttribute):
            yield expression.canonical_path


def summary(one: Any) -> str:
    """The docstring of a small thing."""
    return one.docstring.value if one.docstring else ""


def default(one: Any) -> str:
    """What a field is when nothing is said, where that is more than nothing."""
    value = one.value
    if isinstance(value, griffe.ExprCall):
        given = [a for a in value.arguments if isinstance(a, griffe.ExprKeyword) and a.name == "default"]
        value = given[0].value if given else None
    return "" if value is None or str(value) == "None" else f", else `{value}`"


def signature(one: Any, name: str) -> str:
    """A call as it is typed."""
    words: list[str] = []
    starred = False
    for parameter in one.parameters:
        if parameter.name in ("self", "cls"):
            continue
        kind = parameter.kind.value
        if kind == "keyword-only" and not starred:
            words.append("*")
            starred = True
        mark = {"variadic positional": "*", "variadic keyword": "**"}.get(kind, "")
        starred = starred or mark == "*"
        said = f": {parameter.annotation}" if parameter.annotation is not None else ""
        value = "" if mark or parameter.default is None else f" = {parameter.default}"
        words.append(f"{mark}{parameter.name}{said}{value if said else value.replace(' ', '')}")
    start = "async " if "async" in one.labels else ""
    end = f" -> {one.returns}" if one.returns is not None and one.name != "__init__" else ""
    flat = f"{start}{name}({', '.join(words)}){end}"
    return flat if len(flat) <= WIDTH else f"{start}{name}(\n    " + ",\n    ".join(words) + f",\n){end}"


def code(text: str) -> str:
    """A block of Python that is no example."""
    return f"```py\n{text}\n```"
