"""The seam for what goes with playing: audio in a form that the server chooses, lyrics, and reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO, cast
from uuid import UUID

from tonearm_generated.jellyfin import models
from tonearm_generated.jellyfin.api.lyrics import delete_lyrics, get_lyrics, upload_lyrics
from tonearm_generated.jellyfin.api.playstate import (
    report_playback_progress,
    report_playback_start,
    report_playback_stopped,
)
from tonearm_generated.jellyfin.api.universal_audio import get_universal_audio_stream
from tonearm_generated.jellyfin.types import File

from ..._engine import Plan
from ..._http import Answer, Request
from ..lyrics import Lyrics
from .error_hints import known
from .startup_wait import call


def universal(item_id: UUID, asked: Mapping[str, Any]) -> Request:
    """The request for audio in the form that the server chooses."""
    kwargs = get_universal_audio_stream.request_kwargs(item_id, **asked)
    return Request.of({**kwargs, "headers": {"Accept-Encoding": "identity"}}, accept="*/*")


def lyrics(item_id: UUID) -> Plan[Lyrics]:
    """Read the lyrics of an item."""
    return known(call(Request.of(get_lyrics.request_kwargs(item_id)), _lyrics))


def put_lyrics(item_id: UUID, content: bytes, extension: str) -> Plan[Lyrics]:
    """Store lyrics; what they are follows from the extension of the name under which they are sent."""
    body = File(cast("BinaryIO", content))
    kwargs = upload_lyrics.request_kwargs(item_id, body=body, file_name=f"lyrics.{extension}")
    return known(call(Request.of(kwargs), _lyrics))


def remove_lyrics(item_id: UUID) -> Plan[None]:
    """Delete stored lyrics."""
    return known(call(Request.of(delete_lyrics.request_kwargs(item_id)), _done))


def started(item_id: UUID, position: int, state: Mapping[str, Any]) -> Plan[None]:
    """Tell that playback begins, `position` in ticks. Repeated only when the server did not take it: it counts."""
    body = models.PlaybackStartInfo(item_id, position_ticks=position, **_words(state))
    return known(call(Request.of(report_playback_start.request_kwargs(body=body), repeat="unsent"), _done))


def progressed(item_id: UUID, position: int, state: Mapping[str, Any]) -> Plan[None]:
    """Tell how far playback is."""
    body = models.PlaybackProgressInfo(item_id, position_ticks=position, **_words(state))
    return known(call(Request.of(report_playback_progress.request_kwargs(body=body)), _done))


def stopped(item_id: UUID, position: int, state: Mapping[str, Any]) -> Plan[None]:
    """Tell that playback has ended."""
    body = models.PlaybackStopInfo(item_id, position_ticks=position, **state)
    return known(call(Request.of(report_playback_stopped.request_kwargs(body=body)), _done))


def _words(state: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(state)
    if "play_method" in given:
        given["play_method"] = models.PlayMethod(given["play_method"])
    return given


def _lyrics(answer: Answer) -> Lyrics:
    data = answer.object()
    answer.read(models.LyricDto.from_dict, data)
    return Lyrics.of(data, answer.request_id)


def _done(_: Answer) -> None:
    """What was asked for is done; the answer has no body."""
