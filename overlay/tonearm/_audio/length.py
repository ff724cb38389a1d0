"""How long a recording is."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from .._base.cancellation import check_stop
from .._files import Source
from . import wav
from .container import ANY, Choice, opened
from .reader import Reader
from .timeline import frames, ignore, packets


def duration(file: BinaryIO, choice: Choice = ANY) -> float:
    """The length in seconds of all packets, whatever a header says; nothing is decoded.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed; plain WAV needs none.
    """
    plain = wav.read(file)
    if plain is not None:
        return plain.duration
    end = 0.0
    with opened(file, choice) as recording:
        for timed in packets(recording):
            check_stop()
            end = timed.end
    return end


def decoded_duration(
    source: Path | BinaryIO, trouble: Callable[[str], None] = ignore, *, most: float = math.inf
) -> float:
    """The length in seconds of everything in a file that can be decoded.

    Args:
        source: a path, or a seekable binary file.
        trouble: called for each packet that cannot be decoded, with the reason.
        most: seconds after which decoding stops.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed; plain WAV needs none.
    """
    if isinstance(source, Path):
        with Source.open(source) as opened_source:
            return decoded_duration(cast("BinaryIO", Reader(opened_source)), trouble, most=most)
    plain = wav.read(source)
    if plain is not None:
        return plain.duration
    total = 0.0
    with opened(source) as recording:
        for timed in frames(recording, trouble):
            check_stop()
            total += timed.length
            if total >= most:
                break
    return total
