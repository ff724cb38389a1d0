"""Checks of values that the service would refuse, before anything is sent."""

from __future__ import annotations

from typing import Unpack

from .._base.validate import language_tag, named
from .._files import Source, SourceLike
from . import _tracks
from ._operations import objects
from .options import CreateOptions


def check_creation(title: str, **options: Unpack[CreateOptions]) -> None:
    """Check the title and options of a new object.

    Args:
        title: 1 to 255 characters.
        **options: see CreateOptions.

    Raises:
        InvalidInput: `create` and `upload` would refuse a value.
    """
    objects.create(title, objects.Creation(**named(options, CreateOptions)))


def check_track(language: str, source: SourceLike) -> None:
    """Check captions, a transcript or chapters.

    Args:
        language: their language (BCP 47).
        source: a WebVTT file: its path, its bytes, or a binary file.

    Raises:
        InvalidInput: the language is no BCP 47 tag, or the source no WebVTT file.
    """
    language_tag(language)
    with Source.open(source) as opened:
        _tracks.webvtt(opened)


def check_cover(source: SourceLike) -> None:
    """Check a cover picture.

    Args:
        source: a PNG or JPEG file of at most 10 MiB: its path, its bytes, or a binary file.

    Raises:
        InvalidInput: the source is neither.
    """
    with Source.open(source) as opened:
        _tracks.picture(opened)
