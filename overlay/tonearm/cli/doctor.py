"""`tonearm doctor`: what is configured, what answers, whether the keys work, and the next step for what does not."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from attrs import define

from .. import (
    ConfigurationError,
    InvalidInput,
)
from . import _check, _out
from ._doctor_probes import PROBES, Finding, Findings
from ._ends import printable
from ._settings import SERVICES, NotConfigured, NothingSet, find, service

if TYPE_CHECKING:
    pass

MOST_SKEW = 60.0
"""Seconds by which clocks may differ; signatures and caches are stricter than that nowhere here."""


_MARKS = {True: "ok", False: "WRONG", None: "-"}


def examine(profile: str | None, *, json: bool) -> int:
    """Look at everything and print it; the exit code is 1 when something that is configured does not work."""
    findings = [one for name in SERVICES for one in _service(name, profile)]
    findings += _tools()
    if json:
        _out.items(findings, {}, json=True)
    else:
        _print(findings)
    return int(any(found.ok is False for found in findings))


def _print(findings: Sequence[Finding]) -> None:
    """A line for each finding, and one below it for the next step; what is too long the terminal breaks."""
    wide = max(len(found.check) for found in findings)
    for found in findings:
        print(f"{found.service:<8}  {found.check:<{wide}}  {_MARKS[found.ok]:<5}  {printable(found.detail)}".rstrip())
        if found.next:
            print(f"{'':<{wide + 10}}  next   {printable(found.next)}")


@define
class _Answers:
    """What a server says beside its answers: how many seconds its clock is ahead."""

    skew: float | None = None

    def note(self, response: Any) -> None:
        """Take a response's date."""
        try:
            self.skew = parsedate_to_datetime(response.headers.get("date", "")).timestamp() - time.time()
        except ValueError:
            self.skew = None


def _service(name: str, profile: str | None) -> Findings:
    try:
        settings = find(name, profile)
    except NothingSet:
        yield Finding(name, "configured", None, "nothing is set", service(name, profile).login())
        return
    except NotConfigured as error:
        yield Finding(name, "configured", False, error.reason, error.hint)
        return
    except ConfigurationError as error:
        yield Finding(name, "configured", False, error.reason, error.hint or "repair the configuration")
        return
    from .._http import front, new_client, surroundings

    answers = _Answers()
    try:
        options = settings.client()
    except InvalidInput as error:
        yield Finding(name, "configured", False, f"{settings.origin}: {error.reason}", "repair the headers")
        return
    try:
        proxy = surroundings().proxy(settings.url or "")
        http = new_client(front(settings.url or "", None, options.pop("certificate", None), keys=(), lent=False))
    except ConfigurationError as error:
        check, step = (
            ("certificate", "name another file")
            if error.argument
            else ("proxy", "set that variable right, or unset it")
        )
        yield Finding(name, check, False, str(error), step)
        return
    with http:
        http.event_hooks = {"response": [answers.note]}
        try:
            client = _check.client(settings, options, http=http)
        except ConfigurationError as error:
            yield Finding(name, "configured", False, error.reason, settings.remedy)
            return
        yield Finding(name, "configured", True, f"{settings.origin}: {settings.url}")
        if proxy is not None:
            yield Finding(name, "proxy", None, str(proxy), None)
        yield from PROBES[name](settings, client)
    if answers.skew is not None:
        far = abs(answers.skew) > MOST_SKEW
        detail = (
            f"{abs(answers.skew):.0f} s {'behind' if answers.skew > 0 else 'ahead of'} the server" if far else "agrees"
        )
        yield Finding(name, "clock", not far, detail, "set this machine's clock" if far else None)


def _tools() -> Findings:
    """What is at hand on this machine for work on audio."""
    try:
        yield Finding("machine", "PyAV", True, version("av"))
    except PackageNotFoundError:
        yield Finding("machine", "PyAV", None, "long recordings need it", "pip install 'tonearm[media]'")
    for name, use in (("ffmpeg", "nothing here needs it"), ("flite", "the sandbox speaks better with it")):
        path = shutil.which(name)
        yield Finding("machine", name, None if path is None else True, path or f"not there; {use}")
