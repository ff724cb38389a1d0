"""`tonearm openai transcribe` and `translate`: recordings to text and subtitles."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, cast
from urllib.parse import quote

import typer
from attrs import frozen
from typer import Argument, Option

from .. import InvalidInput, TooLarge
from .._files import is_web, path_of
from . import _clients, _complete, _inputs, _out, _results
from ._bars import Bars
from ._ends import STANDARD, each
from ._openai import Model, Workers, app, chosen
from ._openai_forms import FORMS, form_of, own_name, paths_of
from ._options import BaseUrl, DryRun, Json, Profile

if TYPE_CHECKING:
    from ..openai import Transcript

Recordings: TypeAlias = Annotated[
    list[str],
    Argument(
        metavar="FILE...", help="Recordings of any length, folders, patterns, web addresses; - is standard input."
    ),
]
Form: TypeAlias = Annotated[
    str | None,
    Option(
        "--to",
        metavar="FORM",
        autocompletion=_complete.of("txt", "srt", "vtt", "lrc", "html", "json"),
        help="txt, srt, vtt, lrc, html or json; by default what the suffix of --out says, or txt.",
    ),
]
Out: TypeAlias = Annotated[
    str,
    Option(
        "-o",
        "--out",
        metavar="PATH",
        help="A file, a folder (DIR/ makes it), names such as '{stem}.{form}', or -.",
    ),
]
Prompt: TypeAlias = Annotated[str | None, Option(help="The text before the recording, or words to expect.")]
Format: TypeAlias = Annotated[
    str | None,
    Option(
        metavar="WORD",
        autocompletion=_complete.of("json", "verbose_json", "diarized_json"),
        help="What to ask the server for: json, verbose_json or diarized_json. By default the best that it has.",
    ),
]
Piece: TypeAlias = Annotated[
    float | None,
    Option(metavar="SECONDS", help="The longest chunk of a long recording in one request."),
]
Track: TypeAlias = Annotated[
    str | None,
    Option(
        "--track",
        metavar="TRACK",
        help="The audio track to hear: its number from 1, or its language as the file names it.",
    ),
]
OwnTime: TypeAlias = Annotated[
    bool, Option("--own-time", help="Count times from the beginning of the track, not of the file with its picture.")
]

MaxPrice: TypeAlias = Annotated[
    float | None, Option("--max-price", metavar="USD", help="Send no recording that costs more.")
]

_WHOLE = ("srt", "vtt", "lrc", "html")
"""Forms of which a file can hold only one transcript."""

JSON_FORMATS = ("json", "verbose_json", "diarized_json")


@frozen
class _Written:
    recording: str
    file: Path
    size: int


WRITTEN: _out.Columns = {"file": lambda made: made.file, "size": lambda made: _out.size(made.size)}


@app.command()
def transcribe(
    context: typer.Context,
    recordings: Recordings,
    to: Form = None,
    out: Out = STANDARD,
    model: Model = None,
    language: Annotated[str | None, Option(metavar="CODE", help="The spoken language (ISO 639-1).")] = None,
    prompt: Prompt = None,
    words: Annotated[bool, Option("--words", help="Ask for the times of words.")] = False,
    format: Format = None,
    piece: Piece = None,
    track: Track = None,
    own_time: OwnTime = False,
    workers: Workers = None,
    max_price: MaxPrice = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Transcribe recordings to text or subtitles.

    The same command resumes after an interruption and pays for no chunk twice.

    Example: tonearm openai transcribe meeting.m4a -o meeting.srt
    """
    options = {
        "model": model,
        "language": language,
        "prompt": prompt,
        "words": words,
        "format": format,
        "piece": piece,
        "track": _track(track),
        "own_time": own_time,
        "workers": workers,
        "max_price": max_price,
    }
    _recognise(context, "transcribe", recordings, to, out, options, json, profile, base_url, dry_run)


