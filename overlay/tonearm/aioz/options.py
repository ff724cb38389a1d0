"""The options of the operations of AIOZ Stream."""

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
    """The description of an object, apart from its title."""

    description: str | None
    """At most 1000 characters."""
    tags: Sequence[str] | None
    """At most 50, each of at most 255 characters."""
    metadata: Mapping[str, str] | None
    """At most 50 pairs, each key and value of at most 255 characters."""
    is_public: bool | None
    """Whether anyone may play it."""


class CreateOptions(_Description, total=False):
    """The options of a new object; an option that is left out or None is not sent."""

    preset: Preset | None
    """One quality or several by name; the service chooses when None."""
    qualities: Sequence[QualityConfig] | None
    """Quality objects, instead of `preset`."""


class UploadOptions(CreateOptions, total=False):
    """The options of an upload and of its object."""

    title: str | None
    """1 to 255 characters; the file's name when None."""
    size: int | None
    """Bytes of a stream that cannot seek. With it, one part at a time is stored in a temporary file; without it, the
    whole stream is stored first."""
    part_size: int | Literal["auto"]
    """Bytes of a part, 1 to 200,000,000; 50 MiB when left out. "auto" starts with 50 MiB, and while the service refuses
    a part as too large (413), uploads again as a new object in parts of half the size."""
    workers: int
    """How many parts are sent at a time, 1 to 5; 1 when left out."""
    first_index: int
    """The index of the first part, 0 or 1; 1 when left out. The documents disagree, and the official clients send 1."""
    state: str | PathLike[str] | Literal[False] | None
    """A new file for the journal; when None, one in `$XDG_STATE_HOME/tonearm` or `~/.local/state/tonearm`. It is
    deleted once the upload is complete. False keeps no journal: the upload cannot be resumed."""
    max_price: float | None
    """The highest price in US dollars; the price is requested from the service before anything is created."""
    duration: float | None
    """Length of the audio in seconds, for `max_price`; read from the source when None (extra `media`)."""
    wait: bool
    """Whether to return only after transcoding; False when left out."""
    on_progress: OnProgress | None
    """Called with the progress of the upload, in bytes."""
    on_create: Callable[[Media], object] | None
    """Called with the new object before its first part is sent; with "auto" again with an object that replaces it. An
    exception interrupts the upload, which can be resumed."""


class UpdateOptions(_Description, total=False):
    """The changes of an object: None keeps a value, an empty value clears it. Tags and pairs replace earlier ones."""

    title: str | None
    """1 to 255 characters."""
    player_theme_id: str | None
    """The player's theme; compare it with the theme of the returned object."""


class ListOptions(ListFilters, total=False):
    """The filters and the order of a list."""

    sort_by: SortBy
    """The field to sort by; `created_at` when left out."""
    order_by: Order
    """Ascending or descending; `asc` when left out."""


class PageOptions(ListOptions, total=False):
    """The filters, the order and the page of a list."""

    offset: int
    """How many objects to skip; 0 when left out."""
    limit: int
    """How many objects to read, 1 to 100; 25 when left out."""


class PlaylistOptions(TypedDict, total=False):
    """The options of a new playlist; an option that is left out or None is not sent."""

    tags: Sequence[str] | None
    """At most 50, each of at most 255 characters."""
    metadata: Mapping[str, str] | None
    """At most 50 pairs, each key and value of at most 255 characters."""


class PlaylistListOptions(PlaylistOptions, total=False):
    """The filters and the order of a list of playlists: by tags and pairs that they have."""

    search: str | None
    """Text in the name."""
    sort_by: Literal["created_at", "name"]
    """The field to sort by; `created_at` when left out."""
    order_by: Order
    """Ascending or descending; `asc` when left out."""


class MetricOptions(TypedDict, total=False):
    """The filters of a metric; a filter that is left out or None does not restrict."""

    start: Moment | None
    """The beginning: a time, which is local if it has no zone, or seconds since 1970."""
    end: Moment | None
    """The end: a time or seconds, like `start`."""
    media: str | Sequence[str] | None
    """The id of an object, or several."""
    countries: str | Sequence[str] | None
    """The code of a country, such as FR, or several."""
    devices: str | Sequence[str] | None
    """A kind of device, such as phone, or several."""
    tags: str | Sequence[str] | None
    """A tag that objects have, or several."""


class PlayerThemeOptions(TypedDict, total=False):
    """The options of a player theme; a value that is left out or None keeps the service's or its earlier value.

    A colour is `#rrggbb` or `rgba(255, 0, 0, 1)`; a size is in pixels of the page.
    """

    name: str | None
    """A name for people, at most 255 characters."""
    is_default: bool | None
    """Whether objects without a theme of their own have it."""
    main_color: str | None
    """The colour of highlights."""
    text_color: str | None
    """The colour of text."""
    text_track_color: str | None
    """The colour of captions."""
    text_track_background: str | None
    """The colour behind captions."""
    control_bar_background_color: str | None
    """The colour behind the controls."""
    menu_background_color: str | None
    """The colour behind menus."""
    menu_item_background_hover: str | None
    """The colour behind the menu entry under the pointer."""
    control_bar_height: int | None
    """The height of the controls."""
    progress_bar_height: int | None
    """The height of the progress bar."""
    progress_bar_circle_size: int | None
    """The size of the circle on the progress bar."""
    enable_api: bool | None
    """Whether a page may control the player."""
    enable_controls: bool | None
    """Whether it has controls."""
    force_autoplay: bool | None
    """Whether it plays automatically."""
    force_loop: bool | None
    """Whether it starts again at the end."""
    hide_title: bool | None
    """Whether it hides the title."""
