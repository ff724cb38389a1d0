"""The seam for what goes with playing: audio in a form that the server chooses, lyrics, and reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO, TypedDict, TypeVar, cast
from uuid import UUID

from tonearm_generated.jellyfin import models
from tonearm_generated.jellyfin.api.lyrics import delete_lyrics, get_lyrics, upload_lyrics
from tonearm_generated.jellyfin.api.playstate import (
    report_playback_progress,
    report_playback_start,
    report_playback_stopped,
)
from tonearm_generated.jellyfin.api.universal_audio import get_universal_audio_stream
from tonearm_generated.jellyfin.types import UNSET, File

from ..._base import validate
from ..._engine import Plan
from ..._http import Answer, Request
from ..lyrics import Lyrics
from .error_hints import known
from .lacking import offered
from .startup_wait import call

T = TypeVar("T")


class UniversalQuery(TypedDict, total=False):
    """What is asked for, as generated code has it."""

    user_id: UUID
    container: str
    media_source_id: str
    device_id: str
    audio_codec: str
    max_audio_channels: int
    max_streaming_bitrate: int
    audio_bit_rate: int
    start_time_ticks: int
    transcoding_container: str
    transcoding_protocol: str
    max_audio_sample_rate: int
    max_audio_bit_depth: int
    enable_audio_vbr_encoding: bool
    enable_redirection: bool


class State(TypedDict, total=False):
    """What a report tells beside item and position, as generated code has it."""

    play_session_id: str
    media_source_id: str
    is_paused: bool
    can_seek: bool
    play_method: models.PlayMethod


def method(word: str) -> models.PlayMethod:
    """How an item is played."""
    return models.PlayMethod(validate.word(word, "play_method", list(models.PlayMethod)))


def universal(item_id: UUID, asked: UniversalQuery) -> Request:
    """The request for audio in the form that the server chooses."""
    kwargs = get_universal_audio_stream.request_kwargs(item_id, **asked)
    return Request.of({**kwargs, "headers": {"Accept-Encoding": "identity"}}, accept="*/*")


def lyrics(item_id: UUID) -> Plan[Lyrics]:
    """Read the lyrics of an item."""
    return _sung(call(Request.of(get_lyrics.request_kwargs(item_id)), _lyrics(get_lyrics.read_answer)))


def put_lyrics(item_id: UUID, content: bytes, extension: str) -> Plan[Lyrics]:
    """Store lyrics; what they are follows from the extension of the name under which they are sent."""
    body = File(cast("BinaryIO", content))
    kwargs = upload_lyrics.request_kwargs(item_id, body=body, file_name=f"lyrics.{extension}")
    return _sung(call(Request.of(kwargs), _lyrics(upload_lyrics.read_answer)))


def remove_lyrics(item_id: UUID) -> Plan[None]:
    """Delete stored lyrics."""
    return _sung(call(Request.of(delete_lyrics.request_kwargs(item_id)), _done))


def started(item_id: UUID, position: int, state: State) -> Plan[None]:
    """Tell that playback begins, `position` in ticks. Repeated only when the server did not take it: it counts."""
    body = models.PlaybackStartInfo(item_id, position_ticks=position, **state)
    return known(call(Request.of(report_playback_start.request_kwargs(body=body), repeat="unsent"), _done))


def progressed(item_id: UUID, position: int, state: State) -> Plan[None]:
    """Tell how far playback is."""
    body = models.PlaybackProgressInfo(item_id, position_ticks=position, **state)
    return known(call(Request.of(report_playback_progress.request_kwargs(body=body)), _done))


def stopped(
    item_id: UUID, position: int, *, play_session_id: str | None, media_source_id: str | None, failed: bool | None
) -> Plan[None]:
    """Tell that playback has ended."""
    body = models.PlaybackStopInfo(
        item_id,
        position_ticks=position,
        play_session_id=UNSET if play_session_id is None else play_session_id,
        media_source_id=UNSET if media_source_id is None else media_source_id,
        failed=UNSET if failed is None else failed,
    )
    return known(call(Request.of(report_playback_stopped.request_kwargs(body=body)), _done))


def _sung(plan: Plan[T]) -> Plan[T]:
    return offered(known(plan), "lyrics", of_item=True)


def _lyrics(read: Callable[[int, Any], object]) -> Callable[[Answer], Lyrics]:
    return lambda answer: answer.model(read, models.LyricDto, lambda found: Lyrics.of(found, answer.request_id))


def _done(_: Answer) -> None:
    """What was asked for is done; the answer has no body."""
