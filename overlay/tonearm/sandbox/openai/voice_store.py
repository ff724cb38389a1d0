"""The custom voices and consents of a sandbox."""

from typing import Any

from attrs import define, field

from tonearm.sandbox.openai.refusal import Refusal


@define
class VoiceStore:
    """Voices and consents by id, in the order of creation; they exist as long as the server.

    All keys share them, as if their owners worked on one project.
    """

    voices: dict[str, dict[str, Any]] = field(factory=dict[str, dict[str, Any]], init=False)
    consents: dict[str, dict[str, Any]] = field(factory=dict[str, dict[str, Any]], init=False)

    def consent(self, id: str, *, param: str | None = None) -> dict[str, Any]:
        """Return a consent; `param` is the field that names it.

        Raises:
            Refusal: there is none with this id.
        """
        if id not in self.consents:
            raise missing("voice consent", id, param=param)
        return self.consents[id]

    def check_spoken(self, id: str) -> None:
        """Refuse a voice that speech does not support. Ids of other voices are accepted.

        Raises:
            Refusal: the voice was made from a prompt.
        """
        if id in self.voices and self.voices[id]["type"] == "prompt":
            message = f"The voice '{id}' was created from a prompt, which speech does not support."
            raise Refusal(message, param="voice", code="unsupported_value")


def missing(what: str, id: str, *, param: str | None = None) -> Refusal:
    """Return the error for an unknown id."""
    return Refusal(f"No {what} found with id '{id}'.", status=404, param=param)
