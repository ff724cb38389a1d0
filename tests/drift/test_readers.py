"""What generated readers take, what they leave out, and how they say where an answer is not what the spec says."""

import copy
import importlib
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drift.spec_rules import load
from tonearm_generated import reading
from tonearm_generated.aioz.api.audio import get_audio, list_audio
from tonearm_generated.aioz.models import MediaListResponse, MediaResponse
from tonearm_generated.jellyfin.api.items import get_items
from tonearm_generated.jellyfin.models import BaseItemDtoQueryResult
from tonearm_generated.openai.models import CreateTranscriptionResponseJson, DurationUsage, TokenUsage
from tonearm_generated.reading import UNSET, UnreadableAnswer, Unset

SERVICES = ("aioz", "jellyfin", "openai")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def examples() -> Iterator[tuple[Any, dict[str, Any]]]:
    """The model of each object of an answer, with each example that the spec has of it."""
    for service in SERVICES:
        models = importlib.import_module(f"tonearm_generated.{service}.models")
        for name, schema in load(service)["components"]["schemas"].items():
            if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
                for example in schema.get("examples", []):
                    yield getattr(models, name), example


EXAMPLES = list(examples())


@pytest.mark.parametrize(("model", "example"), EXAMPLES, ids=[model.__name__ for model, _ in EXAMPLES])
def test_a_documented_example_is_read_and_given_back_whole(model: Any, example: dict[str, Any]) -> None:
    read = model.from_dict(example)
    assert read.to_dict() == example
    assert read.raw is example
    assert read.additional_properties == {} or model.__name__ in ("PlayerTheme", "ProblemErrors", "StreamOptions")


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


def changed(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    if not path:
        return other
    copy = value.copy()
    copy[path[0]] = changed(value[path[0]], path[1:], other)
    return copy


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_value_anywhere_is_read_left_out_or_named_with_its_place(data: st.DataObject) -> None:
    model, example = data.draw(st.sampled_from(EXAMPLES))
    path = data.draw(st.sampled_from(list(places(example))))
    spoilt = changed(example, path, data.draw(JSON))
    read = outcome(model, spoilt)
    if isinstance(read, UnreadableAnswer):
        assert read.path[: len(path)] == path[: len(read.path)], f"{read} is not about {path}"
        assert str(read).startswith("the answer")
    else:
        assert read.raw is spoilt
        read.to_dict()


def outcome(model: Any, value: Any) -> Any:
    try:
        return model.from_dict(value)
    except UnreadableAnswer as error:
        return error


MEDIA = {"id": "i", "size": 5}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (5, "the answer: expected an object, got a number"),
        ({}, "the answer at $.data: expected an object, got null"),
        ({"data": []}, "the answer at $.data: expected an object, got a list"),
        ({"data": {"media": 5}}, "the answer at $.data.media: expected a list, got a number"),
        ({"data": {"media": [MEDIA, {"id": None}]}}, "the answer at $.data.media[1].id: expected text, got null"),
        ({"data": {"media": [MEDIA, {}]}}, "the answer at $.data.media[1].id: expected text, got null"),
        ({"data": {"media": [None]}}, "the answer at $.data.media[0]: expected an object, got null"),
    ],
)
def test_what_must_be_there_and_is_not_is_named(answer: Any, words: str) -> None:
    with pytest.raises(UnreadableAnswer) as caught:
        list_audio.read_answer(200, answer)
    assert str(caught.value) == words


def test_a_name_that_is_no_identifier_is_quoted() -> None:
    assert str(UnreadableAnswer("no", "a b", 0)) == 'the answer at $["a b"][0]: no'


def test_what_may_be_missing_is_left_out_when_it_cannot_be_read() -> None:
    odd = {
        "id": "i",
        "title": 5,
        "size": "12",
        "duration": "283.5",
        "view": 7.9,
        "is_public": "yes",
        "tags": ["a", None, 5],
        "qualities": [{"name": "highest"}, None, 5],
        "captions": None,
        "assets": "none",
        "status": "a new word",
        "new": 1,
    }
    media = MediaResponse.from_dict({"data": odd}).data
    assert isinstance(media.title, Unset)
    assert (media.size, media.duration, media.view, media.status) == (12, 283.5, 7, "a new word")
    assert isinstance(media.is_public, Unset)
    assert media.tags == ["a"]
    assert [one.name for one in media.qualities or ()] == ["highest"]
    assert (media.captions, media.assets) == (None, None)
    assert media.additional_properties == {"new": 1}
    assert media.raw is odd


