"""Every exception that tonearm raises on purpose.

    TonearmError
      ConfigurationError          no key, a bad base URL, an extra that is missing (also ValueError)
      InvalidInput                an argument was refused before anything was sent (also ValueError)
        MissingFile               the file does not exist (also FileNotFoundError)
      ConnectionFailed            no complete response
        TimedOut
      StatusError                 the server answered with a status that is not 2xx
        BadRequest                400, 422
        Unauthorized              401
        Forbidden                 403
        NotFound                  404
        TooLarge                  413
        RateLimited               429
        ServiceFailed             5xx
      UnexpectedAnswer            a 2xx response that does not fit the service's specification
      TransferError               a transfer was interrupted
        UploadInterrupted
        DownloadInterrupted
        SourceChanged             the file changed while it was sent or read
        ChecksumMismatch          the server refused a part's hash
        Truncated                 the audio ended too early
        TranscriptInterrupted     a streamed transcript was interrupted
        WorkInterrupted           paid work was interrupted
      TranscodeFailed             the service could not transcode the audio

All of them can be pickled. None of them contains a key. `hint` says what to try next, in words for a person. What
tonearm finds out after an error was made is a note (`__notes__`, PEP 678); it never changes the message.
"""

from __future__ import annotations

from .base import TonearmError
from .exchanges import (
    QUOTA,
    BadRequest,
    ConnectionFailed,
    Forbidden,
    NotFound,
    RateLimited,
    ServiceFailed,
    StatusError,
    TimedOut,
    TooLarge,
    Unauthorized,
    UnexpectedAnswer,
)
from .refusals import ConfigurationError, InvalidInput, MissingFile
from .transfers import (
    ChecksumMismatch,
    DownloadInterrupted,
    SourceChanged,
    TranscodeFailed,
    TranscriptInterrupted,
    TransferError,
    Truncated,
    UploadInterrupted,
    WorkInterrupted,
)

__all__ = [
    "QUOTA",
    "BadRequest",
    "ChecksumMismatch",
    "ConfigurationError",
    "ConnectionFailed",
    "DownloadInterrupted",
    "Forbidden",
    "InvalidInput",
    "MissingFile",
    "NotFound",
    "RateLimited",
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
]

for _name in __all__:
    if isinstance(_one := globals()[_name], type):
        # Tracebacks and pickles name the place from which people import the error, and not the file in which it stands.
        _one.__module__ = __name__
