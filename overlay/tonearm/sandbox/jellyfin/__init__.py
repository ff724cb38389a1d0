"""Jellyfin's audio, its library and its logins, as in the server's source at tags v10.11.11 and v12.0-rc5."""

from tonearm.sandbox.jellyfin.control import controls
from tonearm.sandbox.jellyfin.service import routes, shutdown
from tonearm.sandbox.jellyfin.state import Jellyfin, jellyfin_of

__all__ = ["Jellyfin", "controls", "jellyfin_of", "routes", "shutdown"]
