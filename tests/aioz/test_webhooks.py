"""Webhooks: registered with the sandbox, called by it, and read."""

import json
from typing import Any

import pytest

from tests.aioz.ways import SYNC, Way, both
from tests.wire.recorder import Received, Recorder, answer
from tonearm import BadRequest, InvalidInput, NotFound
from tonearm.aioz import Webhook
from tonearm.aioz.webhook import EVENTS
from tonearm.sandbox import Sandbox
from tonearm.sandbox.library import PACKAGED

URL = "https://example.org/aioz"


@both
def test_a_webhook_is_registered_changed_and_deleted(way: Way, sandbox: Sandbox) -> None:
    def call(method: str, *args: Any, **options: Any) -> Any:
        return way.call(sandbox.aioz_url, method, *args, **options)

    every = call("create_webhook", URL)
    assert (every.url, every.events, every.name, every.last_triggered_at) == (URL, EVENTS, "default-name-webhook", None)
    made = call("create_webhook", URL, events=["encoding_failed", "file_received"], name=f"{way.name} Hook")
    assert (made.name, made.events) == (f"{way.name} Hook", ("file_received", "encoding_failed"))
    assert call("webhook", made.id) == made
    assert call("webhooks", search=f"{way.name} hook") == (made,)
    changed = call("update_webhook", made.id, name=f"{way.name} other")
    assert (changed.name, changed.url, changed.events) == (f"{way.name} other", URL, made.events)
    changed = call("update_webhook", made.id, url=f"{URL}/new", events=("partial_finished",))
    assert (changed.name, changed.url, changed.events) == (f"{way.name} other", f"{URL}/new", ("partial_finished",))
    for one in (every, made):
        call("delete_webhook", one.id)
    call("delete_webhook", made.id, missing_ok=True)
    for method, options in [
        ("webhook", {}),
        ("update_webhook", {"name": "n"}),
        ("delete_webhook", {}),
        ("check_webhook", {}),
    ]:
        with pytest.raises(NotFound):
            call(method, made.id, **options)


@both
@pytest.mark.parametrize(
    ("method", "args", "options"),
    [
        ("create_webhook", ("not-a-url",), {}),
        ("create_webhook", ("ftp://example.org",), {}),
        ("create_webhook", ("https://",), {}),
        ("create_webhook", ("https://[x",), {}),
        ("create_webhook", ("https://example.org:port/",), {}),
        ("create_webhook", ("https://example.org:99999/",), {}),
        ("create_webhook", ("https://example.org/a b",), {}),
        ("create_webhook", (5,), {}),
        ("create_webhook", (URL,), {"events": []}),
        ("create_webhook", (URL,), {"events": ["encoding.finished"]}),
        ("create_webhook", (URL,), {"name": "x" * 256}),
        ("update_webhook", ("w",), {}),
        ("webhook", ("",), {}),
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
def test_a_webhook_that_does_not_answer_is_refused_by_the_check(way: Way, sandbox: Sandbox) -> None:
    with Recorder([answer(status=204), answer(status=500)]) as target:
        made = way.call(sandbox.aioz_url, "create_webhook", target.url)
        assert way.call(sandbox.aioz_url, "check_webhook", made.id) is None
        with pytest.raises(BadRequest, match="it answered 500"):
            way.call(sandbox.aioz_url, "check_webhook", made.id)
    with pytest.raises(BadRequest, match="could not be called"):
        way.call(sandbox.aioz_url, "check_webhook", made.id)
    way.call(sandbox.aioz_url, "delete_webhook", made.id)


@both
def test_the_life_of_an_object_is_told_to_a_webhook(way: Way, sandbox: Sandbox) -> None:
    with Recorder(lambda _: answer(status=204)) as target:
        made = way.call(sandbox.aioz_url, "create_webhook", target.url + "/here")
        done = way.call(
            sandbox.aioz_url, "upload", PACKAGED / "evening.flac", title="Told", preset="standard", wait=True
        )
        sandbox.wait_idle()
        failed = way.call(sandbox.aioz_url, "upload", b"no audio", title="Failed", preset="standard")
        sandbox.wait_idle()
        way.call(sandbox.aioz_url, "delete_webhook", made.id)
    received = [Webhook.from_request(request.body) for request in target.requests]
    assert [one.event for one in received if one.media.id == done.id] == list(EVENTS[:4])
    assert [one.event for one in received if one.media.id == failed.id] == [*EVENTS[:2], EVENTS[4]]
    last = received[3]
    assert (last.media.title, last.media.status, last.media.type) == ("Told", "done", "audio")
    assert last.emitted_at is not None
    assert last.user_id
    assert {request.headers["content-type"] for request in target.requests} == {"application/json"}


def test_a_change_that_is_made_while_an_address_is_called_is_kept(sandbox: Sandbox) -> None:
    def change(_: Received) -> bytes:
        SYNC.call(sandbox.aioz_url, "update_webhook", made.id, name="changed")
        return answer(status=204)

    with Recorder(change) as target:
        made = SYNC.call(sandbox.aioz_url, "create_webhook", target.url, events=["file_received"])
        SYNC.call(sandbox.aioz_url, "upload", b"no audio", title="Failed", preset="standard")
        sandbox.wait_idle()
    assert target.requests
    found = SYNC.call(sandbox.aioz_url, "webhook", made.id)
    SYNC.call(sandbox.aioz_url, "delete_webhook", made.id)
    assert (found.name, found.last_triggered_at is None) == ("changed", False)


EVENT = {
    "type": "encoding.finished",
    "emitted_at": "2026-03-27T08:15:30.123456789Z",
    "media_id": "m",
    "title": "T",
    "user_id": "u",
    "qualities": "highest,standard",
}


@pytest.mark.parametrize(
    "body", [EVENT, json.dumps(EVENT), json.dumps(EVENT).encode(), json.dumps(EVENT).encode("utf-16")]
)
def test_an_event_is_read_in_every_form(body: Any) -> None:
    found = Webhook.from_request(body)
    assert (found.event, found.media.id, found.media.status, found.user_id) == ("encoding_finished", "m", "done", "u")
    assert [quality.name for quality in found.media.qualities] == ["highest", "standard"]
    assert found.emitted_at is not None
    assert found.emitted_at.year == 2026
    assert found.raw == EVENT


@pytest.mark.parametrize("event", ["encoding_finished", None, 5, "something.new"])
def test_words_and_values_of_other_kinds_are_kept_or_left_out(event: Any) -> None:
    found = Webhook.from_request({"type": event, "media_id": "m", "emitted_at": 5, "user_id": None})
    assert found.event == {"something.new": "something_new", 5: None}.get(event, event)
    assert (found.emitted_at, found.user_id) == (None, None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        "",
        b"{",
        b"[]",
        b"5",
        b"{}",
        b"\xff",
        b"[" * 200_000,
        b'{"media_id": 5}',
        b" " * 1024 * 1025,
        None,
        5,
        {"type": "x"},
    ],
)
def test_what_is_no_event_is_refused(body: Any) -> None:
    with pytest.raises(InvalidInput):
        Webhook.from_request(body)


@both
def test_a_long_list_is_read_to_its_end(way: Way) -> None:
    rows = [{"id": str(number)} for number in range(130)]
    pages = [
        answer(json={"data": {"webhooks": rows[start : start + 100], **more}})
        for more in ({"total": 130}, {})
        for start in (0, 100)
    ]
    for two in (pages[:2], pages[2:]):
        with Recorder(two) as server:
            assert [one.id for one in way.call(server.url, "webhooks")] == [row["id"] for row in rows]
