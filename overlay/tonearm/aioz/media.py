"""An object of AIOZ Stream, with its renditions and addresses, and pages of objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import field, frozen

from tonearm_generated.reading import UnreadableAnswer, Unset, given

from .._base.answers import Answer
from .._base.coerce import fields, items, text, when
from ..errors import InvalidInput
from .types import Assets, Quality, Status, Track

if TYPE_CHECKING:
    from tonearm_generated.aioz import models

T = TypeVar("T")

TAG = "tonearm-upload"
"""The key in the metadata by which the object of an interrupted upload is found again."""

_EVENTS: Mapping[str, Status] = {
    "file.received": "new",
    "encoding.started": "transcoding",
    "partial.finished": "transcoding",
    "encoding.finished": "done",
    "encoding.failed": "fail",
}


@frozen(repr=False)
class Media(Answer):
    """An audio object; fields that the service does not send are None or empty.

    Attributes:
        id: its id.
        type: the kind of media: `audio`.
        tags: free words.
        metadata: free pairs, without the pair that `upload` adds to find the object again.
        qualities: the requested renditions, with their status.
        captions: its captions, one track for each language.
        chapters: its chapters, one track for each language.
        assets: the addresses of its files.
        is_public: whether anyone may play it.
        player_theme_id: the player's theme.
        duration: seconds; None or 0 before it is transcoded.
        size: bytes of the source file.
        status: `new`, `transcoding`, `done`, `fail` or `deleted`; an unknown word is kept.
        raw: the object as the service sent it.
        request_id: the server's name for the request.
    """

    id: str
    title: str | None
    description: str | None
    type: str | None
    status: str | None
    duration: float | None
    size: int | None
    tags: tuple[str, ...]
    metadata: Mapping[str, str]
    qualities: tuple[Quality, ...]
    captions: tuple[Track, ...]
    chapters: tuple[Track, ...]
    assets: Assets
    is_public: bool | None
    player_theme_id: str | None
    created_at: datetime | None
    updated_at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def sparse(
        cls,
        id: str,
        *,
        title: str | None,
        type: str | None,
        status: str | None,
        size: int | None = None,
        qualities: tuple[Quality, ...] = (),
        raw: Mapping[str, Any] | None = None,
    ) -> Self:
        """Make an object of which only these values are known."""
        return cls(
            id=id,
            title=title,
            description=None,
            type=type,
            status=status,
            duration=None,
            size=size,
            tags=(),
            metadata={},
            qualities=qualities,
            captions=(),
            chapters=(),
            assets=Assets(),
            is_public=None,
            player_theme_id=None,
            created_at=None,
            updated_at=None,
            raw=raw or {},
        )

    @classmethod
    def from_webhook(cls, payload: Mapping[str, Any]) -> Self:
        """Read the event that the service sends to a webhook; nothing in it proves who sent it.

        Args:
            payload: the JSON object of the request. Its `qualities` are objects, names, or names separated by commas.
                Without a `status` its `type` decides: `file.received` means `new`, `encoding.finished` `done`,
                `encoding.failed` `fail`, and other encoding events `transcoding`.

        Returns:
            The object with the values in the event: id, title, type, status and qualities. The event is in `.raw`.

        Raises:
            InvalidInput: the event names no object.

        (AIOZ documentation, "Webhooks")
        """
        id = text(payload.get("media_id")) if isinstance(payload, Mapping) else None  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        if not id:
            raise InvalidInput(
                "this is no event of a webhook: it names no media_id",
                argument="payload",
                value=payload,
                expected="the event of a webhook, with a media_id",
            )
        event = (text(payload.get("type")) or "").replace("_", ".")
        return cls.sparse(
            id,
            title=text(payload.get("title")),
            type=text(payload.get("media_type")),
            status=text(payload.get("status")) or _EVENTS.get(event),
            qualities=_qualities(payload.get("qualities")),
            raw=dict(payload),
        )

    @classmethod
    def of(cls, model: models.Media, request_id: str | None) -> Self:
        """Make it from the generated model."""
        if not model.id:
            raise UnreadableAnswer("expected an id, got empty text", "id")
        return cls(
            id=model.id,
            title=given(model.title),
            description=given(model.description),
            type=given(model.type_),
            status=given(model.status),
            duration=given(model.duration),
            size=given(model.size),
            tags=tuple(given(model.tags) or ()),
            metadata=_metadata(given(model.metadata) or ()),
            qualities=_each(Quality.of, model.qualities),
            captions=_each(Track.of, model.captions),
            chapters=_each(Track.of, model.chapters),
            assets=Assets.of(given(model.assets)),
            is_public=given(model.is_public),
            player_theme_id=given(model.player_theme_id) or None,
            created_at=when(model.created_at),
            updated_at=when(model.updated_at),
            raw=model.raw,
            request_id=request_id,
        )


@frozen(repr=False)
class Page(Answer):
    """A page of objects, and the number of all that match.

    Attributes:
        items: the objects on this page.
        total: how many objects match; if the service does not send it, how many there are before the next page.
        offset: how many objects there are before this page.
    """

    items: tuple[Media, ...]
    total: int
    offset: int
    request_id: str | None = field(default=None, repr=False, eq=False)
    _more: bool = field(default=False, alias="more", repr=False, eq=False)

    @property
    def next_offset(self) -> int | None:
        """The offset of the next page; None after the last one."""
        after = self.offset + len(self.items)
        return after if self.items and (self._more or after < self.total) else None


def tag_of(media: Media) -> str | None:
    """The tag of the upload that made an object."""
    pairs = items(media.raw.get("metadata"), fields)
    return next((text(pair.get("value")) for pair in pairs if pair.get("key") == TAG), None)


def _each(of: Callable[[Any], T], rows: Sequence[Any] | Unset | None) -> tuple[T, ...]:
    """What `of` makes of each that is not empty; most objects of a list have none of some kind."""
    return tuple([of(row) for row in rows if row.raw]) if isinstance(rows, list) else ()


def _metadata(pairs: Sequence[models.MediaMetadata]) -> Mapping[str, str]:
    read = [(given(pair.key), given(pair.value)) for pair in pairs]
    return {key: value for key, value in read if key is not None and value is not None and key != TAG}


def _qualities(value: object) -> tuple[Quality, ...]:
    """The qualities of an event: objects, names, or names in one text separated by commas."""
    return items(value.split(",") if isinstance(value, str) else value, Quality.in_event)
