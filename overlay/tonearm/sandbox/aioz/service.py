"""The service behind the operations: objects, their parts and their lives."""

import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from starlette.datastructures import Headers

from tonearm.sandbox.aioz import parts
from tonearm.sandbox.aioz.deliveries import Deliveries
from tonearm.sandbox.aioz.files import Files
from tonearm.sandbox.aioz.keys import Keys
from tonearm.sandbox.aioz.life import Life
from tonearm.sandbox.aioz.objects import Media
from tonearm.sandbox.aioz.on_demand import OnDemand
from tonearm.sandbox.aioz.options import AiozOptions
from tonearm.sandbox.aioz.plays import played
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.store import Part, Store
from tonearm.sandbox.aioz.transcodes import Transcodes


class Service:
    """The AIOZ side of one sandbox, kept in a folder.

    Its methods block; they are called from worker threads.
    """

    def __init__(self, folder: Path, options: AiozOptions, life: Life) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.options, self.files = options, Files(folder)
        self.on_demand = OnDemand(self.files)
        self.store = Store(folder / "aioz.sqlite3")
        self.keys = Keys(self.store)
        self._life = life
        self._deliveries = Deliveries(self.store)
        self._transcodes = Transcodes(self.store, self.files, life, self._deliveries.notify)
        # Unfinished work of an earlier process.
        self.files.sweep()
        for media_id in self.store.in_status("deleted"):
            self.files.remove(media_id)
        self._transcodes.resume()

    def close(self) -> None:
        self.on_demand.close()
        self._transcodes.close()
        self._deliveries.close()
        self.store.close()

    def wait_idle(self, timeout: float) -> None:
        """Wait at most `timeout` seconds for the transcodes that run and are not held, and for their webhooks.

        Raises:
            TimeoutError: one of them still runs.
        """
        self._transcodes.wait_idle(timeout)
        self._deliveries.wait(timeout)

    def hold(self, media_id: str | None = None, *, after: int = 0) -> None:
        """Stop an object (None: every object) in the status `transcoding`.

        Args:
            media_id: the object.
            after: how many of its renditions are finished first: the next one stays in the status `transcoding`; if
                there is no next one, only the object itself does.
        """
        self._life.hold(media_id, after)

    def release(self, media_id: str | None = None) -> None:
        """Let a held object (None: all) continue."""
        self._life.release(media_id)
        self._transcodes.resume(media_id)

    def fail_next(self, count: int = 1) -> None:
        """Let the next renditions fail."""
        self._life.fail_next(count)

    def played(
        self, media_id: str, *, at: float | None = None, seconds: float = 60.0, country: str = "", device: str = ""
    ) -> None:
        """Count a play of an object for analytics.

        Args:
            media_id: the object.
            at: when, in seconds since 1970; now when left out.
            seconds: how long it was played.
            country: the code of the country.
            device: the kind of device.
        """
        played(self.store, media_id, time.time() if at is None else at, seconds, country, device)

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
            # The tests of the Go client v1.0.19 expect an error.
            raise Refused("the id is not a UUID") from error
        media = self.store.get(plain)
        if media is None:
            raise Refused("media not found", 404)
        return media

    def visible(self, media_id: str, headers: Headers) -> Media:
        """Return an object, if the sender of these headers may read its files."""
        media = self.get(media_id)
        if not media.is_public and self.keys.scope(headers) != "full_access":
            raise Refused("the audio is not public", 401)
        return media

    def change(self, media_id: str, columns: dict[str, Any]) -> None:
        with self.store.lock:
            self.store.change(self.get(media_id).id, **columns)

    def delete(self, media_id: str) -> None:
        with self.store.lock:
            media = self.get(media_id)
            self.store.change(media.id, status="deleted")
            self.store.drop_parts(media.id)
            self.store.drop_attachments(media.id)
            self._transcodes.remove(media.id)

    def place(self, media_id: str) -> Path:
        """Return a new path for a part that is about to arrive."""
        media = self.get(media_id)
        self._check_new(media)
        return self.files.arriving(media.id, str(uuid4()))

    def keep(self, media_id: str, part: Part, path: Path, file_name: str) -> None:
        """Accept a part that has arrived at `path`."""
        with self.store.lock:
            media = self.get(media_id)
            self._check_new(media)
            if parts.check_beside(part, self.store.parts(media.id), self.options):
                return
            path.replace(self.files.part(media.id, part))
            self.store.put_part(media.id, part)
            if not media.file_name:
                self.store.change(media.id, file_name=file_name)

    def complete(self, media_id: str) -> None:
        with self.store.lock:
            media = self.get(media_id)
            if media.status != "new" and self.options.complete_again == "accept":
                return
            self._check_new(media)
            size = parts.check_whole(self.store.parts(media.id))
            self._deliveries.notify("file_received", media.id)
            self.store.change(media.id, status="transcoding", size=size)
            self._deliveries.notify("encoding_started", media.id)
            self._transcodes.resume(media.id)

    def _check_new(self, media: Media) -> None:
        if media.status != "new":
            raise Refused(f"the upload is completed already: the status is {media.status}")
