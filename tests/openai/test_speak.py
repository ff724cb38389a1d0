"""Speech, live and saved, from servers that answer as they like."""

import asyncio
import base64
import gzip
import io
import json
import logging
import struct
import threading
import wave
from pathlib import Path
from typing import Any

import pytest

from tests.inside.audio import repair
from tests.openai.both import QUICK, Operation, Way, asynchronous, blocking, both, live
from tests.wire.recorder import CUT, Recorder, answer
from tonearm import (
    AsyncOpenAI,
    BadRequest,
    ConnectionFailed,
    InvalidInput,
    OpenAI,
    Progress,
    Retry,
    Truncated,
    UnexpectedAnswer,
    WorkInterrupted,
)
from tonearm.openai import SpokenFile

SAMPLES = b"\x01\x00" * 24_000
MP3 = b"\xff\xfb\x90\x00" + b"sound" * 100


def sound(body: bytes, content_type: str = "audio/mpeg", **given: Any) -> bytes:
    return answer(body, content_type=content_type, **given)


def chunked(*blocks: bytes, content_type: str = "audio/wav") -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    return head + b"".join(b"%x\r\n%s\r\n" % (len(block), block) for block in blocks) + b"0\r\n\r\n"


def wav(samples: bytes = SAMPLES, *, riff: int | None = None, data: int | None = None, before: bytes = b"") -> bytes:
    """A WAV file of 24 kHz, mono, 16 bit, with these sizes in its headers, or the true ones."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 24_000, 48_000, 2, 16)
    body = b"WAVE" + form + before + struct.pack("<4sI", b"data", len(samples) if data is None else data) + samples
    return b"RIFF" + struct.pack("<I", len(body) if riff is None else riff) + body


def save(to: Path, **given: Any) -> Operation:
    return lambda ai: ai.speak("Hello.", to, **({"model": "m", "voice": "v"} | given))


def hear(**given: Any) -> Operation:
    return lambda ai: live(ai, "Hello.", **({"model": "m", "voice": "v"} | given))


# Saved


@both
def test_speech_is_saved_whole(way: Way, tmp_path: Path) -> None:
    seen: list[Progress] = []
    with Recorder([sound(MP3, headers={"x-request-id": "req_1"})]) as server:
        spoken = way(save(tmp_path / "a.mp3", on_progress=seen.append), server.url)
    assert spoken == SpokenFile(tmp_path / "a.mp3", len(MP3), None, 1)
    assert spoken.request_id == "req_1"
    assert spoken.path.read_bytes() == MP3
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp3"]
    assert seen[-1] == Progress("speak", len(MP3), len(MP3))


@pytest.mark.parametrize(
    ("name", "given", "asked"),
    [
        ("a.mp3", None, "mp3"),
        ("a.OPUS", None, "opus"),
        ("a.ogg", None, "opus"),
        ("a.ogg", "opus", "opus"),
        ("a.aac", None, "aac"),
        ("a.flac", None, "flac"),
        ("a.wav", None, "wav"),
        ("a.pcm", None, "pcm"),
        ("a.pcm", "pcm", "pcm"),
        ("a", "mp3", "mp3"),
        ("a.v2", "flac", "flac"),
    ],
)
def test_the_suffix_tells_the_format(name: str, given: Any, asked: str, tmp_path: Path) -> None:
    mark = {"opus": b"OggS", "flac": b"fLaC", "wav": wav(), "aac": b"\xff\xf1\x50\x80"}.get(asked, MP3)
    with Recorder([sound(mark)]) as server, OpenAI(api_key="", base_url=server.url) as ai:
        spoken = ai.speak("x", str(tmp_path / name), model="m", voice="v", format=given)
    assert server.requests[0].json()["response_format"] == asked
    assert spoken.path == tmp_path / name


@both
def test_a_wav_file_without_its_end_is_not_saved(way: Way, tmp_path: Path) -> None:
    with (
        Recorder([answer(wav()[:-20_000], content_type="audio/wav")]) as server,
        pytest.raises(Truncated, match="lacks 20000 bytes of samples") as info,
    ):
        way(save(tmp_path / "a.wav"), server.url)
    assert (info.value.done, info.value.total) == (len(wav()) - 20_000, len(wav()))
    assert list(tmp_path.iterdir()) == []


@both
def test_the_sizes_of_a_streamed_wav_are_repaired(way: Way, tmp_path: Path) -> None:
    streamed = wav(riff=0xFFFFFFFF, data=0xFFFFFFFF)
    with Recorder([chunked(streamed[:50], streamed[50:])]) as server:
        spoken = way(save(tmp_path / "a.wav"), server.url)
    assert spoken.duration == 1.0
    assert spoken.path.read_bytes() == wav()
    with wave.open(str(spoken.path)) as file:
        assert (file.getnframes(), file.getframerate()) == (24_000, 24_000)


LIST = struct.pack("<4sI", b"LIST", 5) + b"INFO\0" + b"\0"


@pytest.mark.parametrize(
    ("content", "repaired", "duration"),
    [
        (wav(), wav(), 1.0),
        (wav(riff=0, data=0), wav(), 1.0),
        (wav(riff=0x7FFFFFFF, data=0x7FFFFFFF, before=LIST), wav(before=LIST), 1.0),
        (wav(data=0xFFFFFFFF), wav(), 1.0),
        (wav(riff=0xFFFFFFFF), wav(), 1.0),
        (wav(riff=0xFFFFFFFF) + LIST, wav(riff=36 + 48_000 + len(LIST)) + LIST, 1.0),
        (wav(b"", riff=0xFFFFFFFF, data=0xFFFFFFFF), wav(b""), 0.0),
        (wav(b""), wav(b""), 0.0),
        (wav()[:36], wav(riff=28)[:36], 0.0),
        (wav().replace(b"fmt ", b"junk"), wav().replace(b"fmt ", b"junk"), None),
        (MP3, MP3, None),
        (b"RIFF", b"RIFF", None),
        (b"", b"", None),
    ],
)
def test_a_wav_gets_its_true_sizes_and_anything_else_is_left_alone(
    content: bytes, repaired: bytes, duration: float | None
) -> None:
    file = io.BytesIO(content)
    assert repair(file) == duration
    assert file.getvalue() == repaired


def test_the_length_of_pcm_is_counted(tmp_path: Path) -> None:
    with Recorder([sound(SAMPLES * 3, "audio/pcm")]) as server, OpenAI(api_key="", base_url=server.url) as ai:
        assert ai.speak("x", tmp_path / "a.pcm", model="m", voice="v").duration == 3.0


@both
def test_samples_may_begin_with_every_byte(way: Way, tmp_path: Path) -> None:
    with Recorder([sound(b"{<" * 4, ""), sound(b"<{" * 4, "")]) as server:
        assert way(save(tmp_path / "a.pcm"), server.url).size == 8
        assert way(hear(format="pcm"), server.url) == ("", b"<{" * 4)


RATES: dict[str, tuple[dict[str, str], float]] = {
    "audio/L16; rate=12000": ({}, 2.0),
    'audio/pcm;rate="48000";channels=2': ({}, 0.25),
    "audio/pcm": ({"X-Sample-Rate": "16000 Hz"}, 1.5),
    "application/octet-stream": ({"x-audio-sample-rate": "8000"}, 3.0),
    "audio/pcm;rate=0": ({}, 1.0),
    "audio/raw;rate=99999999999999": ({}, 1.0),
}


@pytest.mark.parametrize("kind", RATES)
@pytest.mark.parametrize("name", ["a.pcm", "a.wav", "a.flac"])
def test_samples_without_a_header_last_as_long_as_the_response_says(kind: str, name: str, tmp_path: Path) -> None:
    headers, duration = RATES[kind]
    with Recorder([sound(SAMPLES, kind, headers=headers)]) as server, OpenAI(api_key="", base_url=server.url) as ai:
        spoken = ai.speak("x", tmp_path / name, model="m", voice="v")
    assert (spoken.duration, spoken.size) == (duration, spoken.path.stat().st_size)
    if name == "a.wav":
        with wave.open(str(spoken.path)) as file:
            assert file.getnframes() / file.getframerate() == duration


@pytest.mark.parametrize(("given", "duration"), [({}, 1.0), ({"rate": 48_000}, 0.5)])
def test_a_caller_knows_the_rate_where_nothing_says_it(given: Any, duration: float, tmp_path: Path) -> None:
    with Recorder([sound(SAMPLES + b"\0", "")]) as server, OpenAI(api_key="", base_url=server.url) as ai:
        assert ai.speak("x", tmp_path / "a.pcm", model="m", voice="v", **given).duration == pytest.approx(
            duration, abs=1e-4
        )
    with pytest.raises(InvalidInput, match="rate must be"), OpenAI(api_key="", base_url="http://127.0.0.1:9") as ai:
        ai.speak("x", tmp_path / "a.pcm", model="m", voice="v", rate=0)


def test_kept_samples_without_a_header_are_not_taken_for_those_of_another_rate(tmp_path: Path) -> None:
    raw, failure, once = sound(SAMPLES, "audio/pcm"), answer(status=500), Retry(attempts=1)
    with Recorder([raw, failure, raw, raw]) as server, OpenAI(api_key="", base_url=server.url, retry=once) as ai:

        def speak(**given: Any) -> float | None:
            said = ai.speak("One. Two.", tmp_path / "a.wav", model="m", voice="v", piece=5, workers=1, **given)
            return said.duration

        with pytest.raises(WorkInterrupted, match="1 of 2"):
            speak()
        assert speak(rate=48_000) == 1.0


def test_a_file_where_samples_are_due_gives_its_samples(tmp_path: Path) -> None:
    bytewise = wav(b"\0" * 9).replace(b"\x10\0data", b"\x08\0data")
    with Recorder([sound(wav()), sound(bytewise)]) as server, OpenAI(api_key="", base_url=server.url) as ai:
        spoken = ai.speak("x", tmp_path / "a.pcm", model="m", voice="v")
        assert (spoken.path.read_bytes(), spoken.duration) == (SAMPLES, 1.0)
        assert ai.speak("x", tmp_path / "b.pcm", model="m", voice="v").duration is None


def test_audio_is_audio_whatever_it_is_called(tmp_path: Path) -> None:
    answers = [sound(wav(), "application/json"), sound(MP3, "text/plain")]
    with Recorder(answers) as server, OpenAI(api_key="", base_url=server.url) as ai:
        assert ai.speak("x", tmp_path / "a.wav", model="m", voice="v").duration == 1.0
        assert ai.speak("x", tmp_path / "a.mp3", model="m", voice="v").size == len(MP3)


def test_another_sound_than_asked_for_is_kept_with_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Recorder([sound(MP3)]) as server, OpenAI(api_key="", base_url=server.url) as ai:
        spoken = ai.speak("x", tmp_path / "a.wav", model="m", voice="v")
    assert (spoken.path.read_bytes(), spoken.duration) == (MP3, None)
    warnings = [entry.getMessage() for entry in caplog.records if entry.levelno >= logging.WARNING]
    assert warnings == ["wav was requested, but a.wav looks like mp3"]


NO_AUDIO: dict[str, tuple[bytes, type[Exception], str]] = {
    "nothing": (sound(b""), Truncated, "the answer has no audio"),
    "nothing, chunked": (chunked(), Truncated, "the answer has no audio"),
    "a WAV without samples": (sound(wav(b"", data=0xFFFFFFFF)), Truncated, "without samples"),
    "an error as JSON": (answer(json={"error": "overloaded"}), UnexpectedAnswer, "application/json, not audio"),
    "a problem": (sound(b"{}", "application/problem+json"), UnexpectedAnswer, "not audio"),
    "HTML": (sound(b"<html>", "text/html; charset=utf-8"), UnexpectedAnswer, "text/html, not audio"),
    "events": (sound(b"data: {}\n\n", "text/event-stream"), UnexpectedAnswer, "text/event-stream, not audio"),
    "XML": (sound(b"<x/>", "application/xml"), UnexpectedAnswer, "application/xml, not audio"),
    "JSON that says nothing": (
        sound(b' {"error": 1}', "application/octet-stream"),
        UnexpectedAnswer,
        "text, not audio",
    ),
    "HTML that says nothing": (sound(b"<!doctype html>", ""), UnexpectedAnswer, "text, not audio"),
    "JSON that calls itself audio": (chunked(b'{"error"', b': "x"}'), UnexpectedAnswer, "text, not audio"),
    "an error in words": (sound(b"no voice", "audio/wav"), UnexpectedAnswer, "text, not audio"),
    "an error in many words": (
        chunked("die Stimme gibt es nicht, schön".encode() * 9, b"."),
        UnexpectedAnswer,
        "text",
    ),
    "samples without a rate": (sound(SAMPLES, "audio/wav"), UnexpectedAnswer, "neither wav nor any other audio"),
    "compressed": (sound(gzip.compress(MP3), headers={"Content-Encoding": "gzip"}), UnexpectedAnswer, "compressed"),
}


def whole_body(reply: bytes) -> bytes:
    head, _, body = reply.partition(b"\r\n\r\n")
    return body if b"chunked" not in head else b"".join(body.split(b"\r\n")[1:-2:2])


@both
@pytest.mark.parametrize("name", NO_AUDIO)
def test_what_is_no_audio_is_not_saved(name: str, way: Way, tmp_path: Path) -> None:
    reply, kind, words = NO_AUDIO[name]
    target = tmp_path / "a.wav"
    target.write_bytes(b"as before")
    with Recorder([reply]) as server, pytest.raises(kind, match=words) as caught:
        way(save(target), server.url)
    if isinstance(caught.value, UnexpectedAnswer) and name not in ("compressed", "samples without a rate"):
        assert caught.value.body.encode() == whole_body(reply)
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]
    assert target.read_bytes() == b"as before"


def test_an_error_keeps_the_beginning_of_a_long_answer(tmp_path: Path) -> None:
    with (
        Recorder([answer(b'{"x": "' + b"y" * 700_000 + b'"}')]) as server,
        OpenAI(api_key="", base_url=server.url) as ai,
        pytest.raises(UnexpectedAnswer) as caught,
    ):
        ai.speak("x", tmp_path / "a.mp3", model="m", voice="v")
    assert len(caught.value.body) == 65_536


@both
def test_a_saved_answer_that_breaks_off_is_asked_for_again(way: Way, tmp_path: Path) -> None:
    seen: list[Progress] = []
    cut = (sound(b"another sound" * 100, length=5000), CUT)
    with Recorder([cut, answer(status=503, headers={"Retry-After": "0"}), sound(MP3)]) as server:
        spoken = way(save(tmp_path / "a.mp3", on_progress=seen.append), server.url)
    assert spoken.path.read_bytes() == MP3
    assert len(server.requests) == 3
    assert len({sent.body for sent in server.requests}) == 1
    assert [step.done for step in seen] == sorted({step.done for step in seen})


@both
def test_what_stays_broken_leaves_no_file(way: Way, tmp_path: Path) -> None:
    cut = (sound(MP3, length=5000), CUT)
    with Recorder([cut, cut]) as server, pytest.raises(ConnectionFailed, match="2 attempts"):
        way(save(tmp_path / "a.mp3"), server.url, retry=Retry(attempts=2, first_delay=0))
    assert list(tmp_path.iterdir()) == []


@both
def test_a_refusal_leaves_no_file(way: Way, tmp_path: Path) -> None:
    refusal = answer(status=400, json={"error": {"message": "no such voice"}})
    with Recorder([refusal]) as server, pytest.raises(BadRequest, match="no such voice"):
        way(save(tmp_path / "a.mp3"), server.url)
    assert list(tmp_path.iterdir()) == []


# Live


@both
def test_live_speech_is_read_as_it_comes(way: Way) -> None:
    with Recorder([chunked(b"one", b"two", content_type="audio/L16; rate=24000")]) as server:
        assert way(hear(format="pcm"), server.url) == ("audio/l16", b"onetwo")
    assert server.requests[0].json()["response_format"] == "pcm"


def test_the_first_bytes_of_live_speech_are_there_while_the_server_still_speaks() -> None:
    heard = threading.Event()
    begun, _, rest = chunked(b"one", b"two").partition(b"3\r\ntwo")
    with (
        Recorder([(begun, heard, b"3\r\ntwo" + rest)]) as server,
        OpenAI(api_key="", base_url=server.url) as ai,
        ai.speech("Hello.", model="m", voice="v") as audio,
    ):
        assert audio.read(3) == b"one"
        heard.set()  # the server goes on only now
        assert audio.read() == b"two"


UNTOLD_AT_ONCE = ("a WAV without samples", "events", "an error in words", "samples without a rate")


@both
@pytest.mark.parametrize("name", [name for name in NO_AUDIO if name not in UNTOLD_AT_ONCE])
def test_what_is_no_audio_is_not_streamed(name: str, way: Way) -> None:
    with Recorder([NO_AUDIO[name][0]]) as server, pytest.raises(UnexpectedAnswer):
        way(hear(), server.url)


@both
def test_live_speech_is_asked_for_again_until_a_byte_came(way: Way) -> None:
    silent = (sound(b"", length=5000), CUT)
    with Recorder([answer(status=500), silent, sound(MP3)]) as server:
        assert way(hear(), server.url) == ("audio/mpeg", MP3)
    assert len(server.requests) == 3


@both
def test_live_speech_that_breaks_off_later_is_an_error(way: Way) -> None:
    with Recorder([(sound(MP3, length=5000), CUT), sound(MP3)]) as server, pytest.raises(ConnectionFailed):
        way(hear(), server.url)
    assert len(server.requests) == 1


def test_live_speech_cannot_be_restarted() -> None:
    async def perform(url: str) -> None:
        async with (
            AsyncOpenAI(api_key="", base_url=url, retry=QUICK) as ai,
            ai.speech("Hello.", model="m", voice="v") as audio,
        ):
            await audio.restart(2.0)

    with Recorder([sound(MP3)] * 2) as server:
        with (
            OpenAI(api_key="", base_url=server.url) as ai,
            ai.speech("Hello.", model="m", voice="v") as audio,
            pytest.raises(InvalidInput, match="cannot be restarted"),
        ):
            audio.restart(2.0)
        with pytest.raises(InvalidInput, match="cannot be restarted"):
            asyncio.run(perform(server.url))


def test_a_generated_operation_goes_over_the_same_connections() -> None:
    from tonearm_generated.openai.api.audio import create_speech
    from tonearm_generated.openai.models import CreateSpeechRequest

    body = CreateSpeechRequest(model="m", input_="Hello.", voice="v")

    async def perform(url: str) -> None:
        async with AsyncOpenAI(api_key="KEY", base_url=url) as ai:
            await create_speech.asyncio_detailed(client=ai.generated, body=body)

    with Recorder([sound(MP3)] * 2) as server:
        with OpenAI(api_key="KEY", base_url=server.url) as ai:
            assert create_speech.sync_detailed(client=ai.generated, body=body).content == MP3
        asyncio.run(perform(server.url))
    assert [sent.headers["authorization"] for sent in server.requests] == ["Bearer KEY"] * 2


# Live, out of events


def spoken(*events: Any, length: int | None = None) -> bytes:
    lines = [f"data: {event if isinstance(event, str) else json.dumps(event)}\n\n" for event in events]
    return answer("".join(lines).encode(), content_type="text/event-stream", length=length)


def piece(content: bytes, key: str = "audio") -> dict[str, Any]:
    return {"type": "speech.audio.delta", key: base64.b64encode(content).decode()}


DONE = {"type": "speech.audio.done", "usage": {"total_tokens": 5}}


@both
@pytest.mark.parametrize("key", ["audio", "delta", "audio_data"])
def test_audio_is_taken_out_of_events(key: str, way: Way) -> None:
    told = spoken(piece(b"one", key), {"type": "new"}, piece(b"", key), piece(b"two", key), DONE, piece(b"late"))
    with Recorder([told]) as server:
        assert way(hear(stream_format="sse"), server.url) == ("text/event-stream", b"onetwo")
    assert server.requests[0].json()["stream_format"] == "sse"


@both
@pytest.mark.parametrize("end", [b"data: [DONE]", b'data: {"type":"speech.audio.done"}'])
def test_the_last_event_of_audio_may_lack_its_end(end: bytes, way: Way) -> None:
    body = spoken(piece(b"one")).partition(b"\r\n\r\n")[2] + end
    with Recorder([answer(body, content_type="text/event-stream")]) as server:
        assert way(hear(), server.url)[1] == b"one"


@pytest.mark.parametrize("way", [blocking, asynchronous])  # two generators read the events, each written by hand
def test_the_last_event_may_have_the_last_audio(way: Way) -> None:
    last = json.dumps({**piece(b"two"), "type": "speech.audio.done"}).encode()
    body = spoken(piece(b"one")).partition(b"\r\n\r\n")[2] + b"data: " + last
    with Recorder([answer(body, content_type="text/event-stream")]) as server:
        assert way(hear(), server.url)[1] == b"onetwo"


@both
def test_events_end_at_done_also_when_the_connection_stays_open(way: Way) -> None:
    with Recorder([(spoken(piece(b"one"), "[DONE]", length=5000), CUT)]) as server:
        assert way(hear(), server.url)[1] == b"one"


@both
def test_a_server_that_answers_audio_to_sse_is_read_as_it_is(way: Way) -> None:
    with Recorder([sound(MP3)]) as server:
        assert way(hear(stream_format="sse"), server.url) == ("audio/mpeg", MP3)


@both
@pytest.mark.parametrize(
    ("told", "words"),
    [
        (spoken(piece(b"one"), {"type": "speech.audio.error", "error": {"message": "no voice"}}), "gave up: no voice"),
        (spoken(piece(b"one"), {"error": "overloaded"}), "gave up: overloaded"),
        (spoken(piece(b"one")), "ended before the audio was whole"),
        (spoken(piece(b"one"), "{"), "not JSON"),
        (spoken(piece(b"one"), {"audio": "?"}), "not base64"),
    ],
)
def test_audio_that_is_not_whole_is_an_error(told: bytes, words: str, way: Way) -> None:
    with Recorder([told]) as server, pytest.raises(Truncated, match=words) as caught:
        way(hear(), server.url)
    assert caught.value.done == 3
    assert len(server.requests) == 1


@both
def test_a_key_that_an_event_repeats_is_taken_out(way: Way) -> None:
    told = spoken(piece(b"one"), {"error": {"message": "no quota for sk-not-for-logs"}})
    with Recorder([told]) as server, pytest.raises(Truncated, match=r"no quota for \*\*\*"):
        way(hear(), server.url, api_key="sk-not-for-logs")


def test_the_size_of_events_is_not_that_of_their_audio() -> None:
    with (
        Recorder([spoken(piece(b"one"), DONE)]) as server,
        OpenAI(api_key="", base_url=server.url) as ai,
        ai.speech("x", model="m", voice="v") as audio,
    ):
        assert (audio.size, audio.read(2), audio.read()) == (None, b"on", b"e")
