"""What can be asked of a recipe, beside the recording itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import TypedDict

from .. import Progress


class PublishOptions(TypedDict, total=False):
    """What can be said of a recording that is published; what is left out or None is not sent."""

    title: str | None
    """1 to 255 characters; the file's name when None."""
    description: str | None
    """At most 1000 characters."""
    tags: Sequence[str] | None
    """At most 50, each of at most 255 characters."""
    metadata: Mapping[str, str] | None
    """At most 50 pairs, each key and value of at most 255 characters."""
    is_public: bool | None
    """Whether anyone may play it; a feed names what is public only."""
    preset: str | Sequence[str] | None
    """What it is transcoded into, one quality or several by name; the service chooses when None."""
    workers: int
    """How many parts of the file are sent at a time, 1 to 5; 1 when left out."""
    language: str | None
    """The spoken language (BCP 47, such as ``en`` or ``pt-BR``), in which captions and chapters are stored; needed for
    both."""
    model: str | None
    """Name of the model that transcribes; else the client's `transcription_model`."""
    prompt: str | None
    """Text before this recording, or words to expect, for the transcription."""
    chapters: str | PathLike[str] | bytes | None
    """A WebVTT file with one cue for each chapter: its path, or its bytes."""
    cover: str | PathLike[str] | bytes | None
    """A PNG or JPEG file of at most 10 MiB: its path, or its bytes."""
    playlist: str | None
    """The id of a playlist, at the end of which the object is put."""
    max_price: float | None
    """The highest price in US dollars of transcoding and transcription together; both are looked up before anything is
    made (extra `media`). Needs `preset`. Where the price of the transcription is not known, a warning says so, and the
    limit is that of the transcoding. Within what is left of it, the transcription asks once more for what an answer
    leaves out."""
    timeout: float | None
    """The most seconds to wait for the transcoding; None for no limit."""
    state: str | PathLike[str] | None
    """The file that records which steps are done; when None, one in the folder for state, named after the account and
    the recording. It stays when everything is done, so that the same call for the same bytes returns what it has
    published."""
    again: bool
    """Whether to publish the recording as a new object although it was published before; False when left out."""
    on_progress: Callable[[Progress], None] | None
    """Called with the progress: the steps (phase ``publish``), the bytes of the upload, and the transcription."""


class FeedOptions(TypedDict, total=False):
    """What a feed says of its podcast; what is left out or None is not in it."""

    title: str | None
    """The name of the podcast; that of the playlist when None."""
    link: str | None
    """The podcast's web page; that which plays the playlist when None."""
    description: str | None
    """What the podcast is about; its name when None, as every feed has a description."""
    language: str | None
    """The language of the podcast (such as ``en``)."""
    author: str | None
    """Who makes it."""
    email: str | None
    """The address of its owner, which directories write to; anyone can read it in the feed."""
    category: str | None
    """A category of Apple Podcasts, such as ``Technology``."""
    explicit: bool
    """Whether it is not for children; False when left out."""
    image: str | None
    """The address of its cover picture; that of the playlist when None."""
    url: str | None
    """The address at which the feed will be; the podcast's id is made of it."""
