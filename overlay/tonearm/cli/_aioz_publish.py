"""`tonearm aioz publish` and `feed`: a recording with captions, chapters and cover, and the feed of a podcast."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from . import _clients, _inputs, _out
from ._aioz import DETAILS, Description, Pairs, Presets, Public, Tags, Title, app
from ._aioz_rehearsal import rehearse, rehearsed_upload
from ._bars import Bars
from ._ends import FAILED, STANDARD, complain, each, say
from ._openai import Model, chosen
from ._options import BaseUrl, DryRun, Json, Profile


@app.command()
def publish(
    context: typer.Context,
    source: Annotated[str, Argument(metavar="FILE", help="The recording.")],
    title: Title = None,
    preset: Presets = None,
    description: Description = None,
    tag: Tags = None,
    metadata: Pairs = None,
    public: Public = None,
    language: Annotated[
        str | None, Option(metavar="TAG", help="The spoken language, such as en; for captions and chapters.")
    ] = None,
    captions: Annotated[bool, Option("--captions", help="Transcribe the recording, and add captions.")] = False,
    model: Model = None,
    prompt: Annotated[str | None, Option(help="The text before the recording, or words to expect.")] = None,
    chapters: Annotated[Path | None, Option(metavar="FILE", help="A WebVTT file with the chapters.")] = None,
    cover: Annotated[Path | None, Option(metavar="FILE", help="A PNG or JPEG file.")] = None,
    playlist: Annotated[str | None, Option(metavar="ID", help="The playlist to append it to.")] = None,
    workers: Annotated[int, Option(help="How many parts to send at a time, 1 to 5.")] = 1,
    max_price: Annotated[
        float | None, Option(metavar="USD", help="Create nothing if transcoding and transcription cost more.")
    ] = None,
    timeout: Annotated[float | None, Option(metavar="SECONDS", help="The longest wait for the transcoding.")] = None,
    again: Annotated[
        bool, Option("--again", help="Make a new object, although the recording is published already.")
    ] = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    openai_profile: Annotated[
        str | None, Option("--openai-profile", metavar="NAME", help="The profile of the server that transcribes.")
    ] = None,
    openai_base_url: Annotated[
        str | None, Option("--openai-base-url", metavar="URL", help="The server that transcribes.")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Publish a recording with captions, chapters and a cover.

    It is uploaded, transcoded, transcribed with --captions, and put into a playlist. The same command resumes after an
    interruption: it uploads nothing and pays for nothing twice. Once all is done, it shows the same object again.

    Example: tonearm aioz publish talk.flac --preset highest --captions --language en
    """
    from ..recipes import publish as publish_recording

    options: dict[str, Any] = {
        "title": title,
        "preset": preset or None,
        "description": description,
        "tags": tag or None,
        "metadata": _inputs.pairs("--metadata", metadata) if metadata else None,
        "is_public": public,
        "language": language,
        "model": model,
        "prompt": prompt,
        "chapters": chapters,
        "cover": cover,
        "playlist": playlist,
        "workers": workers,
        "max_price": max_price,
        "timeout": timeout,
        "again": again,
    }
    with ExitStack() as clients:
        bars = clients.enter_context(Bars())
        aioz = clients.enter_context(
            _clients.aioz(profile, base_url, dry_run=dry_run, json=json, answers=rehearsed_upload)
        )
        transcriber = None
        if captions:
            options["model"] = chosen("transcription_model", model, openai_profile, openai_base_url)
            transcriber = clients.enter_context(
                _clients.openai(openai_profile, openai_base_url, dry_run=dry_run, json=json)
            )

        def publish_one(word: str) -> None:
            if dry_run:
                rehearse(aioz, transcriber, word, options)
                return
            report = bars.of(Path(word).name)
            done = publish_recording(aioz, word, transcriber=transcriber, **options, on_progress=report)
            bars.rest()
            if done.was_there:
                say("it is published already as this object; --again makes a new one")
            _out.item(done.media, DETAILS, json=json)

        each(context, "source", [source], publish_one)


@app.command()
def feed(
    playlist: Annotated[str, Argument(metavar="PLAYLIST", help="The id of the playlist; `playlists` shows it.")],
    out: Annotated[str, Option("-o", "--out", metavar="FILE", help="The file to write, or -.")] = STANDARD,
    title: Annotated[str | None, Option(help="The podcast's name; the playlist's by default.")] = None,
    description: Annotated[str | None, Option(help="What the podcast is about.")] = None,
    link: Annotated[str | None, Option(metavar="URL", help="The podcast's web page.")] = None,
    language: Annotated[str | None, Option(metavar="TAG", help="The podcast's language, such as en.")] = None,
    author: Annotated[str | None, Option(metavar="NAME", help="Who makes it.")] = None,
    email: Annotated[str | None, Option(metavar="ADDRESS", help="The owner's address, for directories.")] = None,
    category: Annotated[str | None, Option(metavar="NAME", help="A category of Apple Podcasts.")] = None,
    explicit: Annotated[bool, Option("--explicit", help="It is not for children.")] = False,
    image: Annotated[str | None, Option(metavar="URL", help="The cover; the playlist's by default.")] = None,
    url: Annotated[str | None, Option("--url", metavar="URL", help="The address at which the feed will be.")] = None,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Write the RSS feed of a podcast from a playlist.

    Objects that are not public, or not transcoded, are left out and named on standard error; the exit code is then 1.

    Example: tonearm aioz feed PLAYLIST -o feed.xml
    """
    from ..recipes import feed as feed_of

    options: dict[str, Any] = {
        "title": title,
        "description": description,
        "link": link,
        "language": language,
        "author": author,
        "email": email,
        "category": category,
        "explicit": explicit,
        "image": image,
        "url": url,
    }
    with _clients.aioz(profile, base_url, dry_run=dry_run) as aioz:
        made = feed_of(aioz, playlist, **options)
        _out.to_file(lambda file: file.write(made.xml.encode()), _out.file_of(out))
        for skipped in made.skipped:
            complain(f"not in the feed: {skipped.title or skipped.media_id}: {skipped.reason}")
        if made.skipped:
            raise typer.Exit(FAILED)
