"""The client of OpenAI-compatible audio servers for asyncio; its methods are documented at their twins in `client`."""

from __future__ import annotations

import os
from typing import Unpack, overload

from .._engine import run_async
from .._files import SourceLike
from .._http import AsyncClientBase, AsyncHttpClient, discreet
from .._http import options as settings
from .._transfer import AsyncAudioStream
from ..retry import Retry
from . import _operations
from ._credentials import access
from ._speech import open_speech, saving, speak
from ._transcription import AsyncTranscriptStream, open_transcript, recognise, transcription, translation
from .client import SILENCE
from .models import Estimate, Model
from .options import SpeakOptions, SpeechOptions, TranscribeOptions, TranscribeStreamOptions, TranslateOptions
from .types import JsonFormat, SpokenFile, TextFormat, Transcript, TranslationJsonFormat, Voice


class AsyncOpenAI(AsyncClientBase):
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
        http: an httpx.AsyncClient to send with, for proxies and TLS settings; it is neither changed nor closed.

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
        http: AsyncHttpClient | None = None,
    ) -> None:
        found = access(api_key, base_url, organization, project, api_version)
        tuned = settings(timeout, deadline, retry, silence=SILENCE)
        self._connect(http, found.where, found.keys, found.secrets, tuned)
        self._server = found.server(speech_model, transcription_model)

    @overload
    async def transcribe(
        self, source: SourceLike, *, format: JsonFormat | None = None, **options: Unpack[TranscribeOptions]
    ) -> Transcript: ...
    @overload
    async def transcribe(
        self, source: SourceLike, *, format: TextFormat, **options: Unpack[TranscribeOptions]
    ) -> str: ...
    async def transcribe(
        self, source: SourceLike, *, format: JsonFormat | TextFormat | None = None, **options: Unpack[TranscribeOptions]
    ) -> Transcript | str:
        """Write down what is said in a recording of any length."""
        job = transcription(options, format, self._server)
        return await run_async(self._server.explained(recognise(source, job)), self._wire)

    @overload
    async def translate(
        self, source: SourceLike, *, format: TranslationJsonFormat | None = None, **options: Unpack[TranslateOptions]
    ) -> Transcript: ...
    @overload
    async def translate(
        self, source: SourceLike, *, format: TextFormat, **options: Unpack[TranslateOptions]
    ) -> str: ...
    async def translate(
        self,
        source: SourceLike,
        *,
        format: TranslationJsonFormat | TextFormat | None = None,
        **options: Unpack[TranslateOptions],
    ) -> Transcript | str:
        """Write down in English what is said in another language, in a recording of any length."""
        job = translation(options, format, self._server)
        return await run_async(self._server.explained(recognise(source, job)), self._wire)

    def transcribe_stream(
        self, source: SourceLike, **options: Unpack[TranscribeStreamOptions]
    ) -> AsyncTranscriptStream:
        """Write down what is said in a recording while it is recognised, in a ``with`` block."""
        return AsyncTranscriptStream(self._wire, open_transcript(source, options, self._server))

    def speech(self, text: str, *, voice: Voice, **options: Unpack[SpeechOptions]) -> AsyncAudioStream:
        """Speak a text and read the audio while it comes, in a ``with`` block."""
        return AsyncAudioStream(self._wire, open_speech(text, voice, options, self._server))

    async def speak(
        self, text: str, to: str | os.PathLike[str], *, voice: Voice, **options: Unpack[SpeakOptions]
    ) -> SpokenFile:
        """Speak a text into a file, which is there whole or not at all."""
        job = saving(text, to, voice, options, self._server)
        return await run_async(self._server.explained(speak(job)), self._wire)

    async def models(self) -> tuple[Model, ...]:
        """Ask which models the server has."""
        return await run_async(self._server.explained(_operations.list_models()), self._wire)

    def estimate(
        self, *, model: str | None = None, seconds: float | None = None, characters: int | None = None
    ) -> Estimate:
        """Reckon what a recording or a text will cost, from a price list of one day; nothing is sent."""
        return self._server.estimate(model, seconds=seconds, characters=characters)

    @property
    def generated(self) -> _operations.Generated:
        """The generated client, on the same connections and with the same key."""
        return _operations.async_generated(self._wire)
