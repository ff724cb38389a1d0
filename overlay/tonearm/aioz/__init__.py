"""AIOZ Stream: hosted audio."""

from typing import TYPE_CHECKING

from .._base.exports import names

if TYPE_CHECKING:
    from .async_client import AsyncAioz
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

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "Aioz": ".client",
            "Assets": ".types",
            "AsyncAioz": ".async_client",
            "Cost": ".types",
            "Download": ".types",
            "ListFilters": ".types",
            "Media": ".types",
            "Page": ".types",
            "Quality": ".types",
            "QualityConfig": ".types",
            "Track": ".types",
            "Unfinished": ".types",
        },
    )
