"""Speech from text: live, or saved into a file, in one request or in many.

May import: `_operations` and the types of this service, `_transfer` and all below.
"""

from typing import TYPE_CHECKING

from ..._base.exports import names

if TYPE_CHECKING:
    from .live import open_speech
    from .save import saving, speak

__all__ = [
    "open_speech",
    "saving",
    "speak",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "open_speech": ".live",
            "saving": ".save",
            "speak": ".save",
        },
    )
