"""Bodies that are too large for memory: downloads that resume, streams that are read live, files read in ranges.

May import: `_engine`, `_http`, `_files`, `_base`, `errors`, `progress`.
"""

from .downloads import Fetched, download
from .part_names import end_part, move_part, remove_part
from .partial_file import PartFile
from .ranged_file import Ranges, validator_of
from .stream import AsyncAudioStream, AudioStream, Opening

__all__ = [
    "AsyncAudioStream",
    "AudioStream",
    "Fetched",
    "Opening",
    "PartFile",
    "Ranges",
    "download",
    "end_part",
    "move_part",
    "remove_part",
    "validator_of",
]
