"""Every operation of AIOZ that is one request: how its failures end, how often it is sent, and that no key is told."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen

from tests.drift.spec_rules import load, operations
from tests.wire import (
    test_aioz,
    test_aioz_account,
    test_aioz_analytics,
    test_aioz_live,
    test_aioz_playlists,
    test_aioz_themes,
    test_aioz_tracks,
    test_aioz_webhooks,
)
from tests.wire.recorder import CUT, Received, Recorder, answer
from tonearm import (
    Aioz,
    AsyncAioz,
    ConnectionFailed,
    Forbidden,
    Retry,
    ServiceFailed,
    StatusError,
    TonearmError,
    UnexpectedAnswer,
)

KEYS = {"public_key": "canary-public-0123456789", "secret_key": "canary-secret-0123456789"}
ATTEMPTS = 3
ONCE = {
    "add_playlist_item",
    "check_webhook",
    "create_api_key",
    "create_audio",
    "create_caption",
    "create_chapter",
    "create_live_key",
    "create_live_stream",
    "create_player_theme",
    "create_playlist",
    "create_transcript",
    "create_webhook",
}
"""What is not sent again once the service may have done it."""
PLAYERS = ("get_audio_player", "get_playlist_player")
"""Operations whose answer has no envelope, so that nothing in it says that the service refuses."""


@frozen
class Row:
    """An operation, what is answered before its own request, and a proper answer to that."""

    call: Callable[[Any], Any]
    before: list[Any]
    good: bytes


TABLES = (
    test_aioz_account,
    test_aioz_analytics,
    test_aioz_live,
    test_aioz_playlists,
    test_aioz_themes,
    test_aioz_webhooks,
)
"""Where calls stand with all their answers, and the number of their own."""


def rows() -> dict[str, Row]:
    found = {name: Row(call, [], good) for name, (call, good) in test_aioz_tracks.OPERATIONS.items()}
    found |= {name: Row(call, [], answers[0]) for name, (call, answers) in test_aioz.OPERATIONS.items()}
    for module in TABLES:
        table: dict[str, Any] = module.OPERATIONS
        found |= {name: Row(call, answers[:at], answers[at]) for name, (call, answers, at) in table.items()}
    # A lost `complete` is followed by a look at the object: tests/plans/test_aioz.py.
    return {name: row for name, row in found.items() if name != "complete_audio"}


ROWS = rows()


def fail(way: str, row: Row, fault: Any) -> tuple[TonearmError, int]:
    """Call an operation whose own request ends in a fault each time: what it raised, and how often it was sent."""
    own = 0

    waiting = list(row.before)

    def respond(_: Received) -> Any:
        nonlocal own
        if waiting:
            return waiting.pop(0)
        own += 1
        return fault

    options: dict[str, Any] = {**KEYS, "retry": Retry(attempts=ATTEMPTS, first_delay=0)}

    def blocking(url: str) -> None:
        with Aioz(base_url=url, **options) as aioz:
            row.call(aioz)

    async def asynchronous(url: str) -> None:
        async with AsyncAioz(base_url=url, **options) as aioz:
            await row.call(aioz)

    with Recorder(respond) as server, pytest.raises(TonearmError) as caught:
        asyncio.run(asynchronous(server.url)) if way == "async" else blocking(server.url)
    return caught.value, own


FAULTS: dict[str, tuple[Any, type[Exception]]] = {
    "500": (answer(json={"status": "error", "message": f"no {KEYS['secret_key']}"}, status=500), ServiceFailed),
    "403": (answer(json={"status": "error", "message": f"no {KEYS['public_key']}"}, status=403), Forbidden),
    "cut": ((CUT,), ConnectionFailed),
    "page": (answer(body=b"<html>proxy</html>", headers={"Content-Type": "text/html"}), UnexpectedAnswer),
    "half": (answer(body=b'{"status": "succ', headers={"Content-Type": "application/json"}), UnexpectedAnswer),
    "list": (answer(json=[]), UnexpectedAnswer),
    "refused": (answer(json={"status": "fail", "message": f"no {KEYS['secret_key']}"}), StatusError),
}


SHARED = ("403", "cut", "page", "half", "list")
"""What no operation does anything of its own about, so that these take turns; tests/fuzz gives each any JSON."""


@pytest.mark.parametrize(
    ("name", "way", "fault"),
    [
        (name, ("sync", "async")[number % 2], fault)
        for number, name in enumerate(sorted(ROWS))
        for fault in ("500", "refused", SHARED[number % len(SHARED)])
    ],
)
def test_a_failure_ends_as_documented_and_tells_no_key(
    name: str, way: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reply, expected = FAULTS[fault]
    if fault == "refused" and name in PLAYERS:
        expected = UnexpectedAnswer
    error, sent = fail(way, ROWS[name], reply)
    assert isinstance(error, expected), repr(error)
    if fault in ("500", "cut"):
        assert sent == (1 if any(name.startswith(one) for one in ONCE) else ATTEMPTS)
    told = "".join(traceback.format_exception(error)) + repr(vars(error)) + caplog.text
    assert [key for key in KEYS.values() if key in told] == []


def test_every_operation_is_tried() -> None:
    every = {operation["operationId"] for _, _, operation in operations(load("aioz"))} - {"complete_audio"}
    assert {name for name in every if not any(row.startswith(name) for row in ROWS)} == set()
