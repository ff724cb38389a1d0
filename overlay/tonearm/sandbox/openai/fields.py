"""The fields of a form, read and checked one by one; every reader raises Refusal."""

import math
from collections.abc import Sequence
from pathlib import PurePosixPath

from starlette.datastructures import FormData, UploadFile

from tonearm.sandbox.openai.refusal import Refusal, field_error, invalid_fields, one_of

SUFFIXES = ("flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "wav", "webm")
"""The accepted file name extensions: the name decides, not the bytes."""

_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_DETECTION = {"prefix_padding_ms": math.inf, "silence_duration_ms": math.inf, "threshold": 1.0}


def file(form: FormData) -> UploadFile:
    value = form.get("file")
    if value is None:
        raise invalid_fields([field_error("missing", "file", "Field required", None)])
    if not isinstance(value, UploadFile):
        raise invalid_fields([field_error("value_error", "file", "Expected a file, not a text", value)])
    if PurePosixPath(value.filename or "").suffix.removeprefix(".").lower() not in SUFFIXES:
        raise Refusal(f"Unrecognized file format. Supported formats: {list(SUFFIXES)}")
    return value


def text(form: FormData, name: str) -> str | None:
    value = form.get(name)
    if isinstance(value, UploadFile):
        raise invalid_fields([field_error("string_type", name, "Input should be a valid string", value.filename)])
    return value


def required(form: FormData, name: str) -> str:
    value = text(form, name)
    if not value:
        raise invalid_fields([field_error("missing", name, "Field required", value)])
    return value


def texts(form: FormData, name: str) -> list[str]:
    """Read an array: parts of one name, with brackets as openai-python 3.52.0 sends them, or without."""
    values = [*form.getlist(f"{name}[]"), *form.getlist(name)]
    wrong = [value for value in values if not isinstance(value, str)]
    if wrong:
        raise invalid_fields([field_error("string_type", f"{name}[]", "Input should be a valid string", None)])
    return [value for value in values if isinstance(value, str)]


def words(form: FormData, name: str, known: Sequence[str]) -> frozenset[str]:
    """Read an array of words that are all known."""
    values = texts(form, name)
    wrong = [value for value in values if value not in known]
    if wrong:
        raise invalid_fields([field_error("enum", f"{name}[]", one_of(known), value) for value in wrong])
    return frozenset(values)


def flag(form: FormData, name: str) -> bool:
    value = text(form, name) or "false"
    if value.lower() not in _FLAGS:
        message = "Input should be a valid boolean, unable to interpret input"
        raise invalid_fields([field_error("bool_parsing", name, message, value)])
    return _FLAGS[value.lower()]


def number(form: FormData, name: str, most: float) -> float:
    """Read a number from 0 to `most`; 0 when it is absent."""
    value = text(form, name) or "0"
    try:
        read = float(value)
    except ValueError:
        read = math.nan
    if not 0 <= read <= most:
        limit = "a number that is not negative" if math.isinf(most) else f"a number from 0 to {most:g}"
        raise invalid_fields([field_error("value_error", name, f"Input should be {limit}", value)])
    return read


def chunks(form: FormData) -> bool:
    """Read chunking_strategy, and return whether it was given: `auto`, or a `server_vad` object as parts with brackets.

    openai-python 3.52.0 sends the object in this form. It does not change how the recogniser finds pauses.
    """
    name = "chunking_strategy"
    scalar = text(form, name)
    members = {key.removeprefix(name)[1:-1]: key for key in form if key.startswith(f"{name}[")}
    if scalar is not None and (scalar != "auto" or members):
        raise _wrong_strategy(f"Input should be 'auto' or an object, not '{scalar}'.")
    if not members:
        return scalar is not None
    kind = text(form, members.pop("type", name))
    if kind != "server_vad":
        raise _wrong_strategy("The type of the object should be 'server_vad'.")
    for member, key in members.items():
        if member not in _DETECTION:
            raise _wrong_strategy(f"The object has no member '{member}'.")
        number(form, key, _DETECTION[member])
    return True


def _wrong_strategy(message: str) -> Refusal:
    return Refusal(message, param="chunking_strategy", code="invalid_value")
