"""The client of OpenAI-compatible audio servers for asyncio; its methods are documented at their twins in `client`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from typing import Any, overload

from .._client import AsyncClientBase
from .._config import options
from .._files import SourceLike
from .._http import AsyncHttpClient
from .._run import run_async
from .._stream import AsyncAudioStream
from ..progress import OnProgress
from ..retry import Retry
from . import _calls, _recognise, _speak
from ._access import access
from .client import SILENCE
from .types import (
    FormValue,
    JsonFormat,
    SpeechFormat,
    SpokenFile,
    TextFormat,
    Transcript,
    TranslationJsonFormat,
    Voice,
)


class AsyncOpenAI(AsyncClientBase):
    """Speech and transcription at OpenAI or a compatible server.

    Args:
        api_key: the key; "" for a server without keys; else OPENAI_API_KEY.
        base_url: where the server is; else OPENAI_BASE_URL, else OpenAI.
        organization: the organization that pays, for keys that belong to several.
        project: the project that pays.
        speech_model: the model of `speech` and `speak` where the call names none.
        transcription_model: the model of `transcribe` and `translate` where the call names none.
        timeout: seconds of silence after which a read or write fails (600).
        deadline: seconds that a whole call may take; None for no bound.
        retry: how failures are repeated.
        http: an httpx.AsyncClient to send with, for proxies and TLS settings; it is neither changed nor closed.

    Raises:
        ConfigurationError: no key, or a base URL that cannot be used.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        organization: str | None = None,
        project: str | None = None,
        speech_model: str | None = None,
        transcription_model: str | None = None,
        timeout: float | None = None,
        deadline: float | None = None,
        retry: Retry | None = None,
        http: AsyncHttpClient | None = None,
    ) -> None:
        found = access(api_key, base_url, organization, project)
        tuned = options(timeout, deadline, retry, silence=SILENCE)
        self._connect(AsyncHttpClient, http, found.where, found.keys, found.secrets, tuned)
        self._body_limit = found.body_limit
        self._speech_model = speech_model
        self._transcription_model = transcription_model

    @overload
    async def transcribe(
        self,
        source: SourceLike,
        *,
        model: str | None = None,
        language: str | None = None,
        prompt: str | None = None,
        words: bool = False,
        format: JsonFormat | None = None,
        temperature: float | None = None,
        extra: Mapping[str, FormValue] | None = None,
        on_progress: OnProgress | None = None,
    ) -> Transcript: ...
    @overload
    async def transcribe(
        self,
        source: SourceLike,
        *,
        model: str | None = None,
        language: str | None = None,
        prompt: str | None = None,
        words: bool = False,
        format: TextFormat,
        temperature: float | None = None,
        extra: Mapping[str, FormValue] | None = None,
        on_progress: OnProgress | None = None,
    ) -> str: ...
    async def transcribe(
        self,
        source: SourceLike,
        *,
        model: str | None = None,
        language: str | None = None,
        prompt: str | None = None,
        words: bool = False,
        format: JsonFormat | TextFormat | None = None,
        temperature: float | None = None,
        extra: Mapping[str, FormValue] | None = None,
        on_progress: OnProgress | None = None,
    ) -> Transcript | str:
        """Write down what is said in a recording that fits one request."""
        ask = _calls.Recognition(
            model=_calls.model(model, self._transcription_model, "transcription_model"),
            language=language,
            prompt=prompt,
            temperature=temperature,
            extra=extra,
        )
        job = _recognise.Job(
            task="transcribe", ask=ask, format=format, words=words, body_limit=self._body_limit, report=on_progress
        )
        return await run_async(_recognise.recognise(source, job), self._wire)

    @overload
    async def translate(
        self,
        source: SourceLike,
        *,
        model: str | None = None,
        prompt: str | None = None,
        format: TranslationJsonFormat | None = None,
        temperature: float | None = None,
        extra: Mapping[str, FormValue] | None = None,
        on_progress: OnProgress | None = None,
    ) -> Transcript: ...
    @overload
    async def translate(
        self,
        source: SourceLike,
        *,
        model: str | None = None,
        prompt: str | None = None,
        format: TextFormat,
        temperature: float | None = None,
        extra: Mapping[str, FormValue] | None = None,
        on_progress: OnProgress | None = None,
    ) -> str: ...
    async def translate(
        self,
        source: SourceLike,
        *,
        model: str | None = None,
        prompt: str | None = None,
        format: TranslationJsonFormat | TextFormat | None = None,
        temperature: float | None = None,
        extra: Mapping[str, FormValue] | None = None,
        on_progress: OnProgress | None = None,
    ) -> Transcript | str:
        """Write down in English what is said in another language; the arguments are those of `transcribe`."""
        ask = _calls.Recognition(
            model=_calls.model(model, self._transcription_model, "transcription_model"),
            prompt=prompt,
            temperature=temperature,
            extra=extra,
        )
        job = _recognise.Job(
            task="translate", ask=ask, format=format, words=False, body_limit=self._body_limit, report=on_progress
        )
        return await run_async(_recognise.recognise(source, job), self._wire)

    def speech(
        self,
        text: str,
        *,
        model: str | None = None,
        voice: Voice,
        format: SpeechFormat | None = None,
        speed: float | None = None,
        instructions: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> AsyncAudioStream:
        """Speak a text and read the audio while it comes, in a ``with`` block."""
        request = _calls.speech(
            text,
            model=_calls.model(model, self._speech_model, "speech_model"),
            voice=voice,
            format=format,
            speed=speed,
            instructions=instructions,
            extra=extra,
        )
        return AsyncAudioStream(self._wire, partial(_speak.live, request))

    async def speak(
        self,
        text: str,
        to: str | os.PathLike[str],
        *,
        model: str | None = None,
        voice: Voice,
        format: SpeechFormat | None = None,
        speed: float | None = None,
        instructions: str | None = None,
        extra: Mapping[str, Any] | None = None,
        on_progress: OnProgress | None = None,
    ) -> SpokenFile:
        """Speak a text into a file, which is there whole or not at all."""
        target = _speak.target(to, format)
        request = _calls.speech(
            text,
            model=_calls.model(model, self._speech_model, "speech_model"),
            voice=voice,
            format=target.format,
            speed=speed,
            instructions=instructions,
            extra=extra,
        )
        return await run_async(_speak.speak(request, target, scrub=self._wire.scrub, report=on_progress), self._wire)

    @property
    def generated(self) -> _calls.Generated:
        """The generated client, on the same connections and with the same key."""
        return _calls.async_generated(self._wire)
