"""The seam to the generated Jellyfin client: each operation as a function that returns a plan.

Only this package, and type aliases in `types`, import `tonearm_generated.jellyfin`. Its modules, and with them the
generated ones, are loaded on first use: few programs need more than three.
"""

from typing import TYPE_CHECKING

from ..._base.exports import modules

if TYPE_CHECKING:
    from . import accounts, collection, heads, library, listing, pictures, playback, playback_info, streams

__all__ = [
    "accounts",
    "collection",
    "heads",
    "library",
    "listing",
    "pictures",
    "playback",
    "playback_info",
    "streams",
]

if not TYPE_CHECKING:
    __getattr__ = modules(__name__, __all__)
