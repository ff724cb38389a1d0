"""Reading a list page by page, from servers that count wrongly, hide rows, or change the list meanwhile."""

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
"""Items that are asked for at a time."""

_EMPTY = 3
"""Pages without an item, one after the other, that end a list: a server may hide what is on a page."""

Reader = Callable[[int, Any], object]
Fits = Callable[[Item], bool]


def everything(_: Item) -> bool:
    """Take every item."""
    return True


@frozen
class Listing:
    """A list: the request of the page that begins at a row, the generated reader of a page, and what fits a filter.

    `repeats` says that an item may be there more than once.
    """

    request: Callable[[int], dict[str, Any]]
    read: Reader
    fits: Fits = everything
    repeats: bool = False

    def pages(self) -> Pages:
        """Begin to read the list."""
        return Pages(self)

    def all(self) -> Plan[tuple[Item, ...]]:
        """Read every page."""
        pages, found = self.pages(), list[Item]()
        while not pages.ended:
            found += yield from pages.next()
        return tuple(found)


@define
class Pages:
    """A list that is being read.

    Each step is as long as what was asked for, as a server may hide rows of a page. What came before is dropped: a row
    that is added in front moves the others to the next page, and a server without pages sends the same ones again.
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
        """Read the next page; gives what is new on it and fits."""
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
            found = data.get("Items")
            if not isinstance(found, list):
                return self.listing.read(status, data)
            listed = cast("list[object]", found)
            rows = len(listed)
            usable = [row for row in listed if _is_item(row)]
            if not usable and not self._start:
                return self.listing.read(status, data)  # no list at all, where every row is odd
            if len(usable) < rows:
                logger.warning("%d rows of a list are no items, and are left out", rows - len(usable))
            return self.listing.read(status, {**data, "Items": usable})

        def make(model: models.BaseItemDtoQueryResult) -> _Page:
            found = tuple([Item.of(row, answer.request_id) for row in given(model.items) or ()])
            return _Page(found, rows, given(model.total_record_count))

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
        """Find out whether this was the last page: totals are believed only where all else agrees with them."""
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
            logger.warning("the server ignores a filter; what does not fit is left out here")
        return fits


@frozen
class _Page:
    items: tuple[Item, ...]
    rows: int
    total: int | None


def filtered(genre: str | None, artist: str | None, favorite: bool | None = None) -> Fits:
    """What fits a genre, an artist's id and whether it is a favourite, as far as an item says anything of them."""

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
    """A name as servers compare it: without case, accents, spaces and marks."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum()) or name


def _id(value: object) -> str | None:
    found = text(cast("dict[str, object]", value).get("Id")) if isinstance(value, dict) else None
    return None if found is None else found.replace("-", "").lower()


def _is_item(row: object) -> bool:
    id = cast("dict[str, object]", row).get("Id") if isinstance(row, dict) else None
    return isinstance(id, str) and id != ""
