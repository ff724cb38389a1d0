"""What is sent for webhooks, byte for byte."""

from collections.abc import Callable

import pytest

from tests.wire.recorder import Received, answer, check_golden
from tests.wire.test_aioz import DONE, Operation, record, record_async

HOOK = {"id": "w", "name": "n", "url": "https://example.org/a", "encoding_failed": True}
ONE = answer(json={"status": "success", "data": {"webhook": HOOK}})
LISTED = answer(json={"status": "success", "data": {"webhooks": [HOOK], "total": 1}})

OPERATIONS: dict[str, tuple[Operation, list[bytes], int]] = {
    "create_webhook": (lambda aioz: aioz.create_webhook("https://example.org/a?b=c", name="Nöme"), [ONE], 0),
    "create_webhook_one_event": (
        lambda aioz: aioz.create_webhook("http://example.org", events=["encoding_finished"]),
        [ONE],
        0,
    ),
    "list_webhooks": (lambda aioz: aioz.webhooks(), [LISTED], 0),
    "list_webhooks_found": (lambda aioz: aioz.webhooks(search="a b"), [LISTED], 0),
    "get_webhook": (lambda aioz: aioz.webhook("a/b"), [ONE], 0),
    "update_webhook": (lambda aioz: aioz.update_webhook("w", url="https://example.org/new"), [ONE, DONE, ONE], 1),
    "delete_webhook": (lambda aioz: aioz.delete_webhook("w"), [DONE], 0),
    "check_webhook": (lambda aioz: aioz.check_webhook("w"), [DONE], 0),
}


@pytest.mark.parametrize("way", [record, record_async])
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_sends_exactly_its_golden(name: str, way: Callable[..., list[Received]]) -> None:
    operation, answers, number = OPERATIONS[name]
    sent = way(operation, answers)
    assert len(sent) == len(answers)
    check_golden(f"aioz/{name}", sent[number].raw)
