"""The options of speech, transcription, translation and custom voices."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict, cast

from .._base import validate
from .._engine import Workers
from .._files import SourceLike
from ..errors import InvalidInput
from ..progress import OnProgress
from .book import Pauses
from .types import FileFormat, FormScalar, FormValue, Sample, SpeechFormat, SpeechStreamFormat, Transcript


class _RecordingOptions(TypedDict, total=False):
    """The options of all requests with a recording."""

    model: str | None
    """Name of the model; else the client's `transcription_model`."""
    prompt: str | None
    """Text that precedes this recording, or words to expect; in English for a translation."""
    temperature: float | None
    """Randomness of the text, 0 to 1."""
    extra: Mapping[str, FormValue] | None
    """Further form fields, such as ``{"vad_filter": True}``: a list is sent as `name[]`, a mapping as `name[key]`."""
    on_progress: OnProgress | None
    """Called with the progress: bytes sent, or for a long recording the finished seconds."""


class _LengthOptions(TypedDict, total=False):
    """How recordings are handled that do not fit into one request."""

    piece: float | None
    """Seconds of one piece of a longer recording, 10 or more; 600 when None."""
    max_bytes: int | None
    """Bytes that the body of one request may have; when None 25 MiB at OpenAI and on Azure, without limit elsewhere."""
    workers: Workers | None
    """How many chunks of a long recording are sent at a time; 1 when None. "auto" starts with one, and sends more as
    long as that is faster."""
    carry_prompt: bool | None
    """Whether each piece of a long recording is sent with the text before it as its prompt; this needs one worker."""
    track: int | str | None
    """The audio track of a file: its number from 1, or its language as the file names it (``"deu"``); the file's
    default track when None."""
    own_time: bool | None
    """Whether times count from the beginning of the track. When None or False they count from the beginning of the
    file, as in players; a picture or another track may begin before the audio."""
    max_price: float | None
    """USD that the recording may cost, by the price list of `estimate`, with the pieces that earlier calls paid for; no
    limit when None. A recording that costs more is refused before anything is sent."""
    state: str | os.PathLike[str] | None
    """The file for the finished pieces of a long recording, until all are finished; in the user's state folder when
    None."""
    on_result: Callable[[Transcript | str], object] | None
    """Called with the result as soon as it is received, before the kept pieces are removed: a result that is stored
    there is not paid for twice, whatever happens to the call. It is called again with the fuller result when a missing
    rest was sent once more. Only `Transcript.doubtful` is still empty."""


class TranslateOptions(_RecordingOptions, _LengthOptions, total=False):
    """The options of a translation; an option that is left out or None is not sent."""


class TranscribeStreamOptions(_RecordingOptions, total=False):
    """The options of a transcription that is read live; an option that is left out or None is not sent."""

    language: str | None
    """Language that is spoken (ISO 639-1); the model detects it when None."""
    languages: Sequence[str] | None
    """Languages that may be spoken (ISO 639-1), for models that accept several."""
    keywords: Sequence[str] | None
    """Words to expect, for models that accept them; OpenAI refuses '<', '>' and line breaks in them."""
    include: Sequence[str] | None
    """Additional fields of the response: ``["logprobs"]``, see `Transcript.logprobs`."""
    chunking_strategy: str | Mapping[str, FormScalar] | None
    """How the server cuts the recording: `auto`, or voice activity detection with given settings,
    ``{"type": "server_vad", "threshold": 0.5, "prefix_padding_ms": 300, "silence_duration_ms": 200}``. `auto` when None
    and the model is one of OpenAI's that need it."""
    known_speakers: Mapping[str, Sample] | None
    """Names of speakers, each with 2 to 10 seconds of the voice: a path, bytes or a data URL; up to four at OpenAI."""


class TranscribeOptions(TranscribeStreamOptions, _LengthOptions, total=False):
    """The options of a transcription; an option that is left out or None is not sent."""

    words: bool
    """Whether to request the times of words; if the model has none, a warning is logged."""


