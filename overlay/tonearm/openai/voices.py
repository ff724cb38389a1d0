# Made by scripts/twins.py from async_voices.py; do not edit.
"""Custom voices and their consents, for the blocking client."""

from __future__ import annotations

from typing import Unpack

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.answers import Answers
from .._base.signatures import shows_keywords
from .._files import SourceLike
from .._http import ClientBase
from . import _voices
from ._operations import voices
from ._server import Server
from .options import VoiceOptions
from .voice import CustomVoice, VoiceConsent


class Voices(ClientBase):
    """The methods of `OpenAI` for voices of your own.

    A voice is made from the sample of a person, who consents in a recording, or from a description. OpenAI lets only
    eligible customers make voices from samples, and has no list of voices: keep their ids.
    """

    _server: Server

    @shows_keywords
    def create_voice(self, name: str, **options: Unpack[VoiceOptions]) -> CustomVoice:
        """Create a voice of your own from a sample with its consent, or from a description.

        A voice from a sample can speak, as ``voice={"id": created.id}``.

        Args:
            name: its name for people.
            **options: see VoiceOptions.

        Raises:
            InvalidInput: both or neither of `audio_sample` and `prompt` are given, the sample lacks `consent`, or it is
                too large; nothing was sent.

        (openai-python 3.57.0)
        """
        plan = _voices.create(_voices.ordered(name, options), self._server)
        return _engine.run(self._server.explained(plan), self._wire)

    def delete_voice(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete a voice of your own; its consent stays.

        Args:
            id: its id.
            missing_ok: whether a missing voice is no error.

        Raises:
            NotFound: there is no such voice.

        (openai-python 3.57.0)
        """
        return _engine.run(_engine.deleted(voices.delete(id), missing_ok=missing_ok), self._wire)

    def create_voice_consent(self, name: str, recording: SourceLike, *, language: str) -> VoiceConsent:
        """Upload a recording in which a person consents to a voice.

        Args:
            name: its name for people.
            recording: the person reads OpenAI's phrase for the language: the path of a file, its bytes, or a binary
                file; at OpenAI at most 10 MiB.
            language: the language of the phrase, as a BCP 47 tag such as `en-US`.

        Raises:
            InvalidInput: an argument is invalid, or the recording is too large; nothing was sent.

        (openai-python 3.57.0)
        """
        consent = voices.NewConsent(name=name, recording=recording, language=language)
        plan = _voices.create_consent(consent, self._server)
        return _engine.run(self._server.explained(plan), self._wire)

    def voice_consents(self) -> Answers[VoiceConsent]:
        """List the consents of the project.

        Returns:
            All of them, which are read page by page.

        (openai-python 3.57.0)
        """
        return _engine.run(self._server.explained(_voices.consents()), self._wire)

    def voice_consent(self, id: str) -> VoiceConsent:
        """Read one consent.

        Args:
            id: its id.

        Raises:
            NotFound: there is no such consent.

        (openai-python 3.57.0)
        """
        return _engine.run(voices.get_consent(id), self._wire)

    def update_voice_consent(self, id: str, *, name: str) -> VoiceConsent:
        """Give a consent another name.

        Args:
            id: its id.
            name: the new name.

        Raises:
            NotFound: there is no such consent.

        (openai-python 3.57.0)
        """
        return _engine.run(voices.update_consent(id, name), self._wire)

    def delete_voice_consent(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete a consent.

        Args:
            id: its id.
            missing_ok: whether a missing consent is no error.

        Raises:
            NotFound: there is no such consent.

        (openai-python 3.57.0)
        """
        return _engine.run(_engine.deleted(voices.delete_consent(id), missing_ok=missing_ok), self._wire)
