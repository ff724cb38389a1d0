# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from .. import types
from ..models.voice_origin import VoiceOrigin
from ..types import UNSET, File, FileTypes, Unset

T = TypeVar("T", bound="CreateVoiceRequest")


@_attrs_define
class CreateVoiceRequest:
    """A voice to make - of a sample, with `consent` and `audio_sample`, or of words, with `type` and `prompt`.

    Attributes:
        name (str): Name for people.
        type_ (VoiceOrigin | Unset): What a voice is made of, `audio_sample` when left out.
        consent (str | Unset): Id of the recording in which the person of the sample consents.
        prompt (str | Unset): What the voice is like; it must not be blank.
        model (str | Unset): The model that makes it of words; `auto`, which is also meant when left out, or one with a
            date, such as `2026-10-08`.
        script_hint (str | Unset): What a voice of words says while it is made; the service writes it when left out.
            Short texts are refused.
        audio_sample (File | Unset): The recording of a person, up to 10 MiB at OpenAI; its media type is audio/mpeg,
            audio/wav, audio/x-wav, audio/ogg, audio/aac, audio/flac, audio/webm or audio/mp4.
    """

    name: str
    type_: VoiceOrigin | Unset = UNSET
    consent: str | Unset = UNSET
    prompt: str | Unset = UNSET
    model: str | Unset = UNSET
    script_hint: str | Unset = UNSET
    audio_sample: File | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        type_: str | Unset = UNSET
        if not isinstance(self.type_, Unset):
            type_ = str(self.type_)

        consent = self.consent

        prompt = self.prompt

        model = self.model

        script_hint = self.script_hint

        audio_sample: FileTypes | Unset = UNSET
        if not isinstance(self.audio_sample, Unset):
            audio_sample = self.audio_sample.to_tuple()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
            }
        )
        if type_ is not UNSET:
            field_dict["type"] = type_
        if consent is not UNSET:
            field_dict["consent"] = consent
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if model is not UNSET:
            field_dict["model"] = model
        if script_hint is not UNSET:
            field_dict["script_hint"] = script_hint
        if audio_sample is not UNSET:
            field_dict["audio_sample"] = audio_sample

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("name", (None, str(self.name).encode(), "text/plain")))

        if not isinstance(self.type_, Unset):
            files.append(("type", (None, str(self.type_).encode(), "text/plain")))

        if not isinstance(self.consent, Unset):
            files.append(("consent", (None, str(self.consent).encode(), "text/plain")))

        if not isinstance(self.prompt, Unset):
            files.append(("prompt", (None, str(self.prompt).encode(), "text/plain")))

        if not isinstance(self.model, Unset):
            files.append(("model", (None, str(self.model).encode(), "text/plain")))

        if not isinstance(self.script_hint, Unset):
            files.append(("script_hint", (None, str(self.script_hint).encode(), "text/plain")))

        if not isinstance(self.audio_sample, Unset):
            files.append(("audio_sample", self.audio_sample.to_tuple()))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        name = _data.pop("name", None)
        if name.__class__ is not str:
            name = _reading.required(_reading.text, name, "name")
        type_ = _data.pop("type", UNSET)
        if type_ is not UNSET:
            type_ = _reading.optional(_READ_TYPE_, type_, UNSET)
        consent = _data.pop("consent", UNSET)
        if consent is not UNSET and consent.__class__ is not str:
            consent = _reading.optional(_reading.text, consent, UNSET)
        prompt = _data.pop("prompt", UNSET)
        if prompt is not UNSET and prompt.__class__ is not str:
            prompt = _reading.optional(_reading.text, prompt, UNSET)
        model = _data.pop("model", UNSET)
        if model is not UNSET and model.__class__ is not str:
            model = _reading.optional(_reading.text, model, UNSET)
        script_hint = _data.pop("script_hint", UNSET)
        if script_hint is not UNSET and script_hint.__class__ is not str:
            script_hint = _reading.optional(_reading.text, script_hint, UNSET)
        audio_sample = _data.pop("audio_sample", UNSET)
        if audio_sample is not UNSET:
            audio_sample = _reading.optional(_READ_AUDIO_SAMPLE, audio_sample, UNSET)
        _model = cls.__new__(cls)
        _model.name = name
        _model.type_ = type_
        _model.consent = consent
        _model.prompt = prompt
        _model.model = model
        _model.script_hint = script_hint
        _model.audio_sample = audio_sample
        return _model


_READ_TYPE_ = _reading.word(VoiceOrigin)
_READ_AUDIO_SAMPLE = _reading.anything
