"""The seam between AIOZ's generated code and the plans: one function for each operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO, TypeAlias, cast

from tonearm_generated.aioz import Client, models
from tonearm_generated.aioz.api.audio import (
    audio_cost,
    complete_audio,
    create_audio,
    delete_audio,
    get_audio,
    list_audio,
    update_audio,
    upload_audio_part,
)
from tonearm_generated.aioz.constraints import AudioCostParameters, ListAudioRequest
from tonearm_generated.aioz.types import UNSET, File

from ..._base import validate
from ..._base.coerce import flag, integer, number
from ..._engine import Plan, call
from ..._files import FileWindow
from ..._http import Answer, AsyncHttpClient, HttpClient, Request, Wire, async_bridge, bridge
from ...errors import InvalidInput
from ..types import Cost, ListFilters, Media, Order, Page, QualityConfig, SortBy
from . import bodies as to

Generated: TypeAlias = Client

_LIST_KEYS = ("media", "videos", "audios")


def create(
    title: str,
    *,
    qualities: Sequence[QualityConfig] | None,
    description: str | None,
    tags: Sequence[str] | None,
    metadata: Mapping[str, str] | None,
    is_public: bool | None,
) -> Plan[Media]:
    """Make an object. Repeated only when the service did not take the request."""
    body = models.CreateAudioRequest(
        title=to.title(title),
        type_="audio",
        description=to.maybe(description, to.description),
        is_public=to.maybe(is_public, to.public),
        metadata=to.maybe(metadata, to.pairs),
        tags=to.maybe(tags, to.tags),
        qualities=to.maybe(qualities, lambda values: [to.quality(value) for value in values]),
    )
    return call(Request.of(create_audio.request_kwargs(body=body), repeat="unsent"), _media)


def page(filters: ListFilters, *, offset: int, limit: int, sort_by: SortBy, order_by: Order) -> Plan[Page]:
    """Read one page of the list."""
    validate.integer(offset, "offset", ListAudioRequest.offset)
    validate.integer(limit, "limit", ListAudioRequest.limit)
    unknown = filters.keys() - ListFilters.__annotations__.keys()
    if unknown:
        raise InvalidInput(f"there is no filter {', '.join(sorted(unknown))}")
    body = models.ListAudioRequest(
        offset=offset,
        limit=limit,
        sort_by=models.SortField(validate.word(sort_by, "sort_by", list(models.SortField))),
        order_by=models.SortOrder(validate.word(order_by, "order_by", list(models.SortOrder))),
        type_="audio",
        tags=to.maybe(filters.get("tags"), to.tags),
        metadata=to.maybe(filters.get("metadata"), to.pairs),
        status=to.statuses(filters["status"]) if "status" in filters else UNSET,
        search=to.maybe(filters.get("search"), to.search),
    )
    return call(Request.of(list_audio.request_kwargs(body=body)), lambda answer: _page(answer, offset, limit))


def get(id: str) -> Plan[Media]:
    """Read one object."""
    return call(Request.of(get_audio.request_kwargs(_id(id))), _media)


def cost(presets: Sequence[str], duration: float) -> Plan[Cost]:
    """Ask for the price of presets."""
    kwargs = audio_cost.request_kwargs(
        qualities=",".join(presets),
        type_="audio",
        duration=validate.number(duration, "duration", AudioCostParameters.duration),
    )
    return call(Request.of(kwargs), _cost)


def upload_part(
    id: str,
    part: FileWindow,
    *,
    index: int,
    start: int,
    total: int,
    md5: str,
    sent: Callable[[int], None] | None = None,
) -> Plan[None]:
    """Send one part."""
    body = models.UploadAudioPartRequest(
        hash_=md5,
        index=str(index),
        file=File(cast("BinaryIO", part), _file_name(part.source.name), "application/octet-stream"),
    )
    content_range = f"bytes {start}-{start + part.length - 1}/{total}"
    kwargs = upload_audio_part.request_kwargs(_id(id), body=body, content_range=content_range)
    return call(Request.of(kwargs, sent=sent), _done)


def complete(id: str) -> Plan[None]:
    """End the upload. Never repeated: it starts paid work."""
    return call(Request.of(complete_audio.request_kwargs(_id(id)), repeat="never"), _done)


def update(
    id: str,
    *,
    title: str | None,
    description: str | None,
    tags: Sequence[str] | None,
    metadata: Mapping[str, str] | None,
    is_public: bool | None,
    player_theme_id: str | None,
) -> Plan[None]:
    """Change what is given; the player theme goes under both documented names."""
    if all(value is None for value in (title, description, tags, metadata, is_public, player_theme_id)):
        raise InvalidInput("nothing to update was given")
    body = models.UpdateAudioRequest(
        title=to.maybe(title, to.title),
        description=to.maybe(description, to.description),
        metadata=to.maybe(metadata, to.pairs),
        tags=to.maybe(tags, to.tags),
        is_public=to.maybe(is_public, to.public),
        player_theme_id=to.maybe(player_theme_id, to.theme),
        player_id=to.maybe(player_theme_id, to.theme),
    )
    return call(Request.of(update_audio.request_kwargs(_id(id), body=body)), _done)


def delete(id: str) -> Plan[None]:
    """Delete an object."""
    return call(Request.of(delete_audio.request_kwargs(_id(id))), _done)


def source_url(id: str) -> Plan[str]:
    """Ask where the file of an object is, as it was uploaded."""
    return call(Request.of(get_audio.request_kwargs(_id(id))), _source_url)


def generated(wire: Wire[HttpClient]) -> Generated:
    """The generated client on the wire's own connections."""
    return Client(base_url=wire.base_url).set_httpx_client(bridge(wire))


def async_generated(wire: Wire[AsyncHttpClient]) -> Generated:
    """The same for the coroutines of the generated client."""
    return Client(base_url=wire.base_url).set_async_httpx_client(async_bridge(wire))


def _media(answer: Answer) -> Media:
    return answer.read(lambda data: Media.of(data["data"], answer.request_id), answer.object())


def _source_url(answer: Answer) -> str:
    url = _media(answer).assets.source_url
    if url is None or not url.startswith(("https://", "http://")):
        raise answer.unexpected("the object does not say where its source is")
    return url


def _page(answer: Answer, offset: int, limit: int) -> Page:
    data = answer.object()
    request_id = answer.request_id
    items = answer.read(lambda data: tuple([Media.of(row, request_id) for row in _rows(data["data"])]), data)
    total = integer(data["data"].get("total"))
    if total is None:
        return Page(items, offset + len(items), offset, request_id, more=len(items) >= limit)
    return Page(items, total, offset, request_id)


def _rows(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    for key in _LIST_KEYS:
        if data.get(key) is not None:
            return [dict(row) for row in data[key]]
    return []


def _cost(answer: Answer) -> Cost:
    model = answer.read(models.CostResponse.from_dict, answer.object()).data
    price = number(model.price)
    if price is None:
        raise answer.unexpected("the price in the answer is not a number")
    return Cost(price, flag(model.is_enough), answer.request_id)


def _done(answer: Answer) -> None:
    answer.read(models.MessageResponse.from_dict, answer.object())


def _id(id: str) -> str:
    return validate.path_segment(id, "id")


def _file_name(name: str | None) -> str:
    ascii_name = (name or "").encode("ascii", "ignore").decode().strip(" .")
    return ascii_name or "audio"
