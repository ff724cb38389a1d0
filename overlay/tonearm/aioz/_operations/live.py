"""The seam for live audio."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from tonearm_generated.aioz import models
from tonearm_generated.aioz.api.live import (
    create_live_key,
    create_live_stream,
    delete_live_key,
    delete_live_stream,
    get_live_key,
    get_live_stream,
    list_live_keys,
    list_live_streams,
    update_live_key,
)
from tonearm_generated.aioz.constraints import CreateLiveKeyRequest, CreateLiveStreamRequest
from tonearm_generated.aioz.types import UNSET, Unset
from tonearm_generated.reading import given

from ..._base import validate
from ..._base.answers import Answers
from ..._engine import Plan
from ..._http import Answer, Request
from ...errors import InvalidInput
from ..broadcast import LiveKey, LiveStream
from ..types import QualityConfig
from . import bodies as to
from . import envelopes, pages
from .objects import done


@frozen(kw_only=True)
class KeyChange:
    """The changes of a key: its name, and whether broadcasts are kept; None keeps a value."""

    name: str | None
    save: bool | None


@frozen(kw_only=True)
class Broadcast:
    """A broadcast that is asked for."""

    title: str
    save: bool | None
    qualities: Sequence[QualityConfig] | None


def create_key(name: str, save: bool) -> Plan[LiveKey]:
    """Make a key. The request is retried only if the service did not process it."""
    body = models.CreateLiveKeyRequest(name=_name(name), save=validate.flag(save, "save"), type_="audio")
    request = Request.of(create_live_key.request_kwargs(body=body), repeat="unsent")
    return envelopes.send(request, _key(create_live_key.read_answer))


def keys(search: str | None) -> Plan[Answers[LiveKey]]:
    """Read all keys."""
    wanted = pages.searched(search)

    def page(offset: int) -> Plan[pages.Page[LiveKey]]:
        kwargs = list_live_keys.request_kwargs(offset=offset, limit=pages.LIMIT, search=wanted, type_="audio")
        return envelopes.send(
            Request.of(kwargs),
            lambda answer: answer.model(
                list_live_keys.read_answer,
                models.LiveKeyListResponse,
                lambda response: pages.page_of(
                    response.data.live_stream_keys, response.data.total, offset, lambda row: LiveKey.of(row, None)
                ),
            ),
        )

    return pages.whole(page)


def get_key(id: str) -> Plan[LiveKey]:
    """Read one key."""
    request = Request.of(get_live_key.request_kwargs(_id(id)))
    return envelopes.send(request, _key(get_live_key.read_answer))


def update_key(id: str, change: KeyChange) -> Plan[LiveKey]:
    """Change a key."""
    if change.name is None and change.save is None:
        raise InvalidInput("nothing to update was given", expected="something to change")
    body = models.UpdateLiveKeyRequest(name=to.maybe(change.name, _name), save=_flag(change.save))
    request = Request.of(update_live_key.request_kwargs(_id(id), body=body))
    return envelopes.send(request, _key(update_live_key.read_answer))


def delete_key(id: str) -> Plan[None]:
    """Delete a key."""
    return envelopes.send(Request.of(delete_live_key.request_kwargs(_id(id))), done(delete_live_key.read_answer))


def create_stream(key_id: str, broadcast: Broadcast) -> Plan[LiveStream]:
    """Make a broadcast. The request is retried only if the service did not process it."""
    body = models.CreateLiveStreamRequest(
        title=validate.text(broadcast.title, "title", CreateLiveStreamRequest.title),
        save=_flag(broadcast.save),
        qualities=to.maybe(broadcast.qualities, lambda configs: [to.quality(config) for config in configs]),
    )
    request = Request.of(create_live_stream.request_kwargs(_id(key_id, "key_id"), body=body), repeat="unsent")
    return envelopes.send(request, _stream(create_live_stream.read_answer))


def streams(key_id: str) -> Plan[Answers[LiveStream]]:
    """Read the broadcasts of a key, which are not paged."""
    return envelopes.send(
        Request.of(list_live_streams.request_kwargs(_id(key_id, "key_id"))),
        lambda answer: answer.model(
            list_live_streams.read_answer,
            models.LiveStreamListResponse,
            lambda response: Answers([LiveStream.of(row, None) for row in given(response.data.media) or ()]),
        ),
    )


def get_stream(key_id: str, id: str) -> Plan[LiveStream]:
    """Read one broadcast."""
    request = Request.of(get_live_stream.request_kwargs(_id(key_id, "key_id"), _id(id)))
    return envelopes.send(request, _stream(get_live_stream.read_answer))


def delete_stream(key_id: str, id: str) -> Plan[None]:
    """Delete a broadcast."""
    request = Request.of(delete_live_stream.request_kwargs(_id(key_id, "key_id"), _id(id)))
    return envelopes.send(request, done(delete_live_stream.read_answer))


def _key(read: Callable[[int, Any], object]) -> Callable[[Answer], LiveKey]:
    """The parser of an operation that returns a key."""
    return lambda answer: answer.model(
        read, models.LiveKeyResponse, lambda response: LiveKey.of(response.data, answer.request_id)
    )


def _stream(read: Callable[[int, Any], object]) -> Callable[[Answer], LiveStream]:
    """The parser of an operation that returns a broadcast."""
    return lambda answer: answer.model(
        read, models.LiveStreamResponse, lambda response: LiveStream.of(response.data, answer.request_id)
    )


def _name(value: str) -> str:
    return validate.text(value, "name", CreateLiveKeyRequest.name)


def _flag(value: bool | None) -> bool | Unset:
    return UNSET if value is None else validate.flag(value, "save")


def _id(id: str, name: str = "id") -> str:
    return validate.path_segment(id, name)
