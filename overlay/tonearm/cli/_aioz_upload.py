"""`tonearm aioz upload`, `resume`, `unfinished` and `forget`: uploads of files, and how to resume them."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer import Argument, Option

from .. import InvalidInput, MissingFile, SourceChanged, TranscodeFailed
from .._files import path_of
from . import _clients, _inputs, _out
from ._aioz import DETAILS, Description, Pairs, Presets, Public, Tags, Title, app, watch
from ._aioz_rehearsal import rehearsed_upload
from ._bars import Bars
from ._ends import STANDARD, each
from ._options import BaseUrl, DryRun, Json, Profile

if TYPE_CHECKING:
    import tonearm

    from .. import Aioz

LEFT: _out.Columns = {
    "state": lambda upload: upload.state,
    "id": lambda upload: upload.id,
    "title": lambda upload: upload.title,
    "done": lambda upload: f"{upload.done / upload.size:.0%}",
    "source": lambda upload: upload.source,
}


@app.command()
def upload(
    context: typer.Context,
    sources: Annotated[
        list[str], Argument(metavar="FILE...", help="Audio files, patterns or web addresses; - is standard input.")
    ],
    title: Title = None,
    preset: Presets = None,
    description: Description = None,
    tag: Tags = None,
    metadata: Pairs = None,
    public: Public = None,
    size: Annotated[int | None, Option(metavar="BYTES", help="The size of standard input.")] = None,
    part_size: Annotated[
        str, Option(metavar="BYTES", help="The size of a part; auto: smaller ones, if the service refuses them.")
    ] = "52428800",
    workers: Annotated[int, Option(help="How many parts to send at a time, 1 to 5.")] = 1,
    max_price: Annotated[float | None, Option(metavar="USD", help="Create nothing that costs more.")] = None,
    no_state: Annotated[
        bool, Option("--no-state", help="Keep no journal; an interrupted upload cannot be resumed.")
    ] = False,
    wait: Annotated[bool, Option("--wait", help="Wait until the audio is transcoded.")] = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Upload audio files and have them transcoded.

    `tonearm aioz resume` resumes an interrupted upload. It sends only the missing parts.

    Example: tonearm aioz upload talk.flac --preset highest --tag podcast --wait
    """
    inputs = _inputs.files(sources)
    options: dict[str, Any] = {
        "title": title,
        "preset": preset or None,
        "description": description,
        "tags": tag or None,
        "metadata": _inputs.pairs("--metadata", metadata) if metadata else None,
        "is_public": public,
        "size": size,
        "part_size": int(part_size) if part_size.isdecimal() else part_size,
        "workers": workers,
        "max_price": max_price,
    }
    with (
        Bars() as bars,
        tempfile.TemporaryDirectory(prefix="tonearm-") as scratch,
        _clients.aioz(profile, base_url, dry_run=dry_run, json=json, answers=rehearsed_upload) as aioz,
    ):
        before = {upload.state for upload in _journals(aioz, no_state=no_state)}
        made: dict[str, str] = {}

        def send(word: str) -> None:
            state: Path | Literal[False] | None = False if no_state else None
            if dry_run and word != STANDARD and not no_state:
                state = Path(tempfile.mkdtemp(dir=scratch), "journal")
            try:
                media = aioz.upload(
                    _inputs.source(word), **options, state=state, on_progress=bars.of(path_of(word).name)
                )
            except InvalidInput as error:
                if error.argument == "state":
                    error.hint = "set TONEARM_STATE or XDG_STATE_HOME to a folder you can write, or use --no-state"
                raise
            made[word] = media.id
            _finish(aioz, bars, media, wait=wait, json=json)

        def commands_to_resume(word: str, error: BaseException) -> list[list[str]] | None:
            if word in made:
                return _to_wait(context, made[word], error)
            state = getattr(error, "state", None) or _state(_journals(aioz, no_state=no_state), before, word)
            return None if state is None else [_words(context, "resume", str(state), *(["--wait"] if wait else []))]

        each(context, "sources", inputs, send, commands_to_resume)


