# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ... import reading as _reading
from .. import types
from ..types import File

T = TypeVar("T", bound="CreateVoiceConsentRequest")


@_attrs_define
class CreateVoiceConsentRequest:
    """A recording in which a person consents.

    Attributes:
        name (str): Name for people.
        language (str): Language of the phrase that is read, as a BCP 47 tag such as `en-US`.
        recording (File): The recording; its size and media types are those of `audio_sample`.
    """

    name: str
    language: str
    recording: File

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        language = self.language

        recording = self.recording.to_tuple()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "language": language,
                "recording": recording,
            }
        )

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("name", (None, str(self.name).encode(), "text/plain")))

        files.append(("language", (None, str(self.language).encode(), "text/plain")))

        files.append(("recording", self.recording.to_tuple()))

        return files

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        _data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)
        name = _data.pop("name", None)
        if name.__class__ is not str:
            name = _reading.required(_reading.text, name, "name")
        language = _data.pop("language", None)
        if language.__class__ is not str:
            language = _reading.required(_reading.text, language, "language")
        recording = _data.pop("recording", None)
        recording = _reading.required(_READ_RECORDING, recording, "recording")
        _model = cls.__new__(cls)
        _model.name = name
        _model.language = language
        _model.recording = recording
        return _model


_READ_RECORDING = _reading.anything
