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

__all__ = [
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
