"""`tonearm openai`: speech and transcription at OpenAI or a compatible server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from .. import BadRequest, InvalidInput, TooLarge
from . import _clients, _complete, _inputs, _login, _out, _results, _store
from ._bars import Bars
from ._ends import STANDARD, each
from ._openai import Model, Workers, app, chosen
from ._openai_recordings import transcribe, translate
from ._openai_voices import consents, voices
from ._options import BaseUrl, DryRun, Json, Keyring, KeyStdin, Profile

if TYPE_CHECKING:
    from ..openai import Book

__all__ = ["app", "consents", "transcribe", "translate", "voices"]

FORMATS = ("mp3", "opus", "aac", "flac", "wav", "pcm", "m4a", "m4b")

SPOKEN: _out.Columns = {
    "file": lambda spoken: spoken.path,
    "size": lambda spoken: _out.size(spoken.size),
    "duration": lambda spoken: _out.clock(spoken.duration),
    "requests": lambda spoken: spoken.pieces,
}

ESTIMATE: _out.Columns = {
    "price": lambda made: "not known" if made.price is None else f"{made.price:.4f} USD",
    "duration": lambda made: _out.clock(made.duration),
    "as of": lambda made: made.as_of,
}
MODELS: _out.Columns = {
    "model": lambda model: model.id,
    "owner": lambda model: model.owned_by,
    "ends": lambda model: model.shutdown_date,
}


@app.command()
def login(
    no_key: Annotated[bool, Option("--no-key", help="The server needs no key.")] = False,
    organization: Annotated[str | None, Option(metavar="ID", help="The organization that pays.")] = None,
    project: Annotated[str | None, Option(metavar="ID", help="The project that pays.")] = None,
    api_version: Annotated[str | None, Option(metavar="DATE", help="The version of Azure's API.")] = None,
    speech_model: Annotated[
        str | None, Option(metavar="NAME", autocompletion=_complete.speech_models, help="The model for `speak`.")
    ] = None,
    transcription_model: Annotated[
        str | None,
        Option(
            metavar="NAME",
            autocompletion=_complete.transcription_models,
            help="The model for `transcribe` and `translate`.",
        ),
    ] = None,
    voice: Annotated[
        str | None, Option(metavar="NAME", autocompletion=_complete.voices, help="The voice for `speak`.")
    ] = None,
    key_stdin: KeyStdin = False,
    keyring: Keyring = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Store the key, the models and the voice for a server.

    The server checks the key first: one that it refuses is not stored. Settings that are not given stay as they are,
    and '' removes a setting. With settings alone, the command asks for no key.

    Example: tonearm openai login --base-url http://localhost:8000/v1 --no-key --voice coral
    """
    base_url = None if base_url is None else _login.address(base_url)
    others = {
        "organization": organization,
        "project": project,
        "api_version": api_version,
        "speech_model": speech_model,
        "transcription_model": transcription_model,
        "voice": voice,
    }
    settings_alone = any(value is not None for value in others.values()) and not (key_stdin or keyring)
    if no_key:
        keys = {"api_key": ""}
    elif settings_alone and _store.has_key("openai", profile, base_url):
        keys = {}
    else:
        keys = _login.keys(("api_key",), stdin=key_stdin)
        if not keys["api_key"] and not (base_url or _store.server("openai", profile)):
            raise InvalidInput("no key was given, and OpenAI needs one", hint="--no-key is for servers without keys")
    _login.save("openai", keys, profile=profile, base_url=base_url, keyring=keyring and not no_key, others=others)


@app.command()
def logout(profile: Profile = None) -> None:
    """Remove the key that `login` stored."""
    _login.forget("openai", profile)


