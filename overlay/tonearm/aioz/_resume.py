"""The plan that resumes an upload from its journal."""

from __future__ import annotations

import os
from functools import partial

from .. import _transfer  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._engine import Plan, Work
from .._files import Source, SourceLike
from ..errors import (
    InvalidInput,
    MissingFile,
)
from ..progress import OnProgress
from ._credentials import Account
from ._finish import accepted, complete, finish, guarded
from ._job import sample_of
from ._journal import Journal
from ._left import find
from .media import Media


def resume(
    state: str | os.PathLike[str], source: SourceLike | None, account: Account, report: OnProgress | None
) -> Plan[Media]:
    """Resume an upload."""
    journal = yield from Work(partial(Journal.take_up, state, account), undo=Journal.close)
    return (yield from guarded(journal, _continue(journal, source, report)))


def _continue(journal: Journal, source: SourceLike | None, report: OnProgress | None) -> Plan[Media]:
    yield from find(journal)
    if journal.whole:  # the source is not needed; the status of the object says whether `complete` was accepted
        done = yield from accepted(journal)
        if done is not None:
            yield from Work(journal.remove)
            return done
        return (yield from complete(journal))
    opened = yield from Work(partial(_open_again, journal, source), undo=Source.close)
    with opened:
        yield from accepted(journal)  # refuses an object that takes no parts any more, before a part is sent
        return (yield from finish(opened, journal, report))


def _open_again(journal: Journal, source: SourceLike | None) -> Source:
    """Open the source of an upload. Its bytes must be the same; its time may differ, as network disks change it."""
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
        opened = _transfer.open_input(given)
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