@app.command()
def resume(
    context: typer.Context,
    states: Annotated[
        list[Path] | None,
        Argument(metavar="[STATE...]", help="The journals to resume; all that `unfinished` lists by default."),
    ] = None,
    source: Annotated[
        Path | None,
        Option(metavar="FILE", help="The file, if it was moved or touched."),
    ] = None,
    wait: Annotated[bool, Option("--wait", help="Wait until the audio is transcoded.")] = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Resume interrupted uploads. One that cannot be resumed stops no other.

    Example: tonearm aioz resume --wait
    """
    with Bars() as bars, _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        made: dict[Path, str] = {}

        def resume_one(state: Path) -> None:
            try:
                media = aioz.resume(state, source=source, on_progress=bars.of(state.name))
            except MissingFile as error:
                if source is None and state.exists():
                    there = shlex.join(_words(context, "resume", str(state), "--source"))
                    error.hint = f"if it was moved: {there} FILE"
                    _forgettable(context, error, state)
                raise
            except (InvalidInput, SourceChanged) as error:
                _forgettable(context, error, state)
                raise
            made[state] = media.id
            _finish(aioz, bars, media, wait=wait, json=json)

        def commands_to_resume(state: Path, error: BaseException) -> list[list[str]] | None:
            return _to_wait(context, made[state], error) if state in made else None

        journals = states or [upload.state for upload in aioz.unfinished()]
        if source is not None and len(journals) != 1:
            raise InvalidInput(
                f"--source is the file of one upload: name its STATE ({len(journals)} were found or given)"
            )
        each(context, "states", journals, resume_one, commands_to_resume)


@app.command()
def unfinished(json: Json = False, profile: Profile = None, base_url: BaseUrl = None) -> None:
    """List the interrupted uploads."""
    with _clients.aioz(profile, base_url) as aioz:
        _out.items(aioz.unfinished(), LEFT, json=json)


@app.command()
def forget(
    context: typer.Context,
    states: Annotated[list[Path] | None, Argument(metavar="[STATE...]", help="The journals to remove.")] = None,
    everything: Annotated[bool, Option("--all", help="Remove all that `unfinished` lists.")] = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Remove the journals of uploads that are not to be resumed. Their objects stay; `delete` deletes those.

    Example: tonearm aioz forget --all
    """
    if everything == bool(states):
        raise InvalidInput("name the journals to forget, or give --all")
    with _clients.aioz(profile, base_url) as aioz:

        def forget_one(state: Path) -> None:
            _out.item(aioz.forget(state), LEFT, json=json)

        each(context, "states", states or [upload.state for upload in aioz.unfinished()], forget_one)


def _forgettable(context: typer.Context, error: Exception, state: Path) -> None:
    error.add_note(f"if it is not to be resumed: {shlex.join(_words(context, 'forget', str(state)))}")


def _finish(aioz: Aioz, bars: Bars, media: tonearm.aioz.Media, *, wait: bool, json: bool) -> None:
    """Wait for an object if `wait` is set, and show it."""
    if wait:
        media = aioz.wait(media.id, on_change=watch(bars))
    bars.rest()
    _out.item(media, DETAILS, json=json)


def _to_wait(context: typer.Context, id: str, error: BaseException) -> list[list[str]]:
    """The command that waits for an object, unless that has failed for good."""
    return [] if isinstance(error, TranscodeFailed) else [_words(context, "wait", id)]


def _words(context: typer.Context, command: str, *words: str) -> list[str]:
    """Another command of this group, for the same account."""
    for name in ("base_url", "profile"):
        if context.params.get(name):
            words = (f"--{name.replace('_', '-')}={context.params[name]}", *words)
    return ["tonearm", "aioz", command, *words]


def _journals(aioz: Aioz, *, no_state: bool) -> Sequence[tonearm.aioz.Unfinished]:
    """The interrupted uploads; none if no journal is kept, or if none can be read: the upload itself raises that."""
    if no_state:
        return ()
    try:
        return aioz.unfinished(search=False)
    except InvalidInput:
        return ()


def _state(unfinished: Sequence[tonearm.aioz.Unfinished], before: set[Path], word: str) -> Path | None:
    """The journal of the upload of a file that was just interrupted."""
    mine = [
        upload.state for upload in unfinished if upload.state not in before and upload.source == Path(word).absolute()
    ]
    return mine[-1] if mine else None
