"""Recordings: their format, length and silences, chunks of them, and one file made of many. The only user of PyAV.

May import: `_files`, `_base`, `errors`.

PyAV, numpy and sentencex (extra `media`) are loaded on first use; plain WAV needs none of them.
"""

from .chunk import Piece
from .chunks import write_pieces
from .concatenate import Grid, Take, joined
from .cuts import Scan, Silence, Span, spans
from .detect import TYPES, named, sniff
from .encode import LOSSLESS, check_encoder, decode, encode
from .flac import fill_length
from .length import decoded_duration, duration
from .reader import Reader
from .scanning import scan
from .sentences import sentences
from .source_duration import duration_of
from .wav_repair import missing, repair

__all__ = [
    "LOSSLESS",
    "TYPES",
    "Grid",
    "Piece",
    "Reader",
    "Scan",
    "Silence",
    "Span",
    "Take",
    "check_encoder",
    "decode",
    "decoded_duration",
    "duration",
    "duration_of",
    "encode",
    "fill_length",
    "joined",
    "missing",
    "named",
    "repair",
    "scan",
    "sentences",
    "sniff",
    "spans",
    "write_pieces",
]
