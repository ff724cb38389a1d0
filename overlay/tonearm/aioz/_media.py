"""Plans of more than one request for one object: send a part, complete, wait, update, delete."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from .._base.validate import whole
from .._engine import Plan, Policy, Sleep, Work, deleted, rest
from .._files import Source, SourceLike
from ..errors import (
    ConnectionFailed,
    Forbidden,
    InvalidInput,
    RateLimited,
    ServiceFailed,
    StatusError,
    TranscodeFailed,
)
from . import _operations as calls
from .media import Media

LARGEST_PART = 200_000_000
"""Bytes. (AIOZ Audio document, "Upload audio part", speaks of chunks of 50 MB to 200 MB.)"""

_FIRST_POLL = 0.5
_LONGEST_POLL = 10.0


def upload_part(id: str, part: SourceLike, *, index: int, start: int, total: int, md5: str | None) -> Plan[None]:
    """Send all bytes of `part` as one part."""
    whole(index, "index")
    whole(start, "start")
    opened = yield from Work(partial(Source.open, part), undo=Source.close)
    with opened:
        if opened.size > LARGEST_PART:
            raise InvalidInput(
                f"a part must be at most {LARGEST_PART} bytes, not {opened.size}",
                argument="part",
                value=opened.size,
                expected=f"at most {LARGEST_PART} bytes",
            )
        whole(total, "total", least=start + opened.size)
        window = opened.window()
        digest = (yield from Work(window.md5)) if md5 is None else _digest(md5)
        yield from calls.objects.upload_part(id, window, index=index, start=start, total=total, md5=digest)


def _digest(md5: str) -> str:
    if re.fullmatch("[0-9a-fA-F]{32}", md5) is None:
        raise InvalidInput.of("md5", md5, "32 hexadecimal digits")
    return md5.lower()


def complete(id: str) -> Plan[None]:
    """Complete an upload.

    The request is retried only after a 429, when the object shows that it was not accepted. After a failure with an
    unknown outcome the object shows whether the request was accepted.
    """
    policy = yield from Policy()
    attempt = 0
    while True:
        attempt += 1
        try:
            return (yield from calls.objects.complete(id))
        except (ConnectionFailed, ServiceFailed, RateLimited) as error:
            error.attempts = attempt
            pause = policy.after(error, attempt, "unsent") if isinstance(error, RateLimited) else None
            if isinstance(error, RateLimited):
                if pause is None:
                    raise
                yield from rest(pause, error)
            elif isinstance(error, ConnectionFailed) and not error.sent:
                raise
            if (yield from _accepted(id, error)):
                return None
            if pause is None:
                raise


def _accepted(id: str, error: ConnectionFailed | StatusError) -> Plan[bool]:
    """Whether an object shows that its upload was completed, after the request has failed."""
    try:
        media = yield from calls.objects.get(id)
    except Forbidden:
        raise error from None  # a key that may only upload cannot read the object
    return media.status not in (None, "", "new", "deleted")


def read(id: str) -> Plan[Media]:
    """Read an object, and add a note to a refusal: a key that may only upload cannot read."""
    try:
        return (yield from calls.objects.get(id))
    except Forbidden as error:
        error.add_note(f"a key that may only upload cannot read the object {id}")
        raise


def wait(id: str, on_change: Callable[[Media], None] | None) -> Plan[Media]:
    """Poll until the object is done."""
    pause, seen = _FIRST_POLL, None
    while True:
        media = yield from read(id)
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


def update(id: str, change: calls.objects.Change) -> Plan[Media]:
    """Change an object, and read it again, as the response does not contain it."""
    yield from calls.objects.update(id, change)
    return (yield from calls.objects.get(id))


def delete(id: str, missing_ok: bool) -> Plan[None]:
    """Delete an object; with `missing_ok` a missing object is no error."""
    return deleted(calls.objects.delete(id), missing_ok=missing_ok)
