"""Voices of one's own and the consents to them, against the sandbox; and answers of other shapes."""

import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.inside.openai import Server
from tests.openai.both import FLAC, Way, blocking, both, live
from tests.wire.recorder import CUT, Recorder, answer
from tests.wire.test_openai_voices import OPERATIONS
from tonearm import (
    BadRequest,
    ConnectionFailed,
    InvalidInput,
    NotFound,
    ServiceFailed,
    UnexpectedAnswer,
    sandbox,
)
from tonearm.openai import CustomVoice, VoiceConsent, presets
from tonearm.sandbox import Sandbox

KEY = {"api_key": "sandbox-key"}


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with sandbox.start() as running:
        yield running


@both
def test_a_voice_is_made_with_a_consent_spoken_with_and_deleted(way: Way, box: Sandbox, tmp_path: Path) -> None:
    def call(method: str, *args: Any, **options: Any) -> Any:
        return way(lambda ai: getattr(ai, method)(*args, **options), box.openai_url, **KEY)

    sample = tmp_path / "ida.flac"
    sample.write_bytes(FLAC)
    consent = call("create_voice_consent", "Ida", sample, language="nb-NO")
    assert (consent.name, consent.language, consent.raw["object"]) == ("Ida", "nb-NO", "audio.voice_consent")
    assert isinstance(consent, VoiceConsent)
    assert call("update_voice_consent", consent.id, name="Moe").name == "Moe"
    assert call("voice_consent", consent.id).name == "Moe"
    assert consent.id in [one.id for one in call("voice_consents")]
    voice = call("create_voice", "Ida", audio_sample=sample, consent=consent.id)
    assert isinstance(voice, CustomVoice)
    assert (voice.name, voice.type, voice.prompt) == ("Ida", "audio_sample", None)
    assert voice.created_at is not None
    assert voice.request_id is not None
    made = call("create_voice", "Skipper", prompt="Hoarse and kind.", script_hint="Ship ahoy, all of you.")
    assert (made.type, made.prompt) == ("prompt", "Hoarse and kind.")

    def speak(id: str) -> Any:
        return way(lambda ai: live(ai, "Yes.", model="tts-1", voice={"id": id}), box.openai_url, **KEY)

    assert speak(voice.id)[1]
    with pytest.raises(BadRequest, match="prompt"):
        speak(made.id)
    call("delete_voice", voice.id)
    call("delete_voice", made.id)
    call("delete_voice_consent", consent.id)
    for method, args, options in (
        ("delete_voice", (voice.id,), {}),
        ("delete_voice_consent", (consent.id,), {}),
        ("voice_consent", (consent.id,), {}),
        ("update_voice_consent", (consent.id,), {"name": "n"}),
        ("create_voice", ("n",), {"audio_sample": sample, "consent": consent.id}),
    ):
        with pytest.raises(NotFound):
            call(method, *args, **options)
    call("delete_voice", voice.id, missing_ok=True)
    call("delete_voice_consent", consent.id, missing_ok=True)


@both
@pytest.mark.parametrize(
    ("method", "args", "options"),
    [
        ("create_voice", ("n",), {}),
        ("create_voice", ("n",), {"audio_sample": FLAC}),
        ("create_voice", ("n",), {"audio_sample": FLAC, "consent": "c", "prompt": "p"}),
        ("create_voice", ("n",), {"audio_sample": FLAC, "consent": "c", "model": "auto"}),
        ("create_voice", ("n",), {"audio_sample": FLAC, "consent": "c", "script_hint": "Hello."}),
        ("create_voice", ("n",), {"audio_sample": FLAC, "consent": ""}),
        ("create_voice", ("n",), {"audio_sample": b"", "consent": "c"}),
        ("create_voice", ("n",), {"audio_sample": "no-such-file.flac", "consent": "c"}),
        ("create_voice", ("n",), {"prompt": "p", "consent": "c"}),
        ("create_voice", ("n",), {"prompt": " \n"}),
        ("create_voice", ("n",), {"prompt": "p", "script_hint": " "}),
        ("create_voice", ("n",), {"prompt": "p", "model": ""}),
        ("create_voice", ("",), {"prompt": "p"}),
        ("create_voice", (5,), {"prompt": "p"}),
        ("create_voice", ("n",), {"prompt": "p", "voice": "coral"}),
        ("create_voice_consent", ("n", FLAC), {"language": "Norwegian"}),
        ("create_voice_consent", ("", FLAC), {"language": "nb"}),
        ("create_voice_consent", ("n", b""), {"language": "nb"}),
        ("update_voice_consent", ("c",), {"name": ""}),
        ("voice_consent", ("..",), {}),
        ("delete_voice", ("",), {}),
        ("delete_voice_consent", ("",), {"missing_ok": True}),
    ],
)
def test_what_the_server_would_refuse_is_not_sent(
    way: Way, method: str, args: tuple[Any, ...], options: dict[str, Any]
) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput):
        way(lambda ai: getattr(ai, method)(*args, **options), server.url)
    assert server.requests == []


