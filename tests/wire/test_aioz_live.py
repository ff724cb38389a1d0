"""What is sent for live audio, byte for byte."""

from collections.abc import Callable

import pytest

from tests.wire.recorder import Received, answer, check_golden
from tests.wire.test_aioz import DONE, Operation, record, record_async
from tonearm.aioz import QualityConfig

KEY = {"id": "k", "name": "n", "save": True, "stream_key": "s"}
STREAM = {"id": "s", "live_stream_key_id": "k", "title": "T", "status": "created"}
ONE_KEY = answer(json={"status": "success", "data": KEY})
KEYS = answer(json={"status": "success", "data": {"live_stream_keys": [KEY], "total": 1}})
ONE = answer(json={"status": "success", "data": STREAM})
ALL = answer(json={"status": "success", "data": {"media": [STREAM], "total": 1}})

OPERATIONS: dict[str, tuple[Operation, list[bytes], int]] = {
    "create_live_key": (lambda aioz: aioz.create_live_key("Nöme", save=True), [ONE_KEY], 0),
    "list_live_keys": (lambda aioz: aioz.live_keys(), [KEYS], 0),
    "list_live_keys_found": (lambda aioz: aioz.live_keys(search="a b"), [KEYS], 0),
    "get_live_key": (lambda aioz: aioz.live_key("a/b"), [ONE_KEY], 0),
    "update_live_key": (lambda aioz: aioz.update_live_key("k", name="n", save=False), [ONE_KEY], 0),
    "delete_live_key": (lambda aioz: aioz.delete_live_key("k"), [DONE], 0),
    "create_live_stream": (
        lambda aioz: aioz.create_live_stream("k", "T", save=True, qualities=[QualityConfig("good")]),
        [ONE],
        0,
    ),
    "create_live_stream_minimal": (lambda aioz: aioz.create_live_stream("k", "T"), [ONE], 0),
    "list_live_streams": (lambda aioz: aioz.live_streams("k"), [ALL], 0),
    "get_live_stream": (lambda aioz: aioz.live_stream("k", "s"), [ONE], 0),
    "delete_live_stream": (lambda aioz: aioz.delete_live_stream("k", "s"), [DONE], 0),
}


@pytest.mark.parametrize("way", [record, record_async])
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_sends_exactly_its_golden(name: str, way: Callable[..., list[Received]]) -> None:
    operation, answers, number = OPERATIONS[name]
    sent = way(operation, answers)
    assert len(sent) == len(answers)
    check_golden(f"aioz/{name}", sent[number].raw)
