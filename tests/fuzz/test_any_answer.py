"""Whatever JSON a server sends: a result, or an error of ours, and never another exception.

The answers are those of the cassettes with something in them changed, so that a parser gets far before it meets it.
"""

import copy
import json
import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import httpx
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cassettes.cases import CASES, Case, Given
from tests.cassettes.play import PLACES, client, perform
from tonearm import Retry, TonearmError

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400) | st.just("\x00\ud800"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
KEYS: dict[str, dict[str, str]] = {
    "aioz": {"token": "k"},
    "jellyfin": {"token": "k"},
    "openai": {"api_key": "k"},
}


@cache
def cassette(case: Case) -> Any:
    return yaml.load(case.path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def given_to(case: Case) -> Given:
    """What the call of a case was given when it was recorded."""
    found: Given = cassette(case)["metadata"].get("given", {})
    return found


def answers(case: Case) -> list[tuple[int, dict[str, str], Any]]:
    """Status, type and JSON of each answer of a cassette; of one that is no JSON the bytes."""
    found = []
    for turn in cassette(case)["interactions"]:
        response = turn["response"]
        body = response["body"]["string"]
        body = body if isinstance(body, bytes) else body.encode()
        headers = {name.lower(): values[0] for name, values in response["headers"].items()}
        kept = {name: headers[name] for name in ("content-type",) if name in headers}
        is_json = "json" in kept.get("content-type", "")
        found.append((response["status"]["code"], kept, json.loads(body) if is_json else body))
    return found


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every node of a JSON value, the root first."""
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from places(inner, (*path, key))


def changed(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """The value with another one at a place."""
    if not path:
        return other
    whole = copy.deepcopy(value)
    inner = whole
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = other
    return whole


READ = [case for case in CASES if case.fails is None and any(not isinstance(body, bytes) for *_, body in answers(case))]


each = pytest.mark.parametrize("case", READ, ids=lambda case: f"{case.service}-{case.operation}")


ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    1e400,
    10**400,
    "",
    "x",
    "\x00\ud800",
    [],
    {},
    [None],
    {"": [{}]},
    [[], 7, "a"],
]


def assert_survived(case: Case, choose: Callable[[list[Any]], Any], other: Any) -> None:
    """Read the answers of a case, one of which has something else at one of its places."""
    recorded = answers(case)
    which = choose([n for n, (*_, body) in enumerate(recorded) if not isinstance(body, bytes)])
    status, headers, body = recorded[which]
    spoilt = changed(body, choose(list(places(body))), other)
    turns = [*recorded[:which], (status, headers, spoilt), *recorded[which + 1 :]]
    sent = iter([*turns, *turns[-1:] * 8])  # it may ask again, for a page or after a refusal, but not for ever

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        status, headers, body = next(sent, (404, {}, b"there is no more"))
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return httpx.Response(status, headers=headers, content=content)

    with (
        httpx.Client(transport=httpx.MockTransport(answer)) as http,
        client(
            case.service, base_url=PLACES[case.service], retry=Retry(attempts=1), http=http, **KEYS[case.service]
        ) as api,
    ):
        try:
            result = perform(case, api, given_to(case))
        except TonearmError as error:
            result = error
        assert "\n" not in (str(result) if isinstance(result, Exception) else repr(result))


@each
def test_odd_json_gives_a_result_or_an_error_of_ours(case: Case) -> None:
    chance = random.Random(case.path.name)
    for other in chance.sample(ODD, 8):
        assert_survived(case, chance.choice, other)


@pytest.mark.soak
@each
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_json_gives_a_result_or_an_error_of_ours(case: Case, data: st.DataObject) -> None:
    assert_survived(case, lambda values: data.draw(st.sampled_from(values)), data.draw(ANYTHING))


@each
def test_the_answers_as_recorded_are_read(case: Case) -> None:
    sent = iter(answers(case))

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        status, headers, body = next(sent)
        return httpx.Response(status, headers=headers, content=body if isinstance(body, bytes) else json.dumps(body))

    with (
        httpx.Client(transport=httpx.MockTransport(answer)) as http,
        client(case.service, base_url=PLACES[case.service], http=http, **KEYS[case.service]) as api,
    ):
        assert not isinstance(perform(case, api, given_to(case)), Exception)
