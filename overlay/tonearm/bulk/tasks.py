"""The tasks: small picklable objects that do each job, and never hold a key."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeAlias

from attrs import field, frozen

import tonearm

from .. import InvalidInput
from .._files import (
    folder_of,
    make_folder_for,
    open_source,
    path_of,
    place_in,
    write_text_anywhere,
)
from .clients import Make, client_of
from .inputs import kept, opened
from .jobs import Job
from .paid import delivered, written
from .uploads import uploaded
from .work import Result, options_of

Form: TypeAlias = Literal["txt", "srt", "vtt", "lrc", "json"]

_FORMS: Mapping[str, Callable[[tonearm.openai.Transcript], str]] = {
    "txt": lambda transcript: transcript.to_txt(),
    "srt": lambda transcript: transcript.to_srt(),
    "vtt": lambda transcript: transcript.to_vtt(),
    "lrc": lambda transcript: transcript.to_lrc(),
    "json": lambda transcript: (
        json.dumps({**transcript.to_dict(), "raw": transcript.raw}, ensure_ascii=False, default=str) + "\n"
    ),
}


_PIECE, _OVERLAP = 600.0, 3.0
"""Seconds of the longest chunk by default, and of the overlap of two chunks where sound has to be cut."""


def _several(forms: Iterable[Form]) -> tuple[Form, ...]:
    return tuple(forms)


def _forms(_: Any, __: Any, forms: tuple[str, ...]) -> None:
    if not forms or set(forms) - _FORMS.keys():
        raise InvalidInput.of("forms", forms, f"some of {', '.join(_FORMS)}")


def most_of(client: tonearm.OpenAI, model: str | None, seconds: float, piece: float = _PIECE) -> float | None:
    """USD that a recording of this length will cost at most; None where the price is unknown."""
    if seconds > piece:  # any cut may be in sound, with an overlap
        seconds += _OVERLAP * (seconds // (piece - _OVERLAP))
    return client.estimate(model=model, seconds=seconds).price


@frozen(kw_only=True)
class _Recognise:
    """The base of the two tasks that write down speech."""

    to: Path | str = field(converter=folder_of)
    forms: tuple[Form, ...] = field(default=("txt",), converter=_several, validator=_forms)
    model: str | None = None
    prompt: str | None = None
    piece: float | None = None
    timeout: float | None = None
    state: Path | None = field(default=None, repr=False)
    make: Make = field(default=tonearm.OpenAI, repr=False)

    def price(self, job: Job) -> float | None:
        """USD that a job will cost at most; None where the price or the length is unknown."""
        options = options_of({"model": self.model, "piece": self.piece}, job)
        client, model = client_of(self.make, job.server), options.get("model")
        with opened(job.input, self.timeout) as given:
            estimate = client.estimate_recording(given.source, model=model)
        return most_of(client, model, estimate.duration, options.get("piece", _PIECE))

    def _place(self, job: Job, form: str) -> str:
        return place_in(self.to, f"{job.output or path_of(job.input).stem}.{form}")

    def _write(self, job: Job, transcript: tonearm.openai.Transcript) -> Result:
        outputs: list[str] = []
        size = 0
        for form in self.forms:
            outputs.append(self._place(job, form))
            size += write_text_anywhere(outputs[-1], _FORMS[form](transcript))
        return Result(tuple(outputs), bytes=size)

    def _called(self, method: str, job: Job, fixed: Mapping[str, Any]) -> Result:
        client = client_of(self.make, job.server).with_options(deadline=self.timeout)
        options = options_of({"model": self.model, "prompt": self.prompt, "piece": self.piece, **fixed}, job)
        if job.max_price is not None:  # so that missing parts are requested only within the reserved price
            options["max_price"] = min(job.max_price, options.get("max_price", job.max_price))
        with opened(job.input, self.timeout) as given:

            def pay() -> Any:
                make_folder_for(self._place(job, self.forms[0]))  # raises before anything is sent
                return getattr(client, method)(given.source, state=kept(self.state, job), **options)

            request = {"task": method, "size": given.size, "version": given.version, **options, "max_price": None}
            return delivered(self.state, job, request, pay, partial(self._write, job))


@frozen(kw_only=True)
class Transcribe(_Recognise):
    """Write down the speech of each recording.

    Args:
        to: the folder of the results: a path, or an address such as ``s3://bucket/texts`` (extra `remote`).
        forms: what to write of each: ``txt``, ``srt``, ``vtt``, ``lrc``, ``json``.
        model: the model; the client's own when None.
        prompt: the text before each recording, or words to expect.
        piece: seconds of the longest chunk.
        language: the spoken language (ISO 639-1).
        words: whether to ask for the times of words.
        timeout: seconds that one recording may take; None for no limit.
        state: a folder for paid chunks that are not joined yet, shared by all workers; the user's own when None.
        make: makes the client at each worker; by default one from its environment.
    """

    language: str | None = None
    words: bool = False

    def __call__(self, job: Job) -> Result:
        """Do one job."""
        return self._called("transcribe", job, {"language": self.language, "words": self.words})


@frozen(kw_only=True)
class Translate(_Recognise):
    """Write down the speech of each recording in English; see `Transcribe`."""

    def __call__(self, job: Job) -> Result:
        """Do one job."""
        return self._called("translate", job, {})


@frozen(kw_only=True)
class Speak:
    """Speak each text file into an audio file.

    Args:
        to: the folder of the results: a path, or an address such as ``s3://bucket/texts`` (extra `remote`).
        voice: the voice.
        format: what to write, such as ``mp3``.
        model: the model; the client's own when None.
        speed: the speaking rate; 1 is normal.
        instructions: how to speak, in words.
        timeout: seconds that one text may take; None for no limit.
        state: a folder for paid chunks that are not joined yet, shared by all workers; the user's own when None.
        make: makes the client at each worker; by default one from its environment.
    """

    to: Path | str = field(converter=folder_of)
    voice: str
    format: str = "mp3"
    model: str | None = None
    speed: float | None = None
    instructions: str | None = None
    timeout: float | None = None
    state: Path | None = field(default=None, repr=False)
    make: Make = field(default=tonearm.OpenAI, repr=False)

    def __call__(self, job: Job) -> Result:
        """Do one job."""
        place = place_in(self.to, f"{job.output or path_of(job.input).stem}.{self.format}")
        fixed = {"voice": self.voice, "model": self.model, "speed": self.speed, "instructions": self.instructions}
        client = client_of(self.make, job.server).with_options(deadline=self.timeout)
        options, text = options_of(fixed, job), _text(job.input, self.timeout)
        size = written(
            self.state,
            job,
            {"text": text, **options},
            place,
            lambda path: client.speak(text, path, state=kept(self.state, job), **options),
        )
        return Result((place,), bytes=size)

    def price(self, job: Job) -> float | None:
        """USD that a job will probably cost; None where the price is unknown."""
        model = job.options.get("model", self.model)
        characters = len(_text(job.input, self.timeout))
        estimated: float | None = client_of(self.make, job.server).estimate(model=model, characters=characters).price
        return estimated


@frozen(kw_only=True)
class Upload:
    """Upload each recording to AIOZ Stream; the ledger keeps the ids.

    Args:
        preset: what to transcode each into.
        tags: the tags of each.
        public: whether each is public; the default of the service when None.
        timeout: seconds that one upload may take; None for no limit.
        make: makes the client at each worker; by default one from its environment.
    """

    preset: str | None = None
    tags: tuple[str, ...] | None = None
    public: bool | None = None
    timeout: float | None = None
    make: Make = field(default=tonearm.Aioz, repr=False)

    def __call__(self, job: Job) -> Result:
        """Do one job; an interrupted upload is resumed, and a complete one is not repeated."""
        client = client_of(self.make, job.server).with_options(deadline=self.timeout)
        fixed = {"title": path_of(job.input).stem, "preset": self.preset, "tags": self.tags, "is_public": self.public}
        return uploaded(client, job, options_of(fixed, job), self.timeout)


def _text(path: str, timeout: float | None) -> str:
    with opened(path, timeout) as given, open_source(given.source, None) as source:
        return source.read_at(0, source.size).decode("utf-8-sig")
