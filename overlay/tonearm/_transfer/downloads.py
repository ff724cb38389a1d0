"""The plan of a download to a file: it resumes by Range if the server allows that, else it starts again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

from attrs import evolve, frozen

from .._base.notes import with_notes
from .._base.resuming import keeps
from .._engine import Effect, Fetch, Plan, Policy, Work, explain, rest
from .._files import link_target
from .._http import Head, Request
from ..errors import ConnectionFailed, DownloadInterrupted, ServiceFailed, StatusError, Truncated, UnexpectedAnswer
from ..progress import Meter, OnProgress
from .partial_file import PartFile

_ENOUGH = 1024 * 1024
"""Bytes that must arrive after a failure before the count of attempts starts again."""


@frozen
class Fetched:
    """A finished download; `sized` says whether the server had announced the size, `checked` which checks were made."""

    path: Path | None
    size: int
    content_type: str
    resumed: bool
    sha256: str
    sized: bool
    checked: tuple[str, ...] = ()


def _at_once(exchange: Effect[Head]) -> Effect[Head]:
    return exchange


def download(
    request: Request,
    to: Path | IO[bytes],
    *,
    check: Callable[[Head], None],
    rename: Callable[[Path, str], Path] | None = None,
    report: OnProgress | None = None,
    key: str | None = None,
    patiently: Callable[[Effect[Head]], Effect[Head]] = _at_once,
    known: Callable[[PartFile], Plan[int | None]] | None = None,
    finish: Callable[[PartFile], Plan[tuple[str, ...]]] | None = None,
) -> Plan[Fetched]:
    """Stream the body of a response into a file.

    Args:
        request: the request for the whole body; Range headers are added to resume.
        to: the file to make (completely or not at all), or an open binary file.
        check: receives the head of each response before a byte is written; if it raises, the download ends.
        rename: returns the final path, from `to` and the content type.
        report: called with the progress.
        key: the identity of the download, so that a later call resumes only the same; else the path of the request.
        patiently: makes each exchange wait as the service requires.
        known: the plan that returns the expected bytes, if the service states them elsewhere; else None.
        finish: the plan that checks the received file, before it gets its name; returns the checks that were made.
    """
    part = yield from Work(partial(_open, to, key or request.path, Meter("download", None, report)), undo=PartFile.keep)
    try:
        yield from _fill(part, request, check, patiently)
        if part.offset == 0:
            raise Truncated("the answer has no body", done=0, total=part.size)
        due = part.size if known is None else max((yield from known(part)) or 0, part.size or 0) or None
        if due is not None and part.offset < due:
            done = part.offset
            part.drop()  # for the server this was the whole body, so a range might not continue it
            raise Truncated(f"the answer ended after {done} of {due} bytes", done=done, total=due)
        checked = () if finish is None else (yield from finish(part))
        target = rename(to, part.content_type) if rename and isinstance(to, Path) else to
        path = target if isinstance(target, Path) else None
        yield from Work(partial(part.finish, None if path is None else link_target(path)))
    except BaseException as error:
        kept = part.keep()
        if isinstance(error, (ConnectionFailed, ServiceFailed, UnexpectedAnswer)) and part.offset:
            interrupted = DownloadInterrupted(str(error), done=part.offset, total=part.size, path=kept)
            raise with_notes(interrupted, error) from error
        if kept is not None:
            keeps(error)
        raise
    sized = due == part.offset
    return Fetched(path, part.offset, part.content_type, part.resumed, part.sha256(), sized, checked)


def _open(to: Path | IO[bytes], key: str, meter: Meter) -> PartFile:
    return PartFile.open(link_target(to) if isinstance(to, Path) else to, key, meter)


def _fill(
    part: PartFile,
    request: Request,
    check: Callable[[Head], None],
    patiently: Callable[[Effect[Head]], Effect[Head]],
) -> Plan[None]:
    """Fetch until the part is complete; received bytes are removed only for a whole body of another version."""
    policy = yield from Policy()
    failures, last_offset = 0, part.offset
    last: ConnectionFailed | StatusError | None = None
    whole = False  # whether the next request asks for the whole body, as the server does not serve the range
    accepted = True  # whether the last response was for this file, according to `check`

    def start(head: Head) -> PartFile:
        nonlocal whole, accepted
        accepted = False
        check(head)
        accepted = True
        begun = part.start(head)
        whole = False  # the part is now of the server's version, so after a failure it can be resumed
        return begun

    while part.size is None or part.offset < part.size:
        ranged = {} if whole else part.headers()
        try:
            yield from patiently(Fetch(evolve(request, headers={**request.headers, **ranged}), start))
        except UnexpectedAnswer:
            if not ranged or not accepted:  # a page of a proxy says nothing about the file, so its bytes are kept
                raise
            whole = True
        except (ConnectionFailed, StatusError) as error:
            if ranged and isinstance(error, StatusError) and error.status == 416:  # the file is shorter than the part
                whole = True
                continue
            explain(error, last if part.offset == last_offset else None)
            # A long download has many failures. The count starts again only after progress that is kept, so that a
            # server that fails after every few bytes does not keep the call running for ever.
            failures = 1 if part.resumable and part.offset - last_offset >= _ENOUGH else failures + 1
            last_offset = part.offset
            error.attempts = failures
            pause = policy.after(error, failures, request.repeat)
            if pause is None:
                raise
            last = error
            yield from rest(pause, error)
        else:
            if part.size is None or part.offset == part.size:
                return
            raise Truncated("the answer ended early", done=part.offset, total=part.size)