@app.command()
def speak(
    context: typer.Context,
    text: Annotated[
        str, Argument(metavar="FILE", help="A text file in UTF-8, or a book in EPUB; - means standard input.")
    ],
    out: Annotated[
        str, Option("-o", "--out", metavar="FILE", help="The audio file to write, or - for standard output, live.")
    ],
    voice: Annotated[
        str | None, Option(metavar="NAME", autocompletion=_complete.voices, help="The voice; the profile's by default.")
    ] = None,
    model: Model = None,
    format: Annotated[
        str | None,
        Option(
            metavar="WORD",
            autocompletion=_complete.of(*FORMATS),
            help="mp3, opus, aac, flac, wav, pcm, m4a or m4b; by default what --out ends in.",
        ),
    ] = None,
    speed: Annotated[float | None, Option(help="The speaking rate; 1 is normal.")] = None,
    instructions: Annotated[str | None, Option(help="How to speak, in words.")] = None,
    pauses: Annotated[
        float | None, Option("--pauses", metavar="SECONDS", help="Silence between paragraphs, and between chapters.")
    ] = None,
    chapter_pauses: Annotated[
        float | None, Option("--chapter-pauses", metavar="SECONDS", help="Silence between chapters.")
    ] = None,
    title: Annotated[str | None, Option(help="The title of a file in m4b or m4a.")] = None,
    author: Annotated[str | None, Option(metavar="NAME", help="The author of such a file.")] = None,
    cover: Annotated[Path | None, Option(metavar="FILE", help="The picture of such a file, JPEG or PNG.")] = None,
    rate: Annotated[
        int | None, Option(metavar="HZ", help="Samples a second of audio without a header, where the server is silent.")
    ] = None,
    workers: Workers = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Speak a text of any length into an audio file.

    The same command resumes after an interruption and pays for no chunk twice. A file in m4b has the chapters of a book
    in EPUB, or of headings in Markdown.

    Example: tonearm openai speak book.txt -o book.mp3 --model tts-1 --voice coral
    """
    if out != STANDARD:
        _results.apart((Path(out),), (text,))
    content, book = _book(text)
    from ..openai.presets import LONGEST_TEXT

    voice = chosen("voice", voice, profile, base_url)
    model = chosen("speech_model", model, profile, base_url)
    options: Any = {"voice": voice, "model": model, "format": format, "speed": speed, "instructions": instructions}
    saved: Any = {"rate": rate, **_labels(out, format, book, title, author, cover), **_pauses(pauses, chapter_pauses)}
    with Bars() as bars, _clients.openai(profile, base_url, dry_run=dry_run, json=json) as openai:
        if out == STANDARD:
            to = _out.audio()
            try:
                with openai.speech(content, **options) as audio:
                    for block in audio:
                        to.write(block)
            except (BadRequest, TooLarge, InvalidInput) as error:
                if len(content) > LONGEST_TEXT:
                    error.hint = "-o - speaks what fits one request; -o FILE speaks a text of any length, in chunks"
                raise
            return

        def speak_one(_: str) -> None:
            spoken = openai.speak(
                content if book is None else book.chapters,
                out,
                **options,
                **saved,
                workers=workers,
                on_progress=bars.of(Path(out).name),
            )
            bars.rest()
            _out.item(spoken, SPOKEN, json=json)

        each(context, "text", [text], speak_one)


def _book(word: str) -> tuple[str, Book | None]:
    """A text, and the book if the file is an EPUB."""
    if Path(word).suffix.lower() != ".epub":
        return _inputs.read_text(word), None
    from ..openai import read_epub

    book = read_epub(word)
    return "\n\n".join(chapter.text for chapter in book.chapters), book


def _labels(
    out: str, format: str | None, book: Book | None, title: str | None, author: str | None, cover: Path | None
) -> dict[str, Any]:
    """The tags of an audiobook: the given ones, else those of the book."""
    from ..openai.presets import FORMAT_OF_SUFFIX, LABELLED

    if book is None or (format or FORMAT_OF_SUFFIX.get(Path(out).suffix.lower())) not in LABELLED:
        return {"title": title, "author": author, "cover": cover}
    return {"title": title or book.title, "author": author or book.author, "cover": cover or book.cover}


def _pauses(both: float | None, chapters: float | None) -> dict[str, Any]:
    given = {"paragraphs": both, "chapters": chapters}
    return {"pauses": {name: seconds for name, seconds in given.items() if seconds is not None} or None}


@app.command()
def estimate(
    file: Annotated[
        Path | None, Argument(metavar="[FILE]", help="A recording to transcribe, or a text file or EPUB to speak.")
    ] = None,
    seconds: Annotated[float | None, Option(help="The duration of a recording without a file.")] = None,
    model: Model = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Estimate the price of a recording or a text.

    Nothing is sent. The price is that of OpenAI's models there; of another server none is known.

    Example: tonearm openai estimate meeting.m4a --model whisper-1
    """
    if (file is None) == (seconds is None):
        raise InvalidInput("give a recording, a text file, or --seconds", hint="`--seconds 3600` is an hour")
    content = None if file is None or _inputs.is_recording(file) else _book(str(file))[0]
    model = chosen("transcription_model" if content is None else "speech_model", model, profile, base_url)
    with _clients.openai(profile, base_url) as openai:
        answer = (
            openai.estimate(model=model, seconds=seconds, characters=None if content is None else len(content))
            if file is None or content is not None
            else openai.estimate_recording(file, model=model)
        )
        _out.item(answer, ESTIMATE, json=json)


@app.command()
def models(json: Json = False, profile: Profile = None, base_url: BaseUrl = None, dry_run: DryRun = False) -> None:
    """List the models of the server, with the announced end of each."""
    with _clients.openai(profile, base_url, dry_run=dry_run, json=json) as openai:
        _out.items(openai.models(), MODELS, json=json)