@app.command()
def translate(
    context: typer.Context,
    recordings: Recordings,
    to: Form = None,
    out: Out = STANDARD,
    model: Model = None,
    prompt: Prompt = None,
    format: Format = None,
    piece: Piece = None,
    track: Track = None,
    own_time: OwnTime = False,
    workers: Workers = None,
    max_price: MaxPrice = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Translate recordings into English text or subtitles.

    Example: tonearm openai translate rede.ogg -o speech.txt
    """
    options = {
        "model": model,
        "prompt": prompt,
        "format": format,
        "piece": piece,
        "track": _track(track),
        "own_time": own_time,
        "workers": workers,
        "max_price": max_price,
    }
    _recognise(context, "translate", recordings, to, out, options, json, profile, base_url, dry_run)


def _track(text: str | None) -> int | str | None:
    return int(text) if text is not None and text.isdecimal() else text


def _recognise(
    context: typer.Context,
    task: str,
    recordings: list[str],
    to: str | None,
    out: str,
    options: Mapping[str, Any],
    json: bool,
    profile: str | None,
    base_url: str | None,
    dry_run: bool,
) -> None:
    form = form_of(to, out)
    if options["format"] not in (None, *JSON_FORMATS):
        raise InvalidInput(f"--format is one of {', '.join(JSON_FORMATS)}; --to writes the other forms")
    inputs = _inputs.recordings(recordings)
    if out == STANDARD and len(inputs) > 1 and form in _WHOLE and not json:
        raise InvalidInput(f"several {form} files cannot follow each other", hint="-o DIR/ puts each into a file")
    paths = {} if out == STANDARD else paths_of(inputs, out, form)
    _results.apart(paths.values(), inputs)
    model = chosen("transcription_model", options["model"], profile, base_url)
    with Bars() as bars, _clients.openai(profile, base_url, dry_run=dry_run, json=json) as openai:
        if not dry_run:
            for folder in {path.parent for path in paths.values()}:
                _out.make_folder(folder)
            _results.check_writable(paths.values())

        def recognise_one(word: str) -> None:
            with _inputs.recording(word) as source:
                call = getattr(openai, task)
                try:
                    transcript = call(source, **{**options, "model": model}, on_progress=bars.of(path_of(word).name))
                except TooLarge as error:
                    error.hint = "--piece SECONDS cuts the recording into smaller chunks"
                    raise
            bars.rest()
            path = paths.get(word)
            if json and path is None:
                _out.line({"recording": word, **_out.plain(transcript)})
                return
            size = _keep(cast("Transcript", transcript), form, path, word)
            if path is not None:
                _out.item(_Written(word, path, size), WRITTEN, json=json)

        def commands_to_resume(_: str, error: BaseException) -> list[list[str]] | None:
            return [] if isinstance(error, _results.Elsewhere) else None

        def own(word: str) -> Mapping[str, Any]:  # else the remaining ones would be numbered from 1 again
            return {"out": str(paths[word]).replace("{", "{{").replace("}", "}}")}

        each(context, "recordings", inputs, recognise_one, commands_to_resume, own if "{number" in out else None)


def _keep(transcript: Transcript, form: str, path: Path | None, word: str) -> int:
    """Write the transcript in its form, or its text if the form needs times and there are none; return its bytes."""
    try:
        body = (_page(transcript, path, word) if form == "html" else FORMS[form](transcript)).encode()
    except InvalidInput as error:
        place = None if path is None else _results.spare(path.with_suffix(".txt"))
        _results.save(transcript.to_txt().encode(), place, own_name(word, "txt"))
        raise _results.Elsewhere(
            f"the model returned no times, which {form} needs: the text is in {place or 'standard output'}; "
            "--piece 15 asks for every 15 seconds by itself, which gives coarse times"
        ) from error
    _results.save(body, path, own_name(word, form))
    return len(body)


def _page(transcript: Transcript, path: Path | None, word: str) -> str:
    """A page that plays the recording, by a path relative to the folder of the page."""
    if word == STANDARD:
        return transcript.to_html()
    link = None if path is None or is_web(word) else quote(Path(os.path.relpath(word, path.parent)).as_posix())
    return transcript.to_html(audio=word, link=link)
