"""Everything that opens, reads, writes and locks files. No other package of the library opens one.

May import: `_base`, `errors`.

A `Source` is what is sent; `open_source` makes one of a path, bytes, a file or a stream. A `Draft` gets the name of its
target only once it is whole. A `StateLog` is an append-only private journal with one writer at a time.
"""

from typing import TYPE_CHECKING

from .._base.exports import names

if TYPE_CHECKING:
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

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "BLOCK": ".source",
            "NO_STAMP": ".source",
            "STATE_HINT": ".kept",
            "Draft": ".atomic",
            "FileWindow": ".source",
            "SharedLog": ".shared_log",
            "Source": ".source",
            "SourceLike": ".source",
            "Spool": ".stream_source",
            "StateLog": ".state_log",
            "Version": ".remote",
            "WriteBehind": ".write_behind",
            "check_replaceable": ".atomic",
            "check_state": ".kept",
            "exists": ".remote",
            "files_below": ".remote",
            "folder_of": ".addresses",
            "is_blank": ".atomic",
            "is_folder": ".atomic",
            "is_locked": ".lock",
            "is_remote": ".addresses",
            "is_stream": ".stream_source",
            "is_web": ".addresses",
            "kept_paths": ".kept",
            "kept_text": ".kept",
            "link_target": ".atomic",
            "locked": ".lock",
            "make_folder_for": ".remote",
            "open_log": ".atomic",
            "open_new": ".atomic",
            "open_part": ".atomic",
            "open_source": ".stream_source",
            "open_text": ".atomic",
            "opened": ".remote",
            "path_of": ".addresses",
            "place_in": ".addresses",
            "read_object": ".atomic",
            "read_state": ".atomic",
            "remote_version": ".remote",
            "remove_open": ".named_file",
            "rename_open": ".named_file",
            "scratch": ".atomic",
            "sendable": ".source",
            "state_folder": ".kept",
            "sync": ".named_file",
            "takes_many": ".remote",
            "unwritable": ".refusals",
            "without_password": ".addresses",
            "write_all": ".write_behind",
            "write_anywhere": ".remote",
            "write_state": ".atomic",
            "write_text_anywhere": ".remote",
            "write_whole": ".atomic",
        },
    )
