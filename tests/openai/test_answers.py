"""What becomes of what a server answers to a transcription."""

import base64
import json
import logging
import pickle
from pathlib import Path
from typing import Any

import pytest

from tests.openai.both import FLAC, Operation, Way, blocking, both, live
from tests.wire.recorder import CUT, Received, Recorder, answer
from tonearm import (
    AsyncOpenAI,
    BadRequest,
    ConnectionFailed,
    InvalidInput,
    Progress,
    RateLimited,
    ServiceFailed,
    SourceChanged,
    StatusError,
    UnexpectedAnswer,
)
from tonearm.openai import Segment, Transcript, Usage, Word

SRT = "1\n00:00:00,100 --> 00:00:01,000\nHello.\n\n"
VTT = "WEBVTT\n\n00:00:00.100 --> 00:00:01.000\nHello.\n\n"
VERBOSE: dict[str, Any] = {
    "task": "transcribe",
    "language": "english",
    "duration": 2.5,
    "text": "Hello.",
    "words": [{"word": "Hello", "start": 0.1, "end": 1.0}],
    "segments": [{"id": 0, "start": 0.1, "end": 1.0, "text": " Hello.", "tokens": [1]}],
    "usage": {"type": "duration", "seconds": 3},
}


def ask(**given: Any) -> Operation:
    return lambda ai: ai.transcribe(FLAC, **({"model": "whisper-1"} | given))


def asked(sent: Received, name: str) -> list[str]:
    """The values of a form field."""
    marker = f'name="{name}"\r\n\r\n'.encode()
    return [piece.split(b"\r\n", 1)[0].decode() for piece in sent.body.split(marker)[1:]]


# JSON


@both
def test_a_verbose_answer_is_read_whole(way: Way) -> None:
    with Recorder([answer(json=VERBOSE, headers={"x-request-id": "req_1"})]) as server:
        note: Transcript = way(ask(words=True), server.url)
    assert note == Transcript(
        text="Hello.",
        language="english",
        duration=2.5,
        segments=(Segment(0.1, 1.0, "Hello."),),
        words=(Word(0.1, 1.0, "Hello"),),
        usage=Usage(seconds=3.0),
        raw=VERBOSE,
    )
    assert (note.raw, note.request_id) == (VERBOSE, "req_1")
    assert note.to_srt() == SRT
    assert note.to_vtt() == VTT
    assert note.to_lrc() == "[00:00.10]Hello.\n"
    assert note.to_txt() == "Hello.\n"


@both
def test_a_transcript_of_a_file_plays_it_in_a_notebook(way: Way, tmp_path: Path) -> None:
    (tmp_path / "talk.flac").write_bytes(FLAC)
    operations: list[Operation] = [
        lambda ai: ai.transcribe(tmp_path / "talk.flac", model="whisper-1"),
        lambda ai: ai.translate(str(tmp_path / "talk.flac"), model="whisper-1"),
    ]
    for operation in operations:
        with Recorder([answer(json=VERBOSE)]) as server:
            page = way(operation, server.url)._repr_html_()
        assert f"data:audio/flac;base64,{base64.b64encode(FLAC).decode()}" in page


