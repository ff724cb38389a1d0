"""Checks of stream parameters, so that no value is sent that the server would refuse or silently drop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, get_args, get_type_hints

from .._base import validate
from .._http import logger
from ..errors import InvalidInput
from ._ids import compact
from .types import LIMITS, AudioParams, EncodingContext, SubtitleDeliveryMethod

VOID = frozenset(
    {
        "allow_audio_stream_copy",
        "allow_video_stream_copy",
        "audio_stream_index",
        "break_on_non_key_frames",
        "context",
        "copy_timestamps",
        "de_interlace",
        "device_profile_id",
        "enable_auto_stream_copy",
        "enable_mpegts_m2_ts_mode",
        "framerate",
        "height",
        "level",
        "max_audio_bit_depth",
        "max_framerate",
        "max_ref_frames",
        "max_video_bit_depth",
        "min_segments",
        "profile",
        "require_avc",
        "require_non_anamorphic",
        "segment_container",
        "segment_length",
        "subtitle_codec",
        "subtitle_method",
        "subtitle_stream_index",
        "tag",
        "video_bit_rate",
        "video_codec",
        "video_stream_index",
        "width",
    }
)
"""Parameters that do nothing when audio is sent in one piece (Jellyfin server source, tag v10.11.11)."""

VOID_OF_ORIGINALS = frozenset(
    {
        "audio_bit_rate",
        "audio_channels",
        "audio_codec",
        "audio_sample_rate",
        "cpu_core_limit",
        "enable_audio_vbr_encoding",
        "max_audio_channels",
        "start_time_ticks",
        "stream_options",
        "transcode_reasons",
        "transcoding_max_audio_channels",
    }
)
"""Parameters of the encoder, which have no effect on an original."""

_SOURCE = "media_source_id"
_INT32, _INT64 = 2**31 - 1, 2**63 - 1


def checked(options: Mapping[str, Any]) -> dict[str, Any]:
    """Check the options, and return them as they are sent.

    Raises:
        InvalidInput: an option is unknown, or the server would refuse, drop or misread its value.
    """
    for name, value in options.items():
        _CHECKS[validate.word(name, "option", _CHECKS)](value, name)
    given = dict(options)
    if _SOURCE in given:  # the server finds a version by this form only (server source, tag v10.11.11)
        given[_SOURCE] = compact(given[_SOURCE], _SOURCE)
    if "stream_options" in given:
        given["stream_options"] = dict(given["stream_options"])
    return given


def warn_of_void(given: AbstractSet[str], *, original: bool) -> None:
    """Log, once for each call, which of the given parameters have no effect."""
    if void := sorted(given & (VOID | VOID_OF_ORIGINALS if original else VOID)):
        what = "an original that is sent as it is" if original else "audio that is encoded in one piece"
        logger.warning("to Jellyfin these parameters mean nothing for %s: %s", what, ", ".join(void))


def _int32(value: int, name: str) -> None:
    validate.whole(value, name, most=_INT32)


def _int64(value: int, name: str) -> None:
    validate.whole(value, name, most=_INT64)


def _number(value: float, name: str) -> None:
    validate.amount(value, name)


def _text(value: str, name: str) -> None:
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of(name, value, "text")
    validate.encodable(value, name)


def _codecs(value: str, name: str) -> None:
    _text(value, name)
    validate.text(value, name, LIMITS.audio_codec, "at most 40 letters, digits and any of - . _ , |")


def _container(value: str, name: str) -> None:
    validate.path_segment(value, name)
    _codecs(value, name)


def _level(value: str, name: str) -> None:
    _text(value, name)
    validate.text(value, name, LIMITS.level, "a decimal number as text")


def _context(value: str, name: str) -> None:
    validate.word(value, name, get_args(EncodingContext))


def _subtitle_method(value: str, name: str) -> None:
    validate.word(value, name, get_args(SubtitleDeliveryMethod))


def _media_source(value: str, name: str) -> None:
    compact(value, name)


def _stream_options(value: Mapping[str, str], name: str) -> None:
    if not isinstance(value, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of(name, value, "a mapping")
    for key, text in value.items():
        _text(key, f"a key of {name}")
        _text(text, f"{name}[{key!r}]")
        if not key[:1].islower():
            raise InvalidInput.of(
                name, key, "a mapping whose names begin with a lower-case letter, or the server skips them"
            )
        if key.lower() in _TAKEN:
            raise InvalidInput.of(name, key, "a mapping without names of other parameters of the request")


def _wire_name(name: str) -> str:
    """A parameter's name on the wire, in lower case, as the server compares it."""
    return name.replace("_", "")


_BY_KIND: Mapping[object, Callable[[Any, str], object]] = {bool: validate.flag, int: _int32, float: _number, str: _text}
_BY_NAME: Mapping[str, Callable[[Any, str], object]] = {
    "container": _container,
    **dict.fromkeys(("segment_container", "audio_codec", "video_codec", "subtitle_codec"), _codecs),
    "level": _level,
    "start_time_ticks": _int64,
    "context": _context,
    "subtitle_method": _subtitle_method,
    "stream_options": _stream_options,
    _SOURCE: _media_source,
}
_CHECKS = {name: _BY_NAME.get(name) or _BY_KIND[kind] for name, kind in get_type_hints(AudioParams).items()}
_TAKEN = frozenset({"itemid", "apikey", *(_wire_name(name) for name in _CHECKS)})
