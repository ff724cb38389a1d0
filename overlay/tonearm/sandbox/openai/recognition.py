"""Transcription and translation: the check of a form, and the recognition of its file."""

import math
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, Literal

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from tonearm.sandbox import audio
from tonearm.sandbox.audio import SPEECH_RATE, AudioError
from tonearm.sandbox.openai.body import Body
from tonearm.sandbox.openai.languages import LANGUAGES
from tonearm.sandbox.openai.refusal import Refusal, check_model, field_error, invalid_fields, one_of
from tonearm.sandbox.openai.transcript import FORMATS, Transcript
from tonearm.sandbox.recogniser import Recogniser, Segment

SUFFIXES = ("flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "wav", "webm")
"""The file name extensions that are taken: the name decides, not the bytes."""

_SHORTEST = 0.1


async def create_transcription(body: Body, recogniser: Recogniser) -> Response:
    """Answer with the words of a file, recognised as English whatever the language is said to be."""
    return await _answer(body, recogniser, "transcribe")


async def create_translation(body: Body, recogniser: Recogniser) -> Response:
    """Answer with the words of a file: the recogniser knows English only, so English speech is its own translation."""
    return await _answer(body, recogniser, "translate")


async def _answer(body: Body, recogniser: Recogniser, task: Literal["transcribe", "translate"]) -> Response:
    form = await body.form()
    try:
        file = _file(form)
        check_model(_required(form, "model"))
        response_format = _response_format(form)
        temperature = _temperature(form)
        transcribes = task == "transcribe"
        granularities = _granularities(form, response_format) if transcribes else frozenset({"segment"})
        language = _language(form) if transcribes else "english"
        duration, segments = await run_in_threadpool(_recognise, file.file, recogniser)
    finally:
        await form.close()
    return Transcript(task, language, duration, segments, temperature).response(response_format, granularities)


def _recognise(sound: BinaryIO, recogniser: Recogniser) -> tuple[float, list[Segment]]:
    """Give the duration in seconds, as it was decoded, and what was said."""
    heard = 0

    def counted() -> Iterator[bytes]:
        nonlocal heard
        for block in audio.decode(sound):
            heard += len(block) // 2
            yield block

    try:
        segments = list(recogniser.recognise(counted()))
    except AudioError as error:
        raise Refusal("The audio file could not be decoded or its format is not supported.") from error
    duration = heard / SPEECH_RATE
    if duration < _SHORTEST:
        message = f"Audio file is too short. Minimum audio length is {_SHORTEST} seconds."
        raise Refusal(message, param="file", code="audio_too_short")
    return duration, segments


def _file(form: FormData) -> UploadFile:
    file = form.get("file")
    if file is None:
        raise invalid_fields([field_error("missing", "file", "Field required", None)])
    if not isinstance(file, UploadFile):
        raise invalid_fields([field_error("value_error", "file", "Expected a file, not a text", file)])
    if PurePosixPath(file.filename or "").suffix.removeprefix(".").lower() not in SUFFIXES:
        raise Refusal(f"Unrecognized file format. Supported formats: {list(SUFFIXES)}")
    return file


def _text(form: FormData, name: str) -> str | None:
    value = form.get(name)
    if isinstance(value, UploadFile):
        raise invalid_fields([field_error("string_type", name, "Input should be a valid string", value.filename)])
    return value


def _required(form: FormData, name: str) -> str:
    value = _text(form, name)
    if not value:
        raise invalid_fields([field_error("missing", name, "Field required", value)])
    return value


def _response_format(form: FormData) -> str:
    value = _text(form, "response_format") or FORMATS[0]
    if value not in FORMATS:
        message = f"{one_of(FORMATS)}, not '{value}'"
        raise Refusal(message, param="response_format", code="unsupported_value")
    return value


def _temperature(form: FormData) -> float:
    text = _text(form, "temperature") or "0"
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        message = "Input should be a number from 0 to 1"
        raise invalid_fields([field_error("value_error", "temperature", message, text)])
    return value


def _language(form: FormData) -> str:
    code = _text(form, "language") or "en"
    if code not in LANGUAGES:
        message = f"Invalid language '{code}'. Language parameter must be specified in ISO-639-1 format."
        raise Refusal(message, param="language", code="invalid_language_format")
    return LANGUAGES[code]


def _granularities(form: FormData, response_format: str) -> frozenset[str]:
    name = "timestamp_granularities[]"
    values = [value if isinstance(value, str) else "" for value in form.getlist(name)]
    if not values:
        return frozenset({"segment"})
    wrong = [value for value in values if value not in {"word", "segment"}]
    if wrong:
        raise invalid_fields([field_error("enum", name, one_of(("word", "segment")), value) for value in wrong])
    if response_format != "verbose_json":
        message = "timestamp_granularities needs response_format verbose_json"
        raise Refusal(message, param="timestamp_granularities")
    return frozenset(values)
