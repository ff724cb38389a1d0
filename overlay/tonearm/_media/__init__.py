"""Recordings: where they are silent, how long they are, and pieces of them. PyAV and numpy are loaded on first use."""

from .length import decoded_duration, duration
from .piece import Piece
from .pieces import write_pieces
from .reader import Reader
from .scan import scan
from .spans import Scan, Silence, Span, spans

__all__ = [
    "Piece",
    "Reader",
    "Scan",
    "Silence",
    "Span",
    "decoded_duration",
    "duration",
    "scan",
    "spans",
    "write_pieces",
]
