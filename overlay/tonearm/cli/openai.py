"""`tonearm openai`: speech and transcription at OpenAI or a compatible server."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional, TypeAlias, cast

import typer
from attrs import frozen
from typer import Argument, Option

from ..errors import InvalidInput
from . import _clients, _inputs, _login, _out, _settings
from ._bars import Bars
from ._ends import STANDARD, each
from ._options import BaseUrl, DryRun, Json, Keyring, KeyStdin, Profile

if TYPE_CHECKING:
    from ..openai import Transcript

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Recordings: TypeAlias = Annotated[
    list[str], Argument(metavar="FILE...", help="Recordings of any length, or patterns; - is standard input.")
]
Model: TypeAlias = Annotated[
    Optional[str],  # noqa: UP045  # read at run time
    Option(metavar="NAME", help="The model; else that of the profile."),
]
Form: TypeAlias = Annotated[str, Option("--to", metavar="FORM", help="txt, srt, vtt, lrc or json.")]
Out: TypeAlias = Annotated[
    str, Option("-o", "--out", metavar="PATH", help="A file, a folder, or - for standard output.")
]
Prompt: TypeAlias = Annotated[Optional[str], Option(help="Text before the recording, or words to expect.")]  # noqa: UP045
Piece: TypeAlias = Annotated[
    Optional[float],  # noqa: UP045
    Option(metavar="SECONDS", help="What one request has of a long recording."),
]
Workers: TypeAlias = Annotated[Optional[int], Option(help="Requests that are under way at a time.")]  # noqa: UP045

FORMS: Mapping[str, Callable[[Transcript], str]] = {
    "txt": lambda transcript: transcript.to_txt(),
    "srt": lambda transcript: transcript.to_srt(),
    "vtt": lambda transcript: transcript.to_vtt(),
    "lrc": lambda transcript: transcript.to_lrc(),
    "json": lambda transcript: jsonlib.dumps(_out.plain(transcript)) + "\n",
}
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
    organization: Annotated[Optional[str], Option(metavar="ID", help="Who pays.")] = None,  # noqa: UP045
    project: Annotated[Optional[str], Option(metavar="ID", help="What it is paid for.")] = None,  # noqa: UP045
    api_version: Annotated[Optional[str], Option(metavar="DATE", help="Of Azure's API.")] = None,  # noqa: UP045
    speech_model: Annotated[Optional[str], Option(metavar="NAME", help="The model of `speak`.")] = None,  # noqa: UP045
    transcription_model: Annotated[
        Optional[str],  # noqa: UP045
        Option(metavar="NAME", help="The model of `transcribe` and `translate`."),
    ] = None,
    voice: Annotated[Optional[str], Option(metavar="NAME", help="The voice of `speak`.")] = None,  # noqa: UP045
    key_stdin: KeyStdin = False,
    keyring: Keyring = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Store the key of an account or server, and the models and the voice to use there."""
    others = {
        "organization": organization,
        "project": project,
        "api_version": api_version,
        "speech_model": speech_model,
        "transcription_model": transcription_model,
        "voice": voice,
    }
    found = {"api_key": ""} if no_key else _login.keys(("api_key",), stdin=key_stdin)
    _login.save("openai", found, profile=profile, base_url=base_url, keyring=keyring and not no_key, others=others)


@app.command()
def logout(profile: Profile = None) -> None:
    """Forget the key that `login` has stored."""
    _login.forget("openai", profile)


