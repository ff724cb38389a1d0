"""The seam for what is added to an object: captions, transcripts and chapters by language, and the cover picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO, cast

from attrs import frozen

from tonearm_generated.aioz import models
from tonearm_generated.aioz.api.captions import create_caption, delete_caption, get_captions
from tonearm_generated.aioz.api.chapters import create_chapter, delete_chapter, get_chapters
from tonearm_generated.aioz.api.thumbnail import delete_thumbnail, upload_thumbnail
from tonearm_generated.aioz.api.transcripts import create_transcript, delete_transcript, get_transcripts
from tonearm_generated.aioz.types import File

from ..._base import validate
from ..._base.coerce import integer, items
from ..._engine import Plan, call
from ..._files import FileWindow
from ..._http import Answer, Request
from ..types import Track

PAGE = 100
"""Tracks that are asked for at a time, the most that the service gives."""


@frozen
class Kind:
    """One kind of track: its names in answers, and what generated code has for it."""

    one: str
    many: str
    listing: Callable[..., dict[str, Any]]
    creating: Callable[..., dict[str, Any]]
    deleting: Callable[..., dict[str, Any]]
    check_list: Callable[[dict[str, Any]], object]
    check_one: Callable[[dict[str, Any]], object]


CAPTIONS = Kind(
    "caption",
    "captions",
    get_captions.request_kwargs,
    create_caption.request_kwargs,
    delete_caption.request_kwargs,
    models.CaptionListResponse.from_dict,
    models.CaptionResponse.from_dict,
)
TRANSCRIPTS = Kind(
    "transcript",
    "transcripts",
    get_transcripts.request_kwargs,
    create_transcript.request_kwargs,
    delete_transcript.request_kwargs,
    models.TranscriptListResponse.from_dict,
    models.TranscriptResponse.from_dict,
)
CHAPTERS = Kind(
    "chapter",
    "chapters",
    get_chapters.request_kwargs,
    create_chapter.request_kwargs,
    delete_chapter.request_kwargs,
    models.ChapterListResponse.from_dict,
    models.ChapterResponse.from_dict,
)


def page(kind: Kind, id: str, offset: int) -> Plan[tuple[tuple[Track, ...], bool]]:
    """Read up to 100 tracks of an object, and whether there are more."""
    request = Request.of(kind.listing(validate.path_segment(id, "id"), offset=offset, limit=PAGE))
    return call(request, lambda answer: answer.read(partial(_page, kind, offset), answer.object()))


def create(kind: Kind, id: str, language: str, file: FileWindow) -> Plan[Track]:
    """Add a track. Repeated only when the service did not take the request: it may refuse a language that is there."""
    body = models.UploadTrackRequest(File(cast("BinaryIO", file), f"{language}.vtt", "text/vtt"))
    request = Request.of(kind.creating(validate.path_segment(id, "id"), language, body=body), repeat="unsent")
    return call(request, lambda answer: answer.read(partial(_track, kind), answer.object()))


def delete(kind: Kind, id: str, language: str) -> Plan[None]:
    """Delete a track."""
    return call(Request.of(kind.deleting(validate.path_segment(id, "id"), language)), _done)


def put_thumbnail(id: str, file: FileWindow, name: str, media_type: str) -> Plan[None]:
    """Set the cover picture; the extension of `name` is that of its contents."""
    body = models.UploadThumbnailRequest(File(cast("BinaryIO", file), name, media_type))
    return call(Request.of(upload_thumbnail.request_kwargs(validate.path_segment(id, "id"), body=body)), _done)


def remove_thumbnail(id: str) -> Plan[None]:
    """Take the cover picture away."""
    return call(Request.of(delete_thumbnail.request_kwargs(validate.path_segment(id, "id"))), _done)


def _page(kind: Kind, offset: int, data: dict[str, Any]) -> tuple[tuple[Track, ...], bool]:
    kind.check_list(data)
    found = items(_first(data["data"], f"media_{kind.many}", kind.many), Track.of)
    total = integer(data["data"].get("total"))
    return found, len(found) == PAGE if total is None else bool(found) and offset + len(found) < total


def _track(kind: Kind, data: dict[str, Any]) -> Track:
    kind.check_one(data)
    track = Track.of(_first(data["data"], f"media_{kind.one}", kind.one))
    if track is None:
        raise ValueError(f"there is no {kind.one}")
    return track


def _first(data: dict[str, Any], *names: str) -> object:
    """The value under the first of these names that is there; older versions of the service have shorter ones."""
    return next((data[name] for name in names if data.get(name) is not None), None)


def _done(answer: Answer) -> None:
    answer.read(models.MessageResponse.from_dict, answer.object())
