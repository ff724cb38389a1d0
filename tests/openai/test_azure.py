"""Azure's way of being asked: another header for the key, a version in every query, a deployment in the path."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.openai.both import FLAC, Way, both, live
from tests.openai.test_limits import KNOWN, Away
from tests.openai.test_sandbox import CLIPS, LIBRARY
from tests.wire.recorder import Recorder, answer
from tonearm import AsyncOpenAI, ConfigurationError, NotFound, OpenAI, Unauthorized, sandbox
from tonearm.sandbox import Sandbox

VERSION: dict[str, Any] = {"api_version": "2025-03-01-preview"}


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with sandbox.start() as running:
        yield running


def deployment(box: Sandbox, name: str = "whisper-1") -> str:
    return box.openai_url.removesuffix("/v1") + f"/deployments/{name}"


@both
def test_a_version_goes_into_every_query_and_the_key_into_a_header_of_its_own(way: Way) -> None:
    with Recorder([answer(json={"text": "x"}), answer(b"\xff\xfb\x90\x00", content_type="audio/mpeg")]) as server:
        way(
            lambda ai: ai.transcribe(FLAC, model="gpt-transcribe"), server.url + "/openai/deployments/my-own", **VERSION
        )
        way(lambda ai: live(ai, "x", model="m", voice="v"), server.url + "/openai/deployments/speaks", **VERSION)
    heard, spoken = server.requests
    assert heard.target == "/openai/deployments/my-own/audio/transcriptions?api-version=2025-03-01-preview"
    assert spoken.target == "/openai/deployments/speaks/audio/speech?api-version=2025-03-01-preview"
    for sent in (heard, spoken):
        assert sent.headers["api-key"] == "KEY"
        assert "authorization" not in sent.headers


@both
@pytest.mark.parametrize("url", KNOWN[1:])
def test_the_hosts_of_azure_get_the_key_their_way_also_without_a_version(url: str, way: Way) -> None:
    away = Away()
    way(lambda ai: ai.transcribe(FLAC, model="gpt-transcribe"), url, http=away.http(way))
    (sent,) = away
    assert (sent.headers["api-key"], sent.url.query) == ("KEY", b"")
    assert "authorization" not in sent.headers


def test_a_generated_operation_goes_there_too() -> None:
    from tonearm_generated.openai.api.audio import create_speech
    from tonearm_generated.openai.models import CreateSpeechRequest

    body = CreateSpeechRequest(model="m", input_="Hello.", voice="v")

    async def perform(url: str) -> None:
        async with AsyncOpenAI(api_key="KEY", base_url=url, **VERSION) as ai:
            await create_speech.asyncio_detailed(client=ai.generated, body=body)

    with Recorder([answer(b"\xff\xfb", content_type="audio/mpeg")] * 2) as server:
        with OpenAI(api_key="KEY", base_url=server.url, **VERSION) as ai:
            create_speech.sync_detailed(client=ai.generated, body=body)
        asyncio.run(perform(server.url))
    assert [sent.target for sent in server.requests] == ["/audio/speech?api-version=2025-03-01-preview"] * 2
    assert [sent.headers["api-key"] for sent in server.requests] == ["KEY"] * 2


@pytest.mark.parametrize("version", ["", "a b", "a\r\nb", 5])
def test_a_version_that_cannot_be_one_is_refused(version: Any) -> None:
    with pytest.raises(ConfigurationError, match="api_version"):
        OpenAI(api_key="KEY", base_url="http://nas", api_version=version)


@both
def test_a_deployment_of_the_sandbox_understands(way: Way, box: Sandbox) -> None:
    clip = LIBRARY / f"{CLIPS[0]}.flac"
    settings: dict[str, Any] = {"api_key": "sandbox-key", **VERSION}
    note = way(lambda ai: ai.transcribe(clip, model="whisper-1", words=True), deployment(box), **settings)
    assert note.words
    with pytest.raises(NotFound, match="deployment for this resource does not exist") as missing:
        way(lambda ai: ai.transcribe(clip, model="x"), deployment(box, "missing-model"), **settings)
    assert missing.value.code == "DeploymentNotFound"
    with pytest.raises(Unauthorized, match="Access denied due to invalid subscription key") as denied:
        way(lambda ai: ai.transcribe(clip, model="x"), deployment(box), api_key="wrong", **VERSION)
    assert denied.value.code == "401"


# A base URL that looks wrong


NOWHERE = answer(status=404, json={"detail": "Not Found"})


@both
@pytest.mark.parametrize("path", ["", "/openai"])
def test_a_base_url_without_v1_is_told_when_nothing_is_found_there(path: str, way: Way) -> None:
    with Recorder([NOWHERE] * 4) as server:  # the transcription is asked for in each form: 404 may be said of one
        for operation in (
            lambda ai: ai.transcribe(FLAC, model="m"),
            lambda ai: live(ai, "x", model="m", voice="v"),
        ):
            with pytest.raises(
                NotFound, match=r"Not Found\nmost servers want /v1 at the end of the base URL"
            ) as caught:
                way(operation, server.url + path)
            assert str(caught.value.args[0]) == caught.value.message


@both
def test_where_the_base_url_is_not_to_blame_nothing_is_said_of_it(way: Way, box: Sandbox) -> None:
    missing = answer(status=404, json={"error": {"message": "no model", "code": "model_not_found"}})
    for path, replies, more in (
        ("/v1", [NOWHERE] * 3, {}),
        ("/api/v1/audio", [NOWHERE] * 3, {}),
        ("", [missing], {}),
        ("", [NOWHERE] * 3, VERSION),
    ):
        with Recorder(replies) as server, pytest.raises(NotFound) as caught:
            way(lambda ai: ai.transcribe(FLAC, model="m"), server.url + path, **more)
        assert "base URL" not in str(caught.value)
        assert len(server.requests) == len(replies)
