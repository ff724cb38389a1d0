"""Words of AIOZ Stream, the quality objects that it takes, and its smaller answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, TypeAlias, TypedDict

from attrs import field, frozen

from tonearm_generated.reading import given

from .._base.answers import Answer
from .._base.coerce import fields, flag, text

if TYPE_CHECKING:
    from tonearm_generated.aioz import models

Resolution: TypeAlias = Literal["standard", "good", "highest", "lossless"]
StreamType: TypeAlias = Literal["hls", "dash"]
Container: TypeAlias = Literal["mpegts", "mp4", "fmp4"]
SampleRate: TypeAlias = Literal[8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000]
Status: TypeAlias = Literal["new", "transcoding", "done", "fail", "deleted"]
SortBy: TypeAlias = Literal["created_at", "updated_at", "title", "size"]
Order: TypeAlias = Literal["asc", "desc"]


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

    @classmethod
    def of(cls, model: models.QualityObject) -> Self:
        """Take over what generated code has read."""
        return cls(given(model.name), given(model.type_), given(model.status))

    @classmethod
    def in_event(cls, value: object) -> Self | None:
        """Read one of an event, where it may be an object, or a name alone; None for anything else."""
        if isinstance(value, str):
            return cls(value.strip(), None, None) if value.strip() else None
        found = fields(value)
        return cls(text(found.get("name")), text(found.get("type")), text(found.get("status"))) if found else None


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

    @classmethod
    def of(cls, model: models.Assets | None) -> Assets:
        """Take over what generated code has read."""
        if model is None or not model.raw:
            return _NO_ASSETS
        return cls(
            source_url=given(model.source_url),
            thumbnail_url=given(model.thumbnail_url),
            hls_url=given(model.hls_url),
            hls_player_url=given(model.hls_player_url),
            dash_url=given(model.dash_url),
            dash_player_url=given(model.dash_player_url),
            mp4_url=given(model.mp4_url),
        )


_NO_ASSETS = Assets()
"""Those of an object that has none, as most listed ones."""


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
