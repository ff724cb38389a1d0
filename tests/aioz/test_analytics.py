"""What is counted, against the sandbox; and answers of other shapes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.aioz.ways import Way, both
from tests.wire.recorder import Recorder, answer
from tonearm import InvalidInput
from tonearm.sandbox import Sandbox

BEGIN = datetime(2026, 3, 27, 12, tzinfo=UTC)
DAY = 86_400
NAIVE = datetime(1, 1, 1)  # noqa: DTZ001  # what callers may pass, and no system can tell in seconds


@both
def test_plays_are_counted_by_time_place_device_and_object(way: Way, sandbox: Sandbox) -> None:
    def call(method: str, *args: Any, **options: Any) -> Any:
        return way.call(sandbox.aioz_url, method, *args, **options)

    one, other = (call("create", title, tags=[f"{way.name} counted"]).id for title in ("One", "Other"))
    for day, seconds, media, country, device in [
        (0, 30.0, one, "FR", "phone"),
        (0, 60.0, one, "NO", "phone"),
        (3, 90.0, other, "NO", "computer"),
    ]:
        at = BEGIN.timestamp() + day * DAY
        sandbox.aioz.played(media, at=at, seconds=seconds, country=country, device=device)
    whole: dict[str, Any] = {
        "start": BEGIN,
        "end": BEGIN + timedelta(days=4),
        "tags": f"{way.name} counted",
    }

    def told(*words: str, **options: Any) -> dict[Any, float]:
        return {row.dimension: row.value for row in call("metric_by", *words, **whole, **options)}

    assert call("metric_total", "play", **whole) == 3
    assert call("metric_total", "watch_time", **whole) == 180
    assert call("metric_total", "watch_time", "average", **whole, countries="NO") == 75
    assert call("metric_total", "play", "rate", **whole) == 1
    assert call("metric_total", "view", **{**whole, "end": BEGIN + timedelta(days=1)}) == 2
    assert told("play", "country") == {"NO": 2, "FR": 1}
    assert told("watch_time", "device-type", countries=["NO"]) == {"computer": 90, "phone": 60}
    assert told("play", "media-id", devices="phone") == {one: 2}
    assert told("play", "media-type", media=other) == {"audio": 1}
    rows = call("metric_over_time", "watch_time", **whole)
    midnight = BEGIN.replace(hour=0)
    assert [(row.at, row.value, row.dimension) for row in rows] == [
        (midnight, 90, None),
        (midnight + timedelta(days=3), 90, None),
    ]
    assert [row.at for row in call("metric_over_time", "play", "hour", **whole)] == [BEGIN, BEGIN + timedelta(days=3)]
    usage = call("data_usage", start=BEGIN.timestamp(), end=BEGIN + timedelta(days=4))
    assert [row.at for row in usage] == [midnight, midnight + timedelta(days=3)]
    assert all(row.delivery > 0 for row in usage)


@both
@pytest.mark.parametrize(
    ("method", "args", "options"),
    [
        ("metric_total", ("plays",), {}),
        ("metric_total", ("play", "sum"), {}),
        ("metric_total", ("watch_time", "count"), {}),
        ("metric_total", (5,), {}),
        ("metric_by", ("play", "device_type"), {}),
        ("metric_over_time", ("play", "week"), {}),
        ("metric_total", ("play",), {"start": -1}),
        ("metric_total", ("play",), {"start": float("nan")}),
        ("metric_total", ("play",), {"start": "yesterday"}),
        ("metric_total", ("play",), {"end": datetime.min.replace(tzinfo=UTC)}),
        ("metric_total", ("play",), {"start": NAIVE}),
        ("metric_by", ("play", "country"), {"start": 5, "end": 5}),
        ("metric_over_time", ("play",), {"media": 5}),
        ("metric_over_time", ("play",), {"countries": ["x" * 256]}),
        ("metric_over_time", ("play",), {"country": "FR"}),
        ("data_usage", (), {"start": 6, "end": 5}),
        ("data_usage", (), {"start": None, "end": 5}),
        ("data_usage", (), {"start": 5, "end": 6, "interval": "year"}),
    ],
)
def test_what_the_service_would_refuse_is_not_sent(
    way: Way, sandbox: Sandbox, method: str, args: tuple[Any, ...], options: dict[str, Any]
) -> None:
    start = len(sandbox.requests)
    with pytest.raises(InvalidInput):
        way.call(sandbox.aioz_url, method, *args, **options)
    assert len(sandbox.requests) == start


@both
def test_missing_numbers_and_times_are_read(way: Way) -> None:
    rows = [
        {"metric_value": None, "emitted_at": "0001-01-01T00:00:00Z", "dimension_value": ""},
        {"metric_value": "7.5", "emitted_at": "soon", "dimension_value": "FR"},
        {},
    ]
    answers = [answer(json={"data": {"data": found, "total": total}}) for found, total in [(rows, 3), (None, 0)]]
    with Recorder(answers) as server:
        found = way.call(server.url, "metric_by", "play", "country")
        assert [(row.value, row.dimension, row.at) for row in found] == [
            (0, None, None),
            (7.5, "FR", None),
            (0, None, None),
        ]
        assert way.call(server.url, "metric_over_time", "play") == ()
    with Recorder([answer(json={"data": {}}), answer(json={"data": {"data": [{"delivery": None}]}})]) as server:
        assert way.call(server.url, "metric_total", "play") == 0
        (usage,) = way.call(server.url, "data_usage", start=0, end=5)
        assert (usage.delivery, usage.at) == (0, None)
