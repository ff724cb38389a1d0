"""The service behind the operations: objects, parts, and the thread that transcodes."""

import logging
import shutil
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from attrs import evolve

from tonearm.sandbox.aioz import parts
from tonearm.sandbox.aioz.objects import Media, Quality
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.store import Part, Store
from tonearm.sandbox.aioz.transcode import Stopped, transcode

_log = logging.getLogger("tonearm.sandbox")


class Service:
    """The AIOZ side of one sandbox, kept in a folder.

    Its methods block; they are called from worker threads.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.store = Store(folder / "aioz.sqlite3")
        self._folder = folder
        self._stopping = threading.Event()
        self._worker = ThreadPoolExecutor(1, "tonearm sandbox transcode")
        self._running: dict[str, Future[None]] = {}
        self._called_off: set[str] = set()
        # What an earlier process left half done.
        with self.store.lock:
            for media_id in self.store.in_status("transcoding"):
                self._start(media_id)

    def close(self) -> None:
        """Give up the running transcode, which the next service on this folder begins again."""
        self._stopping.set()
        self._worker.shutdown(cancel_futures=True)
        self.store.close()

    def wait_idle(self, timeout: float) -> None:
        with self.store.lock:
            running = list(self._running.values())
        if wait(running, timeout).not_done:
            raise TimeoutError(f"a transcode is still running after {timeout} s")

    def folder(self, media_id: str) -> Path:
        return self._folder / media_id

    def source(self, media_id: str) -> Path:
        return self.folder(media_id) / "source"

    def rendition(self, media_id: str, number: int, quality: Quality) -> Path:
        return self.folder(media_id) / quality.type / str(number)

    def create(self, columns: dict[str, Any]) -> Media:
        now = time.time_ns()
        media = Media(
            id=str(uuid4()),
            player_theme_id="",
            status="new",
            duration=0.0,
            size=0,
            file_name="",
            created_at=now,
            updated_at=now,
            **columns,
        )
        self.store.add(media)
        return media

    def get(self, media_id: str) -> Media:
        try:
            plain = str(UUID(media_id))
        except ValueError as error:
            raise Refused("the id is not a UUID") from error
        media = self.store.get(plain)
        if media is None:
            raise Refused("media not found", 404)
        return media

    def change(self, media_id: str, columns: dict[str, Any]) -> None:
        with self.store.lock:
            self.store.change(self.get(media_id).id, **columns)

    def delete(self, media_id: str) -> None:
        with self.store.lock:
            media = self.get(media_id)
            self.store.change(media.id, status="deleted")
            self.store.drop_parts(media.id)
            if media.id in self._running:
                self._called_off.add(media.id)
            else:
                shutil.rmtree(self.folder(media.id), ignore_errors=True)

    def place(self, media_id: str) -> Path:
        """Return a path of its own for a part that is about to arrive."""
        media = self.get(media_id)
        self._check_new(media)
        folder = self.folder(media.id) / "parts"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{uuid4()}.arriving"

    def keep(self, media_id: str, part: Part, path: Path, file_name: str) -> None:
        """Accept a part that has arrived at `path`."""
        with self.store.lock:
            media = self.get(media_id)
            self._check_new(media)
            if parts.check_beside(part, self.store.parts(media.id)):
                return
            path.replace(self._part(media.id, part))
            self.store.add_part(media.id, part)
            if not media.file_name:
                self.store.change(media.id, file_name=file_name)

    def complete(self, media_id: str) -> None:
        with self.store.lock:
            media = self.get(media_id)
            self._check_new(media)
            size = parts.check_whole(self.store.parts(media.id))
            self.store.change(media.id, status="transcoding", size=size)
            self._start(media.id)

    def _check_new(self, media: Media) -> None:
        if media.status != "new":
            raise Refused(f"the upload is completed already: the status is {media.status}")

    def _part(self, media_id: str, part: Part) -> Path:
        return self.folder(media_id) / "parts" / str(part.number)

    def _start(self, media_id: str) -> None:
        self._running[media_id] = self._worker.submit(self._finish, media_id)

    def _finish(self, media_id: str) -> None:
        try:
            self._process(media_id)
        except Stopped:
            pass
        except Exception:
            _log.exception("media %s could not be processed", media_id)
            self._settle(media_id, "fail")
        finally:
            with self.store.lock:
                del self._running[media_id]
                if media_id in self._called_off:
                    shutil.rmtree(self.folder(media_id), ignore_errors=True)

    def _process(self, media_id: str) -> None:
        source = self.source(media_id)
        if not source.exists():
            parts.join((self._part(media_id, part) for part in self.store.parts(media_id)), source)
        shutil.rmtree(self.folder(media_id) / "parts", ignore_errors=True)
        wanted = self._qualities(media_id)
        for number, quality in enumerate(wanted):
            if quality.status not in ("done", "fail"):
                self._make(media_id, number, quality)
        done = all(quality.status == "done" for quality in self._qualities(media_id))
        self._settle(media_id, "done" if done else "fail")

    def _make(self, media_id: str, number: int, quality: Quality) -> None:
        self._mark(media_id, number, "transcoding")
        folder = self.rendition(media_id, number, quality)
        try:
            duration = transcode(self.source(media_id), folder, quality, lambda: self._stops(media_id))
        except Stopped:
            raise
        except Exception as error:
            _log.warning("media %s: rendition %d (%s) failed: %s", media_id, number, quality.resolution, error)
            self._mark(media_id, number, "fail")
        else:
            self._mark(media_id, number, "done", duration=duration)

    def _stops(self, media_id: str) -> bool:
        return self._stopping.is_set() or media_id in self._called_off

    def _qualities(self, media_id: str) -> list[Quality]:
        media = self.store.get(media_id)
        if media is None:
            raise Stopped
        return media.qualities

    def _mark(self, media_id: str, number: int, status: str, **columns: Any) -> None:
        with self.store.lock:
            qualities = self._qualities(media_id)
            qualities[number] = evolve(qualities[number], status=status)
            self.store.change(media_id, qualities=qualities, **columns)

    def _settle(self, media_id: str, status: str) -> None:
        with self.store.lock:
            if self.store.get(media_id) is not None:
                self.store.change(media_id, status=status)
