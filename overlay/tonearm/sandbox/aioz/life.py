import math
import threading

from attrs import define, field


@define
class Life:
    """What is ordered of the lives of objects: where they stop, and which renditions fail."""

    _held: dict[str | None, float] = field(factory=dict[str | None, float], init=False)
    _failures: int = field(default=0, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def hold(self, media_id: str | None, after: int) -> None:
        """Stop an object (None: every one) that has so many renditions finished."""
        with self._lock:
            if media_id is None:
                self._held.clear()
            self._held[media_id] = after

    def release(self, media_id: str | None) -> None:
        """Stop an object (None: any) no more, though every other one be held."""
        with self._lock:
            if media_id is None:
                self._held.clear()
            else:
                self._held[media_id] = math.inf

    def holds(self, media_id: str, finished: int) -> bool:
        """Tell whether an object stops that has so many renditions finished."""
        with self._lock:
            return finished >= self._held.get(media_id, self._held.get(None, math.inf))

    def fail_next(self, count: int) -> None:
        with self._lock:
            self._failures += count

    def fails(self) -> bool:
        """Take one of the failures that were ordered, if there is one."""
        with self._lock:
            ordered = self._failures > 0
            self._failures -= ordered
        return ordered
