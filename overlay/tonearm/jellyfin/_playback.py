"""The plans of what goes with playing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, get_args
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
from ._operations.startup_wait import Patient
from ._operations.streams import expect_playable
from ._stream_options import item as id_of
from ._ticks import ticks
from .lyrics import Lyrics
from .types import PlaybackState, PlayMethod, UniversalParams

LARGEST_LYRICS = 4 * 1024 * 1024
"""Bytes of a file of lyrics. The limit is ours: the server has none of its own."""

_EXTENSIONS = ("lrc", "elrc", "txt")
_FORMATS = re.compile(r"[a-zA-Z0-9]+(\|[a-zA-Z0-9_]+)*")


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
        placed = {"start_time_ticks": begin} if begin else {"container": offered}
        request = calls.universal(wanted, {**asked, **placed})
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
        raise InvalidInput("there is no line in the lyrics")
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
    told = {"play_session_id": play_session_id, "media_source_id": media_source_id}
    state = _state({name: value for name, value in told.items() if value is not None})
    if failed is not None:
        state["failed"] = validate.flag(failed, "failed")
    return calls.stopped(id_of(item_id), ticks(position, "position"), state)


def _read(path: str | os.PathLike[str]) -> bytes:
    with Source.open(path) as source:
        if source.size > LARGEST_LYRICS:
            raise InvalidInput(f"a file of lyrics must be at most {LARGEST_LYRICS} bytes, not {source.size}")
        data = source.read_at(0, source.size)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise InvalidInput(f"a file of lyrics is UTF-8: {error.reason} at byte {error.start}") from error
    return data


def _offered(formats: Sequence[str]) -> str:
    if isinstance(formats, str):
        raise InvalidInput("formats must be a list of texts, not one text")
    for name in formats:
        if not _FORMATS.fullmatch(validate.encodable(name, "formats", within="each entry")):
            raise InvalidInput(f"a format is an extension, and the codecs that may be in it, 'mp4|aac', not {name!r}")
    if not formats:
        raise InvalidInput("formats must name at least one; to have everything encoded, take stream() with a preset")
    return ",".join(formats)


def _asked(params: UniversalParams, access: Access) -> dict[str, Any]:
    for name in params:
        validate.word(name, "option", UniversalParams.__annotations__)
    given: dict[str, Any] = dict(params)
    container = validate.path_segment(given.pop("transcoding_container", "mp3"), "transcoding_container")
    made = presets.by_extension(container)
    codec = given.pop("audio_codec", None if made is None else made.codec)
    if codec is None:
        raise InvalidInput(f"audio_codec= is needed beside transcoding_container={container!r}")
    if "media_source_id" in given:
        given["media_source_id"] = _source(given["media_source_id"], "media_source_id")
    for name, value in given.items():
        if name != "media_source_id":
            validate.whole(value, name, least=1, most=2**31 - 1)
    if access.user_id is not None:
        given["user_id"] = access.user_id
    return {
        **given,
        "device_id": access.device_id,
        "audio_codec": validate.path_segment(codec, "audio_codec"),
        "transcoding_container": container,
        "transcoding_protocol": "http",
        "enable_redirection": False,
    }


def _state(state: Mapping[str, Any]) -> dict[str, Any]:
    """The state as it is sent."""
    return {name: _CHECKS[validate.word(name, "option", _CHECKS)](value, name) for name, value in state.items()}


def _expect_whole(answer: Answer) -> None:
    """Refuse what is no audio, be it that it says so or not: a playlist of segments is labelled as audio."""
    expect_playable(answer)
    if "mpegurl" in answer.head.content_type or answer.body.startswith(b"#EXTM3U"):
        raise answer.unexpected("the answer is a playlist of segments (HLS), not audio")


def _source(value: str | UUID, name: str) -> str:
    return id_of(value, name).hex


def _method(value: str, name: str) -> str:
    return validate.word(value, name, get_args(PlayMethod))


_CHECKS: Mapping[str, Callable[[Any, str], object]] = {
    "play_session_id": validate.path_segment,
    "media_source_id": _source,
    "play_method": _method,
    "is_paused": validate.flag,
    "can_seek": validate.flag,
}
