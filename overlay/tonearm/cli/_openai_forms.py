"""The forms in which transcripts are written, and the files that they go to."""

from __future__ import annotations

import json as jsonlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .. import InvalidInput
from .._files import path_of
from . import _out
from ._ends import STANDARD

if TYPE_CHECKING:
    from ..openai import Transcript

FORMS: Mapping[str, Callable[[Transcript], str]] = {
    "txt": lambda transcript: transcript.to_txt(),
    "srt": lambda transcript: transcript.to_srt(),
    "vtt": lambda transcript: transcript.to_vtt(),
    "lrc": lambda transcript: transcript.to_lrc(),
    "html": lambda transcript: transcript.to_html(),
    "json": lambda transcript: jsonlib.dumps(_out.plain(transcript)) + "\n",
}


def _filled(template: str, word: str, form: str, number: int) -> str:
    """A name from a template with {stem}, {name}, {folder} of the recording, its {number}, and the {form}."""
    source = path_of("stdin" if word == STANDARD else word)
    parts = {"stem": source.stem, "name": source.name, "folder": str(source.parent), "number": number, "form": form}
    try:
        return template.format_map(parts)
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        known = ", ".join(f"{{{name}}}" for name in parts)
        raise InvalidInput(f"-o {template!r} cannot be filled: it may have {known}") from error


def own_name(word: str, form: str) -> str:
    """The name of a recording, with the suffix of a form."""
    return f"{path_of(word).stem if word != STANDARD else 'stdin'}.{form}"


def form_of(to: str | None, out: str) -> str:
    """The form to write: that of --to, or of the suffix; text without a suffix."""
    suffix = (
        "" if out == STANDARD or out.endswith(("/", os.sep)) or Path(out).is_dir() else Path(out).suffix[1:].lower()
    )
    form = to or suffix or "txt"
    if form in FORMS:
        return form
    forms = ", ".join(FORMS)
    if to is None:
        raise InvalidInput(f"the suffix .{suffix} stands for no form ({forms})", hint="--to names the form")
    raise InvalidInput(f"--to is one of {forms}, not {to!r}")


def paths_of(words: Sequence[str], out: str, form: str) -> dict[str, Path]:
    """The path of the transcript of each recording; no two may be the same."""
    named = "{" in out
    place, folder = (Path(), False) if named else _out.place(out, len(words), "recordings")
    if not (named or folder):
        return {words[0]: place}
    owners: dict[Path, str] = {}
    for number, word in enumerate(words, start=1):
        path = Path(_filled(out, word, form, number)) if named else place / own_name(word, form)
        if path in owners:
            raise InvalidInput(f"{owners[path]!r} and {word!r} would both become {str(path)!r}")
        owners[path] = word
    return {word: path for path, word in owners.items()}
