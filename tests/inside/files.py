"""What tests need of `_files`: drafts, locks and journals that other processes hold, damage or remove."""

from tonearm._files import (
    Draft,
    SharedLog,
    Source,
    StateLog,
    atomic,
    exists,
    is_locked,
    kept_text,
    locked,
    open_log,
    open_new,
    open_part,
    path_of,
    read_state,
    state_log,
    sync,
    write_anywhere,
    write_behind,
    write_text_anywhere,
    write_whole,
)
from tonearm._files.atomic import write_state
from tonearm._files.kept import state_folder
from tonearm._files.named_file import NamedFile
from tonearm._files.source import BLOCK, FileWindow
from tonearm._files.stream_source import Spool, is_stream, open_source
from tonearm._files.write_behind import WriteBehind
