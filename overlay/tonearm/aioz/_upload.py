"""The plans of a whole upload: from the start, and from where an earlier one stopped."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from attrs import evolve, frozen

from .._base.notes import with_notes
from .._base.validate import whole
from .._engine import Plan, Work
from .._files import Source, SourceLike, Spool, StateLog, is_stream, open_source
from ..errors import (
    ConnectionFailed,
    Forbidden,
    InvalidInput,
    MissingFile,
    NotFound,
    ServiceFailed,
    SourceChanged,
    StatusError,
    UnexpectedAnswer,
)
from ..progress import Meter, OnProgress
from . import _media
from ._credentials import Account
from ._job import Job, sample_of
from ._journal import Journal
from ._left import State, find, new_tag, reserve, tagged
from ._operations import objects
from ._parts import Tally, check_sent, send_parts
from ._price import check_price
from .presets import Preset
from .presets import qualities as of_preset
from .types import Media, QualityConfig

logger = logging.getLogger("tonearm")

_SMALL_PART = 50_000_000
_MOST_WORKERS = 5


@frozen(kw_only=True)
class Upload:
    """What an upload was asked to do."""

    title: str | None
    qualities: Sequence[QualityConfig] | None
    description: str | None
    tags: Sequence[str] | None
    metadata: Mapping[str, str] | None
    is_public: bool | None
    size: int | None
    part_size: int
    workers: int
    first_index: int
    state: State
    max_price: float | None
    duration: float | None
    wait: bool
    report: OnProgress | None


def chosen(preset: Preset | None, qualities: Sequence[QualityConfig] | None) -> Sequence[QualityConfig] | None:
    """The quality objects to send; None leaves the choice to the service."""
    if preset is not None and qualities is not None:
        raise InvalidInput(
            "preset and qualities say the same",
            argument="preset",
            value=preset,
            expected="left out where qualities are given",
            hint="give one of them",
        )
    return qualities if preset is None else of_preset(preset)


def upload(source: SourceLike, ask: Upload, account: Account) -> Plan[Media]:
    """Create an object, send the source part by part, complete it, and wait for it if asked."""
    whole(ask.part_size, "part_size", least=1, most=_media.LARGEST_PART)
    whole(ask.first_index, "first_index", most=1)
    whole(ask.workers, "workers", least=1, most=_MOST_WORKERS)
    stream = is_stream(source)
    if stream and ask.state is not None and ask.state is not False:
        raise InvalidInput(
            "the upload of a stream cannot be resumed, so it has no use for state",
            argument="state",
            value=ask.state,
            expected="left out for a stream, whose upload cannot be resumed",
            hint="leave it out, or upload a file",
        )
    opened = yield from Work(partial(open_source, source, ask.size), undo=Source.close)
    with opened:
        if isinstance(opened, Spool) and ask.workers > 1:
            raise InvalidInput(
                "a stream whose size is known is sent by one worker",
                argument="workers",
                value=ask.workers,
                expected="1 for a stream of known size",
            )
        title = ask.title or opened.name
        if not title:
            raise InvalidInput(
                "title is needed: the source has no name",
                argument="title",
                value=ask.title,
                expected="given, as the source has no name",
            )
        place = False if stream else ask.state
        tag = None if place is False else (yield from Work(new_tag))
        metadata, tag = tagged(ask.metadata, tag)
        creation = objects.create(
            title,
            qualities=ask.qualities,
            description=ask.description,
            tags=ask.tags,
            metadata=metadata,
            is_public=ask.is_public,
        )
        if ask.max_price is not None:
            yield from check_price(ask.max_price, ask.qualities, ask.duration, opened)
        path = str(Path(source).absolute()) if isinstance(source, (str, os.PathLike)) else None
        job = Job(
            base_url=account.base_url,
            account=account.fingerprint,
            id="",
            title=title,
            path=path,
            mtime_ns=opened.modified if path else None,
            size=opened.size,
            part_size=ask.part_size,
            first_index=ask.first_index,
            workers=ask.workers,
        )
        log = None
        if place is not False:
            job = evolve(job, sample=(yield from Work(partial(sample_of, opened))))
            log = yield from Work(partial(reserve, place, job, tag), undo=StateLog.remove)
        job = evolve(job, id=(yield from _create(creation, log, title)).id)
        if job.count > 1 and job.part_size < _SMALL_PART:
            logger.warning("parts of %d bytes: the service documents no less than 50 MB", job.part_size)
        journal = yield from _begin(job, log)
        try:
            media = yield from _guarded(journal, _finish(opened, journal, ask.report))
        except SourceChanged as error:
            if stream:
                error.add_note(str(journal))
            raise
    return (yield from _media.wait(media.id, None)) if ask.wait else media


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


def resume(
    state: str | os.PathLike[str], source: SourceLike | None, account: Account, report: OnProgress | None
) -> Plan[Media]:
    """Go on with an upload from its journal."""
    journal = yield from Work(partial(Journal.take_up, state, account), undo=Journal.close)
    return (yield from _guarded(journal, _go_on(journal, source, report)))


def _go_on(journal: Journal, source: SourceLike | None, report: OnProgress | None) -> Plan[Media]:
    yield from find(journal)
    if journal.whole:
        accepted = yield from _accepted(journal)
        if accepted is not None:
            yield from Work(journal.remove)
            return accepted
        return (yield from _complete(journal))
    opened = yield from Work(partial(_open_again, journal, source), undo=Source.close)
    with opened:
        yield from _accepted(journal)
        return (yield from _finish(opened, journal, report))


def _open_again(journal: Journal, source: SourceLike | None) -> Source:
    """The source of an upload. Its bytes must be what they were, not its time, which some network disks change."""
    job = journal.job
    given = job.path if source is None else source
    if given is None:
        raise InvalidInput(
            "the source of this upload had no path",
            argument="source",
            value=None,
            expected="the audio of this upload, which had no path",
            hint="give the same audio again as the source",
        )
    try:
        opened = Source.open(given)
    except MissingFile as error:
        if source is not None:
            raise
        raise MissingFile(
            error.reason,
            argument="state",
            value=journal.state,
            expected="the journal of a file that exists",
            hint="if the file was moved, name it as the source",
        ) from error
    try:
        if opened.size != job.size:
            raise journal.changed(f"the source has {opened.size} bytes, not {job.size}")
        if job.sample not in (None, sample_of(opened)):
            raise journal.changed("the source has other bytes than when its upload began")
    except BaseException:
        opened.close()
        raise
    return opened


def _accepted(journal: Journal) -> Plan[Media | None]:
    """The object, if its upload is complete already; None if it is still to be completed."""
    job = journal.job
    try:
        media = yield from _media.read(job.id)
    except NotFound as error:
        raise InvalidInput(
            f"the object {job.id} does not exist any more",
            argument="state",
            value=journal.state,
            expected="the journal of an object that exists",
            hint=journal.anew,
        ) from error
    except Forbidden:
        if journal.whole:
            raise
        return None  # complete follows the last part only: it was not sent
    if media.status == "new":
        return None
    if not journal.whole:
        raise InvalidInput(
            f"{job.id} takes no more parts (its status is {media.status}), and some are missing",
            argument="state",
            value=journal.state,
            expected="the journal of an upload that is not complete",
            hint=journal.anew,
        )
    return media


def _finish(source: Source, journal: Journal, report: OnProgress | None) -> Plan[Media]:
    """Send what is missing, and complete the upload."""
    job = journal.job
    tally = Tally(Meter("upload", job.size, report, job.count), journal.sent)
    yield from check_sent(source, journal)
    tally.begin()
    yield from send_parts(source, journal, tally)
    return (yield from _complete(journal))


def _complete(journal: Journal) -> Plan[Media]:
    job = journal.job
    yield from _media.complete(job.id)
    try:
        media = yield from objects.get(job.id)
    except Forbidden as error:
        logger.warning("%s is complete, but this key cannot read it: %s", job.id, error)
        media = Media.sparse(job.id, title=job.title, type="audio", status="transcoding", size=job.size)
    yield from Work(journal.remove)
    return media


def _guarded(journal: Journal, plan: Plan[Media]) -> Plan[Media]:
    """Whatever stops an upload, its journal stays; failures of the service say how the upload goes on."""
    try:
        return (yield from plan)
    except (ConnectionFailed, StatusError, UnexpectedAnswer) as error:
        raise with_notes(journal.interrupted(str(error)), error) from error
    except SourceChanged as error:
        error.done = journal.sent
        raise
    finally:
        journal.close()
