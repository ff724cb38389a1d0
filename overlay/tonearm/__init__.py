"""tonearm: typed clients for AIOZ Stream audio, Jellyfin audio and OpenAI-compatible audio servers.

Each service has a blocking client and a twin for asyncio: `Aioz` and `AsyncAioz`, `Jellyfin` and `AsyncJellyfin`,
`OpenAI` and `AsyncOpenAI`. What they return is defined in `tonearm.aioz`, `tonearm.jellyfin` and `tonearm.openai`. A
name is loaded when it is first used: importing this package loads nothing else.
"""

import sys

TYPE_CHECKING = False  # what checkers know as true; typing itself would double the time of the import

if TYPE_CHECKING:
    from . import aioz as aioz
    from . import errors as errors
    from . import jellyfin as jellyfin
    from . import openai as openai
    from . import subtitles as subtitles
    from ._base.answers import Answer, Answers
    from ._base.version import __version__
    from .aioz import Aioz, AsyncAioz
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
        TranscriptInterrupted,
        TransferError,
        Truncated,
        Unauthorized,
        UnexpectedAnswer,
        UploadInterrupted,
        WorkInterrupted,
    )
    from .jellyfin import AsyncJellyfin, Jellyfin
    from .openai import AsyncAudioStream, AsyncOpenAI, AudioStream, OpenAI
    from .progress import Progress
    from .retry import Retry

__all__ = [
    "Aioz",
    "Answer",
    "Answers",
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
    "TranscriptInterrupted",
    "TransferError",
    "Truncated",
    "Unauthorized",
    "UnexpectedAnswer",
    "UploadInterrupted",
    "WorkInterrupted",
    "__version__",
]

_MODULES = ("aioz", "errors", "jellyfin", "openai", "subtitles")
_HOMES = {
    "Aioz": "aioz",
    "Answer": "_base.answers",
    "Answers": "_base.answers",
    "AsyncAioz": "aioz",
    "AsyncAudioStream": "_transfer",
    "AsyncJellyfin": "jellyfin",
    "AsyncOpenAI": "openai",
    "AudioStream": "_transfer",
    "Jellyfin": "jellyfin",
    "OpenAI": "openai",
    "Progress": "progress",
    "Retry": "retry",
    "__version__": "_base.version",
}
"""Where the public names live; the others are errors."""


if not TYPE_CHECKING:

    def __getattr__(name):
        if name not in __all__ and name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = f"{__name__}.{name if name in _MODULES else _HOMES.get(name, 'errors')}"
        __import__(home)
        value = globals()[name] = sys.modules[home] if name in _MODULES else getattr(sys.modules[home], name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_MODULES})
