"""The seam between Jellyfin's generated code and the plans: one function for each HTTP method."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from tonearm_generated.jellyfin import Client, models
from tonearm_generated.jellyfin.api.audio import (
    get_audio_stream,
    get_audio_stream_by_container,
    head_audio_stream,
    head_audio_stream_by_container,
)
from tonearm_generated.jellyfin.api.hls_segment import stop_encoding_process

from ..._base.validate import length
from ..._engine import Call, Plan, attempt
from ..._http import Answer, Request, Wire, linked
from .._stream_request import Selection
from ..types import PlainParams
from .lacking import offered
from .startup_wait import Patient

Generated: TypeAlias = Client
"""The type of `generated` of the clients."""

ENDING = "to end an encoding"

_AS_IT_IS = {"Accept-Encoding": "identity"}
"""Compression would hide sizes, and does not make audio smaller."""


def stream(selection: Selection) -> Request:
    """The request for the audio."""
    item, container, query = selection.item_id, selection.container, _query(selection)
    if container is None:
        return _request(get_audio_stream.request_kwargs(item, **query))
    return _request(get_audio_stream_by_container.request_kwargs(item, container, **query))


def head(selection: Selection) -> Request:
    """The request for the headers of the audio."""
    item, container, query = selection.item_id, selection.container, _query(selection)
    if container is None:
        return _request(head_audio_stream.request_kwargs(item, **query))
    return _request(head_audio_stream_by_container.request_kwargs(item, container, **query))


def ended_encoding(device_id: str, play_session_id: str) -> Call[None]:
    """End the encodings of a play session, without retries; it is no error if there are none."""
    kwargs = stop_encoding_process.request_kwargs(device_id=device_id, play_session_id=play_session_id)
    return Call(Request.of(kwargs, accept="*/*"), _done)


def stop_encoding(device_id: str, play_session_id: str) -> Plan[None]:
    """End the encodings of a play session, with retries."""
    ending = ended_encoding(device_id, length(play_session_id, "play_session_id", least=1, most=1_000))
    return (yield from offered(attempt(Patient(ending), "always"), ENDING))


def expect_audio(answer: Answer) -> None:
    """Refuse a page or message, which a proxy may send with status 200."""
    kind = answer.head.content_type
    if kind.startswith("text/") or kind.endswith(("json", "xml")):
        raise answer.unexpected(f"the answer is {kind}, not audio")


def expect_playable(answer: Answer) -> None:
    """Refuse a response that is no audio, or compressed."""
    expect_audio(answer)
    coding = answer.head.headers.get("content-encoding", "identity")
    if coding not in ("", "identity"):
        raise answer.unexpected(f"the audio is compressed ({coding}) although that was not asked for")


def generated(wire: Wire[Any]) -> Generated:
    """The generated client on the wire's own connections."""
    return linked(wire, Client)


def _request(kwargs: dict[str, Any]) -> Request:
    return Request.of({**kwargs, "headers": _AS_IT_IS}, accept="*/*")


class _Query(PlainParams, total=False):
    """The parameters of a stream, as generated code has them."""

    context: models.EncodingContext
    subtitle_method: models.SubtitleDeliveryMethod
    stream_options: models.StreamOptions


def _query(selection: Selection) -> _Query:
    given = selection.params
    query = cast("_Query", {**given})  # the names and types were checked when it was selected
    if "context" in given:
        query["context"] = models.EncodingContext(given["context"])
    if "subtitle_method" in given:
        query["subtitle_method"] = models.SubtitleDeliveryMethod(given["subtitle_method"])
    if "stream_options" in given:
        query["stream_options"] = models.StreamOptions.from_dict(given["stream_options"])
    return query


def _done(_: Answer) -> None:
    """The status says all."""
