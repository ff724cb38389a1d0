"""Reads a list page by page, from servers that count wrongly, hide rows, or change the list meanwhile."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, cast

from attrs import define, field, frozen

from tonearm_generated.jellyfin import models
from tonearm_generated.reading import given

from ..._base.coerce import items, text
from ..._engine import Plan
from ..._http import Answer, Request, logger
from ..items import Item
from .error_hints import known
from .startup_wait import call

PAGE = 100
"""Items of one page."""

_EMPTY = 3
"""Consecutive empty pages that end a list: a server may hide the items of a page."""

Reader = Callable[[int, Any], object]
Fits = Callable[[Item], bool]


def everything(_: Item) -> bool:
    """Accept every item."""
    return True


@frozen
class Listing:
    """A list.

    Attributes:
        request: makes the arguments of the request for the page that begins at a row.
        read: the generated reader of a page.
        fits: whether an item fits the filters.
        repeats: whether an item may be in the list more than once.
    """

    request: Callable[[int], dict[str, Any]]
    read: Reader
    fits: Fits = everything
    repeats: bool = False

    def pages(self) -> Pages:
        """Start to read the list."""
        return Pages(self)

    def all(self) -> Plan[tuple[Item, ...]]:
        """Read every page."""
        pages, items = self.pages(), list[Item]()
        while not pages.ended:
            items += yield from pages.next()
        return tuple(items)


@define
class Pages:
    """A list that is being read.

    Each step is as long as a full page, as a server may hide rows. Repeated rows are dropped: a row that is added in
    front moves others to the next page, and a server without pages sends the same rows again.
    """

    listing: Listing
    ended: bool = field(default=False, init=False)
    _start: int = field(default=0, init=False)
    _seen: set[str] = field(factory=set[str], init=False)
    _count: int = field(default=0, init=False)
    _empty: int = field(default=0, init=False)
    _last: tuple[str, ...] = field(default=(), init=False)
    _warned: bool = field(default=False, init=False)

    def next(self) -> Plan[tuple[Item, ...]]:
        """Read the next page, and return its new items that fit."""
        request = Request.of(self.listing.request(self._start))
        page = yield from known(call(request, self._page), for_user=True)
        fresh = self._fresh(page)
        self._count += len(fresh)
        self._end(page, is_new=bool(fresh))
        return tuple([item for item in fresh if self._fits(item)])

    def _page(self, answer: Answer) -> _Page:
        rows = 0

        def read(status: int, data: dict[str, Any]) -> object:
            nonlocal rows
            sent = data.get("Items")
            if not isinstance(sent, list):
                return self.listing.read(status, data)
            listed = cast("list[object]", sent)
            rows = len(listed)
            usable = [row for row in listed if _is_item(row)]
            if not usable and not self._start:
                return self.listing.read(status, data)  # if no row is an item, this is no list of items
            if len(usable) < rows:
                logger.warning("%d rows of a list are no items, and are left out", rows - len(usable))
            return self.listing.read(status, {**data, "Items": usable})

        def make(model: models.BaseItemDtoQueryResult) -> _Page:
            request_id = answer.request_id
            items = tuple([Item.of(row, request_id) for row in given(model.items) or ()])
            return _Page(items, rows, given(model.total_record_count))

        return answer.model(read, models.BaseItemDtoQueryResult, make)

    def _fresh(self, page: _Page) -> list[Item]:
        if self.listing.repeats and not all("PlaylistItemId" in item.raw for item in page.items):
            ids = tuple(item.id for item in page.items)
            is_again, self._last = ids == self._last, ids
            return [] if is_again else list(page.items)
        fresh: list[Item] = []
        for item in page.items:
            key = (self.listing.repeats and text(item.raw.get("PlaylistItemId"))) or item.id
            if key not in self._seen:
                self._seen.add(key)
                fresh.append(item)
        return fresh

    def _end(self, page: _Page, *, is_new: bool) -> None:
        """Decide whether this was the last page: a total is trusted only if nothing contradicts it."""
        total = page.total
        self._start += PAGE
        self._empty = 0 if page.items else self._empty + 1
        if not page.items:
            self.ended = total is None or self._start >= total or self._empty >= _EMPTY
        elif page.rows < PAGE:
            self.ended = total is not None and self._count == total
        if page.items and not is_new:
            self.ended = True
        if self.ended and total is not None and self._count < total:
            logger.warning("the server counts %d items in a list, and sent %d different ones", total, self._count)

    def _fits(self, item: Item) -> bool:
        fits = self.listing.fits(item)
        if not fits and not self._warned:
            self._warned = True
            logger.warning("the server ignores a filter; items that do not fit are left out here")
        return fits


@frozen
class _Page:
    items: tuple[Item, ...]
    rows: int
    total: int | None


def filtered(genre: str | None, artist: str | None, favorite: bool | None = None) -> Fits:
    """A filter by genre, by an artist's id and by favourites, which passes items that lack these fields."""

    def fits(item: Item) -> bool:
        if favorite is not None and item.user_data is not None and item.user_data.favorite is (not favorite):
            return False
        if genre is not None and item.genres and plain(genre) not in map(plain, item.genres):
            return False
        if artist is None:
            return True
        people = [*items(item.raw.get("ArtistItems"), _id), *items(item.raw.get("AlbumArtists"), _id)]
        return not people or artist in people

    return everything if genre is None and artist is None and favorite is None else fits


def plain(name: str) -> str:
    """A name as servers compare it: without case, accents, spaces and punctuation."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum()) or name


def _id(value: object) -> str | None:
    id = text(cast("dict[str, object]", value).get("Id")) if isinstance(value, dict) else None
    return None if id is None else id.replace("-", "").lower()


def _is_item(row: object) -> bool:
    id = cast("dict[str, object]", row).get("Id") if isinstance(row, dict) else None
    return isinstance(id, str) and id != ""
