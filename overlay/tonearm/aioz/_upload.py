"""The plans that are made of several calls: upload, wait, update, delete."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from attrs import frozen

from .._checks import whole
from .._files import Source, SourceLike
from .._plan import Plan, Sleep, Work
from ..errors import (
    ConnectionFailed,
    InvalidInput,
    NotFound,
    ServiceFailed,
    SourceChanged,
    StatusError,
    TranscodeFailed,
    UploadInterrupted,
)
from ..progress import Meter, OnProgress
from . import _calls
from .presets import Preset
from .presets import qualities as of_preset
from .types import Media, QualityConfig

logger = logging.getLogger("tonearm")

DEFAULT_PART = 52_428_800
LARGEST_PART = 200_000_000
"""Bytes. (AIOZ Audio document, "Upload audio part", speaks of chunks of 50 MB to 200 MB.)"""

_SMALL_PART = 50_000_000

_FIRST_POLL = 0.5
_LONGEST_POLL = 10.0


@frozen(kw_only=True)
class Upload:
    """What an upload was asked to do."""

    title: str | None
    qualities: Sequence[QualityConfig] | None
    description: str | None
    tags: Sequence[str] | None
    metadata: Mapping[str, str] | None
    is_public: bool | None
    part_size: int
    first_index: int
    wait: bool
    report: OnProgress | None


def chosen(preset: Preset | None, qualities: Sequence[QualityConfig] | None) -> Sequence[QualityConfig] | None:
    """The quality objects to send; None leaves the choice to the service."""
    if preset is not None and qualities is not None:
        raise InvalidInput("give preset= or qualities=, not both")
    return qualities if preset is None else of_preset(preset)


def upload(source: SourceLike, ask: Upload) -> Plan[Media]:
    """Create an object, send the source part by part, complete it, and wait for it if asked."""
    whole(ask.part_size, "part_size", least=1, most=LARGEST_PART)
    whole(ask.first_index, "first_index", most=1)
    opened = yield from Work(partial(Source.open, source))
    with opened:
        title = ask.title or opened.name
        if not title:
            raise InvalidInput("title= is needed: the source has no name")
        media = yield from _calls.create(
            title,
            qualities=ask.qualities,
            description=ask.description,
            tags=ask.tags,
            metadata=ask.metadata,
            is_public=ask.is_public,
        )
        parts = -(-opened.size // ask.part_size)
        if parts > 1 and ask.part_size < _SMALL_PART:
            logger.warning("parts of %d bytes: the service documents no less than 50 MB", ask.part_size)
        meter = Meter("upload", opened.size, ask.report, parts)
        acknowledged = 0
        try:
            for part, start in enumerate(range(0, opened.size, ask.part_size)):
                length = min(ask.part_size, opened.size - start)
                yield from _send(opened, media.id, ask.first_index + part, start, length, meter, part + 1)
                acknowledged = start + length
            yield from Work(opened.verify)
        except (ConnectionFailed, StatusError) as error:
            reason = f"{error}; {acknowledged} of {opened.size} bytes were sent to {media.id}"
            raise UploadInterrupted(reason, done=acknowledged, total=opened.size, id=media.id) from error
        except SourceChanged as error:
            error.done = acknowledged
            raise
    yield from complete(media.id)
    return (yield from wait(media.id, None) if ask.wait else _calls.get(media.id))


def _send(source: Source, id: str, index: int, start: int, length: int, meter: Meter, number: int) -> Plan[None]:
    window = source.window(start, length)
    md5 = yield from Work(window.md5)

    def sent(done: int) -> None:
        meter.at(start + min(done, length - 1), number)

    yield from _calls.upload_part(id, window, index=index, start=start, total=source.size, md5=md5, sent=sent)
    meter.at(start + length, number)


def upload_part(id: str, part: SourceLike, *, index: int, start: int, total: int, md5: str | None) -> Plan[None]:
    """Send one part whose bytes are all of `part`."""
    whole(index, "index")
    whole(start, "start")
    opened = yield from Work(partial(Source.open, part))
    with opened:
        if opened.size > LARGEST_PART:
            raise InvalidInput(f"a part must be at most {LARGEST_PART} bytes, not {opened.size}")
        whole(total, "total", least=start + opened.size)
        window = opened.window()
        digest = (yield from Work(window.md5)) if md5 is None else _digest(md5)
        yield from _calls.upload_part(id, window, index=index, start=start, total=total, md5=digest)


def _digest(md5: str) -> str:
    if re.fullmatch("[0-9a-fA-F]{32}", md5) is None:
        raise InvalidInput(f"md5 must be 32 hexadecimal digits, not {md5!r}")
    return md5.lower()


def complete(id: str) -> Plan[None]:
    """End an upload. After an unclear failure the object tells whether it was accepted; it is never sent twice."""
    try:
        yield from _calls.complete(id)
    except (ConnectionFailed, ServiceFailed) as error:
        if isinstance(error, ConnectionFailed) and not error.sent:
            raise
        media = yield from _calls.get(id)
        if media.status == "new":
            raise


def wait(id: str, on_change: Callable[[Media], None] | None) -> Plan[Media]:
    """Poll until the object is done."""
    pause, seen = _FIRST_POLL, None
    while True:
        media = yield from _calls.get(id)
        state = (media.status, media.qualities)
        if on_change is not None and state != seen:
            on_change(media)
        seen = state
        if media.status == "done":
            return media
        if media.status in ("fail", "deleted"):
            failed = [quality.name or "?" for quality in media.qualities if quality.status == "fail"]
            which = f" ({', '.join(failed)})" if failed else ""
            raise TranscodeFailed(f"{id} ended as {media.status}{which}", media=media)
        yield from Sleep(pause)
        pause = min(pause * 1.5, _LONGEST_POLL)


def update(
    id: str,
    *,
    title: str | None,
    description: str | None,
    tags: Sequence[str] | None,
    metadata: Mapping[str, str] | None,
    is_public: bool | None,
    player_theme_id: str | None,
) -> Plan[Media]:
    """Change an object and read it back: the answer to the change does not carry it."""
    yield from _calls.update(
        id,
        title=title,
        description=description,
        tags=tags,
        metadata=metadata,
        is_public=is_public,
        player_theme_id=player_theme_id,
    )
    return (yield from _calls.get(id))


def delete(id: str, missing_ok: bool) -> Plan[None]:
    """Delete an object; one that a repeated request no longer finds is deleted."""
    try:
        yield from _calls.delete(id)
    except NotFound as error:
        if not missing_ok and error.attempts == 1:
            raise
