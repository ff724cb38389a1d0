# Made from specs/openai.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py openai
from enum import StrEnum
from typing import Self


class VoiceOrigin(StrEnum):
    AUDIO_SAMPLE = "audio_sample"
    PROMPT = "prompt"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """Keep a word that the spec does not know as a member that is not listed."""
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = "UNKNOWN"
        member._value_ = value
        return member

    def __str__(self) -> str:
        return str(self.value)
