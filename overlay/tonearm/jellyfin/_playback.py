"""The plans of what goes with playing."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias, get_args
from uuid import UUID

from .._base import validate
from .._engine import Open, Plan, Work, attempt
from .._files import Source
from .._http import Answer, Live
from .._transfer import Opening
from ..errors import InvalidInput
from . import presets
from ._credentials import Access
from ._operations import playback as calls
from ._operations.error_hints import known
from ._operations.playback import State, UniversalQuery, method
from ._operations.startup_wait import Patient
from ._operations.streams import expect_playable
from ._stream_options import item as id_of
from ._ticks import ticks
from .lyrics import Lyrics
from .types import PlaybackState, UniversalParams

_Number: TypeAlias = Literal[
    "audio_bit_rate", "max_streaming_bitrate", "max_audio_channels", "max_audio_sample_rate", "max_audio_bit_depth"
]

LARGEST_LYRICS = 4 * 1024 * 1024
"""Bytes of a file of lyrics. The limit is ours: the server has none of its own."""

_EXTENSIONS = ("lrc", "elrc", "txt")
_FORMATS = re.compile(r"[a-zA-Z0-9]+(\|[a-zA-Z0-9_]+)*")
_NUMBERS: tuple[_Number, ...] = get_args(_Number)


def universal(
    item_id: str | UUID,
    formats: Sequence[str],
    params: UniversalParams,
    *,
    start: float | timedelta | None,
    access: Access,
) -> Opening:
    """What opens audio in a form of the server's choice.

    The server sends a file that it need not encode from its beginning, whatever is asked for. So from another place
    no format is offered as it is, and everything is encoded. It is not to send the player to another server, as no
    token may go there, and not to answer with a playlist of segments (Jellyfin server source, tag v10.11.11,
    UniversalAudioController).
    """
    wanted = id_of(item_id)
    offered = _offered(formats)
    asked = _asked(params, access)
    first = 0 if start is None else ticks(start, "start")

    def open_stream(at: float | None) -> Plan[Live]:
        begin = first if at is None else ticks(at, "start")
        placed = asked.copy()
        if begin:
            placed["start_time_ticks"] = begin
        else:
            placed["container"] = offered
        request = calls.universal(wanted, placed)
        return known(attempt(Patient(Open(request, _expect_whole)), request.repeat), for_user=True)

    return open_stream


def put_lyrics(item_id: str | UUID, lyrics: Lyrics | str | os.PathLike[str]) -> Plan[Lyrics]:
    """Store lyrics, or a file of them."""
    wanted = id_of(item_id)
    if isinstance(lyrics, Lyrics):
        content, extension = (lyrics.to_lrc(), "lrc") if lyrics.is_timed else (lyrics.text, "txt")
        data = validate.encodable(content, "lyrics").encode()
    else:
        extension = Path(lyrics).suffix.lower().removeprefix(".")
        if extension not in _EXTENSIONS:
            raise InvalidInput.of("lyrics", lyrics, f"a file named .{', .'.join(sorted(_EXTENSIONS))}")
        data = yield from Work(partial(_read, lyrics))
    if not data.strip():
        raise InvalidInput(
            "the lyrics have no line", argument="lyrics", value=data, expected="lyrics with at least one line"
        )
    return (yield from calls.put_lyrics(wanted, data, extension))


def started(item_id: str | UUID, position: float | timedelta, state: PlaybackState) -> Plan[None]:
    """Tell that playback begins."""
    return calls.started(id_of(item_id), ticks(position, "position"), _state(state))


def progressed(item_id: str | UUID, position: float | timedelta, state: PlaybackState) -> Plan[None]:
    """Tell how far playback is."""
    return calls.progressed(id_of(item_id), ticks(position, "position"), _state(state))


def stopped(
    item_id: str | UUID,
    position: float | timedelta,
    *,
    play_session_id: str | None,
    media_source_id: str | UUID | None,
    failed: bool | None,
) -> Plan[None]:
    """Tell that playback has ended."""
    return calls.stopped(
        id_of(item_id),
        ticks(position, "position"),
        play_session_id=None if play_session_id is None else validate.path_segment(play_session_id, "play_session_id"),
        media_source_id=None if media_source_id is None else _source(media_source_id, "media_source_id"),
        failed=None if failed is None else validate.flag(failed, "failed"),
    )


def _read(path: str | os.PathLike[str]) -> bytes:
    with Source.open(path) as source:
        if source.size > LARGEST_LYRICS:
            raise InvalidInput(
                f"a file of lyrics must be at most {LARGEST_LYRICS} bytes, not {source.size}",
                argument="lyrics",
                value=source.size,
                expected=f"at most {LARGEST_LYRICS} bytes",
            )
        data = source.read_at(0, source.size)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"a file of lyrics is UTF-8: {error.reason} at byte {error.start}",
            argument="lyrics",
            value=data[error.start : error.end],
            expected="a file in UTF-8",
        ) from error
    return data


def _offered(formats: Sequence[str]) -> str:
    if isinstance(formats, str):
        raise InvalidInput.of("formats", formats, "a list of texts")
    for name in formats:
        if not _FORMATS.fullmatch(validate.encodable(name, "formats", within="each entry")):
            raise InvalidInput.of(
                "formats", name, "extensions, each with the codecs that may be in it, such as 'mp4|aac'"
            )
    if not formats:
        raise InvalidInput(
            "formats must name at least one",
            argument="formats",
            value=formats,
            expected="at least one format",
            hint="to have everything encoded, take stream() with a preset",
        )
    return ",".join(formats)


def _asked(params: UniversalParams, access: Access) -> UniversalQuery:
    for name in params:
        validate.word(name, "option", UniversalParams.__annotations__)
    container = validate.path_segment(params.get("transcoding_container", "mp3"), "transcoding_container")
    made = presets.by_extension(container)
    codec = params.get("audio_codec", None if made is None else made.codec)
    if codec is None:
        raise InvalidInput.of("audio_codec", codec, f"given beside transcoding_container {container!r}")
    asked: UniversalQuery = {
        "device_id": access.device_id,
        "audio_codec": validate.path_segment(codec, "audio_codec"),
        "transcoding_container": container,
        "transcoding_protocol": "http",
        "enable_redirection": False,
    }
    for name in _NUMBERS:
        if (value := params.get(name)) is not None:
            asked[name] = validate.whole(value, name, least=1, most=2**31 - 1)
    if "media_source_id" in params:
        asked["media_source_id"] = _source(params["media_source_id"], "media_source_id")
    if "enable_audio_vbr_encoding" in params:
        asked["enable_audio_vbr_encoding"] = validate.flag(
            params["enable_audio_vbr_encoding"], "enable_audio_vbr_encoding"
        )
    if access.user_id is not None:
        asked["user_id"] = access.user_id
    return asked


def _state(state: PlaybackState) -> State:
    """The state as it is sent."""
    for name in state:
        validate.word(name, "option", PlaybackState.__annotations__)
    told: State = {}
    if "play_session_id" in state:
        told["play_session_id"] = validate.path_segment(state["play_session_id"], "play_session_id")
    if "media_source_id" in state:
        told["media_source_id"] = _source(state["media_source_id"], "media_source_id")
    if "play_method" in state:
        told["play_method"] = method(state["play_method"])
    if "is_paused" in state:
        told["is_paused"] = validate.flag(state["is_paused"], "is_paused")
    if "can_seek" in state:
        told["can_seek"] = validate.flag(state["can_seek"], "can_seek")
    return told


def _expect_whole(answer: Answer) -> None:
    """Refuse what is no audio, be it that it says so or not: a playlist of segments is labelled as audio."""
    expect_playable(answer)
    if "mpegurl" in answer.head.content_type or answer.body.startswith(b"#EXTM3U"):
        raise answer.unexpected("the answer is a playlist of segments (HLS), not audio")


def _source(value: str | UUID, name: str) -> str:
    return id_of(value, name).hex
