"""A feed, and the objects that could not be in it."""

from __future__ import annotations

from urllib.parse import urlsplit

from attrs import field, frozen

import tonearm

from .. import Answer, BadRequest, Forbidden, InvalidInput, NotFound, Unauthorized, UnexpectedAnswer
from .options import FeedOptions

refusal = (BadRequest, Forbidden, InvalidInput, NotFound, Unauthorized, UnexpectedAnswer)
"""Errors of a file that is not public."""

_WEB = ("http", "https")


@frozen(repr=False)
class Skipped(Answer):
    """An object that is not in a feed.

    Attributes:
        media_id: its id.
        title: its title.
        reason: why it is not in the feed.
    """

    media_id: str | None
    title: str | None
    reason: str


@frozen(repr=False)
class Feed(Answer):
    """A feed.

    Attributes:
        xml: the RSS document.
        episodes: the objects in the feed, in the order of the playlist.
        skipped: the other objects.
    """

    xml: str = field(repr=False)
    episodes: tuple[tonearm.aioz.Media, ...]
    skipped: tuple[Skipped, ...]


def checked(options: FeedOptions) -> FeedOptions:
    """The same options, checked.

    Raises:
        InvalidInput: one is unknown or invalid.
    """
    for name, value in options.items():
        if name not in FeedOptions.__optional_keys__:
            raise InvalidInput.of("option", name, f"one of {', '.join(sorted(FeedOptions.__optional_keys__))}")
        if name != "explicit" and not (value is None or isinstance(value, str)):
            raise InvalidInput.of(name, value, "text")
        if name in ("link", "url", "image") and value is not None and not _is_web(str(value)):
            raise InvalidInput.of(name, value, "an address that begins with https:// or http://")
    return options


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in _WEB
    except ValueError:
        return False
