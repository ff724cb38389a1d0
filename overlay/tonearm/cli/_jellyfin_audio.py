"""`tonearm jellyfin download`, `keep`, `stream` and `url`: the audio itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer
from typer import Argument, Option

from .._base.resuming import is_kept, keeps, may_pass
from . import _clients, _login, _out
from ._bars import Bars
from ._ends import STANDARD, each, say
from ._jellyfin import Id, Ids, Preset, RunTime, Start, UserId, WaitServer, app
from ._options import BaseUrl, DryRun, Json, Profile, a_folder
from ._titles import titled

if TYPE_CHECKING:
    import tonearm

NOT_TRIED, LEFT, REMOVED = "not tried", "left the server", "removed"
"""Notes on items: not tried after an interruption, the file may be removed, the file was removed."""

DOWNLOAD: _out.Columns = {**_out.DOWNLOAD, "verified": lambda done: ", ".join(done.verified) or None}
KEPT: _out.Columns = {
    "file": lambda kept: kept.path or kept.item.name,
    "size": lambda kept: _out.size(kept.download.size if kept.download else None if kept.beside else kept.item.size),
    "": lambda kept: (
        f"failed: {kept.error}" if kept.error else kept.note or ("was there" if kept.was_there else "downloaded")
    ),
}


@app.command()
def download(
    context: typer.Context,
    ids: Ids,
    out: Annotated[
        str, Option("-o", "--out", metavar="PATH", help="A file, a folder (the one here by default), or -.")
    ] = ".",
    preset: Preset = "original",
    run_time: RunTime = "measure",
    wait_server: WaitServer = 120.0,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    user_id: UserId = None,
    dry_run: DryRun = False,
) -> None:
    """Download items.

    In a folder each file is named by the title of its item; one that exists already stays, and the new one has some of
    the item's id, too. The same command resumes an interrupted download of an original file.

    Example: tonearm jellyfin download ITEM -o song.mp3 --preset mp3_256
    """
    to, several = _out.target(out, len(ids), "items", dry_run=dry_run)
    with Bars() as bars, _clients.jellyfin(profile, base_url, user_id=user_id, dry_run=dry_run, json=json) as jellyfin:

        def download_one(id: str) -> None:
            done = jellyfin.download(
                id,
                to,
                preset=cast("Any", preset),
                run_time=cast("Any", run_time),
                wait_server=wait_server,
                on_progress=bars.of(id),
            )
            bars.rest()
            if out != STANDARD:
                _out.item(titled(jellyfin, id, done) if several else done, DOWNLOAD, json=json)

        each(context, "ids", ids, download_one)


@app.command()
def keep(
    context: typer.Context,
    ids: Annotated[
        list[str],
        Argument(metavar="ID...", help="The ids of albums, playlists, artists or folders; `search --kind` shows them."),
    ],
    folder: Annotated[
        Path,
        Option("-o", "--out", metavar="DIR", callback=a_folder, help="The folder for the files; created if missing."),
    ],
    preset: Preset = "original",
    workers: Annotated[int, Option(help="How many items to download at a time, 1 to 8.")] = 2,
    layout: Annotated[
        str | None,
        Option(metavar="NAMES", help="How to name files: '{albumartist}/{album}/{disc}-{track} {title}'."),
    ] = None,
    replace: Annotated[
        bool, Option("--replace", help="Replace files that were changed here, or that this command has not made.")
    ] = False,
    prune: Annotated[
        bool,
        Option("--prune", help="List files whose items left the server, and ask whether to remove them."),
    ] = False,
    yes: Annotated[bool, Option("--yes", "-y", help="With --prune, remove without asking.")] = False,
    covers: Annotated[bool, Option("--covers", help="Keep covers beside the songs.")] = False,
    lyrics: Annotated[bool, Option("--lyrics", help="Keep lyrics beside the songs, as .lrc.")] = False,
    playlist: Annotated[bool, Option("--playlist", help="Keep the order of the songs, as .m3u8.")] = False,
    run_time: RunTime = "measure",
    wait_server: WaitServer = 120.0,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    user_id: UserId = None,
    dry_run: DryRun = False,
) -> None:
    """Copy an album, a playlist, an artist or a folder.

    Later calls copy only what is new or has changed.

    A record in the folder says which item each file is. Files that were changed here are left alone. An item that fails
    does not stop the others. The same command resumes.

    Example: tonearm jellyfin keep ALBUM -o Music
    """
    options: dict[tonearm.jellyfin.Beside, bool] = {"covers": covers, "lyrics": lyrics, "playlist": playlist}
    beside: list[tonearm.jellyfin.Beside] = [kind for kind, is_set in options.items() if is_set]
    with Bars() as bars, _clients.jellyfin(profile, base_url, user_id=user_id, dry_run=dry_run, json=json) as jellyfin:

        def copy(id: str, pruning: bool | Literal["show"]) -> tuple[tonearm.jellyfin.Kept, ...]:
            kept = jellyfin.download_all(
                id,
                folder,
                preset=cast("Any", preset),
                workers=workers,
                layout=layout,
                replace=replace,
                prune=pruning,
                beside=beside,
                run_time=cast("Any", run_time),
                wait_server=wait_server,
                on_progress=bars.of(folder.name),
            )
            bars.rest()
            return kept

        def keep_one(id: str) -> Exception | None:
            kept = copy(id, "show" if prune and not yes else prune)
            tried = [item for item in kept if item.note != NOT_TRIED]
            _out.items(tried, KEPT, json=json)
            if len(tried) < len(kept):
                say(f"{len(kept) - len(tried)} of {len(kept)} items were not tried any more")
                raise _marked(next(item.error for item in kept if item.note == NOT_TRIED and item.error), kept)
            if (leaving := sum(item.note == LEFT for item in kept)) and _agreed(leaving, folder):
                _out.items([item for item in copy(id, pruning=True) if item.note == REMOVED], KEPT, json=json)
            return _failure(kept)

        each(context, "ids", ids, keep_one)


def _failure(kept: Sequence[tonearm.jellyfin.Kept]) -> Exception | None:
    """The error for which a copy must be made again: the first that may pass, or else the first."""
    failures = [item.error for item in kept if item.error is not None]
    return _marked(next(filter(may_pass, failures), failures[0]), kept) if failures else None


def _marked(error: Exception, kept: Sequence[tonearm.jellyfin.Kept]) -> Exception:
    """The same error, marked if any item, or a part of one, is copied."""
    return keeps(error) if any(item.error is None or is_kept(item.error) for item in kept) else error


def _agreed(count: int, folder: Path) -> bool:
    """Ask whether to remove files whose items left the server; without a terminal the answer is no."""
    if not sys.stdin.isatty():
        say(f"{count} files in {folder} left the server; --yes removes them")
        return False
    question = f"Remove these {count} files from {folder}? [y/N]"
    return _login.ask(question, otherwise="--yes removes without a question").lower() in ("y", "yes")


@app.command()
def stream(
    id: Id,
    preset: Preset = "original",
    start: Start = None,
    profile: Profile = None,
    base_url: BaseUrl = None,
    user_id: UserId = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Write the audio of an item to standard output, for a player.

    Example: tonearm jellyfin stream ITEM --preset opus_96 | mpv -
    """
    with _clients.jellyfin(profile, base_url, user_id=user_id, dry_run=dry_run, json=json) as jellyfin:
        to = _out.audio() if not dry_run else None
        with jellyfin.stream(id, preset=cast("Any", preset), start=start) as audio:
            for block in audio:
                cast("Any", to).write(block)


@app.command()
def url(
    id: Id,
    preset: Preset = "original",
    start: Start = None,
    with_key: Annotated[
        bool, Option("--with-key", help="Put the token into the URL, where logs and histories keep it.")
    ] = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    user_id: UserId = None,
) -> None:
    """Print the URL of an item's audio, for a player.

    Nothing is sent.
    """
    with _clients.jellyfin(profile, base_url, user_id=user_id) as jellyfin:
        print(jellyfin.url(id, preset=cast("Any", preset), start=start, with_key=with_key))
