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
    """The filters of a list; a filter that is left out does not restrict."""

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
    """A rendition to make.

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
    """A rendition of an object, with its status; fields that the service does not send are None.

    Attributes:
        name: the name of the quality, such as `highest`.
        type: how it is delivered: `hls` or `dash`.
        status: its state; `done` and `fail` are final.
    """

    name: str | None
    type: str | None
    status: str | None

    @classmethod
    def of(cls, model: models.QualityObject) -> Self:
        """Make it from the generated model."""
        return cls(given(model.name), given(model.type_), given(model.status))

    @classmethod
    def in_event(cls, value: object) -> Self | None:
        """Read a quality of an event: an object, or only a name; None for anything else."""
        if isinstance(value, str):
            return cls(value.strip(), None, None) if value.strip() else None
        quality = fields(value)
        return (
            cls(text(quality.get("name")), text(quality.get("type")), text(quality.get("status"))) if quality else None
        )


@frozen(repr=False)
class Assets(Answer):
    """The addresses of an object's files; any may be missing.

    Attributes:
        source_url: the file as it was uploaded; see `Aioz.download_source`.
        thumbnail_url: the cover picture.
        hls_url: the HLS playlist.
        hls_player_url: a page that plays it.
        dash_url: the DASH manifest.
        dash_player_url: a page that plays it.
        mp4_url: an MP4 file, which the service makes from videos.
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
        """Make it from the generated model."""
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
"""The assets of an object without any, as of most objects in lists."""


@frozen(repr=False)
class Track(Answer):
    """A caption, transcript or chapter track; fields that the service does not send are None.

    Attributes:
        url: where the WebVTT file is.
        language: its language (BCP 47).
        status: its state; `done` is the only known word.
        description: a text for people.
        is_default: whether players load it by default.
        is_generated: whether the service has generated it.
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
    """The price of transcoding.

    Attributes:
        price: in US dollars.
        is_enough: whether the account's balance covers it; None if the service does not say.
    """

    price: float
    is_enough: bool | None
    request_id: str | None = field(default=None, repr=False, eq=False)


@frozen(repr=False)
class Download(Answer):
    """A finished download.

    Attributes:
        path: the file; None if the target was an open file.
        size: bytes.
        content_type: the media type that the server named.
        resumed: whether it resumed the download of an earlier call.
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
        content_type: its media type: the server's if it is audio or video, else that of the first bytes.
        size: bytes; None if the server does not say.
    """

    url: str
    content_type: str
    size: int | None


@frozen(repr=False)
class Unfinished(Answer):
    """An upload that was interrupted by an error or a crash.

    Attributes:
        state: its journal, for `resume`. To give up instead, call `forget`, and delete the object.
        id: its object; None as long as it is not known whether it was created.
        title: the object's title.
        source: the file that was sent; None if it was not given as a path, and must be given again.
        size: bytes of the whole file.
        done: bytes that the service has acknowledged.
    """

    state: Path
    id: str | None
    title: str
    source: Path | None
    size: int
    done: int
