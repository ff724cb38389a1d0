"""The blocking client of OpenAI-compatible audio servers."""

from __future__ import annotations

import os
from typing import Unpack, overload

from .._engine import run
from .._files import SourceLike
from .._http import ClientBase, HttpClient, discreet
from .._http import options as settings
from .._transfer import AudioStream
from ..retry import Retry
from . import _operations
from ._credentials import access
from ._speech import open_speech, saving, speak
from ._transcription import TranscriptStream, open_transcript, recognise, transcription, translation
from .models import Estimate, Model
from .options import SpeakOptions, SpeechOptions, TranscribeOptions, TranscribeStreamOptions, TranslateOptions
from .types import JsonFormat, SpokenFile, TextFormat, Transcript, TranslationJsonFormat, Voice

SILENCE = 600.0
"""Seconds that the server may stay silent: recognition takes its time."""


class OpenAI(ClientBase):
    """Speech and transcription at OpenAI or a compatible server.

    Args:
        api_key: the key; "" for a server without keys; else OPENAI_API_KEY.
        base_url: where the server is; else OPENAI_BASE_URL, else OpenAI.
        organization: the organization that pays, for keys that belong to several.
        project: the project that pays.
        api_version: of Azure's API, for its addresses that end in ``/openai/deployments/NAME``; the key then goes there
            as `api-key`, as it does to all hosts of Azure.
        speech_model: the model of `speech` and `speak` where the call names none.
        transcription_model: the model of `transcribe` and `translate` where the call names none.
        timeout: seconds of silence after which a read or write fails (600).
        deadline: seconds that a whole call may take; None for no bound.
        retry: how failures are repeated.
        http: an httpx.Client to send with, for proxies and TLS settings; it is neither changed nor closed.

    Raises:
        ConfigurationError: no key, or a base URL that cannot be used.
    """

    @discreet
    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        organization: str | None = None,
        project: str | None = None,
        api_version: str | None = None,
        speech_model: str | None = None,
        transcription_model: str | None = None,
        timeout: float | None = None,
        deadline: float | None = None,
        retry: Retry | None = None,
        http: HttpClient | None = None,
    ) -> None:
        found = access(api_key, base_url, organization, project, api_version)
        tuned = settings(timeout, deadline, retry, silence=SILENCE)
        self._connect(http, found.where, found.keys, found.secrets, tuned)
        self._server = found.server(speech_model, transcription_model)

    @overload
    def transcribe(
        self, source: SourceLike, *, format: JsonFormat | None = None, **options: Unpack[TranscribeOptions]
    ) -> Transcript: ...
    @overload
    def transcribe(self, source: SourceLike, *, format: TextFormat, **options: Unpack[TranscribeOptions]) -> str: ...
    def transcribe(
        self, source: SourceLike, *, format: JsonFormat | TextFormat | None = None, **options: Unpack[TranscribeOptions]
    ) -> Transcript | str:
        """Write down what is said in a recording of any length.

        Args:
            source: the path of a file, its bytes, or a seekable binary file.
            format: of the answer. When None, verbose_json, or json for a model or server without times.
            **options: see TranscribeOptions.

        Returns:
            A Transcript, or for the formats text, srt and vtt that text.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: something is wrong with the arguments, or the recording must be cut and cannot be read.
            SourceChanged: the file changed meanwhile.
            UnexpectedAnswer: the answer is not what was asked for; its `body` is all that came.
            WorkInterrupted: some pieces are done, others not; the same call again sends only those.
        """
        job = transcription(options, format, self._server)
        return run(self._server.explained(recognise(source, job)), self._wire)

    @overload
    def translate(
        self, source: SourceLike, *, format: TranslationJsonFormat | None = None, **options: Unpack[TranslateOptions]
    ) -> Transcript: ...
    @overload
    def translate(self, source: SourceLike, *, format: TextFormat, **options: Unpack[TranslateOptions]) -> str: ...
    def translate(
        self,
        source: SourceLike,
        *,
        format: TranslationJsonFormat | TextFormat | None = None,
        **options: Unpack[TranslateOptions],
    ) -> Transcript | str:
        """Write down in English what is said in another language, in a recording of any length.

        Args:
            source: the path of a file, its bytes, or a seekable binary file.
            format: of the answer. When None, verbose_json, or json for a model or server without times.
            **options: see TranslateOptions.

        Returns:
            A Transcript, or for the formats text, srt and vtt that text.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: something is wrong with the arguments, or the recording must be cut and cannot be read.
            SourceChanged: the file changed meanwhile.
            UnexpectedAnswer: the answer is not what was asked for; its `body` is all that came.
            WorkInterrupted: some pieces are done, others not; the same call again sends only those.
        """
        job = translation(options, format, self._server)
        return run(self._server.explained(recognise(source, job)), self._wire)

    def transcribe_stream(self, source: SourceLike, **options: Unpack[TranscribeStreamOptions]) -> TranscriptStream:
        """Write down what is said in a recording while it is recognised, in a ``with`` block.

        The recording is sent when the block is entered. The stream gives events: TextDelta, SegmentDone where the model
        tells speakers, and TranscriptDone at the end. A server or model that does not stream gives the end alone.

        Args:
            source: the path of a file, its bytes, or a seekable binary file; it must fit one request.
            **options: see TranscribeStreamOptions.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: something is wrong with the arguments, or the recording is too long for one request.
        """
        return TranscriptStream(self._wire, open_transcript(source, options, self._server))

    def speech(self, text: str, *, voice: Voice, **options: Unpack[SpeechOptions]) -> AudioStream:
        """Speak a text and read the audio while it comes, in a ``with`` block.

        The request is sent when the block is entered, and repeated only until the first audio is there.

        Args:
            text: at most 4096 characters.
            voice: the name of a voice, or ``{"id": ...}`` for a voice of one's own.
            **options: see SpeechOptions.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: something is wrong with the arguments.
        """
        return AudioStream(self._wire, open_speech(text, voice, options, self._server))

    def speak(
        self, text: str, to: str | os.PathLike[str], *, voice: Voice, **options: Unpack[SpeakOptions]
    ) -> SpokenFile:
        """Speak a text into a file, which is there whole or not at all.

        Args:
            text: of any length; what does not fit one request is cut at the ends of sentences, spoken in pieces, joined
                as samples and encoded once (extra `media`). The same call again goes on after an interruption.
            to: the file to make or replace.
            voice: the name of a voice, or ``{"id": ...}`` for a voice of one's own.
            **options: see SpeakOptions.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: something is wrong with the arguments, or the file cannot be written.
            WorkInterrupted: a long text was spoken in part only; what is finished is kept, see SpeakOptions.state.
            Truncated: the answer has no audio.
            UnexpectedAnswer: the answer is text or JSON.
        """
        job = saving(text, to, voice, options, self._server)
        return run(self._server.explained(speak(job)), self._wire)

    def models(self) -> tuple[Model, ...]:
        """Ask which models the server has.

        Returns:
            Them all; those of OpenAI that are announced to end say when.
        """
        return run(self._server.explained(_operations.list_models()), self._wire)

    def estimate(
        self, *, model: str | None = None, seconds: float | None = None, characters: int | None = None
    ) -> Estimate:
        """Reckon what a recording or a text will cost, from a price list of one day; nothing is sent.

        Args:
            model: the name of the model; else the client's.
            seconds: how long the recording is.
            characters: how long the text is that is to be spoken.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: neither or both lengths are given.
        """
        return self._server.estimate(model, seconds=seconds, characters=characters)

    @property
    def generated(self) -> _operations.Generated:
        """The generated client, on the same connections and with the same key."""
        return _operations.generated(self._wire)
