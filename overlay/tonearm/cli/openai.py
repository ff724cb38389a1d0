"""`tonearm openai`: speech and transcription at OpenAI or a compatible server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from ..errors import BadRequest, InvalidInput, TooLarge
from . import _clients, _inputs, _login, _out, _results, _store
from ._bars import Bars
from ._ends import STANDARD, each
from ._openai import Model, Workers, app, chosen
from ._openai_recordings import transcribe, translate
from ._options import BaseUrl, DryRun, Json, Keyring, KeyStdin, Profile

__all__ = ["app", "transcribe", "translate"]

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
    no_key: Annotated[bool, Option("--no-key", help="The server takes no key.")] = False,
    organization: Annotated[str | None, Option(metavar="ID", help="The organization that pays.")] = None,
    project: Annotated[str | None, Option(metavar="ID", help="The project that pays.")] = None,
    api_version: Annotated[str | None, Option(metavar="DATE", help="The version of Azure's API.")] = None,
    speech_model: Annotated[str | None, Option(metavar="NAME", help="The model for `speak`.")] = None,
    transcription_model: Annotated[
        str | None,
        Option(metavar="NAME", help="The model for `transcribe` and `translate`."),
    ] = None,
    voice: Annotated[str | None, Option(metavar="NAME", help="The voice for `speak`.")] = None,
    key_stdin: KeyStdin = False,
    keyring: Keyring = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Store the key, the models and the voice for a server.

    Settings that are not given stay as they are, and '' removes a setting. With settings alone, the command asks for no
    key.

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
        found = {"api_key": ""}
    elif settings_alone and _store.has_key("openai", profile, base_url):
        found = {}
    else:
        found = _login.keys(("api_key",), stdin=key_stdin)
        if not found["api_key"] and not (base_url or _store.server("openai", profile)):
            raise InvalidInput("no key was given, and OpenAI wants one", hint="--no-key is for servers that take none")
    _login.save("openai", found, profile=profile, base_url=base_url, keyring=keyring and not no_key, others=others)


@app.command()
def logout(profile: Profile = None) -> None:
    """Remove the key that `login` stored."""
    _login.forget("openai", profile)


@app.command()
def speak(
    context: typer.Context,
    text: Annotated[str, Argument(metavar="FILE", help="A text file in UTF-8; - means standard input.")],
    out: Annotated[
        str, Option("-o", "--out", metavar="FILE", help="The audio file to write, or - for standard output, live.")
    ],
    voice: Annotated[str | None, Option(metavar="NAME", help="The voice; the profile's by default.")] = None,
    model: Model = None,
    format: Annotated[
        str | None,
        Option(metavar="WORD", help="mp3, opus, aac, flac, wav, pcm or m4a; by default what the suffix of --out says."),
    ] = None,
    speed: Annotated[float | None, Option(help="The speaking rate; 1 is normal.")] = None,
    instructions: Annotated[str | None, Option(help="How to speak, in words.")] = None,
    workers: Workers = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Speak a text of any length into an audio file.

    The same command resumes after an interruption and pays for no chunk twice.

    Example: tonearm openai speak book.txt -o book.mp3 --model tts-1 --voice coral
    """
    if out != STANDARD:
        _results.apart((Path(out),), (text,))
    said = _inputs.read_text(text)
    from ..openai.presets import LONGEST_TEXT

    voice = chosen("voice", voice, profile, base_url)
    model = chosen("speech_model", model, profile, base_url)
    options: Any = {"voice": voice, "model": model, "format": format, "speed": speed, "instructions": instructions}
    with Bars() as bars, _clients.openai(profile, base_url, dry_run=dry_run, json=json) as openai:
        if out == STANDARD:
            to = _out.audio()
            try:
                with openai.speech(said, **options) as audio:
                    for block in audio:
                        to.write(block)
            except (BadRequest, TooLarge, InvalidInput) as error:
                if len(said) > LONGEST_TEXT:
                    error.hint = "-o - takes what fits one request; -o FILE speaks a text of any length, in chunks"
                raise
            return

        def one(_: str) -> None:
            spoken = openai.speak(said, out, **options, workers=workers, on_progress=bars.of(Path(out).name))
            bars.rest()
            _out.item(spoken, SPOKEN, json=json)

        each(context, "text", [text], one)


@app.command()
def estimate(
    file: Annotated[Path | None, Argument(metavar="[TEXT]", help="The text file to speak.")] = None,
    seconds: Annotated[float | None, Option(help="The duration of a recording.")] = None,
    model: Model = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Estimate the price of a recording or a text.

    Nothing is sent.

    Example: tonearm openai estimate --seconds 3600 --model whisper-1
    """
    if (file is None) == (seconds is None):
        raise InvalidInput(
            "give a text file, or --seconds of a recording",
            hint="`--seconds 3600` is an hour; every player shows how long a recording is",
        )
    model = chosen("transcription_model" if file is None else "speech_model", model, profile, base_url)
    characters = None if file is None else len(_inputs.read_text(str(file)))
    with _clients.openai(profile, base_url) as openai:
        _out.item(openai.estimate(model=model, seconds=seconds, characters=characters), ESTIMATE, json=json)


@app.command()
def models(json: Json = False, profile: Profile = None, base_url: BaseUrl = None, dry_run: DryRun = False) -> None:
    """List the models of the server, with the announced end of each."""
    with _clients.openai(profile, base_url, dry_run=dry_run, json=json) as openai:
        _out.items(openai.models(), MODELS, json=json)
