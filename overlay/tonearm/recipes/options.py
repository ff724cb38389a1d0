"""The options of the recipes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import TypedDict

from .. import Progress


class PublishOptions(TypedDict, total=False):
    """The options of a publication; an option that is left out or None is not sent."""

    title: str | None
    """1 to 255 characters; the file's name when None."""
    description: str | None
    """At most 1000 characters."""
    tags: Sequence[str] | None
    """At most 50, each of at most 255 characters."""
    metadata: Mapping[str, str] | None
    """At most 50 pairs, each key and value of at most 255 characters."""
    is_public: bool | None
    """Whether anyone may play it; a feed has only public objects."""
    preset: str | Sequence[str] | None
    """The qualities to transcode it into, one or several by name; the service chooses when None."""
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
    """The id of a playlist to which the object is appended."""
    max_price: float | None
    """The highest price in US dollars of transcoding and transcription together; both are checked before anything is
    created (extra `media`). Needs `preset`. If the price of the transcription is unknown, a warning says so, and the
    limit holds for the transcoding alone. If the limit leaves room, a part that the transcript lacks is sent again."""
    timeout: float | None
    """The most seconds to wait for the transcoding; None for no limit."""
    state: str | PathLike[str] | None
    """The file that records which steps are done; when None, one in the folder for state, named after the account and
    the recording. It stays when everything is done, so that the same call for the same bytes returns the same
    object."""
    again: bool
    """Whether to publish the recording as a new object, although it is published already; False when left out."""
    on_progress: Callable[[Progress], None] | None
    """Called with the progress: the steps (phase ``publish``), the bytes of the upload, and the transcription."""


class FeedOptions(TypedDict, total=False):
    """The options of a feed; an option that is left out or None is not in it."""

    title: str | None
    """The name of the podcast; that of the playlist when None."""
    link: str | None
    """The podcast's web page; when None, the page that plays the playlist."""
    description: str | None
    """The description of the podcast, which every feed must have; its name when None."""
    language: str | None
    """The language of the podcast (such as ``en``)."""
    author: str | None
    """The author of the podcast."""
    email: str | None
    """The e-mail address of its owner, for directories; anyone can read it in the feed."""
    category: str | None
    """A category of Apple Podcasts, such as ``Technology``."""
    explicit: bool
    """Whether it is not for children; False when left out."""
    image: str | None
    """The address of its cover picture; that of the playlist when None."""
    url: str | None
    """The address of the feed itself; the id of the podcast is made from it."""
