"""What AIOZ Stream answers, and the quality objects that it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias, TypedDict

from attrs import field, frozen

from tonearm_generated.reading import UnreadableAnswer, given

from .._base.answers import Answer
from .._base.coerce import fields, flag, items, text, when
from ..errors import InvalidInput

if TYPE_CHECKING:
    from tonearm_generated.aioz import models

Resolution: TypeAlias = Literal["standard", "good", "highest", "lossless"]
StreamType: TypeAlias = Literal["hls", "dash"]
Container: TypeAlias = Literal["mpegts", "mp4", "fmp4"]
SampleRate: TypeAlias = Literal[8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000]
Status: TypeAlias = Literal["new", "transcoding", "done", "fail", "deleted"]
SortBy: TypeAlias = Literal["created_at", "updated_at", "title", "size"]
Order: TypeAlias = Literal["asc", "desc"]


TAG = "tonearm-upload"
"""The name of the pair of metadata by which the object of an interrupted upload is found again."""

_EVENTS: Mapping[str, Status] = {
    "file.received": "new",
    "encoding.started": "transcoding",
    "partial.finished": "transcoding",
    "encoding.finished": "done",
    "encoding.failed": "fail",
}


class ListFilters(TypedDict, total=False):
    """What a listed object must match; what is left out does not restrict."""

    search: str
    """Text in its title or description."""
    status: Status | Sequence[Status]
    """Its status is one of these."""
    tags: Sequence[str]
    """It has these tags."""
    metadata: Mapping[str, str]
    """It has these pairs."""


@frozen
class QualityConfig:
    """One rendition to make.

    Args:
        resolution: the name of the quality.
        type: how it is delivered.
        container_type: `mpegts` or `mp4` for hls, `fmp4` for dash.
        bitrate: bits per second (not kilobits); None leaves it to the service.
        channels: how many; "2" is the only documented value.
        sample_rate: samples per second; None leaves it to the service.
        language: language tag of the track (BCP 47).
        index: the track of the source file, from 0.

    (AIOZ Audio document, "Audio Encoding Configuration")
    """

    resolution: Resolution
    type: StreamType = field(default="hls", kw_only=True)
    container_type: Container = field(default="mpegts", kw_only=True)
    bitrate: int | None = field(default=None, kw_only=True)
    channels: str = field(default="2", kw_only=True)
    sample_rate: SampleRate | None = field(default=None, kw_only=True)
    language: str | None = field(default=None, kw_only=True)
    index: int | None = field(default=None, kw_only=True)


@frozen(repr=False)
class Quality(Answer):
    """One rendition of an object and how far it is; what the service does not tell of it is None.

    Attributes:
        name: the name of the quality, such as `highest`.
        type: how it is delivered: `hls` or `dash`.
        status: how far the service is with it; `done` and `fail` are the ends.
    """

    name: str | None
    type: str | None
    status: str | None


@frozen(repr=False)
class Track(Answer):
    """A caption, transcript or chapter track; what the service does not tell of it is None.

    Attributes:
        url: where the WebVTT file is.
        language: its language (BCP 47).
        status: how far the service is with it; `done` is the known word.
        description: a text for people.
        is_default: whether players load it when nobody chooses.
        is_generated: whether the service has made it by itself.
    """

    url: str | None
    language: str | None
    status: str | None = field(default=None, kw_only=True)
    description: str | None = field(default=None, kw_only=True)
    is_default: bool | None = field(default=None, kw_only=True)
    is_generated: bool | None = field(default=None, kw_only=True)

    @classmethod
    def of(cls, model: models.Caption | models.Transcript | models.Chapter) -> Self:
        """Take over what generated code has read; of chapters the service documents the file and language only."""
        rest = model.raw
        return cls(
            given(model.url),
            given(model.language),
            status=text(rest.get("status")),
            description=text(rest.get("description")),
            is_default=flag(rest.get("is_default")),
            is_generated=flag(rest.get("is_generated")),
        )


@frozen(repr=False)
class Assets(Answer):
    """Where the files of an object are; anything may be missing.

    Attributes:
        source_url: the file as it was uploaded; see `Aioz.download_source`.
        thumbnail_url: the cover picture.
        hls_url: the HLS playlist.
        hls_player_url: a page that plays it.
        dash_url: the DASH manifest.
        dash_player_url: a page that plays it.
        mp4_url: an MP4 file, which the service makes of videos.
    """

    source_url: str | None = None
    thumbnail_url: str | None = None
    hls_url: str | None = None
    hls_player_url: str | None = None
    dash_url: str | None = None
    dash_player_url: str | None = None
    mp4_url: str | None = None


@frozen(repr=False)
class Media(Answer):
    """An audio object; what the service does not tell of it is None or empty.

    Attributes:
        id: its id.
        type: the kind of media: `audio`.
        tags: free words.
        metadata: free pairs, without the one that `upload` adds to find the object again.
        qualities: the renditions that were asked for, and how far each is.
        captions: its captions, one track for each language.
        chapters: its chapters, one track for each language.
        assets: where its files are.
        is_public: whether anyone may play it.
        player_theme_id: the player's theme.
        duration: seconds; None or 0 before it is transcoded.
        size: bytes of the source file.
        status: `new`, `transcoding`, `done`, `fail` or `deleted`; a word that is not known here is kept.
        raw: the object as the service sent it.
        request_id: the server's name for the request that brought this.
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
        """An object of which no more is known."""
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
        """Read what the service sends to a webhook, for those who do not poll; nothing in it proves who sent it.

        Args:
            payload: the JSON object of the request. Its `qualities` are objects, names, or names with commas between
                them. Its `status` is taken, else what its `type` stands for: `file.received` is `new`,
                `encoding.finished` is `done`, `encoding.failed` is `fail`, other encoding events are `transcoding`.

        Returns:
            The object with what the event tells: id, title, type, status and qualities; the event itself is in `.raw`.

        Raises:
            InvalidInput: it names no object.

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
        """Take over what generated code has read."""
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
            qualities=tuple([_quality_of(one) for one in given(model.qualities) or () if one.raw]),
            captions=tuple([Track.of(one) for one in given(model.captions) or () if one.raw]),
            chapters=tuple([Track.of(one) for one in given(model.chapters) or () if one.raw]),
            assets=_assets(given(model.assets)),
            is_public=given(model.is_public),
            player_theme_id=given(model.player_theme_id) or None,
            created_at=when(model.created_at),
            updated_at=when(model.updated_at),
            raw=model.raw,
            request_id=request_id,
        )


@frozen(repr=False)
class Cost(Answer):
    """What transcoding would cost.

    Attributes:
        price: in US dollars.
        is_enough: whether the account's balance covers it; None when the service does not say.
    """

    price: float
    is_enough: bool | None
    request_id: str | None = field(default=None, repr=False, eq=False)


@frozen(repr=False)
class Download(Answer):
    """What was downloaded.

    Attributes:
        path: the file; None when it went into a file that was open already.
        size: bytes.
        content_type: the media type that the server named.
        resumed: whether it went on from what an earlier call had left.
        sha256: hash of all bytes, in hexadecimal digits.
    """

    path: Path | None
    size: int
    content_type: str
    resumed: bool
    sha256: str


@frozen(repr=False)
class PublicFile(Answer):
    """A file that anyone may fetch.

    Attributes:
        url: its address.
        content_type: its media type: what the server says of audio and video, else what the first bytes tell.
        size: bytes; None where the server does not say.
    """

    url: str
    content_type: str
    size: int | None


@frozen(repr=False)
class Unfinished(Answer):
    """An upload that was interrupted by an error or a crash.

    Attributes:
        state: its journal, for `resume`; who does not want to go on calls `forget`, and deletes the object.
        id: the object that it belongs to; None while it is not known whether one was made.
        title: the object's title.
        source: the file that was sent; None when it was not given as a path, and has to be given again.
        size: bytes of the whole file.
        done: bytes that the service has.
    """

    state: Path
    id: str | None
    title: str
    source: Path | None
    size: int
    done: int


@frozen(repr=False)
class Page(Answer):
    """Some of the objects that match, and how many match in all.

    Attributes:
        items: the objects on this page.
        total: how many match; where the service does not say it, how many stand before the next page.
        offset: how many stand before this page.
    """

    items: tuple[Media, ...]
    total: int
    offset: int
    request_id: str | None = field(default=None, repr=False, eq=False)
    _more: bool = field(default=False, alias="more", repr=False, eq=False)

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins, or None after the last one."""
        after = self.offset + len(self.items)
        return after if self.items and (self._more or after < self.total) else None


