"""Journals of interrupted uploads: where they are kept, and how their objects are found after a crash."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Literal, TypeAlias

from .._base.answers import Answers
from .._base.coerce import utc
from .._base.validate import path as path_of
from .._engine import Plan, Work
from .._files import StateLog, is_web, kept_paths, state_folder, unwritable
from ..errors import ConnectionFailed, InvalidInput, StatusError, UnexpectedAnswer
from ._credentials import Account
from ._job import Intent, Job
from ._journal import Journal
from ._operations import objects, pages
from ._operations.bodies import MOST_PAIRS
from .media import TAG, Media, tag_of
from .types import Unfinished

logger = logging.getLogger("tonearm")

State: TypeAlias = "str | PathLike[str] | Literal[False] | None"
"""The place of a journal: a file, the state folder (None), or no journal (False)."""

_NAME = "aioz-upload-{}.jsonl"
_ELSEWHERE = "name another state file, or give state=False to upload without a journal"
_IN_FLIGHT = 3600.0
"""Seconds after which a request to create an object can no longer succeed."""


def new_name() -> str:
    """A unique name."""
    return secrets.token_hex(8)


def new_tag(metadata: Mapping[str, str] | None, name: str) -> str | None:
    """The tag of a new upload; None if the caller's own metadata leave no room for it."""
    return name if metadata is None or len(metadata.keys() - {TAG}) < MOST_PAIRS else None


def reserve(state: str | PathLike[str] | None, job: Job, tag: str | None) -> StateLog:
    """Create the journal of a new upload, and record its intent.

    Raises:
        InvalidInput: it cannot be created or written; the hint says how to upload without it.
    """
    given = None if state is None else path_of(state, "state")
    try:
        place = given or state_folder() / _NAME.format(f"{time.time_ns()}-{secrets.token_hex(4)}")
        log = StateLog.make(place)
    except InvalidInput as error:
        if given is not None and given.is_file():
            raise
        raise InvalidInput(
            error.reason, argument="state", value=error.value, expected=error.expected, hint=_ELSEWHERE
        ) from error
    intent = Intent(job=job, tag=tag, time=time.time())
    try:
        log.append(intent.line())
    except OSError as error:
        log.remove()
        raise unwritable(log.path, error, state=True, hint=_ELSEWHERE) from error
    return log


def unfinished(account: Account, search: bool) -> Plan[Answers[Unfinished]]:
    """List the interrupted uploads of an account, and look for the objects that were being created.

    Raises:
        InvalidInput: the state folder cannot be read.
    """
    intents = (yield from Work(partial(_pending, account))) if search else ()
    settled = False
    if intents:
        try:
            matched = yield from _objects(intents)
        except (ConnectionFailed, StatusError, UnexpectedAnswer) as error:
            logger.warning("whether interrupted uploads have made an object is unknown: %s", error)
        else:
            yield from Work(partial(_settle, account, matched))
            settled = True
    return (yield from Work(partial(_list, account, settled=settled)))


def find(journal: Journal) -> Plan[None]:
    """Find the object that was being created when the process of a journal ended, and record it.

    Raises:
        InvalidInput: the service has no such object.
    """
    intent = journal.pending
    if intent is None:
        return
    media = (yield from _objects((intent,))).get(intent)
    if media is None:
        raise InvalidInput(
            f"no object was made for {str(journal.state)!r}",
            argument="state",
            value=journal.state,
            expected="the journal of an upload whose object was made",
            hint=f"remove it, and upload {intent.job.title!r} again",
        )
    yield from Work(partial(journal.adopt, intent.made(media)))


def forgotten(state: str | PathLike[str], account: Account) -> Plan[Unfinished]:
    """Remove a journal, and return what it recorded.

    Raises:
        MissingFile: the file does not exist.
        InvalidInput: the file is in use, or is no journal of this account.
    """
    return (yield from Work(partial(_forget, state, account)))


def _forget(state: str | PathLike[str], account: Account) -> Unfinished:
    journal = Journal.take_up(state, account)
    left = _left(journal)
    journal.remove()
    return left


def _objects(intents: Sequence[Intent]) -> Plan[dict[Intent, Media]]:
    """The objects of intents, from the account's list, newest first."""
    matched: dict[Intent, Media] = {}
    oldest = datetime.fromtimestamp(min(intent.time for intent in intents) - 24 * _IN_FLIGHT, UTC)
    rows = pages.Rows()
    offset: int | None = 0
    while offset is not None and len(matched) < len(intents):
        page = yield from objects.page(objects.Listing(offset=offset, limit=100, order_by="desc"))
        for media in page.items:
            matched |= {intent: media for intent in intents if intent not in matched and _made_for(intent, media)}
        old = [(made := utc(media.created_at)) is not None and made < oldest for media in page.items]
        offset = None if all(old) or not rows.new(page.items) else page.next_offset
    return matched


def _made_for(intent: Intent, media: Media) -> bool:
    """Whether an object belongs to an intent: by its tag, or without a tag by its title, its age and its status."""
    if intent.tag is not None:
        return tag_of(media) == intent.tag
    made = utc(media.created_at)
    near = made is None or abs(made.timestamp() - intent.time) < _IN_FLIGHT
    return near and media.title == intent.job.title and media.status == "new" and tag_of(media) is None


def _journals(account: Account, *, share: bool) -> Iterator[Journal]:
    """The journals in the state folder that are not in use, oldest first; each is open until the next."""
    for path in kept_paths(_NAME.format("*")):
        try:
            with closing(StateLog.take_up(path, share=share)) as log:
                if log.lines():
                    yield Journal.read(log, account)
                else:
                    log.remove()  # a crash before anything was recorded
        except InvalidInput:
            continue


def _pending(account: Account) -> tuple[Intent, ...]:
    return tuple(journal.pending for journal in _journals(account, share=True) if journal.pending)


def _settle(account: Account, matched: Mapping[Intent, Media]) -> None:
    """Record the objects that were found, and remove journals whose objects were never created."""
    for journal in _journals(account, share=False):
        intent = journal.pending
        if intent is None:
            continue
        if intent in matched:
            journal.adopt(intent.made(matched[intent]))
        elif time.time() - intent.time > _IN_FLIGHT:
            journal.remove()


def _list(account: Account, *, settled: bool) -> Answers[Unfinished]:
    return Answers(_left(journal) for journal in _journals(account, share=True) if not (settled and journal.pending))


def _left(journal: Journal) -> Unfinished:
    job = journal.job
    source = None if job.path is None or is_web(job.path) else Path(job.path)
    assert journal.state is not None  # the journal was read from a file
    return Unfinished(journal.state, job.id or None, job.title, source, job.size, journal.sent)
