"""Surveys a recording before it is sent: length, tracks, and whether a server would hear the same sound."""

from __future__ import annotations

import math
from typing import BinaryIO

from attrs import frozen

from .._base.cancellation import check_stop
from . import wav
from .container import ANY, Choice, opened
from .timeline import HOLE, packets

_SENT_AS_THEY_ARE = {"mp3": None, "flac": None, "ogg": None, "wav": None, "mov": None, "matroska": {"opus", "vorbis"}}
"""Containers that servers accept, by the first of FFmpeg's names, and the codecs that they must hold."""


@frozen
class Survey:
    """The length of a recording in seconds, and which audio track is read, of so many `tracks`.

    `undecodable` has the preferred tracks for which FFmpeg has no decoder. `plain` says that a server that decodes the
    file hears the same sound at the same times: one track from the beginning, without holes, not chained, not behind
    other bytes, and in a format that servers accept.
    """

    duration: float
    plain: bool
    track: int = 1
    tracks: int = 1
    undecodable: tuple[int, ...] = ()


def survey(file: BinaryIO, choice: Choice = ANY, *, most: float = math.inf) -> Survey:
    """Read the packets of a recording without decoding them.

    Args:
        file: a seekable binary file that holds the recording.
        choice: which track of it.
        most: seconds after which reading stops; the duration is then this much, or slightly more.

    Raises:
        InvalidInput: the file cannot be read as audio.
        ConfigurationError: the extra that reads audio is not installed; plain WAV needs none.
    """
    plain = wav.read(file)
    if plain is not None:
        return Survey(plain.duration, plain=plain.declared is None)
    with opened(file, choice) as recording:
        end, unbroken = 0.0, recording.tracks == 1 and not (recording.later or recording.prefixed)
        for timed in packets(recording):
            check_stop()
            unbroken = unbroken and timed.time - end < HOLE / 2
            end = timed.end
            if end > most:
                break
        container = recording.container.format.name.partition(",")[0]
        codec = recording.stream.codec_context.codec.canonical_name
        codecs = _SENT_AS_THEY_ARE.get(container, frozenset[str]())
        accepted = codecs is None or codec in codecs
        return Survey(end, unbroken and accepted, recording.number, recording.tracks, recording.undecodable)
