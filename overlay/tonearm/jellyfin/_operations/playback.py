"""The seam for universal streams, lyrics, and playback reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar, cast
from uuid import UUID

from attrs import frozen

from tonearm_generated.jellyfin import models
from tonearm_generated.jellyfin.api.lyrics import delete_lyrics, get_lyrics, upload_lyrics
from tonearm_generated.jellyfin.api.playstate import (
    report_playback_progress,
    report_playback_start,
    report_playback_stopped,
)
from tonearm_generated.jellyfin.api.universal_audio import get_universal_audio_stream
from tonearm_generated.jellyfin.types import UNSET, File, Unset

from ..._base import validate
from ..._engine import Plan
from ..._http import Answer, Request
from ...errors import InvalidInput
from .. import presets
from .._ids import compact
from ..lyrics import Lyrics
from ..types import PlayMethod
from .error_hints import known
from .lacking import offered
from .startup_wait import call

T = TypeVar("T")


@frozen(kw_only=True)
class Universal:
    """The options of audio in a format of the server's choice; see UniversalParams."""

    transcoding_container: str = "mp3"
    audio_codec: str | None = None
    audio_bit_rate: int | None = None
    max_streaming_bitrate: int | None = None
    max_audio_channels: int | None = None
    max_audio_sample_rate: int | None = None
    max_audio_bit_depth: int | None = None
    media_source_id: str | UUID | None = None
    enable_audio_vbr_encoding: bool | None = None


@frozen(kw_only=True)
class Report:
    """The fields of a report, apart from item and position; see PlaybackState."""

    play_session_id: str | None = None
    media_source_id: str | UUID | None = None
    play_method: PlayMethod | None = None
    is_paused: bool | None = None
    can_seek: bool | None = None


@frozen(kw_only=True)
class Ending:
    """The fields of the last report, apart from item and position."""

    play_session_id: str | None = None
    media_source_id: str | UUID | None = None
    failed: bool | None = None


def universal(
    item_id: str, options: Universal, *, formats: str | None, begin: int, device_id: str, user_id: str | None
) -> Request:
    """The request for audio in a format of the server's choice: one of `formats` if any are given, else encoded.

    `begin` is in ticks. Redirection to another server is switched off, as no token may be sent there.
    """
    container = validate.path_segment(options.transcoding_container, "transcoding_container")
    made = presets.by_extension(container)
    codec = made.codec if options.audio_codec is None and made is not None else options.audio_codec
    if codec is None:
        raise InvalidInput.of("audio_codec", codec, f"given beside transcoding_container {container!r}")
    kwargs = get_universal_audio_stream.request_kwargs(
        item_id,
        user_id=UNSET if user_id is None else user_id,
        container=UNSET if formats is None else formats,
        media_source_id=_source(options.media_source_id),
        device_id=device_id,
        audio_codec=validate.path_segment(codec, "audio_codec"),
        max_audio_channels=_count(options.max_audio_channels, "max_audio_channels"),
        max_streaming_bitrate=_count(options.max_streaming_bitrate, "max_streaming_bitrate"),
        audio_bit_rate=_count(options.audio_bit_rate, "audio_bit_rate"),
        start_time_ticks=begin or UNSET,
        transcoding_container=container,
        transcoding_protocol="http",
        max_audio_sample_rate=_count(options.max_audio_sample_rate, "max_audio_sample_rate"),
        max_audio_bit_depth=_count(options.max_audio_bit_depth, "max_audio_bit_depth"),
        enable_audio_vbr_encoding=_flag(options.enable_audio_vbr_encoding, "enable_audio_vbr_encoding"),
        enable_redirection=False,
    )
    return Request.of({**kwargs, "headers": {"Accept-Encoding": "identity"}}, accept="*/*")


def lyrics(item_id: str) -> Plan[Lyrics]:
    """Read the lyrics of an item."""
    return _sung(call(Request.of(get_lyrics.request_kwargs(item_id)), _lyrics(get_lyrics.read_answer)))


def put_lyrics(item_id: str, content: bytes, extension: str) -> Plan[Lyrics]:
    """Store lyrics; their format follows from the extension of their file name."""
    body = File(cast("BinaryIO", content))
    kwargs = upload_lyrics.request_kwargs(item_id, body=body, file_name=f"lyrics.{extension}")
    return _sung(call(Request.of(kwargs), _lyrics(upload_lyrics.read_answer)))


def remove_lyrics(item_id: str) -> Plan[None]:
    """Delete stored lyrics."""
    return _sung(call(Request.of(delete_lyrics.request_kwargs(item_id)), _done))


def started(item_id: str, position: int, report: Report) -> Plan[None]:
    """Report that playback begins, with `position` in ticks. Retried only if it was not processed, as plays count."""
    body = models.PlaybackStartInfo(
        item_id,
        position_ticks=position,
        play_session_id=_session(report.play_session_id),
        media_source_id=_source(report.media_source_id),
        play_method=_method(report.play_method),
        is_paused=_flag(report.is_paused, "is_paused"),
        can_seek=_flag(report.can_seek, "can_seek"),
    )
    return known(call(Request.of(report_playback_start.request_kwargs(body=body), repeat="unsent"), _done))


def progressed(item_id: str, position: int, report: Report) -> Plan[None]:
    """Report the position of playback."""
    body = models.PlaybackProgressInfo(
        item_id,
        position_ticks=position,
        play_session_id=_session(report.play_session_id),
        media_source_id=_source(report.media_source_id),
        play_method=_method(report.play_method),
        is_paused=_flag(report.is_paused, "is_paused"),
        can_seek=_flag(report.can_seek, "can_seek"),
    )
    return known(call(Request.of(report_playback_progress.request_kwargs(body=body)), _done))


def stopped(item_id: str, position: int, ending: Ending) -> Plan[None]:
    """Report that playback has ended."""
    body = models.PlaybackStopInfo(
        item_id,
        position_ticks=position,
        play_session_id=_session(ending.play_session_id),
        media_source_id=_source(ending.media_source_id),
        failed=_flag(ending.failed, "failed"),
    )
    return known(call(Request.of(report_playback_stopped.request_kwargs(body=body)), _done))


def _sung(plan: Plan[T]) -> Plan[T]:
    return offered(known(plan), "lyrics", of_item=True)


def _session(value: str | None) -> str | Unset:
    return UNSET if value is None else validate.path_segment(value, "play_session_id")


def _source(value: str | UUID | None) -> str | Unset:
    return UNSET if value is None else compact(value, "media_source_id")


def _method(word: PlayMethod | None) -> models.PlayMethod | Unset:
    return UNSET if word is None else models.PlayMethod(validate.word(word, "play_method", list(models.PlayMethod)))


def _flag(value: bool | None, name: str) -> bool | Unset:
    return UNSET if value is None else validate.flag(value, name)


def _count(value: int | None, name: str) -> int | Unset:
    return UNSET if value is None else validate.whole(value, name, least=1, most=2**31 - 1)


def _lyrics(read: Callable[[int, Any], object]) -> Callable[[Answer], Lyrics]:
    return lambda answer: answer.model(read, models.LyricDto, lambda model: Lyrics.of(model, answer.request_id))


def _done(_: Answer) -> None:
    """The status means success; the response has no body."""
