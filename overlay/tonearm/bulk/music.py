"""The tasks for the music of a Jellyfin server: keep a copy of it, and write lyrics for its songs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

import tonearm

from .._files import folder_of, make_folder_for, place_in, write_text_anywhere
from .clients import Make, client_of
from .inputs import kept
from .jobs import Job
from .paid import delivered
from .tasks import most_of
from .work import Result, options_of


@frozen(kw_only=True)
class Keep:
    """Keep a copy of each album, playlist, artist or folder of a Jellyfin server, in its own folder.

    A job's input is an id. Every run checks each again, and downloads what is new or has changed. Options of a job are
    those of `Jellyfin.download_all`.

    Args:
        to: the folder of the copies.
        preset: the format to download; the original files by default.
        layout: how files are named, as in `download_all`.
        beside: what to store beside the songs: "covers", "lyrics", "playlist".
        songs_at_a_time: how many songs of a job are downloaded at a time, 1 to 8.
        timeout: seconds that each job may take; None for no limit.
        make: makes the client at each worker; by default one from its environment.
    """

    to: Path = field(converter=Path)
    preset: str = "original"
    layout: str | None = None
    beside: tuple[str, ...] = ()
    songs_at_a_time: int = 2
    timeout: float | None = None
    make: Make = field(default=tonearm.Jellyfin, repr=False)

    repeats = True
    """Each run does all jobs again, as only the server knows what has changed."""

    def __call__(self, job: Job) -> Result:
        """Do one job; songs that exist already are not downloaded again."""
        client: tonearm.Jellyfin = client_of(self.make, job.server).with_options(deadline=self.timeout)
        fixed = {
            "preset": self.preset,
            "layout": self.layout,
            "beside": self.beside or None,
            "workers": self.songs_at_a_time,
        }
        options: dict[str, Any] = options_of(fixed, job)
        songs = client.download_all(job.input, self.to / (job.output or job.input), **options)
        for song in songs:
            if song.error is not None:
                raise song.error
        return Result(bytes=sum(song.download.size for song in songs if song.download is not None))


@frozen(kw_only=True)
class Lyrics:
    """Write lyrics as LRC, by transcription, for each song of a Jellyfin server that has none.

    A job's input is the id of a song; `songs` lists them.

    Args:
        to: the folder of the lyrics: a path, or an address such as ``s3://bucket/lyrics`` (extra `remote`).
        upload: whether to store them on the server, too.
        model: the model that transcribes; the client's own when None.
        language: the language that is sung (ISO 639-1).
        prompt: the text before each song, or words to expect.
        timeout: seconds that one transcription, and one download, may take; None for no limit.
        state: a folder for paid chunks that are not joined yet, shared by all workers; the user's own when None.
        make: makes the client that transcribes at each worker; by default one from its environment.
        make_library: makes the client of Jellyfin at each worker; by default one from its environment.
    """

    to: Path | str = field(converter=folder_of)
    upload: bool = False
    model: str | None = None
    language: str | None = None
    prompt: str | None = None
    timeout: float | None = None
    state: Path | None = field(default=None, repr=False)
    make: Make = field(default=tonearm.OpenAI, repr=False)
    make_library: Make = field(default=tonearm.Jellyfin, repr=False)

    def __call__(self, job: Job) -> Result:
        """Do one job; a song that has lyrics stays as it is, and a song without words gets none."""
        library: tonearm.Jellyfin = client_of(self.make_library).with_options(deadline=self.timeout)
        try:
            library.lyrics(job.input)
        except tonearm.NotFound:
            pass
        else:
            return Result(price=0.0)
        options = options_of({"model": self.model, "language": self.language, "prompt": self.prompt}, job)
        pay, deliver = partial(self._transcribe, library, job, options), partial(self._deliver, library, job)
        return delivered(self.state, job, {"task": "lyrics", **options}, pay, deliver)

    def _place(self, job: Job) -> str:
        return place_in(self.to, f"{job.output or job.input}.lrc")

    def _deliver(self, library: tonearm.Jellyfin, job: Job, transcript: tonearm.openai.Transcript) -> Result:
        if not transcript.text.strip():
            return Result()
        place = self._place(job)
        text = transcript.to_lrc()
        size = write_text_anywhere(place, text)
        if self.upload:
            library.put_lyrics(job.input, tonearm.jellyfin.Lyrics.from_lrc(text))
        return Result((place,), made=job.input if self.upload else None, bytes=size)

    def price(self, job: Job) -> float | None:
        """USD that a job will cost at most; None where the price or the length is unknown."""
        seconds = client_of(self.make_library).item(job.input).duration
        if seconds is None:
            return None
        model = job.options.get("model", self.model)
        # a margin, as the transcription measures the file itself
        return most_of(client_of(self.make, job.server), model, seconds + 1.0)

    def _transcribe(self, library: tonearm.Jellyfin, job: Job, options: dict[str, Any]) -> tonearm.openai.Transcript:
        make_folder_for(self._place(job))  # raises before anything is sent
        client = client_of(self.make, job.server).with_options(deadline=self.timeout)
        if job.max_price is not None:  # so that missing parts are requested only within the reserved price
            options = {**options, "max_price": min(job.max_price, options.get("max_price", job.max_price))}
        with tempfile.TemporaryDirectory(prefix="tonearm-") as scratch:
            song = library.download(job.input, Path(scratch))
            transcript: tonearm.openai.Transcript = client.transcribe(song.path, state=kept(self.state, job), **options)
        return transcript


def songs(library: tonearm.Jellyfin, ids: Iterable[str]) -> Iterator[Job]:
    """Find songs without lyrics in albums, artists, playlists, libraries and folders of a Jellyfin server.

    Args:
        library: the client.
        ids: the ids of those, or of songs.

    Returns:
        One job for each song; its `output` is its artist, its album, and its title. Pages are requested as they are
        needed.

    Raises:
        NotFound: the server has no such item.
    """
    for id in ids:
        item = library.item(id)
        items: Iterable[tonearm.jellyfin.Item] = (item,)
        if item.type == "MusicArtist":
            items = library.items(artist=id)
        elif item.type == "Playlist":
            items = library.playlist(id)
        elif item.type not in ("Audio", "AudioBook"):
            items = library.items(parent=id)
        for song in items:
            if not song.has_lyrics:
                yield Job(song.id, _named(song))


def _named(song: tonearm.jellyfin.Item) -> str:
    folders = [evolve(song, name=name).file_name for name in (song.album_artist, song.album) if name]
    return "/".join([*folders, song.file_name])
