"""`tonearm aioz`: hosted audio on AIOZ Stream."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional, TypeAlias, cast

import typer
from typer import Argument, Option

from ..errors import InvalidInput
from . import _clients, _inputs, _login, _out
from ._bars import Bars
from ._ends import STANDARD, each
from ._options import BaseUrl, DryRun, Id, Ids, Json, Keyring, KeyStdin, Profile

if TYPE_CHECKING:
    from ..aioz import Aioz
    from ..aioz.types import Media, Unfinished

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Presets: TypeAlias = Annotated[
    Optional[list[str]],  # noqa: UP045  # read at run time
    Option("--preset", metavar="NAME", help="standard, good, highest, lossless, or dash:NAME; repeatable."),
]
Title: TypeAlias = Annotated[Optional[str], Option(help="1 to 255 characters.")]  # noqa: UP045
Description: TypeAlias = Annotated[Optional[str], Option(help="At most 1000 characters.")]  # noqa: UP045
Tags: TypeAlias = Annotated[Optional[list[str]], Option("--tag", metavar="TAG", help="Repeatable.")]  # noqa: UP045
Pairs: TypeAlias = Annotated[
    Optional[list[str]],  # noqa: UP045
    Option("--metadata", metavar="NAME=VALUE", help="Repeatable."),
]
Public: TypeAlias = Annotated[Optional[bool], Option("--public/--private", help="Whether anyone may play it.")]  # noqa: UP045

MEDIA: _out.Columns = {
    "id": lambda media: media.id,
    "title": lambda media: media.title,
    "status": lambda media: media.status,
    "duration": lambda media: _out.clock(media.duration),
    "size": lambda media: _out.size(media.size),
    "qualities": lambda media: ", ".join(f"{one.name}/{one.type}: {one.status}" for one in media.qualities) or None,
    "tags": lambda media: ", ".join(media.tags) or None,
    "created": lambda media: media.created_at,
}
DETAILS: _out.Columns = {
    **MEDIA,
    "description": lambda media: media.description,
    "metadata": lambda media: ", ".join(f"{name}={value}" for name, value in media.metadata.items()) or None,
    "public": lambda media: media.is_public,
    "hls": lambda media: media.assets.hls_url,
    "dash": lambda media: media.assets.dash_url,
    "player": lambda media: media.assets.hls_player_url or media.assets.dash_player_url,
}
LISTED: _out.Columns = {name: MEDIA[name] for name in ("id", "title", "status", "duration", "size", "created")}
LEFT: _out.Columns = {
    "state": lambda left: left.state,
    "id": lambda left: left.id,
    "title": lambda left: left.title,
    "done": lambda left: f"{left.done / left.size:.0%}",
    "source": lambda left: left.source,
}
TRACKS: _out.Columns = {
    "language": lambda track: track.language,
    "status": lambda track: track.status,
    "default": lambda track: track.is_default,
    "url": lambda track: track.url,
}
PRICE: _out.Columns = {
    "price": lambda cost: f"{cost.price} USD",
    "covered by balance": lambda cost: cost.is_enough,
}


@app.command()
def login(
    token: Annotated[bool, Option("--token", help="The key is one access token, not a pair.")] = False,
    key_stdin: KeyStdin = False,
    keyring: Keyring = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Store the keys of an account: asked for on the terminal, or read from standard input."""
    names = ("token",) if token else ("public_key", "secret_key")
    found = _login.keys(names, stdin=key_stdin)
    _login.save("aioz", found, profile=profile, base_url=base_url, keyring=keyring)


@app.command()
def logout(profile: Profile = None) -> None:
    """Forget the keys that `login` has stored."""
    _login.forget("aioz", profile)