@app.command()
def speak(
    context: typer.Context,
    text: Annotated[str, Argument(metavar="FILE", help="A text file in UTF-8; - is standard input.")],
    out: Annotated[
        str, Option("-o", "--out", metavar="FILE", help="The audio file to make, or - to play it while it comes.")
    ],
    voice: Annotated[Optional[str], Option(metavar="NAME", help="The voice; else that of the profile.")] = None,  # noqa: UP045
    model: Model = None,
    format: Annotated[
        Optional[str],  # noqa: UP045
        Option(metavar="WORD", help="mp3, opus, aac, flac, wav, pcm or m4a; else what the file's suffix says."),
    ] = None,
    speed: Annotated[Optional[float], Option(help="Factor of the speaking rate.")] = None,  # noqa: UP045
    instructions: Annotated[Optional[str], Option(help="How to speak, in words.")] = None,  # noqa: UP045
    workers: Workers = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Speak a text of any length into an audio file.

    What stops half-way goes on when the same command is run again; nothing that is finished is paid for twice.
    """
    said = _inputs.read_text(text)
    voice = voice or _settings.find("openai", profile, base_url).options.get("voice")
    if voice is None:
        raise InvalidInput("which voice? give --voice, or store one with `tonearm openai login --voice`")
    options: Any = {"voice": voice, "model": model, "format": format, "speed": speed, "instructions": instructions}
    with Bars() as bars, _clients.openai(profile, base_url, dry_run=dry_run, json=json) as openai:
        if out == STANDARD:
            to = _out.audio()
            with openai.speech(said, **options) as audio:
                for block in audio:
                    to.write(block)
            return

        def one(_: str) -> None:
            spoken = openai.speak(said, out, **options, workers=workers, on_progress=bars.of(Path(out).name))
            bars.rest()
            _out.item(spoken, SPOKEN, json=json)

        each(context, "text", [text], one)


@app.command()
def transcribe(
    context: typer.Context,
    recordings: Recordings,
    to: Form = "txt",
    out: Out = STANDARD,
    model: Model = None,
    language: Annotated[Optional[str], Option(metavar="CODE", help="What is spoken (ISO 639-1).")] = None,  # noqa: UP045
    prompt: Prompt = None,
    words: Annotated[bool, Option("--words", help="Ask for the times of words.")] = False,
    piece: Piece = None,
    workers: Workers = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Write down what is said, as text or subtitles.

    What stops half-way goes on when the same command is run again; nothing that is finished is paid for twice.
    """
    options = {
        "model": model,
        "language": language,
        "prompt": prompt,
        "words": words,
        "piece": piece,
        "workers": workers,
    }
    _recognise(context, "transcribe", recordings, to, out, options, json, profile, base_url, dry_run)


@app.command()
def translate(
    context: typer.Context,
    recordings: Recordings,
    to: Form = "txt",
    out: Out = STANDARD,
    model: Model = None,
    prompt: Prompt = None,
    piece: Piece = None,
    workers: Workers = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Write down in English what is said in another language, as text or subtitles."""
    options = {"model": model, "prompt": prompt, "piece": piece, "workers": workers}
    _recognise(context, "translate", recordings, to, out, options, json, profile, base_url, dry_run)


@app.command()
def estimate(
    file: Annotated[Optional[Path], Argument(metavar="[TEXT]", help="A text file that is to be spoken.")] = None,  # noqa: UP045
    seconds: Annotated[Optional[float], Option(help="How long a recording is.")] = None,  # noqa: UP045
    model: Model = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Reckon what a recording or a text will cost; nothing is sent."""
    characters = None if file is None else len(_inputs.read_text(str(file)))
    with _clients.openai(profile, base_url) as openai:
        _out.item(openai.estimate(model=model, seconds=seconds, characters=characters), ESTIMATE, json=json)


@app.command()
def models(json: Json = False, profile: Profile = None, base_url: BaseUrl = None, dry_run: DryRun = False) -> None:
    """List the models of the server, and when they end, where that is announced."""
    with _clients.openai(profile, base_url, dry_run=dry_run, json=json) as openai:
        _out.items(openai.models(), MODELS, json=json)


def _recognise(
    context: typer.Context,
    task: str,
    recordings: list[str],
    to: str,
    out: str,
    options: Mapping[str, Any],
    json: bool,
    profile: str | None,
    base_url: str | None,
    dry_run: bool,
) -> None:
    if to not in FORMS:
        raise InvalidInput(f"--to is one of {', '.join(FORMS)}, not {to!r}")
    found = _inputs.files(recordings)
    if len(found) > 1 and out != STANDARD and not Path(out).is_dir():
        raise InvalidInput(f"several recordings need a folder that is there, which {out!r} is not")
    with Bars() as bars, _clients.openai(profile, base_url, dry_run=dry_run, json=json) as openai:

        def one(word: str) -> None:
            with _inputs.recording(word) as source:
                transcript = cast(
                    "Transcript", getattr(openai, task)(source, **options, on_progress=bars.of(Path(word).name))
                )
            bars.rest()
            body = FORMS["json" if json and out == STANDARD else to](transcript).encode()
            path = _path(out, word, to)
            _out.to_file(lambda file: file.write(body), path)
            if path is not None:
                _out.item(_Written(path, len(body)), WRITTEN, json=json)

        each(context, "recordings", found, one)


@frozen
class _Written:
    file: Path
    size: int


WRITTEN: _out.Columns = {"file": lambda made: made.file, "size": lambda made: _out.size(made.size)}


def _path(out: str, word: str, form: str) -> Path | None:
    """Where a transcript goes: None is standard output."""
    if out == STANDARD:
        return None
    path = Path(out)
    return path / f"{Path(word).stem if word != STANDARD else 'stdin'}.{form}" if path.is_dir() else path