@pytest.mark.parametrize("known", [True, False])
def test_a_recording_that_openai_does_not_take_is_refused_only_there(
    known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "known", known)
    large = bytes(presets.SAMPLE_LIMIT + 1)
    reply = answer(json={"id": "cons_1"})
    with Recorder([reply, reply]) as server:
        for call in (
            lambda ai: ai.create_voice("n", audio_sample=large, consent="c"),
            lambda ai: ai.create_voice_consent("n", large, language="nb"),
        ):
            if known:
                with pytest.raises(InvalidInput, match="at most 10485760 bytes"):
                    blocking(call, server.url)
            else:
                assert blocking(call, server.url).id == "cons_1"


@both
def test_consents_are_read_page_by_page(way: Way) -> None:
    pages = [
        {"data": [{"id": "a"}, {"id": "b"}], "has_more": True},
        {"data": [{"id": "c"}], "has_more": True, "last_id": "c"},
        {"data": [{"id": "d"}], "has_more": None},
    ]
    with Recorder([answer(json=page) for page in pages]) as server:
        found = way(lambda ai: ai.voice_consents(), server.url)
    assert [consent.id for consent in found] == ["a", "b", "c", "d"]
    cursors = [None, "b", "c"]
    expected = [f"/audio/voice_consents?{f'after={id}&' if id else ''}limit=100" for id in cursors]
    assert [one.target for one in server.requests] == expected


@pytest.mark.parametrize("rows", [[], [{"id": "a"}, {"id": "b"}]])
def test_a_server_that_repeats_its_page_for_ever_is_left(rows: list[Any]) -> None:
    with Recorder(lambda _: answer(json={"data": rows, "has_more": True})) as server:
        found = blocking(lambda ai: ai.voice_consents(), server.url)
    assert [consent.id for consent in found] == [row["id"] for row in rows]
    assert len(server.requests) <= 2


@both
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, (None, None, None, None)),
        ({"name": None, "type": 7, "created_at": 1e300, "prompt": None}, (None, None, None, None)),
        ({"name": "n", "type": "clone", "created_at": 0}, ("n", "clone", datetime(1970, 1, 1, tzinfo=UTC), None)),
    ],
)
def test_a_voice_is_read_in_every_form(way: Way, row: dict[str, Any], expected: tuple[Any, ...]) -> None:
    with Recorder([answer(json={"id": "v", **row})]) as server:
        found = way(lambda ai: ai.create_voice("n", prompt="p"), server.url)
    assert (found.name, found.type, found.created_at, found.prompt) == expected


@pytest.mark.parametrize("what", ["voice", "voice_consent"])
@pytest.mark.parametrize(
    ("replies", "error"),
    [
        ([answer(json={"deleted": True})], None),
        ([answer(json={})], None),
        ([answer(json={"deleted": False})], UnexpectedAnswer),
        ([answer(json={"error": {"message": "gone"}}, status=404)], NotFound),
        # The first request deleted it, and its answer was lost.
        ([(CUT,), answer(json={"error": {"message": "gone"}}, status=404)], None),
    ],
)
def test_deleted_is_what_the_server_says_or_no_longer_has(
    what: str, replies: list[Any], error: type[Exception] | None
) -> None:
    with Recorder(replies) as server:
        if error is None:
            assert blocking(lambda ai: getattr(ai, f"delete_{what}")("x"), server.url) is None
        else:
            with pytest.raises(error):
                blocking(lambda ai: getattr(ai, f"delete_{what}")("x"), server.url)


ONCE = ("create_voice", "create_voice_prompt", "create_voice_consent")
SECRET = "canary-key-0123456789"
FAULTS: dict[str, tuple[Any, type[Exception]]] = {
    "500": (answer(json={"error": {"message": f"no {SECRET}"}}, status=500), ServiceFailed),
    "cut": ((CUT,), ConnectionFailed),
    "page": (answer(body=b"<html>proxy</html>", headers={"Content-Type": "text/html"}), UnexpectedAnswer),
    "half": (answer(body=b'{"id": "voi', headers={"Content-Type": "application/json"}), UnexpectedAnswer),
    "list": (answer(json=[]), UnexpectedAnswer),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", OPERATIONS)
@both
def test_a_failure_ends_as_documented_is_sent_again_only_where_that_makes_nothing_twice_and_tells_no_key(
    way: Way, name: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reply, expected = FAULTS[fault]
    with Recorder(lambda _: reply) as server, pytest.raises(expected) as caught:
        way(OPERATIONS[name][0], server.url, api_key=SECRET)
    if fault in ("500", "cut"):
        assert (len(server.requests) == 1) == (name in ONCE)
    error = caught.value
    assert SECRET not in "".join(traceback.format_exception(error)) + repr(vars(error)) + caplog.text
