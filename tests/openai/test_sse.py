"""Server-sent events are read alike however their bytes are cut."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inside.http import Events, event_error, sse


def read(blocks: Iterable[bytes]) -> tuple[list[dict[str, Any]], bool]:
    events = Events()
    found = [event for block in blocks for event in events.feed(block)]
    return [*found, *events.finish()], events.ended


ends = st.sampled_from(["\n", "\r\n", "\r"])
objects = st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers(), max_size=3)


@given(st.lists(st.tuples(objects, ends), max_size=5), ends, st.booleans(), st.data())
def test_events_do_not_depend_on_how_the_bytes_are_cut(
    told: list[tuple[dict[str, Any], str]], end: str, ended: bool, data: st.DataObject
) -> None:
    lines = [f": comment{end}id: 7{end}data: {json.dumps(event, ensure_ascii=False)}{own}{own}" for event, own in told]
    body = ("\ufeff" + "".join(lines) + (f"data: [DONE]{end}{end}data: after{end}{end}" if ended else "")).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(body)), max_size=6)))
    blocks = [body[first:last] for first, last in zip([0, *cuts], [*cuts, len(body)], strict=True)]
    assert read(blocks) == ([event for event, _ in told], ended)


def test_data_of_several_lines_are_one_event() -> None:
    assert read([b'event: x\ndata: {"a":\ndata: 1}\nretry: 5\n\n']) == ([{"a": 1}], False)


@pytest.mark.parametrize("tail", [b"", b"\n", b"\r", b"\r\n"])
def test_the_last_event_needs_no_blank_line(tail: bytes) -> None:
    assert read([b'data: {"a": 1}' + tail]) == ([{"a": 1}], False)


def test_half_an_event_is_none() -> None:
    assert read([b'data: {"a": 1}\n\ndata: {"a": ']) == ([{"a": 1}], False)


@pytest.mark.parametrize("data", ["out of memory", '{"message": "out of memory"}', '{"error": "out of memory"}'])
def test_an_event_that_is_called_an_error_is_one(data: str) -> None:
    event, after = Events(texts=True).feed(f"event: error\ndata: {data}\n\ndata: fine\n\n".encode())
    assert event_error(event) == "out of memory"
    assert after == {"text": "fine"}


def test_events_without_data_are_passed_over() -> None:
    assert read([b"\n\nevent: ping\n\nid: 1\n\ndata:\n\n", b""]) == ([], False)


@pytest.mark.parametrize(
    ("data", "reason"),
    [("{", "not JSON"), ("[1]", "a JSON list, not an object"), ("7", "JSON int"), ("[" * 100_000, "too deep")],
)
def test_what_is_no_object_is_refused(data: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read([f"data: {data}\n\n".encode()])


def test_an_event_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "LONGEST", 100)
    events = Events()
    for _ in range(50):
        assert list(events.feed(b'data: {"a": 1}\n\n')) == [{"a": 1}]
    assert list(events.feed(b"data: " + b"x" * 90)) == []
    with pytest.raises(ValueError, match="more than 100 bytes"):
        list(events.feed(b"xxxxx"))


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"error": {"message": "no\n more"}}, "no more"),
        ({"error": {"code": 7}}, '{"code": 7}'),
        ({"error": "no more"}, "no more"),
        ({"type": "speech.audio.error", "error": {"message": "x"}}, "x"),
        ({"type": "error", "message": "x"}, "x"),
        ({"error": None, "type": "speech.audio.delta"}, None),
        ({}, None),
    ],
)
def test_a_failure_is_told_in_the_servers_words(event: dict[str, Any], said: str | None) -> None:
    assert event_error(event) == said
