"""The names of a copy's files, from a template such as ``{albumartist}/{album}/{disc}-{track} {title}``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from string import Formatter

from attrs import evolve, frozen

from ..._base.file_names import name_of, safe
from ...errors import InvalidInput
from ..items import Item

TRACKS = "{disc}-{track} - {title}"
"""The default template, except for playlists: the name of a file depends only on its own item."""

PLACES = "{place} - {title}"
"""The default template for playlists."""

_LARGEST_NUMBER = 9999


@frozen
class _Named:
    """An item to be named, and its place among the others, from 1."""

    item: Item
    place: int
    width: int

    def number(self, value: int | None, width: int) -> str | None:
        """A number as text; None if the item has none."""
        usable = value is not None and 0 <= value <= _LARGEST_NUMBER
        return str(value).zfill(width) if usable else None


_FIELDS: Mapping[str, Callable[[_Named], str | None]] = {
    "title": lambda named: named.item.name or named.item.id,
    "track": lambda named: named.number(named.item.number, named.width),
    "disc": lambda named: named.number(named.item.disc, 1),
    "place": lambda named: str(named.place).zfill(named.width),
    "album": lambda named: named.item.album,
    "artist": lambda named: _first(named.item.artists) or named.item.album_artist,
    "albumartist": lambda named: named.item.album_artist or _first(named.item.artists),
    "genre": lambda named: _first(named.item.genres),
    "year": lambda named: named.number(named.item.year, 4),
    "id": lambda named: named.item.id,
}


@frozen
class Layout:
    """A template of paths. A field that an item lacks is left out, with the text before the next field."""

    template: str
    _folders: tuple[tuple[tuple[str, str | None], ...], ...]

    @classmethod
    def of(cls, template: str) -> Layout:
        """Read a template.

        Raises:
            InvalidInput: it has no field, or an unknown one.
        """
        try:
            folders = [tuple(_parsed(part)) for part in template.split("/") if part.strip()]
        except (AttributeError, TypeError, ValueError) as error:
            raise _invalid(template) from error
        fields = {name for folder in folders for _, name in folder if name is not None}
        if not fields or not fields <= _FIELDS.keys():
            raise _invalid(template)
        return cls(template, tuple(folders))

    @property
    def has_places(self) -> bool:
        """Whether names depend on the places of the items."""
        return any(name == "place" for folder in self._folders for _, name in folder)

    def stem(self, item: Item, place: int, count: int, *, discs: bool) -> str:
        """The path of an item, without extension; `discs` says whether its disc is named."""
        named = _Named(item if discs else evolve(item, disc=None), place, max(2, len(str(count))))
        parts = [text for folder in self._folders if (text := _filled(folder, named))]
        return "/".join(name_of(part) for part in parts) or name_of(item.id)

    def facts(self, item: Item, place: int) -> str:
        """The facts from which a name is made, apart from other items; a file is renamed if they change."""
        return "/".join(_filled(folder, _Named(item, place, 1)) for folder in self._folders)


def several_discs(items: Sequence[Item]) -> bool:
    """Whether items of one album are on several discs, so that names need them."""
    discs: dict[str | None, set[int]] = {}
    for item in items:
        if item.disc is not None:
            discs.setdefault(item.album_id or item.album, set()).add(item.disc)
    return any(len(numbers) > 1 for numbers in discs.values())


def _parsed(part: str) -> list[tuple[str, str | None]]:
    found = list(Formatter().parse(part))
    if any(spec or conversion for _, _, spec, conversion in found):
        raise ValueError(part)
    return [(literal, name) for literal, name, _, _ in found]


def _filled(folder: Sequence[tuple[str, str | None]], named: _Named) -> str:
    """The text of one folder or file; empty when it has no field."""
    if all(name is None for _, name in folder):
        return "".join(literal for literal, _ in folder)
    text, is_first = "", True
    for literal, name in folder:
        value = None if name is None else _FIELDS[name](named)
        if value is not None and value.strip():
            text += (literal if text or is_first else "") + safe(value)
        elif name is None and text:
            text += literal
        is_first = False
    return text


def _first(values: Sequence[str]) -> str | None:
    return values[0] if values else None


def _invalid(template: object) -> InvalidInput:
    known = ", ".join(f"{{{name}}}" for name in _FIELDS)
    return InvalidInput.of("layout", template, f"a path with fields in braces, which are {known}")
