"""The seam between AIOZ's generated code and the plans: one function for each operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO, TypeAlias, cast

from attrs import frozen

from tonearm_generated.aioz import Client, models
from tonearm_generated.aioz.api.audio import (
    audio_cost,
    complete_audio,
    create_audio,
    delete_audio,
    get_audio,
    get_audio_player,
    list_audio,
    update_audio,
    upload_audio_part,
)
from tonearm_generated.aioz.constraints import AudioCostParameters, ListAudioRequest
from tonearm_generated.aioz.types import UNSET, File
from tonearm_generated.reading import given

from ..._base import validate
from ..._engine import Plan, call
from ..._files import FileWindow, sendable
from ..._http import Answer, Request, Wire, joined, linked
from ...errors import InvalidInput
from ..media import Media, Page
from ..presets import Preset
from ..presets import qualities as of_preset
from ..types import Cost, Order, QualityConfig, SortBy, Status
from . import bodies as to
from . import envelopes

Generated: TypeAlias = Client


@frozen(kw_only=True)
class Creation:
    """The options of a new object, apart from its title; see CreateOptions."""

    preset: Preset | None = None
    qualities: Sequence[QualityConfig] | None = None
    description: str | None = None
    tags: Sequence[str] | None = None
    metadata: Mapping[str, str] | None = None
    is_public: bool | None = None

    def __attrs_post_init__(self) -> None:
        _ = self.renditions  # a contradiction is refused before a source is opened or anything is sent

    @property
    def renditions(self) -> Sequence[QualityConfig] | None:
        """The quality objects to send; None leaves the choice to the service."""
        if self.preset is not None and self.qualities is not None:
            raise InvalidInput(
                "preset and qualities say the same",
                argument="preset",
                value=self.preset,
                expected="left out where qualities are given",
                hint="give one of them",
            )
        return self.qualities if self.preset is None else of_preset(self.preset)


@frozen(kw_only=True)
class Change:
    """The changes of an object; see UpdateOptions."""

    title: str | None = None
    description: str | None = None
    tags: Sequence[str] | None = None
    metadata: Mapping[str, str] | None = None
    is_public: bool | None = None
    player_theme_id: str | None = None


@frozen(kw_only=True)
class Listing:
    """The filters, the order and the page of a list; see PageOptions."""

    offset: int = 0
    limit: int = 25
    sort_by: SortBy = "created_at"
    order_by: Order = "asc"
    search: str | None = None
    status: Status | Sequence[Status] | None = None
    tags: Sequence[str] | None = None
    metadata: Mapping[str, str] | None = None


def create(title: str, creation: Creation) -> Plan[Media]:
    """Create an object. The request is retried only if the service did not process it."""
    body = models.CreateAudioRequest(
        title=to.title(title),
        type_="audio",
        description=to.maybe(creation.description, to.description),
        is_public=to.maybe(creation.is_public, to.public),
        metadata=to.maybe(creation.metadata, to.pairs),
        tags=to.maybe(creation.tags, to.tags),
        qualities=to.maybe(creation.renditions, lambda values: [to.quality(value) for value in values]),
    )
    kwargs = create_audio.request_kwargs(body=body)
    return envelopes.send(Request.of(kwargs, repeat="unsent"), _media(create_audio.read_answer))


def page(listing: Listing) -> Plan[Page]:
    """Read one page of the list."""
    body = models.ListAudioRequest(
        offset=validate.integer(listing.offset, "offset", ListAudioRequest.offset),
        limit=validate.integer(listing.limit, "limit", ListAudioRequest.limit),
        sort_by=models.SortField(validate.word(listing.sort_by, "sort_by", list(models.SortField))),
        order_by=models.SortOrder(validate.word(listing.order_by, "order_by", list(models.SortOrder))),
        type_="audio",
        tags=to.maybe(listing.tags, to.tags),
        metadata=to.maybe(listing.metadata, to.pairs),
        status=UNSET if listing.status is None else to.statuses(listing.status),
        search=to.maybe(listing.search, to.search),
    )
    return envelopes.send(
        Request.of(list_audio.request_kwargs(body=body)), lambda answer: _page(answer, listing.offset, listing.limit)
    )


def get(id: str) -> Plan[Media]:
    """Read one object."""
    return envelopes.send(Request.of(get_audio.request_kwargs(_id(id))), _media(get_audio.read_answer))


def player(id: str) -> Plan[Media]:
    """Read the public data of an object. It has no envelope, so `status` is the status of the object."""

    def parse(answer: Answer) -> Media:
        return answer.model(
            get_audio_player.read_answer, models.Media, lambda response: Media.of(response, answer.request_id)
        )

    return call(Request.of(get_audio_player.request_kwargs(_id(id))), parse)


def cost(presets: Sequence[str], duration: float) -> Plan[Cost]:
    """Read the price of presets."""
    kwargs = audio_cost.request_kwargs(
        qualities=",".join(presets),
        type_="audio",
        duration=validate.number(duration, "duration", AudioCostParameters.duration),
    )
    return envelopes.send(Request.of(kwargs), _cost)


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
    return envelopes.send(Request.of(kwargs, sent=sent), done(upload_audio_part.read_answer))


def complete(id: str) -> Plan[None]:
    """Complete the upload. The request is never retried, as it starts paid work."""
    return envelopes.send(
        Request.of(complete_audio.request_kwargs(_id(id)), repeat="never"), done(complete_audio.read_answer)
    )


def update(id: str, change: Change) -> Plan[None]:
    """Change the given values; the player theme is sent under both documented names."""
    if change == Change():
        raise InvalidInput("nothing to update was given", expected="something to change")
    body = models.UpdateAudioRequest(
        title=to.maybe(change.title, to.title),
        description=to.maybe(change.description, to.description),
        metadata=to.maybe(change.metadata, to.pairs),
        tags=to.maybe(change.tags, to.tags),
        is_public=to.maybe(change.is_public, to.public),
        player_theme_id=to.maybe(change.player_theme_id, to.theme),
        player_id=to.maybe(change.player_theme_id, to.theme),
    )
    kwargs = update_audio.request_kwargs(_id(id), body=body)
    return envelopes.send(Request.of(kwargs), done(update_audio.read_answer))


def delete(id: str) -> Plan[None]:
    """Delete an object."""
    return envelopes.send(Request.of(delete_audio.request_kwargs(_id(id))), done(delete_audio.read_answer))


def source(id: str) -> Plan[tuple[str, int | None]]:
    """Read the address of an object's source file, and its bytes."""
    return envelopes.send(Request.of(get_audio.request_kwargs(_id(id))), _source)