@app.command()
def upload(
    context: typer.Context,
    sources: Annotated[list[str], Argument(metavar="FILE...", help="Audio files or patterns; - is standard input.")],
    title: Title = None,
    preset: Presets = None,
    description: Description = None,
    tag: Tags = None,
    metadata: Pairs = None,
    public: Public = None,
    size: Annotated[Optional[int], Option(metavar="BYTES", help="How much comes on standard input.")] = None,  # noqa: UP045
    part_size: Annotated[int, Option(metavar="BYTES", help="Bytes of a part.")] = 52_428_800,
    workers: Annotated[int, Option(help="Parts that are sent at a time, 1 to 5.")] = 1,
    max_price: Annotated[Optional[float], Option(metavar="USD", help="Make nothing that costs more.")] = None,  # noqa: UP045
    wait: Annotated[bool, Option("--wait", help="Wait until it is transcoded.")] = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Upload audio files and have them transcoded.

    What stops half-way goes on with `tonearm aioz resume`; no part that arrived is sent again.
    """
    found = _inputs.files(sources)
    options: dict[str, Any] = {
        "title": title,
        "preset": preset or None,
        "description": description,
        "tags": tag or None,
        "metadata": _inputs.pairs("--metadata", metadata) if metadata else None,
        "is_public": public,
        "size": size,
        "part_size": part_size,
        "workers": workers,
        "max_price": max_price,
    }
    with (
        Bars() as bars,
        tempfile.TemporaryDirectory(prefix="tonearm-") as scratch,
        _clients.aioz(profile, base_url, dry_run=dry_run, json=json, answers=_rehearsed) as aioz,
    ):
        before = {left.state for left in aioz.unfinished()}
        made: dict[str, str] = {}

        def send(word: str) -> None:
            state = Path(tempfile.mkdtemp(dir=scratch), "journal") if dry_run and word != STANDARD else None
            media = aioz.upload(_inputs.source(word), **options, state=state, on_progress=bars.of(Path(word).name))
            made[word] = media.id
            _finish(aioz, bars, media, wait=wait, json=json)

        def left(word: str, error: BaseException) -> list[list[str]] | None:
            if word in made:
                return [_words(context, "wait", made[word])]
            state = getattr(error, "state", None) or _state(aioz.unfinished(), before, word)
            return None if state is None else [_words(context, "resume", str(state), *(["--wait"] if wait else []))]

        each(context, "sources", found, send, left)


@app.command()
def resume(
    context: typer.Context,
    states: Annotated[
        Optional[list[Path]],  # noqa: UP045
        Argument(metavar="[STATE...]", help="What `unfinished` lists; all of it when none is named."),
    ] = None,
    source: Annotated[
        Optional[Path],  # noqa: UP045
        Option(metavar="FILE", help="The file again, when it was moved or touched."),
    ] = None,
    wait: Annotated[bool, Option("--wait", help="Wait until it is transcoded.")] = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Go on with uploads that stopped half-way."""
    with Bars() as bars, _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        made: dict[Path, str] = {}

        def go_on(state: Path) -> None:
            media = aioz.resume(state, source=source, on_progress=bars.of(state.name))
            made[state] = media.id
            _finish(aioz, bars, media, wait=wait, json=json)

        def left(state: Path, _error: BaseException) -> list[list[str]] | None:
            return [_words(context, "wait", made[state])] if state in made else None

        each(context, "states", states or [left.state for left in aioz.unfinished()], go_on, left)


@app.command()
def unfinished(json: Json = False, profile: Profile = None, base_url: BaseUrl = None) -> None:
    """List the uploads that stopped half-way and can go on."""
    with _clients.aioz(profile, base_url) as aioz:
        _out.items(aioz.unfinished(), LEFT, json=json)


@app.command("list")
def list_(
    search: Annotated[Optional[str], Option(help="Text in the title or description.")] = None,  # noqa: UP045
    status: Annotated[
        Optional[list[str]],  # noqa: UP045
        Option(metavar="WORD", help="new, transcoding, done, fail or deleted; repeatable."),
    ] = None,
    tag: Tags = None,
    metadata: Pairs = None,
    sort_by: Annotated[str, Option(metavar="FIELD", help="created_at, updated_at, title or size.")] = "created_at",
    order_by: Annotated[str, Option(metavar="asc|desc")] = "asc",
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """List the account's audio."""
    given = {
        "search": search,
        "status": status,
        "tags": tag,
        "metadata": _inputs.pairs("--metadata", metadata or ()),
    }
    filters: Any = {name: value for name, value in given.items() if value}
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        found = aioz.list(sort_by=cast("Any", sort_by), order_by=cast("Any", order_by), **filters)
        _out.items(found, LISTED, json=json)


@app.command()
def show(
    context: typer.Context,
    ids: Ids,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Show what is known of objects."""
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        each(context, "ids", ids, lambda id: _out.item(aioz.get(id), DETAILS, json=json))


@app.command()
def wait(
    context: typer.Context,
    ids: Ids,
    timeout: Annotated[
        Optional[float],  # noqa: UP045
        Option(metavar="SECONDS", help="Give up after this time."),
    ] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Wait until objects are transcoded."""
    with Bars() as bars, _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:

        def one(id: str) -> None:
            media = aioz.wait(id, timeout=timeout, on_change=_watch(bars))
            bars.rest()
            _out.item(media, DETAILS, json=json)

        each(context, "ids", ids, one)


@app.command()
def cost(
    duration: Annotated[float, Option(metavar="SECONDS", help="How long the audio is.")],
    preset: Presets = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Ask what transcoding would cost."""
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        _out.item(aioz.cost(cast("Any", preset or []), duration=duration), PRICE, json=json)


@app.command()
def update(
    id: Id,
    title: Title = None,
    description: Description = None,
    tag: Tags = None,
    metadata: Pairs = None,
    clear: Annotated[
        Optional[list[str]],  # noqa: UP045
        Option(metavar="FIELD", help="Empty it: description, tags or metadata; repeatable."),
    ] = None,
    public: Public = None,
    player_theme_id: Annotated[Optional[str], Option(metavar="ID", help="The player's theme.")] = None,  # noqa: UP045
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Change what is given of an object, and show it."""
    empty: dict[str, Any] = {"description": "", "tags": [], "metadata": {}}
    changes: dict[str, Any] = {
        "title": title,
        "description": description,
        "tags": tag or None,
        "metadata": _inputs.pairs("--metadata", metadata) if metadata else None,
        "is_public": public,
        "player_theme_id": player_theme_id,
    }
    for name in clear or ():
        if name not in empty or changes[name] is not None:
            raise InvalidInput(f"--clear takes one of {', '.join(empty)} that is not given beside it, not {name!r}")
        changes[name] = empty[name]
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        _out.item(aioz.update(id, **changes), DETAILS, json=json)


@app.command()
def delete(
    context: typer.Context,
    ids: Ids,
    missing_ok: Annotated[bool, Option("--missing-ok", help="An object that is not there is no error.")] = False,
    yes: Annotated[bool, Option("--yes", "-y", help="Do not ask.")] = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Delete objects with their files; on a terminal, asks first."""
    if not (yes or dry_run):
        what = ids[0] if len(ids) == 1 else f"{len(ids)} objects"
        if _login.ask(f"Delete {what}? [y/N]", otherwise="--yes deletes without a question").lower() not in (
            "y",
            "yes",
        ):
            raise typer.Abort
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:

        def one(id: str) -> None:
            aioz.delete(id, missing_ok=missing_ok)
            if json:
                _out.line({"id": id, "deleted": True})

        each(context, "ids", ids, one)


_Put: TypeAlias = Annotated[
    Optional[list[str]],  # noqa: UP045
    Option("--put", metavar="LANGUAGE=FILE", help="Add this WebVTT file (- is standard input); repeatable."),
]
_Delete: TypeAlias = Annotated[
    Optional[list[str]],  # noqa: UP045
    Option("--delete", metavar="LANGUAGE", help="Delete those in this language, before any are added; repeatable."),
]


@app.command()
def captions(
    id: Id,
    put: _Put = None,
    delete: _Delete = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """List the captions of an object, and add or delete some before."""
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        for language in delete or ():
            aioz.delete_captions(id, language)
        for language, file in _inputs.pairs("--put", put or ()).items():
            aioz.put_captions(id, language, _inputs.text_file(file))
        _out.items(aioz.captions(id), TRACKS, json=json)


@app.command()
def chapters(
    id: Id,
    put: _Put = None,
    delete: _Delete = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """List the chapters of an object, and add or delete some before."""
    with _clients.aioz(profile, base_url, dry_run=dry_run, json=json) as aioz:
        for language in delete or ():
            aioz.delete_chapters(id, language)
        for language, file in _inputs.pairs("--put", put or ()).items():
            aioz.put_chapters(id, language, _inputs.text_file(file))
        _out.items(aioz.chapters(id), TRACKS, json=json)


def _finish(aioz: Aioz, bars: Bars, media: Media, *, wait: bool, json: bool) -> None:
    """Wait for an object if that was asked for, and show it."""
    if wait:
        media = aioz.wait(media.id, on_change=_watch(bars))
    bars.rest()
    _out.item(media, DETAILS, json=json)


def _watch(bars: Bars) -> Callable[[Media], None]:
    return lambda media: bars.wait(f"{media.title or media.id}: {media.status}")


def _words(context: typer.Context, command: str, *words: str) -> list[str]:
    """Another command of this group, for the same account."""
    for name in ("base_url", "profile"):
        if context.params.get(name):
            words = (f"--{name.replace('_', '-')}={context.params[name]}", *words)
    return ["tonearm", "aioz", command, *words]


def _state(found: Sequence[Unfinished], before: set[Path], word: str) -> Path | None:
    """The journal that the upload of a file has just left."""
    mine = [left.state for left in found if left.state not in before and left.source == Path(word).absolute()]
    return mine[-1] if mine else None


def _rehearsed(method: str, url: str) -> Mapping[str, Any] | None:
    """What a dry run of an upload takes for answers, so that its parts are shown too: an object of the name ID."""
    if method == "POST" and url.endswith(("/media/create", "/part")):
        return {"data": {"id": "ID", "status": "new"}, "status": "success"}
    return None
