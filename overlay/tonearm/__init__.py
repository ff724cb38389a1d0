"""tonearm: typed clients for AIOZ Stream audio, Jellyfin audio and OpenAI-compatible audio servers.

Each service has a blocking client and a twin for asyncio: `Aioz` and `AsyncAioz`, `Jellyfin` and `AsyncJellyfin`,
`OpenAI` and `AsyncOpenAI`. A service is loaded when its client is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._version import __version__
from .errors import (
    BadRequest,
    ChecksumMismatch,
    ConfigurationError,
    ConnectionFailed,
    DownloadInterrupted,
    Forbidden,
    InvalidInput,
    MissingFile,
    NotFound,
    RateLimited,
    ServiceFailed,
    SourceChanged,
    StatusError,
    TimedOut,
    TonearmError,
    TooLarge,
    TranscodeFailed,
    TransferError,
    Truncated,
    Unauthorized,
    UnexpectedAnswer,
    UploadInterrupted,
    WorkInterrupted,
)
from .progress import Progress
from .retry import Retry

if TYPE_CHECKING:
    from .aioz import Aioz, AsyncAioz
    from .jellyfin import AsyncJellyfin, Jellyfin
    from .openai import AsyncOpenAI, OpenAI

_SERVICES = {
    "Aioz": ".aioz",
    "AsyncAioz": ".aioz",
    "AsyncJellyfin": ".jellyfin",
    "AsyncOpenAI": ".openai",
    "Jellyfin": ".jellyfin",
    "OpenAI": ".openai",
}

__all__ = [
    "Aioz",
    "AsyncAioz",
    "AsyncJellyfin",
    "AsyncOpenAI",
    "BadRequest",
    "ChecksumMismatch",
    "ConfigurationError",
    "ConnectionFailed",
    "DownloadInterrupted",
    "Forbidden",
    "InvalidInput",
    "Jellyfin",
    "MissingFile",
    "NotFound",
    "OpenAI",
    "Progress",
    "RateLimited",
    "Retry",
    "ServiceFailed",
    "SourceChanged",
    "StatusError",
    "TimedOut",
    "TonearmError",
    "TooLarge",
    "TranscodeFailed",
    "TransferError",
    "Truncated",
    "Unauthorized",
    "UnexpectedAnswer",
    "UploadInterrupted",
    "WorkInterrupted",
    "__version__",
]


def __getattr__(name: str) -> Any:
    home = _SERVICES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(home, __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_SERVICES})
