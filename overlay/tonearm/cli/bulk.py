"""`tonearm bulk`: the same work for many files, with a ledger from which the same command resumes."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import typer
from typer import Option

from . import _complete
from ._bulk_ledger import export, failures, report, status
from ._bulk_options import Estimate, Ledger, MaxPrice, NamedLedger, Out, Sources, ledger_of
from ._bulk_run import Run, runs
from ._bulk_services import keep, lyrics, publish
from ._openai import Model

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.command()(status)
app.command()(failures)
app.command()(export)
app.command()(report)

To: TypeAlias = Annotated[
    str,
    Option(
        "--to",
        metavar="FORMS",
        autocompletion=_complete.listed("txt", "srt", "vtt", "lrc", "json"),
        help="What to write: txt, srt, vtt, lrc, json; several with commas.",
    ),
]


@app.command()
@runs
def transcribe(
    run: Run,
    sources: Sources,
    out: Out,
    to: To = "txt",
    model: Model = None,
    language: Annotated[str | None, Option(metavar="CODE", help="The spoken language (ISO 639-1).")] = None,
    words: Annotated[bool, Option("--words", help="Ask for the times of words.")] = False,
    ledger: Ledger = None,
    max_price: MaxPrice = None,
    estimate: Estimate = False,
) -> None:
    """Transcribe recordings. The same command resumes, and does only what is missing or changed.

    Example: tonearm bulk transcribe archive -o texts --to srt,json
    """
    from ..bulk import Transcribe

    task = Transcribe(
        to=out,
        forms=_forms(to),
        model=model,
        language=language,
        words=words,
        timeout=run.timeout,
        make=run.maker("openai"),
    )
    run.go(task, sources, ledger_of(ledger, out), max_price=max_price, estimate=estimate)


@app.command()
@runs
def translate(
    run: Run,
    sources: Sources,
    out: Out,
    to: To = "txt",
    model: Model = None,
    ledger: Ledger = None,
    max_price: MaxPrice = None,
    estimate: Estimate = False,
) -> None:
    """Translate recordings into English.

    Example: tonearm bulk translate archive -o texts
    """
    from ..bulk import Translate

    task = Translate(to=out, forms=_forms(to), model=model, timeout=run.timeout, make=run.maker("openai"))
    run.go(task, sources, ledger_of(ledger, out), max_price=max_price, estimate=estimate)


@app.command()
@runs
def speak(
    run: Run,
    sources: Sources,
    out: Out,
    voice: Annotated[str, Option(metavar="NAME", autocompletion=_complete.voices, help="The voice.")],
    format: Annotated[
        str,
        Option(
            metavar="WORD",
            autocompletion=_complete.of("mp3", "opus", "aac", "flac", "wav", "pcm", "m4a"),
            help="mp3, opus, aac, flac, wav, pcm or m4a.",
        ),
    ] = "mp3",
    model: Model = None,
    ledger: Ledger = None,
    max_price: MaxPrice = None,
    estimate: Estimate = False,
) -> None:
    """Speak text files (.txt, .md).

    Example: tonearm bulk speak books -o spoken --voice coral
    """
    from ..bulk import Speak

    make = run.maker("openai")
    task = Speak(to=out, voice=voice, format=format, model=model, timeout=run.timeout, make=make)
    run.go(task, sources, ledger_of(ledger, out), max_price=max_price, estimate=estimate, suffixes=("txt", "md"))


@app.command()
@runs
def upload(
    run: Run,
    sources: Sources,
    ledger: NamedLedger,
    preset: Annotated[
        str | None,
        Option(
            metavar="NAME", autocompletion=_complete.of(*_complete.AIOZ_PRESETS), help="What to transcode each into."
        ),
    ] = None,
    tag: Annotated[list[str] | None, Option(metavar="WORD", help="A tag; several times for several.")] = None,
) -> None:
    """Upload recordings to AIOZ Stream.

    Example: tonearm bulk upload shows --ledger shows.ledger --preset highest
    """
    from ..bulk import Upload

    tags = tuple(tag) if tag else None
    run.go(Upload(preset=preset, tags=tags, timeout=run.timeout, make=run.maker("aioz")), sources, ledger)


app.command()(publish)
app.command()(keep)
app.command()(lyrics)


def _forms(text: str) -> Any:
    return tuple(filter(None, text.split(",")))
