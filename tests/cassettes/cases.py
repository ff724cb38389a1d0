"""What is recorded: for each of the fifteen operations one call that succeeds and one that the service refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, TypeAlias

from attrs import frozen

from tests.cassettes import checks
from tests.cassettes.checks import CLIP, TITLE, Answered
from tests.cassettes.tape import fixed_uuid
from tonearm.aioz import QualityConfig
from tonearm.errors import BadRequest, NotFound, StatusError, Unauthorized

FOLDER = Path(__file__).parent
SPOKEN = "Good evening."
NOWHERE = fixed_uuid(0)

Service: TypeAlias = Literal["aioz", "jellyfin", "openai"]
Given: TypeAlias = Mapping[str, str]
"""What a call needs to know of the service; the cassette keeps it.

AIOZ: `id`, an object that was made for this case. Jellyfin: `item`, a short one. OpenAI: `speech_model`, `voice` and
`transcription_model`.
"""
Needs: TypeAlias = Literal["created", "sent", "done"]
Call: TypeAlias = Callable[[Any, Given], Any]
Check: TypeAlias = Callable[[Any, Answered], None]


@frozen
class Case:
    """One cassette.

    Attributes:
        operation: its operationId.
        call: the call through the public API; it fits the blocking client and the asynchronous one.
        check: what must be true of the result, or of the error, beside the answer as it was recorded.
        needs: on AIOZ, how far the object of this case is before the call.
        fails: the class of the error, when the service is to refuse; for Unauthorized the call has a wrong key.
    """

    service: Service
    operation: str
    call: Call
    check: Check
    needs: Needs | None = None
    fails: type[StatusError] | None = None

    @property
    def denied(self) -> bool:
        return self.fails is Unauthorized

    @property
    def name(self) -> str:
        return f"{self.operation}.{'success' if self.fails is None else 'failure'}"

    @property
    def path(self) -> Path:
        return FOLDER / self.service / f"{self.name}.yaml"


def _aioz(operation: str, call: Call, check: Check, needs: Needs | None = None) -> Case:
    return Case("aioz", operation, call, check, needs)


def _aioz_fails(operation: str, call: Call, error: type[StatusError], needs: Needs | None = None) -> Case:
    return Case("aioz", operation, call, checks.aioz_refused, needs, error)


def _create(client: Any, channels: str) -> Any:
    quality = QualityConfig("standard", bitrate=64_000, channels=channels, sample_rate=22_050)
    return client.create(
        TITLE,
        qualities=[quality],
        description="Evening",
        tags=["podcast", "evening"],
        metadata={"place": "Bergen"},
        is_public=True,
    )


def _page(client: Any, _: Given) -> Any:
    return client.page(limit=2, sort_by="created_at", order_by="desc", status="new", search=TITLE)


def _part(client: Any, given: Given, md5: str | None = None) -> Any:
    clip = CLIP.read_bytes()
    return client.upload_part(given["id"], clip, index=1, start=0, total=len(clip), md5=md5)


def _complete(client: Any, given: Given) -> Any:
    return client.complete(given["id"])


def _update(client: Any, id: str) -> Any:
    return client.update(id, description="Changed", tags=["changed"])


def _mp3(client: Any, item: str, **options: Any) -> Any:
    return client.stream(item, container="mp3", audio_bit_rate=32_000, **options)


def _speech(client: Any, given: Given, model: str) -> Any:
    return client.speech(SPOKEN, model=model, voice=given["voice"], format="mp3")


def _transcribe(client: Any, given: Given, **options: Any) -> Any:
    return client.transcribe(CLIP, model=given["transcription_model"], **options)


def _translate(client: Any, given: Given) -> Any:
    return client.translate(CLIP, model=given["transcription_model"], format="json")


CASES = [
    _aioz("create_audio", lambda client, _: _create(client, "2"), checks.created),
    _aioz_fails("create_audio", lambda client, _: _create(client, "7"), BadRequest),
    _aioz("list_audio", _page, checks.listed, "created"),
    _aioz_fails("list_audio", _page, Unauthorized),
    _aioz("get_audio", lambda client, given: client.get(given["id"]), checks.finished, "done"),
    _aioz_fails("get_audio", lambda client, _: client.get(NOWHERE), NotFound),
    _aioz("audio_cost", lambda client, _: client.cost(["standard", "highest"], duration=283.5), checks.priced),
    _aioz_fails("audio_cost", lambda client, _: client.cost("standard", duration=60), Unauthorized),
    _aioz("upload_audio_part", _part, checks.accepted, "created"),
    _aioz_fails("upload_audio_part", lambda client, given: _part(client, given, "0" * 32), BadRequest, "created"),
    _aioz("complete_audio", _complete, checks.accepted, "sent"),
    _aioz_fails("complete_audio", _complete, BadRequest, "created"),
    _aioz("update_audio", lambda client, given: _update(client, given["id"]), checks.updated, "created"),
    _aioz_fails("update_audio", lambda client, _: _update(client, NOWHERE), NotFound),
    _aioz("delete_audio", lambda client, given: client.delete(given["id"]), checks.accepted, "created"),
    _aioz_fails("delete_audio", lambda client, _: client.delete(NOWHERE), NotFound),
    Case(
        "jellyfin",
        "get_audio_stream",
        lambda client, given: client.download(given["item"], BytesIO()),
        checks.downloaded,
    ),
    Case(
        "jellyfin",
        "get_audio_stream",
        lambda client, _: client.download(NOWHERE, BytesIO()),
        checks.jellyfin_refused,
        fails=NotFound,
    ),
    Case(
        "jellyfin",
        "get_audio_stream_by_container",
        lambda client, given: _mp3(client, given["item"]),
        checks.streamed,
    ),
    Case(
        "jellyfin",
        "get_audio_stream_by_container",
        lambda client, given: _mp3(client, given["item"], media_source_id=NOWHERE),
        checks.jellyfin_refused,
        fails=BadRequest,
    ),
    Case(
        "jellyfin",
        "head_audio_stream",
        lambda client, given: client.probe(given["item"], static=True),
        checks.probed_original,
    ),
    Case(
        "jellyfin",
        "head_audio_stream",
        lambda client, _: client.probe(NOWHERE, static=True),
        checks.refused_head,
        fails=NotFound,
    ),
    Case(
        "jellyfin",
        "head_audio_stream_by_container",
        lambda client, given: client.probe(given["item"], container="mp3"),
        checks.probed_transcode,
    ),
    Case(
        "jellyfin",
        "head_audio_stream_by_container",
        lambda client, _: client.probe(NOWHERE, container="mp3"),
        checks.refused_head,
        fails=NotFound,
    ),
    Case(
        "openai",
        "create_speech",
        lambda client, given: _speech(client, given, given["speech_model"]),
        checks.spoken,
    ),
    Case(
        "openai",
        "create_speech",
        lambda client, given: _speech(client, given, "missing-model"),
        checks.openai_refused,
        fails=NotFound,
    ),
    Case(
        "openai",
        "create_transcription",
        lambda client, given: _transcribe(client, given, words=True),
        checks.transcribed,
    ),
    Case(
        "openai",
        "create_transcription",
        lambda client, given: _transcribe(client, given, language="xx"),
        checks.openai_refused,
        fails=BadRequest,
    ),
    Case("openai", "create_translation", _translate, checks.translated),
    Case("openai", "create_translation", _translate, checks.openai_refused, fails=Unauthorized),
]
