# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from .. import types
from ..models.translation_format import TranslationFormat
from ..types import UNSET, File, Unset

T = TypeVar("T", bound="CreateTranslationRequest")


@_attrs_define
class CreateTranslationRequest:
    """
    Attributes:
        model (str): Name of the model; OpenAI knows `whisper-1` here.
        file (File): The audio file; its name needs an extension - flac, m4a, mp3, mp4, mpeg, mpga, ogg, wav or webm.
        prompt (str | Unset): Text before this audio, or words to expect, in English.
        response_format (TranslationFormat | Unset): Format of the answer, `json` when left out.
        temperature (float | Unset): Randomness of the text; 0, which is also meant when left out, lets whisper raise it
            by itself.
    """

    model: str
    file: File
    prompt: str | Unset = UNSET
    response_format: TranslationFormat | Unset = UNSET
    temperature: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        model = self.model

        file = self.file.to_tuple()

        prompt = self.prompt

        response_format: str | Unset = UNSET
        if not isinstance(self.response_format, Unset):
            response_format = str(self.response_format)

        temperature = self.temperature

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "model": model,
                "file": file,
            }
        )
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if response_format is not UNSET:
            field_dict["response_format"] = response_format
        if temperature is not UNSET:
            field_dict["temperature"] = temperature

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("model", (None, str(self.model).encode(), "text/plain")))

        files.append(("file", self.file.to_tuple()))

        if not isinstance(self.prompt, Unset):
            files.append(("prompt", (None, str(self.prompt).encode(), "text/plain")))

        if not isinstance(self.response_format, Unset):
            files.append(("response_format", (None, str(self.response_format).encode(), "text/plain")))

        if not isinstance(self.temperature, Unset):
            files.append(("temperature", (None, str(self.temperature).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        model = _data.pop("model", None)
        if model.__class__ is not str:
            model = _reading.required(_reading.text, model, "model")
        file = _data.pop("file", None)
        file = _reading.required(_READ_FILE, file, "file")
        prompt = _data.pop("prompt", UNSET)
        if prompt is not UNSET and prompt.__class__ is not str:
            prompt = _reading.optional(_reading.text, prompt, UNSET)
        response_format = _data.pop("response_format", UNSET)
        if response_format is not UNSET:
            response_format = _reading.optional(_READ_RESPONSE_FORMAT, response_format, UNSET)
        temperature = _data.pop("temperature", UNSET)
        if temperature is not UNSET and (temperature.__class__ is not float or not _reading.is_finite(temperature)):
            temperature = _reading.optional(_reading.number, temperature, UNSET)
        _model = cls.__new__(cls)
        _model.model = model
        _model.file = file
        _model.prompt = prompt
        _model.response_format = response_format
        _model.temperature = temperature
        return _model


_READ_FILE = _reading.anything
_READ_RESPONSE_FORMAT = _reading.word(TranslationFormat)
