"""The plan of a whole upload."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from attrs import evolve, frozen

from .. import _transfer  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.resuming import keeps
from .._base.validate import whole
from .._engine import Plan, Work
from .._files import Source, SourceLike, Spool, StateLog, is_stream, is_web, sendable
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
    """The options of an upload; see UploadOptions."""

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


def upload(source: SourceLike, options: Upload, account: Account) -> Plan[Media]:
    """Create an object, send the source in parts, complete the object, and with `wait` wait for it."""
    if options.part_size != "auto":
        whole(options.part_size, "part_size", least=1, most=_media.LARGEST_PART)
    whole(options.first_index, "first_index", most=1)
    whole(options.workers, "workers", least=1, most=_MOST_WORKERS)
    stream = is_stream(source)
    if stream and options.state:
        raise InvalidInput(
            "the upload of a stream cannot be resumed, so it has no use for state",
            argument="state",
            value=options.state,
            expected="left out for a stream, whose upload cannot be resumed",
            hint="leave it out, or upload a file",
        )
    opened = yield from Work(partial(_transfer.open_input, source, options.size), undo=Source.close)
    with opened:
        if isinstance(opened, Spool) and options.workers > 1:
            raise InvalidInput(
                "a stream whose size is known is sent by one worker",
                argument="workers",
                value=options.workers,
                expected="1 for a stream of known size",
            )
        if isinstance(opened, Spool) and options.part_size == "auto":
            raise InvalidInput.of("part_size", options.part_size, "a number of bytes for a stream of known size")
        title = sendable(opened.name or "") if options.title is None else options.title
        if not title and options.title is None:
            raise InvalidInput(
                "title is needed: the source has no name",
                argument="title",
                value=options.title,
                expected="given, as the source has no name",
            )
        _creation(options, title, None)
        if options.max_price is not None:
            yield from check_price(options.max_price, options.renditions, options.duration, opened)
        path = _place(source)
        job = Job(
            base_url=account.base_url,
            account=account.fingerprint,
            id="",
            title=title,
            path=path,
            mtime_ns=opened.modified if path else None,
            size=opened.size,
            part_size=min(DEFAULT_PART, opened.size) if options.part_size == "auto" else options.part_size,
            first_index=options.first_index,
            workers=options.workers,
        )
        if options.part_size == "auto" and options.on_progress is not None:
            options = evolve(options, on_progress=_rising(options.on_progress))
        media = yield from _fitting(opened, job, options, False if stream else options.state)
    return (yield from _media.wait(media.id, None)) if options.wait else media


def _place(source: SourceLike) -> str | None:
    """The path or URL of a source, for its journal; None if it has none, or has a query, which may be signed."""
    if is_web(source):
        return source if "?" not in source else None
    return str(Path(source).absolute()) if isinstance(source, (str, os.PathLike)) else None


def _fitting(source: Source, job: Job, options: Upload, state: State) -> Plan[Media]:
    """Upload; with "auto" upload again as a new object in parts of half the size, while a part is too large."""
    while True:
        try:
            return (yield from _send(source, job, options, state))
        except UploadInterrupted as error:
            smaller = job.part_size // 2
            if options.part_size != "auto" or not isinstance(error.__cause__, TooLarge) or smaller < _LEAST_PART:
                raise
            logger.warning("parts of %d bytes are refused: uploading again in smaller ones", job.part_size)
            job = evolve(job, part_size=smaller)
            try:
                yield from _media.delete(error.id, missing_ok=True)
            except Forbidden:
                logger.warning("%s was created in vain, and this key cannot delete it", error.id)


def _rising(report: OnProgress) -> OnProgress:
    """Report only progress beyond the highest so far, even if an upload starts again."""
    highest = [-1]

    def rise(progress: Progress) -> None:
        if progress.done > highest[0]:
            highest[0] = progress.done
            report(progress)

    return rise


def _send(source: Source, job: Job, options: Upload, state: State) -> Plan[Media]:
    """Upload in parts of a fixed size."""
    log, tag = None, None
    if state is not False:
        tag = new_tag(options.metadata, (yield from Work(new_name)))
        job = evolve(job, sample=(yield from Work(partial(sample_of, source))))
        log = yield from Work(partial(reserve, state, job, tag), undo=StateLog.remove)
    media = yield from _create(_creation(options, job.title, tag), log, job.title)
    journal = yield from _begin(media, job, log)
    try:
        return (yield from guarded(journal, _announced(media, source, journal, options)))
    except SourceChanged as error:
        if log is None:
            error.add_note(str(journal))
        raise
    except UploadInterrupted as error:
        if log is not None and options.part_size == "auto" and isinstance(error.__cause__, TooLarge):
            log.remove()
        raise


def _announced(media: Media, source: Source, journal: Journal, options: Upload) -> Plan[Media]:
    """Call `on_create`, and send the parts; the journal has the object already."""
    if options.on_create is not None:
        options.on_create(media)
    return (yield from finish(source, journal, options.on_progress))


def _creation(options: Upload, title: str, tag: str | None) -> Plan[Media]:
    return objects.create(
        title, options if tag is None else evolve(options, metadata={**(options.metadata or {}), TAG: tag})
    )


def _create(creation: Plan[Media], log: StateLog | None, title: str) -> Plan[Media]:
    """Create the object. The journal stays, to find the object again, unless it was certainly not created."""
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


def _begin(media: Media, job: Job, log: StateLog | None) -> Plan[Journal]:
    try:
        job = evolve(job, id=media.id)
        if job.count > 1 and job.part_size < _SMALL_PART:
            logger.warning("parts of %d bytes: the service documents no less than 50 MB", job.part_size)
        return (yield from Work(partial(Journal.begin, job, log), undo=Journal.close))
    except BaseException as error:
        if log is not None:
            keeps(error)
            log.close()
        error.add_note(f"{media.id} was made, and no part of it was sent")
        raise
