"""Speech from text: live, or saved into a file, in one request or in many.

May import: `_operations` and the types of this service, `_transfer` and all below.
"""

from .live import open_speech
from .save import saving, speak

__all__ = [
    "open_speech",
    "saving",
    "speak",
]
