"""Text to speech: the check of a request, and the sound."""

import math
from typing import Any, cast

from attrs import frozen
from starlette.responses import Response

from tonearm.sandbox import audio, voices
from tonearm.sandbox.openai.body import Body
from tonearm.sandbox.openai.refusal import check_model, field_error, invalid_fields, one_of
from tonearm.sandbox.streaming import stream

VOICES = (
    "alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage", "shimmer", "verse"
)  # fmt: skip
MEDIA_TYPES = {
    "mp3": "audio/mpeg",
    "opus": "audio/opus",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "pcm": "audio/pcm",
}
_LONGEST = 4096
_FIELDS = ("model", "input", "voice", "instructions", "response_format", "speed", "stream_format")


@frozen
class SpeechRequest:
    """A checked request; `voice` is a built-in voice's name or a custom voice's id."""

    model: str
    input: str
    voice: str
    response_format: str
    speed: float

    @classmethod
    def read(cls, value: Any) -> "SpeechRequest":
        """Check a JSON body, in which no further field is allowed.

        Raises:
            Refusal: the body has errors; all of them are named.
        """
        if not isinstance(value, dict):
            message = "Input should be a valid dictionary"
            raise invalid_fields([{"type": "model_attributes_type", "loc": ("body",), "msg": message}])
        body = cast(dict[str, Any], value)
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
        )


async def create_speech(body: Body) -> Response:
    """Answer with speech in the format that is asked for, chunked: a WAV header then has no sizes (0xFFFFFFFF).

    `stream_format=sse` gives raw audio all the same, as it does with the tts-1 models.
    """
    asked = SpeechRequest.read(await body.json())
    check_model(asked.model)
    samples = voices.speak(asked.input, voice=asked.voice, speed=asked.speed)
    encoding = audio.ENCODINGS[asked.response_format]
    blocks = audio.encode(samples, encoding, rate=voices.SPEECH_RATE)
    return await stream(blocks, media_type=MEDIA_TYPES[asked.response_format])


_Errors = list[dict[str, Any]]


def _text_errors(name: str, value: Any, *, required: bool = False, longest: int | None = None) -> _Errors:
    if value is None:
        return [field_error("missing", name, "Field required", value)] if required else []
    if not isinstance(value, str):
        return [field_error("string_type", name, "Input should be a valid string", value)]
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
