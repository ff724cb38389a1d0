"""The models of a server, what they cost and when they end."""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

from tests.inside.openai import Server, _prices
from tests.openai.both import FLAC, Way, asynchronous, blocking, both, live
from tests.openai.test_limits import OPENAI, Away
from tests.wire.recorder import Recorder, answer
from tonearm import AsyncOpenAI, ConfigurationError, InvalidInput, NotFound, OpenAI, UnexpectedAnswer, sandbox
from tonearm.openai import Estimate, Model, presets
from tonearm.sandbox import Sandbox


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with sandbox.start() as running:
        yield running


@both
def test_models_are_read_as_far_as_they_tell(way: Way) -> None:
    data: list[dict[str, Any]] = [
        {"id": "whisper-1", "object": "model", "created": 1677532384, "owned_by": "o", "shutdown_date": "2027-02-26"},
        {"id": "mine", "created": None, "owned_by": None, "shutdown_date": None, "more": 1},
        {"id": "odd", "created": 1e300, "shutdown_date": "soon"},
    ]
    with Recorder([answer(json={"object": "list", "data": data})]) as server:
        found = way(lambda ai: ai.models(), server.url)
    assert found == (
        Model("whisper-1", "o", datetime(2023, 2, 27, 21, 13, 4, tzinfo=UTC), date(2027, 2, 26), {}),
        Model("mine", None, None, None, {}),
        Model("odd", None, None, None, {}),
    )
    assert [model.raw for model in found] == data


@both
@pytest.mark.parametrize(
    "body",
    [{}, {"data": None}, {"data": {}}, {"data": [{}]}, {"data": [7]}, {"data": [{"id": 1}]}, {"data": [{"id": ""}]}],
)
def test_what_is_no_list_of_models_is_unexpected(body: Any, way: Way) -> None:
    with Recorder([answer(json=body)]) as server, pytest.raises(UnexpectedAnswer):
        way(lambda ai: ai.models(), server.url)


@pytest.mark.parametrize(
    "body",
    [
        {"object": "list", "data": [{"id": "a"}, {}, 7, {"id": "b"}]},
        {"models": [{"name": "a", "size": 1}, {"model": "b"}]},
        {"data": ["a", "b"]},
        {"data": {"a": {"type": "tts"}, "b": {}}},
        {"a": {"model_type": "audio"}, "b": {}},
        {"result": {"models": [{"model_name": "a"}, {"model_name": "b"}]}},
        [{"id": "a"}, {"id": "b"}],
        ["a", "b"],
    ],
)
def test_lists_of_other_shapes_are_read_and_a_bad_entry_costs_itself(body: Any) -> None:
    with Recorder([answer(json=body)]) as server:
        assert [model.id for model in blocking(lambda ai: ai.models(), server.url)] == ["a", "b"]


def test_one_model_is_a_list_of_one() -> None:
    with Recorder([answer(json={"id": "a", "object": "model"})]) as server:
        assert [model.id for model in blocking(lambda ai: ai.models(), server.url)] == ["a"]


@both
def test_a_server_without_a_list_says_so(way: Way) -> None:
    with Recorder([answer(status=404, json={"detail": "Not Found"})]) as server, pytest.raises(NotFound, match="/v1"):
        way(lambda ai: ai.models(), server.url)


@both
def test_the_sandbox_tells_when_its_models_end(way: Way, box: Sandbox) -> None:
    found = {model.id: model for model in way(lambda ai: ai.models(), box.openai_url, api_key="sandbox-key")}
    known = {id: end for id, end in _prices.ENDS.items() if id in found}
    assert {id: found[id].shutdown_date for id in known} == known
    assert len(known) > 8
    assert found["gpt-transcribe"].shutdown_date is None


# What it costs


def at(url: str = OPENAI, **models: Any) -> list[Any]:
    return [kind(api_key="KEY", base_url=url, **models) for kind in (OpenAI, AsyncOpenAI)]


