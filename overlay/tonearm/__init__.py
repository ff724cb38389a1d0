"""tonearm: typed clients for AIOZ Stream audio, Jellyfin audio and OpenAI-compatible audio servers.

Each service has a blocking client and a twin for asyncio: `Aioz` and `AsyncAioz`, `Jellyfin` and `AsyncJellyfin`,
`OpenAI` and `AsyncOpenAI`. What they return is defined in `tonearm.aioz`, `tonearm.jellyfin` and `tonearm.openai`. A
service is loaded when it is first used.
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
    from . import aioz as aioz
    from . import jellyfin as jellyfin
    from . import openai as openai
    from . import subtitles as subtitles
    from ._stream import AsyncAudioStream, AudioStream
    from .aioz import Aioz, AsyncAioz
    from .jellyfin import AsyncJellyfin, Jellyfin
    from .openai import AsyncOpenAI, OpenAI

_PACKAGES = ("aioz", "jellyfin", "openai", "subtitles")
_HOMES = {
    "Aioz": ".aioz",
    "AsyncAioz": ".aioz",
    "AsyncAudioStream": "._stream",
    "AsyncJellyfin": ".jellyfin",
    "AsyncOpenAI": ".openai",
    "AudioStream": "._stream",
    "Jellyfin": ".jellyfin",
    "OpenAI": ".openai",
}

__all__ = [
    "Aioz",
    "AsyncAioz",
    "AsyncAudioStream",
    "AsyncJellyfin",
    "AsyncOpenAI",
    "AudioStream",
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
    if name in _PACKAGES:
        return import_module(f".{name}", __name__)
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(home, __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *_PACKAGES})
