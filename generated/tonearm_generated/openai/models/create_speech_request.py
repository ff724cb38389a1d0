# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

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
        from ..models.voice_id import VoiceId  # noqa: PLC0415

        d = dict(src_dict)
        model = d.pop("model")

        input_ = d.pop("input")

        def _parse_voice(data: object) -> str | VoiceId:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                voice_type_1 = VoiceId.from_dict(data)

                return voice_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(str | VoiceId, data)

        voice = _parse_voice(d.pop("voice"))

        instructions = d.pop("instructions", UNSET)

        _response_format = d.pop("response_format", UNSET)
        response_format: SpeechFormat | Unset
        if isinstance(_response_format, Unset):
            response_format = UNSET
        else:
            response_format = SpeechFormat(_response_format)

        speed = d.pop("speed", UNSET)

        _stream_format = d.pop("stream_format", UNSET)
        stream_format: SpeechStreamFormat | Unset
        if isinstance(_stream_format, Unset):
            stream_format = UNSET
        else:
            stream_format = SpeechStreamFormat(_stream_format)

        create_speech_request = cls(
            model=model,
            input_=input_,
            voice=voice,
            instructions=instructions,
            response_format=response_format,
            speed=speed,
            stream_format=stream_format,
        )

        return create_speech_request
