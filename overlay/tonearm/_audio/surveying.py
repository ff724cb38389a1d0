"""What is known of a recording before anything of it is sent."""

from __future__ import annotations

import math
from typing import BinaryIO

from attrs import frozen

from .._base.cancellation import check_stop
from . import wav
from .container import ANY, Choice, opened
from .timeline import HOLE, packets

_SENT_AS_THEY_ARE = {"mp3": None, "flac": None, "ogg": None, "wav": None, "mov": None, "matroska": {"opus", "vorbis"}}
"""Containers, by the first of FFmpeg's names, that servers take, and the codecs that they must have in them."""


@frozen
class Survey:
    """What a recording holds, in seconds; `track` is which audio track is read, of so many `tracks`.

    `undecodable` are the tracks before it that FFmpeg has no decoder for. `plain` says that a server that decodes the
    file as it is hears the same sound at the same times: one track from the beginning, without holes, not chained, not
    behind other bytes, and in a format that servers take.
    """

    duration: float
    plain: bool
    track: int = 1
    tracks: int = 1
    undecodable: tuple[int, ...] = ()


def survey(file: BinaryIO, choice: Choice = ANY, *, most: float = math.inf) -> Survey:
    """Look through the packets of a recording; nothing is decoded.

    Args:
        file: a seekable binary file that holds the recording.
        choice: which sound of it.
        most: seconds after which it is not looked at any more, and the duration is so much or somewhat more.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed; plain WAV needs none.
    """
    plain = wav.read(file)
    if plain is not None:
        return Survey(plain.duration, plain=plain.told is None)
    with opened(file, choice) as recording:
        end, whole = 0.0, recording.tracks == 1 and not (recording.later or recording.behind)
        for timed in packets(recording):
            check_stop()
            whole = whole and timed.time - end < HOLE / 2
            end = timed.end
            if end > most:
                break
        container = recording.container.format.name.partition(",")[0]
        codec = recording.stream.codec_context.codec.canonical_name
        codecs = _SENT_AS_THEY_ARE.get(container, frozenset[str]())
        taken = codecs is None or codec in codecs
        return Survey(end, whole and taken, recording.number, recording.tracks, recording.undecodable)
