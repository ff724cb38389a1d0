"""How long a recording is."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO


def duration(file: BinaryIO) -> float | None:
    """The length in seconds as the file's header tells it, or None when only decoding can tell.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed; plain WAV needs none.
    """
    raise NotImplementedError


def decoded_duration(source: Path | BinaryIO) -> float:
    """The length in seconds of all that can be decoded of a file; a path, or a seekable binary file.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed; plain WAV needs none.
    """
    raise NotImplementedError