def test_speakers_and_tokens_are_read() -> None:
    usage = {"type": "tokens", "input_tokens": 24, "output_tokens": "9", "total_tokens": 33, "input_token_details": {}}
    segments = [{"type": "transcript.text.segment", "id": "s", "start": 0, "end": 1, "text": "Hi.", "speaker": "A"}]
    body = {"text": "Hi.", "duration": 1, "segments": segments, "usage": usage}
    with Recorder([answer(json=body)]) as server:
        note = blocking(ask(model="gpt-4o-transcribe-diarize", format="diarized_json"), server.url)
    assert asked(server.requests[0], "response_format") == ["diarized_json"]
    assert note.segments == (Segment(0, 1, "Hi.", "A"),)
    assert note.usage == Usage(None, 24, 9, 33)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            {"text": "x", "segments": None, "words": None, "usage": None, "language": None, "duration": None},
            Transcript("x", None, None, (), None, None, {}),
        ),
        ({"text": "x", "duration": "2.5"}, Transcript("x", None, 2.5, (), None, None, {})),
        (
            {"text": "x", "words": [{"word": " a", "start": "0.5", "end": "1", "probability": 0.4}]},
            Transcript("x", None, None, (), (Word(0.5, 1.0, "a"),), None, {}),
        ),
        (
            {"text": "x", "words": [7, None, {"word": "a"}, {"start": 0, "end": 1}, {"word": "b", "start": "x"}]},
            Transcript("x", None, None, (), None, None, {}),
        ),
        (
            {"text": "x", "segments": [{"text": "a", "start": 0}, [], {"start": 0, "end": 1, "text": None}]},
            Transcript("x", None, None, (Segment(0, 0, "a"),), None, None, {}),
        ),
        ({"text": "x", "segments": {}, "words": "w", "usage": []}, Transcript("x", None, None, (), None, None, {})),
        ({"text": "x", "duration": float("nan"), "new": 1}, Transcript("x", None, None, (), None, None, {})),
        (
            {"segments": [{"start": 0, "end": 1, "text": "a"}, {"start": 1, "end": 2, "text": " b"}]},
            Transcript("a b", None, None, (Segment(0, 1, "a"), Segment(1, 2, "b")), None, None, {}),
        ),
        ({"text": ""}, Transcript("", None, None, (), None, None, {})),
    ],
)
def test_odd_answers_are_read_as_far_as_they_go(body: dict[str, Any], expected: Transcript) -> None:
    with Recorder([answer(json=body)]) as server:
        assert blocking(ask(format="json"), server.url) == expected


def test_ten_thousand_words_are_read_one_by_one() -> None:
    words = [{"word": f"w{n}", "start": n * 0.4, "end": n * 0.4 + 0.3} for n in range(10_000)]
    with Recorder([answer(json={"text": "x", "words": words})]) as server:
        note = blocking(ask(words=True), server.url)
    assert len(note.words) == 10_000
    assert note.words[-1] == Word(9999 * 0.4, 9999 * 0.4 + 0.3, "w9999")


BAD: dict[str, bytes] = {
    "HTML": answer(b"<!DOCTYPE html><html>Sign in</html>", content_type="text/html"),
    "HTML as JSON": answer(b"<html>Sign in</html>"),
    "truncated JSON": answer(b'{"text": "Hel'),
    "an empty body": answer(b""),
    "a number": answer(b"7"),
    "no text": answer(json={"words": []}),
    "a number as text": answer(json={"text": 7}),
    "an error": answer(json={"error": {"message": "overloaded"}}),
    "deep nesting": answer(b"[" * 100_000),
    "no content": answer(b"", status=204),
}


@both
@pytest.mark.parametrize("format", ["json", "verbose_json", None])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_is_our_error_and_keeps_what_came(name: str, format: str | None, way: Way) -> None:
    with Recorder([BAD[name]]) as server, pytest.raises(UnexpectedAnswer) as caught:
        way(ask(format=format), server.url)
    error = caught.value
    assert error.body.encode() == BAD[name].split(b"\r\n\r\n", 1)[1]
    assert error.headers["content-length"] == str(len(error.body))
    assert f"-> {error.status}: " in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@both
def test_a_key_that_a_server_echoes_is_in_no_error_but_stays_in_a_transcript(way: Way, tmp_path: Path) -> None:
    page, plain = (answer(b"<html>sk-secret</html>", content_type=kind) for kind in ("text/html", "text/plain"))
    refused: list[Operation] = [
        ask(),
        ask(format="srt"),
        lambda ai: ai.speak("x", tmp_path / "a.mp3", model="m", voice="v"),
        lambda ai: live(ai, "x", model="m", voice="v"),
    ]
    with Recorder([page, plain, page, plain, answer(json={"text": "sk-secret"})]) as server:
        for operation in refused:
            with pytest.raises(UnexpectedAnswer) as caught:
                way(operation, server.url, api_key="sk-secret")
            assert caught.value.body == "<html>***</html>"
            assert "sk-secret" not in f"{caught.value!r} {caught.value} {vars(caught.value)}"
        assert way(ask(), server.url, api_key="sk-secret").text == "sk-secret"


