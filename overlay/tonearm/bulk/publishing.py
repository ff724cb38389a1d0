"""The task that publishes recordings on AIOZ Stream, with captions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import field, frozen

import tonearm

from .. import InvalidInput
from .._files import path_of, state_folder
from ..recipes import publish
from .clients import Make, client_of
from .inputs import opened
from .jobs import Job
from .uploads import find_complete, mark_of, marked, name_of
from .work import Result, options_of


@frozen(kw_only=True)
class Publish:
    """Publish each recording on AIOZ Stream: upload, transcode, transcribe, add captions, put into a playlist.

    Options of a job are those of `recipes.publish`, such as its `chapters` and its `cover`.

    Args:
        preset: what to transcode each into.
        language: the spoken language (BCP 47), in which captions and chapters are stored; needed for both.
        captions: whether each is transcribed, and its captions added.
        model: the model that transcribes; the client's own when None.
        tags: the tags of each.
        public: whether each is public; the default of the service when None.
        playlist: the id of a playlist to which each is appended.
        timeout: seconds that each request, and the wait for the transcoding, may take; None for no limit.
        state: a folder for the records of unfinished work, shared by all workers; the user's own when None.
        make: makes the client of AIOZ Stream at each worker; by default one from its environment.
        make_transcriber: makes the client that transcribes; by default one from its environment.
    """

    preset: str | None = None
    language: str | None = None
    captions: bool = False
    model: str | None = None
    tags: tuple[str, ...] | None = None
    public: bool | None = None
    playlist: str | None = None
    timeout: float | None = None
    state: Path | None = field(default=None, repr=False)
    make: Make = field(default=tonearm.Aioz, repr=False)
    make_transcriber: Make = field(default=tonearm.OpenAI, repr=False)

    def __call__(self, job: Job) -> Result:
        """Do one job; an interrupted publication is resumed, and a complete one is not repeated."""
        aioz = client_of(self.make, job.server).with_options(deadline=self.timeout)
        fixed = {
            "title": path_of(job.input).stem,
            "preset": self.preset,
            "language": self.language,
            "model": self.model,
            "tags": self.tags,
            "is_public": self.public,
            "playlist": self.playlist,
        }
        options = options_of(fixed, job)
        with opened(job.input, self.timeout) as given:
            if not isinstance(given.source, str):
                raise InvalidInput.of("source", job.input, "a local file, which `publish` reads again")
            name = name_of(given, job, options)
            record = (self.state or state_folder()) / f"aioz-publication-{mark_of(job, name)}.jsonl"
            media = None if record.exists() else find_complete(aioz, job, name, options)
            if media is not None and self._is_complete(aioz, media, options):
                if "cover" in options:  # no response says which cover an object has
                    aioz.put_thumbnail(media.id, options["cover"])
                return Result(made=media.id, bytes=given.size)
            record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            transcriber = client_of(self.make_transcriber) if self.captions else None
            arguments: dict[str, Any] = {"timeout": self.timeout, "state": record, **marked(job, name, options)}
            made = publish(aioz, given.source, transcriber=transcriber, **arguments)
            return Result(made=made.media.id, bytes=given.size)

    def _is_complete(self, aioz: tonearm.Aioz, media: tonearm.aioz.Media, options: dict[str, Any]) -> bool:
        """Whether an object, whose record is gone or at another machine, has all that the options require."""
        language, playlist = str(options.get("language")).lower(), options.get("playlist")
        if media.status != "done":
            return False
        tracks = [aioz.captions] * self.captions + [aioz.chapters] * ("chapters" in options)
        if not all(
            any((track.language or "").lower() == language and not track.is_generated for track in read(media.id))
            for read in tracks
        ):
            return False
        return playlist is None or any(item.media_id == media.id for item in aioz.playlist(playlist).items)
