"""The plans of speech: live, and saved to a file."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from attrs import frozen

from .._files import Draft, is_folder
from .._http import Live
from .._plan import Fetch, Open, Plan, Request, Work, attempt
from .._stream import Opening
from .._wav import repair
from ..errors import InvalidInput, Truncated
from ..progress import Meter, OnProgress
from . import _calls, _limits
from ._audio import Sink, check
from ._calls import Speech
from ._server import Server
from ._sniff import TYPES, sniff
from .options import SpeakOptions, SpeechOptions, given
from .presets import FORMAT_OF_SUFFIX, PCM_RATE
from .types import SpeechFormat, SpokenFile, Voice

logger = logging.getLogger("tonearm")

_EXTENSIONS = {"mp3": "mp3", "opus": "ogg", "aac": "aac", "flac": "flac", "wav": "wav"}
"""How the contents of each format are recognised; pcm has no mark."""


@frozen
class Target:
    """The file to make, and the format of the speech in it."""

    path: Path
    format: SpeechFormat


def target(to: str | os.PathLike[str], format: SpeechFormat | None) -> Target:
    """Where to save and in which format; the file's suffix tells it when the caller does not.

    Raises:
        InvalidInput: a folder, or a suffix that names another format or none.
    """
    try:
        path = Path(to)
    except TypeError:
        raise InvalidInput(f"to must be the path of a file, not {type(to).__name__}") from None
    suffix = path.suffix.lower()
    meant = FORMAT_OF_SUFFIX.get(suffix)
    if is_folder(path):
        raise InvalidInput(f"{str(path)!r} is a folder; name the file to make")
    if format is None:
        if meant is None:
            raise InvalidInput(
                f"the suffix {suffix!r} names no format of speech; known are {', '.join(FORMAT_OF_SUFFIX)}, "
                "or give format="
            )
        return Target(path, meant)
    if meant not in (None, format) or (meant is None and suffix[1:] in TYPES):
        raise InvalidInput(f"the suffix {suffix!r} does not fit format={format!r}")
    return Target(path, format)


@frozen(kw_only=True)
class Job:
    """A text to speak into a file."""

    text: str
    ask: Speech
    to: Target
    report: OnProgress | None


def opening(text: str, voice: Voice, options: SpeechOptions, server: Server) -> Opening:
    """What opens live speech.

    Raises:
        ConfigurationError: no model is named.
        InvalidInput: there is no such option, or OpenAI would refuse it.
    """
    ask = _limits.speech(voice, given(options, SpeechOptions), server)
    request = _calls.speech(_limits.text(text, server), ask)
    return lambda at: server.explained(live(request, at))


def saving(text: str, to: str | os.PathLike[str], voice: Voice, options: SpeakOptions, server: Server) -> Job:
    """The same for a file.

    Raises:
        ConfigurationError: no model is named.
        InvalidInput: there is no such option, or the file's suffix does not fit.
    """
    wanted = given(options, SpeakOptions)
    report = wanted.pop("on_progress", None)
    found = target(to, wanted.get("format"))
    said = _limits.text(text, server)
    return Job(
        text=said, ask=_limits.speech(voice, {**wanted, "format": found.format}, server), to=found, report=report
    )


def live(request: Request, at: float | None) -> Plan[Live]:
    """Open live speech; repeated until its first bytes are there."""
    if at is not None:
        raise InvalidInput("live speech has no place to restart at; ask for it again")
    opened: Live = yield from attempt(Open(request, partial(check, raw=_raw(request))), request.repeat)
    return opened


def speak(job: Job, *, scrub: Callable[[str], str]) -> Plan[SpokenFile]:
    """Save speech, whole or not at all; `scrub` takes the keys out of what an error keeps."""
    request, to = _calls.speech(job.text, job.ask), job.to
    draft = yield from Work(partial(_draft, to.path), undo=Draft.discard)
    try:
        sink = Sink(draft.file, Meter("speak", None, job.report), scrub, _raw(request))
        head = yield from attempt(Fetch(request, sink.start), request.repeat)
        size = sink.finish(head)
        duration = yield from Work(partial(_finish, draft, to.format, size))
    except BaseException:
        draft.discard()
        raise
    return SpokenFile(to.path, size, duration, pieces=1, request_id=head.request_id)


def _draft(path: Path) -> Draft:
    try:
        return Draft.beside(path)
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{str(path)!r} cannot be written: {error}") from error


def _raw(request: Request) -> bool:
    """Whether samples without any mark are asked for, which may begin with every byte."""
    return bool(request.json.get("response_format") == "pcm")


def _finish(draft: Draft, format: SpeechFormat, size: int) -> float | None:
    """Repair the file, give it its name, and say how many seconds it lasts where that is certain."""
    draft.file.seek(0)
    found = sniff(draft.file.read(16))
    wanted = _EXTENSIONS.get(format)
    if wanted is not None and found not in (None, wanted):
        logger.warning("%s was asked for, but %s looks like %s", format, draft.target.name, found)
    duration = repair(draft.file) if wanted == "wav" else None
    if duration == 0:
        raise Truncated("the answer is a WAV file without samples", done=size, total=None)
    draft.commit()
    return size / (2 * PCM_RATE) if format == "pcm" else duration
