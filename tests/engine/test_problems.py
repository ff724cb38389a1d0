"""What a server found wrong in a request, in words."""

import json
from typing import Any

import pytest

from tests.inside.http import Answer, Head, failure, in_words

LONG = {
    "type": "string_too_long",
    "loc": ("body", "input"),
    "msg": "String should have at most 4096 characters",
    "input": "what was sent",
}
SAID = "input: String should have at most 4096 characters"


def message(body: Any) -> str:
    head = Head("POST", "http://x/v1", 400, {"content-type": "application/json"})
    return failure(Answer(head, json.dumps(body).encode())).message


@pytest.mark.parametrize(
    "body",
    [{"error": {"message": str([LONG])}}, {"message": str([LONG])}, {"detail": [LONG]}],
    ids=["OpenAI", "vLLM", "FastAPI"],
)
def test_a_list_of_problems_is_said_without_what_was_sent(body: dict[str, Any]) -> None:
    assert message(body) == SAID


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([LONG, {"msg": "Field required", "loc": ["body", "items", 0]}], f"{SAID}; items.0: Field required"),
        ([{"msg": "no body", "loc": ["body"]}], "no body"),
        ([{"msg": "wrong"}], "wrong"),
        ([{"loc": ["body"]}], None),
        (["wrong"], None),
        ([], None),
        ({"msg": "x"}, None),
        ("wrong", None),
        ("[{'msg': call()}]", None),
        ("[{'msg': ", None),
        ("[{'a': " + "[" * 30_000, None),
    ],
    ids=range(11),
)
def test_only_problems_are_taken_for_them(found: object, said: str | None) -> None:
    assert in_words(found) == said


def test_other_lists_and_texts_stay_as_they_are() -> None:
    assert message({"detail": ["Zoë"]}) == '["Zoë"]'
    assert message({"error": {"message": "[{'a': 1}]"}}) == "[{'a': 1}]"
