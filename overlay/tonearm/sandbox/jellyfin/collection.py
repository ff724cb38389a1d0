"""What the user does with the library: favourites, how often an item was played, and playlists that were made."""

import threading
import uuid
from collections.abc import Iterable, Mapping
from uuid import UUID

from attrs import define, field

from tonearm.sandbox.jellyfin.catalogue import MadePlaylist


@define(eq=False)
class Collection:
    """Favourites, play counts and playlists of the one user; safe to use from any thread."""

    _favorites: set[UUID] = field(factory=set[UUID], init=False)
    _counts: dict[UUID, int] = field(factory=dict[UUID, int], init=False)
    _made: dict[UUID, MadePlaylist] = field(factory=dict[UUID, MadePlaylist], init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def favorite(self, item: UUID, is_favorite: bool) -> None:
        with self._lock:
            (self._favorites.add if is_favorite else self._favorites.discard)(item)

    def count(self, item: UUID) -> None:
        """Count a playback that began."""
        with self._lock:
            self._counts[item] = self._counts.get(item, 0) + 1

    def user_data(self, item: UUID) -> dict[str, object]:
        """Give what an item is to the user (UserItemDataDto)."""
        with self._lock:
            count = self._counts.get(item, 0)
            return {
                "PlaybackPositionTicks": 0,
                "PlayCount": count,
                "IsFavorite": item in self._favorites,
                "Played": count > 0,
                "Key": str(item),
                "ItemId": item.hex,
            }

    def make(self, name: str, items: Iterable[UUID]) -> UUID:
        """Make a playlist; two of one name are two."""
        with self._lock:
            made = uuid.uuid4()
            self._made[made] = MadePlaylist(name, [(uuid.uuid4(), item) for item in items])
            return made

    def add(self, playlist: UUID, items: Iterable[UUID]) -> bool:
        """Put items at its end; False when there is no such playlist."""
        with self._lock:
            found = self._made.get(playlist)
            if found is not None:
                found.entries += [(uuid.uuid4(), item) for item in items]
            return found is not None

    def remove(self, playlist: UUID, entries: set[UUID]) -> bool:
        """Take entries off; False when there is no such playlist."""
        with self._lock:
            found = self._made.get(playlist)
            if found is not None:
                found.entries = [entry for entry in found.entries if entry[0] not in entries]
            return found is not None

    def favorites(self) -> frozenset[UUID]:
        with self._lock:
            return frozenset(self._favorites)

    def playlists(self) -> Mapping[UUID, MadePlaylist]:
        with self._lock:
            return {id: MadePlaylist(made.name, list(made.entries)) for id, made in self._made.items()}
