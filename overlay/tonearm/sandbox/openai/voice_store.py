"""The voices and consents that were made at a sandbox."""

from typing import Any

from attrs import define, field

from tonearm.sandbox.openai.refusal import Refusal


@define
class VoiceStore:
    """Voices and consents by their ids, in the order in which they were made; they live as long as the server.

    All keys share them, as if their owners worked on one project.
    """

    voices: dict[str, dict[str, Any]] = field(factory=dict[str, dict[str, Any]], init=False)
    consents: dict[str, dict[str, Any]] = field(factory=dict[str, dict[str, Any]], init=False)

    def consent(self, id: str, *, param: str | None = None) -> dict[str, Any]:
        """Give a consent; `param` is the field that names it.

        Raises:
            Refusal: there is none with this id.
        """
        if id not in self.consents:
            raise missing("voice consent", id, param=param)
        return self.consents[id]

    def check_spoken(self, id: str) -> None:
        """Refuse a voice that speech does not take. Ids of voices that were made elsewhere are taken.

        Raises:
            Refusal: the voice was made of words.
        """
        if id in self.voices and self.voices[id]["type"] == "prompt":
            message = f"The voice '{id}' was created from a prompt, which speech does not support."
            raise Refusal(message, param="voice", code="unsupported_value")


def missing(what: str, id: str, *, param: str | None = None) -> Refusal:
    """Say that nothing has an id."""
    return Refusal(f"No {what} found with id '{id}'.", status=404, param=param)
