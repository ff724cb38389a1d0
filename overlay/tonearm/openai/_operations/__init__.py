"""The seam to the generated OpenAI client: each operation as a function that makes its request or its plan.

Only this package, and type aliases in `types`, import `tonearm_generated.openai`.
"""

from tonearm_generated.openai.constraints import CreateSpeechRequest, CreateTranscriptionRequest

from .audio import (
    Generated,
    Recognition,
    Speech,
    generated,
    list_models,
    speech,
    transcription,
    translation,
)

MOST_SPEAKERS = CreateTranscriptionRequest.known_speaker_names.max_items or 0
"""Known speakers of one request."""

__all__ = [
    "MOST_SPEAKERS",
    "CreateSpeechRequest",
    "CreateTranscriptionRequest",
    "Generated",
    "Recognition",
    "Speech",
    "generated",
    "list_models",
    "speech",
    "transcription",
    "translation",
]
