"""Text to speech: the check of a request, and the sound."""

import base64
import math
from collections.abc import Generator, Iterable, Iterator
from contextlib import AsyncExitStack
from typing import Any, cast

from attrs import define, field, frozen
from starlette.responses import Response

from tonearm.sandbox import audio, voices
from tonearm.sandbox.openai import models
from tonearm.sandbox.openai.call import Call
from tonearm.sandbox.openai.engines import VOICES
from tonearm.sandbox.openai.events import Event, EventStream
from tonearm.sandbox.openai.keys import Account
from tonearm.sandbox.openai.refusal import field_error, invalid_fields, one_of, server_failed
from tonearm.sandbox.openai.results import Result
from tonearm.sandbox.streaming import gathered, stream

MEDIA_TYPES = {
    "mp3": "audio/mpeg",
    "opus": "audio/opus",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "pcm": "audio/pcm",
}
_LONGEST = 4096
_AUDIO_TOKENS = 20  # per second of spoken audio, about as many as the real ones
_FIELDS = ("model", "input", "voice", "instructions", "response_format", "speed", "stream_format")


@frozen
class SpeechRequest:
    """A checked request; `voice` is a built-in voice's name or a custom voice's id."""

    model: str
    input: str
    voice: str
    response_format: str
    speed: float
    events: bool

    @classmethod
    def read(cls, value: Any, deployment: str | None) -> "SpeechRequest":
        """Check a JSON body, in which no further field is allowed; on Azure the deployment is the model.

        Raises:
            Refusal: the body has errors; all of them are named.
        """
        if not isinstance(value, dict):
            message = "Input should be a valid dictionary"
            raise invalid_fields([{"type": "model_attributes_type", "loc": ("body",), "msg": message}])
        body = cast(dict[str, Any], value) | ({} if deployment is None else {"model": deployment})
        errors = [
            *_text_errors("model", body.get("model"), required=True),
            *_text_errors("input", body.get("input"), required=True, longest=_LONGEST),
            *_voice_errors(body.get("voice")),
            *_text_errors("instructions", body.get("instructions"), longest=_LONGEST),
            *_choice_errors("response_format", body.get("response_format"), tuple(MEDIA_TYPES)),
            *_choice_errors("stream_format", body.get("stream_format"), ("audio", "sse")),
            *_speed_errors(body.get("speed")),
            *(
                field_error("extra_forbidden", name, "Extra inputs are not permitted", body[name])
                for name in body
                if name not in _FIELDS
            ),
        ]
        if errors:
            raise invalid_fields(errors)
        voice, speed = cast(str | dict[str, str], body["voice"]), body.get("speed")
        return cls(
            body["model"],
            body["input"],
            voice["id"] if isinstance(voice, dict) else voice,
            body.get("response_format") or "mp3",
            1.0 if speed is None else float(speed),
            body.get("stream_format") == "sse",
        )


async def create_speech(call: Call) -> Response:
    """Answer with speech in the requested format, chunked: a WAV header then has no sizes (0xFFFFFFFF).

    `instructions` change nothing: neither engine can follow them, and those of tts-1 do not either (openai-python
    3.52.0).
    """
    request = SpeechRequest.read(await call.body.json(), call.deployment)
    model = call.model(request.model)
    if model.speech is None:
        raise models.unfit(request.model, "speech")
    call.voices.check_spoken(request.voice)
    samples = call.engines.get(model.engine).speak(request.input, voice=request.voice, speed=request.speed)
    counted = _Counted(samples)
    blocks = audio.encode(counted, audio.ENCODINGS[request.response_format], rate=voices.SPEECH_RATE)
    kind = MEDIA_TYPES[request.response_format]
    result = Result(kind="speech", model=request.model, text=request.input, voice=request.voice, media_type=kind)
    blocks = call.results.spoken(result, blocks, playable=request.response_format != "pcm")
    if request.events and model.speech.events:
        return await EventStream.begin(_events(blocks, counted, request, call.account), AsyncExitStack())
    return await stream(blocks, media_type=kind)


@define
class _Counted:
    """Samples that are counted, in seconds, while they pass."""

    _samples: Iterable[bytes]
    duration: float = field(default=0.0, init=False)

    def __iter__(self) -> Iterator[bytes]:
        for block in self._samples:
            self.duration += len(block) / 2 / voices.SPEECH_RATE
            yield block


def _events(blocks: Generator[bytes], counted: _Counted, request: SpeechRequest, account: Account) -> Generator[Event]:
    """Yield the audio in pieces, and its usage; or an error after the first piece, if the account orders it.

    The events are those of openai-python 3.52.0; vLLM-Omni has two other fields and an event (vllm-omni, pull request
    4490).
    """
    vllm = account.audio_field == "delta"
    for block in gathered(blocks):
        event = {"type": "speech.audio.delta", account.audio_field: base64.b64encode(block).decode()}
        yield {**event, "response_format": request.response_format} if vllm else event
        if account.breaks:
            error = server_failed(voices.SpeechError("it was ordered to fail")).error
            yield {"type": "speech.audio.error", "error": error} if vllm else {"error": error}
            return
    written, spoken = math.ceil(len(request.input) / 4), math.ceil(counted.duration * _AUDIO_TOKENS)
    usage = {"input_tokens": written, "output_tokens": spoken, "total_tokens": written + spoken}
    yield {"type": "speech.audio.done", "usage": usage}


_Errors = list[dict[str, Any]]


def _text_errors(name: str, value: Any, *, required: bool = False, longest: int | None = None) -> _Errors:
    if value is None:
        return [field_error("missing", name, "Field required", value)] if required else []
    if not isinstance(value, str):
        return [field_error("string_type", name, "Input should be a valid string", value)]
    if any("\ud800" <= character <= "\udfff" for character in value):
        return [field_error("string_unicode", name, "Input should be a valid string, unable to parse", value)]
    if required and not value:
        message = "String should have at least 1 character"
        return [field_error("string_too_short", name, message, value, min_length=1)]
    if longest is not None and len(value) > longest:
        message = f"String should have at most {longest} characters"
        return [field_error("string_too_long", name, message, value, max_length=longest)]
    return []


def _choice_errors(name: str, value: Any, words: tuple[str, ...]) -> _Errors:
    return [] if value is None or value in words else [field_error("enum", name, one_of(words), value)]


def _voice_errors(value: Any) -> _Errors:
    if value is None:
        return _text_errors("voice", value, required=True)
    if isinstance(value, dict):
        voice = cast(dict[str, Any], value)
        if isinstance(voice.get("id"), str) and voice["id"] and len(voice) == 1:
            return []
    return _choice_errors("voice", value, VOICES)


def _speed_errors(value: Any) -> _Errors:
    if value is None:
        return []
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return [field_error("float_type", "speed", "Input should be a valid number", value)]
    if value < 0.25:
        message = "Input should be greater than or equal to 0.25"
        return [field_error("greater_than_equal", "speed", message, value, ge=0.25)]
    if value > 4:
        return [field_error("less_than_equal", "speed", "Input should be less than or equal to 4", value, le=4.0)]
    return []
