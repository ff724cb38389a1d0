# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from ..models.speech_format import SpeechFormat
from ..models.speech_stream_format import SpeechStreamFormat
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.voice_id import VoiceId


T = TypeVar("T", bound="CreateSpeechRequest")


@_attrs_define
class CreateSpeechRequest:
    """
    Attributes:
        model (str): Name of the model; OpenAI knows `tts-1`, `tts-1-hd`, `gpt-4o-mini-tts` and its dated versions, all
            announced to end on 6 January 2027.
        input_ (str): Text to speak, at most 4096 characters.
        voice (str | VoiceId): Name of a built-in voice (alloy, ash, ballad, cedar, coral, echo, fable, marin, nova,
            onyx, sage, shimmer, verse; other servers have others), or the id of a voice of one's own.
        instructions (str | Unset): How to speak, in words; `tts-1` and `tts-1-hd` do not read it.
        response_format (SpeechFormat | Unset): Format of the audio, `mp3` when left out; `pcm` is 24 kHz, mono, signed
            16 bit, little-endian, without a header.
        speed (float | Unset): Factor of the speaking rate; 1 when left out.
        stream_format (SpeechStreamFormat | Unset): Plain audio, or server-sent events; `audio` when left out.
    """

    model: str
    input_: str
    voice: str | VoiceId
    instructions: str | Unset = UNSET
    response_format: SpeechFormat | Unset = UNSET
    speed: float | Unset = UNSET
    stream_format: SpeechStreamFormat | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.voice_id import VoiceId  # noqa: PLC0415

        model = self.model

        input_ = self.input_

        voice: dict[str, Any] | str
        if isinstance(self.voice, VoiceId):
            voice = self.voice.to_dict()
        else:
            voice = self.voice

        instructions = self.instructions

        response_format: str | Unset = UNSET
        if not isinstance(self.response_format, Unset):
            response_format = str(self.response_format)

        speed = self.speed

        stream_format: str | Unset = UNSET
        if not isinstance(self.stream_format, Unset):
            stream_format = str(self.stream_format)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "model": model,
                "input": input_,
                "voice": voice,
            }
        )
        if instructions is not UNSET:
            field_dict["instructions"] = instructions
        if response_format is not UNSET:
            field_dict["response_format"] = response_format
        if speed is not UNSET:
            field_dict["speed"] = speed
        if stream_format is not UNSET:
            field_dict["stream_format"] = stream_format

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        model = _data.pop("model", None)
        if model.__class__ is not str:
            model = _reading.required(_reading.text, model, "model")
        input_ = _data.pop("input", None)
        if input_.__class__ is not str:
            input_ = _reading.required(_reading.text, input_, "input")
        voice = _data.pop("voice", None)
        voice = _reading.required(_READ_VOICE, voice, "voice")
        instructions = _data.pop("instructions", UNSET)
        if instructions is not UNSET and instructions.__class__ is not str:
            instructions = _reading.optional(_reading.text, instructions, UNSET)
        response_format = _data.pop("response_format", UNSET)
        if response_format is not UNSET:
            response_format = _reading.optional(_READ_RESPONSE_FORMAT, response_format, UNSET)
        speed = _data.pop("speed", UNSET)
        if speed is not UNSET and (speed.__class__ is not float or not _reading.is_finite(speed)):
            speed = _reading.optional(_reading.number, speed, UNSET)
        stream_format = _data.pop("stream_format", UNSET)
        if stream_format is not UNSET:
            stream_format = _reading.optional(_READ_STREAM_FORMAT, stream_format, UNSET)
        _model = cls.__new__(cls)
        _model.model = model
        _model.input_ = input_
        _model.voice = voice
        _model.instructions = instructions
        _model.response_format = response_format
        _model.speed = speed
        _model.stream_format = stream_format
        return _model


from ..models.voice_id import VoiceId

_READ_VOICE: _reading.Reader[str | VoiceId] = _reading.first((_reading.text, VoiceId.from_dict))
_READ_RESPONSE_FORMAT = _reading.word(SpeechFormat)
_READ_STREAM_FORMAT = _reading.word(SpeechStreamFormat)
