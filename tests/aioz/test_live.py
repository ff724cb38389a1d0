"""Live audio, against the sandbox; the stream key is a secret."""

import traceback
from typing import Any

import pytest

from tests.aioz.ways import Way, both
from tests.wire.recorder import Recorder, answer
from tonearm import InvalidInput, NotFound, TonearmError
from tonearm.aioz import QualityConfig
from tonearm.sandbox import Sandbox
from tonearm_generated.aioz.models import LiveKey as Generated

CANARY = "canary-of-a-stream-7742"


@both
def test_keys_and_broadcasts_are_made_changed_listed_and_deleted(way: Way, sandbox: Sandbox) -> None:
    def call(method: str, *args: Any, **options: Any) -> Any:
        return way.call(sandbox.aioz_url, method, *args, **options)

    key = call("create_live_key", f"{way.name} Show", save=True)
    assert (key.name, key.save, bool(key.stream_key), key.rtmp_url) == (
        f"{way.name} Show",
        True,
        True,
        "rtmp://live.example.org/live",
    )
    assert call("live_key", key.id) == key
    assert call("live_keys", search=f"{way.name} show") == (key,)
    changed = call("update_live_key", key.id, save=False)
    assert (changed.name, changed.save, changed.stream_key) == (key.name, False, key.stream_key)
    assert call("update_live_key", key.id, name=f"{way.name} other").name == f"{way.name} other"
    first = call("create_live_stream", key.id, "Friday", save=True, qualities=[QualityConfig("good")])
    second = call("create_live_stream", key.id, "Saturday")
    assert (first.title, first.status, first.save, first.key_id) == ("Friday", "created", True, key.id)
    assert (second.save, second.duration, second.listening, second.listened) == (False, 0, 0, 0)
    assert first.hls_url is not None
    assert call("live_stream", key.id, first.id) == first
    assert call("live_streams", key.id) == (first, second)
    call("delete_live_stream", key.id, first.id)
    call("delete_live_stream", key.id, first.id, missing_ok=True)
    with pytest.raises(NotFound):
        call("live_stream", key.id, first.id)
    call("delete_live_key", key.id)
    call("delete_live_key", key.id, missing_ok=True)
    for method in ("live_key", "live_streams", "delete_live_key"):
        with pytest.raises(NotFound):
            call(method, key.id)


@both
@pytest.mark.parametrize(
    ("method", "args", "options"),
    [
        ("create_live_key", ("",), {}),
        ("create_live_key", ("x" * 256,), {}),
        ("create_live_key", ("n",), {"save": 1}),
        ("update_live_key", ("k",), {}),
        ("update_live_key", ("k",), {"name": ""}),
        ("update_live_key", ("k",), {"save": "no"}),
        ("create_live_stream", ("k", ""), {}),
        ("create_live_stream", ("", "t"), {}),
        ("create_live_stream", ("k", "t"), {"qualities": ["good"]}),
        ("create_live_stream", ("k", "t"), {"save": 0}),
        ("live_stream", ("k", ".."), {}),
        ("live_streams", ("",), {}),
        ("live_keys", (), {"search": "\ud800"}),
    ],
)
def test_what_the_service_would_refuse_is_not_sent(
    way: Way, sandbox: Sandbox, method: str, args: tuple[Any, ...], options: dict[str, Any]
) -> None:
    start = len(sandbox.requests)
    with pytest.raises(InvalidInput):
        way.call(sandbox.aioz_url, method, *args, **options)
    assert len(sandbox.requests) == start


SECRET = {"id": "k", "stream_key": CANARY, "rtmp_url": f"rtmp://live.example.org/{CANARY}"}


@both
@pytest.mark.parametrize(
    "reply",
    [
        answer(json={"data": SECRET}),
        answer(json={"data": {**SECRET, "id": 5}}),
        answer(json={"status": "fail", "message": "no", "data": SECRET}),
        answer(json={"message": "no", "data": SECRET}, status=500),
    ],
)
def test_a_stream_key_is_in_no_repr_error_or_log(way: Way, reply: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(1)
    caplog.set_level(1, "tonearm")
    with Recorder(lambda _: reply) as server:
        try:
            key = way.call(server.url, "live_key", "k")
        except TonearmError as error:
            told = "".join(traceback.format_exception(error)) + repr(vars(error))
        else:
            assert (key.stream_key, key.to_dict()["rtmp_url"]) == (CANARY, SECRET["rtmp_url"])
            told = repr(key) + key._repr_html_() + repr(key.raw)
    assert CANARY not in told + caplog.text
    assert CANARY not in repr(Generated.from_dict(SECRET))


@both
def test_broadcasts_are_read_in_every_form(way: Way) -> None:
    rows = [{"id": "s", "assets": None, "duration": None}, {"id": "t", "assets": {"player_url": "p"}}]
    pages = [answer(json={"data": {"media": rows}}), answer(json={"data": {"media": None}})]
    with Recorder(pages) as server:
        found = way.call(server.url, "live_streams", "k")
        assert [(one.player_url, one.duration, one.status) for one in found] == [(None, None, None), ("p", None, None)]
        assert way.call(server.url, "live_streams", "k") == ()
