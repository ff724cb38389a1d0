"""The limits beside the generated clients are those of the specs, and arguments are checked by them."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from tests.drift.spec_rules import load
from tests.inside.base import validate
from tonearm import InvalidInput
from tonearm_generated.aioz.constraints import Integer, Items, Number, Text

WORDS = {
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "minimum": "minimum",
    "maximum": "maximum",
    "minItems": "min_items",
    "maxItems": "max_items",
}


def stated() -> Iterator[tuple[str, str, str, str, Any]]:
    """Every limit of a request object's own field: service, object, field, word and value."""
    for service in ("aioz", "jellyfin", "openai"):
        for name, schema in load(service)["components"]["schemas"].items():
            if schema.get("additionalProperties") is False:
                for field, own in schema["properties"].items():
                    yield from ((service, name, field, word, own[word]) for word in WORDS if word in own)


@pytest.mark.parametrize(("service", "name", "field", "word", "value"), list(stated()))
def test_a_limit_of_a_spec_is_a_constant(service: str, name: str, field: str, word: str, value: Any) -> None:
    module = import_module(f"tonearm_generated.{service}.constraints")
    field = field.removesuffix("[]").replace("[", "_").replace("]", "")
    assert getattr(getattr(getattr(module, name), field), WORDS[word]) == value


def test_there_are_limits_enough() -> None:
    assert len(list(stated())) > 20


@pytest.mark.parametrize(
    ("check", "value", "limits", "message"),
    [
        (validate.text, "abc", Text(max_length=2), "at most 2 characters"),
        (validate.text, "", Text(min_length=1), "1 to "),
        (validate.text, "a\n", Text(pattern="^a$"), "must be text that matches"),
        (validate.number, 1.5, Number(maximum=1), "between 0 and 1"),
        (validate.number, -1, Number(minimum=0), "at least 0"),
        (validate.integer, 101, Integer(minimum=1, maximum=100), "between 1 and 100"),
        (validate.integer, 0, Integer(minimum=1), "at least 1"),
        (validate.items, ["a", "b"], Items(max_items=1), "at most 1"),
        (validate.items, ["ab"], Items(each=Text(max_length=1)), "at most 1 characters"),
    ],
)
def test_what_is_beyond_a_limit_is_refused(check: Any, value: Any, limits: Any, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        check(value, "n", limits)


@pytest.mark.parametrize(
    ("check", "value", "limits"),
    [
        (validate.text, "", Text()),
        (validate.text, "ab", Text(min_length=2, max_length=2, pattern="^[ab]+$")),
        (validate.number, 1, Number(minimum=1, maximum=1)),
        (validate.integer, 100, Integer(minimum=1, maximum=100)),
        (validate.items, ["ab", "c"], Items(max_items=2, each=Text(max_length=2))),
    ],
)
def test_what_is_at_a_limit_is_taken(check: Any, value: Any, limits: Any) -> None:
    assert check(value, "n", limits) == value
