"""The blocking client of OpenAI-compatible audio servers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from typing import Any, overload

from .._client import ClientBase
from .._config import options
from .._files import SourceLike
from .._http import HttpClient
from .._run import run
from .._stream import AudioStream
from ..progress import OnProgress
from ..retry import Retry
from . import _calls, _recognise, _speak
from ._access import access
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

SILENCE = 600.0
"""Seconds that the server may stay silent: recognition takes its time."""


class OpenAI(ClientBase):
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
        http: an httpx.Client to send with, for proxies and TLS settings; it is neither changed nor closed.

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
        http: HttpClient | None = None,
    ) -> None:
        found = access(api_key, base_url, organization, project)
        tuned = options(timeout, deadline, retry, silence=SILENCE)
        self._connect(HttpClient, http, found.where, found.keys, found.secrets, tuned)
        self._body_limit = found.body_limit
        self._speech_model = speech_model
        self._transcription_model = transcription_model

    @overload
    def transcribe(
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
    def transcribe(
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
    def transcribe(
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
        """Write down what is said in a recording that fits one request.

        Args:
            source: the path of a file, its bytes, or a seekable binary file.
            model: the name of the model; else the client's `transcription_model`.
            language: the language that is spoken (ISO 639-1); the model finds it out when None.
            prompt: text before this recording, or words to expect.
            words: whether to ask for the times of words; when the model has none, a warning is logged.
            format: of the answer. When None, verbose_json, or json for a model or server without times.
            temperature: randomness of the text, 0 to 1.
            extra: further form fields, such as ``{"chunking_strategy": "auto"}``.
            on_progress: told how many bytes of the recording were sent.

        Returns:
            A Transcript, or for the formats text, srt and vtt that text.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: something is wrong with the arguments, or the recording is too long for one request.
            SourceChanged: the file changed meanwhile.
            UnexpectedAnswer: the answer is not what was asked for; its `body` is all that came.
        """
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
        return run(_recognise.recognise(source, job), self._wire)

    @overload
    def translate(
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
    def translate(
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
    def translate(
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
        """Write down in English what is said in another language; the arguments are those of `transcribe`.

        Args:
            source: the path of a file, its bytes, or a seekable binary file.
            model: the name of the model; else the client's `transcription_model`.
            prompt: text before this recording, or words to expect, in English.
            format: of the answer. When None, verbose_json, or json for a model or server without times.
            temperature: randomness of the text, 0 to 1.
            extra: further form fields.
            on_progress: told how many bytes of the recording were sent.

        Returns:
            A Transcript, or for the formats text, srt and vtt that text.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: something is wrong with the arguments, or the recording is too long for one request.
            SourceChanged: the file changed meanwhile.
            UnexpectedAnswer: the answer is not what was asked for; its `body` is all that came.
        """
        ask = _calls.Recognition(
            model=_calls.model(model, self._transcription_model, "transcription_model"),
            prompt=prompt,
            temperature=temperature,
            extra=extra,
        )
        job = _recognise.Job(
            task="translate", ask=ask, format=format, words=False, body_limit=self._body_limit, report=on_progress
        )
        return run(_recognise.recognise(source, job), self._wire)

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
    ) -> AudioStream:
        """Speak a text and read the audio while it comes, in a ``with`` block.

        The request is sent when the block is entered, and repeated only until the first audio is there.

        Args:
            text: at most 4096 characters.
            model: the name of the model; else the client's `speech_model`.
            voice: the name of a voice, or ``{"id": ...}`` for a voice of one's own.
            format: of the audio; the server's default, mp3, when None.
            speed: factor of the speaking rate, 0.25 to 4.
            instructions: how to speak, in words, at most 4096 characters.
            extra: further fields of the request.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: something is wrong with the arguments.
        """
        request = _calls.speech(
            text,
            model=_calls.model(model, self._speech_model, "speech_model"),
            voice=voice,
            format=format,
            speed=speed,
            instructions=instructions,
            extra=extra,
        )
        return AudioStream(self._wire, partial(_speak.live, request))

    def speak(
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
        """Speak a text into a file, which is there whole or not at all.

        Args:
            text: at most 4096 characters.
            to: the file to make or replace.
            model: the name of the model; else the client's `speech_model`.
            voice: the name of a voice, or ``{"id": ...}`` for a voice of one's own.
            format: of the audio; what the file's suffix says when None.
            speed: factor of the speaking rate, 0.25 to 4.
            instructions: how to speak, in words, at most 4096 characters.
            extra: further fields of the request.
            on_progress: told how many bytes of audio have come.

        Raises:
            ConfigurationError: no model is named.
            InvalidInput: something is wrong with the arguments, or the file cannot be written.
            Truncated: the answer has no audio.
            UnexpectedAnswer: the answer is text or JSON.
        """
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
        return run(_speak.speak(request, target, scrub=self._wire.scrub, report=on_progress), self._wire)

    @property
    def generated(self) -> _calls.Generated:
        """The generated client, on the same connections and with the same key."""
        return _calls.generated(self._wire)
