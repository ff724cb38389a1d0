"""The thread that transcodes completed uploads, until they are `done` or `fail`."""

import logging
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from attrs import evolve

from tonearm.sandbox.aioz import parts
from tonearm.sandbox.aioz.files import Files
from tonearm.sandbox.aioz.life import Life
from tonearm.sandbox.aioz.objects import Quality
from tonearm.sandbox.aioz.store import Store
from tonearm.sandbox.aioz.transcode import NotAudio, Stopped, transcode

_log = logging.getLogger("tonearm.sandbox")
_OVER = ("done", "fail")


class Transcodes:
    """The objects whose status is `transcoding`; their renditions are made one after the other.

    An unfinished rendition is made again from its start.
    """

    def __init__(self, store: Store, files: Files, life: Life, notify: Callable[[str, str], None]) -> None:
        self._store, self._files, self._life, self._notify = store, files, life, notify
        self._stopping = threading.Event()
        self._worker = ThreadPoolExecutor(1, "tonearm sandbox transcode")
        self._running: dict[str, Future[None]] = {}
        self._called_off: set[str] = set()

    def resume(self, media_id: str | None = None) -> None:
        """Transcode an object, or all of them, unless it is held, runs already or has another status."""
        with self._store.lock:
            for waiting in self._store.in_status("transcoding"):
                if media_id in (None, waiting) and waiting not in self._running and not self._stopping.is_set():
                    self._running[waiting] = self._worker.submit(self._run, waiting)

    def remove(self, media_id: str) -> None:
        """Remove the files of an object, after its running transcode has ended."""
        with self._store.lock:
            if media_id in self._running:
                self._called_off.add(media_id)
            else:
                self._files.remove(media_id)

    def wait_idle(self, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while running := self._snapshot():  # objects that were released meanwhile run again
            if wait(running, max(0.0, deadline - time.monotonic())).not_done:
                raise TimeoutError(f"a transcode is still running after {timeout} s")

    def close(self) -> None:
        """Stop the running transcode, which the next service on this folder starts again."""
        with self._store.lock:
            self._stopping.set()
        self._worker.shutdown(cancel_futures=True)

    def _snapshot(self) -> list[Future[None]]:
        with self._store.lock:
            return list(self._running.values())

    def _run(self, media_id: str) -> None:
        held = False
        try:
            held = not self._process(media_id)
        except Stopped:
            pass
        except Exception:
            _log.exception("media %s could not be processed", media_id)
            self._settle(media_id, "fail")
        finally:
            with self._store.lock:
                del self._running[media_id]
                if media_id in self._called_off:
                    self._files.remove(media_id)
                elif held and not self._held(media_id):  # released since it was checked
                    self.resume(media_id)

    def _process(self, media_id: str) -> bool:
        """Make the missing renditions; return whether the object has ended, or is held."""
        source = self._files.source(media_id)
        if not source.exists():
            parts.join((self._files.part(media_id, part) for part in self._store.parts(media_id)), source)
        shutil.rmtree(self._files.parts(media_id), ignore_errors=True)
        for number, quality in enumerate(self._qualities(media_id)):
            if quality.status not in _OVER:
                self._mark(media_id, number, "transcoding")
                if self._held(media_id):
                    return False
                self._make(media_id, number, quality)
        if self._held(media_id):
            return False
        done = all(quality.status == "done" for quality in self._qualities(media_id))
        self._settle(media_id, "done" if done else "fail")
        return True

    def _make(self, media_id: str, number: int, quality: Quality) -> None:
        folder = self._files.rendition(media_id, number, quality)
        unfinished = folder.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        try:
            if self._life.fails():
                raise NotAudio("this failure was ordered")
            source = self._files.source(media_id)
            duration = transcode(source, unfinished, quality, lambda: self._stops(media_id))
            shutil.rmtree(folder, ignore_errors=True)
            unfinished.rename(folder)
        except Stopped:
            raise
        except Exception as error:
            _log.warning("media %s: rendition %d (%s) failed: %s", media_id, number, quality.resolution, error)
            self._mark(media_id, number, "fail")
        else:
            self._mark(media_id, number, "done", duration=duration)
            self._notify("partial_finished", media_id)

    def _held(self, media_id: str) -> bool:
        media = self._store.get(media_id)
        finished = [quality for quality in media.qualities if quality.status in _OVER] if media else []
        return self._life.holds(media_id, len(finished))

    def _stops(self, media_id: str) -> bool:
        return self._stopping.is_set() or media_id in self._called_off

    def _qualities(self, media_id: str) -> list[Quality]:
        media = self._store.get(media_id)
        if media is None or self._stops(media_id):
            raise Stopped
        return media.qualities

    def _mark(self, media_id: str, number: int, status: str, **columns: Any) -> None:
        with self._store.lock:
            qualities = self._qualities(media_id)
            qualities[number] = evolve(qualities[number], status=status)
            self._store.change(media_id, qualities=qualities, **columns)

    def _settle(self, media_id: str, status: str) -> None:
        with self._store.lock:
            if self._store.get(media_id) is not None:
                self._store.change(media_id, status=status)
                self._notify("encoding_finished" if status == "done" else "encoding_failed", media_id)
