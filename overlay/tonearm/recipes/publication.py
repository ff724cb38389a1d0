"""A publication: the recording and its options, all checked before anything is sent."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias, Unpack, cast

from attrs import evolve, field, frozen

import tonearm

from .. import Answer, InvalidInput, Progress
from .._audio import duration_of
from .._base import validate
from .._files import Source
from .options import PublishOptions

logger = logging.getLogger("tonearm")

Step: TypeAlias = Literal["upload", "transcode", "transcribe", "captions", "chapters", "cover", "playlist"]

_SAMPLE = 64 * 1024
"""Bytes at each end of a recording by which it is recognised."""


@frozen(repr=False)
class Published(Answer):
    """A published recording.

    Attributes:
        media: the object, transcoded, with its captions and chapters.
        captions: its captions, as the text of a WebVTT file; None without a transcriber.
        playlist: the playlist with the object; None without one.
        was_there: whether an earlier call had published it, so that this one had nothing to do.
    """

    media: tonearm.aioz.Media
    captions: str | None = field(default=None, repr=False)
    playlist: tonearm.aioz.Playlist | None = None
    was_there: bool = False


@frozen(kw_only=True)
class Publication:
    """A recording with its options; see PublishOptions. `chapters` and `cover` are the bytes of the files."""

    path: Path
    size: int
    sample: str
    transcribed: bool
    title: str
    description: str | None = None
    tags: Sequence[str] | None = None
    metadata: Mapping[str, str] | None = None
    is_public: bool | None = None
    preset: Any = None
    workers: int = 1
    language: str | None = None
    model: str | None = None
    prompt: str | None = None
    chapters: bytes | None = field(default=None, repr=False)
    cover: bytes | None = field(default=None, repr=False)
    playlist: str | None = None
    max_price: float | None = None
    timeout: float | None = None
    state: Path | None = None
    again: bool = False
    on_progress: Callable[[Progress], None] | None = None

    @classmethod
    def of(cls, source: str | PathLike[str], transcribed: bool, options: PublishOptions) -> Self:
        """Read the files, and check all options.

        Raises:
            InvalidInput: an option is invalid.
        """
        if not isinstance(source, (str, PathLike)):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
            raise InvalidInput.of("source", source, "the path of a recording")
        given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
        for name, check in (("chapters", partial(_track, given.get("language"))), ("cover", tonearm.aioz.check_cover)):
            if name in given:
                given[name] = _content(name, given[name], check)
        path = Path(source).absolute()
        with Source.open(path) as opened:
            size, sample = opened.size, _sample(opened)
        if "state" in given:
            given["state"] = Path(given["state"])
        title: Any = given.pop("title", path.name)
        publication = cls(path=path, size=size, sample=sample, transcribed=transcribed, title=title, **given)
        publication._check()
        return publication

    def _check(self) -> None:
        tonearm.aioz.check_creation(self.title, **cast("Any", self.object_options))
        if self.transcribed or self.chapters is not None:
            _track(self.language, b"WEBVTT\n")
        if self.workers not in range(1, 6):
            raise InvalidInput.of("workers", self.workers, "a whole number from 1 to 5")
        for name, number in (("max_price", self.max_price), ("timeout", self.timeout)):
            if number is not None and not (isinstance(number, (int, float)) and number >= 0):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
                raise InvalidInput.of(name, number, "a number, 0 or more")
        if self.max_price is not None and self.preset is None:
            raise InvalidInput.of("preset", None, "given with max_price: the service's choice has no known price")
        if self.playlist == "":
            raise InvalidInput.of("playlist", self.playlist, "the id of a playlist")
        validate.flag(self.again, "again")
        if self.on_progress is not None and not callable(self.on_progress):
            raise InvalidInput.of("on_progress", self.on_progress, "a function")

    @property
    def object_options(self) -> dict[str, Any]:
        """The options with which the object is created, beside its title."""
        names = ("description", "tags", "metadata", "is_public", "preset")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    @property
    def steps(self) -> Sequence[Step]:
        """The steps, in their order."""
        needed: Mapping[Step, bool] = {
            "upload": True,
            "transcode": True,
            "transcribe": self.transcribed,
            "captions": self.transcribed,
            "chapters": self.chapters is not None,
            "cover": self.cover is not None,
            "playlist": self.playlist is not None,
        }
        return [step for step, is_needed in needed.items() if is_needed]

    def identity(self, fingerprint: str) -> str:
        """The key of the record of this recording: a hash of the account and of the file's path, size and ends."""
        return digest(fingerprint, str(self.path), self.size, self.sample)

    def arguments_of(self, step: Step) -> str:
        """A hash of the arguments of a step: if it was done with others, it does not count as done."""
        depends: Mapping[Step, tuple[object, ...]] = {
            "upload": (self.title, self.object_options),
            "transcode": (),
            "transcribe": (self.model, self.language, self.prompt),
            "captions": (self.language,),
            "chapters": (self.language, (self.chapters or b"").hex()),
            "cover": ((self.cover or b"").hex(),),
            "playlist": (self.playlist,),
        }
        return digest(*depends[step])

    @property
    def iso_language(self) -> str | None:
        """The language for servers that transcribe (ISO 639-1)."""
        return None if self.language is None else self.language.partition("-")[0].lower()

    def sha256(self) -> str:
        """The hash of the recording."""
        digest = hashlib.sha256()
        with Source.open(self.path) as opened:
            for block in opened.window().blocks():
                digest.update(block)
        return digest.hexdigest()

    def seconds(self) -> float:
        """The length of the recording in seconds."""
        with Source.open(self.path) as opened:
            return duration_of(opened)

    def check_price(self, transcoding: tonearm.aioz.Cost, transcription: float | None) -> None:
        """Compare the prices with `max_price`.

        Raises:
            InvalidInput: they are higher, or the account's balance does not cover the transcoding.
        """
        if self.max_price is None:
            return
        if transcription is None:
            logger.warning("the price of the transcription is not known: max_price is that of the transcoding alone")
        price = transcoding.price + (transcription or 0.0)
        if price > self.max_price:
            raise InvalidInput(
                f"this would cost {price} USD ({transcoding.price} for the transcoding), and max_price is"
                f" {self.max_price}",
                argument="max_price",
                value=self.max_price,
                expected=f"at least {price} USD, which this would cost",
                hint="choose a cheaper preset or model, or permit a higher price",
            )
        if transcoding.is_enough is False:
            raise InvalidInput(
                f"the transcoding would cost {transcoding.price} USD, and the account's balance does not cover it",
                expected="covered by the balance of the account",
                hint="add to the balance of the account",
            )

    def allowance(self, transcoding: tonearm.aioz.Cost, transcription: float) -> float:
        """What `max_price` leaves for the transcription, in USD: at least its price if it allows both together."""
        most = self.max_price or 0.0
        left = max(0.0, most - transcoding.price)
        return left if transcoding.price + transcription > most else max(left, transcription)

    def transcription_progress(self) -> Callable[[Progress], None] | None:
        """The callback for the progress of the transcription, whose upload becomes phase `send`."""
        on_progress = self.on_progress
        if on_progress is None:
            return None
        return lambda progress: on_progress(evolve(progress, phase="send") if progress.phase == "upload" else progress)


