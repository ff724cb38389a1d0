"""The feed of a podcast as RSS 2.0, with the elements of iTunes and of the podcast namespace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from attrs import frozen

import tonearm

from .._base.coerce import utc
from .options import FeedOptions

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACES = {"itunes": _ITUNES, "podcast": _PODCAST, "atom": _ATOM}
_FEEDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of the ids of feeds (podcast namespace, "guid")."""

_UNSUITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document can hold (XML 1.0, section 2.2)."""


@frozen
class Episode:
    """An object in a feed.

    Players load `file`; those with adaptive streaming prefer the HLS playlist `stream`.
    """

    media: tonearm.aioz.Media
    file: tonearm.aioz.PublicFile
    stream: tonearm.aioz.PublicFile | None = None


def written(playlist: tonearm.aioz.Playlist, episodes: Sequence[Episode], options: FeedOptions) -> str:
    """Write a feed; characters that XML cannot hold become U+FFFD."""
    for prefix, uri in _NAMESPACES.items():
        ET.register_namespace(prefix, uri)
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    name = options.get("title") or playlist.name or playlist.id
    link = options.get("link") or playlist.url
    _add(channel, "title", name)
    _add(channel, "link", link or "")
    _add(channel, "description", options.get("description") or name)
    _add(channel, "language", options.get("language"))
    _add(channel, "generator", f"tonearm {tonearm.__version__}")
    dates = [date for episode in episodes if (date := utc(episode.media.created_at)) is not None]
    _add(channel, "pubDate", _date(max(dates, default=None)))
    if url := options.get("url"):
        _add(channel, _name(_ATOM, "link"), None, href=url, rel="self", type="application/rss+xml")
        _add(channel, _name(_PODCAST, "guid"), str(uuid5(_FEEDS, re.sub(r"^[a-z]+://|/+$", "", url))))
    _add(channel, _name(_PODCAST, "medium"), "podcast")
    _add(channel, _name(_ITUNES, "author"), options.get("author"))
    _add(channel, _name(_ITUNES, "explicit"), "true" if options.get("explicit") else "false")
    _add(channel, _name(_ITUNES, "type"), "episodic")
    if category := options.get("category"):
        _add(channel, _name(_ITUNES, "category"), None, text=category)
    if email := options.get("email"):
        owner = _add(channel, _name(_ITUNES, "owner"), "")
        _add(owner, _name(_ITUNES, "name"), options.get("author"))
        _add(owner, _name(_ITUNES, "email"), email)
    if image := options.get("image") or playlist.thumbnail_url:
        _add(channel, _name(_ITUNES, "image"), None, href=image)
        picture = _add(channel, "image", "")
        for tag, text in (("url", image), ("title", name), ("link", link or "")):
            _add(picture, tag, text)
    for episode in episodes:
        _item(channel, episode)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _item(channel: ET.Element, episode: Episode) -> None:
    media, file = episode.media, episode.file
    item = _add(channel, "item", "")
    _add(item, "title", media.title or media.id)
    _add(item, "guid", media.id, isPermaLink="false")
    _add(item, "pubDate", _date(media.created_at))
    _add(item, "description", media.description)
    _add(item, "link", media.assets.hls_player_url or media.assets.dash_player_url)
    _add(item, "enclosure", None, url=file.url, length=str(file.size or 0), type=file.content_type)
    if media.duration:
        _add(item, _name(_ITUNES, "duration"), str(round(media.duration)))
    if media.assets.thumbnail_url:
        _add(item, _name(_ITUNES, "image"), None, href=media.assets.thumbnail_url)
    for tag in media.tags:
        _add(item, "category", tag)
    if episode.stream is not None:
        other = _add(item, _name(_PODCAST, "alternateEnclosure"), "", type=episode.stream.content_type)
        _add(other, _name(_PODCAST, "source"), None, uri=episode.stream.url)
    for track in media.captions:
        if track.url:
            language = {"language": track.language} if track.language else {}
            _add(item, _name(_PODCAST, "transcript"), None, url=track.url, type="text/vtt", rel="captions", **language)
    for track in media.chapters[:1]:  # an item has one
        if track.url:
            _add(item, _name(_PODCAST, "chapters"), None, url=track.url, type="text/vtt")


def _name(namespace: str, tag: str) -> str:
    return f"{{{namespace}}}{tag}"


def _add(parent: ET.Element, tag: str, content: str | None, **attributes: str) -> ET.Element:
    """Add an element, unless it has neither text nor attributes."""
    element = ET.Element(tag, {name: _suitable(value) for name, value in attributes.items()})
    element.text = None if content is None else _suitable(content)
    if content is not None or attributes:
        parent.append(element)
    return element


def _suitable(text: str) -> str:
    return _UNSUITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _date(moment: datetime | None) -> str | None:
    """A time in the form of RFC 2822."""
    time = utc(moment)
    return None if time is None else format_datetime(time, usegmt=True)
