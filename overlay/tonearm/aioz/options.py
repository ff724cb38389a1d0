"""What can be asked of each operation of AIOZ Stream, beside the object or the file itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import Literal, TypedDict

from ..progress import OnProgress
from .media import Media
from .metrics import Moment
from .presets import Preset
from .types import ListFilters, Order, QualityConfig, SortBy


class _Description(TypedDict, total=False):
    """What an object tells of itself beside its title."""

    description: str | None
    """At most 1000 characters."""
    tags: Sequence[str] | None
    """At most 50, each of at most 255 characters."""
    metadata: Mapping[str, str] | None
    """At most 50 pairs, each key and value of at most 255 characters."""
    is_public: bool | None
    """Whether anyone may play it."""


class CreateOptions(_Description, total=False):
    """What can be said of a new object; what is left out or None is not sent."""

    preset: Preset | None
    """One quality or several by name; the service chooses when None."""
    qualities: Sequence[QualityConfig] | None
    """Quality objects, instead of `preset`."""


class UploadOptions(CreateOptions, total=False):
    """What can be said of an upload and of the object that it makes."""

    title: str | None
    """1 to 255 characters; the file's name when None."""
    size: int | None
    """Bytes of a stream that cannot seek. With it, one part at a time is stored in a temporary file; without it, the
    whole stream is stored first."""
    part_size: int | Literal["auto"]
    """Bytes of a part, 1 to 200,000,000; 50 MiB when left out. "auto" begins with 50 MiB and, while the service refuses
    a part as too large (413), uploads again as a new object in parts of half the size."""
    workers: int
    """How many parts are sent at a time, 1 to 5; 1 when left out."""
    first_index: int
    """The index of the first part, 0 or 1; 1 when left out. The documents disagree, and the official clients send 1."""
    state: str | PathLike[str] | Literal[False] | None
    """A new file for the journal; when None, one in `$XDG_STATE_HOME/tonearm` or `~/.local/state/tonearm`. It is
    deleted once the upload is complete. False keeps no journal: the upload cannot be resumed."""
    max_price: float | None
    """The highest price in US dollars; the service is asked for the price before anything is created."""
    duration: float | None
    """Length of the audio in seconds, for `max_price`; read from the source when None (extra `media`)."""
    wait: bool
    """Whether to return only after transcoding; False when left out."""
    on_progress: OnProgress | None
    """Called with the progress of the upload, in bytes."""
    on_create: Callable[[Media], object] | None
    """Called with the new object before its first part is sent; with "auto" again with one that replaces it. What it
    raises stops the upload, which can be resumed."""


class UpdateOptions(_Description, total=False):
    """What can be changed of an object: None keeps a value, an empty one clears it. Tags and pairs replace all."""

    title: str | None
    """1 to 255 characters."""
    player_theme_id: str | None
    """The player's theme; compare it with that of the returned object."""


class ListOptions(ListFilters, total=False):
    """What is listed, and in which order."""

    sort_by: SortBy
    """The field to sort by; `created_at` when left out."""
    order_by: Order
    """Ascending or descending; `asc` when left out."""


class PageOptions(ListOptions, total=False):
    """What is on one page of the list."""

    offset: int
    """How many objects to skip; 0 when left out."""
    limit: int
    """How many objects to read, 1 to 100; 25 when left out."""


class PlaylistOptions(TypedDict, total=False):
    """What can be said of a new playlist; what is left out or None is not sent."""

    tags: Sequence[str] | None
    """At most 50, each of at most 255 characters."""
    metadata: Mapping[str, str] | None
    """At most 50 pairs, each key and value of at most 255 characters."""


class PlaylistListOptions(PlaylistOptions, total=False):
    """Which playlists are listed, and in which order; tags and pairs are those that they have."""

    search: str | None
    """Text in the name."""
    sort_by: Literal["created_at", "name"]
    """The field to sort by; `created_at` when left out."""
    order_by: Order
    """Ascending or descending; `asc` when left out."""


class MetricOptions(TypedDict, total=False):
    """What is counted at all; what is left out or None does not matter."""

    start: Moment | None
    """When to begin: a time, which is local when it has no zone, or seconds since 1970."""
    end: Moment | None
    """When to end, the same way."""
    media: str | Sequence[str] | None
    """The id of an object, or several."""
    countries: str | Sequence[str] | None
    """The code of a country, such as FR, or several."""
    devices: str | Sequence[str] | None
    """A kind of device, such as phone, or several."""
    tags: str | Sequence[str] | None
    """A tag that objects have, or several."""


class PlayerThemeOptions(TypedDict, total=False):
    """What can be said of a player theme; what is left out or None is as the service has it, or stays as it is.

    A colour is `#rrggbb` or `rgba(255, 0, 0, 1)`; a size is in pixels of the page.
    """

    name: str | None
    """A name for people, at most 255 characters."""
    is_default: bool | None
    """Whether objects without a theme of their own have it."""
    main_color: str | None
    """The colour of what stands out."""
    text_color: str | None
    """The colour of text."""
    text_track_color: str | None
    """The colour of captions."""
    text_track_background: str | None
    """The colour of what is behind captions."""
    control_bar_background_color: str | None
    """The colour of what is behind the controls."""
    menu_background_color: str | None
    """The colour of what is behind menus."""
    menu_item_background_hover: str | None
    """The colour of what is behind the entry of a menu that is pointed at."""
    control_bar_height: int | None
    """The height of the controls."""
    progress_bar_height: int | None
    """The height of the bar that shows the place."""
    progress_bar_circle_size: int | None
    """The size of the mark on that bar."""
    enable_api: bool | None
    """Whether a page may steer the player."""
    enable_controls: bool | None
    """Whether it has controls."""
    force_autoplay: bool | None
    """Whether it begins by itself."""
    force_loop: bool | None
    """Whether it begins again at the end."""
    hide_title: bool | None
    """Whether it hides the title."""
