"""The operations for custom voices, and for the consents to them.

(openai-python 3.57.0, `audio.voices` and `audio.voice_consents`)
"""

import time
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, cast

from starlette.datastructures import FormData, QueryParams, UploadFile
from starlette.responses import JSONResponse, Response

from tonearm.sandbox.openai import fields
from tonearm.sandbox.openai.call import Call
from tonearm.sandbox.openai.refusal import Refusal, field_error, invalid_fields, one_of
from tonearm.sandbox.openai.voice_store import missing

_LARGEST = 10 * 1024 * 1024
_TYPES = (
    *("audio/mpeg", "audio/wav", "audio/x-wav", "audio/ogg"),
    *("audio/aac", "audio/flac", "audio/webm", "audio/mp4"),
)
_ORIGINS = ("audio_sample", "prompt")
_PAGE, _LONGEST_PAGE = 20, 100


async def create_voice(call: Call) -> Response:
    """Make a voice from a sample, or from a prompt."""
    async with _form(call) as form:
        origin = fields.text(form, "type") or "audio_sample"
        if origin not in _ORIGINS:
            raise invalid_fields([field_error("enum", "type", one_of(_ORIGINS), origin)])
        voice = _made("voice", "audio.voice", {"name": fields.required(form, "name"), "type": origin})
        if origin == "prompt":
            voice["prompt"] = _not_blank(form, "prompt")
            if "script_hint" in form:
                _not_blank(form, "script_hint")
        else:
            call.voices.consent(fields.required(form, "consent"), param="consent")
            _check_recording(form, "audio_sample")
    call.voices.voices[voice["id"]] = voice
    return JSONResponse(voice)


async def delete_voice(call: Call, *, id: str) -> Response:
    """Delete a voice."""
    if call.voices.voices.pop(id, None) is None:
        raise missing("voice", id)
    return JSONResponse({"id": id, "object": "audio.voice.deleted", "deleted": True})


async def create_voice_consent(call: Call) -> Response:
    """Accept the recording of a consent; its words are not checked."""
    async with _form(call) as form:
        stated = {"name": fields.required(form, "name"), "language": fields.required(form, "language")}
        _check_recording(form, "recording")
    consent = _made("cons", "audio.voice_consent", stated)
    call.voices.consents[consent["id"]] = consent
    return JSONResponse(consent)


async def list_voice_consents(call: Call, *, query: QueryParams) -> Response:
    """List consents, the oldest first, after the one that `after` names."""
    limit, after = query.get("limit", str(_PAGE)), query.get("after")
    if not limit.isdecimal() or not 1 <= int(limit) <= _LONGEST_PAGE:
        message = f"Input should be a whole number from 1 to {_LONGEST_PAGE}"
        raise invalid_fields([field_error("value_error", "limit", message, limit)])
    consents = list(call.voices.consents.values())
    begin = 0 if after is None else consents.index(call.voices.consent(after, param="after")) + 1
    page = consents[begin : begin + int(limit)]
    first, last = (page[0]["id"], page[-1]["id"]) if page else (None, None)
    more = begin + len(page) < len(consents)
    return JSONResponse({"object": "list", "data": page, "first_id": first, "last_id": last, "has_more": more})


async def get_voice_consent(call: Call, *, id: str) -> Response:
    """Read a consent."""
    return JSONResponse(call.voices.consent(id))


async def update_voice_consent(call: Call, *, id: str) -> Response:
    """Rename a consent."""
    consent, body = call.voices.consent(id), await call.body.json()
    name = cast(dict[str, Any], body).get("name") if isinstance(body, dict) else None
    if not isinstance(name, str) or not name:
        raise invalid_fields([field_error("missing", "name", "Field required", name)])
    consent["name"] = name
    return JSONResponse(consent)


async def delete_voice_consent(call: Call, *, id: str) -> Response:
    """Delete a consent."""
    if call.voices.consents.pop(id, None) is None:
        raise missing("voice consent", id)
    return JSONResponse({"id": id, "object": "audio.voice_consent", "deleted": True})


@asynccontextmanager
async def _form(call: Call) -> AsyncGenerator[FormData]:
    form = await call.body.form()
    try:
        yield form
    finally:
        await form.close()


def _made(prefix: str, kind: str, stated: dict[str, Any]) -> dict[str, Any]:
    return {"id": f"{prefix}_{uuid.uuid4()}", "object": kind, **stated, "created_at": int(time.time())}


def _not_blank(form: FormData, name: str) -> str:
    value = fields.required(form, name)
    if not value.strip():
        raise invalid_fields([field_error("value_error", name, "Input should not be blank", value)])
    return value


def _check_recording(form: FormData, name: str) -> None:
    """Check the recording of a form; it is not kept.

    Raises:
        Refusal: there is none, it is too large, or has another media type than the documented ones.
    """
    value = form.get(name)
    if not isinstance(value, UploadFile):
        raise invalid_fields([field_error("missing", name, "Field required", None)])
    if (value.size or 0) > _LARGEST:
        raise Refusal(f"The file is larger than {_LARGEST} bytes.", status=413, param=name)
    if value.content_type not in _TYPES:
        raise Refusal(f"Unsupported media type '{value.content_type}'; use {', '.join(_TYPES)}.", param=name)
