"""The limits that the spec of OpenAI's audio sets, for what checks arguments before the seam."""

from tonearm_generated.openai.constraints import CreateSpeechRequest, CreateTranscriptionRequest

__all__ = ["CreateSpeechRequest", "CreateTranscriptionRequest"]
