"""What can be asked of downloads from Jellyfin, beside the items and the place for their files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias, TypedDict

from ..progress import OnProgress
from ._copy.entry import Beside
from ._copy.prune import Prune
from .presets import PresetName
from .types import AudioParams, RunTime

PresetOrNone: TypeAlias = PresetName | None
"""A preset, or None where the parameters of the stream set the form."""


class _FetchOptions(TypedDict, total=False):
    """What all downloads share."""

    preset: PresetOrNone
    """The format to download; `original` when left out, and None when parameters of the stream set it."""
    run_time: RunTime
    """What is done when encoded audio is not as long as the server says, which may be an estimate: `measure` fetches
    the original to see, `trust` raises; `measure` when left out."""
    wait_server: float
    """Seconds for which a server is waited for that goes away once it has answered; 120 when left out."""
    on_progress: OnProgress | None
    """Called with the progress, in bytes; of many items that of all together, where `part` is the item that has
    advanced."""


class _ItemOptions(_FetchOptions, total=False):
    """What one download takes besides."""

    duration: float | timedelta | None
    """Length of the item in seconds; None asks the server, 0 skips this check."""


class _FolderOptions(_FetchOptions, total=False):
    """What a copy of many items takes besides."""

    workers: int
    """How many items are downloaded at a time, 1 to 8; 2 when left out."""
    layout: str | None
    """How files are named, as in `"{albumartist}/{album}/{disc}-{track} {title}"`; `{artist}`, `{genre}`, `{year}`,
    `{place}` and `{id}` are known too. None for `{disc}-{track} - {title}`, with the disc only where there are several,
    and for `{place} - {title}` of a playlist."""
    replace: bool
    """Whether files that were changed here, or that are not in the record, are replaced; False when left out."""
    prune: Prune
    """Whether files are removed whose items do not exist on the server any more, or not for this user; "show" only
    returns them, with the note `left the server`; False when left out. Files that are not in the record, that were
    changed here, or whose items are on another server, are never removed."""
    beside: Sequence[Beside]
    """What is kept beside the songs and follows the server: "covers", "lyrics" (.lrc), and "playlist" (.m3u8, with the
    songs in their order). A file of this name that is not in the record is left alone."""


class DownloadOptions(_ItemOptions, AudioParams, total=False):
    """What can be asked of a download; the parameters of the stream override the preset."""


class DownloadAllOptions(_FolderOptions, AudioParams, total=False):
    """What can be asked of a copy of many items; the parameters of the stream override the preset."""
