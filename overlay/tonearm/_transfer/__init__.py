"""Bodies that are too large for memory: downloads that resume, streams that are read live, files read in ranges.

May import: `_engine`, `_http`, `_files`, `_base`, `errors`, `progress`.
"""

from .downloads import Fetched, download
from .inputs import open_input
from .part_names import beside, end_part, move_part, remove_part
from .partial_file import PartFile
from .ranged_file import Ranges, validator_of
from .redirects import follow
from .stream import AsyncAudioStream, AudioStream, Opening
from .web_file import WebFile, version_on_the_web

__all__ = [
    "AsyncAudioStream",
    "AudioStream",
    "Fetched",
    "Opening",
    "PartFile",
    "Ranges",
    "WebFile",
    "beside",
    "download",
    "end_part",
    "follow",
    "move_part",
    "open_input",
    "remove_part",
    "validator_of",
    "version_on_the_web",
]
