"""The user's collection: favourites, play counts, and playlists."""

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
        """Return the user data of an item (UserItemDataDto)."""
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
        """Make a playlist, also if another one has this name."""
        with self._lock:
            made = uuid.uuid4()
            self._made[made] = MadePlaylist(name, [(uuid.uuid4(), item) for item in items])
            return made

    def add(self, playlist: UUID, items: Iterable[UUID]) -> bool:
        """Append items; False when there is no such playlist."""
        with self._lock:
            made = self._made.get(playlist)
            if made is not None:
                made.entries += [(uuid.uuid4(), item) for item in items]
            return made is not None

    def remove(self, playlist: UUID, entries: set[UUID]) -> bool:
        """Remove entries; False when there is no such playlist."""
        with self._lock:
            made = self._made.get(playlist)
            if made is not None:
                made.entries = [entry for entry in made.entries if entry[0] not in entries]
            return made is not None

    def favorites(self) -> frozenset[UUID]:
        with self._lock:
            return frozenset(self._favorites)

    def playlists(self) -> Mapping[UUID, MadePlaylist]:
        with self._lock:
            return {id: MadePlaylist(made.name, list(made.entries)) for id, made in self._made.items()}
