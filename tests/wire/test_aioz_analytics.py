"""What is sent for analytics, byte for byte."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.wire.recorder import Received, answer, check_golden
from tests.wire.test_aioz import Operation, record, record_async

TOTAL = answer(json={"status": "success", "data": {"data": 271}})
ROWS = answer(json={"status": "success", "data": {"data": [{"metric_value": 41, "dimension_value": "phone"}]}})
USAGE = answer(json={"status": "success", "data": {"data": [{"delivery": 5}], "total": 1}})
BEGIN, END = datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 4, 3, tzinfo=UTC)

OPERATIONS: dict[str, tuple[Operation, list[bytes], int]] = {
    "get_aggregated_metrics": (lambda aioz: aioz.metric_total("play"), [TOTAL], 0),
    "get_aggregated_metrics_filtered": (
        lambda aioz: aioz.metric_total(
            "watch_time",
            "average",
            start=BEGIN,
            end=END,
            media=["m", "n"],
            countries="FR",
            devices=["phone"],
            tags="talk",
        ),
        [TOTAL],
        0,
    ),
    "get_breakdown_metrics": (
        lambda aioz: aioz.metric_by("view", "operator-system", start=BEGIN, end=END.timestamp()),
        [ROWS],
        0,
    ),
    "get_overtime_metrics": (lambda aioz: aioz.metric_over_time("play", "hour", media="m"), [ROWS], 0),
    "get_data_usage": (lambda aioz: aioz.data_usage(start=BEGIN, end=END), [USAGE], 0),
}


@pytest.mark.parametrize("way", [record, record_async])
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_sends_exactly_its_golden(name: str, way: Callable[..., list[Received]]) -> None:
    operation, answers, number = OPERATIONS[name]
    sent = way(operation, answers)
    assert len(sent) == len(answers)
    check_golden(f"aioz/{name}", sent[number].raw)
