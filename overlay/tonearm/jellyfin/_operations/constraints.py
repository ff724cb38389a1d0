"""The limits that the spec of Jellyfin sets, for what checks arguments before the seam."""

from tonearm_generated.jellyfin.constraints import Parameters

__all__ = ["Parameters"]
