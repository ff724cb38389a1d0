"""What can be asked of speech, transcription and translation, beside the text or the recording itself."""

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
    """What all requests that carry a recording share."""

    model: str | None
    """Name of the model; else the client's `transcription_model`."""
    prompt: str | None
    """Text before this recording, or words to expect; for a translation in English."""
    temperature: float | None
    """Randomness of the text, 0 to 1."""
    extra: Mapping[str, FormValue] | None
    """Further form fields, such as ``{"vad_filter": True}``: a list is sent as `name[]`, a mapping as `name[key]`."""
    on_progress: OnProgress | None
    """Called with the progress: bytes that were sent, or of a long recording the seconds that are done."""


class _LengthOptions(TypedDict, total=False):
    """How recordings are taken that do not fit one request."""

    piece: float | None
    """Seconds that one request may have of a longer recording, 10 or more; 600 when None."""
    max_bytes: int | None
    """Bytes that the body of one request may have: 25 MiB at OpenAI and on Azure when None, any number elsewhere."""
    workers: Workers | None
    """How many chunks of a long recording are sent at a time; 1 when None. "auto" begins with one, and sends more while
    the server does more with more."""
    carry_prompt: bool | None
    """Whether each piece of a long recording gets the text before it as its prompt, which needs one worker."""
    track: int | str | None
    """Which audio track of a file is heard: its number from 1, or its language as the file names it (``"deu"``); the
    one that the file marks as its default when None."""
    own_time: bool | None
    """Whether times count from the beginning of the track. When None or False they count from that of the file, as
    players do, where a picture or another track begins before it."""
    max_price: float | None
    """USD that the recording may cost, going by the price list of `estimate` and counting what earlier calls paid for;
    no limit when None. What costs more is refused before anything is sent."""
    state: str | os.PathLike[str] | None
    """Where the finished pieces of a long recording are kept until the last; the user's folder for state when None."""
    on_result: Callable[[Transcript | str], object] | None
    """Called with the result as soon as it is received, before the pieces that were kept are removed: what is stored
    there is not paid for again, however the call ends. It is called once more when what an answer left out was asked
    for. Only `Transcript.doubtful` is still empty."""


class TranslateOptions(_RecordingOptions, _LengthOptions, total=False):
    """What can be asked of a translation; what is left out or None is not sent."""


class TranscribeStreamOptions(_RecordingOptions, total=False):
    """The options of a transcription that is read live; what is left out or None is not sent."""

    language: str | None
    """Language that is spoken (ISO 639-1); the model finds it out when None."""
    languages: Sequence[str] | None
    """Languages that may be spoken (ISO 639-1), for models that take several."""
    keywords: Sequence[str] | None
    """Words to expect, for models that take them; OpenAI refuses '<', '>' and line breaks in them."""
    include: Sequence[str] | None
    """What to answer beside the text: ``["logprobs"]``, which comes as `Transcript.logprobs`."""
    chunking_strategy: str | Mapping[str, FormScalar] | None
    """How the server cuts the recording: `auto`, or voice activity detection with settings of its own,
    ``{"type": "server_vad", "threshold": 0.5, "prefix_padding_ms": 300, "silence_duration_ms": 200}``. `auto` when None
    and the model is one of OpenAI's that need it."""
    known_speakers: Mapping[str, Sample] | None
    """Names of speakers, each with 2 to 10 seconds of that voice: a path, bytes or a data URL; OpenAI takes four."""


class TranscribeOptions(TranscribeStreamOptions, _LengthOptions, total=False):
    """What can be asked of a transcription; what is left out or None is not sent."""

    words: bool
    """Whether to ask for the times of words; when the model has none, a warning is logged."""


class _SpeakingOptions(TypedDict, total=False):
    """What live speech and speech that is saved share."""

    model: str | None
    """Name of the model; else the client's `speech_model`."""
    speed: float | None
    """Factor of the speaking rate; 0.25 to 4 at OpenAI."""
    instructions: str | None
    """How to speak, in words; at OpenAI at most 4096 characters."""
    extra: Mapping[str, Any] | None
    """Further fields of the request."""


class SpeechOptions(_SpeakingOptions, total=False):
    """What can be asked of live speech; what is left out or None is not sent."""

    format: SpeechFormat | None
    """Format of the audio; the server's default (mp3) when None."""
    stream_format: SpeechStreamFormat | None
    """Whether the server is to send plain `audio` or events (`sse`), which are read here; the audio is the same."""


class SpeakOptions(_SpeakingOptions, total=False):
    """What can be asked of speech that is saved; what is left out or None is not sent."""

    format: FileFormat | None
    """Format of the file; what its suffix says when None. m4a, m4b, and what takes several requests, are
    encoded here."""
    bit_rate: int | None
    """Bits per second of mp3, opus, aac, m4a and m4b, which are then encoded here; a usual one for speech when None."""
    language: str | None
    """Language of the text (ISO 639-1), by whose rules the ends of sentences are found; English when None."""
    piece: int | None
    """Characters of the text that one request has at most; a text that is shorter goes in one. When None, a text of up
    to 4096 characters goes in one request, and longer ones in pieces of 2500, fewer in scripts with many bytes."""
    workers: Workers | None
    """How many pieces are asked for at a time; 2 when None. "auto" begins with one, and asks for more while the server
    does more with more."""
    pauses: float | Pauses | None
    """Seconds of silence between paragraphs and chapters, which each take requests of their own: a number for both, or
    ``{"chapters": 2.0}``. None is added when None, and the chapters of a text are its headings in Markdown."""
    title: str | None
    """Title of a file in m4b or m4a."""
    author: str | None
    """Author of such a file."""
    cover: str | os.PathLike[str] | bytes | None
    """Picture of such a file, JPEG or PNG: its path, or its bytes."""
    rate: int | None
    """Samples a second of audio that comes without a header, as `pcm` does, where the response does not say it; 24000
    when None. A file of `pcm` that takes several requests is made with this rate."""
    state: str | os.PathLike[str] | None
    """Folder for finished chunks until all are finished; when None one below ``$XDG_STATE_HOME/tonearm``, named after
    the text and how it is spoken."""
    on_progress: OnProgress | None
    """Called with the bytes of audio that arrived; of a long text with the chunks spoken, and then encoded."""


class VoiceOptions(TypedDict, total=False):
    """What a voice of your own is made of: `audio_sample` with `consent`, or `prompt`."""

    audio_sample: SourceLike | None
    """A recording of the person: the path of a file, its bytes, or a binary file; at OpenAI at most 10 MiB."""
    consent: str | None
    """Id of the recording in which the person consents, see `create_voice_consent`."""
    prompt: str | None
    """What the voice is like, in words. Speech does not take such a voice at OpenAI; only its live conversations do."""
    model: str | None
    """Name of the model that makes a voice of words; the server chooses when None."""
    script_hint: str | None
    """What a voice of words says while it is made; the server writes it when None."""


def given(options: Mapping[str, Any], kind: type[Any]) -> dict[str, Any]:
    """The options that say something; `kind` is the TypedDict that has their names.

    Raises:
        InvalidInput: no option has this name, or `on_progress` is no function.
    """
    report = options.get("on_progress")
    if report is not None and not callable(report):
        raise InvalidInput.of("on_progress", report, "a function")
    tell = options.get("on_result")
    if tell is not None and not callable(tell):
        raise InvalidInput.of("on_result", tell, "a function")
    known = cast("frozenset[str]", kind.__optional_keys__)
    return {validate.word(name, "option", known): value for name, value in options.items() if value is not None}