class _SpeakingOptions(TypedDict, total=False):
    """The options that live speech and saved speech share."""

    model: str | None
    """Name of the model; else the client's `speech_model`."""
    speed: float | None
    """Factor of the speaking rate; 0.25 to 4 at OpenAI."""
    instructions: str | None
    """A description of how to speak; at OpenAI at most 4096 characters."""
    extra: Mapping[str, Any] | None
    """Further fields of the request."""


class SpeechOptions(_SpeakingOptions, total=False):
    """The options of live speech; an option that is left out or None is not sent."""

    format: SpeechFormat | None
    """Format of the audio; the server's default (mp3) when None."""
    stream_format: SpeechStreamFormat | None
    """Whether the server sends plain `audio` or events (`sse`) with the same audio, which are read here."""


class SpeakOptions(_SpeakingOptions, total=False):
    """The options of saved speech; an option that is left out or None is not sent."""

    format: FileFormat | None
    """Format of the file; by its suffix when None. m4a, m4b, and files of several requests are encoded on this
    machine."""
    bit_rate: int | None
    """Bits per second of mp3, opus, aac, m4a and m4b, which are then encoded on this machine; a usual bit rate for
    speech when None."""
    language: str | None
    """Language of the text (ISO 639-1), for finding the ends of sentences; English when None."""
    piece: int | None
    """Characters of the text in one request at most. When None, a text of up to 4096 characters is sent in one request,
    and a longer text in pieces of 2500, or fewer in scripts with many bytes."""
    workers: Workers | None
    """How many pieces are sent at a time; 2 when None. "auto" starts with one, and sends more as long as that is
    faster."""
    pauses: float | Pauses | None
    """Seconds of silence between paragraphs and between chapters, which are then sent separately: a number for both, or
    ``{"chapters": 2.0}``. No silence when None. Headings in Markdown begin the chapters of a text."""
    title: str | None
    """Title of a file in m4b or m4a."""
    author: str | None
    """Author of a file in m4b or m4a."""
    cover: str | os.PathLike[str] | bytes | None
    """Picture of a file in m4b or m4a, JPEG or PNG: its path, or its bytes."""
    rate: int | None
    """Samples per second of audio without a header, such as `pcm`, if the response does not state them; 24000 when
    None. A file of `pcm` that is made of several requests has this rate."""
    state: str | os.PathLike[str] | None
    """Folder for the finished chunks, until all are finished; when None a folder in ``$XDG_STATE_HOME/tonearm``, named
    after the text and the options."""
    on_progress: OnProgress | None
    """Called with the received bytes of audio; for a long text with the number of chunks spoken, and then encoded."""


class VoiceOptions(TypedDict, total=False):
    """The options of a new voice, which is made from `audio_sample` with `consent`, or from `prompt`."""

    audio_sample: SourceLike | None
    """A recording of the person: the path of a file, its bytes, or a binary file; at OpenAI at most 10 MiB."""
    consent: str | None
    """Id of the recording in which the person consents, see `create_voice_consent`."""
    prompt: str | None
    """A description of the voice. At OpenAI only live conversations accept a voice that was made from a description."""
    model: str | None
    """Name of the model that makes a voice from `prompt`; the server chooses when None."""
    script_hint: str | None
    """The text that a voice from `prompt` speaks while it is made; the server writes it when None."""


def given(options: Mapping[str, Any], kind: type[Any]) -> dict[str, Any]:
    """The options that are not None; `kind` is the TypedDict with their names.

    Raises:
        InvalidInput: an option is unknown, or `on_progress` or `on_result` is no function.
    """
    on_progress = options.get("on_progress")
    if on_progress is not None and not callable(on_progress):
        raise InvalidInput.of("on_progress", on_progress, "a function")
    on_result = options.get("on_result")
    if on_result is not None and not callable(on_result):
        raise InvalidInput.of("on_result", on_result, "a function")
    known = cast("frozenset[str]", kind.__optional_keys__)
    return {validate.word(name, "option", known): value for name, value in options.items() if value is not None}
