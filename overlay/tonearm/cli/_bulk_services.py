"""`tonearm bulk publish`, `keep` and `lyrics`: recordings that a server has or receives."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any

from typer import Option

from . import _clients, _complete
from ._bulk_options import Estimate, Ids, Ledger, MaxPrice, NamedLedger, Out, Sources, ledger_of
from ._bulk_run import Run, runs
from ._openai import Model
from ._options import a_folder


@runs
def publish(
    run: Run,
    sources: Sources,
    ledger: NamedLedger,
    preset: Annotated[
        str | None,
        Option(
            metavar="NAME", autocompletion=_complete.of(*_complete.AIOZ_PRESETS), help="What to transcode each into."
        ),
    ] = None,
    language: Annotated[
        str | None, Option(metavar="TAG", help="The spoken language, such as en; for captions and chapters.")
    ] = None,
    captions: Annotated[bool, Option("--captions", help="Transcribe each recording, and add captions.")] = False,
    model: Model = None,
    tag: Annotated[list[str] | None, Option(metavar="WORD", help="A tag; several times for several.")] = None,
    public: Annotated[bool | None, Option("--public/--private", help="Whether anyone may play them.")] = None,
    playlist: Annotated[str | None, Option(metavar="ID", help="The playlist to append each to.")] = None,
    openai_profile: Annotated[
        str | None, Option("--openai-profile", metavar="NAME", help="The profile of the server that transcribes.")
    ] = None,
    openai_base_url: Annotated[
        str | None, Option("--openai-base-url", metavar="URL", help="The server that transcribes.")
    ] = None,
) -> None:
    """Publish recordings on AIOZ Stream, with captions.

    A table of jobs may have the columns title, description, chapters and cover.

    Example: tonearm bulk publish shows --ledger shows.ledger --captions --language en --model whisper-1
    """
    from ..bulk import Publish

    task = Publish(
        preset=preset,
        language=language,
        captions=captions,
        model=model,
        tags=tuple(tag) if tag else None,
        public=public,
        playlist=playlist,
        timeout=run.timeout,
        make=run.maker("aioz"),
        make_transcriber=_maker("openai", openai_profile, openai_base_url, wanted=captions),
    )
    run.go(task, sources, ledger)


@runs
def keep(
    run: Run,
    ids: Ids,
    out: Annotated[Path, Option("-o", "--out", metavar="DIR", callback=a_folder, help="The folder for the copies.")],
    preset: Annotated[str, Option(help="The format to download; the original files by default.")] = "original",
    layout: Annotated[
        str | None,
        Option(metavar="NAMES", help="How to name files: '{albumartist}/{album}/{disc}-{track} {title}'."),
    ] = None,
    covers: Annotated[bool, Option("--covers", help="Keep covers beside the songs.")] = False,
    lyrics: Annotated[bool, Option("--lyrics", help="Keep lyrics beside the songs, as .lrc.")] = False,
    ledger: Ledger = None,
) -> None:
    """Keep copies of albums, playlists, artists or folders of a Jellyfin server, named by their ids.

    Each gets a folder. The same command later downloads what is new or has changed.

    Example: tonearm bulk keep ALBUM ALBUM -o Music
    """
    from ..bulk import Job, Keep

    make = run.maker("jellyfin")
    beside = [name for name, wanted in (("covers", covers), ("lyrics", lyrics)) if wanted]
    task = Keep(to=out, preset=preset, layout=layout, beside=tuple(beside), timeout=run.timeout, make=make)
    with make() as library:
        run.go(task, ids, ledger_of(ledger, str(out)), find=lambda id: [Job(id, library.item(id).file_name)])


@runs
def lyrics(
    run: Run,
    ids: Ids,
    out: Out,
    upload: Annotated[bool, Option("--upload", help="Store the lyrics on the server, too.")] = False,
    model: Model = None,
    language: Annotated[str | None, Option(metavar="CODE", help="The language that is sung (ISO 639-1).")] = None,
    ledger: Ledger = None,
    max_price: MaxPrice = None,
    estimate: Estimate = False,
    jellyfin_profile: Annotated[
        str | None, Option("--jellyfin-profile", metavar="NAME", help="The profile of the Jellyfin server.")
    ] = None,
    jellyfin_url: Annotated[str | None, Option("--jellyfin-url", metavar="URL", help="The Jellyfin server.")] = None,
) -> None:
    """Write lyrics for songs of a Jellyfin server that have none: of albums, artists, playlists or libraries, by id.

    Example: tonearm bulk lyrics ALBUM -o lyrics --upload --model whisper-1
    """
    from ..bulk import Lyrics, songs

    make_library = _maker("jellyfin", jellyfin_profile, jellyfin_url, wanted=True)
    task = Lyrics(
        to=out,
        upload=upload,
        model=model,
        language=language,
        timeout=run.timeout,
        make=run.maker("openai"),
        make_library=make_library,
    )
    with make_library() as library:
        run.go(
            task,
            ids,
            ledger_of(ledger, out),
            max_price=max_price,
            estimate=estimate,
            find=lambda id: songs(library, [id]),
        )


def _maker(service: str, profile: str | None, url: str | None, *, wanted: bool) -> partial[Any]:
    """A function that makes a client of a second service at each worker; wrong settings are raised now."""
    make = partial(_clients.made, service, profile, base_url=url)
    if wanted:
        make().close()
    return make
