"""The seam for captions, transcripts and chapters in each language, and for the cover picture of an object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, BinaryIO, Protocol, TypeAlias, cast

from attrs import frozen

from tonearm_generated.aioz import models
from tonearm_generated.aioz.api.captions import create_caption, delete_caption, get_captions, set_default_caption
from tonearm_generated.aioz.api.chapters import create_chapter, delete_chapter, get_chapters
from tonearm_generated.aioz.api.thumbnail import delete_thumbnail, upload_thumbnail
from tonearm_generated.aioz.api.transcripts import (
    create_transcript,
    delete_transcript,
    get_transcripts,
    set_default_transcript,
)
from tonearm_generated.aioz.types import File, Unset
from tonearm_generated.reading import given

from ..._base import validate
from ..._base.answers import Answers
from ..._engine import Plan
from ..._files import FileWindow
from ..._http import Answer, Request
from ..types import Track
from . import pages
from .envelopes import send
from .objects import done

Model: TypeAlias = models.Caption | models.Transcript | models.Chapter
Rows: TypeAlias = tuple[Sequence[Model], int | None]


class _Listing(Protocol):
    def __call__(self, audio_id: str, *, offset: int, limit: int) -> dict[str, Any]: ...


class _Creating(Protocol):
    def __call__(self, audio_id: str, lan: str, *, body: models.UploadTrackRequest) -> dict[str, Any]: ...


class _Deleting(Protocol):
    def __call__(self, audio_id: str, lan: str) -> dict[str, Any]: ...


class _Choosing(Protocol):
    def __call__(self, audio_id: str, lan: str, *, body: models.DefaultTrackRequest) -> dict[str, Any]: ...


@frozen
class Kind:
    """One kind of track: the requests and readers of generated code."""

    name: str
    listing: _Listing
    creating: _Creating
    deleting: _Deleting
    listed: Callable[[Answer], Rows]
    created: Callable[[Answer], Model | None]
    deleted: Callable[[int, Any], object]


@frozen
class KindWithDefault(Kind):
    """A kind of track of which one can be the default of players."""

    choosing: _Choosing
    chosen: Callable[[int, Any], object]


def _captions(answer: Answer) -> Rows:
    def read(model: models.CaptionListResponse) -> Rows:
        page = model.data
        if page.media_captions is None or isinstance(page.media_captions, Unset):  # as the old document has it
            page = models.CaptionList.from_dict({**page.raw, "media_captions": page.raw.get("captions")})
        return given(page.media_captions) or (), given(page.total)

    return answer.model(get_captions.read_answer, models.CaptionListResponse, read)


def _caption(answer: Answer) -> models.Caption | None:
    def read(model: models.CaptionResponse) -> models.Caption | None:
        old = models.CaptionData.from_dict({"media_caption": model.data.raw.get("caption")})
        return given(model.data.media_caption) or given(old.media_caption)

    return answer.model(create_caption.read_answer, models.CaptionResponse, read)


def _transcripts(answer: Answer) -> Rows:
    def read(model: models.TranscriptListResponse) -> Rows:
        page = model.data
        if page.media_transcripts is None or isinstance(page.media_transcripts, Unset):
            page = models.TranscriptList.from_dict({**page.raw, "media_transcripts": page.raw.get("transcripts")})
        return given(page.media_transcripts) or (), given(page.total)

    return answer.model(get_transcripts.read_answer, models.TranscriptListResponse, read)


def _transcript(answer: Answer) -> models.Transcript | None:
    def read(model: models.TranscriptResponse) -> models.Transcript | None:
        old = models.TranscriptData.from_dict({"media_transcript": model.data.raw.get("transcript")})
        return given(model.data.media_transcript) or given(old.media_transcript)

    return answer.model(create_transcript.read_answer, models.TranscriptResponse, read)


def _chapters(answer: Answer) -> Rows:
    def read(model: models.ChapterListResponse) -> Rows:
        page = model.data
        if page.media_chapters is None or isinstance(page.media_chapters, Unset):
            page = models.ChapterList.from_dict({**page.raw, "media_chapters": page.raw.get("chapters")})
        return given(page.media_chapters) or (), given(page.total)

    return answer.model(get_chapters.read_answer, models.ChapterListResponse, read)


def _chapter(answer: Answer) -> models.Chapter | None:
    def read(model: models.ChapterResponse) -> models.Chapter | None:
        old = models.ChapterData.from_dict({"media_chapter": model.data.raw.get("chapter")})
        return given(model.data.media_chapter) or given(old.media_chapter)

    return answer.model(create_chapter.read_answer, models.ChapterResponse, read)


CAPTIONS = KindWithDefault(
    "caption",
    get_captions.request_kwargs,
    create_caption.request_kwargs,
    delete_caption.request_kwargs,
    _captions,
    _caption,
    delete_caption.read_answer,
    set_default_caption.request_kwargs,
    set_default_caption.read_answer,
)
TRANSCRIPTS = KindWithDefault(
    "transcript",
    get_transcripts.request_kwargs,
    create_transcript.request_kwargs,
    delete_transcript.request_kwargs,
    _transcripts,
    _transcript,
    delete_transcript.read_answer,
    set_default_transcript.request_kwargs,
    set_default_transcript.read_answer,
)
CHAPTERS = Kind(
    "chapter",
    get_chapters.request_kwargs,
    create_chapter.request_kwargs,
    delete_chapter.request_kwargs,
    _chapters,
    _chapter,
    delete_chapter.read_answer,
)


def every(kind: Kind, id: str) -> Plan[Answers[Track]]:
    """Read all tracks of an object."""

    def page(offset: int) -> Plan[pages.Page[Track]]:
        request = Request.of(kind.listing(validate.path_segment(id, "id"), offset=offset, limit=pages.LIMIT))
        return send(request, partial(_page, kind, offset))

    return pages.whole(page)


def create(kind: Kind, id: str, language: str, file: FileWindow) -> Plan[Track]:
    """Add a track. The request is retried only if the service did not process it: it may refuse a language twice."""
    body = models.UploadTrackRequest(File(cast("BinaryIO", file), f"{language}.vtt", "text/vtt"))
    request = Request.of(kind.creating(validate.path_segment(id, "id"), language, body=body), repeat="unsent")
    return send(request, partial(_track, kind))


def delete(kind: Kind, id: str, language: str) -> Plan[None]:
    """Delete a track."""
    return send(Request.of(kind.deleting(validate.path_segment(id, "id"), language)), done(kind.deleted))


def set_default(kind: KindWithDefault, id: str, language: str, is_default: bool) -> Plan[None]:
    """Set whether players load a track by default."""
    body = models.DefaultTrackRequest(validate.flag(is_default, "is_default"))
    request = Request.of(kind.choosing(validate.path_segment(id, "id"), language, body=body))
    return send(request, done(kind.chosen))


def put_thumbnail(id: str, file: FileWindow, name: str, media_type: str) -> Plan[None]:
    """Set the cover picture; the extension of `name` is that of its contents."""
    body = models.UploadThumbnailRequest(File(cast("BinaryIO", file), name, media_type))
    request = Request.of(upload_thumbnail.request_kwargs(validate.path_segment(id, "id"), body=body))
    return send(request, done(upload_thumbnail.read_answer))


def remove_thumbnail(id: str) -> Plan[None]:
    """Remove the cover picture."""
    request = Request.of(delete_thumbnail.request_kwargs(validate.path_segment(id, "id")))
    return send(request, done(delete_thumbnail.read_answer))


def _page(kind: Kind, offset: int, answer: Answer) -> pages.Page[Track]:
    models, total = kind.listed(answer)
    return pages.page_of([model for model in models if model.raw], total, offset, Track.of)


def _track(kind: Kind, answer: Answer) -> Track:
    model = kind.created(answer)
    if model is None or not model.raw:
        raise answer.unexpected(f"there is no {kind.name}")
    return Track.of(model)