# Text


@both
@pytest.mark.parametrize(
    ("format", "body"),
    [
        ("text", "Hello.\n"),
        ("text", '"Hello," she said.'),
        ("text", "{laughs} Hello."),
        ("text", "\n"),
        ("text", ""),
        ("srt", SRT),
        ("srt", SRT.replace("\n", "\r\n")),
        ("srt", ""),
        ("vtt", VTT),
        ("vtt", "WEBVTT\n\n"),
    ],
)
def test_a_text_answer_is_returned_as_it_is(format: str, body: str, way: Way) -> None:
    with Recorder([answer(body.encode(), content_type="text/plain; charset=utf-8")]) as server:
        assert way(ask(format=format), server.url) == body
    assert asked(server.requests[0], "response_format") == [format]


def test_a_byte_order_mark_is_left_out() -> None:
    with Recorder([answer(b"\xef\xbb\xbf" + SRT.encode(), content_type="application/x-subrip")]) as server:
        assert blocking(ask(format="srt"), server.url) == SRT


@pytest.mark.parametrize(
    ("format", "body", "content_type", "expected"),
    [
        ("text", {"text": "Hello."}, "application/json", "Hello."),
        ("text", "Hello.", "application/json", "Hello."),
        ("srt", SRT, "application/json", SRT),
        ("srt", VERBOSE, "application/json", SRT),
        ("vtt", VERBOSE, "text/plain", VTT),
        ("srt", {"text": ""}, "application/json", ""),
        ("srt", VTT, "application/json", SRT),
        ("vtt", {"srt": SRT}, "application/json", VTT),
        ("srt", {"text": SRT}, "application/json", SRT),
        ("text", {"text": "Hello."}, "text/plain", "Hello."),
    ],
)
def test_json_in_place_of_text_is_turned_into_what_was_asked_for(
    format: str, body: Any, content_type: str, expected: str
) -> None:
    with Recorder([answer(json.dumps(body).encode(), content_type=content_type)]) as server:
        assert blocking(ask(format=format), server.url) == expected


@both
@pytest.mark.parametrize(
    ("format", "body", "content_type"),
    [
        ("text", b"<!doctype html>", "text/plain"),
        ("text", b"Sign in", "text/html"),
        ("text", b"", "application/octet-stream"),
        ("text", b"", "application/json"),
        ("srt", b"Hello.", "text/plain"),
        ("srt", b"7", "application/json"),
        ("srt", b'{"text": "Hello."', "application/json"),
        ("srt", b'{"text": "Hello, paid for."}', "application/json"),
        ("srt", b'{"error": "overloaded"}', "application/json"),
        ("vtt", b"", "text/vtt"),
    ],
)
def test_another_text_than_asked_for_is_our_error_and_keeps_it_all(
    format: str, body: bytes, content_type: str, way: Way
) -> None:
    long = body + b" " * 70_000
    with Recorder([answer(long, content_type=content_type)]) as server, pytest.raises(UnexpectedAnswer) as caught:
        way(ask(format=format), server.url)
    assert caught.value.body.encode() == long


# Formats that the server refuses


REFUSAL = answer(
    status=400,
    json={"error": {"message": "no", "type": "e", "param": "response_format", "code": "unsupported_value"}},
)
FASTAPI_REFUSAL = answer(status=422, json={"detail": [{"loc": ["body", "response_format"], "msg": "no"}]})


@pytest.mark.parametrize("model", ["gpt-transcribe", "gpt-4o-mini-transcribe"])
def test_models_without_times_are_asked_for_json(model: str) -> None:
    with Recorder([answer(json={"text": "x"})]) as server:
        blocking(ask(model=model), server.url)
    assert asked(server.requests[0], "response_format") == ["json"]


@both
@pytest.mark.parametrize("refusal", [REFUSAL, FASTAPI_REFUSAL])
@pytest.mark.parametrize("task", ["transcribe", "translate"])
def test_other_models_are_asked_for_times_first_and_then_for_json(refusal: bytes, task: str, way: Way) -> None:
    with Recorder([refusal, answer(json={"text": "x"})]) as server:
        note = way(lambda ai: getattr(ai, task)(FLAC, model="some/whisper"), server.url)
    assert note.text == "x"
    assert [asked(sent, "response_format") for sent in server.requests] == [["verbose_json"], ["json"]]