def digest(*parts: object) -> str:
    """A hash of plain values, the same in every process."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _sample(source: Source) -> str:
    count = min(_SAMPLE, source.size)
    return hashlib.sha256(source.read_at(0, count) + source.read_at(source.size - count, count)).hexdigest()


def _track(language: str | None, source: str | PathLike[str] | bytes) -> None:
    if language is None:
        raise InvalidInput.of("language", None, "given: captions and chapters are stored by language")
    tonearm.aioz.check_track(language, source)


def _content(name: str, source: Any, check: Callable[[Any], None]) -> bytes:
    """The bytes of a file, checked; an error names the option."""
    try:
        check(source)
        with Source.open(source) as opened:
            return opened.read_at(0, opened.size)
    except InvalidInput as error:
        if error.argument == "source":
            error.argument = name
        raise


def publish_steps(
    source: str | PathLike[str], *, transcribed: bool = False, **options: Unpack[PublishOptions]
) -> Sequence[Step]:
    """List the steps that `publish` would take, in their order; nothing is sent or written.

    Args:
        source: the path of the recording.
        transcribed: whether a transcriber would be passed.
        **options: see PublishOptions.

    Raises:
        InvalidInput: `publish` would refuse an argument.
    """
    return Publication.of(source, transcribed, options).steps
