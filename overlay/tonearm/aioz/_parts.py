"""The plan that sends the parts of a file: they are hashed ahead, sent by `workers`, and recorded when acknowledged."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from attrs import frozen

from .._engine import First, Fork, Plan, Ticket, Work
from .._files import FileWindow, Source, Spool
from ..errors import BadRequest, ChecksumMismatch
from ..progress import Tally
from ._job import Part
from ._journal import Journal
from ._operations import objects

DEFAULT_PART = 52_428_800
"""Default bytes of a part."""

_OF_THE_HASH = re.compile(r"\b(hash|md5|checksum|digest)", re.IGNORECASE)


@frozen
class Hashed:
    """A part that is ready to be sent."""

    part: Part
    window: FileWindow
    md5: str


def check_sent(source: Source, journal: Journal) -> Plan[None]:
    """Compare the acknowledged parts with the source, before more is sent."""
    for part in journal.job.parts():
        if part.number in journal.done:
            hashed = yield from _hash(source, part)
            journal.check(part, hashed.md5)


def send_parts(source: Source, journal: Journal, tally: Tally) -> Plan[None]:
    """Send the missing parts.

    Each worker sends one part, and as many parts are hashed or ready meanwhile, so that no worker waits for a journal;
    of a stream there is only one part at a time. The first failure ends the plan and the other parts.
    """
    workers = journal.job.workers
    most = 1 if isinstance(source, Spool) else 2 * workers
    missing = journal.missing()
    part = next(missing, None)
    ready: list[Hashed] = []
    hashing: set[Ticket[Any]] = set()
    sending: set[Ticket[Any]] = set()
    while part or ready or hashing or sending:
        while part and len(hashing) < workers and len(hashing) + len(ready) + len(sending) < most:
            hashing.add((yield from Fork(_hash(source, part))))
            part = next(missing, None)
        while ready and len(sending) < workers:
            hashed = ready.pop(0)
            yield from Work(partial(journal.started, hashed.part, hashed.md5))
            sending.add((yield from Fork(_send(hashed, journal, tally))))
        ticket, value = yield from First(frozenset(hashing | sending))
        if ticket in hashing:
            hashing.remove(ticket)
            journal.check(value.part, value.md5)
            ready.append(value)
        else:
            sending.remove(ticket)
            yield from Work(partial(journal.acknowledged, value))
            tally.at(value.number, value.length)
    yield from Work(source.verify)


def _hash(source: Source, part: Part) -> Plan[Hashed]:
    def work() -> Hashed:
        window = source.window(part.start, part.length)
        return Hashed(part, window, window.md5())

    return (yield from Work(work))


def _send(hashed: Hashed, journal: Journal, tally: Tally) -> Plan[Part]:
    """Send a part; if its hash is refused, hash it again, and send it once more if its bytes are the same."""
    try:
        yield from _transmit(hashed, journal, tally)
    except BadRequest as error:
        if not _OF_THE_HASH.search(error.message):
            raise
        md5 = yield from Work(hashed.window.md5)
        if md5 != hashed.md5:
            raise journal.changed(f"part {hashed.part.number} changed while it was sent") from error
        try:
            yield from _transmit(hashed, journal, tally)
        except BadRequest as again:
            if not _OF_THE_HASH.search(again.message):
                raise
            reason = f"part {hashed.part.number} was refused twice, although its hash is right: {again}; {journal}"
            raise ChecksumMismatch(reason, done=journal.sent, total=journal.job.size) from again
    return hashed.part


def _transmit(hashed: Hashed, journal: Journal, tally: Tally) -> Plan[None]:
    job, part = journal.job, hashed.part
    yield from objects.upload_part(
        job.id,
        hashed.window,
        index=part.index,
        start=part.start,
        total=job.size,
        md5=hashed.md5,
        # One byte is reported only with the acknowledgement, so that the total means that all parts are acknowledged.
        sent=lambda count: tally.at(part.number, min(count, part.length - 1)),
    )
