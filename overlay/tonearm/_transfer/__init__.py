"""Bodies that are too large for memory: downloads that resume, live streams, and files that are read in ranges.

May import: `_engine`, `_http`, `_files`, `_base`, `errors`, `progress`.
"""

from typing import TYPE_CHECKING

from .._base.exports import names

if TYPE_CHECKING:
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

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "AsyncAudioStream": ".stream",
            "AudioStream": ".stream",
            "Fetched": ".downloads",
            "Opening": ".stream",
            "PartFile": ".partial_file",
            "Ranges": ".ranged_file",
            "WebFile": ".web_file",
            "beside": ".part_names",
            "download": ".downloads",
            "end_part": ".part_names",
            "follow": ".redirects",
            "move_part": ".part_names",
            "open_input": ".inputs",
            "remove_part": ".part_names",
            "validator_of": ".ranged_file",
            "version_on_the_web": ".web_file",
        },
    )
