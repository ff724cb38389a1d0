"""`tonearm aioz publish`: a recording with captions, chapters, cover and playlist in one command."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from . import _clients, _inputs, _out
from ._aioz import DETAILS, Description, Pairs, Presets, Public, Tags, Title, app
from ._bars import Bars
from ._ends import each
from ._openai import Model, chosen
from ._options import BaseUrl, Json, Profile


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
    playlist: Annotated[str | None, Option(metavar="ID", help="A playlist, at the end of which it is put.")] = None,
    workers: Annotated[int, Option(help="How many parts to send at a time, 1 to 5.")] = 1,
    max_price: Annotated[
        float | None, Option(metavar="USD", help="Make nothing if transcoding and transcription cost more.")
    ] = None,
    timeout: Annotated[float | None, Option(metavar="SECONDS", help="The longest wait for the transcoding.")] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    openai_profile: Annotated[
        str | None, Option("--openai-profile", metavar="NAME", help="The profile of the server that transcribes.")
    ] = None,
    openai_base_url: Annotated[
        str | None, Option("--openai-base-url", metavar="URL", help="The server that transcribes.")
    ] = None,
) -> None:
    """Upload a recording, wait for it, and add captions, chapters, a cover and a place in a playlist.

    The same command resumes after an interruption: it uploads nothing and pays for nothing twice.

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
    }
    with ExitStack() as clients:
        bars = clients.enter_context(Bars())
        aioz = clients.enter_context(_clients.aioz(profile, base_url))
        transcriber = None
        if captions:
            options["model"] = chosen("transcription_model", model, openai_profile, openai_base_url)
            transcriber = clients.enter_context(_clients.openai(openai_profile, openai_base_url))

        def one(word: str) -> None:
            report = bars.of(Path(word).name)
            done = publish_recording(aioz, word, transcriber=transcriber, **options, on_progress=report)
            bars.rest()
            _out.item(done.media, DETAILS, json=json)

        each(context, "source", [source], one)
