"""The seam to the generated AIOZ client: each operation as a function that returns a plan.

Only this package, and type aliases in `types`, import `tonearm_generated.aioz`. Its modules, and with them the
generated ones, are loaded on first use: few programs need more than two.
"""

from typing import TYPE_CHECKING

from ..._base.exports import modules

if TYPE_CHECKING:
    from . import account, analytics, live, objects, pages, playlists, themes, tracks, webhooks

__all__ = ["account", "analytics", "live", "objects", "pages", "playlists", "themes", "tracks", "webhooks"]

if not TYPE_CHECKING:
    __getattr__ = modules(__name__, __all__)