def generated(wire: Wire[Any]) -> Generated:
    """The generated client on the wire's own connections."""
    return linked(wire, Client)


def _media(read: Callable[[int, Any], object]) -> Callable[[Answer], Media]:
    """The parser of an operation that returns an object."""
    return lambda answer: answer.model(
        read, models.MediaResponse, lambda response: Media.of(response.data, answer.request_id)
    )


def _source(answer: Answer) -> tuple[str, int | None]:
    media = _media(get_audio.read_answer)(answer)
    url = media.assets.source_url
    if url is None or not url.startswith(("https://", "http://")) or joined(url, "/") is None:
        raise answer.unexpected("the object does not say where its source is")
    return url, media.size


def _page(answer: Answer, offset: int, limit: int) -> Page:
    def page(response: models.MediaListResponse) -> Page:
        request_id, total = answer.request_id, given(response.data.total)
        items = tuple([Media.of(row, request_id) for row in _rows(response.data)])
        if total is None:
            return Page(items, offset + len(items), offset, request_id, more=len(items) >= limit)
        return Page(items, total, offset, request_id)

    return answer.model(list_audio.read_answer, models.MediaListResponse, page)


def _rows(page: models.MediaList) -> list[models.Media]:
    """The objects of a page, under either documented key; `audios` is a third key, which no document has."""
    filled = page if page.media or page.videos else models.MediaList.from_dict({"media": page.raw.get("audios")})
    return given(filled.media) or given(filled.videos) or []


def _cost(answer: Answer) -> Cost:
    def cost(response: models.CostResponse) -> Cost:
        return Cost(response.data.price, given(response.data.is_enough), answer.request_id)

    return answer.model(audio_cost.read_answer, models.CostResponse, cost)


def done(read: Callable[[int, Any], object]) -> Callable[[Answer], None]:
    """The parser of a response without data."""
    return lambda answer: answer.model(read, models.MessageResponse, lambda _: None)


def _id(id: str) -> str:
    return validate.path_segment(id, "id")


def _file_name(name: str | None) -> str:
    """The file name as the official clients send it: in UTF-8, with its extension."""
    letters = [letter if letter.isprintable() or letter in "\r\n" else "_" for letter in sendable(name or "")]
    return "".join(letters).strip(" .") or "audio"
