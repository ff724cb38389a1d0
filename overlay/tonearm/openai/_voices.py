"""Plans of more than one request for custom voices and their consents."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from .. import _files  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.answers import Answers
from .._engine import Plan, Work
from .._files import Source, SourceLike
from ..errors import InvalidInput
from ._operations import voices as calls
from ._operations.voices import NewConsent, NewVoice
from ._server import Server
from .options import VoiceOptions, given
from .presets import SAMPLE_LIMIT
from .voice import CustomVoice, VoiceConsent

T = TypeVar("T")


def ordered(name: str, options: VoiceOptions) -> NewVoice:
    """Check the options of a new voice.

    Raises:
        InvalidInput: an option is unknown, both or neither of sample and prompt are given, or the consent is missing.
    """
    voice = NewVoice(name=name, **given(options, VoiceOptions))
    if (voice.audio_sample is None) == (voice.prompt is None):
        raise InvalidInput(
            "a voice is made of audio_sample, a recording, or of prompt, a text: give one of them",
            argument="audio_sample",
            value=voice.audio_sample,
            expected="given where prompt is not",
        )
    needless = ("model", "script_hint") if voice.prompt is None else ("consent",)
    for option in needless:
        if getattr(voice, option) is not None:
            made_of = "a sample" if voice.prompt is None else "words"
            raise InvalidInput.of(option, getattr(voice, option), f"left out for a voice that is made of {made_of}")
    if voice.prompt is None and voice.consent is None:
        raise InvalidInput(
            "a voice that is made of a sample needs the consent of that person",
            argument="consent",
            value=None,
            expected="the id of a consent",
            hint="create_voice_consent uploads the recording of it, and returns its id",
        )
    return voice


def create(voice: NewVoice, server: Server) -> Plan[CustomVoice]:
    """Create a voice."""
    if voice.audio_sample is None:
        return (yield from calls.create(voice, None))
    return (yield from _opened("audio_sample", voice.audio_sample, server, partial(calls.create, voice)))


def create_consent(consent: NewConsent, server: Server) -> Plan[VoiceConsent]:
    """Upload the recording of a consent."""
    return _opened("recording", consent.recording, server, partial(calls.create_consent, consent))


def consents() -> Plan[Answers[VoiceConsent]]:
    """List all consents, page by page."""
    known: dict[str, VoiceConsent] = {}
    after, more = None, True
    while more:
        page, more = yield from calls.consents(after)
        new = {consent.id: consent for consent in page if consent.id not in known}
        known |= new
        # A server that ignores `after` sends its first page for ever, and says each time that there are more.
        more = more and bool(new)
        after = page[-1].id if page else None
    return Answers(known.values())


def _opened(argument: str, source: SourceLike, server: Server, send: Callable[[Source], Plan[T]]) -> Plan[T]:
    """Open a recording, and send it while it is open."""
    opened = yield from Work(partial(_files.open_source, source, None), undo=Source.close)
    with opened:
        if server.known and opened.size > SAMPLE_LIMIT:
            raise InvalidInput.of(argument, opened.size, f"a recording of at most {SAMPLE_LIMIT} bytes")
        return (yield from send(opened))
