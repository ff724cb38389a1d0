"""The asyncio client of OpenAI-compatible audio servers."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Unpack, overload

from .. import _engine, _transfer  # pyright: ignore[reportPrivateUsage]  # rooms of this package
from .._base.answers import Answers
from .._base.signatures import shows_keywords
from .._files import SourceLike
from .._http import AsyncLentClient, Backend, Certificate, discreet
from .._http import options as settings
from ..retry import Retry
from . import (
    _operations,
    _speech,
    _transcription,  # pyright: ignore[reportPrivateUsage]  # its classes are public by the name of this package
)
from ._credentials import SILENCE, access
from .async_voices import AsyncVoices
from .book import Chapter
from .models import Estimate, Model
from .options import SpeakOptions, SpeechOptions, TranscribeOptions, TranscribeStreamOptions, TranslateOptions
from .types import JsonFormat, SpokenFile, TextFormat, Transcript, TranslationJsonFormat, Voice

if TYPE_CHECKING:
    from .._transfer import AsyncAudioStream
    from ._transcription import AsyncTranscriptStream


class AsyncOpenAI(AsyncVoices):
    """Speech and transcription at OpenAI or a compatible server.

    Args:
        api_key: the key; "" for a server without keys; OPENAI_API_KEY when None.
        base_url: the address of the server; when None OPENAI_BASE_URL, or else OpenAI.
        organization: the organization that pays, for keys that belong to several.
        project: the project that pays.
        api_version: the version of Azure's API, for its addresses that end in ``/openai/deployments/NAME``. The key is
            then sent as `api-key`, as to all hosts of Azure.
        speech_model: the model of `speech` and `speak` when the call names none.
        transcription_model: the model of `transcribe` and `translate` when the call names none.
        timeout: seconds of silence after which a read or write fails (600).
        deadline: seconds that a whole call may take; None for no limit.
        retry: how failed requests are retried.
        headers: headers that a proxy in front of the server wants, such as those of Cloudflare Access. They go to this
            server alone, and are never shown.
        certificate: a PEM file with a certificate of the client and its private key, or a pair of files, for servers
            that ask for one (mutual TLS); shown to this server alone.
        http: an httpx.AsyncClient to send with, for proxies and TLS settings; it is neither changed nor closed.
        backend: the library that sends, "httpx" when None; "httpx2" (extra `httpx2`) is for many calls at once.

    Raises:
        ConfigurationError: there is no key, or the base URL is invalid.
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
        headers: Mapping[str, str] | None = None,
        certificate: Certificate | None = None,
        http: AsyncLentClient | None = None,
        backend: Backend | None = None,
    ) -> None:
        credentials = access(api_key, base_url, organization, project, api_version)
        tuned = settings(timeout, deadline, retry, silence=SILENCE)
        self._connect(
            http, credentials.where, credentials.keys, credentials.secrets, tuned, headers, certificate, backend
        )
        self._server = credentials.server(speech_model, transcription_model)

    @overload
    async def transcribe(
        self, source: SourceLike, *, format: JsonFormat | None = None, **options: Unpack[TranscribeOptions]
    ) -> Transcript: ...
    @overload
    async def transcribe(
        self, source: SourceLike, *, format: TextFormat, **options: Unpack[TranscribeOptions]
    ) -> str: ...
    @shows_keywords
    async def transcribe(
        self, source: SourceLike, *, format: JsonFormat | TextFormat | None = None, **options: Unpack[TranscribeOptions]
    ) -> Transcript | str:
        """Write down the speech of a recording of any length.

        Args:
            source: the path of a file, its web address, its bytes, or a seekable binary file.
            format: the format of the response; when None verbose_json, or json for a model or server without times.
            **options: see TranscribeOptions.

        Returns:
            A Transcript; for the formats text, srt and vtt that text.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: an argument is invalid, or the recording must be cut and cannot be decoded.
            SourceChanged: the file changed during the call.
            UnexpectedAnswer: the response is not in the requested format; its `body` is what was received.
            WorkInterrupted: some chunks are finished, others not; the same call again sends only the others.
        """
        job = _transcription.transcription(options, format, self._server)
        return await _engine.run_async(self._server.explained(_transcription.recognise(source, job)), self._wire)

    @overload
    async def translate(
        self, source: SourceLike, *, format: TranslationJsonFormat | None = None, **options: Unpack[TranslateOptions]
    ) -> Transcript: ...
    @overload
    async def translate(
        self, source: SourceLike, *, format: TextFormat, **options: Unpack[TranslateOptions]
    ) -> str: ...
    @shows_keywords
    async def translate(
        self,
        source: SourceLike,
        *,
        format: TranslationJsonFormat | TextFormat | None = None,
        **options: Unpack[TranslateOptions],
    ) -> Transcript | str:
        """Write down the speech of a recording of any length in English.

        Args:
            source: the path of a file, its web address, its bytes, or a seekable binary file.
            format: the format of the response; when None verbose_json, or json for a model or server without times.
            **options: see TranslateOptions.

        Returns:
            A Transcript; for the formats text, srt and vtt that text.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: an argument is invalid, or the recording must be cut and cannot be decoded.
            SourceChanged: the file changed during the call.
            UnexpectedAnswer: the response is not in the requested format; its `body` is what was received.
            WorkInterrupted: some chunks are finished, others not; the same call again sends only the others.
        """
        job = _transcription.translation(options, format, self._server)
        return await _engine.run_async(self._server.explained(_transcription.recognise(source, job)), self._wire)

    @shows_keywords
    def transcribe_stream(
        self, source: SourceLike, **options: Unpack[TranscribeStreamOptions]
    ) -> AsyncTranscriptStream:
        """Read the transcript of a recording while the server writes it, in an ``async with`` block.

        Entering the block sends the recording. The stream yields events: TextDelta, SegmentDone if the model
        distinguishes speakers, and TranscriptDone at the end. A server or model that does not stream sends only the
        end.

        Args:
            source: the path of a file, its web address, its bytes, or a seekable binary file; it must fit into one
                request.
            **options: see TranscribeStreamOptions.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: an argument is invalid, or the recording is too long for one request.
        """
        return _transcription.AsyncTranscriptStream(
            self._wire, _transcription.open_transcript(source, options, self._server)
        )

    @shows_keywords
    def speech(self, text: str, *, voice: Voice, **options: Unpack[SpeechOptions]) -> AsyncAudioStream:
        """Speak a text and read the audio while it arrives, in an ``async with`` block.

        Entering the block sends the request, which is retried only until the first audio has arrived.

        Args:
            text: at most 4096 characters.
            voice: the name of a voice, or ``{"id": ...}`` for a voice of your own.
            **options: see SpeechOptions.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: an argument is invalid.
        """
        return _transfer.AsyncAudioStream(self._wire, _speech.open_speech(text, voice, options, self._server))

    @shows_keywords
    async def speak(
        self,
        text: str | Sequence[Chapter],
        to: str | os.PathLike[str],
        *,
        voice: Voice,
        **options: Unpack[SpeakOptions],
    ) -> SpokenFile:
        """Speak a text into a file; only a complete file gets the name `to`.

        Args:
            text: of any length. A text that does not fit into one request is cut at the ends of sentences, spoken in
                chunks, joined as samples and encoded once (extra `media`). The same call again resumes after an
                interruption. A list of Chapter, as read_epub returns it, makes the chapters of a file in m4b or m4a; a
                text in m4b has them where it has headings of the first or second level in Markdown.
            to: the file to make or replace.
            voice: the name of a voice, or ``{"id": ...}`` for a voice of your own.
            **options: see SpeakOptions.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: an argument is invalid, or the file cannot be written.
            WorkInterrupted: only a part of a long text was spoken; its finished chunks are kept, see
                SpeakOptions.state.
            Truncated: the response has no audio.
            UnexpectedAnswer: the response is text or JSON.
        """
        job = _speech.saving(text, to, voice, options, self._server)
        return await _engine.run_async(self._server.explained(_speech.speak(job)), self._wire)

    async def models(self) -> Answers[Model]:
        """List the models of the server.

        Returns:
            All of them; a model of OpenAI that is announced to end has the date.
        """
        return await _engine.run_async(self._server.explained(_operations.list_models()), self._wire)

    def estimate(
        self, *, model: str | None = None, seconds: float | None = None, characters: int | None = None
    ) -> Estimate:
        """Estimate the price of a recording or a text from a built-in price list with a date; nothing is sent.

        Args:
            model: the name of the model; the client's when None.
            seconds: the length of the recording.
            characters: the length of the text to speak.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: neither or both lengths are given.
        """
        return self._server.estimate(model, seconds=seconds, characters=characters)

    async def estimate_recording(self, source: SourceLike, *, model: str | None = None) -> Estimate:
        """Estimate the price of transcribing a recording, which is measured; nothing is sent.

        Args:
            source: the recording; formats other than WAV need the extra `media`.
            model: the name of the model; the client's when None.

        Raises:
            ConfigurationError: no model is named, or the extra is not installed.
            InvalidInput: it cannot be read as audio.
        """
        return await _engine.run_async(self._server.estimate_recording(source, model), self._wire)

    @property
    def generated(self) -> _operations.Generated:
        """The generated client, made once, on the same connections and with the same key; see docs/generated.md."""
        return _operations.generated(self._wire)
