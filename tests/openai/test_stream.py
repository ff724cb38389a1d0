"""Transcripts that are read while they come."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.inside.openai import stream_reader
from tests.openai.both import FLAC, QUICK, Operation, Way, both
from tests.openai.test_sandbox import CLIPS, LIBRARY, agreement, plain, said
from tests.wire.recorder import CUT, Recorder, Script, answer
from tonearm import (
    AsyncOpenAI,
    BadRequest,
    ConnectionFailed,
    InvalidInput,
    OpenAI,
    Progress,
    TranscriptInterrupted,
    UnexpectedAnswer,
    sandbox,
)
from tonearm.openai import Logprob, Segment, SegmentDone, TextDelta, Transcript, TranscriptDone, Usage
from tonearm.sandbox import Sandbox


def sse(*events: Any, length: int | None = None, kind: str = "text/event-stream") -> bytes:
    lines = [f"data: {event if isinstance(event, str) else json.dumps(event)}\n\n" for event in events]
    return answer("".join(lines).encode(), content_type=kind, length=length, headers={"x-request-id": "req_1"})


def delta(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "transcript.text.delta", "delta": text, **more}


def done(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "transcript.text.done", "text": text, **more}


def heard(*args: Any, **given: Any) -> Operation:
    """Read a stream to its end: the events, and the stream."""

    def operation(ai: Any) -> Any:
        stream = ai.transcribe_stream(*(args or (FLAC,)), **({"model": "gpt-transcribe"} | given))

        async def read() -> Any:
            async with stream:
                return [event async for event in stream], stream

        if isinstance(ai, AsyncOpenAI):
            return read()
        with stream:
            return list(stream), stream

    return operation


@both
def test_the_text_comes_in_pieces_and_whole_at_the_end(way: Way) -> None:
    logprobs = [{"token": "Hel", "logprob": -0.1, "bytes": [72]}, {"token": "lo"}, 7]
    usage = {"type": "duration", "seconds": 3}
    told = [delta("Hel", logprobs=logprobs), delta("lo."), done("Hello.", usage=usage, languages=[{"code": "en"}])]
    with Recorder([sse(*told)]) as server:
        events, stream = way(heard(), server.url)
    assert events == [
        TextDelta("Hel", None, (Logprob("Hel", -0.1),)),
        TextDelta("lo."),
        TranscriptDone(Transcript("Hello.", "en", None, (), None, Usage(seconds=3.0), {})),
    ]
    assert events[0].raw == told[0]
    assert (stream.text, stream.transcript, stream.request_id) == ("Hello.", events[2].transcript, "req_1")
    body = server.requests[0].body
    assert b'name="stream"\r\n\r\ntrue\r\n' in body
    assert b'name="response_format"\r\n\r\njson\r\n' in body
    assert server.requests[0].headers["accept-encoding"] == "identity"


@both
def test_a_loop_that_is_left_is_gone_on_with(way: Way) -> None:
    told = [delta("a "), delta("b "), delta("c"), done("a b c")]

    def operation(ai: Any) -> Any:
        stream = ai.transcribe_stream(FLAC, model="gpt-transcribe")

        async def read() -> Any:
            found: list[Any] = []
            async with stream:
                for _ in range(len(told)):
                    async for event in stream:
                        found.append(event)
                        break
                return found, [event async for event in stream]

        if isinstance(ai, AsyncOpenAI):
            return read()
        with stream:
            return [next(iter(stream)) for _ in told], list(stream)

    with Recorder([sse(*told)]) as server:
        found, more = way(operation, server.url)
    assert [event.text for event in found[:-1]] == ["a ", "b ", "c"]
    assert found[-1].transcript.text == "a b c"
    assert more == []


@both
def test_what_broke_off_is_said_again_to_who_asks_again(way: Way) -> None:
    def operation(ai: Any) -> Any:
        stream = ai.transcribe_stream(FLAC, model="gpt-transcribe")

        async def read() -> None:
            async with stream:
                for _ in range(2):
                    with pytest.raises(TranscriptInterrupted) as info:
                        _ = [event async for event in stream]
                    assert info.value.text == "a "

        if isinstance(ai, AsyncOpenAI):
            return read()
        with stream:
            for _ in range(2):
                with pytest.raises(TranscriptInterrupted) as info:
                    list(stream)
                assert info.value.text == "a "
        return None

    with Recorder([sse(delta("a "))]) as server:
        way(operation, server.url)


@both
def test_segments_in_the_last_event_are_kept(way: Way) -> None:
    told = done("Hi.", segments=[{"start": 0, "end": 1, "text": "Hi."}])
    with Recorder([sse(told)]) as server:
        events, stream = way(heard(), server.url)
    assert events[-1].transcript.segments == (Segment(0.0, 1.0, "Hi."),)
    assert stream.transcript.raw == told


@both
def test_speakers_come_with_their_segments(way: Way) -> None:
    segment = {"type": "transcript.text.segment", "id": "seg_0", "start": 0.5, "end": 1, "text": " Hi.", "speaker": "A"}
    told = [delta("Hi.", segment_id="seg_0"), segment, {**segment, "start": None}, {"type": "new"}, done("Hi.")]
    with Recorder([sse(*told)]) as server:
        events, _ = way(heard(model="gpt-4o-transcribe-diarize"), server.url)
    one = Segment(0.5, 1.0, "Hi.", "A")
    assert events[:2] == [TextDelta("Hi.", "seg_0"), SegmentDone(one, "seg_0")]
    assert events[2].transcript.segments == (one,)
    assert events[1].raw == segment
    assert b'name="response_format"\r\n\r\ndiarized_json\r\n' in server.requests[0].body


@both
@pytest.mark.parametrize(
    ("told", "text"),
    [
        ([delta("a"), delta(" b"), "[DONE]", delta("c")], "a b"),
        ([delta("a"), done("a."), "[DONE]"], "a."),
        ([delta("a"), done("a."), {"error": "late"}], "a."),
        ([delta("a"), {"type": "transcript.text.done"}], "a"),
        ([delta("a"), done("")], "a"),
        (["[DONE]"], ""),
        ([{"choices": [{"delta": {"content": "v"}}]}, {"choices": [{"delta": None}]}, {"choices": []}, "[DONE]"], "v"),
    ],
)
def test_servers_end_a_stream_in_their_own_ways(told: list[Any], text: str, way: Way) -> None:
    with Recorder([sse(*told)]) as server:
        events, _ = way(heard(), server.url)
    assert [event.transcript.text for event in events if isinstance(event, TranscriptDone)] == [text]
    assert events[-1].transcript.text == text


@both
def test_the_last_event_may_lack_its_end(way: Way) -> None:
    for tail in (b'data: {"type":"transcript.text.done","text":"x"}', b"data: [DONE]"):
        with Recorder([answer(b'data: {"delta": "x"}\n\n' + tail, content_type="text/event-stream")]) as server:
            events, _ = way(heard(), server.url)
        assert events[-1] == TranscriptDone(Transcript("x", None, None, (), None, None, {}))


@both
def test_a_server_that_does_not_stream_tells_all_at_the_end(way: Way) -> None:
    with Recorder([answer(json={"text": "Hello.", "language": "english"})]) as server:
        events, stream = way(heard(model="whisper-1"), server.url)
    assert events == [TranscriptDone(Transcript("Hello.", "english", None, (), None, None, {}))]
    assert stream.text == "Hello."


INTERRUPTED: dict[str, tuple[Any, str]] = {
    "the connection is lost": ((sse(delta("Hel"), delta("lo"), length=5000), CUT), "interrupted after"),
    "the body ends": (sse(delta("Hel"), delta("lo")), "ended before the transcript was whole"),
    "half an event": (sse(delta("Hel"), delta("lo"), '{"type": "transc').removesuffix(b"\n\n"), "whole"),
    "an error": (
        sse(delta("Hel"), delta("lo"), {"error": {"message": "overloaded KEY"}}),
        r"gave up: overloaded \*\*\*",
    ),
    "an error as text": (sse(delta("Hel"), delta("lo"), {"error": "overloaded"}), "gave up: overloaded"),
    "no JSON": (sse(delta("Hel"), delta("lo"), "{"), "an event is not JSON"),
}


@both
@pytest.mark.parametrize("name", INTERRUPTED)
def test_a_stream_that_breaks_off_keeps_the_text_so_far(name: str, way: Way) -> None:
    script, words = INTERRUPTED[name]
    if name == "half an event":
        head, _, body = script.partition(b"\r\n\r\n")
        script = (
            head.replace(b"Content-Length: %d" % (len(body) + 2), b"Content-Length: %d" % len(body))
            + b"\r\n\r\n"
            + body
        )
    with Recorder([script]) as server, pytest.raises(TranscriptInterrupted, match=words) as caught:
        way(heard(), server.url)
    assert (caught.value.text, caught.value.done, caught.value.total) == ("Hello", 2, None)
    assert len(server.requests) == 1


@both
def test_until_the_first_words_the_request_is_repeated(way: Way) -> None:
    seen: list[Progress] = []
    with Recorder([answer(status=500), (sse(length=100), CUT), sse(done("x"))]) as server:
        events, _ = way(heard(on_progress=seen.append), server.url)
    assert events[-1].transcript.text == "x"
    assert all(FLAC in sent.body for sent in server.requests)
    assert len(server.requests) == 3
    assert seen[-1] == Progress("upload", len(FLAC), len(FLAC))


@both
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (answer(b"<html>", content_type="text/html"), "text/html, neither"),
        (answer(json={"words": []}), "no text"),
        (answer(b"RIFF", content_type="audio/wav"), "audio/wav, neither"),
        (answer(b"", content_type="text/event-stream"), "empty"),
        (answer(b"{}", headers={"Content-Encoding": "gzip"}), "compressed"),
    ],
)
def test_what_is_neither_events_nor_json_is_unexpected(reply: bytes, words: str, way: Way) -> None:
    with Recorder([reply]) as server, pytest.raises(UnexpectedAnswer, match=words):
        way(heard(), server.url)


@both
def test_an_answer_without_end_is_given_up(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_reader, "LONGEST", 1000)
    with (
        Recorder([answer(b'{"text": "' + b"x" * 2000)]) as server,
        pytest.raises(TranscriptInterrupted, match="1000 bytes"),
    ):
        way(heard(), server.url)


@both
def test_a_refusal_is_the_callers(way: Way) -> None:
    refusal = answer(status=400, json={"error": {"message": "no stream"}})
    with Recorder([refusal] * 3) as server, pytest.raises(BadRequest, match="no stream"):
        way(heard(), server.url)
    with Recorder([refusal, refusal, answer(json={"text": "Whole."})]) as server:
        events, _ = way(heard(), server.url)
    assert [event.transcript.text for event in events] == ["Whole."]
    assert [b'name="stream"' in sent.body for sent in server.requests] == [True, True, False]


SEGMENTS = [{"start": 0.0, "end": 1.0, "text": "Hello there."}, {"start": 1.0, "end": 2.0, "text": "All well."}]


@both
@pytest.mark.parametrize(
    "told",
    [
        [*SEGMENTS, "[DONE]"],
        [{"text": "Hello there."}, {"text": "All well."}],
        [{"text": "Hello there."}, {"text": "Hello there. All well."}],
        [{"data": SEGMENTS[0]}, {"data": SEGMENTS[1]}],
        [{"type": "segment", "segment": SEGMENTS[0]}, {"type": "segment", "segment": SEGMENTS[1]}, {"type": "end"}],
        [{"segments": SEGMENTS}],
        [{"segments": SEGMENTS[:1]}, {"segments": SEGMENTS}, {"segments": SEGMENTS}],
        ["Hello there.", "All well."],
        [{"text": "Hello there."}, {"type": "final", "text": "Hello there. All well."}],
    ],
)
def test_events_of_other_shapes_are_read(told: list[Any], way: Way) -> None:
    with Recorder([sse(*told)]) as server:
        events, stream = way(heard(), server.url)
    assert stream.transcript.text == "Hello there. All well."
    assert len(stream.transcript.segments) in (0, 2)
    assert isinstance(events[-1], TranscriptDone)


@both
@pytest.mark.parametrize("told", [[{"type": "ping"}], [{"type": "ping"}, "[DONE]"], [{"delta": ""}, "[DONE]"]])
def test_events_without_any_text_are_no_success(told: list[Any], way: Way) -> None:
    with Recorder([sse(*told)]) as server, pytest.raises(TranscriptInterrupted):
        way(heard(), server.url)


@both
@pytest.mark.parametrize("label", ["text/plain", "application/json", "text/event-stream"])
def test_what_came_counts_and_not_its_label(label: str, way: Way) -> None:
    body = b'data: {"text": "Hello."}\n\n' if label != "text/event-stream" else b'{"text": "Hello."}'
    with Recorder([answer(body, content_type=label)]) as server:
        assert way(heard(), server.url)[1].transcript.text == "Hello."


@both
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"words": True}, "got 'words'"),
        ({"format": "srt"}, "got 'format'"),
        ({"language": ""}, "language must be 1 to"),
    ],
)
def test_bad_input_sends_nothing(given: dict[str, Any], words: str, way: Way) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput, match=words):
        way(heard(**given), server.url)
    assert server.connections == 0


@both
def test_a_recording_over_the_limit_is_refused(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tonearm.openai._server.BODY_LIMIT", 100)
    with Recorder([]) as server, pytest.raises(InvalidInput, match=r"takes 100 \(transcribe\(\) cuts it"):
        way(heard(), server.url, api_version="2025-03-01-preview")
    assert server.connections == 0


def test_a_stream_is_read_in_its_block_alone() -> None:
    with Recorder([sse(delta("x"), done("x"))]) as server, OpenAI(api_key="", base_url=server.url) as ai:
        stream = ai.transcribe_stream(FLAC, model="m")
        with pytest.raises(InvalidInput, match="use it in a with block"):
            next(iter(stream))
        with stream:
            assert next(iter(stream)) == TextDelta("x")
            assert (stream.text, stream.transcript) == ("x", None)


def test_leaving_early_closes_the_connection() -> None:
    async def perform(url: str) -> None:
        async with (
            AsyncOpenAI(api_key="", base_url=url, retry=QUICK) as ai,
            ai.transcribe_stream(FLAC, model="m") as stream,
        ):
            async for event in stream:
                assert event == TextDelta("x")
                break

    script: Script = (sse(delta("x"), length=5000), CUT)
    with Recorder([script] * 2) as server:
        with OpenAI(api_key="", base_url=server.url) as ai, ai.transcribe_stream(FLAC, model="m") as stream:
            assert next(iter(stream)) == TextDelta("x")
        asyncio.run(perform(server.url))
    assert len(server.requests) == 2


def test_what_broke_stays_broken() -> None:
    script: Script = (sse(delta("x"), length=5000), CUT)
    with (
        Recorder([script]) as server,
        OpenAI(api_key="", base_url=server.url) as ai,
        ai.transcribe_stream(FLAC, model="m") as stream,
    ):
        for _ in range(2):
            with pytest.raises(TranscriptInterrupted) as caught:
                list(stream)
            assert isinstance(caught.value.__cause__, ConnectionFailed)


# The sandbox


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with sandbox.start() as running:
        yield running


@both
@pytest.mark.parametrize("model", ["gpt-4o-transcribe", "gpt-4o-transcribe-diarize", "gpt-transcribe", "whisper-1"])
def test_real_speech_is_told_while_it_is_recognised(model: str, way: Way, box: Sandbox) -> None:
    clip = CLIPS[0]
    path = LIBRARY / f"{clip}.flac"
    events, stream = way(heard(path, model=model), box.openai_url, api_key="sandbox-key")
    assert agreement(plain(stream.text), said(clip)) >= 0.8
    pieces = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert pieces == ("" if model == "whisper-1" else stream.text)
    assert isinstance(events[-1], TranscriptDone)
    assert bool(events[-1].transcript.segments) == (model == "gpt-4o-transcribe-diarize")


@both
def test_a_failure_behind_the_first_words_is_told(way: Way, box: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    path = LIBRARY / f"{CLIPS[0]}.flac"
    with pytest.raises(TranscriptInterrupted, match="the server gave up") as caught:
        way(heard(path), box.openai_url, api_key="sandbox-key-breaking")
    assert caught.value.text
