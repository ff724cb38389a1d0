"""What the operations for voices of one's own send, byte for byte, and against what OpenAI's own client sends."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.wire.recorder import Received, answer, check_golden
from tests.wire.test_openai import ACCOUNT_HEADERS, FLAC, Operation, _named, parts, record, record_async

VOICE = answer(json={"id": "voice_1", "object": "audio.voice", "name": "Åse", "type": "prompt", "created_at": 1})
CONSENT = answer(json={"id": "cons_1", "object": "audio.voice_consent", "name": "Åse", "language": "nb-NO"})
GONE = answer(json={"id": "voice_1", "object": "audio.voice.deleted", "deleted": True})

OPERATIONS: dict[str, tuple[Operation, bytes]] = {
    "create_voice": (
        lambda ai: ai.create_voice("Åse", audio_sample=_named(FLAC, "clip.flac"), consent="cons_1"),
        VOICE,
    ),
    "create_voice_prompt": (
        lambda ai: ai.create_voice("Åse", prompt="Hoarse.", model="auto", script_hint="Ship ahoy."),
        VOICE,
    ),
    "delete_voice": (lambda ai: ai.delete_voice("voice_1"), GONE),
    "create_voice_consent": (
        lambda ai: ai.create_voice_consent("Åse", _named(FLAC, "clip.flac"), language="nb-NO"),
        CONSENT,
    ),
    "list_voice_consents": (
        lambda ai: ai.voice_consents(),
        answer(json={"object": "list", "data": [], "has_more": False}),
    ),
    "get_voice_consent": (lambda ai: ai.voice_consent("cons_1"), CONSENT),
    "update_voice_consent": (lambda ai: ai.update_voice_consent("cons_1", name="Åse"), CONSENT),
    "delete_voice_consent": (lambda ai: ai.delete_voice_consent("cons_1"), GONE),
}


@pytest.mark.parametrize("way", [record, record_async])
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_sends_exactly_its_golden(name: str, way: Callable[..., Received]) -> None:
    check_golden(f"openai/{name}", way(*OPERATIONS[name]).raw)


VENDOR = json.loads((Path(__file__).parent / "vendors" / "openai-python-3.57.0.json").read_text())["steps"]


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_sends_what_openais_client_sends(name: str) -> None:
    theirs, ours = VENDOR[name], record(*OPERATIONS[name])
    assert (ours.method, ours.target) == (theirs["method"], theirs["target"])
    assert [ours.headers[key] for key in ACCOUNT_HEADERS] == [theirs["headers"][key] for key in ACCOUNT_HEADERS]
    kind = theirs["headers"].get("content-type", "")
    if not kind.startswith("multipart"):
        assert ours.body.decode() == theirs["body"]
        return
    vendor = Received(f"POST / HTTP/1.1\r\nContent-Type: {kind}\r\n\r\n".encode(), theirs["body"].encode())
    assert sorted(parts(ours)) == sorted(parts(vendor))
    assert parts(ours)[-1] == parts(vendor)[-1]
