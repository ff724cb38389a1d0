"""Clients that are set up as the command says, for as long as a command runs."""

from __future__ import annotations

import json as jsonlib
import logging
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve

from .. import TonearmError, Unauthorized
from . import _ends, _every, _out
from ._settings import Settings, find

if TYPE_CHECKING:
    from .. import Aioz, Jellyfin, OpenAI
    from .._http import Sketch

Answers: TypeAlias = Callable[[str, str], "Mapping[str, Any] | None"]
"""What a dry run takes for the answer to a request, by method and URL; None to end there."""


@contextmanager
def aioz(
    profile: str | None,
    base_url: str | None,
    *,
    dry_run: bool = False,
    json: bool = False,
    answers: Answers | None = None,
) -> Generator[Aioz]:
    """A client of AIOZ Stream."""
    found = find("aioz", profile, base_url)
    from .. import Aioz

    with _made(Aioz, found, dry_run=dry_run, json=json, answers=answers) as client:
        yield client


@contextmanager
def jellyfin(
    profile: str | None,
    base_url: str | None,
    *,
    user_id: str | None = None,
    dry_run: bool = False,
    json: bool = False,
) -> Generator[Jellyfin]:
    """A client of Jellyfin."""
    found = find("jellyfin", profile, base_url)
    if user_id is not None:
        found = evolve(found, options={**found.options, "user_id": user_id})
    from .. import Jellyfin

    with _made(Jellyfin, found, dry_run=dry_run, json=json) as client:
        yield client


@contextmanager
def openai(
    profile: str | None, base_url: str | None, *, dry_run: bool = False, json: bool = False
) -> Generator[OpenAI]:
    """A client of OpenAI, or of a compatible server."""
    found = find("openai", profile, base_url)
    from .. import OpenAI

    with _made(OpenAI, found, dry_run=dry_run, json=json) as client:
        yield client


def made(service: str, profile: str | None, base_url: str | None) -> Any:
    """A client for work that goes on elsewhere: in other threads, or in a worker that reads its own configuration."""
    from .. import Aioz, Jellyfin, OpenAI

    kind: Callable[..., Any] = {"aioz": Aioz, "jellyfin": Jellyfin, "openai": OpenAI}[service]
    return kind(**find(service, profile, base_url).client())


@contextmanager
def _made(
    kind: Callable[..., Any], found: Settings, *, dry_run: bool, json: bool, answers: Answers | None = None
) -> Generator[Any]:
    if not dry_run:
        with advice(found), warnings(), kind(**found.client()) as client:
            yield client
        return
    from .._http import Rehearsed, rehearsal

    def show(sketch: Sketch) -> Mapping[str, Any] | None:
        _show(sketch, json=json)
        return answers(sketch.method, sketch.url) if answers else None

    with suppress(Rehearsed), warnings(), rehearsal(show) as http, kind(**found.client(), http=http) as client:
        yield client


@contextmanager
def advice(found: Settings) -> Generator[None]:
    """Say of a key that was refused what to do about it."""
    try:
        yield
    except Exception as error:
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, Unauthorized):
            cause = cause.__cause__
        if cause is not None:
            failed = error.causes[0] if isinstance(error, _ends.Halted) else error
            if isinstance(failed, TonearmError):
                failed.hint = found.remedy
        raise


@contextmanager
def warnings() -> Generator[None]:
    """Show what the library warns of; with -v each request, and with -vv its headers, too."""
    from .._http import HEADERS

    logger, handler = logging.getLogger("tonearm"), _Said()
    if any(isinstance(one, _Said) for one in logger.handlers):  # a command of two services says each thing once
        yield
        return
    level, before = (logging.WARNING, logging.DEBUG, HEADERS)[min(_every.chosen.verbose, 2)], logger.level
    handler.setLevel(level)
    if _every.chosen.verbose:
        logger.setLevel(level)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


class _Said(logging.Handler):
    """Shows what the library logs, each record in a line; with -q only what was asked for with -v."""

    def emit(self, record: logging.LogRecord) -> None:
        """Show a record."""
        tell = _ends.say if record.levelno >= logging.WARNING else _ends.complain
        tell(*record.getMessage().splitlines())


def _show(sketch: Sketch, *, json: bool) -> None:
    if json:
        _out.line(sketch)
        return
    lines = [f"{sketch.method} {sketch.url}"]
    lines += [f"  {name}: {value}" for name, value in sketch.headers.items()]
    lines += [f"  {name}: (not shown)" for name in sketch.hidden]
    lines += [f"  {name} = {value}" for name, value in sketch.form]
    if sketch.json is not None:
        lines.append(f"  {jsonlib.dumps(sketch.json, ensure_ascii=False)}")
    print("\n".join(_ends.printable(line) for line in lines), file=sys.stdout, flush=True)
