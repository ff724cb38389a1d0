"""OpenAI's audio operations with real speech and real recognition of English."""

from tonearm.sandbox.openai.service import routes, shutdown

__all__ = ["routes", "shutdown"]
