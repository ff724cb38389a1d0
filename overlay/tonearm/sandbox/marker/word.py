"""A word of the marker voice."""

from attrs import frozen

from tonearm.sandbox import recogniser

SPEAKERS = "ABCDEFGHIJKLMNOP"
"""The labels that speakers can have: one letter each."""


@frozen
class Word(recogniser.Word):
    """One word, the label of its speaker, and its times in seconds from the start of the audio."""

    speaker: str
