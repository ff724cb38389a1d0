"""Recordings: their format, length and silences, chunks of them, and one file made of many. The only user of PyAV.

May import: `_files`, `_base`, `errors`.

PyAV, numpy and sentencex (extra `media`) are loaded on first use; plain WAV needs none of them. The modules are, too:
a client that sends no recording needs none.
"""

from typing import TYPE_CHECKING

from .._base.exports import names

if TYPE_CHECKING:
    from .chunk import Piece
    from .chunks import write_pieces
    from .concatenate import Grid, Take, joined
    from .container import Choice, NoSound
    from .cuts import Reach, Scan, Silence, Span, divided, spans
    from .detect import TYPES, extension_of, foreign, named, sniff
    from .encoding import LOSSLESS, Coding, check_encoder, decode, encode
    from .flac import fill_length
    from .formats import MOST_RATE
    from .label import NO_LABEL, Label, Mark, picture
    from .length import decoded_duration, duration
    from .packet_index import PacketIndex
    from .peaks import Waveform, waveform
    from .reader import Reader
    from .riff import missing, repair
    from .scanning import AHEAD, Scanning, scan
    from .source_duration import duration_of
    from .splitting import sentences
    from .surveying import Survey, survey

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
    "PacketIndex",
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

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "AHEAD": ".scanning",
            "Choice": ".container",
            "Coding": ".encoding",
            "Grid": ".concatenate",
            "LOSSLESS": ".encoding",
            "Label": ".label",
            "MOST_RATE": ".formats",
            "Mark": ".label",
            "NO_LABEL": ".label",
            "NoSound": ".container",
            "PacketIndex": ".packet_index",
            "Piece": ".chunk",
            "Reach": ".cuts",
            "Reader": ".reader",
            "Scan": ".cuts",
            "Scanning": ".scanning",
            "Silence": ".cuts",
            "Span": ".cuts",
            "Survey": ".surveying",
            "TYPES": ".detect",
            "Take": ".concatenate",
            "Waveform": ".peaks",
            "check_encoder": ".encoding",
            "decode": ".encoding",
            "decoded_duration": ".length",
            "divided": ".cuts",
            "duration": ".length",
            "duration_of": ".source_duration",
            "encode": ".encoding",
            "extension_of": ".detect",
            "fill_length": ".flac",
            "foreign": ".detect",
            "joined": ".concatenate",
            "missing": ".riff",
            "named": ".detect",
            "picture": ".label",
            "repair": ".riff",
            "scan": ".scanning",
            "sentences": ".splitting",
            "sniff": ".detect",
            "spans": ".cuts",
            "survey": ".surveying",
            "waveform": ".peaks",
            "write_pieces": ".chunks",
        },
    )