WORDLESS = answer(status=400, json={"error": {"message": "`timestamp_granularities[]` not supported by this model"}})
OTHER_WORDS = [
    answer(status=400, json={"error": {"message": "Currently do not support verbose_json for m", "param": None}}),
    answer(status=404, json={"detail": "Not Found"}),
    answer(status=415, json={"message": "unsupported"}),
    answer(status=422, json={"detail": [{"loc": ["body", "response_format"], "msg": "Input should be 'json'"}]}),
    answer(status=501, json={"error": "not implemented"}),
]


@both
@pytest.mark.parametrize("refusal", OTHER_WORDS)
def test_any_refusal_is_followed_by_plainer_forms_and_remembered(refusal: bytes, way: Way) -> None:
    async def twice_async(ai: Any) -> str:
        return f"{(await ai.transcribe(FLAC, model='m')).text} {(await ai.transcribe(FLAC, model='m')).text}"

    def twice(ai: Any) -> Any:
        if isinstance(ai, AsyncOpenAI):
            return twice_async(ai)
        return f"{ai.transcribe(FLAC, model='m').text} {ai.transcribe(FLAC, model='m').text}"

    with Recorder([refusal, refusal, answer(json={"text": "x"}), answer(json={"text": "y"})]) as server:
        assert way(twice, server.url) == "x y"
    assert [asked(sent, "response_format") for sent in server.requests] == [["verbose_json"], ["json"], [], []]


