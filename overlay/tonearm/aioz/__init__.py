"""AIOZ Stream: hosted audio."""

from .aclient import AsyncAioz
from .client import Aioz
from .types import Assets, Cost, Download, ListFilters, Media, Page, Quality, QualityConfig, Track, Unfinished

__all__ = [
    "Aioz",
    "Assets",
    "AsyncAioz",
    "Cost",
    "Download",
    "ListFilters",
    "Media",
    "Page",
    "Quality",
    "QualityConfig",
    "Track",
    "Unfinished",
]
