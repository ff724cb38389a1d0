"""Captions of a publication: made of a transcript, and looked for among those that an object has."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from attrs import evolve

import tonearm

from .. import InvalidInput

logger = logging.getLogger("tonearm")


def captions_of(note: tonearm.openai.Transcript | str, duration: float | None) -> str:
    """A transcript as a WebVTT file; where a model tells no times, each cue gets its share of the duration."""
    if isinstance(note, str):
        return note
    try:
        return note.to_vtt()
    except InvalidInput:  # it is paid for, whatever it lacks
        logger.warning("the model tells no times: those of the captions are estimated")
        whole = tonearm.openai.Segment(0.0, note.duration or duration or 0.0, note.text, coarse=True)
        return evolve(note, segments=(whole,), words=None).to_vtt()


def has_language(tracks: Sequence[tonearm.aioz.Track], language: str | None) -> bool:
    """Whether there is a track in a language that the service did not make by itself."""
    return any(
        (track.language or "").lower() == (language or "").lower() and not track.is_generated for track in tracks
    )
