import math
import threading

from attrs import define, field


@define
class Life:
    """Orders for the lives of objects: where they stop, and which renditions fail."""

    _held: dict[str | None, float] = field(factory=dict[str | None, float], init=False)
    _failures: int = field(default=0, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def hold(self, media_id: str | None, after: int) -> None:
        """Stop an object (None: every one) once `after` of its renditions are finished."""
        with self._lock:
            if media_id is None:
                self._held.clear()
            self._held[media_id] = after

    def release(self, media_id: str | None) -> None:
        """Release an object (None: all), even while every other one is held."""
        with self._lock:
            if media_id is None:
                self._held.clear()
            else:
                self._held[media_id] = math.inf

    def holds(self, media_id: str, finished: int) -> bool:
        """Return whether an object with so many finished renditions stops."""
        with self._lock:
            return finished >= self._held.get(media_id, self._held.get(None, math.inf))

    def fail_next(self, count: int) -> None:
        with self._lock:
            self._failures += count

    def fails(self) -> bool:
        """Use up one of the ordered failures, if one is left."""
        with self._lock:
            ordered = self._failures > 0
            self._failures -= ordered
        return ordered