@pytest.mark.parametrize(
    ("model", "length", "price", "duration"),
    [
        ("whisper-1", {"seconds": 3600}, 0.36, 3600),
        ("gpt-transcribe", {"seconds": 90.5}, 0.0067875, 90.5),
        ("tts-1", {"characters": 4096}, 0.06144, 256),
        ("tts-1-hd", {"characters": 1_000_000}, 30, 62_500),
        ("gpt-4o-mini-tts", {"characters": 960}, 0.015, 60),
        ("gpt-9", {"seconds": 60}, None, 60),
        ("gpt-9", {"characters": 16}, None, 1),
        ("tts-1", {"seconds": 60}, None, 60),
        ("whisper-1", {"characters": 0}, None, 0),
    ],
)
def test_a_price_follows_from_the_list_and_the_length(
    model: str, length: dict[str, Any], price: float | None, duration: float
) -> None:
    for ai in at():
        found = ai.estimate(model=model, **length)
        assert found == Estimate(found.price, duration, date(2026, 11, 20))
        assert found.price == (None if price is None else pytest.approx(price))
    for ai in at("http://nas/v1"):
        assert ai.estimate(model=model, **length) == Estimate(None, duration, _prices.AS_OF)


def test_the_clients_models_stand_in_for_those_of_an_estimate() -> None:
    for ai in at(transcription_model="whisper-1", speech_model="tts-1"):
        assert ai.estimate(seconds=60).price == pytest.approx(0.006)
        assert ai.estimate(characters=1000).price == pytest.approx(0.015)
    for ai in at():
        with pytest.raises(ConfigurationError, match="speech_model to the client"):
            ai.estimate(characters=1)


@pytest.mark.parametrize("length", [{}, {"seconds": 1, "characters": 1}, {"seconds": -1}, {"characters": 1.5}])
def test_a_length_that_cannot_be_has_no_price(length: dict[str, Any]) -> None:
    for ai in at():
        with pytest.raises(InvalidInput):
            ai.estimate(model="m", **length)


# When it ends


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [entry.getMessage() for entry in caplog.records if entry.levelno >= logging.WARNING]


@pytest.mark.parametrize(
    ("model", "today", "warned"),
    [
        ("whisper-1", date(2026, 11, 27), False),
        ("whisper-1", date(2026, 11, 28), True),
        ("whisper-1", date(2027, 3, 1), True),
        ("tts-1", date(2026, 10, 7), False),
        ("tts-1", date(2026, 10, 8), True),
        ("gpt-transcribe", date(2027, 3, 1), False),
    ],
)
def test_a_model_that_ends_within_ninety_days_is_warned_of_once(
    model: str, today: date, warned: bool, caplog: pytest.LogCaptureFixture
) -> None:
    server = Server(OPENAI, today=lambda: today)
    assert [server.model(model, "speech_model") for _ in range(3)] == [model] * 3
    assert warnings(caplog) == (
        [f"OpenAI has announced that it switches model '{model}' off on {_prices.ENDS[model]}"] if warned else []
    )


@pytest.mark.parametrize("url", ["http://nas/v1", "https://us.openai.azure.com/openai/v1"])
def test_other_servers_keep_the_models_of_these_names(url: str, caplog: pytest.LogCaptureFixture) -> None:
    Server(url, today=lambda: date(2027, 3, 1), azure="azure" in url).model("whisper-1", "transcription_model")
    assert warnings(caplog) == []


@both
def test_a_client_warns_of_each_model_once(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    async def several(ai: Any) -> None:
        for _ in range(2):
            await ai.transcribe(FLAC)
            await live(ai, "x", voice="coral")

    def all_of_it(ai: Any) -> Any:
        ai._server = evolve(ai._server, today=lambda: date(2027, 1, 1))
        ai = ai.with_options(timeout=5)
        if isinstance(ai, AsyncOpenAI):
            return several(ai)
        for _ in range(2):
            ai.transcribe(FLAC)
            live(ai, "x", voice="coral")
        return None

    assert way in (blocking, asynchronous)
    settings: dict[str, Any] = {"transcription_model": "whisper-1", "speech_model": "tts-1"}
    way(all_of_it, OPENAI, http=Away().http(way), **settings)
    assert [line.split("'")[1] for line in warnings(caplog)] == ["whisper-1", "tts-1"]


def test_every_model_that_is_known_is_known_everywhere() -> None:
    heard = {*presets.RECOGNISERS} - {"gpt-transcribe", "gpt-4o-mini-transcribe-2025-03-20"}
    assert {*presets.VOICES} | heard == {*_prices.ENDS}
