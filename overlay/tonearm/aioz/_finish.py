"""The last step of every upload, new or resumed: send the missing parts, and complete the object."""

from __future__ import annotations

import logging

from .._base.notes import with_notes
from .._base.resuming import keeps
from .._engine import Plan, Work
from .._files import Source
from ..errors import (
    ConnectionFailed,
    Forbidden,
    InvalidInput,
    NotFound,
    SourceChanged,
    StatusError,
    TooLarge,
    UnexpectedAnswer,
)
from ..progress import Meter, OnProgress, Tally
from . import _media
from ._journal import Journal
from ._operations import objects
from ._parts import check_sent, send_parts
from .media import Media

logger = logging.getLogger("tonearm")


def accepted(journal: Journal) -> Plan[Media | None]:
    """The object, if its upload is already complete; None if it must still be completed."""
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
        return None  # `complete` is sent after the last part, so it was not sent yet
    if media.status == "deleted":
        raise InvalidInput(
            f"the object {job.id} was deleted",
            argument="state",
            value=journal.state,
            expected="the journal of an object that exists",
            hint=journal.anew,
        )
    if media.status == "new" or not (media.status or journal.whole):
        return None
    if not media.status:  # `complete` may have been accepted, and must not be sent twice
        raise journal.interrupted("the object has no status")
    if not journal.whole:
        raise InvalidInput(
            f"{job.id} takes no more parts (its status is {media.status}), and some are missing",
            argument="state",
            value=journal.state,
            expected="the journal of an upload that is not complete",
            hint=journal.anew,
        )
    return media


def finish(source: Source, journal: Journal, report: OnProgress | None) -> Plan[Media]:
    """Send the missing parts, and complete the upload."""
    job = journal.job
    meter = Meter("upload", job.size, report, job.count)
    yield from check_sent(source, journal)
    if journal.sent:
        meter.at(journal.sent)
    yield from send_parts(source, journal, Tally(meter, journal.sent))
    return (yield from complete(journal))


def complete(journal: Journal) -> Plan[Media]:
    job = journal.job
    yield from _media.complete(job.id)
    try:
        media = yield from objects.get(job.id)
    except Forbidden as error:
        logger.warning("%s is complete, but this key cannot read it: %s", job.id, error)
        media = Media.sparse(job.id, title=job.title, type="audio", status="transcoding", size=job.size)
    yield from Work(journal.remove)
    return media


def guarded(journal: Journal, plan: Plan[Media]) -> Plan[Media]:
    """Keep the journal whatever interrupts an upload; errors of the service say how to resume it."""
    try:
        return (yield from plan)
    except TooLarge as error:
        raise with_notes(journal.too_large(str(error)), error) from error
    except (ConnectionFailed, StatusError, UnexpectedAnswer) as error:
        raise with_notes(journal.interrupted(str(error)), error) from error
    except SourceChanged as error:
        error.done = journal.sent
        raise
    except BaseException as error:
        if journal.state is not None:
            keeps(error)
        raise
    finally:
        journal.close()
