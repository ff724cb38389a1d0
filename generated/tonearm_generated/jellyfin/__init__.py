# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
"""Jellyfin audio: request arguments, objects and parsers."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = (
    "AuthenticatedClient",
    "Client",
)

if TYPE_CHECKING:
    from .client import AuthenticatedClient, Client
else:
    _HOMES = {
        "AuthenticatedClient": ".client",
        "Client": ".client",
    }

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name], __name__), name)
        globals()[name] = value
        return value
