"""`tonearm doctor`: what is configured, which servers answer, which keys work, and the next step for each problem."""

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
"""Seconds by which clocks may differ; no signature or cache here is stricter."""


_MARKS = {True: "ok", False: "WRONG", None: "-"}


def examine(profile: str | None, *, json: bool) -> int:
    """Check everything and print it; the exit code is 1 when something that is configured does not work."""
    findings = [finding for name in SERVICES for finding in _service(name, profile)]
    findings += _tools()
    if json:
        _out.items(findings, {}, json=True)
    else:
        _print(findings)
    return int(any(finding.ok is False for finding in findings))


def _print(findings: Sequence[Finding]) -> None:
    """Print a line for each finding, and one below it for the next step; the terminal wraps long ones."""
    wide = max(len(finding.check) for finding in findings)
    for finding in findings:
        check = f"{finding.service:<8}  {finding.check:<{wide}}  {_MARKS[finding.ok]:<5}"
        print(f"{check}  {printable(finding.detail)}".rstrip())
        if finding.next:
            print(f"{'':<{wide + 10}}  next   {printable(finding.next)}")


@define
class _Answers:
    """Reads the clock of a server from its responses: how many seconds it is ahead."""

    skew: float | None = None

    def note(self, response: Any) -> None:
        """Read the date of a response."""
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
    """Programs and packages on this machine for work on audio."""
    try:
        yield Finding("machine", "PyAV", True, version("av"))
    except PackageNotFoundError:
        yield Finding("machine", "PyAV", None, "long recordings need it", "pip install 'tonearm[media]'")
    for name, use in (("ffmpeg", "nothing here needs it"), ("flite", "the sandbox speaks better with it")):
        path = shutil.which(name)
        yield Finding("machine", name, None if path is None else True, path or f"not there; {use}")