def test_what_is_not_there_stays_so_when_it_is_copied() -> None:
    media = MediaResponse.from_dict({"data": {"id": "i"}}).data
    for copied in (copy.copy(media), copy.deepcopy(media), pickle.loads(pickle.dumps(media))):
        assert copied.title is UNSET
        assert reading.given(copied.title) is None
        assert copied.to_dict() == {"id": "i"}
    assert [reading.given(value) for value in (None, "", 0, False, UNSET)] == [None, "", 0, False, None]


@pytest.mark.parametrize("number", [float("inf"), float("nan"), "1e999", "many", True, 10**400])
def test_a_number_that_is_none_is_left_out_and_where_one_is_due_it_is_named(number: Any) -> None:
    assert isinstance(MediaResponse.from_dict({"data": {"id": "i", "duration": number}}).data.duration, Unset)
    with pytest.raises(UnreadableAnswer, match=r"^the answer at \$\.seconds: expected a number"):
        DurationUsage.from_dict({"type": "duration", "seconds": number})


def test_of_several_forms_the_first_that_fits_counts() -> None:
    tokens = {"type": "tokens", "input_tokens": 1, "output_tokens": 2, "total_tokens": 3}
    for usage, kind in ((tokens, TokenUsage), ({"type": "duration", "seconds": 9}, DurationUsage)):
        read = CreateTranscriptionResponseJson.from_dict({"text": "t", "usage": usage})
        assert type(read.usage) is kind
    assert CreateTranscriptionResponseJson.from_dict({"text": "t", "usage": {"type": "new"}}).usage is None


@pytest.mark.parametrize("status", [200, 201, 202])
def test_a_success_of_another_number_is_read_as_the_documented_one(status: int) -> None:
    assert isinstance(get_audio.read_answer(status, {"data": MEDIA}), MediaResponse)


def test_the_page_of_a_proxy_is_no_documented_error() -> None:
    with pytest.raises(reading.UndocumentedAnswer):
        get_audio.read_answer(502, "<html>")


def test_pages_of_both_services_are_read_by_their_operations() -> None:
    page = get_items.read_answer(200, {"Items": [{"Id": "a"}], "TotalRecordCount": "1"})
    assert isinstance(page, BaseItemDtoQueryResult)
    assert page.total_record_count == 1
    assert isinstance(list_audio.read_answer(200, {"data": {"videos": [MEDIA]}}), MediaListResponse)


def test_days_times_ids_words_and_constants_are_read_or_named() -> None:
    assert str(reading.uuid("0" * 32)) == "00000000-0000-0000-0000-000000000000"
    assert reading.day("2026-01-02").isoformat() == "2026-01-02"
    assert reading.moment("2026-01-02T03:04:05Z").year == 2026
    assert reading.constant("aac")("aac") == "aac"
    assert reading.nullable(reading.text)(None) is None
    for read, value in [
        (reading.uuid, "x"),
        (reading.day, 5),
        (reading.constant("aac"), "mp3"),
        (reading.content, "t"),
    ]:
        with pytest.raises(UnreadableAnswer):
            read(value)


@pytest.mark.parametrize(
    ("media_type", "body", "texts", "found"),
    [
        ("application/json", b'{"a": 1}', (), {"a": 1}),
        ("application/problem+json; charset=utf-8", b'\xef\xbb\xbf{"a": 1}', (), {"a": 1}),
        ("", b"[1]", (), [1]),
        ("text/plain", b'{"a": 1}', (), {"a": 1}),
        ("text/plain", b'{"a": 1}', ("text/plain",), '{"a": 1}'),
        ("text/html", b"<p>", (), "<p>"),
        ("application/x-subrip", b"1", ("application/x-subrip",), "1"),
        ("application/json", b"[" * 100_000, (), "[" * 100_000),
        ("application/json", b"\xff", (), "\ufffd"),
        ("audio/mpeg", b"1", (), b"1"),
        ("application/octet-stream", b"{}", (), b"{}"),
    ],
)
def test_a_body_is_decoded_by_its_media_type(media_type: str, body: bytes, texts: tuple[str, ...], found: Any) -> None:
    assert reading.decoded(media_type, body, texts) == found
