"""`tonearm openai voices` and `consents`: voices of your own, and the consents of the people whose voices they are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from typer import Option

from .. import InvalidInput
from . import _clients, _out
from ._ends import say
from ._openai import app
from ._options import BaseUrl, DryRun, Json, Profile

VOICE: _out.Columns = {
    "id": lambda voice: voice.id,
    "name": lambda voice: voice.name,
    "made of": lambda voice: voice.type,
    "created": lambda voice: voice.created_at,
}
CONSENTS: _out.Columns = {
    "id": lambda consent: consent.id,
    "name": lambda consent: consent.name,
    "language": lambda consent: consent.language,
    "created": lambda consent: consent.created_at,
}


@app.command()
def voices(
    create: Annotated[str | None, Option(metavar="NAME", help="Make a voice.")] = None,
    sample: Annotated[
        Path | None, Option(metavar="FILE", help="With --create: a recording of the person; needs --consent.")
    ] = None,
    consent: Annotated[str | None, Option(metavar="ID", help="With --sample: the consent of that person.")] = None,
    prompt: Annotated[str | None, Option(metavar="TEXT", help="With --create: what the voice is like.")] = None,
    model: Annotated[str | None, Option(metavar="NAME", help="With --prompt: the model that makes the voice.")] = None,
    script_hint: Annotated[
        str | None, Option(metavar="TEXT", help="With --prompt: what the voice says while it is made.")
    ] = None,
    delete: Annotated[list[str] | None, Option(metavar="ID", help="Delete this voice; repeatable.")] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Make and delete voices of your own.

    OpenAI has no list of voices: keep the id that is shown.

    Example: tonearm openai voices --create Ida --sample ida.wav --consent cons_1234
    """
    made_of = {"audio_sample": sample, "consent": consent, "prompt": prompt, "model": model, "script_hint": script_hint}
    options: dict[str, Any] = {name: value for name, value in made_of.items() if value is not None}
    if create is None and not delete:
        raise InvalidInput("--create or --delete", hint="OpenAI does not list voices")
    if options and create is None:
        raise InvalidInput(f"--{next(iter(options)).removeprefix('audio_').replace('_', '-')} needs --create")
    if sample is not None and consent is None:
        raise InvalidInput("--sample needs --consent", hint="`tonearm openai consents --create` uploads one")
    with _clients.openai(profile, base_url, dry_run=dry_run, json=json) as openai:
        for id in delete or ():
            openai.delete_voice(id)
        if create is not None:
            made = openai.create_voice(create, **options)
            _out.item(made, VOICE, json=json)
            if made.type == "prompt":
                say("speech at OpenAI does not accept voices that are made of words")


@app.command()
def consents(
    create: Annotated[str | None, Option(metavar="NAME", help="Upload a consent.")] = None,
    recording: Annotated[
        Path | None, Option(metavar="FILE", help="With --create: the person reads the phrase of the language.")
    ] = None,
    language: Annotated[str | None, Option(metavar="TAG", help="With --create: the language, such as en-US.")] = None,
    update: Annotated[str | None, Option(metavar="ID", help="Give this consent the name of --name.")] = None,
    name: Annotated[str | None, Option("--name", metavar="NAME", help="With --update: the new name.")] = None,
    delete: Annotated[list[str] | None, Option(metavar="ID", help="Delete this consent; repeatable.")] = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
) -> None:
    """Delete, upload, rename and list consents to voices.

    Example: tonearm openai consents --create Ida --recording consent.wav --language nb-NO
    """
    if (create is not None) != (recording is not None) or (create is not None) != (language is not None):
        raise InvalidInput("--create, --recording and --language need each other")
    if (update is None) != (name is None):
        raise InvalidInput("--update and --name need each other")
    with _clients.openai(profile, base_url, dry_run=dry_run, json=json) as openai:
        for id in delete or ():
            openai.delete_voice_consent(id)
        if create is not None and recording is not None and language is not None:
            openai.create_voice_consent(create, recording, language=language)
        if update is not None and name is not None:
            openai.update_voice_consent(update, name=name)
        _out.items(openai.voice_consents(), CONSENTS, json=json)
