"""The keys of the OpenAI service: rate limits, quotas and the envelopes of other servers; and Azure's paths."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.sandbox.openai_service import TEXT, clients, marked, refused, send
from tonearm import sandbox as package

SAID = marked(("A", TEXT))
WORDS = "the ferry leaves at seven nobody waits for the mail"
SPEECH = {"model": "marker", "input": "Yes.", "voice": "alloy"}


@pytest.fixture(scope="module")
def client(running: package.Sandbox) -> Iterator[httpx.Client]:
    yield from clients(running.openai_url)


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_answers_say_how_many_requests_are_left(client: httpx.Client) -> None:
    answer = client.get("/models")
    limit, left = (int(answer.headers[f"x-ratelimit-{name}-requests"]) for name in ("limit", "remaining"))
    assert 0 < left < limit
    assert answer.headers["x-ratelimit-reset-requests"].endswith("ms")
    assert "x-ratelimit-limit-requests" in send(client, SAID, language="english").headers


def test_a_limited_key_is_refused_with_the_time_to_wait(client: httpx.Client) -> None:
    answers = (client.get("/models", headers=bearer("sandbox-key-limited")) for _ in range(50))
    answer = next(answer for answer in answers if answer.status_code != 200)
    error = refused(answer, 429)
    assert (error["type"], error["code"]) == ("requests", "rate_limit_exceeded")
    assert answer.headers["retry-after"] == "1"
    assert 0 < int(answer.headers["retry-after-ms"]) <= 1000
    assert answer.headers["x-should-retry"] == "true"
    assert answer.headers["x-ratelimit-remaining-requests"] == "0"


def test_without_quota_it_is_429_and_no_time_is_given(client: httpx.Client) -> None:
    """(openai/openai-openapi, pull request 564)"""
    answer = client.post("/audio/speech", json=SPEECH, headers=bearer("sandbox-key-no-quota"))
    error = refused(answer, 429)
    assert (error["type"], error["code"]) == ("insufficient_quota", "insufficient_quota")
    assert not {"retry-after", "retry-after-ms", "x-should-retry"} & set(answer.headers)


def test_an_overloaded_server_asks_not_to_be_asked_again(client: httpx.Client) -> None:
    answer = client.post("/audio/speech", json=SPEECH, headers=bearer("sandbox-key-overloaded"))
    assert refused(answer, 503)["type"] == "server_error"
    assert answer.headers["x-should-retry"] == "false"


def test_a_limit_waits_for_the_end_of_the_body_too(running: package.Sandbox, client: httpx.Client) -> None:
    files = {"file": ("a.wav", bytes(5_000_000))}
    answer = client.post("/audio/transcriptions", files=files, headers=bearer("sandbox-key-no-quota"))
    assert answer.status_code == 429
    assert running.requests[-1].received == int(answer.request.headers["content-length"])


def test_fastapi_servers_have_details_and_422(client: httpx.Client) -> None:
    headers = bearer("sandbox-key-fastapi")
    answer = client.post("/audio/speech", json={**SPEECH, "speed": 9}, headers=headers)
    assert answer.status_code == 422
    (detail,) = answer.json()["detail"]
    assert (detail["type"], detail["loc"]) == ("less_than_equal", ["body", "speed"])
    answer = client.post("/audio/speech", json={**SPEECH, "model": "missing-model"}, headers=headers)
    assert (answer.status_code, list(answer.json())) == (404, ["detail"])
    assert "missing-model" in answer.json()["detail"]
    assert not [name for name in answer.headers if name.startswith(("openai-", "x-"))]


def test_litellm_has_an_error_of_text(client: httpx.Client) -> None:
    answer = client.post("/audio/speech", json={**SPEECH, "speed": 9}, headers=bearer("sandbox-key-litellm"))
    assert answer.status_code == 400
    assert "less_than_equal" in answer.json()["error"]


# Azure


def azure(url: str, path: str, key: str = "sandbox-key", version: str = "2025-03-01-preview", **how: Any) -> Any:
    params = {"api-version": version} if version else {}
    return httpx.post(f"{url}/openai/deployments/{path}", params=params, headers={"api-key": key}, timeout=60, **how)


def test_azure_takes_the_deployment_for_the_model(running: package.Sandbox) -> None:
    answer = azure(running.url, "marker-gpt/audio/transcriptions", files={"file": ("a.flac", SAID)})
    assert (answer.json()["text"], answer.json()["languages"]) == (WORDS, [{"code": "en"}])
    assert azure(running.url, "marker/audio/translations", files={"file": ("a.flac", SAID)}).json() == {"text": WORDS}
    answer = azure(running.url, "marker/audio/speech", json={"model": "whisper-1", "input": "Yes.", "voice": "alloy"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/mpeg")


def test_azure_s_newer_base_url_takes_its_header_too(running: package.Sandbox) -> None:
    answer = httpx.get(f"{running.openai_url}/models", headers={"api-key": "sandbox-key"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("path", "how", "status", "code"),
    [
        ("marker/audio/speech", {"key": "nobody"}, 401, "401"),  # SciSharp/BotSharp, issue 386
        ("marker/audio/speech", {"version": ""}, 404, "404"),
        ("marker/audio/nothing", {}, 404, "404"),
        ("missing-model/audio/speech", {}, 404, "DeploymentNotFound"),
    ],
)
def test_azure_s_gateway_has_an_envelope_of_its_own(
    running: package.Sandbox, path: str, how: dict[str, str], status: int, code: str
) -> None:
    answer = azure(running.url, path, json=SPEECH, **how)
    assert answer.status_code == status
    assert sorted(answer.json()["error"]) == ["code", "message"]
    assert answer.json()["error"]["code"] == code


def test_behind_azure_s_gateway_errors_are_the_usual_ones(running: package.Sandbox) -> None:
    answer = azure(running.url, "marker-gpt-4o/audio/transcriptions", files={"file": ("a.txt", SAID)})
    assert refused(answer)["message"].startswith("Unrecognized file format")
