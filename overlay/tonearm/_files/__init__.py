"""Everything that opens, reads, writes and locks files. No other package of the library opens one.

May import: `_base`, `errors`.

A `Source` is what is sent; `open_source` makes one of a path, bytes, a file or a stream. A `Draft` gets the name of its
target only once it is whole. A `StateLog` is an append-only private journal with one writer at a time.
"""

from .addresses import folder_of, is_remote, is_web, path_of, place_in, without_password
from .atomic import (
    Draft,
    check_replaceable,
    is_blank,
    is_folder,
    link_target,
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
from .kept import STATE_HINT, check_state, kept_paths, kept_text, state_folder
from .lock import is_locked, locked
from .named_file import remove_open, rename_open, sync
from .refusals import unwritable
from .remote import (
    Version,
    exists,
    files_below,
    make_folder_for,
    opened,
    remote_version,
    takes_many,
    write_anywhere,
    write_text_anywhere,
)
from .shared_log import SharedLog
from .source import BLOCK, NO_STAMP, FileWindow, Source, SourceLike, sendable
from .state_log import StateLog
from .stream_source import Spool, is_stream, open_source
from .write_behind import WriteBehind, write_all

__all__ = [
    "BLOCK",
    "NO_STAMP",
    "STATE_HINT",
    "Draft",
    "FileWindow",
    "SharedLog",
    "Source",
    "SourceLike",
    "Spool",
    "StateLog",
    "Version",
    "WriteBehind",
    "check_replaceable",
    "check_state",
    "exists",
    "files_below",
    "folder_of",
    "is_blank",
    "is_folder",
    "is_locked",
    "is_remote",
    "is_stream",
    "is_web",
    "kept_paths",
    "kept_text",
    "link_target",
    "locked",
    "make_folder_for",
    "open_log",
    "open_new",
    "open_part",
    "open_source",
    "open_text",
    "opened",
    "path_of",
    "place_in",
    "read_object",
    "read_state",
    "remote_version",
    "remove_open",
    "rename_open",
    "scratch",
    "sendable",
    "state_folder",
    "sync",
    "takes_many",
    "unwritable",
    "without_password",
    "write_all",
    "write_anywhere",
    "write_state",
    "write_text_anywhere",
    "write_whole",
]
