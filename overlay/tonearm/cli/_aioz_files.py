"""`tonearm aioz captions`, `chapters`, `transcripts`, `cover` and `download`: the files that belong to an object."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer
from typer import Option

from .. import InvalidInput
from . import _clients, _inputs, _out
from ._aioz import app
from ._bars import Bars
from ._ends import STANDARD, each
from ._options import BaseUrl, DryRun, Id, Ids, Json, Profile
from ._titles import titled_source

if TYPE_CHECKING:
    from .. import Aioz

Put: TypeAlias = Annotated[
    list[str] | None,
    Option("--put", metavar="LANGUAGE=FILE", help="Add this WebVTT file (- means standard input); repeatable."),
]
Delete: TypeAlias = Annotated[
    list[str] | None,
    Option("--delete", metavar="LANGUAGE", help="Delete the file in this language first; repeatable."),
]
Default: TypeAlias = Annotated[
    str | None,
    Option("--default", metavar="LANGUAGE", help="Let players load this language when nobody chooses."),
]
TRACKS: _out.Columns = {
    "language": lambda track: track.language,
    "status": lambda track: track.status,
    "default": lambda track: track.is_default,
    "url": lambda track: track.url,
}
COVER: _out.Columns = {"id": lambda media: media.id, "cover": lambda media: media.assets.thumbnail_url}


@app.command()
def captions(
    id: Id,
    put: Put = None,
    delete: Delete = None,
    default: Default = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Delete, add and list the captions of an object.

    Example: tonearm aioz captions ID --delete en --put en=talk.vtt
    """
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        _change(aioz, "captions", id, put, delete, default)
        _out.items(aioz.captions(id), TRACKS, json=json)


@app.command()
def chapters(
    id: Id,
    put: Put = None,
    delete: Delete = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Delete, add and list the chapters of an object.

    Example: tonearm aioz chapters ID --put en=chapters.vtt
    """
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        _change(aioz, "chapters", id, put, delete)
        _out.items(aioz.chapters(id), TRACKS, json=json)


@app.command()
def transcripts(
    id: Id,
    put: Put = None,
    delete: Delete = None,
    default: Default = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Delete, add and list the transcripts of an object.

    Example: tonearm aioz transcripts ID --put en=talk.vtt
    """
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        _change(aioz, "transcript", id, put, delete, default)
        _out.items(aioz.transcripts(id), TRACKS, json=json)


def _change(
    aioz: Aioz, what: str, id: str, put: list[str] | None, delete: list[str] | None, default: str | None = None
) -> None:
    """Delete, then add, then choose, after a check that every file to add exists and is valid."""
    bodies = {language: _inputs.text_file(file) for language, file in _inputs.pairs("--put", put or ()).items()}
    calls: list[tuple[str, tuple[Any, ...]]] = [
        *((f"delete_{what}", (id, language)) for language in delete or ()),
        *((f"put_{what}", (id, language, body)) for language, body in bodies.items()),
        *((f"set_default_{what}", (id, language)) for language in (default,) if language is not None),
    ]
    from .. import Aioz
    from .._http import Rehearsed, rehearsal

    with rehearsal(lambda _: None) as http, Aioz(token="none", http=http) as nobody:  # nothing is sent
        for name, arguments in calls:
            with suppress(Rehearsed):
                getattr(nobody, name)(*arguments)
    for name, arguments in calls:
        getattr(aioz, name)(*arguments)


@app.command()
def cover(
    id: Id,
    put: Annotated[
        Path | None,
        Option("--put", metavar="FILE", help="Set this PNG or JPEG file, at most 10 MiB."),
    ] = None,
    delete: Annotated[bool, Option("--delete", help="Delete the picture.")] = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Set or delete the cover picture of an object.

    Prints the URL of the picture.

    Example: tonearm aioz cover ID --put cover.jpg
    """
    if delete and put is not None:
        raise InvalidInput("--put or --delete, not both")
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        if put is not None:
            aioz.put_thumbnail(id, put)
        if delete:
            aioz.delete_thumbnail(id)
        _out.item(aioz.get(id), COVER, json=json)


@app.command()
def download(
    context: typer.Context,
    ids: Ids,
    out: Annotated[
        str, Option("-o", "--out", metavar="PATH", help="A file, a folder (the one here by default), or -.")
    ] = ".",
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Download the files of objects as they were uploaded.

    In a folder each file is named by the title of its object; one that exists already stays, and the new one has some
    of the object's id, too. The same command resumes an interrupted download.

    Example: tonearm aioz download ID -o talk.flac
    """
    to, several = _out.target(out, len(ids), "files", dry_run=dry_run)
    with Bars() as bars, _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:

        def download_one(id: str) -> None:
            done = aioz.download_source(id, to, on_progress=bars.of(id))
            bars.rest()
            if out != STANDARD:
                _out.item(titled_source(aioz, id, done) if several else done, _out.DOWNLOAD, json=json)

        each(context, "ids", ids, download_one)