@both
def test_words_that_the_server_refuses_leave_the_segments(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    with Recorder([WORDLESS, answer(json={**VERBOSE, "words": None})]) as server:
        note = way(ask(words=True, model="m"), server.url)
    assert (note.segments, note.words) == ((Segment(0.1, 1.0, "Hello."),), None)
    assert [asked(sent, "response_format") for sent in server.requests] == [["verbose_json"]] * 2
    assert "word times" in caplog.text


@both
@pytest.mark.parametrize(("format", "expected"), [("srt", SRT), ("vtt", VTT), ("text", "Hello.")])
def test_a_text_format_that_the_server_refuses_is_made_of_another(format: str, expected: str, way: Way) -> None:
    with Recorder([OTHER_WORDS[0], answer(json=VERBOSE)]) as server:
        assert way(ask(format=format, model="m"), server.url) == expected


def test_subtitles_cannot_be_made_of_an_answer_without_times() -> None:
    with Recorder([OTHER_WORDS[0], answer(json={"text": "Hello."})]) as server, pytest.raises(BadRequest) as caught:
        blocking(ask(format="srt", model="m"), server.url)
    assert "Hello." in caught.value.__notes__[0]

    def twice(ai: Any) -> None:
        assert ai.transcribe(FLAC, model="m", format="srt") == SRT
        ai.transcribe(FLAC, model="m", format="srt")

    script = [OTHER_WORDS[0], answer(json=VERBOSE), answer(json={"text": "Hello."})]
    with Recorder(script) as server, pytest.raises(InvalidInput) as refused:
        blocking(twice, server.url)
    assert "Hello." in refused.value.__notes__[0]


@both
@pytest.mark.parametrize("status", [401, 403, 413, 429])
def test_a_refusal_of_the_caller_is_final(status: int, way: Way) -> None:
    quota = {"error": {"message": "no", "code": "insufficient_quota"}}
    with Recorder([answer(status=status, json=quota)]) as server, pytest.raises(StatusError):
        way(ask(model="m"), server.url)
    assert len(server.requests) == 1


@both
def test_a_server_that_keeps_failing_is_asked_plainly_once(way: Way) -> None:
    with Recorder([answer(status=502)] * 5) as server, pytest.raises(ServiceFailed):
        way(ask(model="m"), server.url)
    assert [asked(sent, "response_format") for sent in server.requests] == [["verbose_json"]] * 4 + [["json"]]
    with Recorder([*[answer(status=502)] * 4, answer(json={"text": "x"})]) as server:
        assert way(ask(model="m"), server.url).text == "x"


def test_a_format_that_was_named_is_not_replaced() -> None:
    with Recorder([REFUSAL]) as server, pytest.raises(BadRequest, match="no"):
        blocking(ask(format="verbose_json"), server.url)
    assert len(server.requests) == 1


def test_another_refusal_is_the_callers() -> None:
    refusal = answer(status=400, json={"error": {"message": "bad language", "param": "language"}})
    with Recorder([refusal]) as server, pytest.raises(BadRequest, match="bad language"):
        blocking(ask(), server.url)
    assert len(server.requests) == 1


@both
def test_words_that_do_not_come_are_a_warning(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    with Recorder([REFUSAL, answer(json={"text": "Hello."})]) as server:
        note = way(ask(words=True), server.url)
    assert [asked(sent, "timestamp_granularities[]") for sent in server.requests] == [["word", "segment"], []]
    assert (note.text, note.words) == ("Hello.", None)
    warnings = [entry.getMessage() for entry in caplog.records if entry.levelno >= logging.WARNING]
    assert warnings == ["transcribe gave no word times for model 'whisper-1'"]


@pytest.mark.parametrize(
    ("body", "expected"), [(VERBOSE, []), ({"text": " ", "words": []}, ["nothing was heard in %s"])]
)
def test_words_that_came_or_silence_are_no_warning_of_words(
    body: dict[str, Any], expected: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with Recorder([answer(json=body)]) as server:
        blocking(ask(words=True), server.url)
    assert [entry.msg for entry in caplog.records if entry.levelno >= logging.WARNING] == expected


# Failures


@both
def test_a_spent_quota_is_not_asked_again(way: Way) -> None:
    spent = {"error": {"message": "You exceeded", "type": "insufficient_quota", "code": "insufficient_quota"}}
    refusal = answer(status=429, json=spent, headers={"Retry-After": "0"})
    with Recorder([refusal] * 4) as server, pytest.raises(RateLimited, match="You exceeded") as caught:
        way(ask(), server.url)
    assert (caught.value.code, len(server.requests)) == ("insufficient_quota", 1)


@pytest.mark.parametrize(
    ("status", "body", "message", "code"),
    [
        (400, {"error": {"message": "m", "type": "t", "param": None, "code": None}}, "m", "t"),
        (400, {"error": "litellm says no"}, "litellm says no", None),
        (404, {"detail": "Not Found"}, "Not Found", None),
        (422, {"detail": [{"msg": "Field required"}]}, "Field required", None),
        (401, {"message": "Unauthorized", "code": 401}, "Unauthorized", "401"),
        (401, {"error": {"code": "401", "message": "Access denied"}}, "Access denied", "401"),
        (401, {"statusCode": 401, "message": "Token is invalid"}, "Token is invalid", None),
        (400, {"error": {"error": {"reason": "too short"}}}, "too short", None),
        (400, {"detail": {"error": {"message": "bad voice"}}}, "bad voice", None),
        (403, {"errors": [{"message": "no access"}]}, "no access", None),
    ],
)
def test_the_error_shapes_of_compatible_servers_are_read(
    status: int, body: dict[str, Any], message: str, code: str | None
) -> None:
    with Recorder([answer(status=status, json=body)] * 3) as server, pytest.raises(StatusError) as caught:
        blocking(ask(), server.url + "/v1")
    assert (caught.value.status, caught.value.message, caught.value.code) == (status, message, code)


@both
def test_passing_failures_are_repeated_with_the_same_recording(way: Way) -> None:
    cut = (answer(b'{"text": "Hel', length=100), CUT)
    limited = answer(status=429, headers={"retry-after-ms": "1"})
    with Recorder([cut, limited, answer(status=500), answer(json=VERBOSE)]) as server:
        assert way(ask(), server.url).text == "Hello."
    assert len(server.requests) == 4
    assert all(FLAC in sent.body for sent in server.requests)


@both
def test_a_server_that_says_so_is_not_asked_again(way: Way) -> None:
    refusal = answer(status=500, headers={"x-should-retry": "false"})
    with Recorder([refusal] * 4) as server, pytest.raises(ServiceFailed):
        way(ask(), server.url)
    assert len(server.requests) == 1


@both
def test_a_server_that_wishes_so_is_asked_again(way: Way) -> None:
    wish = answer(status=409, headers={"x-should-retry": "true", "retry-after-ms": "1"})
    with Recorder([wish, answer(json=VERBOSE)]) as server:
        assert way(ask(), server.url).text == "Hello."
    assert len(server.requests) == 2


@both
@pytest.mark.parametrize("header", ["retry-after-ms", "Retry-After"])
def test_a_wait_that_is_too_long_ends_the_call(header: str, way: Way) -> None:
    refusal = answer(status=429, headers={header: "1000000"})
    with Recorder([refusal] * 4) as server, pytest.raises(RateLimited) as caught:
        way(ask(), server.url)
    assert caught.value.retry_after == (1000 if header == "retry-after-ms" else 1_000_000)
    assert len(server.requests) == 1


@both
@pytest.mark.parametrize("detail", [{"type": "insufficient_quota", "code": None}, {"code": "insufficient_quota"}])
def test_a_spent_quota_is_known_by_type_or_code(detail: dict[str, Any], way: Way) -> None:
    refusal = answer(status=429, json={"error": {"message": "m", **detail}}, headers={"x-should-retry": "true"})
    with Recorder([refusal] * 4) as server, pytest.raises(RateLimited):
        way(ask(), server.url)
    assert len(server.requests) == 1


@both
def test_a_connection_that_stays_broken_is_our_error(way: Way) -> None:
    with Recorder([]) as server, pytest.raises(ConnectionFailed, match="4 attempts") as caught:
        way(ask(), server.url)
    assert caught.value.sent


@both
def test_a_file_that_changes_meanwhile_is_noticed(way: Way, tmp_path: Path) -> None:
    path = tmp_path / "talk.flac"
    path.write_bytes(FLAC)

    def grow(_: Progress) -> None:
        with path.open("ab") as file:
            file.write(b"more")

    with Recorder([answer(json=VERBOSE)]) as server, pytest.raises(SourceChanged, match=r"talk\.flac was changed"):
        way(lambda ai: ai.transcribe(path, model="m", on_progress=grow), server.url)
    assert all(FLAC not in sent.raw for sent in server.requests)


@both
def test_progress_ends_at_the_size_once_the_answer_is_there(way: Way) -> None:
    seen: list[Progress] = []
    done_when_asked: list[int] = []

    def reply(_: Received) -> bytes:
        done_when_asked.append(seen[-1].done if seen else 0)
        return answer(json=VERBOSE)

    with Recorder(reply) as server:
        way(ask(on_progress=seen.append), server.url)
    size = len(FLAC)
    assert done_when_asked[0] < size
    assert seen[-1] == Progress("upload", size, size)
    assert [step.done for step in seen] == sorted({step.done for step in seen})


@both
def test_what_progress_raises_stops_the_transfer(way: Way) -> None:
    class Enough(Exception):
        pass

    def stop(_: Progress) -> None:
        raise Enough

    with Recorder([answer(json=VERBOSE)]) as server, pytest.raises(Enough):
        way(ask(on_progress=stop), server.url)


@pytest.mark.parametrize("named", [False, True])
def test_a_transcript_that_turns_in_circles_says_where(
    caplog: pytest.LogCaptureFixture, tmp_path: Path, named: bool
) -> None:
    path = tmp_path / "talk.flac"
    path.write_bytes(FLAC)
    segments = [{"start": float(at), "end": at + 1.0, "text": " Thank you for watching this."} for at in range(9)]
    with Recorder([answer(json={"text": "Thank you.", "segments": segments})]) as server:
        note = blocking(lambda ai: ai.transcribe(path if named else FLAC, model="m"), server.url)
    assert note.doubtful == ((0.0, 9.0),)
    assert "the same words are repeated again and again, a known fault of recognisers: 0.0-9.0 s" in caplog.messages
