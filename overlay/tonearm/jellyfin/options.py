"""The options of downloads from Jellyfin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias, TypedDict

from ..progress import OnProgress
from .presets import PresetName
from .types import AudioParams, Beside, Prune, RunTime

PresetOrNone: TypeAlias = PresetName | None
"""A preset, or None if parameters of the stream set the format."""


class _FetchOptions(TypedDict, total=False):
    """The options that all downloads share."""

    preset: PresetOrNone
    """The format to download; `original` when left out, and None when parameters of the stream set it."""
    run_time: RunTime
    """What to do if encoded audio is not as long as the server says, which may be an estimate: `measure` fetches and
    measures the original, `trust` raises; `measure` when left out."""
    wait_server: float
    """Seconds to wait for a server that becomes unavailable after it has responded; 120 when left out."""
    on_progress: OnProgress | None
    """Called with the progress, in bytes; for many items with the progress of all, where `part` is the number of the
    item that has advanced."""


class _ItemOptions(_FetchOptions, total=False):
    """The further options of one download."""

    duration: float | timedelta | None
    """Length of the item in seconds; None asks the server, 0 skips this check."""


class _FolderOptions(_FetchOptions, total=False):
    """The further options of a copy of many items."""

    workers: int
    """How many items are downloaded at a time, 1 to 8; 2 when left out."""
    layout: str | None
    """A template for names of files, such as `"{albumartist}/{album}/{disc}-{track} {title}"`; it may also have
    `{artist}`, `{genre}`, `{year}`, `{place}` and `{id}`. When None, `{place} - {title}` for a playlist, else
    `{disc}-{track} - {title}`, with the disc only if there are several."""
    replace: bool
    """Whether files that were changed here, or that are not in the record, are replaced; False when left out."""
    prune: Prune
    """Whether to remove files whose items do not exist on the server any more, or not for this user; "show" only
    returns them, with the note `left the server`; False when left out. Files that are not in the record, that were
    changed here, or whose items are on another server, are never removed."""
    beside: Sequence[Beside]
    """Further files to keep up to date: "covers", "lyrics" (.lrc), and "playlist" (.m3u8, with the songs in order). A
    file with such a name that is not in the record is left alone."""


class DownloadOptions(_ItemOptions, AudioParams, total=False):
    """The options of a download; parameters of the stream override the preset."""


class DownloadAllOptions(_FolderOptions, AudioParams, total=False):
    """The options of a copy of many items; parameters of the stream override the preset."""
