"""The plans of a whole upload: from the start, and from where an earlier one stopped."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from attrs import evolve, frozen

from .._base.resuming import keeps
from .._base.validate import whole
from .._engine import Plan, Work
from .._files import Source, SourceLike, Spool, StateLog, is_stream, is_web, sendable
from .._transfer import open_input
from ..errors import (
    Forbidden,
    InvalidInput,
    ServiceFailed,
    SourceChanged,
    StatusError,
    TooLarge,
    UploadInterrupted,
)
from ..progress import OnProgress, Progress
from . import _media
from ._credentials import Account
from ._finish import finish, guarded
from ._job import Job, sample_of
from ._journal import Journal
from ._left import State, new_name, new_tag, reserve
from ._operations import objects
from ._parts import DEFAULT_PART
from ._price import check_price
from .media import TAG, Media

logger = logging.getLogger("tonearm")

_SMALL_PART = 50_000_000
_LEAST_PART = 64 * 1024
_MOST_WORKERS = 5


@frozen(kw_only=True)
class Upload(objects.Creation):
    """What an upload was asked to do; see UploadOptions."""

    title: str | None = None
    size: int | None = None
    part_size: int | Literal["auto"] = DEFAULT_PART
    workers: int = 1
    first_index: int = 1
    state: State = None
    max_price: float | None = None
    duration: float | None = None
    wait: bool = False
    on_progress: OnProgress | None = None
    on_create: Callable[[Media], object] | None = None


def upload(source: SourceLike, ask: Upload, account: Account) -> Plan[Media]:
    """Create an object, send the source part by part, complete it, and wait for it if asked."""
    if ask.part_size != "auto":
        whole(ask.part_size, "part_size", least=1, most=_media.LARGEST_PART)
    whole(ask.first_index, "first_index", most=1)
    whole(ask.workers, "workers", least=1, most=_MOST_WORKERS)
    stream = is_stream(source)
    if stream and ask.state:
        raise InvalidInput(
            "the upload of a stream cannot be resumed, so it has no use for state",
            argument="state",
            value=ask.state,
            expected="left out for a stream, whose upload cannot be resumed",
            hint="leave it out, or upload a file",
        )
    opened = yield from Work(partial(open_input, source, ask.size), undo=Source.close)
    with opened:
        if isinstance(opened, Spool) and ask.workers > 1:
            raise InvalidInput(
                "a stream whose size is known is sent by one worker",
                argument="workers",
                value=ask.workers,
                expected="1 for a stream of known size",
            )
        if isinstance(opened, Spool) and ask.part_size == "auto":
            raise InvalidInput.of("part_size", ask.part_size, "a number of bytes for a stream of known size")
        title = sendable(opened.name or "") if ask.title is None else ask.title
        if not title and ask.title is None:
            raise InvalidInput(
                "title is needed: the source has no name",
                argument="title",
                value=ask.title,
                expected="given, as the source has no name",
            )
        _creation(ask, title, None)
        if ask.max_price is not None:
            yield from check_price(ask.max_price, ask.renditions, ask.duration, opened)
        path = _place(source)
        job = Job(
            base_url=account.base_url,
            account=account.fingerprint,
            id="",
            title=title,
            path=path,
            mtime_ns=opened.modified if path else None,
            size=opened.size,
            part_size=min(DEFAULT_PART, opened.size) if ask.part_size == "auto" else ask.part_size,
            first_index=ask.first_index,
            workers=ask.workers,
        )
        if ask.part_size == "auto" and ask.on_progress is not None:
            ask = evolve(ask, on_progress=_rising(ask.on_progress))
        media = yield from _fitting(opened, job, ask, False if stream else ask.state)
    return (yield from _media.wait(media.id, None)) if ask.wait else media


def _place(source: SourceLike) -> str | None:
    """Where a source is, for its journal; None for what has no name that can be kept: a query may be signed."""
    if is_web(source):
        return source if "?" not in source else None
    return str(Path(source).absolute()) if isinstance(source, (str, os.PathLike)) else None


def _fitting(source: Source, job: Job, ask: Upload, state: State) -> Plan[Media]:
    """Upload; with "auto" again in parts of half the size, as a new object, while the service refuses a part."""
    while True:
        try:
            return (yield from _send(source, job, ask, state))
        except UploadInterrupted as error:
            smaller = job.part_size // 2
            if ask.part_size != "auto" or not isinstance(error.__cause__, TooLarge) or smaller < _LEAST_PART:
                raise
            logger.warning("parts of %d bytes are refused: uploading again in smaller ones", job.part_size)
            job = evolve(job, part_size=smaller)
            try:
                yield from _media.delete(error.id, missing_ok=True)
            except Forbidden:
                logger.warning("%s was created in vain, and this key cannot delete it", error.id)


def _rising(report: OnProgress) -> OnProgress:
    """The same, told only what is more than before, also where an upload began again."""
    highest = [-1]

    def rise(progress: Progress) -> None:
        if progress.done > highest[0]:
            highest[0] = progress.done
            report(progress)

    return rise


def _send(source: Source, job: Job, ask: Upload, state: State) -> Plan[Media]:
    """Upload in parts of one size."""
    log, tag = None, None
    if state is not False:
        tag = new_tag(ask.metadata, (yield from Work(new_name)))
        job = evolve(job, sample=(yield from Work(partial(sample_of, source))))
        log = yield from Work(partial(reserve, state, job, tag), undo=StateLog.remove)
    media = yield from _create(_creation(ask, job.title, tag), log, job.title)
    job = evolve(job, id=media.id)
    if job.count > 1 and job.part_size < _SMALL_PART:
        logger.warning("parts of %d bytes: the service documents no less than 50 MB", job.part_size)
    journal = yield from _begin(job, log)
    try:
        return (yield from guarded(journal, _announced(media, source, journal, ask)))
    except SourceChanged as error:
        if log is None:
            error.add_note(str(journal))
        raise
    except UploadInterrupted as error:
        if log is not None and ask.part_size == "auto" and isinstance(error.__cause__, TooLarge):
            log.remove()
        raise


def _announced(media: Media, source: Source, journal: Journal, ask: Upload) -> Plan[Media]:
    """Tell the caller of the object, which the journal has, and send the parts."""
    if ask.on_create is not None:
        ask.on_create(media)
    return (yield from finish(source, journal, ask.on_progress))


def _creation(ask: Upload, title: str, tag: str | None) -> Plan[Media]:
    return objects.create(title, ask if tag is None else evolve(ask, metadata={**(ask.metadata or {}), TAG: tag}))


def _create(creation: Plan[Media], log: StateLog | None, title: str) -> Plan[Media]:
    """Make the object. Unless it was surely not made, the journal stays, by which it is found again."""
    try:
        return (yield from creation)
    except BaseException as error:
        refused = isinstance(error, StatusError) and not isinstance(error, ServiceFailed)
        if refused or not getattr(error, "sent", True):
            if log is not None:
                log.remove()
            raise
        if log is not None:
            keeps(error)
            log.close()
        how = "look for it in the list" if log is None else f"resume the journal {str(log.path)!r}, which finds it"
        perhaps = f"an object with the title {title!r} may have been made all the same: {how}"
        logger.warning(perhaps)
        error.add_note(perhaps)
        raise


def _begin(job: Job, log: StateLog | None) -> Plan[Journal]:
    try:
        return (yield from Work(partial(Journal.begin, job, log), undo=Journal.close))
    except BaseException as error:
        if log is not None:
            log.close()
        error.add_note(f"{job.id} was made, and no part of it was sent")
        raise
