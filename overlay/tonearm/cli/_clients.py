"""Clients with the settings of a command, for as long as it runs."""

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
"""The response to a request in a dry run, by method and URL; None ends the run there."""


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
    settings = find("aioz", profile, base_url)
    from .. import Aioz

    with _made(Aioz, settings, dry_run=dry_run, json=json, answers=answers) as client:
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
    settings = find("jellyfin", profile, base_url)
    if user_id is not None:
        settings = evolve(settings, options={**settings.options, "user_id": user_id})
    from .. import Jellyfin

    with _made(Jellyfin, settings, dry_run=dry_run, json=json) as client:
        yield client


@contextmanager
def openai(
    profile: str | None, base_url: str | None, *, dry_run: bool = False, json: bool = False
) -> Generator[OpenAI]:
    """A client of OpenAI, or of a compatible server."""
    settings = find("openai", profile, base_url)
    from .. import OpenAI

    with _made(OpenAI, settings, dry_run=dry_run, json=json) as client:
        yield client


def made(service: str, profile: str | None, base_url: str | None) -> Any:
    """A client for other threads, or for a worker that reads its own configuration."""
    from .. import Aioz, Jellyfin, OpenAI

    kind: Callable[..., Any] = {"aioz": Aioz, "jellyfin": Jellyfin, "openai": OpenAI}[service]
    return kind(**find(service, profile, base_url).client())


@contextmanager
def _made(
    kind: Callable[..., Any], settings: Settings, *, dry_run: bool, json: bool, answers: Answers | None = None
) -> Generator[Any]:
    if not dry_run:
        with advice(settings), warnings(), kind(**settings.client()) as client:
            yield client
        return
    from .._http import Rehearsed, rehearsal

    def show(sketch: Sketch) -> Mapping[str, Any] | None:
        _show(sketch, json=json)
        return answers(sketch.method, sketch.url) if answers else None

    with suppress(Rehearsed), warnings(), rehearsal(show) as http, kind(**settings.client(), http=http) as client:
        yield client


@contextmanager
def advice(settings: Settings) -> Generator[None]:
    """Add a hint to the error of a refused key."""
    try:
        yield
    except Exception as error:
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, Unauthorized):
            cause = cause.__cause__
        if cause is not None:
            failed = error.causes[0] if isinstance(error, _ends.Halted) else error
            if isinstance(failed, TonearmError):
                failed.hint = settings.remedy
        raise


@contextmanager
def warnings() -> Generator[None]:
    """Show the warnings of the library; with -v each request, and with -vv its headers, too."""
    from .._http import HEADERS

    logger, handler = logging.getLogger("tonearm"), _LogLines()
    if any(isinstance(handler, _LogLines) for handler in logger.handlers):  # a command of two services shows each once
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


class _LogLines(logging.Handler):
    """Shows each log record of the library in a line; with -q only the requests of -v."""

    def emit(self, record: logging.LogRecord) -> None:
        """Show a record."""
        show = _ends.say if record.levelno >= logging.WARNING else _ends.complain
        show(*record.getMessage().splitlines())


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
