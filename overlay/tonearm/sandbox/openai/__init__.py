"""OpenAI's audio operations with real speech and real recognition of English, or with words coded as tones.

The key chooses how the server behaves (`keys.ACCOUNTS`), the model chooses the engine and the rules (`models.MODELS`).
"""

from tonearm.sandbox.openai.results import Result
from tonearm.sandbox.openai.service import azure_routes, results_of, routes, shutdown

__all__ = ["Result", "azure_routes", "results_of", "routes", "shutdown"]
