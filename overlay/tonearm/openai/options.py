"""What can be asked of speech, transcription and translation, beside the text or the recording itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict, cast

from .. import _checks as check
from ..progress import OnProgress
from .types import FormValue, SpeechFormat


class _RecogniseOptions(TypedDict, total=False):
    """What transcription and translation share."""

    model: str | None
    """Name of the model; else the client's `transcription_model`."""
    prompt: str | None
    """Text before this recording, or words to expect; for a translation in English."""
    temperature: float | None
    """Randomness of the text, 0 to 1."""
    extra: Mapping[str, FormValue] | None
    """Further form fields, such as ``{"vad_filter": True}``: a list is sent as `name[]`, a mapping as `name[key]`."""
    on_progress: OnProgress | None
    """Told how many bytes of the recording were sent."""


class TranslateOptions(_RecogniseOptions, total=False):
    """What can be asked of a translation; what is left out or None is not sent."""


class TranscribeOptions(_RecogniseOptions, total=False):
    """What can be asked of a transcription; what is left out or None is not sent."""

    language: str | None
    """Language that is spoken (ISO 639-1); the model finds it out when None."""
    words: bool
    """Whether to ask for the times of words; when the model has none, a warning is logged."""


class SpeechOptions(TypedDict, total=False):
    """What can be asked of speech; what is left out or None is not sent."""

    model: str | None
    """Name of the model; else the client's `speech_model`."""
    format: SpeechFormat | None
    """Format of the audio. When None, the server's default (mp3), or for a file what its suffix says."""
    speed: float | None
    """Factor of the speaking rate, 0.25 to 4."""
    instructions: str | None
    """How to speak, in words, at most 4096 characters."""
    extra: Mapping[str, Any] | None
    """Further fields of the request."""


class SpeakOptions(SpeechOptions, total=False):
    """What can be asked of speech that is saved; what is left out or None is not sent."""

    on_progress: OnProgress | None
    """Told how many bytes of audio have come."""


def given(options: Mapping[str, Any], kind: type[Any]) -> dict[str, Any]:
    """The options that say something; `kind` is the TypedDict that has their names.

    Raises:
        InvalidInput: there is no such option.
    """
    known = cast("frozenset[str]", kind.__optional_keys__)
    return {check.word(name, "option", known): value for name, value in options.items() if value is not None}
