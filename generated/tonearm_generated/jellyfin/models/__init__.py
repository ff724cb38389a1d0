# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
"""The objects and enums of the spec, each imported on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = (
    "BaseItemDto",
    "EncodingContext",
    "MediaSourceInfo",
    "MediaStream",
    "ProblemDetails",
    "ProblemErrors",
    "StreamOptions",
    "SubtitleDeliveryMethod",
)

if TYPE_CHECKING:
    from .base_item_dto import BaseItemDto
    from .encoding_context import EncodingContext
    from .media_source_info import MediaSourceInfo
    from .media_stream import MediaStream
    from .problem_details import ProblemDetails
    from .problem_errors import ProblemErrors
    from .stream_options import StreamOptions
    from .subtitle_delivery_method import SubtitleDeliveryMethod
else:
    _HOMES = {
        "BaseItemDto": ".base_item_dto",
        "EncodingContext": ".encoding_context",
        "MediaSourceInfo": ".media_source_info",
        "MediaStream": ".media_stream",
        "ProblemDetails": ".problem_details",
        "ProblemErrors": ".problem_errors",
        "StreamOptions": ".stream_options",
        "SubtitleDeliveryMethod": ".subtitle_delivery_method",
    }

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name], __name__), name)
        globals()[name] = value
        return value
