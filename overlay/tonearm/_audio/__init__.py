"""Recordings: their format, length and silences, chunks of them, and one file made of many. The only user of PyAV.

May import: `_files`, `_base`, `errors`.

PyAV, numpy and sentencex (extra `media`) are loaded on first use; plain WAV needs none of them.
"""

from .chunk import Piece
from .chunks import write_pieces
from .concatenate import Grid, Take, joined
from .container import Choice, NoSound
from .cuts import Reach, Scan, Silence, Span, divided, spans
from .detect import TYPES, extension_of, foreign, named, sniff
from .encode import LOSSLESS, Coding, check_encoder, decode, encode
from .flac import fill_length
from .formats import MOST_RATE
from .label import NO_LABEL, Label, Mark, picture
from .length import decoded_duration, duration
from .reader import Reader
from .riff import missing, repair
from .scanning import AHEAD, Scanning, scan
from .sentences import sentences
from .source_duration import duration_of
from .survey import Survey, survey
from .waveform import Waveform, waveform

__all__ = [
    "AHEAD",
    "LOSSLESS",
    "MOST_RATE",
    "NO_LABEL",
    "TYPES",
    "Choice",
    "Coding",
    "Grid",
    "Label",
    "Mark",
    "NoSound",
    "Piece",
    "Reach",
    "Reader",
    "Scan",
    "Scanning",
    "Silence",
    "Span",
    "Survey",
    "Take",
    "Waveform",
    "check_encoder",
    "decode",
    "decoded_duration",
    "divided",
    "duration",
    "duration_of",
    "encode",
    "extension_of",
    "fill_length",
    "foreign",
    "joined",
    "missing",
    "named",
    "picture",
    "repair",
    "scan",
    "sentences",
    "sniff",
    "spans",
    "survey",
    "waveform",
    "write_pieces",
]
