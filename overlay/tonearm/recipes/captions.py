"""Captions of a publication: made from a transcript, and compared with the tracks of an object."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from attrs import evolve

import tonearm

from .. import InvalidInput

logger = logging.getLogger("tonearm")


def captions_of(note: tonearm.openai.Transcript | str, duration: float | None) -> str:
    """A transcript as a WebVTT file; if a model returns no times, each cue gets its share of the duration."""
    if isinstance(note, str):
        return note
    try:
        return note.to_vtt()
    except InvalidInput:  # without times, but paid for
        logger.warning("the model returns no times: those of the captions are estimated")
        whole = tonearm.openai.Segment(0.0, note.duration or duration or 0.0, note.text, coarse=True)
        return evolve(note, segments=(whole,), words=None).to_vtt()


def has_cues(captions: str) -> bool:
    """Whether captions, as the text of a WebVTT file, have any cue."""
    return "-->" in captions


def has_language(tracks: Sequence[tonearm.aioz.Track], language: str | None) -> bool:
    """Whether an object has a track in a language, other than one that the service has generated."""
    return any(
        (track.language or "").lower() == (language or "").lower() and not track.is_generated for track in tracks
    )
