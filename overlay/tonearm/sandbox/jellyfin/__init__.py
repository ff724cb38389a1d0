"""Jellyfin 10.11's audio streams, as the server's source at tag v10.11.11 has them."""

from tonearm.sandbox.jellyfin.service import routes

__all__ = ["routes"]
