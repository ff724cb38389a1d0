"""What is sent for the account and its keys, byte for byte."""

from collections.abc import Callable

import pytest

from tests.wire.recorder import Received, answer, check_golden
from tests.wire.test_aioz import DONE, Operation, record, record_async

USER = answer(json={"status": "success", "data": {"user": {"id": "u", "balance": "12.5"}}})
KEY = {"id": "k", "name": "n", "public_key": "p", "type": "only_upload", "ttl": "60"}
ONE = answer(json={"status": "success", "data": {"api_key": {**KEY, "secret": "s"}}})
LISTED = answer(json={"status": "success", "data": {"api_keys": [KEY], "total": 1}})

OPERATIONS: dict[str, tuple[Operation, list[bytes], int]] = {
    "get_me": (lambda aioz: aioz.account(), [USER], 0),
    "create_api_key": (lambda aioz: aioz.create_api_key("Nöme", ttl=2**31 - 1), [ONE], 0),
    "create_api_key_upload": (lambda aioz: aioz.create_api_key("n", ttl=1, only_upload=True), [ONE], 0),
    "list_api_keys": (lambda aioz: aioz.api_keys(), [LISTED], 0),
    "list_api_keys_found": (lambda aioz: aioz.api_keys(search="a b"), [LISTED], 0),
    "rename_api_key": (lambda aioz: aioz.rename_api_key("a/b", "new"), [DONE], 0),
    "delete_api_key": (lambda aioz: aioz.delete_api_key("k"), [DONE], 0),
}


@pytest.mark.parametrize("way", [record, record_async])
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_sends_exactly_its_golden(name: str, way: Callable[..., list[Received]]) -> None:
    operation, answers, number = OPERATIONS[name]
    sent = way(operation, answers)
    assert len(sent) == len(answers)
    check_golden(f"aioz/{name}", sent[number].raw)
