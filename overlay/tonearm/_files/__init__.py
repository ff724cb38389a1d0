"""Everything that opens, reads, writes and locks files. No other package of the library opens one.

May import: `_base`, `errors`.

A `Source` is something to upload; `open_source` makes one of a path, bytes, a file or a stream. A `Draft` takes its
target's name only once it is whole. A `StateLog` is an append-only private journal with one writer at a time.
"""

from .addresses import folder_of, inside, is_remote, is_web, path_of, without_password
from .atomic import (
    Draft,
    behind,
    check_replaceable,
    is_folder,
    open_log,
    open_new,
    open_part,
    open_text,
    read_object,
    read_state,
    scratch,
    write_state,
    write_whole,
)
from .elsewhere import Told, below, exists, opened, takes_many, version_elsewhere, write_anywhere, write_text_anywhere
from .kept import ELSEWHERE, check_state, kept_paths, kept_text, state_folder
from .lock import is_locked, locked
from .named_file import remove_open, rename_open, sync
from .refusals import unwritable
from .source import BLOCK, NO_STAMP, FileWindow, Source, SourceLike, sendable
from .state_log import StateLog
from .stream_source import Spool, is_stream, open_source
from .write_behind import WriteBehind, write_all

__all__ = [
    "BLOCK",
    "ELSEWHERE",
    "NO_STAMP",
    "Draft",
    "FileWindow",
    "Source",
    "SourceLike",
    "Spool",
    "StateLog",
    "Told",
    "WriteBehind",
    "behind",
    "below",
    "check_replaceable",
    "check_state",
    "exists",
    "folder_of",
    "inside",
    "is_folder",
    "is_locked",
    "is_remote",
    "is_stream",
    "is_web",
    "kept_paths",
    "kept_text",
    "locked",
    "open_log",
    "open_new",
    "open_part",
    "open_source",
    "open_text",
    "opened",
    "path_of",
    "read_object",
    "read_state",
    "remove_open",
    "rename_open",
    "scratch",
    "sendable",
    "state_folder",
    "sync",
    "takes_many",
    "unwritable",
    "version_elsewhere",
    "without_password",
    "write_all",
    "write_anywhere",
    "write_state",
    "write_text_anywhere",
    "write_whole",
]