def tag_of(media: Media) -> str | None:
    """The tag of the upload that made an object."""
    pairs = items(media.raw.get("metadata"), fields)
    return next((text(pair.get("value")) for pair in pairs if pair.get("key") == TAG), None)


_NO_ASSETS = Assets()


def _metadata(pairs: Sequence[models.MediaMetadata]) -> Mapping[str, str]:
    read = [(given(pair.key), given(pair.value)) for pair in pairs]
    return {key: value for key, value in read if key is not None and value is not None and key != TAG}


def _quality_of(model: models.QualityObject) -> Quality:
    return Quality(given(model.name), given(model.type_), given(model.status))


def _qualities(value: object) -> tuple[Quality, ...]:
    """The qualities of an event: objects, names, or names in one text with commas between them."""
    return items(value.split(",") if isinstance(value, str) else value, _quality)


def _quality(value: object) -> Quality | None:
    if isinstance(value, str):
        return Quality(value.strip(), None, None) if value.strip() else None
    found = fields(value)
    return Quality(text(found.get("name")), text(found.get("type")), text(found.get("status"))) if found else None


def _assets(model: models.Assets | None) -> Assets:
    if model is None or not model.raw:
        return _NO_ASSETS
    return Assets(
        source_url=given(model.source_url),
        thumbnail_url=given(model.thumbnail_url),
        hls_url=given(model.hls_url),
        hls_player_url=given(model.hls_player_url),
        dash_url=given(model.dash_url),
        dash_player_url=given(model.dash_player_url),
        mp4_url=given(model.mp4_url),
    )
